/** The parts of an answer as tables and text, each with the source of its facts. */
import { agentLink } from "../parts/agent-link.js";
import { element, pairList } from "../parts/element.js";
import { showAll } from "../parts/show-all.js";
import { table } from "../parts/table.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {import("../../messages.js").SectionRow} SectionRow */
/** @typedef {(fajCode: string) => void} OnOpen */

/** So many rows are shown at once; an agent may know hundreds of parameters. */
const SHOWN = 8;
/** The columns of identifiers by their titles. @type {Record<string, import("../parts/table.js").Kind>} */
const KINDS = { "mo class": "identifier", attribute: "identifier", counter: "identifier", formula: "code", code: "link" };
/** Cells that say that nothing is known; they step back behind those that say something. */
const UNKNOWN = /^(not in the catalogue|unknown|not clear)/;

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
export function isCounted(section) {
  return section.rows.length > 1 && section.kind !== "escalation" && !isPairs(section);
}

/** Two columns without names are names with their values. @param {AnswerSection} section */
function isPairs({ columns }) {
  return columns.length === 2 && columns.every((column) => column === "");
}

/** @param {AnswerSection} section @param {OnOpen} onOpen */
function content(section, onOpen) {
  const { columns, rows } = section;
  if (columns.length === 0) return list(rows, onOpen);
  return isPairs(section) ? pairList("terms", rows.map(({ cells: [name, value] }) => [name, value])) : sectionTable(section, onOpen);
}

/** @param {AnswerSection} section @param {OnOpen} onOpen */
function sectionTable(section, onOpen) {
  const { kind, title, columns, rows } = withoutEmptyColumns(section);
  const isComparison = kind === "comparison";
  const { root } = table({
    label: title,
    columns: columns.map((column) => ({ title: column, kind: KINDS[column.toLowerCase()] ?? "text" })),
    rows: rows.map(({ cells, fajCode }) => ({ cells: cells.map((text) => cell(text, fajCode, onOpen)) })),
    first: isComparison ? Infinity : SHOWN, // half a comparison compares nothing
    className: isComparison ? "comparison" : "",
  });
  const missing = section.columns.filter((column) => !columns.includes(column));
  return [root, missing.length > 0 && element("p", { class: "source" }, `Not in the catalogue for any of them: ${missing.join(", ")}.`)];
}

/** A column in which nothing is known only takes room. @param {AnswerSection} section @returns {AnswerSection} */
function withoutEmptyColumns(section) {
  const isKnown = section.columns.map((_, i) => section.rows.some(({ cells }) => !UNKNOWN.test(cells[i])));
  const kept = (/** @type {string[]} */ values) => values.filter((_, i) => isKnown[i]);
  const rows = section.rows.map((row) => ({ ...row, cells: kept(row.cells) }));
  return { ...section, columns: kept(section.columns), rows };
}

/** @param {SectionRow[]} rows @param {OnOpen} onOpen */
function list(rows, onOpen) {
  const item = (/** @type {SectionRow} */ { cells, fajCode }) =>
    element("li", {}, cells.map((text, i) => [i > 0 && " · ", linked(text, fajCode, onOpen)]).flat());
  const body = element("ul", { class: "rows" }, rows.slice(0, SHOWN).map(item));
  return [body, rows.length > SHOWN && showAll(rows.length, () => body.append(...rows.slice(SHOWN).map(item)))];
}

/** @param {string} text @param {SectionRow["fajCode"]} fajCode @param {OnOpen} onOpen */
function cell(text, fajCode, onOpen) {
  return UNKNOWN.test(text) ? { unknown: text } : linked(text, fajCode, onOpen);
}

/** A cell that holds the row's feature code opens that agent. @param {string} text @param {SectionRow["fajCode"]} fajCode @param {OnOpen} onOpen */
function linked(text, fajCode, onOpen) {
  return fajCode && text === fajCode ? agentLink(fajCode, onOpen) : text;
}
