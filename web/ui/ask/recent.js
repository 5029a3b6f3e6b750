/** The latest questions of earlier visits, kept by this browser alone, to be asked again. */
import { element, fill } from "../parts/element.js";

const KEY = "elex-recent";
const KEPT = 8;

/** @param {string} question the latest; a repeated one moves to the front */
export function keepQuestion(question) {
  const text = question.trim().slice(0, 1000);
  write([text, ...recentQuestions().filter((other) => other !== text)].slice(0, KEPT));
}

/** @returns {string[]} latest first */
function recentQuestions() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string" && text).slice(0, KEPT) : [];
  } catch (refused) {
    console.info("Earlier questions cannot be read:", refused);
    return [];
  }
}

export function forgetQuestions() {
  write([]);
}

/** A browser that refuses storage throws on its mere mention; then there is nothing to ask again. @param {string[]} questions */
function write(questions) {
  try {
    if (questions.length) localStorage.setItem(KEY, JSON.stringify(questions));
    else localStorage.removeItem(KEY);
  } catch (refused) {
    console.info("Questions are not kept:", refused);
  }
}

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
