/** Runs a Python program inside Pyodide on what dist/ ships, with the kernels as the app registers them. */
import { loadKernels } from "../worker/kernels/kernels.js";
import { DIST, startPyodide } from "./start.js";

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage({ value: await run(data) });
  } catch (thrown) {
    self.postMessage({ error: String(thrown instanceof Error ? thrown.stack : thrown) });
  }
});

/** @param {{program: string, argument: string}} job the program leaves its result as its last expression */
async function run({ program, argument }) {
  const begin = performance.now();
  const pyodide = await startPyodide();
  pyodide.registerJsModule("elex_host", { kernels: await loadKernels("auto", DIST), storage: null });
  pyodide.globals.set("argument", argument);
  pyodide.globals.set("started_ms", performance.now() - begin);
  return pyodide.runPythonAsync(program);
}
