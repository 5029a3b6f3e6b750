/** What a worker has from a server, out of the files that the page hands it with its first message. */
import { readPack } from "dist/shared/pack.js";

const BASE = new URL("./", import.meta.url).href;
const TYPES = new Map([["js", "text/javascript"], ["json", "application/json"], ["wasm", "application/wasm"]]);
/** @type {PromiseWithResolvers<Map<string, Uint8Array<ArrayBuffer>>>} */
const files = Promise.withResolvers();

self.addEventListener("message", receive);
// Pyodide takes a worker that has this function for one that cannot import modules.
/** @type {any} */ (self).importScripts = () => {
  throw new Error("This worker imports modules only");
};
self.fetch = async (address) => answer(await files.promise, address instanceof Request ? address.url : String(address));
self.PerformanceObserver = /** @type {any} */ (
  class {
    /** @param {(list: {getEntries(): {name: string}[]}) => void} tell */
    constructor(tell) {
      this.observe = async () => {
        const names = [...(await files.promise).keys()].map((path) => ({ name: BASE + path }));
        tell({ getEntries: () => names });
      };
      this.disconnect = () => {};
    }
  }
);

/** @param {MessageEvent} message */
async function receive(message) {
  message.stopImmediatePropagation(); // the first one is not for the app
  self.removeEventListener("message", receive);
  try {
    files.resolve(await readPack(new Blob([message.data.packed]).stream()));
  } catch (thrown) {
    self.postMessage({ fatal: String(thrown) });
  }
}

/**
 * Answer as the server of dist/ would.
 * @param {Map<string, Uint8Array<ArrayBuffer>>} served
 * @param {string} address
 */
function answer(served, address) {
  const path = address.slice(BASE.length);
  const bytes = address.startsWith(BASE) ? served.get(path) : undefined;
  if (!bytes) return new Response("", { status: 404 });
  const type = TYPES.get(/** @type {string} */ (path.split(".").at(-1))) ?? "application/octet-stream";
  return new Response(bytes, { headers: { "Content-Type": type } });
}
