/** How the page says things: names of actions and states, numbers with their units. */

/** @type {Record<import("../messages.js").Action, {short: string, done: string}>} */
export const ACTIONS = {
  DirectAnswer: { short: "Direct", done: "Answered directly" },
  ContextAnswer: { short: "Context", done: "Answered with context" },
  ConsultPeer: { short: "Peer", done: "Consulted a peer" },
  RequestClarification: { short: "Clarify", done: "Asked for detail" },
  Escalate: { short: "Escalate", done: "Escalated" },
};

/** @type {Record<import("../messages.js").AgentStatus, string>} */
export const STATUSES = {
  Initializing: "Initializing",
  ColdStart: "Cold start",
  Ready: "Ready",
  Busy: "Busy",
  Degraded: "Degraded",
  Offline: "Offline",
};

/** @type {Record<import("../messages.js").Via, string>} */
export const VIA = {
  code: "by its code",
  name: "by its name",
  semantic: "by meaning",
  memory: "by what was learnt",
  peer: "by a peer",
};

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

/** @param {number} count in bytes */
export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** @param {number} n @param {string} one @param {string} [many] */
export function count(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
