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

/** Why an agent changed its status; the triggers of the lifecycle. @type {Record<string, string>} */
const TRIGGERS = {
  "knowledge loaded": "its knowledge was loaded",
  "100 interactions": "it answered 100 questions",
  "query in": "a question came in",
  "query done": "its answer was given",
  "health below 0.5": "its health fell below 50 %",
  "health above 0.8": "its health is above 80 % again",
  "recovery failed": "it did not recover",
  shutdown: "it was shut down",
  initialize: "it was started again",
};

/** What the parts of a state say, in their order. @type {Record<string, string>[]} */
const STATE_PARTS = [
  {
    parameter: "about parameters",
    counter: "about counters",
    kpi: "about KPIs",
    procedure: "how to do something",
    troubleshoot: "about a problem",
    general: "in general",
  },
  { simple: "simple", moderate: "of moderate length", complex: "complex" },
  { low: "the right agent unsure", medium: "the right agent likely", high: "the right agent clear" },
  { none: "no situation told", told: "situation told", network: "network data loaded" },
];

/** @param {string} trigger */
export function reason(trigger) {
  return TRIGGERS[trigger] ?? trigger;
}

/** A state that the agent learns by, as a sentence; one that a caller named himself as it is. @param {string} state */
export function stateInWords(state) {
  const parts = state.split("|");
  const words = parts.map((part, i) => STATE_PARTS[i]?.[part]);
  if (parts.length !== STATE_PARTS.length || !words.every(Boolean)) return state;
  const [about, complexity, found, told] = words;
  return `Question ${about}, ${complexity}; ${found}; ${told}`;
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
