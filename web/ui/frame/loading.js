/** The start as the user sees it: one bar over all bytes, and the phases with their sizes. */
import { element, fill } from "../parts/element.js";
import { bytes } from "../parts/words.js";

/** @typedef {import("../../elex.js").Progress} Progress */

/** What the phases are called; one that is not listed is shown under its own name. */
const NAMES = new Map([
  ["storage", "Memory of this device"],
  ["kernels", "Kernels"],
  ["engine", "Engine"],
  ["python", "Python"],
  ["numpy", "NumPy"],
  ["package", "Agents' program"],
  ["catalogue", "Catalogue of features"],
  ["learning", "What was learnt here"],
]);

/** @returns {{root: HTMLElement, update(progress: Progress): void}} */
export function loading() {
  /** @type {Map<string, Progress>} */
  const phases = new Map();
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Starting" });
  const list = element("ul", { class: "phases" });
  const root = element(
    "section",
    { class: "card loading", "aria-labelledby": "loading-title" },
    element("h2", { id: "loading-title" }, "Starting"),
    element("p", { class: "quiet" }, "The engine loads once and then works without a network. You can already type your question."),
    bar,
    list,
  );

  /** @param {Progress} progress */
  function update(progress) {
    phases.set(progress.phase, progress);
    const all = [...phases.values()];
    // Steps without bytes weigh as much as a small file, so that the bar also moves after the downloads.
    const weight = (/** @type {Progress} */ { total }) => Math.max(total, 300_000);
    const sum = all.reduce((total, phase) => total + weight(phase), 0);
    bar.value = all.reduce((done, phase) => done + weight(phase) * share(phase), 0) / sum;
    fill(list, all.map(phaseItem));
  }

  return { root, update };
}

/** @param {Progress} progress */
function share({ done, total }) {
  return total > 0 ? Math.min(done / total, 1) : 1;
}

/** @param {Progress} progress */
function phaseItem(progress) {
  const { phase, total } = progress;
  const isDone = share(progress) === 1;
  const name = NAMES.get(phase) ?? phase;
  return element(
    "li",
    { class: isDone ? "done" : "waiting" },
    element("span", { class: "tick", "aria-hidden": true }, isDone ? "✓" : "…"),
    element("span", {}, name),
    total > 1000 && element("span", { class: "quiet number" }, bytes(total)),
    element("span", { class: "unseen" }, isDone ? "ready" : "loading"),
  );
}
