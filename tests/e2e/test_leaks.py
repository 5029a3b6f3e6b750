"""Nothing of Python stays behind in JavaScript."""

from tests.e2e.page_objects import Chat

ASK_TWENTY_TIMES = """async () => {
  const elex = await window.elex;
  const round = async () => {
    const { queryId } = await elex.ask("Which parameters does FAJ 121 3094 have?");
    await elex.feedback(queryId, { rating: 1 });
    await elex.agents({ text: "sleep" });
    await (await elex.agent("FAJ 121 3094")).getLearningState();
    await elex.ask("").catch((error) => error.code);
  };
  await elex.liveProxies();
  await round(); // what is made once and kept is made now
  await elex.flush();
  const before = await elex.liveProxies();
  for (let i = 0; i < 20; i += 1) await round();
  await elex.flush();
  return [before, await elex.liveProxies()];
}"""


def test_twenty_questions_leave_no_python_proxy_behind(chat: Chat) -> None:
    before, after = chat.page.evaluate(ASK_TWENTY_TIMES)
    assert after <= before
