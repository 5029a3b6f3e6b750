/** The batch kernels for any page: they run in the shared worker, on WebAssembly, without Python. */
import { sharedConnection } from "./connection.js";
import { ElexError } from "../shared/errors.js";

/** @typedef {import("../messages.js").QUpdate} QUpdate */

/** Two kernels over columns of numbers; the arithmetic is that of the agents. */
export class EdgeBatch {
  /**
   * Find the k rows most similar to a query.
   * @param {Float32Array} query
   * @param {Float32Array[] | Float32Array} candidates rows of the query's length, one by one or end to end
   * @param {number} k
   * @returns {Promise<{index: number, score: number}[]>} cosine similarity, best first; equal ones by index
   * @throws {ElexError} VALIDATION_ERROR: lengths differ, a number is not finite, or k < 1
   */
  static async similaritySearch(query, candidates, k) {
    need(query instanceof Float32Array && query.length > 0, "query", query, "Pass a Float32Array with values in it");
    need(Number.isInteger(k) && k >= 1, "k", k, "Pass a whole number of at least 1");
    const rows = candidates instanceof Float32Array ? candidates : endToEnd(candidates, query.length);
    const isWhole = rows.length % query.length === 0;
    need(isWhole, "length of candidates", rows.length, `Pass rows of ${query.length} values, as many as the query has`);
    if (rows.length === 0) return [];
    return sharedConnection().call("batch.similaritySearch", { query, rows, k });
  }

  /**
   * Move many action values towards their targets (Sutton & Barto, 2nd ed., equation 6.8).
   * @param {QUpdate[]} updates an absent currentQ counts as 0
   * @param {number} alpha learning rate in [0, 1]
   * @param {number} gamma discount in [0, 1]
   * @returns {Promise<Float32Array>} the new values, in the order of the updates
   * @throws {ElexError} VALIDATION_ERROR: alpha, gamma or a number of an update is out of its range
   */
  static async batchQUpdate(updates, alpha, gamma) {
    need(Array.isArray(updates), "updates", updates, "Pass an array of updates");
    need(alpha >= 0 && alpha <= 1, "alpha", alpha, "Pass a number between 0 and 1");
    need(gamma >= 0 && gamma <= 1, "gamma", gamma, "Pass a number between 0 and 1");
    const rewards = column(updates, "reward");
    const nextMaxQ = column(updates, "nextMaxQ");
    const qValues = column(updates, "currentQ");
    return sharedConnection().call("batch.qUpdate", { qValues, rewards, nextMaxQ, alpha, gamma });
  }
}

/** @param {unknown} candidates @param {number} dimensions */
function endToEnd(candidates, dimensions) {
  need(Array.isArray(candidates), "candidates", candidates, "Pass a Float32Array, or an array of them");
  const list = /** @type {unknown[]} */ (candidates);
  const rows = new Float32Array(list.length * dimensions);
  list.forEach((row, i) => {
    const fits = row instanceof Float32Array && row.length === dimensions;
    need(fits, `candidate ${i}`, row, `Pass a Float32Array of ${dimensions} values, as many as the query has`);
    rows.set(/** @type {Float32Array} */ (row), i * dimensions);
  });
  return rows;
}

/** @param {QUpdate[]} updates @param {"reward" | "nextMaxQ" | "currentQ"} field */
function column(updates, field) {
  return Float32Array.from(updates, (update, i) => {
    const value = field === "currentQ" ? (update?.currentQ ?? 0) : update?.[field];
    need(Number.isFinite(value), `${field} of update ${i}`, value, "Pass a finite number");
    return value;
  });
}

/**
 * @param {boolean} holds
 * @param {string} name
 * @param {unknown} value
 * @param {string} fix
 */
function need(holds, name, value, fix) {
  if (holds) return;
  const shown = value instanceof Float32Array ? `a Float32Array of ${value.length}` : String(value).slice(0, 60);
  throw new ElexError("VALIDATION_ERROR", `${name} is ${shown}`, fix);
}
