/** The user's own network: load configurations and measurements, and see what they say. */
import { ElexError } from "../../elex.js";
import { card } from "../parts/card.js";
import { element, fill } from "../parts/element.js";
import { errorPanel } from "../parts/error-panel.js";
import { csv, saveFile } from "../parts/save-file.js";
import { configurationReport } from "./configuration-report.js";
import { FilePicker } from "./file-picker.js";
import { kpiTable } from "./kpi-table.js";
import { measurementReport } from "./measurement-report.js";
import { modelReport } from "./model-report.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../elex.js").LoadOptions} LoadOptions */
/** @typedef {import("../../messages.js").KpiScope} KpiScope */
/** @typedef {import("../../messages.js").KpiSeries} KpiSeries */
/**
 * @typedef {object} NetworkEvents
 * @property {() => Promise<Elex>} getInstance
 * @property {(fajCode: string) => void} onOpen
 * @property {(text: string) => void} announce
 */

/** @type {[KpiScope, string][]} */
const SCOPES = [
  ["network", "Whole network"],
  ["node", "Each node"],
  ["cell", "Each cell"],
  ["relation", "Each cell relation"],
];
const CONFIGURATION = {
  label: "configuration file",
  hint: "Bulk CM XML, NETCONF XML or JSON, what cmedit get prints (list or table), moshell logs, import files, CSV; also as .gz, .zip or .tar.",
  isMany: false,
};
const MEASUREMENTS = {
  label: "measurement files",
  hint: "PM XML (3GPP TS 32.435, 28.532 or 32.401) and VES events; also as .gz, .zip or .tar, many at once.",
  isMany: true,
};
const MODEL = {
  label: "model file",
  hint: "MOM XML of the node, YANG, CSV or JSON: its ranges, defaults and units are used in checks and answers.",
  isMany: false,
};
const KEPT = "Files stay on this device and in memory: they are gone when this page closes. Agents use them in answers with context.";
const GONE = "The engine was started anew, and its files are gone. Please load them again.";

export class NetworkView {
  #page;
  /** @type {Elex | undefined} the instance that is listened to */
  #heard;
  #title = element("h1", { id: "network-title", tabindex: -1 }, "Network");
  #forget = element("button", { type: "button", class: "plain", hidden: true, onclick: () => void this.#forgetAll() }, "Forget all files");
  #notice = element("p", { class: "card note", role: "status", hidden: true });
  #configurations = element("div", { class: "stack" });
  #measurements = element("div", { class: "stack" });
  #models = element("div", { class: "stack" });
  #scope = element("select", { id: "kpi-scope" }, SCOPES.map(([value, text]) => element("option", { value }, text)));
  #kpis = element("div", { class: "stack" });
  #kpiCard = card("KPIs", element("div", { class: "field" }, element("label", { for: "kpi-scope" }, "Computed for"), this.#scope), this.#kpis);

  /** @param {NetworkEvents} page */
  constructor(page) {
    this.#page = page;
    this.#kpiCard.hidden = true;
    this.#scope.addEventListener("change", () => void this.#showKpis());
    const configurations = new FilePicker({ ...CONFIGURATION, onFiles: (files, options) => this.#loadConfiguration(files, options) });
    const measurements = new FilePicker({ ...MEASUREMENTS, onFiles: (files, options) => this.#loadMeasurements(files, options) });
    const models = new FilePicker({ ...MODEL, onFiles: (files, options) => this.#loadModel(files, options) });
    this.root = element(
      "section",
      { class: "view", "aria-labelledby": "network-title" },
      element("div", { class: "view-head" }, this.#title, this.#forget),
      element("p", { class: "quiet" }, KEPT),
      this.#notice,
      card("Configuration", configurations.root, this.#configurations),
      card("Measurements", measurements.root, this.#measurements),
      this.#kpiCard,
      card("Model", models.root, this.#models),
    );
  }

  async open() {
    const elex = await this.#page.getInstance();
    if (elex !== this.#heard) elex.addEventListener("restart", () => this.#tellRestart());
    this.#heard = elex;
  }

  /** @param {File[]} files @param {LoadOptions} options */
  async #loadConfiguration([file], options) {
    await this.#shown(this.#configurations, file.name, async (elex) => {
      const report = await elex.loadConfiguration(file, undefined, options);
      this.#page.announce(`${file.name}: ${report.values} values, ${report.invalid} out of range`);
      return configurationReport(file.name, report, this.#page);
    });
  }

  /** @param {File[]} files @param {LoadOptions} options */
  async #loadModel([file], options) {
    await this.#shown(this.#models, file.name, async (elex) => {
      const report = await elex.loadModel(file, undefined, options);
      this.#page.announce(`${file.name}: ${report.attributes} attributes, ${report.ranges} ranges`);
      return modelReport(file.name, report);
    });
  }

  /** @param {File[]} files @param {LoadOptions} options */
  async #loadMeasurements(files, options) {
    const name = files.length === 1 ? files[0].name : `${files.length} files`;
    await this.#shown(this.#measurements, name, async (elex) => {
      const report = await elex.loadMeasurements(files, undefined, options);
      this.#page.announce(`${name}: ${report.values} values of ${report.counters} counters`);
      await this.#showKpis();
      return measurementReport(name, report);
    });
  }

  /**
   * Put a report, or why there is none, above those that are shown; the same file has one.
   * @param {HTMLElement} place @param {string} name @param {(elex: Elex) => Promise<HTMLElement>} load
   */
  async #shown(place, name, load) {
    /** @type {HTMLElement} */
    let made;
    try {
      made = await load(await this.#page.getInstance());
      this.#forget.hidden = false;
      this.#notice.hidden = true;
      for (const older of place.querySelectorAll("section")) if (older.dataset.file === name) older.remove();
      made.dataset.file = name;
    } catch (thrown) {
      const error = ElexError.from(thrown, "QUERY_FAILED", "Try again");
      made = errorPanel(error, { title: `${name} was not loaded` });
    }
    for (const panel of place.querySelectorAll(".error")) panel.remove();
    place.prepend(made);
  }

  async #showKpis() {
    const scope = /** @type {KpiScope} */ (this.#scope.value);
    const series = await (await this.#page.getInstance()).kpis({ scope });
    this.#kpiCard.hidden = false;
    if (series.length === 0) {
      fill(this.#kpis, element("p", { class: "quiet" }, "The loaded counters are not enough for any formula of the catalogue."));
      return;
    }
    const save = () => saveFile("kpis.csv", kpiCsv(series), "text/csv");
    const button = element("button", { type: "button", class: "plain", onclick: save }, "KPIs as CSV");
    fill(this.#kpis, kpiTable(series), element("div", { class: "actions" }, button));
  }

  async #forgetAll() {
    await (await this.#page.getInstance()).forgetNetwork();
    this.#clear();
    this.#page.announce("All files are forgotten");
    this.#title.focus();
  }

  #clear() {
    for (const place of [this.#configurations, this.#measurements, this.#models, this.#kpis]) fill(place);
    this.#kpiCard.hidden = this.#forget.hidden = true;
  }

  /** An engine that was started anew holds no files. */
  #tellRestart() {
    if (this.#forget.hidden) return;
    this.#clear();
    fill(this.#notice, GONE);
    this.#notice.hidden = false;
  }
}

/** @param {KpiSeries[]} series */
function kpiCsv(series) {
  const header = ["kpi", "object", "begin", "end", "value", "unit", "share", "reason", "formula"];
  const rows = series.flatMap(({ name, object, unit, formula, points }) =>
    points.map(({ begin, end, value, share, reason }) => [name, object, begin, end, value, unit, share, reason, formula]),
  );
  return csv(header, rows);
}
