/** Pyodide in this worker: booted from the files of the build, and what is used of its inner parts. */
import { ElexError } from "../shared/errors.js";
import { BASE } from "./downloads.js";
import { fetchPack, unpack } from "./unpack.js";

/**
 * @typedef {import("../pyodide/pyodide.js").PyodideAPI} Pyodide
 * @typedef {object} PyodideInternals what Pyodide has and does not document
 * @property {{on_fatal?: (thrown: unknown) => void}} _api
 * @property {{enable_pyproxy_allocation_tracing(): void, pyproxy_alloc_map: Map<unknown, unknown>}} _module
 */

/**
 * @returns {Promise<Pyodide>} with NumPy, msgspec and micropip in its file system
 * @throws {ElexError} IO_ERROR: a file is missing or damaged
 */
export async function bootPyodide() {
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
    createPyodideModule,
    fsInit: (FS, { sitePackages }) => packages.then((files) => unpack(FS, sitePackages, files), () => {}),
  });
  const [pyodide] = await Promise.all([booted, packages]);
  // After a fatal error no call settles any more: the page must hear of it here.
  internals(pyodide)._api.on_fatal = (thrown) => postMessage({ fatal: String(thrown) });
  return pyodide;
}

/**
 * Count the Python objects that JavaScript holds, of those made since the first call (which starts the count).
 * @param {Pyodide} pyodide
 * @returns {number}
 */
export function liveProxies(pyodide) {
  const { _module: module } = internals(pyodide);
  module.enable_pyproxy_allocation_tracing();
  return module.pyproxy_alloc_map.size;
}

/** @param {Pyodide} pyodide */
function internals(pyodide) {
  return /** @type {PyodideInternals} */ (/** @type {unknown} */ (pyodide));
}
