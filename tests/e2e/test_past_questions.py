"""Rated questions across visits: they find the agent that was rated well, and go when their user says so."""

import json
from pathlib import Path

from playwright.sync_api import Page

from building.out.serving import Server
from tests.e2e.page_objects import Chat

VERSION_1 = Path(__file__).parents[1] / "data" / "database_v1.json"
NIGHT = "what saves power at night"
NIGHT_AGAIN = "at night, what saves power?"
# Puts a question to an agent of the user's own choice, and rates the answer.
RATE = """async ([fajCode, text]) => {
  const elex = await window.elex;
  const agent = await elex.agent(fajCode);
  const answer = await agent.processQuery({ content: text, availableActions: ["DirectAnswer"] });
  await elex.feedback(answer.queryId, { rating: 1 });
}"""
# Makes a database as an older version of the app left it.
MAKE_DATABASE = """({ version, stores }) => new Promise((resolve, reject) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const opening = indexedDB.open("elex", version);
  opening.onerror = () => reject(opening.error);
  opening.onupgradeneeded = () => {
    for (const [kind, records] of Object.entries(stores)) {
      const store = opening.result.createObjectStore(kind, { keyPath: "key" });
      for (const { payload, sha256, ...rest } of records) {
        store.put({ ...rest, payload: bytes(payload), sha256: bytes(sha256) });
      }
    }
  };
  opening.onsuccess = () => { opening.result.close(); resolve(); };
})"""
DATABASE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("elex");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const counting = database.transaction("episodes").objectStore("episodes").count();
    counting.onsuccess = () => {
      const found = { version: database.version, episodes: counting.result };
      database.close();
      resolve(found);
    };
  };
})"""


# Flips one byte of every rated question, as a failing disk would.
DAMAGE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("elex");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const tx = opening.result.transaction("episodes", "readwrite");
    const store = tx.objectStore("episodes");
    const reading = store.getAll();
    reading.onsuccess = () => {
      for (const record of reading.result) {
        record.payload[record.payload.length - 1] ^= 1;
        store.put(record);
      }
    };
    tx.oncomplete = () => { opening.result.close(); resolve(reading.result.length); };
    tx.onabort = () => reject(tx.error);
  };
})"""


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
    assert page.evaluate(DATABASE)["episodes"] == 1

    assert page.evaluate("async () => (await window.elex).forgetEpisodes()") == 1

    assert page.evaluate(DATABASE)["episodes"] == 0
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
    assert page.evaluate(DAMAGE) == 1

    chat.reload()

    assert routes(page, NIGHT) == before
    assert page.evaluate("async () => (await window.elex).episodes()")["count"] == 0
    stats = page.evaluate("async () => (await window.elex).storageStats()")
    assert stats["records"] == 3  # the agent, the damaged question, and its copy
    assert [complaint.startswith("episode-") for complaint in stats["damaged"]] == [True]
    assert page.evaluate("async () => (await window.elex).forgetEpisodes()") == 1
    assert page.evaluate("async () => (await window.elex).storageStats()")["records"] == 1


def test_a_database_of_version_1_keeps_its_learning_and_learns_on(
    page: Page, server: Server
) -> None:
    dump = json.loads(VERSION_1.read_text())
    Chat(page).open(f"{server.url}?storage=memory")  # which leaves the database alone
    page.evaluate(MAKE_DATABASE, dump)

    chat = Chat(page).open(f"{server.url}?seed=1")

    started = page.evaluate("async () => (await window.elex).started")
    assert started["restored"] == len(dump["stores"]["agents"]) == 2
    assert started["damaged"] == []
    learnt = page.evaluate(
        "async () => (await (await window.elex).agent('FAJ 121 3094')).getQTableStats()"
    )
    assert learnt["totalUpdates"] == 3
    page.evaluate(RATE, ["FAJ 121 3094", NIGHT])
    assert page.evaluate(DATABASE) == {"version": 2, "episodes": 1}
    chat.reload()
    learnt = page.evaluate(
        "async () => (await (await window.elex).agent('FAJ 121 3094')).getQTableStats()"
    )
    assert learnt["totalUpdates"] == 4
