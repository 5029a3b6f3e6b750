"""From a question to what is learnt from its rating."""

from playwright.sync_api import Page, expect

from building.out.serving import Server
from tests.e2e.page_objects import BY_CODE, NIGHT, Chat


def test_a_question_in_plain_words_is_answered_by_an_agent_with_sections_and_sources(
    shared_chat: Chat,
) -> None:
    chat = shared_chat.allow_only("DirectAnswer").ask(NIGHT)

    expect(chat.answer.get_by_role("heading", level=2)).to_have_text("MIMO Sleep Mode")
    expect(chat.answer).to_contain_text("FAJ 121 3094")
    expect(chat.answer.get_by_role("term").filter(has_text="Confidence")).to_be_visible()
    expect(chat.answer.get_by_text("Source").first).to_be_visible()
    expect(chat.answer.get_by_role("table").first).to_be_visible()


def test_a_feature_code_leads_to_that_agent_in_any_spelling(shared_chat: Chat) -> None:
    chat = shared_chat.allow_only("DirectAnswer").ask("faj1213094 parameters")

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
    expect(chat.section("Parameters")).to_contain_text("sleepMode")


def test_a_rating_shows_what_it_taught_and_that_it_is_saved(shared_chat: Chat) -> None:
    chat = shared_chat.ask(BY_CODE)
    chat.rate("Helpful", settled=True)

    rating = chat.page.get_by_role("region", name="Rating")
    expect(rating).to_contain_text("Reward")
    expect(rating).to_contain_text("→")
    expect(rating).to_contain_text("Saved on this device")
    expect(chat.history.get_by_role("button").first).to_contain_text("Helpful")


def test_another_agent_can_be_asked_the_same(shared_chat: Chat) -> None:
    chat = shared_chat.ask(NIGHT)
    before = chat.history.get_by_role("button").count()
    other = chat.page.get_by_role("region", name="Other agents").get_by_role("button").first
    code = other.inner_text().split("FAJ ")[1][:8]

    other.click()

    expect(chat.answer.get_by_role("button", name=f"FAJ {code}", exact=True).first).to_be_visible()
    expect(chat.history.get_by_role("button")).to_have_count(before + 1)


def test_the_history_shows_an_earlier_answer_again(shared_chat: Chat) -> None:
    chat = shared_chat.ask("Which counters does FAJ 121 3094 have?").ask(NIGHT)

    chat.history.get_by_role("button").filter(has_text="Which counters").first.click()

    expect(chat.answer).to_contain_text("Which counters does FAJ 121 3094 have?")


def test_scalar_kernels_answer_the_same(shared_chat: Chat) -> None:
    shared_chat.allow_only("DirectAnswer").ask(BY_CODE)
    page = shared_chat.page.context.new_page()
    origin = shared_chat.page.url.split("?")[0]

    scalar = Chat(page).open(f"{origin}?kernels=scalar&storage=memory&seed=1")
    scalar.allow_only("DirectAnswer").ask(BY_CODE)

    with_simd = shared_chat.section("Parameters").inner_text()
    assert scalar.section("Parameters").inner_text() == with_simd
    page.get_by_role("link", name="System").click()
    expect(page.get_by_role("region", name="Engine")).to_contain_text("scalar")
    page.close()


def test_what_was_learnt_and_asked_is_there_after_a_reload_and_the_list_can_be_cleared(
    chat: Chat,
) -> None:
    chat.ask(BY_CODE)
    chat.rate("Helpful")
    updates = chat.learnt("Updates").inner_text()
    before = chat.page.get_by_role("region", name="Asked before")

    chat.reload()
    before.get_by_role("button", name=BY_CODE).click()

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
    expect(before).to_be_hidden()
    assert int(updates) >= 1
    expect(chat.learnt("Updates")).to_have_text(updates)

    chat.page.reload()
    before.get_by_role("button", name="Clear this list").click()
    expect(before).to_be_hidden()
    chat.page.reload()
    expect(chat.question).to_be_visible()
    expect(before).to_be_hidden()


def test_a_question_typed_while_the_engine_starts_is_answered(page: Page, server: Server) -> None:
    page.goto(server.url)
    chat = Chat(page).ask(BY_CODE)

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
