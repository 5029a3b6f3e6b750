/** Runs a Python file inside Pyodide on what dist/ ships, with the kernels as the app registers them. */
import { loadKernels } from "../worker/kernels/kernels.js";
import { DIST, startPyodide } from "./start.js";

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
  const pyodide = await startPyodide();
  pyodide.registerJsModule("elex_host", { kernels: await loadKernels("auto", DIST), storage: null });
  pyodide.globals.set("argument", argument);
  pyodide.globals.set("started_ms", performance.now() - begin);
  return pyodide.runPythonAsync(await (await fetch(`${HERE}${file}`)).text());
}
