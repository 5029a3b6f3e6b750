/** What was found in a configuration file: its figures, what could not be taken, and the findings. */
import { element, pairList } from "../parts/element.js";
import { findings as findingsOf } from "./findings.js";
import { rejectedList } from "./rejected-list.js";

/**
 * @param {string} name of the file
 * @param {import("../../messages.js").ConfigurationReport} report
 * @param {{onOpen(fajCode: string): void}} events
 * @returns {HTMLElement}
 */
export function configurationReport(name, report, events) {
  const { objects, values, checked, invalid, unknown, rejected, findings, seconds } = report;
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  return element(
    "section",
    { class: "part", "aria-label": `Report on ${name}` },
    element("h3", {}, name),
    pairList("figures", [
      ["Objects", number(objects)],
      ["Values", number(values)],
      ["Checked", number(checked)],
      ["Out of range", number(invalid)],
      ["No range known", number(unknown)],
      ["Rejected", number(rejected.length)],
      ["Read in", `${seconds.toFixed(1)} s`],
    ]),
    rejectedList(rejected.map(({ line, reason }) => (line ? `Line ${line}: ${reason}` : reason))),
    findings.length > 0
      ? findingsOf(name, findings, invalid, events)
      : element("p", {}, checked > 0 ? "Every value with a known range keeps it." : "No range is known for any of its attributes."),
  );
}
