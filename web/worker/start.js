/** The start: what the engine needs is fetched and started at the same time, and told of phase by phase. */
import { ElexError } from "../shared/errors.js";
import { fetchBuild, watchDownloads } from "./downloads.js";
import { Engine } from "./engine.js";
import { bootPyodide } from "./pyodide.js";
import { openStorage } from "./storage.js";
import { fetchWheel, installWheel } from "./wheel.js";

/**
 * @typedef {import("../shared/worker-interface.js").OnProgress} OnProgress
 * @typedef {import("../shared/worker-interface.js").StartOptions} StartOptions
 * @typedef {import("./kernels/kernels.js").KernelChoice} KernelChoice
 * @typedef {import("./kernels/kernels.js").KernelHost} KernelHost
 * @typedef {(choice: KernelChoice) => Promise<KernelHost>} UseKernels
 */

export const RELOAD = "Reload the page; what was acknowledged is stored";

/**
 * @param {StartOptions} options
 * @param {UseKernels} useKernels loads them, or gives those that batches use already
 * @param {OnProgress} onProgress
 * @returns {Promise<Engine>}
 * @throws {ElexError} with the phase that failed, where it is one of those without bytes to count
 */
export async function startEngine(options, useKernels, onProgress) {
  let stopWatching = () => {};
  const watched = fetchBuild().then((build) => {
    stopWatching = watchDownloads(build, onProgress);
    return build;
  });
  try {
    const [wheel, storage, kernels, pyodide] = await Promise.all([
      watched.then(fetchWheel),
      options.storage === "memory"
        ? null
        : step("storage", onProgress, () => openStorage(options.databaseName ?? "elex")),
      step("kernels", onProgress, () => useKernels(options.kernels ?? "auto")),
      bootPyodide(),
    ]);
    pyodide.registerJsModule("elex_host", { kernels, storage });
    await installWheel(pyodide, wheel);
    return await Engine.start(pyodide, options, onProgress);
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
