/** The values of a configuration that are out of range: filtered by text, with their changes to take along. */
import { agentLink } from "../parts/agent-link.js";
import { element } from "../parts/element.js";
import { csv, saveFile } from "../parts/save-file.js";
import { table } from "../parts/table.js";
import { count } from "../parts/words.js";

/** @typedef {import("../../messages.js").Finding} Finding */
/** @typedef {(fajCode: string) => void} OnOpen */

const SHOWN = 50;
const MOST_AGENTS = 3;
/** @type {import("../parts/table.js").Column[]} */
const COLUMNS = [
  { title: "Object", kind: "identifier" },
  { title: "Attribute", kind: "identifier" },
  { title: "Value", kind: "text" },
  { title: "Why", kind: "text" },
  { title: "Fix", kind: "text" },
  { title: "Agents", kind: "text" },
];

/**
 * @param {string} name of the file
 * @param {Finding[]} findings the first of `invalid`
 * @param {number} invalid
 * @param {{onOpen: OnOpen}} events
 * @returns {HTMLElement[]}
 */
export function findings(name, findings, invalid, { onOpen }) {
  const hint = "Object, attribute, value";
  const search = element("input", { type: "search", placeholder: hint, "aria-label": `Filter the findings of ${name}` });
  const told = element("p", { class: "quiet", role: "status" });
  const list = table({ label: `Findings in ${name}`, columns: COLUMNS });
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = findings.filter((finding) => words.every((word) => haystack(finding).includes(word)));
    list.show(fits.slice(0, SHOWN).map((finding) => ({ cells: cells(finding, onOpen) })));
    const all = invalid > findings.length ? ` (of ${invalid.toLocaleString("en")} the first are listed)` : "";
    told.textContent = `${Math.min(fits.length, SHOWN)} of ${count(fits.length, "finding")}${all}`;
  };
  search.addEventListener("input", show);
  show();
  return [element("div", { class: "field" }, search), told, list.root, element("div", { class: "actions" }, downloads(name, findings))];
}

/** @param {Finding} finding */
function haystack({ object, moClass, attribute, value, rule, agents }) {
  return [object, moClass, attribute, value, rule, ...agents].join(" ").toLowerCase();
}

/** @param {Finding} finding @param {OnOpen} onOpen @returns {import("../parts/table.js").Cell[]} */
function cells({ object, attribute, value, rule, severity, agents, fix }, onOpen) {
  const links = agents.slice(0, MOST_AGENTS).flatMap((fajCode, i) => [i > 0 && " ", agentLink(fajCode, onOpen)]);
  return [object, attribute, value, `${severity === "error" ? "Error" : "Warning"}: ${rule}`, fixText(fix), links.length ? links : "none"];
}

/** What may be set is shown as its command; for the rest stands why not. @param {Finding["fix"]} fix */
function fixText({ kind, reason, cmedit, choices }) {
  if (kind === "set" && cmedit) return element("code", {}, cmedit);
  const offered = (choices ?? []).map(({ value, why }) => `${value}: ${why}`);
  return [reason, ...offered].join("; ");
}

/** @param {string} name @param {Finding[]} findings @returns {HTMLElement[]} */
function downloads(name, findings) {
  const base = name.replace(/(\.(xml|csv|gz|zip))+$/i, "");
  const fixes = findings.map(({ fix }) => fix).filter(({ kind }) => kind === "set");
  const script = (/** @type {(string | null | undefined)[]} */ lines) => `${lines.filter(Boolean).join("\n")}\n`;
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
    element("button", { type: "button", class: "plain", onclick }, text);
  const changes = [
    button("Change script", () => saveFile(`${base}-changes.txt`, script(fixes.map(({ cmedit }) => cmedit)))),
    button("Its undo", () => saveFile(`${base}-undo.txt`, script(fixes.map(({ undo }) => undo).reverse()))),
  ];
  return [
    ...(fixes.length > 0 ? changes : []),
    button("Findings as CSV", () => saveFile(`${base}-findings.csv`, findingsCsv(findings), "text/csv")),
    button("Findings as JSON", () => saveFile(`${base}-findings.json`, JSON.stringify(findings, null, 1), "application/json")),
  ];
}

/** @param {Finding[]} findings */
function findingsCsv(findings) {
  const header = ["object", "moClass", "attribute", "value", "min", "max", "rule", "severity", "agents", "fix", "reason", "change", "undo"];
  const cells = (/** @type {Finding} */ f) =>
    [f.object, f.moClass, f.attribute, f.value, f.min, f.max, f.rule, f.severity, f.agents.join(" "), f.fix.kind, f.fix.reason, f.fix.cmedit, f.fix.undo];
  return csv(header, findings.map(cells));
}
