/**
 * The hot calls for Python: numbers cross, and arrays are named by where they lie in Pyodide's memory.
 *
 * Lending one NumPy array with `getBuffer()` takes longer than searching 600 rows; an address costs nothing. The
 * views live for one call, which runs no Python: nothing can move or free what they show. Results are written
 * to arrays that Python made, so nothing comes back but a count.
 */

/**
 * @typedef {import("../kernels.js").KernelHost} KernelHost
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {import("./vector_index.js").VectorIndex} VectorIndex
 * @typedef {import("./q_table.js").QTable} QTable
 */

export class HeapHost {
  #host;
  #module;

  /**
   * @param {KernelHost} host
   * @param {{HEAPU8: Uint8Array}} module Pyodide's; its views are made anew whenever its memory grows
   */
  constructor(host, module) {
    this.#host = host;
    this.#module = module;
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
   * @param {number} qValues
   * @param {number} rewards
   * @param {number} nextMaxQ
   * @param {number} alpha
   * @param {number} gamma
   * @param {number} out
   */
  qUpdate(n, qValues, rewards, nextMaxQ, alpha, gamma, out) {
    const [q, r, next, updated] = [qValues, rewards, nextMaxQ, out].map((at) => this.#view(Float32Array, at, n));
    this.#host.qUpdate(q, r, next, alpha, gamma, updated);
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
   * @param {number} out total, weighted total, maximum, count above, minimum
   */
  aggregate(n, values, weights, threshold, out) {
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
