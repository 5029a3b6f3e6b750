/** What measurement files held. */
import { element, pairList } from "../parts/element.js";
import { rejectedList } from "./rejected-list.js";

/**
 * @param {string} name of the files
 * @param {import("../../messages.js").MeasurementReport} report
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
