/** An escalation: what the next expert will ask for, and the case as a file to send along. */
import { copyButton } from "../parts/copying.js";
import { element } from "../parts/element.js";
import { saveFile } from "../parts/save-file.js";
import { cellText } from "./cell-text.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */

/**
 * @param {AnswerSection} section of kind "escalation"; its text is the case as Markdown
 * @param {string} fajCode of the agent that wrote it
 * @returns {HTMLElement}
 */
export function caseFile({ title, text, columns, rows, source }, fajCode) {
  const save = () => saveFile(fileName(fajCode, new Date()), text, "text/markdown");
  return element(
    "section",
    { class: "part", "aria-label": title },
    element("h3", { tabindex: -1 }, title),
    element("p", {}, "All that is known so far, as a text to send along. It is written on this device and sent to nobody."),
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", class: "primary", onclick: save }, "Download case file"),
      ...copyButton({ label: "Copy", text: () => text }),
    ),
    rows.length > 0 && element("p", { class: "list-head" }, `${columns[0].title}:`),
    rows.length > 0 && element("ul", { class: "rows" }, rows.map(({ cells }) => element("li", {}, cells.map((value) => cellText(value)).join(" · ")))),
    element("details", { class: "more" }, element("summary", {}, "Read the case"), element("pre", { tabindex: 0 }, text)),
    element("p", { class: "source" }, element("span", {}, "Source"), ` ${source}`),
  );
}

/**
 * A name that sorts by feature and time, and that every file system takes.
 * @param {string} fajCode @param {Date} at
 */
function fileName(fajCode, at) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `case-${fajCode.replaceAll(" ", "")}-${day}-${two(at.getHours())}${two(at.getMinutes())}.md`;
}
