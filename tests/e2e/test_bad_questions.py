"""Questions that cannot be answered: an error that says what to do, and nothing lost."""

import pytest
from playwright.sync_api import expect

from tests.e2e.page_objects import BY_CODE, Chat


@pytest.mark.parametrize(
    ("question", "code", "says"),
    [
        ("", "VALIDATION_ERROR", "empty"),
        ("FAJ 121 9999", "NOT_FOUND", "9999"),
        ("cell " * 20_000, "VALIDATION_ERROR", "100"),
    ],
    ids=["empty", "unknown code", "100 kB"],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(
    shared_chat: Chat, question: str, code: str, says: str
) -> None:
    chat = shared_chat.ask(question)

    expect(chat.error).to_contain_text("This question was not answered")
    expect(chat.error).to_contain_text(code)
    expect(chat.error).to_contain_text(says)
    expect(chat.error).to_contain_text("What to do:")


def test_an_error_loses_nothing_that_was_learnt(shared_chat: Chat) -> None:
    chat = shared_chat.ask(BY_CODE)
    chat.rate("Helpful")
    updates = chat.learnt("Updates").inner_text()

    chat.ask("FAJ 121 9999")
    chat.ask(BY_CODE)

    expect(chat.learnt("Updates")).to_have_text(updates)


def test_markup_in_a_question_stays_text(shared_chat: Chat) -> None:
    chat = shared_chat.ask("FAJ 121 3094 <img src=x onerror=alert(1)> parameters")

    expect(chat.answer).to_contain_text("<img src=x onerror=alert(1)>")
    assert chat.answer.locator("img").count() == 0
