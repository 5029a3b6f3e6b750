/** The user's own network: load configurations and measurements, and see what they say. */
import { ElexError } from "../../elex.js";
import { card } from "../parts/card.js";
import { element, fill } from "../parts/element.js";
import { errorPanel } from "../parts/error-panel.js";
import { csv, saveFile } from "../parts/save-file.js";
import { configurationReport } from "./configuration-report.js";
import { filePicker } from "./file-picker.js";
import { kpiTable } from "./kpi-table.js";
import { measurementReport } from "./measurement-report.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../elex.js").LoadOptions} LoadOptions */
/** @typedef {import("../../messages.js").KpiScope} KpiScope */
/** @typedef {import("../../messages.js").KpiSeries} KpiSeries */

/** @type {[KpiScope, string][]} */
const SCOPES = [
  ["network", "Whole network"],
  ["node", "Each node"],
  ["cell", "Each cell"],
];

const CONFIGURATION = {
  label: "configuration file",
  hint: "Bulk CM XML (3GPP TS 32.615), the text that cmedit get prints, or CSV with a column FDN; also as .gz or .zip.",
  isMany: false,
};
const MEASUREMENTS = {
  label: "measurement files",
  hint: "PM XML (3GPP TS 32.435 or 28.532); also as .gz or .zip, many at once.",
  isMany: true,
};
const KEPT = "Files stay on this device and in memory: they are gone when this page closes. Agents use them in answers with context.";

/** @param {{getInstance(): Promise<Elex>, onOpen(fajCode: string): void, announce(text: string): void}} page */
export function networkView({ getInstance, onOpen, announce }) {
  const configurations = element("div", { class: "stack" });
  const measurements = element("div", { class: "stack" });
  const kpis = element("div", { class: "stack" });
  const scope = element("select", { id: "kpi-scope" }, SCOPES.map(([value, text]) => element("option", { value }, text)));
  const kpiCard = element(
    "section",
    { class: "card", "aria-label": "KPIs", hidden: true },
    element("h2", {}, "KPIs"),
    element("div", { class: "field" }, element("label", { for: "kpi-scope" }, "Computed for"), scope),
    kpis,
  );
  const forget = element("button", { type: "button", class: "plain", hidden: true, onclick: () => void forgetAll() }, "Forget all files");
  const notice = element("p", { class: "card note", role: "status", hidden: true });
  /** @type {Elex | undefined} the instance that is listened to */
  let heard;
  const root = element(
    "section",
    { class: "view", "aria-labelledby": "network-title" },
    element("div", { class: "view-head" }, element("h1", { id: "network-title", tabindex: -1 }, "Network"), forget),
    element("p", { class: "quiet" }, KEPT),
    notice,
    card("Configuration", filePicker({ ...CONFIGURATION, onFiles: loadConfiguration }).root, configurations),
    card("Measurements", filePicker({ ...MEASUREMENTS, onFiles: loadMeasurements }).root, measurements),
    kpiCard,
  );
  scope.addEventListener("change", () => void showKpis());

  /** @param {File[]} files @param {LoadOptions} options */
  async function loadConfiguration([file], options) {
    await shown(configurations, file.name, async () => {
      const report = await (await getInstance()).loadConfiguration(file, undefined, options);
      announce(`${file.name}: ${report.values} values, ${report.invalid} out of range`);
      return configurationReport(file.name, report, { onOpen });
    });
  }

  /** @param {File[]} files @param {LoadOptions} options */
  async function loadMeasurements(files, options) {
    const name = files.length === 1 ? files[0].name : `${files.length} files`;
    await shown(measurements, name, async () => {
      const report = await (await getInstance()).loadMeasurements(files, undefined, options);
      announce(`${name}: ${report.values} values of ${report.counters} counters`);
      await showKpis();
      return measurementReport(name, report);
    });
  }

  /**
   * Put a report, or why there is none, above those that are shown; the same file has one.
   * @param {HTMLElement} place @param {string} name @param {() => Promise<HTMLElement>} load
   */
  async function shown(place, name, load) {
    /** @type {HTMLElement} */
    let made;
    try {
      made = await load();
      forget.hidden = false;
      notice.hidden = true;
      for (const older of place.querySelectorAll("section")) if (older.dataset.file === name) older.remove();
      made.dataset.file = name;
    } catch (thrown) {
      const error = ElexError.from(thrown, "QUERY_FAILED", "Try again");
      made = errorPanel(error, { title: `${name} was not loaded` });
    }
    for (const panel of place.querySelectorAll(".error")) panel.remove();
    place.prepend(made);
  }

  async function showKpis() {
    const chosen = /** @type {KpiScope} */ (scope.value);
    const series = await (await getInstance()).kpis({ scope: chosen });
    kpiCard.hidden = false;
    if (series.length === 0) {
      fill(kpis, element("p", { class: "quiet" }, "The loaded counters are not enough for any formula of the catalogue."));
      return;
    }
    const save = () => saveFile("kpis.csv", kpiCsv(series), "text/csv");
    fill(kpis, kpiTable(series), element("div", { class: "actions" }, element("button", { type: "button", class: "plain", onclick: save }, "KPIs as CSV")));
  }

  async function forgetAll() {
    await (await getInstance()).forgetNetwork();
    clear();
    announce("All files are forgotten");
    root.querySelector("h1")?.focus();
  }

  function clear() {
    fill(configurations);
    fill(measurements);
    fill(kpis);
    kpiCard.hidden = forget.hidden = true;
  }

  /** An engine that was started anew holds no files. */
  function tellRestart() {
    if (forget.hidden) return;
    clear();
    notice.textContent = "The engine was started anew, and its files are gone. Please load them again.";
    notice.hidden = false;
  }

  return {
    root,
    async open() {
      const elex = await getInstance();
      if (elex !== heard) elex.addEventListener("restart", tellRestart);
      heard = elex;
    },
  };
}

/** @param {KpiSeries[]} series */
function kpiCsv(series) {
  const header = ["kpi", "object", "begin", "end", "value", "unit", "share", "reason", "formula"];
  const rows = series.flatMap(({ name, object, unit, formula, points }) =>
    points.map(({ begin, end, value, share, reason }) => [name, object, begin, end, value, unit, share, reason, formula]),
  );
  return csv(header, rows);
}
