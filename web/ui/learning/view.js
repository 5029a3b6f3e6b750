/** The view on learning: what it is, how fast it goes, and what the agents learnt on this device. */
import { card } from "../parts/card.js";
import { element, fill, pairList } from "../parts/element.js";
import { statusHistory } from "../parts/status-log.js";
import { bytes, count } from "../parts/words.js";
import { learnedAgents } from "./learned-agents.js";
import { pastQuestions } from "./past-questions.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../messages.js").AgentSummary} AgentSummary */

const WHAT = [
  "Each agent can answer in five ways: directly, with your context, with related agents, by asking back, or by " +
    "writing a case for an expert. Your rating moves the value of the chosen way for that kind of question, so that " +
    "the next choice fits you better (Q-learning).",
  "It learns ways of answering, never facts: those come from the catalogue. What it learns stays on this device.",
];
const MEASURED =
  "Measured with simulated users, each with a favourite way of answering that the agent does not know; 30 runs, the " +
  "shaded bands hold 95 % of what chance does to the mean. It shows that a preference is found, not what you will prefer.";

/**
 * @param {object} source
 * @param {() => Promise<Elex>} source.getInstance
 * @param {import("../parts/status-log.js").StatusLog} source.log
 * @param {(fajCode: string) => void} source.onChoose puts the chosen agent into the address
 * @param {(fajCode: string) => void} source.onOpen shows an agent
 */
export function learnView({ getInstance, log, onChoose, onOpen }) {
  const chart = element("div", { class: "stack" }, reading());
  const totals = element("div", { class: "stack" }, reading());
  const past = pastQuestions({ getInstance });
  const changes = element("div", { class: "stack" }, reading());
  const agents = learnedAgents({ onChoose, onOpen });
  const refresh = element("button", { type: "button", class: "plain", onclick: () => void open(chosen) }, "Refresh");
  const root = element(
    "section",
    { class: "view learn-view", "aria-labelledby": "learn-title" },
    element("div", { class: "view-head" }, element("h1", { id: "learn-title" }, "Learn"), refresh),
    element("div", { class: "what" }, WHAT.map((text) => element("p", {}, text))),
    card("How fast agents learn", element("p", { class: "quiet" }, MEASURED), chart),
    element(
      "div",
      { class: "halves" },
      element("div", { class: "column" }, agents.root, agents.values),
      element("div", { class: "column" }, card("On this device", totals), past.root, card("Events", changes)),
    ),
  );
  let chosen = "";

  /** @param {string} fajCode of the agent whose values are shown, "" for the one that was asked most */
  async function open(fajCode) {
    chosen = fajCode;
    await showChart();
    const elex = await getInstance();
    const all = await elex.agents();
    const asked = all.filter(({ interactions }) => interactions > 0).toSorted((one, other) => other.interactions - one.interactions);
    fill(totals, await figures(elex, asked));
    await past.show();
    await agents.show(elex, asked, fajCode);
    fill(changes, statusHistory(log.events(), { withAgent: true }));
  }

  async function showChart() {
    if (chart.querySelector(".chart")) return;
    const { learningChart } = await import("./chart.js");
    fill(chart, learningChart());
  }

  return { root, open };
}

function reading() {
  return element("p", { class: "quiet" }, "Reading…");
}

/** @param {Elex} elex @param {AgentSummary[]} asked */
async function figures(elex, asked) {
  const [memory, storage] = await Promise.all([elex.memoryStats(), elex.storageStats()]);
  const questions = asked.reduce((sum, { interactions }) => sum + interactions, 0);
  return pairList("figures lines", [
    ["Agents asked", `${asked.length.toLocaleString("en")} of ${elex.started.agents}`],
    ["Questions answered", questions.toLocaleString("en")],
    ["Restored at this start", count(elex.started.restored, "agent")],
    ["Saved", storage.kind === "memory" ? "Nothing: saving is off" : `${count(storage.records, "record")}, ${bytes(storage.payloadBytes)}`],
    ["Memory of the agents", `${bytes(memory.usedBytes)} of ${bytes(memory.budgetBytes)}`],
  ]);
}
