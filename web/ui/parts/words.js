/** How the page says things: names of actions and states, numbers with their units. */

/** @type {Record<import("../../messages.js").Action, {name: string, short: string, done: string}>} */
export const ACTIONS = {
  DirectAnswer: { name: "Answer directly", short: "Direct", done: "Answered directly" },
  ContextAnswer: { name: "Answer with context", short: "Context", done: "Answered with context" },
  ConsultPeer: { name: "Consult related agents", short: "Peer", done: "Consulted related agents" },
  RequestClarification: { name: "Ask back", short: "Clarify", done: "Asked back" },
  Escalate: { name: "Write a case for an expert", short: "Escalate", done: "Wrote a case for an expert" },
};

/** @type {Record<import("../../messages.js").AgentStatus, string>} */
export const STATUSES = {
  Initializing: "Initializing",
  ColdStart: "Cold start",
  Ready: "Ready",
  Busy: "Busy",
  Degraded: "Degraded",
  Offline: "Offline",
};

/** What an agent did with a question. @param {import("../../messages.js").QueryResponse} answer */
export function done({ actionTaken, sections }) {
  return sections.some(({ kind }) => kind === "scope") ? "Not answered" : ACTIONS[actionTaken].done;
}

/** In lists: an agent that nobody asked has not started, which is no state of work. */
export const LISTED_STATUSES = { ...STATUSES, Initializing: "Not asked yet" };

/** @type {Record<import("../../messages.js").Via, string>} */
export const VIA = {
  code: "found by its code",
  name: "found by its name",
  semantic: "found by meaning",
  memory: "remembered from your ratings",
  peer: "found by way of a related agent",
};

/** Why an agent changed its status. @type {Record<import("../../messages.js").Trigger, string>} */
export const TRIGGERS = {
  knowledge_loaded: "its knowledge was loaded",
  warmed_up: "it has answered enough questions to be sure of itself",
  query_in: "a question came in",
  query_done: "its answer was given",
  health_low: "its health fell too low",
  health_recovered: "its health is good again",
  recovery_failed: "it did not recover",
  shutdown: "it was shut down",
  initialize: "it was started again",
};

/** How two features stand to each other. @type {Record<import("../../messages.js").RelationKind, string>} */
export const RELATIONS = {
  conflicts_with: "conflicts with",
  requires: "requires",
  requires_through_others: "requires, through others,",
  requires_in_some_configurations: "requires, in some configurations,",
  requires_one_of_group: "requires one of a group with",
  related: "is related to",
};

/** @type {Record<import("../../messages.js").QueryType, string>} */
const QUERY_TYPES = {
  parameter: "about parameters",
  counter: "about counters",
  kpi: "about KPIs",
  procedure: "how to do something",
  troubleshoot: "about a problem",
  general: "in general",
};

/** @type {Record<import("../../messages.js").Complexity, string>} */
const COMPLEXITIES = { simple: "simple", moderate: "of moderate length", complex: "complex" };

/** @type {Record<import("../../messages.js").Confidence, string>} */
const FOUND = { low: "the right agent unsure", medium: "the right agent likely", high: "the right agent clear" };

/** @type {Record<import("../../messages.js").Context, string>} */
const CONTEXTS = { none: "no situation told", told: "situation told", network: "network data loaded" };

/**
 * A state that the agent learns by, as a sentence; one that a caller named himself as it is.
 * @param {{state: string, parts: import("../../messages.js").StateParts | null}} learnt
 */
export function stateInWords({ state, parts }) {
  if (!parts) return state;
  const { queryType, complexity, confidence, context } = parts;
  return `Question ${QUERY_TYPES[queryType]}, ${COMPLEXITIES[complexity]}; ${FOUND[confidence]}; ${CONTEXTS[context]}`;
}

/** A number of a table, whatever its size. @param {number} value */
export function tableNumber(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 10 }).replace("-", "−");
}

/** @param {number} share 0..1 */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** @param {number} share 0..1 */
export function confidenceWord(share) {
  if (share >= 0.8) return "High";
  if (share >= 0.6) return "Good";
  return share >= 0.4 ? "Moderate" : "Low";
}

/** @param {number} value */
export function signed(value) {
  const text = Math.abs(value).toFixed(3);
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** @param {number} value of a Q-table */
export function qNumber(value) {
  return value.toFixed(3).replace("-", "−");
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 1) return "< 1 ms";
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {Date} at */
export function clock(at) {
  return at.toLocaleTimeString("en-GB");
}

/** @param {number} count in bytes */
export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** @param {number} n @param {string} one @param {string} [many] */
export function count(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
