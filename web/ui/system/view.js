/** The system: memory, storage, kernels and version, counted by the engine. */
import { card } from "../parts/card.js";
import { element, fill, gauge, pairList } from "../parts/element.js";
import { LISTED_STATUSES, bytes, count } from "../parts/words.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../messages.js").MemoryStats} MemoryStats */
/** @typedef {import("../../messages.js").RegistryStats} RegistryStats */
/** @typedef {import("../../messages.js").StartResult} StartResult */
/** @typedef {import("../../messages.js").StorageStats} StorageStats */

/** @param {{getInstance(): Promise<Elex>, startedIn(): number}} source */
export function systemView({ getInstance, startedIn }) {
  const cards = element("div", { class: "cards" });
  const refresh = element("button", { type: "button", class: "plain", onclick: () => void open() }, "Refresh");
  const root = element(
    "section",
    { class: "view", "aria-labelledby": "system-title" },
    element("div", { class: "view-head" }, element("h1", { id: "system-title" }, "System"), refresh),
    cards,
  );

  async function open() {
    const elex = await getInstance();
    const [memory, storage, registry] = await Promise.all([elex.memoryStats(), elex.storageStats(), elex.registryStats()]);
    const { started } = elex;
    fill(cards, engineCard(started, startedIn()), memoryCard(memory), storageCard(storage, started), agentsCard(started, memory, registry));
  }

  return { root, open };
}

/** @param {StartResult} started @param {number} startMs */
function engineCard({ version, kernels }, startMs) {
  const build = kernels.includes("simd") ? "WebAssembly, SIMD (128 bit)" : kernels.includes("scalar") ? "WebAssembly, scalar" : kernels;
  return figures("Engine", [
    ["Version", version],
    ["Kernels", build],
    ["Started in", `${(startMs / 1000).toFixed(2)} s`],
    ["Isolated from other sites", crossOriginIsolated ? "Yes" : "No (from the second visit on)"],
  ]);
}

/** @param {MemoryStats} memory */
function memoryCard({ usedBytes, budgetBytes, utilizationPercent, pyodideMemoryBytes, wasmMemoryBytes }) {
  return figures("Memory", [
    ["Used of the agents' budget", `${bytes(usedBytes)} of ${bytes(budgetBytes)}`],
    ["", gauge(utilizationPercent / 100)],
    ["Python", bytes(pyodideMemoryBytes)],
    ["Kernels", bytes(wasmMemoryBytes)],
  ]);
}

/** @param {StorageStats} storage @param {StartResult} started */
function storageCard(storage, { damaged, restored }) {
  return figures("Storage", [
    ["Kind", storage.kind === "indexeddb" ? "IndexedDB, on this device" : "Memory only: saving is off"],
    ["Kept under pressure", storage.persistent ? "Yes, the browser promised" : "The browser may clear it"],
    ["Records", `${count(storage.records, "record")}, ${bytes(storage.payloadBytes)}`],
    ["Waiting to be written", String(storage.pendingWrites)],
    ["Restored at the start", count(restored, "agent")],
    ["Damaged, set aside", [...new Set([...damaged, ...storage.damaged])].join(", ") || "None"],
  ]);
}

/** @param {StartResult} started @param {MemoryStats} memory @param {RegistryStats} registry */
function agentsCard({ agents }, { cachedAgents }, { byStatus, createMsMean }) {
  return figures("Agents", [
    ["In the catalogue", agents.toLocaleString("en")],
    ["Loaded", count(cachedAgents, "agent")],
    ["By status", statusList(byStatus)],
    ["Mean time to load one", `${createMsMean.toFixed(1)} ms`],
  ]);
}

/** @param {Record<string, number>} byStatus */
function statusList(byStatus) {
  const names = /** @type {Record<string, string>} */ (LISTED_STATUSES);
  const some = Object.entries(byStatus).filter(([, n]) => n > 0);
  return some.map(([status, n]) => `${names[status] ?? status} ${n}`).join(", ") || "None loaded yet";
}

/** @param {string} title @param {[string, import("../parts/element.js").Child][]} pairs */
function figures(title, pairs) {
  return card(title, pairList("figures lines", pairs));
}
