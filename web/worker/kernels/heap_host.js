/**
 * The hot calls for Python: numbers cross, and arrays are named by where they lie in Pyodide's memory.
 *
 * Lending one NumPy array with `getBuffer()` takes longer than searching 600 rows; an address costs nothing. The
 * views live for one call, which runs no Python: nothing can move or free what they show. Results are written
 * to arrays that Python made, so nothing comes back but a count.
 *
 * Columns are not even copied: `in_place.wasm` imports Pyodide's memory and reads them where they lie. Where a
 * Pyodide does not let go of its memory, the same kernels run over copies.
 */

import { checkRate } from "./lending.js";

/**
 * @typedef {import("./kernels.js").KernelHost} KernelHost
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {import("./vector_index.js").VectorIndex} VectorIndex
 * @typedef {import("./q_table.js").QTable} QTable
 * @typedef {object} PyodideModule what is used of `pyodide._module`
 * @property {Uint8Array} HEAPU8 made anew whenever the memory grows
 * @property {{loadedLibsByName?: Record<string, {exports?: {memory?: unknown}} | undefined>}} [LDSO]
 * @typedef {object} InPlace rust-simd/crates/in_place
 * @property {(n: number, q: number, r: number, next: number, alpha: number, gamma: number) => void} q_update
 * @property {(n: number, v: number, low: number, high: number, bits: number) => number} check_ranges
 * @property {(n: number, v: number, w: number, threshold: number, state: number, out: number) => void} aggregate
 * @property {() => number} aggregate_bytes
 */

export class HeapHost {
  #host;
  #module;
  #inPlace;

  /**
   * @param {KernelHost} host
   * @param {WebAssembly.Module} inPlace
   * @param {PyodideModule} module
   */
  constructor(host, inPlace, module) {
    this.#host = host;
    this.#module = module;
    const memory = module.LDSO?.loadedLibsByName?.__main__?.exports?.memory;
    this.#inPlace = memory instanceof WebAssembly.Memory && memory.buffer === module.HEAPU8.buffer
      ? /** @type {InPlace} */ (/** @type {unknown} */ (new WebAssembly.Instance(inPlace, { env: { memory } }).exports))
      : null;
  }

  /** Bytes that `aggregate` needs as room for its sums. */
  get aggregateBytes() {
    return this.#inPlace?.aggregate_bytes() ?? 0;
  }

  /**
   * @template {import("./lending.js").Column} T
   * @param {{new (buffer: ArrayBuffer, offset: number, length: number): T}} kind
   * @param {number} address
   * @param {number} length
   */
  #view(kind, address, length) {
    // An array without numbers may lie anywhere, also where no view may begin.
    if (length === 0) return new kind(new ArrayBuffer(0), 0, 0);
    return new kind(/** @type {ArrayBuffer} */ (this.#module.HEAPU8.buffer), address, length);
  }

  /**
   * @param {number} n
   * @param {number} qValues become the updated ones
   * @param {number} rewards
   * @param {number} nextMaxQ
   * @param {number} alpha
   * @param {number} gamma
   */
  qUpdate(n, qValues, rewards, nextMaxQ, alpha, gamma) {
    checkRate("alpha", alpha);
    checkRate("gamma", gamma);
    if (this.#inPlace) return this.#inPlace.q_update(n, qValues, rewards, nextMaxQ, alpha, gamma);
    const [q, r, next] = [qValues, rewards, nextMaxQ].map((at) => this.#view(Float32Array, at, n));
    this.#host.qUpdate(q, r, next, alpha, gamma, q);
  }

  /**
   * @param {number} n
   * @param {number} values
   * @param {number} minima
   * @param {number} maxima
   * @param {number} out bits, one byte per eight values
   * @returns {number} how many are invalid
   */
  checkRanges(n, values, minima, maxima, out) {
    if (this.#inPlace) return this.#inPlace.check_ranges(n, values, minima, maxima, out) >>> 0;
    const [v, low, high] = [values, minima, maxima].map((at) => this.#view(Float64Array, at, n));
    const { bits, nInvalid } = this.#host.checkRanges(v, low, high);
    this.#view(Uint8Array, out, bits.length).set(bits);
    return nInvalid;
  }

  /**
   * @param {number} n
   * @param {number} values
   * @param {number} nAllowed
   * @param {number} allowed
   * @param {number} out bits, one byte per eight values
   * @returns {number} how many are invalid
   */
  checkMembers(n, values, nAllowed, allowed, out) {
    const members = this.#view(Float64Array, allowed, nAllowed);
    const { bits, nInvalid } = this.#host.checkMembers(this.#view(Float64Array, values, n), members);
    this.#view(Uint8Array, out, bits.length).set(bits);
    return nInvalid;
  }

  /**
   * @param {number} n
   * @param {number} values
   * @param {number} weights
   * @param {number} threshold
   * @param {number} state room of `aggregateBytes`
   * @param {number} out total, weighted total, maximum, count above, minimum
   */
  aggregate(n, values, weights, threshold, state, out) {
    if (this.#inPlace) return this.#inPlace.aggregate(n, values, weights, threshold, state, out);
    const [v, w] = [values, weights].map((at) => this.#view(Float64Array, at, n));
    const found = this.#host.aggregate(v, w, threshold);
    const { total, weightedTotal, maximum, countAbove, minimum } = found;
    this.#view(Float64Array, out, 5).set([total, weightedTotal, maximum, countAbove, minimum]);
  }

  /**
   * @param {Matrix} matrix
   * @param {number} query
   * @param {number} k
   * @param {number} indices room for k
   * @param {number} scores room for k
   * @returns {number} how many were found
   */
  topK(matrix, query, k, indices, scores) {
    const found = matrix.topK(this.#view(Float32Array, query, matrix.dimensions), k);
    this.#view(Uint32Array, indices, found.indices.length).set(found.indices);
    this.#view(Float32Array, scores, found.scores.length).set(found.scores);
    return found.indices.length;
  }

  /**
   * @param {VectorIndex} index
   * @param {number} query
   * @param {number} k
   * @param {number} ef
   * @param {number} ids room for k
   * @param {number} distances room for k
   * @returns {number} how many were found
   */
  search(index, query, k, ef, ids, distances) {
    const found = index.search(this.#view(Float32Array, query, index.dimensions), k, ef);
    this.#view(Uint32Array, ids, found.ids.length).set(found.ids);
    this.#view(Float32Array, distances, found.distances.length).set(found.distances);
    return found.ids.length;
  }

  /**
   * @param {QTable} table
   * @param {number} n
   * @param {number} states
   * @param {number} actions
   * @param {number} rewards
   * @param {number} nextStates
   * @param {number} alpha
   * @param {number} gamma
   * @param {number} now
   * @param {number} out td_errors
   */
  update(table, n, states, actions, rewards, nextStates, alpha, gamma, now, out) {
    const [s, a, next] = [states, actions, nextStates].map((at) => this.#view(Uint32Array, at, n));
    const tdErrors = table.update(s, a, this.#view(Float32Array, rewards, n), next, alpha, gamma, now);
    this.#view(Float32Array, out, n).set(tdErrors);
  }
}
