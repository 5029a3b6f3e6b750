"""A database of an older version of the app opens in the browser, and its learning goes on."""

import pytest
from playwright.sync_api import Page

from building.out.serving import Server
from tests.e2e import database
from tests.e2e.page_objects import Chat
from tests.support import MIMO_SLEEP, database_of

NEWEST = 2
LEARNT = """async (code) => {
  const { entries } = await (await (await window.elex).agent(code)).getLearningState();
  return entries.map(({ state, action, qValue, visits }) => [state, action, qValue, visits]);
}"""
KEPT = """async () => {
  const elex = await window.elex;
  const { count } = await elex.episodes();
  const { damaged } = await elex.storageStats();
  return [elex.started.restored, count, damaged.map((complaint) => complaint.split(":")[0])];
}"""
RATE = """async (code) => {
  const elex = await window.elex;
  const agent = await elex.agent(code);
  const answer = await agent.processQuery({ content: "which parameters are there?" });
  await elex.feedback(answer.queryId, { rating: 1 });
}"""


@pytest.mark.parametrize("version", [1, 2])
def test_a_database_of_an_older_version_keeps_its_learning_and_learns_on(
    page: Page, server: Server, version: int
) -> None:
    dump = database_of(version)
    told = dump["told"]
    Chat(page).open(f"{server.url}?storage=memory")  # which leaves the database alone
    database.make(page, dump)

    chat = Chat(page).open(f"{server.url}?seed=1")

    assert page.evaluate(KEPT) == [len(told["listed"]), told["episodes"], told["damaged"]]
    assert page.evaluate(LEARNT, MIMO_SLEEP) == told["learnt"]["faj-121-3094"]
    page.evaluate(RATE, MIMO_SLEEP)
    assert database.version(page) == NEWEST
    chat.reload()
    visits = [visits for *_, visits in told["learnt"]["faj-121-3094"]]
    assert sum(visits for *_, visits in page.evaluate(LEARNT, MIMO_SLEEP)) == sum(visits) + 1
