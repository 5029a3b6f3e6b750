/**
 * Runs Python test files with pytest inside Pyodide, in a worker, on what dist/ ships.
 *
 * Kernels and storage are registered as in the app; `builds` holds both kernels and `openStorage` makes
 * databases, so that one conformance suite covers them.
 */
import { loadKernels } from "../kernels.js";
import createPyodideModule from "../pyodide/pyodide.asm.js";
import { loadPyodide } from "../pyodide/pyodide.js";
import { openStorage } from "../storage.js";

const DIST = new URL("../", self.location.href).href;
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
  const pack = await fetchPack();
  const pyodide = await loadPyodide({
    indexURL: `${DIST}pyodide/`,
    createPyodideModule,
    env: { HOME: "/home/pyodide", ...environment },
    fsInit: async (FS, { sitePackages }) => unpack(FS, sitePackages, pack),
  });
  pyodide.unpackArchive(await fetchBytes(`${HERE}pytest.zip`), "zip", { extractDir: SITE_PACKAGES });
  pyodide.unpackArchive(await fetchBytes(`${HERE}suite.zip`), "zip", { extractDir: "/suite" });
  await pyodide.pyimport("micropip").install(DIST + JSON.parse(await (await fetch(`${DIST}build.json`)).text()).wheel);
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

async function fetchPack() {
  const { body } = await fetch(`${DIST}pyodide/packages.pack`);
  const plain = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

function unpack(FS, folder, pack) {
  let at = 4 + new DataView(pack.buffer).getUint32(0, true);
  for (const [path, size] of JSON.parse(new TextDecoder().decode(pack.subarray(4, at)))) {
    const full = `${folder}/${path}`;
    FS.mkdirTree(full.slice(0, full.lastIndexOf("/")));
    FS.writeFile(full, pack.subarray(at, at + size));
    at += size;
  }
}
