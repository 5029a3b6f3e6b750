/** The batch methods of the SDK in the worker: on the kernels, without Python. */
import { ElexError } from "../shared/errors.js";

/** @typedef {import("../shared/worker-interface.js").WorkerMethods} WorkerMethods */
/** @typedef {import("./kernels/kernels.js").KernelHost} KernelHost */

/** @param {string} method */
export function isBatch(method) {
  return method.startsWith("batch.");
}

/**
 * @param {KernelHost} kernels
 * @param {string} method
 * @param {object} params as `WorkerMethods` says of the method
 */
export function runBatch(kernels, method, params) {
  if (method === "batch.similaritySearch") return similaritySearch(kernels, /** @type {Similarity} */ (params));
  if (method === "batch.qUpdate") return qUpdate(kernels, /** @type {QUpdates} */ (params));
  throw new ElexError("NOT_FOUND", `There is no method "${method}"`, "Use the methods of EdgeBatch");
}

/** @typedef {WorkerMethods["batch.similaritySearch"]["params"]} Similarity */
/** @typedef {WorkerMethods["batch.qUpdate"]["params"]} QUpdates */

/**
 * @param {KernelHost} kernels
 * @param {Similarity} params
 * @returns {WorkerMethods["batch.similaritySearch"]["result"]}
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
 * @param {QUpdates} params
 * @returns {WorkerMethods["batch.qUpdate"]["result"]}
 */
function qUpdate(kernels, { qValues, rewards, nextMaxQ, alpha, gamma }) {
  const out = new Float32Array(qValues.length);
  kernels.qUpdate(qValues, rewards, nextMaxQ, alpha, gamma, out);
  return out;
}
