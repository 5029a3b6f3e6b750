/** Runs a Python file inside Pyodide on what dist/ ships, with the kernels as the app registers them. */
import { loadKernels } from "../kernels.js";
import createPyodideModule from "../pyodide/pyodide.asm.js";
import { loadPyodide } from "../pyodide/pyodide.js";

const DIST = new URL("../", self.location.href).href;
const HERE = new URL("./", self.location.href).href;

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage({ value: await run(data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown instanceof Error ? thrown.stack : thrown) });
  }
});

/** @param {{file: string, argument: string}} job */
async function run({ file, argument }) {
  const begin = performance.now();
  const pack = new Uint8Array(await fetchPlain(`${DIST}pyodide/packages.pack`));
  const pyodide = await loadPyodide({
    indexURL: `${DIST}pyodide/`,
    createPyodideModule,
    fsInit: async (/** @type {any} */ FS, /** @type {any} */ { sitePackages }) => unpack(FS, sitePackages, pack),
  });
  const { wheel } = await (await fetch(`${DIST}build.json`)).json();
  await pyodide.pyimport("micropip").install(DIST + wheel);
  pyodide.registerJsModule("elex_host", { kernels: await loadKernels("auto", DIST), storage: null });
  pyodide.globals.set("argument", argument);
  pyodide.globals.set("started_ms", performance.now() - begin);
  return pyodide.runPythonAsync(await (await fetch(`${HERE}${file}`)).text());
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
