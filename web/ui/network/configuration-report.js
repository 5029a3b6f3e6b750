/** What a configuration file held: counts, what was rejected, and the values out of range with their changes. */
import { element, fill, pairList } from "../parts/element.js";
import { csv, saveFile } from "../parts/save-file.js";
import { count } from "../parts/words.js";

/** @typedef {import("../../messages.js").ConfigurationReport} ConfigurationReport */
/** @typedef {import("../../messages.js").Finding} Finding */

const SHOWN = 50;

/**
 * @param {string} name of the file
 * @param {ConfigurationReport} report
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
      ? findingTable(name, findings, invalid, events)
      : element("p", {}, checked > 0 ? "Every value with a known range keeps it." : "No range is known for any of its attributes."),
  );
}

/** @param {string[]} reasons */
export function rejectedList(reasons) {
  if (reasons.length === 0) return null;
  const shown = reasons.slice(0, SHOWN).map((reason) => element("li", {}, reason));
  const rest = reasons.length - shown.length;
  return element(
    "details",
    {},
    element("summary", {}, `${count(reasons.length, "value or place", "values or places")} could not be taken`),
    element("ul", { class: "rows" }, shown, rest > 0 && element("li", {}, `and ${rest} more`)),
  );
}

/** @param {string} name @param {Finding[]} findings @param {number} invalid @param {{onOpen(fajCode: string): void}} events */
function findingTable(name, findings, invalid, { onOpen }) {
  const search = element("input", { type: "search", placeholder: "Object, attribute, value", "aria-label": `Filter the findings of ${name}` });
  const told = element("p", { class: "quiet", role: "status" });
  const body = element("tbody", { role: "rowgroup" });
  const head = ["Object", "Attribute", "Value", "Why", "Agents"].map((text) => element("th", { scope: "col", role: "columnheader" }, text));
  const table = element(
    "table",
    { class: "rows-table", role: "table", "data-columns": 5 },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    body,
  );
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = findings.filter((finding) => words.every((word) => haystack(finding).includes(word)));
    fill(body, fits.slice(0, SHOWN).map((finding) => row(finding, onOpen)));
    const all = invalid > findings.length ? ` (of ${invalid.toLocaleString("en")} the first are listed)` : "";
    told.textContent = `${Math.min(fits.length, SHOWN)} of ${count(fits.length, "finding")}${all}`;
  };
  search.addEventListener("input", show);
  show();
  return [
    element("div", { class: "field" }, search),
    told,
    element("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": `Findings in ${name}, table` }, table),
    element("div", { class: "actions" }, ...downloads(name, findings)),
  ];
}

/** @param {Finding} finding */
function haystack({ object, moClass, attribute, value, rule, agents }) {
  return [object, moClass, attribute, value, rule, ...agents].join(" ").toLowerCase();
}

/** @param {Finding} finding @param {(fajCode: string) => void} onOpen */
function row({ object, attribute, value, rule, severity, agents }, onOpen) {
  const agent = (/** @type {string} */ faj) =>
    element("button", { type: "button", class: "link code", onclick: () => onOpen(faj) }, faj);
  const cell = (/** @type {string} */ label, /** @type {string} */ className, /** @type {(import("../parts/element.js").Child | import("../parts/element.js").Child[])[]} */ ...children) =>
    element("td", { role: "cell", class: className, "data-label": label }, ...children);
  return element(
    "tr",
    { role: "row" },
    cell("Object", "code", object),
    cell("Attribute", "code", attribute),
    cell("Value", "", value),
    cell("Why", "", `${severity === "error" ? "Error" : "Warning"}: ${rule}`),
    cell("Agents", "", agents.length ? agents.slice(0, 3).flatMap((faj, i) => [i > 0 && " ", agent(faj)]) : "none"),
  );
}

/** @param {string} name @param {Finding[]} findings */
function downloads(name, findings) {
  const base = name.replace(/(\.(xml|csv|gz|zip))+$/i, "");
  const fixes = findings.map(({ fix }) => fix).filter(({ kind }) => kind === "set");
  const script = (/** @type {string[]} */ lines) => `${lines.join("\n")}\n`;
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
    element("button", { type: "button", class: "plain", onclick }, text);
  return [
    fixes.length > 0 && button("Change script", () => saveFile(`${base}-changes.txt`, script(fixes.map(({ cmedit }) => cmedit ?? "")))),
    fixes.length > 0 && button("Its undo", () => saveFile(`${base}-undo.txt`, script(fixes.map(({ undo }) => undo ?? "").reverse()))),
    button("Findings as CSV", () => saveFile(`${base}-findings.csv`, findingsCsv(findings), "text/csv")),
    button("Findings as JSON", () => saveFile(`${base}-findings.json`, JSON.stringify(findings, null, 1), "application/json")),
  ].filter((made) => made !== false);
}

/** @param {Finding[]} findings */
function findingsCsv(findings) {
  const header = ["object", "moClass", "attribute", "value", "min", "max", "rule", "severity", "agents", "change", "undo"];
  const cells = (/** @type {Finding} */ f) =>
    [f.object, f.moClass, f.attribute, f.value, f.min, f.max, f.rule, f.severity, f.agents.join(" "), f.fix.cmedit, f.fix.undo];
  return csv(header, findings.map(cells));
}
