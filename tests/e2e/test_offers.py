"""What stands in place of an answer: a question back with candidates, and a case to take along."""

import re

from playwright.sync_api import expect

from tests.e2e.page_objects import NIGHT, Chat

VAGUE = "How do I save energy?"
FACTS = re.compile("^What .* knows about it$")


def test_a_question_back_offers_candidates_and_one_of_them_answers_the_same(
    shared_chat: Chat,
) -> None:
    chat = shared_chat.allow_only("RequestClarification").ask(VAGUE)
    candidates = chat.section("Which one is it?").get_by_role("button")
    expect(candidates).not_to_have_count(0)
    assert candidates.count() <= 3
    # So vague a question has no likeliest agent, whose facts would wait below.
    expect(chat.answer.get_by_text(FACTS)).to_have_count(0)
    asked = chat.history.get_by_role("button").count()
    name, code, *_ = candidates.last.inner_text().split("\n")
    assert re.match(r"FAJ \d{3} \d{4}", code)

    candidates.last.click()

    expect(chat.answer.get_by_role("heading", name=name)).to_be_visible()
    expect(chat.answer).to_contain_text(VAGUE)
    expect(chat.section("Which one is it?")).to_have_count(0)
    expect(chat.history.get_by_role("button")).to_have_count(asked + 1)


def test_below_a_question_back_the_facts_wait_closed(shared_chat: Chat) -> None:
    chat = shared_chat.allow_only("RequestClarification").ask(NIGHT)
    facts = chat.answer.get_by_text(FACTS)
    expect(chat.section("What it does")).to_be_hidden()
    facts.click()
    expect(chat.section("What it does")).to_be_visible()
    expect(chat.answer.get_by_role("heading", name="Was it right to ask back?")).to_be_visible()


def test_an_escalation_is_a_file_to_download_and_to_copy(shared_chat: Chat) -> None:
    page = shared_chat.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat = shared_chat.allow_only("Escalate").ask("FAJ 121 3094 does not save power, why?")
    case = chat.section("Case for an expert")

    with page.expect_download() as started:
        case.get_by_role("button", name="Download case file").click()

    name = started.value.suggested_filename
    assert re.fullmatch(r"case-FAJ1213094-\d{4}-\d\d-\d\d-\d{4}\.md", name)
    text = started.value.path().read_text()
    assert text.startswith("# Case ")
    assert "> FAJ 121 3094 does not save power, why?" in text
    case.get_by_role("button", name="Copy").click()
    expect(case.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_an_answer_is_copied_with_its_sources(shared_chat: Chat) -> None:
    shared_chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat = shared_chat.allow_only("DirectAnswer").ask("Which parameters does FAJ 121 3094 have?")

    chat.answer.get_by_role("button", name="Copy answer").click()
    expect(chat.answer.get_by_text("Copied")).to_be_visible()

    text = chat.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# MIMO Sleep Mode (FAJ 121 3094)\n\n> Which parameters")
    assert "| MO class | Attribute |" in text
    assert "Source: Feature catalogue" in text


def test_two_features_are_shown_side_by_side_and_each_can_be_asked(shared_chat: Chat) -> None:
    chat = shared_chat.ask("What is the difference between FAJ 121 3094 and FAJ 121 3055?")

    expect(chat.answer.get_by_role("heading", level=2)).to_have_text(
        "MIMO Sleep Mode and Multi-Operator RAN"
    )
    expect(chat.section("Side by side").get_by_role("columnheader")).to_have_text(
        ["Property", "MIMO Sleep Mode", "Multi-Operator RAN"]
    )
    asked = chat.history.get_by_role("button").count()
    other = chat.section("Multi-Operator RAN (FAJ 121 3055)")
    other.get_by_role("button", name="Ask it the same").click()
    expect(chat.answer.get_by_role("heading", level=2)).to_contain_text("Multi-Operator RAN")
    expect(chat.history.get_by_role("button")).to_have_count(asked + 1)


def test_a_question_of_another_world_is_turned_down_with_a_reason(shared_chat: Chat) -> None:
    chat = shared_chat.ask("How do I bake a cake?")

    expect(chat.answer.get_by_role("heading", level=2)).to_have_text("This is not answered here")
    expect(chat.answer).to_contain_text("This does not look like a question about a radio network.")
    expect(chat.answer.get_by_role("table")).to_have_count(0)
    expect(chat.answer.get_by_role("heading", name="Was it right not to answer?")).to_be_visible()
