/** What an agent has learnt: its Q-table by state and action, and its figures. */
import { element, fill, pairList } from "./element.js";
import { ACTIONS, STATUSES, count, percent, qNumber } from "./words.js";

/** @typedef {import("../../messages.js").AgentStats} AgentStats */
/** @typedef {import("../../messages.js").LearningState} LearningState */
/** @typedef {import("../../messages.js").QTableEntry} QTableEntry */

const ACTION_NAMES = /** @type {(keyof ACTIONS)[]} */ (Object.keys(ACTIONS));

/** @param {{title: string, className?: string, note?: HTMLElement}} options a note stands below the title */
export function learningPanel({ title, className = "card side", note }) {
  const body = element("div", { class: "stack" });
  const id = `learning-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const root = element(
    "section",
    { class: className, "aria-labelledby": id, hidden: true },
    element("h2", { id }, title),
    note,
    body,
  );

  /** @param {{name?: string, stats: AgentStats, learning: LearningState}} agent */
  function show({ name, stats, learning }) {
    root.hidden = false;
    const { currentEpsilon, totalUpdates } = learning.stats;
    fill(
      body,
      name && element("p", {}, element("strong", {}, name), " ", element("span", { class: "quiet code" }, stats.fajCode)),
      pairList("figures", [
        ["Status", element("span", { class: `state ${stats.status.toLowerCase()}` }, STATUSES[stats.status])],
        ["Interactions", element("span", { class: "number" }, stats.interactions.toLocaleString("en"))],
        ["Updates", element("span", { class: "number" }, totalUpdates.toLocaleString("en"))],
        ["Exploration ε", element("span", { class: "number" }, percent(currentEpsilon))],
      ]),
      learning.entries.length ? qTable(learning.entries) : element("p", { class: "quiet" }, "Nothing learnt yet: rate an answer to begin."),
    );
  }

  return { root, show };
}

/** The parts of a state, each free to stand on a line of its own. @param {string} state */
function breakable(state) {
  return state.split("|").flatMap((part, i) => [i > 0 && " · ", element("span", { class: "piece" }, part)]);
}

/** @param {QTableEntry[]} entries */
function qTable(entries) {
  const states = [...new Set(entries.map(({ state }) => state))];
  const largest = Math.max(...entries.map(({ qValue }) => Math.abs(qValue)), 1e-6);
  const cell = (/** @type {string} */ state, /** @type {keyof ACTIONS} */ action) => {
    const entry = entries.find((candidate) => candidate.state === state && candidate.action === action);
    if (!entry || entry.visits === 0) return element("td", { class: "empty" }, "–");
    const { qValue, visits } = entry;
    const made = element(
      "td",
      { class: qValue < 0 ? "negative" : "positive", title: count(visits, "visit") },
      element("span", { class: "number" }, qNumber(qValue)),
      element("span", { class: "quiet" }, `${visits}×`),
    );
    made.style.setProperty("--strength", String(Math.abs(qValue) / largest));
    return made;
  };
  const rows = states.map((state) =>
    element("tr", {}, element("th", { scope: "row" }, breakable(state)), ACTION_NAMES.map((action) => cell(state, action))),
  );
  const head = ACTION_NAMES.map((action) => element("th", { scope: "col", title: ACTIONS[action].done }, ACTIONS[action].short));
  return element(
    "div",
    { class: "scroller", tabindex: 0, role: "region", "aria-label": "Q-table" },
    element(
      "table",
      { class: "q-table" },
      element("caption", {}, "Q-values by state and action, with visits. When idle, the agent goes over its ratings again."),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "State"), head)),
      element("tbody", {}, rows),
    ),
  );
}
