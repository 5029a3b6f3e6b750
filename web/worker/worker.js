/**
 * The worker: what the page may call in it. Python answers, batches run on the kernels alone.
 *
 * Everything that crosses is plain data. An error crosses as {error: {code, problem, fix}}: of a thrown one
 * Comlink would carry only name and message.
 */
import * as Comlink from "../vendor/comlink.js";
import { ElexError } from "../shared/errors.js";
import { isBatch, runBatch } from "./batch.js";
import { BASE } from "./downloads.js";
import { takeEvents } from "./engine.js";
import { loadKernels } from "./kernels/kernels.js";
import { hold } from "./lock.js";
import { liveProxies } from "./pyodide.js";
import { RELOAD, startEngine } from "./start.js";
import { requireWebAssembly } from "./webassembly.js";

/**
 * @typedef {import("../shared/worker-interface.js").NamedBlob} NamedBlob
 * @typedef {import("../shared/worker-interface.js").OnProgress} OnProgress
 * @typedef {import("../shared/worker-interface.js").StartOptions} StartOptions
 * @typedef {import("../shared/worker-interface.js").WorkerInterface} WorkerInterface
 */

/** @type {import("./engine.js").Engine | undefined} */
let engine;
/** @type {ReturnType<typeof loadKernels> | undefined} */
let kernels;
/** @type {Set<number>} loads that the page gave up */
const stopped = new Set();

/** @type {WorkerInterface} */
const offered = {
  hold,
  start: (options, onProgress) => outcome(() => start(options, onProgress)),
  call: (method, params) => outcome(() => call(method, params)),
  load: (id, method, params, files, onProgress) => outcome(() => load(id, method, params, files, onProgress)),
  stop: (id) => void stopped.add(id),
};
Comlink.expose(offered);

/**
 * @template Value
 * @param {() => Promise<Value>} work
 * @returns {Promise<import("../shared/worker-interface.js").Outcome<Value>>}
 */
async function outcome(work) {
  try {
    const value = await work();
    return { value, events: takeEvents() };
  } catch (thrown) {
    return { error: ElexError.from(thrown, "QUERY_FAILED", RELOAD).toJSON(), events: takeEvents() };
  }
}

/** @param {StartOptions} options @param {OnProgress} onProgress */
async function start(options, onProgress) {
  requireWebAssembly();
  engine = await startEngine(options, useKernels, onProgress);
  return engine.started;
}

/** @param {string} method @param {object} params */
async function call(method, params) {
  if (isBatch(method)) return runBatch(await useKernels("auto"), method, params);
  const python = running(method);
  if (method === "debug.liveProxies") return liveProxies(python.pyodide);
  return python.handle(method, params);
}

/**
 * Let Python read files piece by piece; between pieces it answers other calls.
 * @param {number} id
 * @param {string} method
 * @param {object} params
 * @param {NamedBlob[]} files
 * @param {OnProgress & Partial<Comlink.ProxyMethods>} onProgress
 */
async function load(id, method, params, files, onProgress) {
  const watch = (/** @type {number} */ done, /** @type {number} */ total) => {
    onProgress({ phase: "reading", done, total });
    return !stopped.has(id);
  };
  try {
    return await running(method).load(method, params, files, watch);
  } finally {
    stopped.delete(id);
    onProgress[Comlink.releaseProxy]?.();
  }
}

/** @param {string} method what is to be called */
function running(method) {
  if (!engine) throw new ElexError("QUERY_FAILED", `${method} was called before the start`, "Call openElex() first", "not_ready");
  return engine;
}

/** @type {import("./start.js").UseKernels} loaded once */
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
