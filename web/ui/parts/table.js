/** A table of the page's own figures; on a narrow page each row becomes a block, and it stays a table to the ear. */
import { element } from "./element.js";

/** @typedef {import("./element.js").Child} Child */
/** @typedef {{cells: (Child | Child[])[], isChosen?: boolean}} DataRow the first cell names the row */

/**
 * @param {object} options
 * @param {string} options.label what the table is, for those who hear it
 * @param {string} [options.caption] stands above it
 * @param {string[]} options.heads
 * @param {DataRow[]} options.rows
 * @param {string} [options.className]
 * @returns {HTMLElement} in a region that scrolls sideways
 */
export function dataTable({ label, caption, heads, rows, className = "" }) {
  const head = heads.map((text) => element("th", { scope: "col", role: "columnheader" }, text));
  const table = element(
    "table",
    { class: `rows-table ${className}`, role: "table", "aria-label": caption ? undefined : label },
    caption && element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    element("tbody", { role: "rowgroup" }, rows.map((row) => dataRow(row, heads))),
  );
  return element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": `${label}, table` }, table);
}

/** @param {DataRow} row @param {string[]} heads */
function dataRow({ cells: [name, ...others], isChosen }, heads) {
  return element(
    "tr",
    { role: "row", class: isChosen ? "chosen" : undefined },
    element("th", { scope: "row", role: "rowheader" }, name),
    others.map((cell, i) => element("td", { role: "cell", class: "number", "data-label": heads[i + 1] }, cell)),
  );
}
