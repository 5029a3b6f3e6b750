/** One agent: what it is, its fifteen figures, and what it has learnt. */
import { element, fill, pairList } from "../parts/element.js";
import { learningPanel } from "../parts/learning-panel.js";
import { statusHistory } from "../parts/status-log.js";
import { bytes, confidenceWord, duration, percent } from "../parts/words.js";

/** @typedef {import("../../messages.js").AgentStats} AgentStats */
/** @typedef {import("../../messages.js").AgentSummary} AgentSummary */
/** @typedef {import("../parts/status-log.js").Noted} Noted */
/** @typedef {import("../../messages.js").LearningState} LearningState */

/** @param {{onAsk(agent: AgentSummary): void, onBack(): void}} events */
export function agentDetail({ onAsk, onBack }) {
  const learning = learningPanel({ title: "Learning", className: "part" });
  const head = element("div", { class: "stack" });
  const changes = element("section", { class: "part", "aria-label": "Events" });
  const root = element("section", { class: "card detail", "aria-label": "Agent", hidden: true }, head, learning.root, changes);

  /** @param {AgentSummary} agent @param {AgentStats} stats @param {LearningState} state @param {Noted[]} events */
  function show(agent, stats, state, events) {
    root.hidden = false;
    const { name, fajCode, acronym, category, access } = agent;
    fill(
      head,
      element("button", { type: "button", class: "link back", onclick: onBack }, "← All agents"),
      element("h2", { tabindex: -1 }, name),
      element("p", { class: "tags" }, element("code", { class: "chip" }, fajCode), acronym && tag(acronym), category && tag(category), access.map(tag)),
      element("div", { class: "actions" }, element("button", { type: "button", class: "primary", onclick: () => onAsk(agent) }, "Ask this agent")),
      element("h3", {}, "Figures"),
      pairList("figures wide", figures(stats, state)),
    );
    learning.show({ fajCode, learning: state });
    fill(changes, element("h2", {}, "Events"), ...statusHistory(events));
  }

  return {
    root,
    show,
    hide() {
      root.hidden = true;
    },
    focus() {
      head.querySelector("h2")?.focus();
    },
  };
}

/** @param {string} text */
function tag(text) {
  return element("span", { class: "tag" }, text);
}

/**
 * What was never measured is a dash, not a bad mark.
 * @param {AgentStats} stats @param {LearningState} state @returns {[string, HTMLElement][]}
 */
function figures(stats, { ratedAnswers, validatedValues }) {
  const number = (/** @type {string | number} */ value) => element("span", { class: "number" }, value);
  return [
    ["Confidence", number(`${confidenceWord(stats.confidence)}, ${percent(stats.confidence)}`)],
    ["Health", number(percent(stats.health))],
    ["Success rate", number(ratedAnswers ? percent(stats.successRate) : "–")],
    ["Mean reward", number(ratedAnswers ? stats.avgReward.toFixed(2).replace("-", "−") : "–")],
    ["Validation accuracy", number(validatedValues ? percent(stats.validationAccuracy) : "–")],
    ["Mean time", number(duration(stats.avgLatencyMs))],
    ["Longest time", number(duration(stats.peakLatencyMs))],
    ["Parameters", number(stats.parameterCount)],
    ["Counters", number(stats.counterCount)],
    ["KPIs", number(stats.kpiCount)],
    ["Memory", number(bytes(stats.memoryBytes))],
  ];
}
