"""The view on learning: the measured curves, what the agents learnt here, and what happened to them."""

from playwright.sync_api import expect

from tests.e2e.page_objects import BY_CODE, Agents, Chat, Learn

# Ends the cold start but for one question.
NEARLY_READY = """async (question) => {
  const elex = await window.elex;
  for (let i = 0; i < 99; i += 1) await elex.ask(question);
}"""


def test_the_curves_are_read_at_a_chosen_point_by_keyboard(shared_chat: Chat) -> None:
    learn = Learn(shared_chat.page).open()
    alone = learn.readings.get_by_role("row").filter(has_text="Q-learning alone")
    at_100 = alone.inner_text()
    expect(learn.slider).to_have_attribute("aria-valuetext", "100 rated questions")

    learn.slider.press("End")

    expect(learn.slider).to_have_attribute("aria-valuetext", "200 rated questions")
    expect(alone).not_to_have_text(at_100)
    learn.curves.get_by_text("The curves as a table").click()
    whole = learn.curves.get_by_role("table", name="Learning curves", exact=True)
    expect(whole.get_by_role("columnheader", name="After 60")).to_be_visible()
    expect(whole.get_by_role("rowheader")).to_have_count(
        learn.readings.get_by_role("rowheader").count()
    )


def test_before_the_first_question_it_says_how_learning_begins(shared_chat: Chat) -> None:
    learn = Learn(shared_chat.page).open()

    expect(learn.page.get_by_text("None yet. Ask a question and rate its answer")).to_be_visible()
    expect(learn.device).to_contain_text("0 of 593")
    expect(learn.past.get_by_role("button", name="Forget past questions")).to_be_disabled()


def test_what_a_rating_taught_stands_in_words_and_is_still_there_after_a_reload(chat: Chat) -> None:
    chat.allow_only("DirectAnswer").ask(BY_CODE)
    chat.rate("Helpful")

    learn = Learn(chat.page).open()

    row = learn.asked.get_by_role("row").filter(has_text="MIMO Sleep Mode")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    learnt = learn.learnt_by("MIMO Sleep Mode")
    expect(learnt).to_contain_text("Question about parameters, simple; the right agent clear")
    expect(learnt.get_by_role("rowheader")).to_have_text("Answer directly")
    expect(learnt.get_by_role("cell").last).to_have_text("1")

    chat.page.goto(f"{chat.page.url.split('#')[0]}#learn/FAJ1213094")
    chat.reload()
    expect(learn.learnt_by("MIMO Sleep Mode").get_by_role("rowheader")).to_have_text(
        "Answer directly"
    )
    expect(learn.device).to_contain_text("1 of 593")


def test_past_questions_are_forgotten_after_a_second_click(chat: Chat) -> None:
    chat.allow_only("DirectAnswer").ask(BY_CODE)
    chat.rate("Helpful")
    learn = Learn(chat.page).open()
    expect(learn.past.get_by_role("definition").first).to_contain_text("1 of at most")

    learn.past.get_by_role("button", name="Forget past questions").click()
    learn.past.get_by_role("button", name="Keep them").click()
    expect(learn.past.get_by_role("definition").first).to_contain_text("1 of at most")
    learn.past.get_by_role("button", name="Forget past questions").click()
    learn.past.get_by_role("button", name="Yes, forget them").click()

    expect(learn.past.get_by_text("1 question forgotten.")).to_be_visible()
    expect(learn.past.get_by_role("definition").first).to_contain_text("0 of at most")
    expect(learn.learnt_by("MIMO Sleep Mode").get_by_role("rowheader")).to_have_count(1)


def test_a_change_of_status_is_told_at_once_and_stays_in_the_history(chat: Chat) -> None:
    chat.page.evaluate(NEARLY_READY, BY_CODE)
    chat.ask(BY_CODE)

    expect(chat.learning.get_by_role("status")).to_have_text(
        "Cold start → Ready: it has answered enough questions to be sure of itself."
    )

    agents = Agents(chat.page).open().search("FAJ 121 3094").choose("MIMO Sleep Mode")
    events = agents.detail.get_by_role("table", name="Events", exact=True)
    expect(events.get_by_role("row").filter(has_text="Cold start → Ready")).to_contain_text(
        "it has answered enough questions to be sure of itself"
    )
    expect(events.get_by_role("row").last).to_contain_text("its knowledge was loaded")
    expect(Learn(chat.page).open().events).to_contain_text("FAJ 121 3094")
