/** The rating of an answer, and what the agent learnt from it. */
import { element, fill, pairList } from "../parts/element.js";
import { ACTIONS, count, qNumber, signed, stateInWords } from "../parts/words.js";

/** @typedef {import("../../messages.js").LearningUpdate} LearningUpdate */
/** @typedef {import("../../messages.js").QueryResponse} QueryResponse */

export const CHOICES = [
  { label: "Helpful", rating: 1 },
  { label: "Partly", rating: 0.3 },
  { label: "Wrong", rating: -1 },
];

/**
 * @param {QueryResponse} answer
 * @param {{learnt: LearningUpdate | null, isSaved: boolean}} state
 * @param {{onRate(rating: number, resolved: boolean): Promise<LearningUpdate>}} events
 * @returns {HTMLElement}
 */
export function ratingBox(answer, { learnt, isSaved }, { onRate }) {
  const root = element("section", { class: "rating", "aria-label": "Rating" });
  const settled = element("input", { type: "checkbox", id: "settled" });
  const problem = element("p", { class: "problem", role: "alert" });

  /** @param {number} rating */
  async function rate(rating) {
    for (const button of buttons) button.disabled = true;
    try {
      showLearnt(await onRate(rating, settled.checked));
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      for (const button of buttons) button.disabled = false;
    }
  }

  const buttons = CHOICES.map(({ label, rating }) =>
    element("button", { type: "button", class: "plain", onclick: () => rate(rating) }, label),
  );

  /** @param {LearningUpdate} update */
  function showLearnt(update) {
    fill(root, lesson(update, answer), saved(isSaved));
  }

  if (learnt) showLearnt(learnt);
  else {
    fill(
      root,
      element("h3", { tabindex: -1 }, asking(answer)),
      element("div", { class: "actions", role: "group", "aria-label": "Rate this answer" }, buttons),
      element("label", { class: "check" }, settled, " My question is settled"),
      problem,
    );
  }
  return root;
}

/** @param {LearningUpdate} update @param {QueryResponse} answer */
function lesson(update, answer) {
  const { action, reward, qValue, visits } = update;
  return [
    element("h3", { tabindex: -1 }, "The agent has learnt from your rating"),
    pairList("figures", [
      ["Reward", element("span", { class: "number" }, signed(reward))],
      ["Q-value", element("span", { class: "number" }, `${qNumber(answer.qValue)} → ${qNumber(qValue)}`)],
      ["Visits", element("span", { class: "number" }, count(visits, "visit"))],
      ["Way of answering", ACTIONS[action].name],
    ]),
    element("p", { class: "source" }, `Learnt for: ${stateInWords(update)}.`),
  ];
}

/** @param {boolean} isSaved */
function saved(isSaved) {
  const place = isSaved ? "Saved on this device." : "Kept until this page closes: saving is off.";
  return element("p", { class: "saved", role: "status" }, element("span", { "aria-hidden": true }, "✓ "), place);
}

/** @param {QueryResponse} answer */
function asking({ actionTaken, sections }) {
  if (sections.some(({ kind }) => kind === "scope")) return "Was it right not to answer?";
  return actionTaken === "RequestClarification" ? "Was it right to ask back?" : "Was this right?";
}
