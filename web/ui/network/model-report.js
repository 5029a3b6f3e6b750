/** What was found in a model file, and which gaps of the catalogue it fills. */
import { element, pairList } from "../parts/element.js";
import { count } from "../parts/words.js";
import { rejectedList } from "./rejected-list.js";

const SHOWN = 12;
const AGAIN = "Load a configuration again to judge it by this model.";

/**
 * @param {string} name of the file
 * @param {import("../../messages.js").ModelReport} report
 * @returns {HTMLElement}
 */
export function modelReport(name, report) {
  const { classes, attributes, ranges, defaults, units, filled, filledAttributes, rejected, seconds } = report;
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  const gained = filled.slice(0, SHOWN).map(({ moClass, attribute }) => `${moClass}.${attribute}`);
  return element(
    "section",
    { class: "part", "aria-label": `Report on ${name}` },
    element("h3", {}, name),
    pairList("figures", [
      ["Classes", number(classes)],
      ["Attributes", number(attributes)],
      ["Ranges", number(ranges)],
      ["Defaults", number(defaults)],
      ["Units", number(units)],
      ["Rejected", number(rejected.reduce((sum, { count: n }) => sum + n, 0))],
      ["Read in", `${seconds.toFixed(1)} s`],
    ]),
    rejectedList(rejected.map(({ line, reason }) => (line ? `Line ${line}: ${reason}` : reason))),
    element("p", {}, `It tells of ${count(filledAttributes, "attribute")} of the catalogue what was not known. ${AGAIN}`),
    gained.length > 0 && element("p", { class: "quiet code" }, gained.join(", "), filledAttributes > SHOWN && " …"),
  );
}
