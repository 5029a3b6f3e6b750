/** What was found in a configuration file: its figures, what could not be taken, and the findings. */
import { element, pairList } from "../parts/element.js";
import { count } from "../parts/words.js";
import { findings as findingsOf } from "./findings.js";
import { rejectedList } from "./rejected-list.js";

/** @type {Record<import("../../messages.js").ConfigurationFormat, string>} */
const FORMATS = {
  "bulk-cm": "Bulk CM XML",
  netconf: "NETCONF XML",
  "yang-json": "YANG data as JSON",
  cmedit: "cmedit list",
  "cmedit-table": "cmedit table",
  moshell: "moshell log",
  "enm-import": "import file with planned changes",
  csv: "CSV",
  several: "several formats",
};

/**
 * @param {string} name of the file
 * @param {import("../../messages.js").ConfigurationReport} report
 * @param {{onOpen(fajCode: string): void}} events
 * @returns {HTMLElement}
 */
export function configurationReport(name, report, events) {
  const { objects, values, checked, invalid, unknown, rejected, findings, seconds, format, vendor, notes } = report;
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  return element(
    "section",
    { class: "part", "aria-label": `Report on ${name}` },
    element("h3", {}, name),
    element("p", { class: "quiet" }, FORMATS[format], vendor && ` of ${vendor}`),
    ...notes.map((note) => element("p", {}, note)),
    ...planned(report),
    pairList("figures", [
      ["Objects", number(objects)],
      ["Values", number(values)],
      ["Checked", number(checked)],
      ["Out of range", number(invalid)],
      ["Not judged", number(unknown)],
      ["Rejected", number(rejected.reduce((sum, { count: n }) => sum + n, 0))],
      ["Read in", `${seconds.toFixed(1)} s`],
    ]),
    rejectedList(rejected.map(({ line, reason }) => (line ? `Line ${line}: ${reason}` : reason))),
    findings.length > 0
      ? findingsOf(name, findings, invalid, events)
      : element("p", {}, checked > 0 ? "Every value with a known range keeps it." : "No range is known for any of its attributes."),
  );
}

/** What the file wants changed; nothing of it is there yet. @param {import("../../messages.js").ConfigurationReport} report */
function planned({ planned: plan }) {
  if (!plan) return [];
  const parts = [
    plan.creates > 0 && count(plan.creates, "object to create", "objects to create"),
    plan.sets > 0 && count(plan.sets, "object to change", "objects to change"),
    plan.deletes > 0 && count(plan.deletes, "object to delete", "objects to delete"),
  ].filter((part) => part !== false);
  if (parts.length === 0) return [element("p", {}, "It plans nothing that could be taken.")];
  const bad = plan.invalid > 0 && ` ${count(plan.invalid, "planned value breaks", "planned values break")} a known range.`;
  return [element("p", {}, `Planned: ${new Intl.ListFormat("en").format(parts)}.`, bad)];
}
