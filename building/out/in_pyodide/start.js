/** Starts Pyodide on what dist/ ships, as the app's own worker does, for pages that measure and test inside it. */
import createPyodideModule from "../pyodide/pyodide.asm.js";
import { loadPyodide } from "../pyodide/pyodide.js";
import { readPack } from "../shared/pack.js";
import { unpack } from "../worker/unpack.js";

export const DIST = new URL("../", import.meta.url).href;

/**
 * @param {Record<string, unknown>} [options] more for loadPyodide
 * @returns {Promise<any>} Pyodide with all packages and the wheel; `elex_host` is the caller's to register
 */
export async function startPyodide(options = {}) {
  const { body } = await fetch(`${DIST}pyodide/packages.pack`);
  const packages = await readPack(/** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body));
  const pyodide = await loadPyodide({
    indexURL: `${DIST}pyodide/`,
    createPyodideModule,
    fsInit: async (/** @type {any} */ FS, /** @type {any} */ { sitePackages }) => unpack(FS, sitePackages, packages),
    ...options,
  });
  const { wheel } = await (await fetch(`${DIST}build.json`)).json();
  await pyodide.pyimport("micropip").install(DIST + wheel);
  return pyodide;
}
