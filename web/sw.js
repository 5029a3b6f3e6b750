/**
 * Offline: keeps every file of one build, checked against its hash, and serves all of them from there.
 *
 * W3C Service Workers. A new build is taken in beside the old one and waits until the page says "take over";
 * a file that is not as it was built ends the installation, and the old build stays.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const BUILD_ID = "__BUILD_ID__";
const SCOPE = worker.registration.scope;
const PREFIX = `elex ${SCOPE} `; // other folders of this origin keep their own builds
const CACHE = PREFIX + BUILD_ID;
/** What `build.py serve` sends, written here by the build; put on the answers of servers that send none. */
const HEADERS = { "__HEADERS__": "" };

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", ({ data }) => data === "take over" && worker.skipWaiting());
worker.addEventListener("fetch", (event) => {
  const isOurs = event.request.method === "GET" && event.request.url.startsWith(SCOPE);
  if (isOurs) event.respondWith(answer(event.request));
});

async function install() {
  const response = await fetch(`${SCOPE}build.json`, { cache: "no-store" });
  const build = await response.clone().json();
  if (build.buildId !== BUILD_ID) throw new Error(`build.json is of ${build.buildId}, this is ${BUILD_ID}`);
  const kept = await keptFiles();
  const cache = await caches.open(CACHE);
  try {
    for (const file of build.files) {
      const url = SCOPE + file.path;
      const old = kept.get(`${file.path} ${file.integrity}`);
      const found = (await old?.match(url)) ?? (await fetch(url, { integrity: file.integrity, cache: "no-cache" }));
      if (!found.ok) throw new Error(`${file.path} answered ${found.status}`);
      await cache.put(url, withHeaders(found));
    }
    await cache.put(`${SCOPE}build.json`, withHeaders(response));
  } catch (error) {
    await caches.delete(CACHE); // a part of a build is worth nothing
    throw error;
  }
}

/** @returns {Promise<Map<string, Cache>>} "path hash" to the older cache that holds that very file */
async function keptFiles() {
  /** @type {Map<string, Cache>} */
  const kept = new Map();
  for (const name of await ourCaches()) {
    const cache = await caches.open(name);
    const list = await cache.match(`${SCOPE}build.json`);
    const { files } = list ? await list.json() : { files: [] };
    for (const { path, integrity } of files) kept.set(`${path} ${integrity}`, cache);
  }
  return kept;
}

/** @param {Response} response */
function withHeaders(response) {
  if (Object.keys(HEADERS).every((name) => response.headers.has(name))) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** @param {Request} request */
async function answer(request) {
  const url = new URL(request.url);
  const path = url.origin + url.pathname;
  const cache = await caches.open(CACHE);
  const found = await cache.match(path === SCOPE ? `${SCOPE}index.html` : path);
  return found ?? fetch(request);
}

async function activate() {
  for (const name of await ourCaches()) if (name !== CACHE) await caches.delete(name);
  // A page that nobody serves would not hold the next version back.
  await worker.clients.claim();
}

async function ourCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}
