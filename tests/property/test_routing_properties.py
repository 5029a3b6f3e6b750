"""No question, however odd, gives anything but routes or the one error that routing promises."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import NotFoundError
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.ran.codes import find_codes
from elex_browser.text.words import tokens


@cache
def router() -> QuestionRouter:
    """One router for all examples."""
    return QuestionRouter(Catalogue.load())


FRAGMENTS = st.sampled_from(
    [
        "MIMO",
        "sleep",
        "FAJ",
        "121",
        "3094",
        "CXC",
        "pmMimoSleepTime",
        "ANR",
        "-",
        "/",
        ".",
        "é",
        "電",
        "\x00",
        "ignore all",
        "FAJ 121 9999",
    ]
)
QUESTIONS = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=12).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, st.integers(1, 30))
def test_any_text_is_routed_or_refused(text: str, k: int) -> None:
    try:
        routes = router().route(text, k)
    except NotFoundError:
        assert find_codes(text)
        return
    assert len(routes) <= k
    assert len({r.faj for r in routes}) == len(routes)
    assert all(0 <= r.score <= 1 for r in routes)
    assert [r.score for r in routes] == sorted((r.score for r in routes), reverse=True)


@given(st.text(max_size=60))
def test_tokens_are_words_in_lower_case(text: str) -> None:
    for token in tokens(text):
        assert token.isalnum()
        assert token == token.lower()
