/** The KPIs that follow from everything loaded, with their course. */
import { element } from "../parts/element.js";
import { table } from "../parts/table.js";
import { shortNumber, sparkline } from "./sparkline.js";

/** @typedef {import("../../messages.js").KpiSeries} KpiSeries */
/** @typedef {import("../parts/table.js").Cell} Cell */

const SHOWN = 200;
/** @type {import("../parts/table.js").Column[]} */
const COLUMNS = [
  { title: "KPI", kind: "text" },
  { title: "Object", kind: "identifier" },
  { title: "Last value", kind: "number" },
  { title: "Course", kind: "text" },
  { title: "Formula", kind: "code" },
];
/** @type {Cell} */
const WHOLE_NETWORK = { content: "Whole network", kind: "text" };

/** @param {KpiSeries[]} series @returns {HTMLElement} */
export function kpiTable(series) {
  const { root } = table({ label: "KPIs", columns: COLUMNS, rows: series.slice(0, SHOWN).map((one) => ({ cells: cells(one) })) });
  const rest = series.length - SHOWN;
  return element("div", {}, root, rest > 0 && element("p", { class: "quiet" }, `${rest} more are in the download.`));
}

/** @param {KpiSeries} series @returns {Cell[]} */
function cells({ name, object, unit, formula, points }) {
  const last = points[points.length - 1];
  const value = last.value === null ? `Undefined: ${last.reason}` : `${shortNumber(last.value)} ${unit}`;
  return [name, object === "network" ? WHOLE_NETWORK : object, value, sparkline(points), formula];
}
