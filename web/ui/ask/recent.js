/** The questions of earlier visits, to be asked again. */
import { element, fill } from "../parts/element.js";
import { forgetQuestions, recentQuestions } from "../parts/recent-questions.js";

/** @param {{onAsk(question: string): void}} events */
export function recent({ onAsk }) {
  const list = element("ol", { class: "history" });
  const forget = () => {
    forgetQuestions();
    show();
  };
  const root = element(
    "section",
    { class: "card side", "aria-labelledby": "recent-title", hidden: true },
    element("h2", { id: "recent-title" }, "Asked before"),
    list,
    element("button", { type: "button", class: "link", onclick: forget }, "Clear this list"),
  );

  function show() {
    const questions = recentQuestions();
    root.hidden = questions.length === 0;
    const button = (/** @type {string} */ text) =>
      element("button", { type: "button", onclick: () => onAsk(text) }, element("span", { class: "question" }, text));
    fill(list, questions.map((text) => element("li", {}, button(text))));
  }

  show();
  return { root };
}
