/** Vectors by id in Rust memory, found by cosine distance: the HNSW index and, while small, an exact scan. */
import { ElexError } from "../../shared/errors.js";
import { Resident } from "./instance.js";
import { borrow, checkWhole } from "./lending.js";

/**
 * @typedef {import("./instance.js").Instance} Instance
 * @typedef {InstanceType<import("./instance.js").Glue["Index"]>} Index
 * @typedef {import("./lending.js").Lent<Float32Array>} Lent32
 * @typedef {import("./lending.js").Lent<Uint32Array>} LentIds
 * @typedef {object} IndexOptions what an index is made with; the defaults are those of `IndexParameters` in py/elex_browser/kernels/base.py
 * @property {number} dimensions a multiple of 4
 * @property {number} m
 * @property {number} mMax0
 * @property {number} efConstruction
 * @property {number} efSearch
 * @property {number} seed
 * @property {boolean} int8
 * @property {number} exactUpTo
 */

/** Rows that are copied before they are added; the room for them counts as memory. */
const BLOCK_ROWS = 128;

export class VectorIndex {
  /** @type {Resident<Index>} */
  #resident;

  /**
   * @param {Instance} instance
   * @param {IndexOptions | Uint8Array} source settings of an empty index, or what `toBytes` gave
   * @throws {ElexError} VALIDATION_ERROR: settings that do not work; SERIALIZATION_ERROR: damaged bytes
   */
  constructor(instance, source) {
    this.#resident = new Resident(instance, "index", (glue) => {
      if (source instanceof Uint8Array) return glue.Index.from_bytes(source);
      const { dimensions, m, mMax0, efConstruction, efSearch, seed, int8, exactUpTo } = source;
      const numbers = { dimensions, m, mMax0, efConstruction, efSearch, seed, exactUpTo };
      for (const [name, value] of Object.entries(numbers)) checkWhole(name, value, 0);
      return new glue.Index(dimensions, m, mMax0, efConstruction, efSearch, seed, int8, exactUpTo);
    });
    this.dimensions = this.#resident.use("reading an index", (index) => index.dimensions());
  }

  get count() {
    return this.#resident.use("reading an index", (index) => index.count());
  }

  /** Whether searches walk a graph rather than scan. */
  get hasGraph() {
    return this.#resident.use("reading an index", (index) => index.has_graph());
  }

  /** @returns {number} bytes held, counted */
  memoryBytes() {
    return this.#resident.use("reading an index", (index) => index.memory_bytes());
  }

  /** @param {number} id */
  contains(id) {
    checkWhole("the id", id, 0);
    return this.#resident.use("reading an index", (index) => index.contains(id));
  }

  /**
   * Add rows, each under its id; a row replaces the one that has its id.
   * @param {LentIds} ids
   * @param {Lent32} rows row after row
   * @throws {ElexError} VALIDATION_ERROR: not as many rows as ids, or not finite; nothing is added then
   */
  add(ids, rows) {
    borrow(Uint32Array, { ids }, (lentIds) => borrow(Float32Array, { rows }, (lentRows) => {
      this.#checkSize(lentRows.length, lentIds.length);
      this.#resident.use("adding to an index", (index, instance) => {
        const n = lentIds.length;
        // Exact room for what is many; a few may take the doubling room that vectors grow by.
        if (8 * n >= index.count()) index.reserve(n);
        for (let first = 0; first < n; first += BLOCK_ROWS) {
          this.#lay(index, instance, lentIds, lentRows, first);
          index.check_rows(first);
          if (n <= BLOCK_ROWS) index.add();
        }
        if (n <= BLOCK_ROWS) return;
        for (let first = 0; first < n; first += BLOCK_ROWS) {
          this.#lay(index, instance, lentIds, lentRows, first);
          index.add();
        }
        index.compact();
      });
    }));
  }

  /**
   * @param {number} numbers
   * @param {number} n
   */
  #checkSize(numbers, n) {
    if (numbers === n * this.dimensions) return;
    const problem = `${numbers} numbers are not ${n} vectors of ${this.dimensions} dimensions`;
    throw new ElexError("VALIDATION_ERROR", problem, "Use the embedding that the index was made with");
  }

  /**
   * Lay up to BLOCK_ROWS rows and their ids where Rust reads them.
   * @param {Index} index
   * @param {Instance} instance
   * @param {Uint32Array} ids
   * @param {Float32Array} rows
   * @param {number} first
   */
  #lay(index, instance, ids, rows, first) {
    const n = Math.min(BLOCK_ROWS, ids.length - first);
    const [atIds, atRows, dimensions] = [index.ids(n), index.rows(n), this.dimensions];
    instance.view(Uint32Array, atIds, n).set(ids.subarray(first, first + n));
    const room = instance.view(Float32Array, atRows, n * dimensions);
    room.set(rows.subarray(first * dimensions, (first + n) * dimensions));
  }

  /**
   * @param {number} id
   * @returns {boolean} whether there was a vector of this id
   */
  remove(id) {
    checkWhole("the id", id, 0);
    return this.#resident.use("removing from an index", (index) => index.remove(id));
  }

  /**
   * @param {Lent32} query
   * @param {number} k
   * @param {number} [ef] candidates that are kept; 0 for the index's own
   * @param {LentIds | null} [allowed] the only ids that may be found
   * @returns {{ids: Uint32Array, distances: Float32Array}} copies, nearest first; distance = 1 - cosine
   */
  search(query, k, ef = 0, allowed = null) {
    checkWhole("k", k, 1);
    checkWhole("ef", ef, 0, 65_535);
    const among = allowed ?? new Uint32Array(0);
    return borrow(Float32Array, { query }, (lent) => borrow(Uint32Array, { allowed: among }, (lentIds) => {
      this.#checkSize(lent.length, 1);
      return this.#resident.use("searching an index", (index, instance) => {
        if (allowed) instance.view(Uint32Array, index.ids(lentIds.length), lentIds.length).set(lentIds);
        instance.view(Float32Array, index.rows(1), lent.length).set(lent);
        const found = index.search(k, ef, allowed !== null);
        return {
          ids: instance.view(Uint32Array, index.found_ids(), found).slice(),
          distances: instance.view(Float32Array, index.found_distances(), found).slice(),
        };
      });
    }));
  }

  /** Put neighbours side by side in memory and give back room; worth it after many changes. */
  compact() {
    this.#resident.use("compacting an index", (index) => index.compact());
  }

  /** @returns {Uint8Array} what the constructor takes, with version and checksum */
  toBytes() {
    return this.#resident.use("saving an index", (index) => index.to_bytes());
  }

  /** Free it; closing twice is harmless. */
  close() {
    this.#resident.close();
  }
}
