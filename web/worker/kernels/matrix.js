/** Rows that stay in Rust memory; a search brings its query and takes home k indices and similarities. */
import { ElexError } from "../../shared/errors.js";
import { Resident } from "./instance.js";
import { borrow, checkWhole } from "./lending.js";

/** @typedef {import("./instance.js").Instance} Instance */

export class Matrix {
  /** @type {Resident<InstanceType<import("./instance.js").Glue["Matrix"]>>} */
  #resident;
  nRows;
  dimensions;
  sizeBytes;

  /**
   * Copy rows into memory, once.
   * @param {Instance} instance
   * @param {import("./lending.js").Lent<Float32Array>} rows row after row
   * @param {number} nRows
   * @param {number} dimensions
   * @throws {ElexError} VALIDATION_ERROR: not nRows × dimensions finite numbers; MEMORY_ERROR: no room
   */
  constructor(instance, rows, nRows, dimensions) {
    checkWhole("the number of rows", nRows, 0);
    checkWhole("the number of dimensions", dimensions, 1);
    this.nRows = nRows;
    this.dimensions = dimensions;
    this.#resident = new Resident(instance, "matrix", (glue) => new glue.Matrix(nRows, dimensions));
    try {
      this.sizeBytes = borrow(Float32Array, { rows }, (lent) => this.#fill(lent));
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  /** @param {Float32Array} rows */
  #fill(rows) {
    const { nRows, dimensions } = this;
    if (rows.length !== nRows * dimensions) {
      const problem = `${rows.length} numbers are not ${nRows} rows of ${dimensions}`;
      throw new ElexError("VALIDATION_ERROR", problem, "Give every row the same number of dimensions");
    }
    return this.#resident.use("loading a matrix", (matrix, instance) => {
      const stride = matrix.stride();
      const room = instance.view(Float32Array, matrix.rows(), nRows * stride);
      copyRows(rows, dimensions, room, stride);
      matrix.seal();
      return matrix.size_bytes();
    });
  }

  /**
   * @param {import("./lending.js").Lent<Float32Array>} query
   * @param {number} k
   * @returns {{indices: Uint32Array, scores: Float32Array}} copies, best first, at most k and nRows long
   * @throws {ElexError} VALIDATION_ERROR: another number of dimensions, not finite, or k < 1
   */
  topK(query, k) {
    checkWhole("k", k, 1);
    return borrow(Float32Array, { query }, (lent) => {
      if (lent.length !== this.dimensions) {
        const problem = `the query has ${lent.length} dimensions, the matrix ${this.dimensions}`;
        throw new ElexError("VALIDATION_ERROR", problem, "Use the embedding that the rows were made with");
      }
      return this.#resident.use("searching a matrix", (matrix, instance) => {
        instance.view(Float32Array, matrix.query(), lent.length).set(lent);
        const found = matrix.search(k);
        return {
          indices: instance.view(Uint32Array, matrix.indices(), found).slice(),
          scores: instance.view(Float32Array, matrix.scores(), found).slice(),
        };
      });
    });
  }

  /**
   * @param {import("./lending.js").Lent<Float32Array>} queries query after query
   * @param {number} k
   * @returns {{indices: Uint32Array, scores: Float32Array}} copies: of each query in turn what `topK` gives
   * @throws {ElexError} VALIDATION_ERROR: as `topK`; the problem names the query
   */
  topKMany(queries, k) {
    checkWhole("k", k, 1);
    return borrow(Float32Array, { queries }, (lent) => {
      const nQueries = lent.length / this.dimensions;
      if (!Number.isInteger(nQueries)) {
        const problem = `${lent.length} numbers are not queries of ${this.dimensions} dimensions`;
        throw new ElexError("VALIDATION_ERROR", problem, "Use the embedding that the rows were made with");
      }
      return this.#resident.use("searching a matrix", (matrix, instance) => {
        const room = instance.view(Float32Array, matrix.queries(nQueries), nQueries * matrix.stride());
        copyRows(lent, this.dimensions, room, matrix.stride());
        const found = matrix.search_many(k);
        return {
          indices: instance.view(Uint32Array, matrix.indices(), found).slice(),
          scores: instance.view(Float32Array, matrix.scores(), found).slice(),
        };
      });
    });
  }

  /** Free the rows; closing twice is harmless. */
  close() {
    this.#resident.close();
  }
}

/**
 * @param {Float32Array} rows
 * @param {number} dimensions
 * @param {Float32Array} room
 * @param {number} stride floats from one row to the next in `room`
 */
function copyRows(rows, dimensions, room, stride) {
  if (stride === dimensions) room.set(rows);
  else {
    for (let row = 0; row * dimensions < rows.length; row += 1) {
      room.set(rows.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
    }
  }
}
