/** What measurement files held, and the KPIs that follow from everything loaded, with their course. */
import { rejectedList } from "./configuration-report.js";
import { element, pairList } from "../parts/element.js";

/** @typedef {import("../../messages.js").KpiSeries} KpiSeries */
/** @typedef {import("../../messages.js").MeasurementReport} MeasurementReport */

const NS = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [120, 24];
const SHOWN = 200;

/**
 * @param {string} name of the files
 * @param {MeasurementReport} report
 * @returns {HTMLElement}
 */
export function measurementReport(name, report) {
  const { files, objects, counters, values, missing, suspect, rejected, periods, seconds } = report;
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  return element(
    "section",
    { class: "part", "aria-label": `Report on ${name}` },
    element("h3", {}, name),
    pairList("figures", [
      ["Files read", number(files)],
      ["Objects", number(objects)],
      ["Counters", number(counters)],
      ["Values", number(values)],
      ["Not available (NIL)", number(missing)],
      ["Suspect", number(suspect)],
      ["Rejected", number(rejected.length)],
      ["Periods", number(periods.length)],
      ["Read in", `${seconds.toFixed(1)} s`],
    ]),
    periods.length > 0 && element("p", { class: "quiet" }, `From ${periods[0].begin} to ${periods[periods.length - 1].end}.`),
    rejectedList(rejected.map(({ file, line, reason }) => `${file}${line ? `, line ${line}` : ""}: ${reason}`)),
  );
}

/** @param {KpiSeries[]} series @returns {HTMLElement} */
export function kpiTable(series) {
  const head = ["KPI", "Object", "Last value", "Course", "Formula"].map((text) =>
    element("th", { scope: "col", role: "columnheader" }, text),
  );
  const table = element(
    "table",
    { class: "rows-table", role: "table", "data-columns": 5 },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    element("tbody", { role: "rowgroup" }, series.slice(0, SHOWN).map(row)),
  );
  const rest = series.length - SHOWN;
  return element(
    "div",
    {},
    element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "KPIs, table" }, table),
    rest > 0 && element("p", { class: "quiet" }, `${rest} more are in the download.`),
  );
}

/** @param {KpiSeries} series */
function row({ name, object, unit, formula, points }) {
  const last = points[points.length - 1];
  const value = last.value === null ? `Undefined: ${last.reason}` : `${shortNumber(last.value)} ${unit}`;
  const cell = (/** @type {string} */ label, /** @type {string} */ className, /** @type {import("../parts/element.js").Child} */ child) =>
    element("td", { role: "cell", class: className, "data-label": label }, child);
  return element(
    "tr",
    { role: "row" },
    cell("KPI", "", name),
    cell("Object", object === "network" ? "" : "code", object === "network" ? "Whole network" : object),
    cell("Last value", "number", value),
    cell("Course", "", sparkline(points)),
    cell("Formula", "code", formula),
  );
}

/** @param {import("../../messages.js").KpiPoint[]} points */
function sparkline(points) {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return "no value";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const label = `${shortNumber(low)} to ${shortNumber(high)} over ${points.length} ${points.length === 1 ? "period" : "periods"}`;
  if (points.length === 1) return label;
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`);
  svg.setAttribute("class", "sparkline");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const x = (/** @type {number} */ i) => (i * WIDTH) / (points.length - 1);
  const y = (/** @type {number} */ value) => (high > low ? HEIGHT * (1 - (value - low) / (high - low)) : HEIGHT / 2);
  const path = document.createElementNS(NS, "path");
  // A period without a value breaks the line.
  const steps = points.map(({ value }, i) => {
    if (value === null) return "";
    const begins = i === 0 || points[i - 1].value === null;
    return `${begins ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}${begins ? "h0.01" : ""}`;
  });
  path.setAttribute("d", steps.join(""));
  svg.append(path);
  return svg;
}

/** @param {number} value */
function shortNumber(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 5 });
}
