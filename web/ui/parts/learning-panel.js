/** What an agent has learnt: its Q-table by state and action, and its figures. */
import { element, fill, pairList } from "./element.js";
import { table } from "./table.js";
import { ACTIONS, STATUSES, count, percent, qNumber } from "./words.js";

/** @typedef {import("../../messages.js").Action} Action */
/** @typedef {import("../../messages.js").LearningState} LearningState */
/** @typedef {import("../../messages.js").QTableEntry} QTableEntry */
/** @typedef {import("./table.js").Cell} Cell */

const ACTION_NAMES = /** @type {Action[]} */ (Object.keys(ACTIONS));
/** @type {import("./table.js").Column[]} */
const COLUMNS = [
  { title: "State", kind: "text" },
  ...ACTION_NAMES.map((action) => ({ title: ACTIONS[action].short, kind: /** @type {const} */ ("number"), hint: ACTIONS[action].done })),
];

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

  /** @param {{name?: string, fajCode: string, learning: LearningState}} agent */
  function show({ name, fajCode, learning }) {
    root.hidden = false;
    const { currentEpsilon, totalUpdates } = learning.stats;
    fill(
      body,
      name && element("p", {}, element("strong", {}, name), " ", element("span", { class: "quiet code" }, fajCode)),
      pairList("figures", [
        ["Status", element("span", { class: `state ${learning.status.toLowerCase()}` }, STATUSES[learning.status])],
        ["Interactions", element("span", { class: "number" }, learning.interactions.toLocaleString("en"))],
        ["Updates", element("span", { class: "number" }, totalUpdates.toLocaleString("en"))],
        ["Exploration ε", element("span", { class: "number" }, percent(currentEpsilon))],
      ]),
      learning.entries.length ? qTable(learning.entries) : element("p", { class: "quiet" }, "Nothing learnt yet: rate an answer to begin."),
    );
  }

  return { root, show };
}

/** The parts of a state, each free to stand on a line of its own. @param {QTableEntry} entry */
function breakable({ state, parts }) {
  const pieces = parts ? [parts.queryType, parts.complexity, parts.confidence, parts.context] : [state];
  return pieces.flatMap((piece, i) => [i > 0 && " · ", element("span", { class: "piece" }, piece)]);
}

/** @param {QTableEntry[]} entries */
function qTable(entries) {
  const states = [...new Map(entries.map((entry) => [entry.state, entry])).values()];
  const largest = Math.max(...entries.map(({ qValue }) => Math.abs(qValue)), 1e-6);
  const cell = (/** @type {string} */ state, /** @type {Action} */ action) =>
    qCell(entries.find((entry) => entry.state === state && entry.action === action), largest);
  return table({
    label: "Q-table",
    caption: "Q-values by state and action, with visits. When idle, the agent goes over its ratings again.",
    className: "q-table",
    columns: COLUMNS,
    rows: states.map((entry) => ({ cells: [breakable(entry), ...ACTION_NAMES.map((action) => cell(entry.state, action))] })),
    hasRowHeads: true,
    narrow: "columns",
  }).root;
}

/** @param {QTableEntry | undefined} entry @param {number} largest value of the table, which is shown strongest @returns {Cell} */
function qCell(entry, largest) {
  if (!entry || entry.visits === 0) return { unknown: "Not tried yet" };
  const { qValue, visits } = entry;
  return {
    content: [element("span", { class: "number" }, qNumber(qValue)), element("span", { class: "quiet" }, `${visits}×`)],
    className: qValue < 0 ? "negative" : "positive",
    hint: count(visits, "visit"),
    properties: { "--strength": String(Math.abs(qValue) / largest) },
  };
}
