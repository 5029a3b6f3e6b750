/** The worker of the one file: answers fetches from what it was given, then becomes the app's worker. */
const TYPES = { js: "text/javascript", json: "application/json", wasm: "application/wasm" };
/** What came before the app's worker listened. */
const early = [];

// Pyodide takes a worker that has this function for one that cannot import modules.
self.importScripts = () => {
  throw new Error("This worker imports modules only");
};

self.addEventListener("message", receive);

async function receive({ data, ports }) {
  if (!data.packed) {
    early.push({ data, ports });
    return;
  }
  try {
    await become(data.packed);
  } catch (thrown) {
    self.postMessage({ fatal: String(thrown) });
  }
}

/** @param {Uint8Array} packed */
async function become(packed) {
  const { files, worker } = await readPack(packed);
  const modules = makeModules(files, worker);
  self.fetch = async (address) => answer(files, String(address?.url ?? address));
  self.PerformanceObserver = class {
    constructor(tell) {
      this.observe = () => tell({ getEntries: () => [...files.keys()].map((path) => ({ name: ORIGIN + path })) });
      this.disconnect = () => {};
    }
  };
  self.elexImport = (address) => import(modules.get(address.slice(ORIGIN.length)));
  await import(modules.get("worker/worker.js"));
  self.removeEventListener("message", receive);
  for (const message of early) self.dispatchEvent(new MessageEvent("message", message));
}

/** Answer as the server of dist/ would. */
function answer(files, address) {
  const path = address.slice(ORIGIN.length);
  const bytes = address.startsWith(ORIGIN) ? files.get(path) : undefined;
  if (!bytes) return new Response("", { status: 404 });
  const type = TYPES[path.split(".").at(-1)] ?? "application/octet-stream";
  return new Response(bytes, { headers: { "Content-Type": type } });
}
