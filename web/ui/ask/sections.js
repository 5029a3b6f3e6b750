/** The parts of an answer as tables and text, each with the source of its facts. */
import { element, pairList } from "../parts/element.js";
import { count } from "../parts/words.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {import("../../messages.js").SectionRow} SectionRow */

/** So many rows are shown at once; an agent may know hundreds of parameters. */
const SHOWN = 8;
/** Columns of identifiers: set in the code face, never broken inside a word. */
const CODE_COLUMNS = /^(mo class|attribute|counter|formula|code)$/i;
/** Cells that say that nothing is known; they step back behind those that say something. */
const UNKNOWN = /^(not in the catalogue|unknown|not clear)/;

/**
 * @param {AnswerSection} section
 * @param {{onOpen(fajCode: string): void}} events
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

/** @param {AnswerSection} section @param {(fajCode: string) => void} onOpen */
function content(section, onOpen) {
  const { columns, rows } = section;
  if (columns.length === 0) return list(rows, onOpen);
  return isPairs(section) ? pairList("terms", rows.map(({ cells: [name, value] }) => [name, value])) : table(section, onOpen);
}

/** @param {AnswerSection} section @param {(fajCode: string) => void} onOpen */
function table(section, onOpen) {
  const { kind, title, columns, rows } = withoutEmptyColumns(section);
  const first = kind === "comparison" ? rows.length : SHOWN; // half a comparison compares nothing
  const body = element("tbody", { role: "rowgroup" });
  const show = (/** @type {SectionRow[]} */ shown) => body.append(...shown.map((row) => tableRow(row, columns, onOpen)));
  show(rows.slice(0, first));
  const head = columns.map((column) => element("th", { scope: "col", role: "columnheader" }, column));
  const made = element(
    "table",
    { class: `rows-table ${kind}`, role: "table", "data-columns": columns.length },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    body,
  );
  const missing = section.columns.filter((column) => !columns.includes(column));
  return [
    element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": `${title}, table` }, made),
    rows.length > first && more(rows.length, () => show(rows.slice(first))),
    missing.length > 0 && element("p", { class: "source" }, `Not in the catalogue for any of them: ${missing.join(", ")}.`),
  ];
}

/** A column in which nothing is known only takes room. @param {AnswerSection} section @returns {AnswerSection} */
function withoutEmptyColumns(section) {
  const isKnown = section.columns.map((_, i) => section.rows.some(({ cells }) => !UNKNOWN.test(cells[i])));
  const kept = (/** @type {string[]} */ values) => values.filter((_, i) => isKnown[i]);
  const rows = section.rows.map((row) => ({ ...row, cells: kept(row.cells) }));
  return { ...section, columns: kept(section.columns), rows };
}

/**
 * The roles are written out: a narrow page lays rows out as blocks, and the table must stay one to the ear.
 * @param {SectionRow} row @param {string[]} columns @param {(fajCode: string) => void} onOpen
 */
function tableRow({ cells, fajCode }, columns, onOpen) {
  const cell = (/** @type {string} */ text, /** @type {number} */ i) => {
    if (UNKNOWN.test(text)) return unknownCell(text);
    const className = CODE_COLUMNS.test(columns[i]) ? "code" : undefined;
    return element("td", { role: "cell", class: className, "data-label": columns[i] }, cellContent(text, fajCode, onOpen));
  };
  return element("tr", { role: "row" }, cells.map(cell));
}

/** @param {string} text */
function unknownCell(text) {
  const dash = element("span", { "aria-hidden": true }, "–");
  return element("td", { role: "cell", class: "unknown", title: text }, dash, element("span", { class: "unseen" }, text));
}

/** @param {SectionRow[]} rows @param {(fajCode: string) => void} onOpen */
function list(rows, onOpen) {
  const item = (/** @type {SectionRow} */ { cells, fajCode }) =>
    element("li", {}, cells.map((cell, i) => [i > 0 && " · ", cellContent(cell, fajCode, onOpen)]).flat());
  const body = element("ul", { class: "rows" }, rows.slice(0, SHOWN).map(item));
  return [body, rows.length > SHOWN && more(rows.length, () => body.append(...rows.slice(SHOWN).map(item)))];
}

/** A cell that holds the row's feature code opens that agent. */
function cellContent(/** @type {string} */ cell, /** @type {string | null | undefined} */ fajCode, /** @type {(code: string) => void} */ onOpen) {
  if (!fajCode || cell !== fajCode) return cell;
  return element("button", { type: "button", class: "link code", onclick: () => onOpen(fajCode) }, fajCode);
}

/** @param {number} total @param {() => void} reveal */
function more(total, reveal) {
  const button = element(
    "button",
    {
      type: "button",
      class: "link",
      "data-more": true,
      onclick: () => {
        reveal();
        button.remove();
      },
    },
    `Show all ${count(total, "row")}`,
  );
  return button;
}
