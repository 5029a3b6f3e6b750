/** What happened to the agents since the page was opened: kept here, and shown as a table and as a short notice. */
import { element } from "./element.js";
import { table } from "./table.js";
import { STATUSES, TRIGGERS, clock, count, percent } from "./words.js";

/** @typedef {import("../../messages.js").AgentEvent} AgentEvent */
/** @typedef {AgentEvent & {at: Date}} Noted */

/** So many are kept; each question can make two. */
const KEPT = 500;
const SHOWN = 12;
/** @type {import("./table.js").Column[]} */
const COLUMNS = [
  { title: "When", kind: "text" },
  { title: "Agent", kind: "text" },
  { title: "Change", kind: "text" },
  { title: "Why", kind: "text" },
  { title: "Health", kind: "number" },
];
/** Every answer of a ready agent makes it busy and ready again: counted, not listed. */
/** @type {Set<AgentEvent["trigger"]>} */
const WORK = new Set(["query_in", "query_done"]);
/** @type {Set<AgentEvent["trigger"]>} */
const WAKING = new Set(["knowledge_loaded", "initialize"]);

export class StatusLog {
  /** @type {Noted[]} latest last */
  #noted = [];

  /** @param {import("../../elex.js").Elex} elex @param {(event: Noted) => void} onChange hears what a user should hear of */
  follow(elex, onChange) {
    elex.addEventListener("agentstatus", ({ detail }) => {
      const noted = { ...detail, at: new Date() };
      this.#noted = [...this.#noted.slice(1 - KEPT), noted];
      if (!WORK.has(detail.trigger) && !WAKING.has(detail.trigger)) onChange(noted);
    });
  }

  /** @param {string} [fajCode] of one agent; else of all @returns {Noted[]} latest first */
  events(fajCode) {
    return this.#noted.filter((event) => !fajCode || event.fajCode === fajCode).toReversed();
  }
}

/** @param {AgentEvent} event */
export function changeText({ before, after, trigger }) {
  return `${STATUSES[before]} → ${STATUSES[after]}: ${TRIGGERS[trigger]}`;
}

/**
 * @param {Noted[]} events latest first
 * @param {{withAgent?: boolean}} [options]
 * @returns {HTMLElement[]}
 */
export function statusHistory(events, { withAgent = false } = {}) {
  const changes = events.filter(({ trigger }) => !WORK.has(trigger));
  const answers = events.filter(({ trigger }) => trigger === "query_done").length;
  const note = answers > 0 && `Beside these, ${count(answers, "answer")} made an agent busy and ready again.`;
  if (changes.length === 0) return [element("p", { class: "quiet" }, note || "No change since this page was opened.")];
  const rows = changes.slice(0, SHOWN).map((event) => ({ cells: cells(event, withAgent) }));
  const columns = COLUMNS.filter(({ title }) => withAgent || title !== "Agent");
  const parts = [table({ label: "Events", columns, rows, hasRowHeads: true }).root];
  if (changes.length > SHOWN) parts.push(element("p", { class: "source" }, `The latest ${SHOWN} of ${changes.length}.`));
  if (note) parts.push(element("p", { class: "source" }, note));
  return parts;
}

/** @param {Noted} event @param {boolean} withAgent */
function cells({ at, fajCode, before, after, trigger, health }, withAgent) {
  const time = element("time", { datetime: at.toISOString() }, clock(at));
  const agent = withAgent ? [element("span", { class: "code" }, fajCode)] : [];
  return [time, ...agent, `${STATUSES[before]} → ${STATUSES[after]}`, TRIGGERS[trigger], percent(health)];
}
