/**
 * The worker: loads the kernels, and on `start` Pyodide with the project's wheel; then it forwards messages.
 *
 * Everything that crosses is plain data. An error crosses as {error: {code, problem, fix}}: of a thrown one
 * Comlink would carry only name and message.
 */
import * as Comlink from "../vendor/comlink.js";
import { fetchBuild, fetchFile, watchDownloads } from "./downloads.js";
import { loadKernels } from "./kernels/kernels.js";
import { ElexError } from "../shared/errors.js";
import { runBatch } from "./batch.js";
import { openStorage } from "./storage.js";

const BASE = new URL("../", self.location.href).href;
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const RELOAD = "Reload the page; what was acknowledged is stored";

/**
 * @typedef {import("../sdk/connection.js").StartOptions} StartOptions
 * @typedef {import("../sdk/connection.js").Outcome} Outcome
 * @typedef {import("../sdk/connection.js").NamedBlob} NamedBlob
 * @typedef {import("../messages.js").AgentEvent} AgentEvent
 * @typedef {(progress: import("./downloads.js").Progress) => void} OnProgress
 * @typedef {import("../pyodide/pyodide.js").PyodideAPI} Pyodide
 * @typedef {{pyodide: Pyodide, runtime: ReturnType<Pyodide["pyimport"]>}} Engine
 */

/** @type {Engine | undefined} */
let engine;
/** @type {ReturnType<typeof loadKernels> | undefined} */
let kernels;
let lastId = 0;
/** @type {Set<number>} loads that the page gave up */
const stopped = new Set();
/** @type {AgentEvent[]} what happened to agents and was not told yet */
let events = [];

Comlink.expose({
  hold,
  /** @param {StartOptions} options @param {OnProgress} onProgress */
  start: (options, onProgress) => outcome(() => start(options, onProgress)),
  /** @param {string} method @param {any} params */
  call: (method, params) => outcome(() => call(method, params)),
  /** @param {number} id @param {string} method @param {any} params @param {NamedBlob[]} files @param {OnProgress} onProgress */
  load: (id, method, params, files, onProgress) => outcome(() => load(id, method, params, files, onProgress)),
  /** @param {number} id */
  stop: (id) => void stopped.add(id),
});

/**
 * Hold a lock as long as this worker lives, so that the page can tell that it is gone.
 * @param {string} name
 * @returns {Promise<boolean>} whether it is held; without HTTPS or localhost there are no locks
 */
async function hold(name) {
  if (!navigator.locks) return false;
  return new Promise((resolve) => {
    const keep = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, keep).catch(() => resolve(false)); // refused: the page goes without
  });
}

/** @param {() => Promise<unknown>} work @returns {Promise<Outcome>} */
async function outcome(work) {
  try {
    const value = await work();
    return { value, events: takeEvents() };
  } catch (thrown) {
    return { error: ElexError.from(thrown, "QUERY_FAILED", RELOAD).toJSON(), events: takeEvents() };
  }
}

/** @returns {AgentEvent[]} each of them once, in the order in which they happened */
function takeEvents() {
  const taken = events;
  events = [];
  return taken;
}

/** @param {string} method @param {any} params */
async function call(method, params) {
  if (method.startsWith("batch.")) return runBatch(await useKernels("auto"), method, params);
  if (!engine) throw new ElexError("QUERY_FAILED", `${method} was called before the start`, "Call openElex() first");
  if (method === "debug.liveProxies") return liveProxies(engine.pyodide);
  return reply(engine.runtime.handle(JSON.stringify({ id: ++lastId, method, params })));
}

/**
 * Let Python read files piece by piece; between pieces it answers other calls.
 * @param {number} id
 * @param {string} method
 * @param {any} params
 * @param {NamedBlob[]} files
 * @param {OnProgress & {[Comlink.releaseProxy]?(): void}} onProgress
 */
async function load(id, method, params, files, onProgress) {
  if (!engine) throw new ElexError("QUERY_FAILED", `${method} was called before the start`, "Call openElex() first");
  const reader = new /** @type {any} */ (self).FileReaderSync(); // of workers only
  const readable = files.map(({ name, blob }) => ({
    name,
    size: blob.size,
    read: (/** @type {number} */ begin, /** @type {number} */ end) =>
      new Uint8Array(reader.readAsArrayBuffer(blob.slice(begin, end))),
  }));
  const watch = (/** @type {number} */ done, /** @type {number} */ total) => {
    onProgress({ phase: "reading", done, total });
    return !stopped.has(id);
  };
  try {
    return await reply(engine.runtime.load(JSON.stringify({ id: ++lastId, method, params }), readable, watch));
  } finally {
    stopped.delete(id);
    onProgress[Comlink.releaseProxy]?.();
  }
}

/** @param {"auto" | "simd" | "scalar"} choice @returns {ReturnType<typeof loadKernels>} loaded once */
async function useKernels(choice) {
  requireWebAssembly();
  kernels ??= loadKernels(choice, BASE);
  try {
    return await kernels;
  } catch (error) {
    kernels = undefined; // so that the next call tries again
    throw error;
  }
}

/** @param {StartOptions} options @param {OnProgress} onProgress */
async function start(options, onProgress) {
  requireWebAssembly();
  let stopWatching = () => {};
  const watched = fetchBuild(BASE).then((build) => {
    stopWatching = watchDownloads(build, BASE, onProgress);
    return build;
  });
  try {
    const [wheel, storage, host, pyodide] = await Promise.all([
      watched.then(fetchWheel),
      options.storage === "memory" ? null : step("storage", onProgress, () => openStorage(options.databaseName ?? "elex")),
      step("kernels", onProgress, () => useKernels(options.kernels ?? "auto")),
      bootPyodide(),
    ]);
    pyodide.registerJsModule("elex_host", { kernels: host, storage });
    await installWheel(pyodide, wheel);
    return await startRuntime(pyodide, options, onProgress);
  } finally {
    stopWatching();
  }
}

/**
 * Tell of a phase that has no bytes to count.
 * @template T
 * @param {string} phase
 * @param {OnProgress} onProgress
 * @param {() => Promise<T>} work
 */
async function step(phase, onProgress, work) {
  onProgress({ phase, done: 0, total: 1 });
  try {
    const value = await work();
    onProgress({ phase, done: 1, total: 1 });
    return value;
  } catch (thrown) {
    const error = ElexError.from(thrown, "IO_ERROR", RELOAD);
    error.phase = phase;
    throw error;
  }
}

function requireWebAssembly() {
  try {
    // Under a policy without 'wasm-unsafe-eval' this throws at once, where loadPyodide would hang.
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (thrown) {
    const problem = `WebAssembly does not run here (${thrown})`;
    const fix = "Allow WebAssembly for this site: the browser's settings or a Content-Security-Policy without 'wasm-unsafe-eval' block it";
    throw new ElexError("UNSUPPORTED", problem, fix);
  }
}

/** @returns {Promise<Pyodide>} */
async function bootPyodide() {
  // Its failure is heard in the last line; before that, and within Pyodide, it would count as unhandled.
  const packages = fetchPack();
  packages.catch(() => {});
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import("../pyodide/pyodide.js"),
    import("../pyodide/pyodide.asm.js"),
  ]).catch((thrown) => {
    throw ElexError.from(thrown, "IO_ERROR", "Serve the whole dist/ folder, then try again");
  });
  const booted = loadPyodide({
    indexURL: `${BASE}pyodide/`,
    createPyodideModule: /** @type {any} */ (createPyodideModule),
    fsInit: (FS, { sitePackages }) => packages.then((pack) => unpack(FS, sitePackages, pack), () => {}),
  });
  const [pyodide] = await Promise.all([booted, packages]);
  // After a fatal error no call settles any more: the page must hear of it here.
  /** @type {any} */ (pyodide)._api.on_fatal = (/** @type {unknown} */ thrown) => self.postMessage({ fatal: String(thrown) });
  return pyodide;
}

/** @returns {Promise<Uint8Array>} NumPy, msgspec and micropip, unpacked */
async function fetchPack() {
  const path = "pyodide/packages.pack";
  const { body } = await fetchFile(BASE, path);
  try {
    const plain = /** @type {ReadableStream} */ (body).pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (thrown) {
    throw new ElexError("IO_ERROR", `${path} (NumPy) is damaged (${thrown})`, "Build dist/ again, then try again");
  }
}

/**
 * Write a pack into Python's file system: u32 header length, JSON [[path, size], …], then the files' bytes.
 * @param {any} FS
 * @param {string} folder
 * @param {Uint8Array} pack
 */
function unpack(FS, folder, pack) {
  const header = new DataView(pack.buffer).getUint32(0, true);
  let at = 4 + header;
  const made = new Set();
  for (const [path, size] of JSON.parse(new TextDecoder().decode(pack.subarray(4, at)))) {
    const full = `${folder}/${path}`;
    const parent = full.slice(0, full.lastIndexOf("/"));
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(full, pack.subarray(at, at + size));
    at += size;
  }
}

/**
 * Fetch the wheel while Python boots; left to itself, micropip would begin only then.
 * @param {import("./downloads.js").Build} build
 */
async function fetchWheel({ wheel }) {
  const response = await fetchFile(BASE, wheel);
  return { path: wheel, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** @param {Pyodide} pyodide @param {{path: string, bytes: Uint8Array}} wheel */
async function installWheel(pyodide, { path, bytes }) {
  const file = `/tmp/${path.split("/").at(-1)}`;
  pyodide.FS.writeFile(file, bytes);
  const micropip = pyodide.pyimport("micropip");
  try {
    await micropip.install(`emfs:${file}`);
  } catch (thrown) {
    throw ElexError.from(thrown, "IO_ERROR", `Serve the whole dist/ folder (${path}), then try again`);
  } finally {
    micropip.destroy();
    pyodide.FS.unlink(file);
  }
}

/** @param {Pyodide} pyodide @param {StartOptions} options @param {OnProgress} onProgress */
function startRuntime(pyodide, options, onProgress) {
  // Kept as long as the worker lives: with it, Pyodide would destroy the functions taken from it.
  const runtime = pyodide.pyimport("elex_browser.runtime");
  engine = { pyodide, runtime };
  const tell = (/** @type {string} */ _, /** @type {number} */ done, /** @type {number} */ total) =>
    onProgress({ phase: "catalogue", done, total });
  return reply(runtime.start(JSON.stringify(options), tell));
}

/**
 * Wait for a reply of the router: its result, or its error thrown.
 * @param {Promise<string> & {destroy?(): void}} pending a Python future, which JavaScript must give back
 */
async function reply(pending) {
  try {
    const { result, error, events: happened = [] } = JSON.parse(await pending);
    events.push(...happened); // a call that fails can have changed an agent, too
    if (error) throw ElexError.revive(error);
    return result;
  } finally {
    pending.destroy?.();
  }
}

/**
 * Count the Python objects that JavaScript holds, of those made since the first call (which starts the count).
 * @param {Pyodide} pyodide
 * @returns {number}
 */
function liveProxies(pyodide) {
  const module = /** @type {any} */ (pyodide)._module;
  module.enable_pyproxy_allocation_tracing();
  return module.pyproxy_alloc_map.size;
}
