/** The agents that were asked on this device, and the values that a chosen one has learnt, in words. */
import { agentLink } from "../parts/agent-link.js";
import { element, fill } from "../parts/element.js";
import { table } from "../parts/table.js";
import { ACTIONS, STATUSES, count, percent, qNumber, stateInWords } from "../parts/words.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../messages.js").AgentStats} AgentStats */
/** @typedef {import("../../messages.js").AgentSummary} AgentSummary */
/** @typedef {import("../../messages.js").LearningState} LearningState */
/** @typedef {{summary: AgentSummary, stats: AgentStats, learning: LearningState}} Learned */

/** @type {import("../parts/table.js").Column[]} */
const AGENT_COLUMNS = [
  { title: "Agent", kind: "text" },
  { title: "Status", kind: "text" },
  { title: "Questions", kind: "number" },
  { title: "Mean reward", kind: "number" },
  { title: "Exploration ε", kind: "number" },
];
/** @type {import("../parts/table.js").Column[]} */
const VALUE_COLUMNS = [
  { title: "Way of answering", kind: "text" },
  { title: "Value", kind: "number" },
  { title: "Times", kind: "number" },
];
/** So many agents are looked at in one go: each must be woken for its figures. */
const PAGE = 10;

const REWARD =
  "The value is the reward that the agent expects of answering in this way: 1 for helpful, −1 for wrong, " +
  "0.5 more when the question was settled; less where it took long or others had to be asked.";

/** @param {{onChoose(fajCode: string): void, onOpen(fajCode: string): void}} events */
export function learnedAgents({ onChoose, onOpen }) {
  const list = element("div", { class: "stack" }, element("p", { class: "quiet" }, "Reading…"));
  const values = element("section", { class: "card", "aria-labelledby": "values-title", hidden: true });
  const root = element(
    "section",
    { class: "card", "aria-labelledby": "learned-title" },
    element("h2", { id: "learned-title" }, "Agents that you asked"),
    list,
  );
  /** @type {Learned[]} */
  let known = [];

  /**
   * Look at the agents that were asked, most first.
   * @param {Elex} elex @param {AgentSummary[]} asked @param {string} chosen code without blanks, "" for the first
   */
  async function show(elex, asked, chosen) {
    const shown = Math.max(PAGE, known.length);
    known = await Promise.all(asked.slice(0, shown).map((summary) => lookAt(elex, summary)));
    const wanted = asked.find(({ fajCode }) => compact(fajCode) === chosen);
    if (wanted && !known.some(({ summary }) => summary === wanted)) known.push(await lookAt(elex, wanted));
    const current = known.find(({ summary }) => summary === wanted) ?? known[0];
    render(elex, asked, current);
  }

  /** @param {Elex} elex @param {AgentSummary[]} asked @param {Learned | undefined} current */
  function render(elex, asked, current) {
    values.hidden = !current;
    if (!current) return fill(list, element("p", { class: "quiet" }, "None yet. Ask a question and rate its answer: what the agent learns appears here."));
    const left = asked.filter((summary) => !known.some((other) => other.summary === summary));
    const more = async () => {
      known.push(...(await Promise.all(left.slice(0, PAGE).map((summary) => lookAt(elex, summary)))));
      render(elex, asked, current);
    };
    fill(
      list,
      agentTable(known, current, onChoose),
      left.length > 0 && element("button", { type: "button", class: "link", onclick: more }, `Show more of the other ${left.length}`),
    );
    fill(values, valuesOf(current, onOpen));
  }

  return { root, values, show };
}

/** @param {string} fajCode */
function compact(fajCode) {
  return fajCode.replaceAll(" ", "");
}

/** @param {Elex} elex @param {AgentSummary} summary @returns {Promise<Learned>} */
async function lookAt(elex, summary) {
  const agent = await elex.agent(summary.fajCode);
  const [stats, learning] = await Promise.all([agent.getStats(), agent.getLearningState()]);
  return { summary, stats, learning };
}

/** @param {Learned[]} known @param {Learned} current @param {(fajCode: string) => void} onChoose */
function agentTable(known, current, onChoose) {
  const rows = known.map((learned) => {
    const { summary, stats, learning } = learned;
    const choose = { type: "button", class: "link", onclick: () => onChoose(compact(summary.fajCode)) };
    const isChosen = learned === current;
    return {
      isChosen,
      cells: [
        [element("button", { ...choose, "aria-pressed": String(isChosen) }, summary.name), " ", element("span", { class: "quiet code" }, summary.fajCode)],
        element("span", { class: `state ${stats.status.toLowerCase()}` }, STATUSES[stats.status]),
        stats.interactions.toLocaleString("en"),
        learning.ratedAnswers ? qNumber(stats.avgReward) : "–",
        percent(learning.stats.currentEpsilon),
      ],
    };
  });
  const label = "Agents that you asked";
  return table({ label, className: "learned-table", columns: AGENT_COLUMNS, rows, hasRowHeads: true }).root;
}

/** @param {Learned} learned @param {(fajCode: string) => void} onOpen */
function valuesOf({ summary, learning }, onOpen) {
  const visited = learning.entries.filter(({ visits }) => visits > 0);
  const states = [...new Map(visited.map((entry) => [entry.state, entry])).values()];
  return [
    element("h2", { id: "values-title" }, `What ${summary.name} has learnt`),
    element("p", { class: "quiet" }, agentLink(summary.fajCode, onOpen), ` · ${count(learning.stats.totalUpdates, "update")}`),
    states.length === 0 && element("p", {}, "Nothing yet: its answers were not rated."),
    ...states.map((learnt) => valueTable(learnt, visited.filter(({ state }) => state === learnt.state))),
    element("p", { class: "source" }, REWARD),
  ];
}

/** @param {LearningState["entries"][number]} learnt @param {LearningState["entries"]} entries of the same state */
function valueTable(learnt, entries) {
  const ways = entries.toSorted((one, other) => other.qValue - one.qValue);
  const best = (/** @type {number} */ i) => i === 0 && ways.length > 1 && element("span", { class: "tag" }, "liked best");
  const rows = ways.map(({ action, qValue, visits }, i) => ({ cells: [[ACTIONS[action].name, best(i)], qNumber(qValue), visits] }));
  const caption = stateInWords(learnt);
  return table({ label: caption, caption, className: "value-table", columns: VALUE_COLUMNS, rows, hasRowHeads: true }).root;
}
