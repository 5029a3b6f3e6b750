/** The system: memory, storage, kernels and version, counted by the engine. */
import { element, fill, gauge, pairList } from "../parts/element.js";
import { LISTED_STATUSES, bytes, count } from "../parts/words.js";

/** @typedef {import("../../elex.js").Elex} Elex */

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
    const { version, kernels, agents, damaged, restored } = elex.started;
    fill(
      cards,
      card("Engine", [
        ["Version", version],
        ["Kernels", kernels.includes("simd") ? "WebAssembly, SIMD (128 bit)" : kernels.includes("scalar") ? "WebAssembly, scalar" : kernels],
        ["Started in", `${(startedIn() / 1000).toFixed(2)} s`],
        ["Isolated from other sites", crossOriginIsolated ? "Yes" : "No (from the second visit on)"],
      ]),
      card("Memory", [
        ["Used of the agents' budget", `${bytes(memory.usedBytes)} of ${bytes(memory.budgetBytes)}`],
        ["", gauge(memory.utilizationPercent / 100)],
        ["Python", bytes(memory.pyodideMemoryBytes)],
        ["Kernels", bytes(memory.wasmMemoryBytes)],
      ]),
      card("Storage", [
        ["Kind", storage.kind === "indexeddb" ? "IndexedDB, on this device" : "Memory only: saving is off"],
        ["Kept under pressure", storage.persistent ? "Yes, the browser promised" : "The browser may clear it"],
        ["Records", `${count(storage.records, "record")}, ${bytes(storage.payloadBytes)}`],
        ["Waiting to be written", String(storage.pendingWrites)],
        ["Restored at the start", count(restored, "agent")],
        ["Damaged, set aside", [...new Set([...damaged, ...storage.damaged])].join(", ") || "None"],
      ]),
      card("Agents", [
        ["In the catalogue", agents.toLocaleString("en")],
        ["Loaded", count(memory.cachedAgents, "agent")],
        ["By status", statusList(registry.byStatus)],
        ["Mean time to load one", `${registry.createMsMean.toFixed(1)} ms`],
      ]),
    );
  }

  return { root, open };
}

/** @param {Record<string, number>} byStatus */
function statusList(byStatus) {
  const names = /** @type {Record<string, string>} */ (LISTED_STATUSES);
  const some = Object.entries(byStatus).filter(([, n]) => n > 0);
  return some.map(([status, n]) => `${names[status] ?? status} ${n}`).join(", ") || "None loaded yet";
}

/** @param {string} title @param {[string, import("../parts/element.js").Child][]} pairs */
function card(title, pairs) {
  return element("section", { class: "card", "aria-label": title }, element("h2", {}, title), pairList("figures lines", pairs));
}
