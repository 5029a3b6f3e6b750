"""Rated questions across visits: they find the agent that was rated well, and go when their user says so."""

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


def routes(page: Page, text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(
        "(text) => window.elex.then((elex) => elex.route(text))", text
    )
    return found


def test_a_question_like_a_rated_one_finds_its_agent_after_a_reload(chat: Chat) -> None:
    second = routes(chat.page, NIGHT)[1]
    for _ in range(3):
        chat.page.evaluate(RATE, [second["fajCode"], NIGHT])

    chat.reload()

    first = routes(chat.page, NIGHT_AGAIN)[0]
    assert (first["fajCode"], first["via"]) == (second["fajCode"], "memory")
    chat.ask(NIGHT_AGAIN)
    assert (
        chat.page.evaluate("async () => (await (await window.elex).registryStats()).routes.memory")
        == 1
    )


def test_rated_questions_are_counted_and_deleted_from_the_disk(chat: Chat) -> None:
    page = chat.page
    before = routes(page, NIGHT)
    page.evaluate(RATE, [before[1]["fajCode"], NIGHT])
    kept = page.evaluate("async () => (await window.elex).episodes()")
    assert (kept["count"], kept["cap"]) == (1, 2000)
    assert kept["bytes"] > 512
    assert database.count(page, "episodes") == 1

    assert page.evaluate("async () => (await window.elex).forgetEpisodes()") == 1

    assert database.count(page, "episodes") == 0
    assert routes(page, NIGHT) == before
    chat.reload()
    assert page.evaluate("async () => (await window.elex).episodes()")["count"] == 0
    stats = page.evaluate("async () => (await window.elex).storageStats()")
    assert stats["records"] == 1


def test_a_damaged_question_is_told_kept_apart_and_can_be_deleted(chat: Chat) -> None:
    page = chat.page
    before = routes(page, NIGHT)
    page.evaluate(RATE, [before[1]["fajCode"], NIGHT])
    page.evaluate("async () => (await window.elex).close()")
    assert database.damage(page, "episodes") == 1

    chat.reload()

    assert routes(page, NIGHT) == before
    assert page.evaluate("async () => (await window.elex).episodes()")["count"] == 0
    stats = page.evaluate("async () => (await window.elex).storageStats()")
    assert stats["records"] == 3  # the agent, the damaged question, and its copy
    assert [complaint.startswith("episode-") for complaint in stats["damaged"]] == [True]
    assert page.evaluate("async () => (await window.elex).forgetEpisodes()") == 1
    assert page.evaluate("async () => (await window.elex).storageStats()")["records"] == 1
