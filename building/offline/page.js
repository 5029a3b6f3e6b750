/** The page of the one file: unpacks what it carries, and makes workers of it where the app asks for one. */
// As on the served page there is a promise from the first moment on; app.js puts its own in its place.
const opened = Promise.withResolvers();
window.elex = opened.promise;
opened.promise.catch(() => {}); // the page says it; a promise that nobody awaits is no second failure
try {
  await open();
  opened.resolve(window.elex);
} catch (thrown) {
  const main = document.getElementById("main");
  main.textContent = `ELEX could not start in this browser (${thrown}). Use a current one, or serve dist/ instead.`;
  opened.reject(thrown);
}

async function open() {
  const text = document.getElementById("files").textContent;
  const packed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  document.getElementById("files").remove();
  const { files, page } = await readPack(packed);
  const policy = globalThis.trustedTypes?.createPolicy("elex-single-file", { createScriptURL: (url) => url });
  const workerUrl = URL.createObjectURL(new Blob([files.get("offline-worker.js")], { type: "text/javascript" }));

  // Module workers do not start from file://, so it is a classic one, which is told the files first.
  globalThis.Worker = class extends Worker {
    constructor(_, { name }) {
      super(policy?.createScriptURL(workerUrl) ?? workerUrl, { name });
      this.postMessage({ packed });
    }
  };

  const modules = makeModules(files, page);
  await import(modules.get("ui/frame/theme.js"));
  await import(modules.get("app.js"));
}
