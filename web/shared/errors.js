/** The one error of the SDK: a stable code, the problem, and what to do; the codes are those of errors.py. */

/**
 * @typedef {"INVALID_CONFIG" | "QUERY_FAILED" | "VALIDATION_ERROR" | "MEMORY_ERROR" | "SERIALIZATION_ERROR"
 *   | "IO_ERROR" | "NOT_FOUND" | "UNTRUSTED" | "UNSUPPORTED"} ErrorCode
 * @typedef {object} ErrorFields what crosses of an error from the worker
 * @property {string} code
 * @property {string} problem
 * @property {string} fix
 * @property {string} [phase] of the start
 * @property {ErrorKind | null} [kind]
 */

/**
 * What tells the errors of QUERY_FAILED apart, so that a retry never mends the wrong one: the thing is closed,
 * not ready yet, stopped by its caller, lost with the kernels' memory, or there is a bug.
 * @typedef {import("../messages.js").ErrorKind} ErrorKind
 */

/** @type {ReadonlySet<string>} */
export const CODES = new Set([
  "INVALID_CONFIG",
  "QUERY_FAILED",
  "VALIDATION_ERROR",
  "MEMORY_ERROR",
  "SERIALIZATION_ERROR",
  "IO_ERROR",
  "NOT_FOUND",
  "UNTRUSTED",
  "UNSUPPORTED",
]);

/** Every error that the SDK raises on purpose. An error loses nothing that was stored before it. */
export class ElexError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} problem what was wrong and where, with the value; no full stop at its end
   * @param {string} fix what to do about it; no full stop at its end
   * @param {ErrorKind | null} [kind] of QUERY_FAILED
   */
  constructor(code, problem, fix, kind = null) {
    super(`${code}: ${problem}. ${fix}.`);
    this.name = "ElexError";
    this.code = code;
    this.problem = problem;
    this.fix = fix;
    this.kind = kind;
    /** @type {string | undefined} the phase of the start in which it happened, where that is known */
    this.phase = undefined;
  }

  /**
   * Turn whatever was thrown into an ElexError; one that is already ours keeps its code.
   * @param {unknown} thrown
   * @param {ErrorCode} code for everything else (a DOMException has a numeric `code`, which is not ours)
   * @param {string} fix
   * @returns {ElexError}
   */
  static from(thrown, code, fix) {
    if (thrown instanceof ElexError) return thrown;
    const { name, message } = thrown instanceof Error ? thrown : { name: "Error", message: String(thrown) };
    const lines = message.trim().split("\n");
    // Of a Python traceback the last line says what happened.
    const line = name === "PythonError" ? lines.at(-1) : `${name}: ${lines[0]}`;
    return new ElexError(code, (line ?? name).replace(/\.$/, ""), fix);
  }

  /**
   * Rebuild an error from the plain fields that crossed from the worker.
   * @internal
   * @param {ErrorFields} fields
   */
  static revive({ code, problem, fix, phase, kind }) {
    const error = new ElexError(CODES.has(code) ? /** @type {ErrorCode} */ (code) : "QUERY_FAILED", problem, fix, kind);
    error.phase = phase;
    return error;
  }

  /** @returns {ErrorFields} what crosses to another thread */
  toJSON() {
    const { code, problem, fix, phase, kind } = this;
    return { code, problem, fix, phase, kind };
  }
}
