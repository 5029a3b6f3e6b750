/** The batch methods of the SDK in the worker: on the kernels, without Python. */
import { ElexError } from "../shared/errors.js";

/** @typedef {import("./kernels/kernels.js").KernelHost} KernelHost */

/**
 * @param {KernelHost} kernels
 * @param {string} method
 * @param {any} params
 */
export function runBatch(kernels, method, params) {
  if (method === "batch.similaritySearch") return similaritySearch(kernels, params);
  if (method === "batch.qUpdate") return qUpdate(kernels, params);
  throw new ElexError("NOT_FOUND", `There is no method "${method}"`, "Use the methods of EdgeBatch");
}

/**
 * @param {KernelHost} kernels
 * @param {{query: Float32Array, rows: Float32Array, k: number}} params
 */
function similaritySearch(kernels, { query, rows, k }) {
  const matrix = kernels.matrix(rows, rows.length / query.length, query.length);
  try {
    const { indices, scores } = matrix.topK(query, k);
    return Array.from(indices, (index, rank) => ({ index, score: scores[rank] }));
  } finally {
    matrix.close();
  }
}

/**
 * @param {KernelHost} kernels
 * @param {{qValues: Float32Array, rewards: Float32Array, nextMaxQ: Float32Array, alpha: number, gamma: number}} params
 */
function qUpdate(kernels, { qValues, rewards, nextMaxQ, alpha, gamma }) {
  const out = new Float32Array(qValues.length);
  kernels.qUpdate(qValues, rewards, nextMaxQ, alpha, gamma, out);
  return out;
}
