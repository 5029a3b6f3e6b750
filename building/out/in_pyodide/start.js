/** Starts Pyodide on what dist/ ships, as the app's own worker does, for pages that measure and test inside it. */
import createPyodideModule from "../pyodide/pyodide.asm.js";
import { loadPyodide } from "../pyodide/pyodide.js";

export const DIST = new URL("../", import.meta.url).href;

/**
 * @param {Record<string, unknown>} [options] more for loadPyodide
 * @returns {Promise<any>} Pyodide with all packages and the wheel; `elex_host` is the caller's to register
 */
export async function startPyodide(options = {}) {
  const pack = new Uint8Array(await fetchPlain(`${DIST}pyodide/packages.pack`));
  const pyodide = await loadPyodide({
    indexURL: `${DIST}pyodide/`,
    createPyodideModule,
    fsInit: async (/** @type {any} */ FS, /** @type {any} */ { sitePackages }) => unpack(FS, sitePackages, pack),
    ...options,
  });
  const { wheel } = await (await fetch(`${DIST}build.json`)).json();
  await pyodide.pyimport("micropip").install(DIST + wheel);
  return pyodide;
}

/** @param {string} url */
async function fetchPlain(url) {
  const { body } = await fetch(url);
  const plain = /** @type {ReadableStream} */ (body).pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).arrayBuffer();
}

/**
 * @param {any} FS
 * @param {string} folder
 * @param {Uint8Array} pack
 */
function unpack(FS, folder, pack) {
  let at = 4 + new DataView(pack.buffer).getUint32(0, true);
  for (const [path, size] of JSON.parse(new TextDecoder().decode(pack.subarray(4, at)))) {
    const full = `${folder}/${path}`;
    FS.mkdirTree(full.slice(0, full.lastIndexOf("/")));
    FS.writeFile(full, pack.subarray(at, at + size));
    at += size;
  }
}
