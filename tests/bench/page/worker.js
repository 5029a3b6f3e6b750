/** Runs the benchmarks: Python in Pyodide, with the kernels of dist/ in both builds and the peers beside them. */
import { loadKernels } from "../kernels.js";
import createPyodideModule from "../pyodide/pyodide.asm.js";
import { loadPyodide } from "../pyodide/pyodide.js";
import { loadPeers } from "./peers.js";

const DIST = new URL("../", self.location.href).href;
const HERE = new URL("./", self.location.href).href;

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage({ rows: await run(data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown instanceof Error ? thrown.stack : thrown) });
  }
});

/** @param {{files: string[], options: Record<string, unknown>}} job */
async function run({ files, options }) {
  const pack = new Uint8Array(await fetchPlain(`${DIST}pyodide/packages.pack`));
  const pyodide = await loadPyodide({
    indexURL: `${DIST}pyodide/`,
    createPyodideModule,
    fsInit: async (/** @type {any} */ FS, /** @type {any} */ { sitePackages }) => unpack(FS, sitePackages, pack),
  });
  const { wheel } = await (await fetch(`${DIST}build.json`)).json();
  await pyodide.pyimport("micropip").install(DIST + wheel);
  const builds = await Promise.all(["scalar", "simd"].map((build) => loadKernels(/** @type {any} */ (build), DIST)));
  const peers = options.peers ? await loadPeers(new URL("../peers/", HERE)) : [];
  const progress = (/** @type {string} */ text) => self.postMessage({ progress: text });
  pyodide.registerJsModule("elex_host", { kernels: builds[1], builds, peers, progress, naiveTopK });
  pyodide.FS.mkdirTree("/bench/tests/bench");
  for (const file of files) {
    const text = await (await fetch(`${HERE}${file}`)).text();
    pyodide.FS.writeFile(`/bench/tests/bench/${file}`, text);
  }
  pyodide.runPython("import sys; sys.path.insert(0, '/bench')");
  pyodide.globals.set("options", JSON.stringify(options));
  return pyodide.runPythonAsync("from tests.bench.in_browser import run\nrun(options)");
}

/**
 * What anyone would write: one sum, one number after the other.
 * @param {any} rows lent by Python
 * @param {any} query
 * @param {number} k
 */
function naiveTopK(rows, query, k) {
  const [matrix, vector] = [rows.getBuffer(), query.getBuffer()];
  try {
    const [data, q] = [matrix.data, vector.data];
    const dimensions = q.length;
    const scored = [];
    for (let at = 0, row = 0; at < data.length; row += 1) {
      let [dot, squares] = [0, 0];
      for (let i = 0; i < dimensions; i += 1, at += 1) {
        dot += data[at] * q[i];
        squares += data[at] * data[at];
      }
      scored.push({ row, score: dot / Math.sqrt(squares) });
    }
    scored.sort((a, b) => b.score - a.score);
    return Uint32Array.from(scored.slice(0, k), ({ row }) => row);
  } finally {
    matrix.release();
    vector.release();
  }
}

/** @param {string} url */
async function fetchPlain(url) {
  const { body } = await fetch(url);
  return new Response(/** @type {ReadableStream} */ (body).pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
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
