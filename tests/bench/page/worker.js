/** Runs the benchmarks: Python in Pyodide, with the kernels of dist/ in both builds and the peers beside them. */
import { loadKernels } from "../worker/kernels/kernels.js";
import { DIST, startPyodide } from "../inside/start.js";
import { loadAlone } from "./alone.js";
import { loadPeers } from "./peers.js";

const HERE = new URL("./", self.location.href).href;

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage({ rows: await run(data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown instanceof Error ? thrown.stack : thrown) });
  }
});

/** @param {{files: string[], options: Record<string, any>}} job */
async function run({ files, options }) {
  const pyodide = await startPyodide();
  const builds = await Promise.all(["scalar", "simd"].map((build) => loadKernels(/** @type {any} */ (build), DIST)));
  const peers = options.peers ? await loadPeers(new URL("../peers/", HERE)) : [];
  const alone = options.alone.length ? await bothAlone() : null;
  const progress = (/** @type {string} */ text) => self.postMessage({ progress: text });
  pyodide.registerJsModule("elex_host", { kernels: builds[1], builds, alone, peers, progress, naiveTopK });
  pyodide.FS.mkdirTree("/bench/tests/bench");
  for (const file of files) {
    const text = await (await fetch(`${HERE}${file}`)).text();
    pyodide.FS.writeFile(`/bench/tests/bench/${file}`, text);
  }
  pyodide.runPython("import sys; sys.path.insert(0, '/bench')");
  pyodide.globals.set("options", JSON.stringify(options));
  return pyodide.runPythonAsync("from tests.bench.in_browser import run\nrun(options)");
}

async function bothAlone() {
  const [simd, scalar] = await Promise.all(["simd", "scalar"].map((build) => loadAlone(new URL(`alone-${build}.wasm`, HERE))));
  return { simd, scalar };
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
