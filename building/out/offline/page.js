/** The page of the one file: unpacks what it carries, and makes workers of it where the app asks for one. */
import "dist/ui/frame/theme.js";
import { readPack } from "dist/shared/pack.js";

// As on the served page there is a promise from the first moment on; app.js puts its own in its place.
const opened = Promise.withResolvers();
/** @type {any} */ (window).elex = opened.promise;
opened.promise.catch(() => {}); // the page says it; a promise that nobody awaits is no second failure
try {
  await open();
  opened.resolve(/** @type {any} */ (window).elex);
} catch (thrown) {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  main.textContent = `ELEX could not start in this browser (${thrown}). Use a current one, or serve dist/ instead.`;
  opened.reject(thrown);
}

async function open() {
  const carrier = /** @type {HTMLElement} */ (document.getElementById("files"));
  const text = /** @type {string} */ (carrier.textContent);
  const packed = /** @type {any} */ (Uint8Array).fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  carrier.remove();
  const script = /** @type {BlobPart} */ ((await readPack(new Blob([packed]).stream())).get("offline-worker.js"));
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("elex-single-file", {
    createScriptURL: (/** @type {string} */ url) => url,
  });
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));

  // Module workers do not start from file://, so it is a classic one, which is told the files first.
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} _ @param {WorkerOptions} [options] */
    constructor(_, options) {
      super(policy?.createScriptURL(url) ?? url, { name: options?.name });
      this.postMessage({ packed });
    }
  };
  await import("dist/app.js");
}
