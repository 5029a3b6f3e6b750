/**
 * A table: a column's kind decides how its cells look, what is not known steps back, and a long one is shown in part.
 *
 * On a narrow page rows become blocks. That takes a table's roles away, so they are written out: it stays one to the ear.
 */
import { element, fill } from "./element.js";
import { showAll } from "./show-all.js";

/**
 * @typedef {import("./element.js").Child} Child
 * @typedef {"text" | "code" | "number" | "unit" | "identifier" | "link" | "relation"} Kind code is what a machine reads, such as a
 *   formula; an identifier is a name of the network's; a link opens what it names
 * @typedef {{title: string, kind: Kind, hint?: string}} Column
 * @typedef {{unknown: string}} Unknown says why there is no value, or where to look for it
 * @typedef {object} OwnCell a cell that differs from its column
 * @property {Child | Child[]} content
 * @property {Kind} [kind]
 * @property {string} [className]
 * @property {string} [hint]
 * @property {Record<string, string>} [properties] custom properties of CSS
 * @typedef {string | number | Node | Child[] | Unknown | OwnCell | null} Cell null: not known
 * @typedef {{cells: Cell[], isChosen?: boolean}} Row
 */

const NOT_KNOWN = "Not known";

/**
 * @param {object} options
 * @param {string} options.label what the table is, for those who hear it
 * @param {string} [options.caption] stands above it, and is its name then
 * @param {Column[]} options.columns
 * @param {Row[]} [options.rows]
 * @param {boolean} [options.hasRowHeads] whether the first cell of a row names it
 * @param {number} [options.first] so many rows are shown until all are asked for
 * @param {"blocks" | "columns"} [options.narrow] what becomes of it on a narrow page
 * @param {string} [options.className]
 * @returns {{root: HTMLElement, show(rows: Row[]): void}} `show` puts other rows in the place of those that stand there
 */
export function table(options) {
  const { label, caption, columns, rows = [], first = Infinity } = options;
  const body = element("tbody", { role: "rowgroup" });
  const heads = columns.map(({ title, hint }) => element("th", { scope: "col", role: "columnheader", title: hint }, title));
  const made = element(
    "table",
    { class: classesOf(options), role: "table", "aria-label": caption ? undefined : label },
    caption && element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)),
    body,
  );
  const scroller = element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": `${label}, table` }, made);
  const root = element("div", { class: "table-box" }, scroller);

  /** @param {Row[]} shown */
  function show(shown) {
    const made = shown.map((row) => rowElement(row, options));
    fill(body, made.slice(0, first));
    fill(root, scroller, made.length > first && showAll(made.length, () => body.append(...made.slice(first))));
  }

  show(rows);
  return { root, show };
}

/** @param {{columns: Column[], hasRowHeads?: boolean, narrow?: "blocks" | "columns", className?: string}} options */
function classesOf({ columns, hasRowHeads = false, narrow = "blocks", className = "" }) {
  const isPair = columns.length === 2 && !hasRowHeads;
  return ["table", narrow === "blocks" && "blocks", isPair && "pair", className].filter(Boolean).join(" ");
}

/** @param {Row} row @param {{columns: Column[], hasRowHeads?: boolean}} options */
function rowElement({ cells, isChosen }, { columns, hasRowHeads }) {
  const made = cells.map((cell, i) => (i === 0 && hasRowHeads ? rowHead(cell) : cellElement(cell, columns[i])));
  return element("tr", { role: "row", class: isChosen ? "chosen" : undefined }, made);
}

/** @param {Cell} cell */
function rowHead(cell) {
  return element("th", { scope: "row", role: "rowheader" }, ownCell(cell).content);
}

/** @param {Cell} cell @param {Column} column */
function cellElement(cell, column) {
  const { content, kind = column.kind, className, hint, properties = {} } = ownCell(cell);
  const made = element("td", { role: "cell", class: className, title: hint, "data-kind": kind, "data-label": column.title }, content);
  for (const [name, value] of Object.entries(properties)) made.style.setProperty(name, value);
  return made;
}

/** @param {Cell} cell @returns {OwnCell} */
function ownCell(cell) {
  if (cell === null) return unknownCell(NOT_KNOWN);
  if (typeof cell !== "object" || cell instanceof Node || Array.isArray(cell)) return { content: cell };
  return "unknown" in cell ? unknownCell(cell.unknown) : cell;
}

/** A dash to the eye, and what it stands for to the ear. @param {string} text @returns {OwnCell} */
function unknownCell(text) {
  const dash = element("span", { "aria-hidden": true }, "–");
  return { content: [dash, element("span", { class: "unseen" }, text)], className: "unknown", hint: text };
}
