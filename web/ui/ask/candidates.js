/** Features that may be meant, of a question back or of one turned down: each a button that asks its agent the same. */
import { element } from "../parts/element.js";
import { cellText } from "./cell-text.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {import("../../messages.js").SectionRow} SectionRow */

/**
 * @param {AnswerSection} section of kind "clarification" or "scope": rows of code, name, access, category and purpose
 * @param {{onAskOther(agent: {fajCode: string, name: string}): void}} events
 * @returns {HTMLElement}
 */
export function candidates({ kind, title, rows, source }, { onAskOther }) {
  const meant = rows.filter(({ fajCode }) => fajCode);
  const heading = kind === "scope" ? "Nearest to it" : meant.length > 1 ? "Is it one of these?" : "Is it this one?";
  return element(
    "section",
    { class: "part", "aria-label": title },
    element("h3", { tabindex: -1 }, heading),
    element("ul", { class: kind === "scope" ? "candidates far" : "candidates" }, meant.map((row) => element("li", {}, candidate(row, onAskOther)))),
    element("p", { class: "hint quiet" }, "A click asks that agent the same question. None of them? Say more in a new question."),
    element("p", { class: "source" }, element("span", {}, "Source"), ` ${source}`),
  );
}

/** @param {SectionRow} row @param {(agent: {fajCode: string, name: string}) => void} onAskOther */
function candidate({ cells, fajCode }, onAskOther) {
  const [, name, access, category, purpose] = cells.map((value) => (value === null ? "" : cellText(value)));
  const agent = { fajCode: fajCode ?? "", name };
  return element(
    "button",
    { type: "button", class: "candidate", onclick: () => onAskOther(agent) },
    element("span", { class: "name" }, name),
    element("span", { class: "quiet" }, element("span", { class: "code" }, fajCode), access && ` · ${access}`, category && ` · ${category}`),
    element("span", { class: "purpose" }, purpose),
  );
}
