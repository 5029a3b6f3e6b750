/**
 * What has arrived of the files that the engine needs, phase by phase, in bytes of build.json.
 *
 * W3C Resource Timing: the browser tells of every finished file, so nothing is put between Pyodide and its
 * downloads (a wrapped response would lose the browser's cache of compiled WebAssembly).
 */
import { ElexError } from "../shared/errors.js";

/** The folder of the build, with a slash at its end; this script lies in its folder worker/. */
export const BASE = new URL("../", import.meta.url).href;
const TRY_AGAIN = "Check the connection and the server, then try again";
/** The phases with the files they wait for, in the order in which they end. */
const PHASES = [
  { phase: "engine", matches: /^pyodide\/pyodide\.(asm\.)?(js|wasm)$/ },
  { phase: "python", matches: /^pyodide\/python_stdlib\.zip$/ },
  { phase: "numpy", matches: /^pyodide\/packages\.pack$/ },
  { phase: "package", matches: /^wheels\// },
];

/**
 * @typedef {import("../shared/worker-interface.js").Progress} Progress
 * @typedef {{path: string, size: number, sha256: string, integrity: string}} BuiltFile
 * @typedef {{version: string, buildId: string, wheel: string, files: BuiltFile[]}} Build
 */

/**
 * Read the list of what this build consists of.
 * @returns {Promise<Build>}
 */
export async function fetchBuild() {
  const response = await fetchFile("build.json");
  try {
    return await response.json();
  } catch (thrown) {
    throw new ElexError("IO_ERROR", `build.json is not what was built (${thrown})`, "Serve the whole dist/ folder");
  }
}

/**
 * Fetch one file of the build; an answer that is no success is an error that names the file.
 * @param {string} path within the build
 * @returns {Promise<Response>}
 */
export async function fetchFile(path) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(BASE + path);
  } catch (thrown) {
    throw new ElexError("IO_ERROR", `${path} could not be fetched (${thrown})`, TRY_AGAIN);
  }
  if (!response.ok) {
    const fix = "The installation is incomplete: serve the whole dist/ folder, then try again";
    throw new ElexError("IO_ERROR", `${path} is missing: the server answered ${response.status}`, fix);
  }
  return response;
}

/**
 * Tell `onProgress` of every phase, now and whenever one of its files has arrived.
 * @param {Build} build
 * @param {import("../shared/worker-interface.js").OnProgress} onProgress
 * @returns {() => void} stops the watch
 */
export function watchDownloads(build, onProgress) {
  /** @type {Map<string, {phase: Progress, size: number}>} */
  const awaited = new Map();
  for (const { phase, matches } of PHASES) {
    const needed = build.files.filter(({ path }) => matches.test(path));
    const progress = { phase, done: 0, total: needed.reduce((sum, { size }) => sum + size, 0) };
    for (const { path, size } of needed) awaited.set(BASE + path, { phase: progress, size });
    onProgress({ ...progress });
  }
  const observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      const arrived = awaited.get(name);
      if (!arrived) continue;
      awaited.delete(name);
      arrived.phase.done += arrived.size;
      onProgress({ ...arrived.phase });
    }
  });
  observer.observe({ type: "resource", buffered: true });
  return () => observer.disconnect();
}
