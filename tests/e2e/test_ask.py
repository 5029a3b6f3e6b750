"""From a question to what is learnt from its rating."""

from playwright.sync_api import expect

from building.out.serving import Server
from tests.e2e.page_objects import BY_CODE, NIGHT, Chat


def test_a_question_in_plain_words_is_answered_by_an_agent_with_sections_and_sources(
    chat: Chat,
) -> None:
    chat.ask(NIGHT)

    expect(chat.answer.get_by_role("heading", level=2)).to_have_text("MIMO Sleep Mode")
    expect(chat.answer).to_contain_text("FAJ 121 3094")
    expect(chat.answer.get_by_role("term").filter(has_text="Confidence")).to_be_visible()
    expect(chat.answer.get_by_text("Source").first).to_be_visible()
    expect(chat.answer.get_by_role("table").first).to_be_visible()


def test_a_feature_code_leads_to_that_agent_in_any_spelling(chat: Chat) -> None:
    chat.ask("faj1213094 parameters")

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
    expect(chat.section("Parameters")).to_contain_text("sleepMode")


def test_a_rating_shows_what_it_taught_and_that_it_is_saved(chat: Chat) -> None:
    chat.ask(BY_CODE)
    chat.rate("Helpful", settled=True)

    rating = chat.page.get_by_role("region", name="Rating")
    expect(rating).to_contain_text("Reward")
    expect(rating).to_contain_text("→")
    expect(rating).to_contain_text("Saved on this device")
    expect(chat.history).to_contain_text("Helpful")


def test_what_was_learnt_survives_a_reload(chat: Chat) -> None:
    chat.ask(BY_CODE)
    chat.rate("Helpful")
    before = chat.learnt("Updates").inner_text()

    chat.reload()
    chat.ask(BY_CODE)

    assert int(before) >= 1
    expect(chat.learnt("Updates")).to_have_text(before)


def test_scalar_kernels_answer_the_same(chat: Chat, server: Server) -> None:
    chat.ask(BY_CODE)
    with_simd = chat.section("Parameters").inner_text()

    chat.open(f"{server.url}?kernels=scalar&seed=1")
    chat.ask(BY_CODE)

    assert chat.section("Parameters").inner_text() == with_simd
    chat.page.get_by_role("link", name="System").click()
    expect(chat.page.get_by_role("region", name="Engine")).to_contain_text("scalar")


def test_another_agent_can_be_asked_the_same(chat: Chat) -> None:
    chat.ask(NIGHT)
    other = chat.page.get_by_role("region", name="Other agents").get_by_role("button").first
    code = other.inner_text().split("FAJ ")[1][:8]

    other.click()

    expect(chat.answer.get_by_role("button", name=f"FAJ {code}", exact=True).first).to_be_visible()
    expect(chat.history.get_by_role("button")).to_have_count(2)


def test_the_history_shows_an_earlier_answer_again(chat: Chat) -> None:
    chat.ask(BY_CODE)
    chat.ask(NIGHT)

    chat.history.get_by_role("button").last.click()

    expect(chat.answer).to_contain_text(BY_CODE)


def test_a_question_typed_while_the_engine_starts_is_answered(chat: Chat) -> None:
    chat.page.reload()
    chat.ask(BY_CODE)

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()


def test_a_question_of_an_earlier_visit_can_be_asked_again_and_forgotten(chat: Chat) -> None:
    chat.ask(BY_CODE)
    chat.reload()
    before = chat.page.get_by_role("region", name="Asked before")

    before.get_by_role("button", name=BY_CODE).click()
    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
    expect(before).to_be_hidden()

    chat.reload()
    before.get_by_role("button", name="Clear this list").click()
    expect(before).to_be_hidden()
    chat.reload()
    expect(before).to_be_hidden()
