/** Other indexes for the browser, behind one face; `make` returns what holds the vectors. */

/** A peer that builds for longer is stopped, and the table says how far it came. */
const LIMIT_MS = 150_000;

/**
 * @typedef {{m: number, efConstruction: number, efSearch: number}} Settings
 * @typedef {{add(row: Float32Array, id: number): void, search(query: Float32Array, k: number): number[]}} Held
 * @typedef {{name: string, build(rows: any, n: number, settings: any): number, search(query: any, k: number): Uint32Array,
 *   bytes(): number, drop(): void}} Peer
 */

/**
 * Load every peer.
 * @param {URL} base where their packages are served from
 * @returns {Promise<Peer[]>}
 */
export async function loadPeers(base) {
  return [await hnswlib(base), await edgevec(base), await ruvector(base)];
}

/**
 * @param {string} name
 * @param {() => number} bytes of WebAssembly memory
 * @param {(n: number, dimensions: number, settings: Settings) => Held} make
 * @returns {Peer}
 */
function peer(name, bytes, make) {
  /** @type {Held | null} */
  let held = null;
  return {
    name,
    bytes,
    build(lent, n, settings) {
      const buffer = lent.getBuffer();
      try {
        const dimensions = buffer.data.length / n;
        held = make(n, dimensions, settings);
        const end = performance.now() + LIMIT_MS;
        for (let i = 0; i < n; i += 1) {
          if (performance.now() > end) return i;
          held.add(buffer.data.slice(i * dimensions, (i + 1) * dimensions), i);
        }
        return n;
      } finally {
        buffer.release();
      }
    },
    search(lent, k) {
      const buffer = lent.getBuffer();
      try {
        return Uint32Array.from(/** @type {Held} */ (held).search(buffer.data.slice(), k));
      } finally {
        buffer.release();
      }
    },
    drop() {
      held = null;
    },
  };
}

/** @param {URL} base */
async function hnswlib(base) {
  // It is compiled for a page and looks for one; this worker is all it gets.
  Object.assign(globalThis, { window: globalThis, document: { currentScript: null, title: "" } });
  const { loadHnswlib } = await import(new URL("hnswlib-wasm/dist/hnswlib.js", base).href);
  const library = await loadHnswlib();
  return peer("hnswlib-wasm", () => library.HEAPU8?.byteLength ?? 0, (n, dimensions, settings) => {
    const index = new library.HierarchicalNSW("cosine", dimensions, "");
    index.initIndex(n, settings.m, settings.efConstruction, 1);
    index.setEfSearch(settings.efSearch);
    return {
      add: (row, id) => index.addPoint(row, id, false),
      search: (query, k) => index.searchKnn(query, k, undefined).neighbors,
    };
  });
}

/** @param {URL} base */
async function edgevec(base) {
  const module = await import(new URL("edgevec/edgevec.js", base).href);
  const { memory } = await module.default();
  return peer("edgevec", () => memory.buffer.byteLength, (_n, dimensions, settings) => {
    const config = new module.EdgeVecConfig(dimensions);
    // Of unit vectors in the same order as by cosine; its own "cosine" puts the most different first.
    config.metric = "l2";
    config.m = settings.m;
    config.m0 = 2 * settings.m;
    config.ef_construction = settings.efConstruction;
    config.ef_search = settings.efSearch;
    const index = new module.EdgeVec(config);
    const ids = new Map();
    return {
      add: (row, id) => void ids.set(index.insert(row), id),
      search: (query, k) => index.search(query, k).map((/** @type {any} */ found) => ids.get(found.id)),
    };
  });
}

/** @param {URL} base */
async function ruvector(base) {
  const module = await import(new URL("@ruvector/edge/ruvector_edge.js", base).href);
  const { memory } = await module.default();
  return peer("@ruvector/edge", () => memory.buffer.byteLength, (_n, _dimensions, settings) => {
    const index = module.WasmHnswIndex.withParams(settings.m, settings.efConstruction);
    return {
      add: (row, id) => index.insert(String(id), row),
      search: (query, k) => index.search(query, k).map((/** @type {any} */ found) => Number(found.id ?? found[0])),
    };
  });
}
