/**
 * Runs Python test files with pytest inside Pyodide, in a worker, on what dist/ ships.
 *
 * Kernels and storage are registered as in the app; `builds` holds both kernels and `openStorage` makes
 * databases, so that one conformance suite covers them.
 */
import { loadKernels } from "../worker/kernels/kernels.js";
import { DIST, startPyodide } from "../inside/start.js";
import { openStorage } from "../worker/storage.js";

const HERE = new URL("./", self.location.href).href;
const SITE_PACKAGES = "/lib/python3.14/site-packages";

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage({ value: await runTests(data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown instanceof Error ? thrown.stack : thrown) });
  }
});

async function runTests({ arguments: arguments_, environment }) {
  const pyodide = await startPyodide({ env: { HOME: "/home/pyodide", ...environment } });
  pyodide.unpackArchive(await fetchBytes(`${HERE}pytest.zip`), "zip", { extractDir: SITE_PACKAGES });
  pyodide.unpackArchive(await fetchBytes(`${HERE}suite.zip`), "zip", { extractDir: "/suite" });
  const builds = await Promise.all(["scalar", "simd"].map((build) => loadKernels(build, DIST)));
  const storage = await openStorage("tests");
  pyodide.registerJsModule("elex_host", { kernels: builds[1], storage, builds, openStorage });
  pyodide.globals.set("arguments", pyodide.toPy(arguments_));
  return pyodide.runPythonAsync(await (await fetch(`${HERE}runner.py`)).text());
}

async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
}
