/** Connects the page's parts: state lives here, the parts in ui/ get it and send events, the SDK does the work. */
import { ElexError, openElex } from "./elex.js";
import { agentsView } from "./ui/agents/view.js";
import { AskView } from "./ui/ask/view.js";
import { element, fill } from "./ui/parts/element.js";
import { errorPanel } from "./ui/parts/error-panel.js";
import { learnView } from "./ui/learning/view.js";
import { NetworkView } from "./ui/network/view.js";
import { printWhole } from "./ui/frame/printing.js";
import { readiness } from "./ui/frame/readiness.js";
import { StatusLog } from "./ui/parts/status-log.js";
import { systemView } from "./ui/system/view.js";
import { watchUpdates } from "./ui/frame/updates.js";
import { watchEngine } from "./ui/frame/waiting.js";

/** @typedef {import("./elex.js").Elex} Elex */
/** @typedef {import("./shared/worker-interface.js").StartOptions} StartOptions */

const main = need("main");
const status = readiness(need("status"));
/** @type {Promise<Elex>} */
let instance;
let startMs = 0;

const log = new StatusLog();
const source = { getInstance: () => instance, startedIn: () => startMs, log };
const views = {
  ask: new AskView({ ...source, announce, onOpen: showAgent, onRetry: () => start(), onWithoutSaving: () => start({ storage: "memory" }) }),
  agents: agentsView({ ...source, onAsk: askAgent, onShow: showAgent }),
  learn: learnView({ ...source, onChoose: (fajCode) => go(`learn/${fajCode}`), onOpen: showAgent }),
  network: new NetworkView({ ...source, announce, onOpen: showAgent }),
  system: systemView(source),
};
const problem = element("div", { class: "view-problem" });
const TITLES = { ask: "Ask", agents: "Agents", learn: "Learn", network: "Network", system: "System" };

addEventListener("hashchange", show);
for (const leaving of ["pagehide", "visibilitychange"]) document.addEventListener(leaving, flush);
addEventListener("pagehide", flush);
printWhole();
show();
start();

/**
 * Open the engine and tell how it goes; window.elex is the promise of the instance.
 * @param {StartOptions} [override]
 */
async function start(override = {}) {
  const began = performance.now();
  const progress = views.ask.showLoading();
  status.show("starting");
  instance = openElex({ ...options(), ...override, onProgress: progress });
  Object.assign(window, { elex: instance });
  try {
    const elex = await instance;
    startMs = performance.now() - began;
    performance.mark("elex-ready");
    watchEngine(need("engine"), elex);
    log.follow(elex, (event) => views.ask.tellChange(event));
    const isSaving = elex.started.storage !== "memory";
    status.showVersion(elex.started.version);
    status.showSaving(isSaving);
    views.ask.showReady({ isSaving, damaged: elex.started.damaged });
    show();
    await watchUpdates(need("notices"), { onReadiness: status.show, beforeReload: () => elex.flush() });
  } catch (thrown) {
    status.show("failed");
    views.ask.showFailure(ElexError.from(thrown, "QUERY_FAILED", "Try again"));
  }
}

/** @returns {StartOptions} the address may ask for other kernels, storage or a seed: ?kernels=scalar&storage=memory&seed=1 */
function options() {
  const asked = new URLSearchParams(location.search);
  const seed = asked.get("seed");
  return {
    kernels: /** @type {StartOptions["kernels"]} */ (asked.get("kernels") ?? "auto"),
    storage: /** @type {StartOptions["storage"]} */ (asked.get("storage") ?? "indexeddb"),
    ...(seed !== null && { seed: Number(seed) }),
  };
}

/** Show the view that the address names. */
function show() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  const current = Object.hasOwn(views, name) ? /** @type {keyof typeof views} */ (name) : "ask";
  fill(problem);
  if (main.lastElementChild !== views[current].root) {
    fill(main, problem, views[current].root);
    scrollTo({ top: 0, behavior: "instant" });
  }
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.getAttribute("href") === `#${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${TITLES[current]} · ELEX Browser`;
  views[current].open(rest.join("/")).catch((/** @type {unknown} */ thrown) => {
    if (main.lastElementChild !== views[current].root) return; // the user went on
    const error = ElexError.from(thrown, "QUERY_FAILED", "Try again");
    const retry = { label: "Try again", run: () => void instance.then(show, () => start()) };
    fill(problem, errorPanel(error, { title: `${TITLES[current]}: this could not be shown`, remedies: [retry] }));
  });
}

/** @param {string} place */
function go(place) {
  location.hash = place;
}

/** @param {string} fajCode "" for the list alone */
function showAgent(fajCode) {
  go(fajCode ? `agents/${fajCode.replaceAll(" ", "")}` : "agents");
}

/** @param {{fajCode: string, name: string}} agent */
function askAgent(agent) {
  go("ask");
  show();
  views.ask.address(agent);
}

/** @param {string} text for those who hear the page */
function announce(text) {
  need("announcer").textContent = text;
}

async function flush() {
  if (document.visibilityState !== "hidden") return;
  const elex = await instance.catch(() => null); // the failure is shown already
  await elex?.flush().catch(() => {}); // a page on its way out cannot show one
}

/** @param {string} id */
function need(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}
