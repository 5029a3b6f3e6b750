/** The parts of an answer as tables and text, each with the source of its facts. */
import { agentLink } from "../parts/agent-link.js";
import { element, pairList } from "../parts/element.js";
import { table } from "../parts/table.js";
import { cellText } from "./cell-text.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {import("../../messages.js").SectionRow} SectionRow */
/** @typedef {SectionRow["cells"][number]} Value */
/** @typedef {(fajCode: string) => void} OnOpen */

/** So many rows are shown at once; an agent may know hundreds of parameters. */
const SHOWN = 8;
const NOT_KNOWN = "not known";
/**
 * @param {AnswerSection} section
 * @param {{onOpen: OnOpen}} events
 * @param {"h3" | "h4"} [level]
 * @returns {HTMLElement}
 */
export function answerSection(section, { onOpen }, level = "h3") {
  const { title, text, rows, source } = section;
  const heading = element(level, { tabindex: -1 }, title, isCounted(section) && element("span", { class: "quiet count" }, rows.length));
  return element(
    "section",
    { class: "part", "aria-label": title },
    heading,
    text && text.split("\n").map((line) => element("p", {}, line)),
    rows.length > 0 && content(section, onOpen),
    source && element("p", { class: "source" }, element("span", {}, "Source"), ` ${source}`),
  );
}

/** Whether it says something to count the rows: of a list it does. @param {AnswerSection} section */
export function isCounted({ kind, form, rows }) {
  return rows.length > 1 && kind !== "escalation" && form === "table";
}

/** @param {AnswerSection} section @param {OnOpen} onOpen */
function content(section, onOpen) {
  return section.form === "pairs" ? pairs(section) : sectionTable(section, onOpen);
}

/** @param {AnswerSection} section */
function pairs({ rows }) {
  return pairList("terms", rows.map(({ cells: [name, value] }) => [cellText(name), value ?? element("span", { class: "quiet" }, NOT_KNOWN)]));
}

/** @param {AnswerSection} section @param {OnOpen} onOpen */
function sectionTable(section, onOpen) {
  const { kind, title, columns, rows } = withoutEmptyColumns(section);
  const isComparison = kind === "comparison";
  const { root } = table({
    label: title,
    columns,
    rows: rows.map(({ cells, fajCode }) => ({ cells: cells.map((value, i) => cell(value, columns[i], fajCode, onOpen)) })),
    first: isComparison ? Infinity : SHOWN, // half a comparison compares nothing
    className: isComparison ? "comparison" : "",
  });
  const missing = section.columns.filter((column) => !columns.includes(column)).map((column) => column.title);
  return [root, missing.length > 0 && element("p", { class: "source" }, `Not known for any of them: ${missing.join(", ")}.`)];
}

/** A column in which nothing is known only takes room. @param {AnswerSection} section @returns {AnswerSection} */
function withoutEmptyColumns(section) {
  const isKnown = section.columns.map((_, i) => section.rows.some(({ cells }) => cells[i] !== null));
  const rows = section.rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => isKnown[i]) }));
  return { ...section, columns: section.columns.filter((_, i) => isKnown[i]), rows };
}

/**
 * @param {Value} value @param {AnswerSection["columns"][number]} column
 * @param {SectionRow["fajCode"]} fajCode @param {OnOpen} onOpen
 */
function cell(value, { kind }, fajCode, onOpen) {
  if (kind === "link" && fajCode) return agentLink(fajCode, onOpen);
  return value === null ? null : cellText(value, kind);
}
