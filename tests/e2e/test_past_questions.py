"""Rated questions across visits: they find the agent that was rated well, and go when their user says so."""

import pytest
from playwright.sync_api import Page

from tests.e2e import database
from tests.e2e.page_objects import Chat

NIGHT = "what saves power at night"
NIGHT_AGAIN = "at night, what saves power?"
# Puts a question to an agent of the user's own choice, and rates the answer.
RATE = """async ([fajCode, text]) => {
  const elex = await window.elex;
  const agent = await elex.agent(fajCode);
  const answer = await agent.processQuery({ content: text, availableActions: ["DirectAnswer"] });
  await elex.feedback(answer.queryId, { rating: 1 });
}"""


KEPT = "async () => (await window.elex).episodes()"
FORGET = "async () => (await window.elex).forgetEpisodes()"
STORED = "async () => (await window.elex).storageStats()"


@pytest.fixture
def page(shared_chat: Chat) -> Page:
    """The page of the app, which remembers no question."""
    shared_chat.page.evaluate(FORGET)
    return shared_chat.page


def routes(page: Page, text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(
        "(text) => window.elex.then((elex) => elex.route(text))", text
    )
    return found


def test_a_question_like_a_rated_one_finds_its_agent_after_a_reload(
    shared_chat: Chat, page: Page
) -> None:
    second = routes(page, NIGHT)[1]
    for _ in range(3):
        page.evaluate(RATE, [second["fajCode"], NIGHT])

    shared_chat.reload()

    first = routes(page, NIGHT_AGAIN)[0]
    assert (first["fajCode"], first["via"]) == (second["fajCode"], "memory")
    shared_chat.ask(NIGHT_AGAIN)
    by_memory = "async () => (await (await window.elex).registryStats()).routes.memory"
    assert page.evaluate(by_memory) == 1


def test_rated_questions_are_counted_and_deleted_from_the_disk(page: Page) -> None:
    before = routes(page, NIGHT)
    page.evaluate(RATE, [before[1]["fajCode"], NIGHT])
    kept = page.evaluate(KEPT)
    assert (kept["count"], kept["cap"]) == (1, 2000)
    assert kept["bytes"] > 512
    assert database.count(page, "episodes") == 1

    assert page.evaluate(FORGET) == 1

    assert page.evaluate(KEPT)["count"] == 0
    assert database.count(page, "episodes") == 0
    assert database.count(page, "agents") >= 1
    assert routes(page, NIGHT) == before


def test_a_damaged_question_is_told_kept_apart_and_can_be_deleted(
    shared_chat: Chat, page: Page
) -> None:
    before = routes(page, NIGHT)
    page.evaluate(RATE, [before[1]["fajCode"], NIGHT])
    page.evaluate("async () => (await window.elex).close()")
    assert database.damage(page, "episodes") == 1

    shared_chat.reload()

    assert routes(page, NIGHT) == before
    assert page.evaluate(KEPT)["count"] == 0
    damaged = page.evaluate(STORED)["damaged"]
    assert [complaint.startswith("episode-") for complaint in damaged] == [True]
    assert [database.count(page, kind) for kind in ("episodes", "damaged")] == [1, 1]
    assert page.evaluate(FORGET) == 1
    assert [database.count(page, kind) for kind in ("episodes", "damaged")] == [0, 0]
