/** The questions of this session; choosing one shows its answer again. */
import { element, fill } from "../parts/element.js";
import { CHOICES } from "./rating.js";

/** @typedef {import("./answer.js").Exchange} Exchange */

/** @param {{onChoose(exchange: Exchange): void}} events */
export function history({ onChoose }) {
  const list = element("ol", { class: "history" });
  const root = element(
    "section",
    { class: "card side", "aria-labelledby": "history-title", hidden: true },
    element("h2", { id: "history-title" }, "This session"),
    list,
  );

  /** @param {Exchange[]} exchanges @param {Exchange | null} shown */
  function show(exchanges, shown) {
    root.hidden = exchanges.length === 0;
    fill(list, exchanges.toReversed().map((exchange) => element("li", {}, button(exchange, exchange === shown))));
  }

  /** @param {Exchange} exchange @param {boolean} isShown */
  function button(exchange, isShown) {
    const { question, answer, rating } = exchange;
    const choice = CHOICES.find((candidate) => candidate.rating === rating);
    return element(
      "button",
      { type: "button", "aria-current": isShown ? "true" : undefined, onclick: () => onChoose(exchange) },
      element("span", { class: "question" }, question),
      element("span", { class: "quiet" }, element("span", { class: "code" }, answer.fajCode), choice && ` · ${choice.label}`),
    );
  }

  return { root, show };
}
