/**
 * Arrays on loan: typed arrays as they are, Python buffers as views that live for one call.
 *
 * A NumPy array reaches JavaScript as a PyProxy. Its `getBuffer()` is a view of Pyodide's memory, which
 * dies when that memory grows: so it is taken, used and released within one call that runs no Python.
 */
import { ElexError } from "../../shared/errors.js";

/**
 * @typedef {Float32Array | Float64Array | Uint32Array | Uint8Array} Column
 * @typedef {{data: Column, c_contiguous: boolean, readonly: boolean, release(): void}} PythonBuffer
 * @typedef {{getBuffer(): PythonBuffer}} Lendable
 */

/**
 * What a kernel takes: a typed array, or a Python object with the buffer protocol.
 * @template {Column} T
 * @typedef {T | Lendable} Lent
 */

/** What Python and JavaScript call each kind of number. */
const DTYPES = new Map([
  ["Float32Array", "float32"],
  ["Float64Array", "float64"],
  ["Uint32Array", "uint32"],
  ["Uint8Array", "uint8"],
]);

/**
 * Run `work` with the borrowed arrays, and give every one back.
 * @template {Column} T
 * @template R
 * @param {{new (length: number): T, name: string}} kind what each array must be
 * @param {Record<string, Lent<T>>} sources by the name that an error message uses
 * @param {(...columns: T[]) => R} work must not keep a column nor call Python
 * @returns {R}
 * @throws {ElexError} VALIDATION_ERROR: another kind of array, or one with gaps
 */
export function borrow(kind, sources, work) {
  /** @type {PythonBuffer[]} */
  const buffers = [];
  try {
    const columns = Object.entries(sources).map(([name, source]) => {
      if (source instanceof kind) return source;
      if (ArrayBuffer.isView(source) || typeof source?.getBuffer !== "function") {
        throw wrongKind(name, source, kind);
      }
      const buffer = source.getBuffer();
      buffers.push(buffer);
      if (!(buffer.data instanceof kind)) throw wrongKind(name, buffer.data, kind);
      if (!buffer.c_contiguous) {
        throw new ElexError("VALIDATION_ERROR", `${name} has gaps in memory`, "Pass np.ascontiguousarray of it");
      }
      return buffer.data;
    });
    return work(...columns);
  } finally {
    for (const buffer of buffers) buffer.release();
  }
}

/**
 * @param {string} name
 * @param {unknown} found
 * @param {{name: string}} kind
 */
function wrongKind(name, found, kind) {
  const is = DTYPES.get(found?.constructor?.name ?? "") ?? found?.constructor?.name ?? String(found);
  const fix = `Pass ${kind.name}, or a NumPy array of ${DTYPES.get(kind.name)}`;
  return new ElexError("VALIDATION_ERROR", `${name} is ${is}`, fix);
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number} least
 * @param {number} most
 * @throws {ElexError} VALIDATION_ERROR: not a whole number in [least, most]
 */
export function checkWhole(name, value, least, most = 0xffff_ffff) {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new ElexError("VALIDATION_ERROR", `${name} is ${value}`, `Give a whole number from ${least} to ${most}`);
}

/**
 * @param {Record<string, {length: number}>} columns
 * @returns {number} their one length
 * @throws {ElexError} VALIDATION_ERROR: the lengths differ
 */
export function commonLength(columns) {
  const lengths = Object.values(columns).map((column) => column.length);
  if (lengths.every((length) => length === lengths[0])) return lengths[0];
  const found = Object.entries(columns).map(([name, column]) => `${name} ${column.length}`);
  throw new ElexError("VALIDATION_ERROR", `the lengths differ: ${found.join(", ")}`, "Give columns of one length");
}

/**
 * @param {string} name
 * @param {number} value
 * @throws {ElexError} VALIDATION_ERROR: outside [0, 1], or NaN
 */
export function checkRate(name, value) {
  if (value >= 0 && value <= 1) return;
  throw new ElexError("VALIDATION_ERROR", `${name} is ${value}`, "Give a number from 0 to 1");
}
