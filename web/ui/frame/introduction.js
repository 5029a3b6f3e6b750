/** What a new user sees beside the first question. */
import { element } from "../parts/element.js";

const STEPS = [
  ["Ask in your own words", "Or by feature code, parameter, counter or KPI. One agent per feature, 593 in all."],
  [
    "Read the facts with their source",
    "Parameters with ranges, counters, KPIs, prerequisites, conflicts, activation.",
  ],
  ["Rate the answer", "The agent learns from it at once. What it learns stays on this device."],
];

/** @returns {HTMLElement} */
export function introduction() {
  const steps = STEPS.map(([head, text]) =>
    element("li", {}, element("strong", {}, head), element("span", { class: "quiet" }, text)),
  );
  return element(
    "section",
    { class: "card side intro", "aria-labelledby": "intro-title" },
    element("h2", { id: "intro-title" }, "How it works"),
    element("ol", {}, steps),
  );
}
