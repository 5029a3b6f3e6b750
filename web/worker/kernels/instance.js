/**
 * One instance of the Rust module: its memory, its errors, and its restart after a trap.
 *
 * Core WebAssembly says that an instance may be used again after a trap, but Rust's objects may then be
 * half changed; so the instance is dropped with all it held, and a fresh one is made from the same module.
 */
import { CODES, ElexError } from "../../shared/errors.js";

/** Values per block: three columns of `f64` fit the second-level cache, and calls stay rare. */
export const BLOCK = 4096;

/**
 * What wasm-bindgen generates for rust-simd/crates/module; both builds have the same declarations.
 * @typedef {typeof import("../../wasm/simd/elex_kernels.js")} Glue
 * @typedef {InstanceType<Glue["Workspace"]>} Workspace
 */

/** Calls into Rust go through `call`; memory is seen through `view`. */
export class Instance {
  #glue;
  /** @type {WebAssembly.Memory} */
  #memory;
  /** @type {Workspace} */
  #workspace;
  #generation = 0;

  /** @param {Glue} glue initialised */
  constructor(glue) {
    this.#glue = glue;
    this.#memory = glue.wasm_memory();
    this.#workspace = new glue.Workspace(BLOCK);
  }

  /** Grows by one with every restart: what was made under another generation is gone. */
  get generation() {
    return this.#generation;
  }

  get memoryBytes() {
    return this.#memory.buffer.byteLength;
  }

  /**
   * Look at memory. The view dies with the next call into Rust that allocates: use it at once.
   * @template {import("./lending.js").Column} T
   * @param {{new (buffer: ArrayBuffer, offset: number, length: number): T}} kind
   * @param {number} offset
   * @param {number} length
   * @returns {T}
   */
  view(kind, offset, length) {
    return new kind(/** @type {ArrayBuffer} */ (this.#memory.buffer), offset, length);
  }

  /**
   * Call into Rust; every failure comes out as an ElexError, and after a trap the instance is fresh.
   * @template R
   * @param {string} doing what an error message says was being done
   * @param {(glue: Glue, workspace: Workspace) => R} work
   * @returns {R}
   */
  call(doing, work) {
    try {
      return work(this.#glue, this.#workspace);
    } catch (thrown) {
      throw this.#translate(doing, thrown);
    }
  }

  /**
   * @param {string} doing
   * @param {unknown} thrown
   * @returns {ElexError}
   */
  #translate(doing, thrown) {
    if (thrown instanceof ElexError) return thrown;
    if (thrown instanceof WebAssembly.RuntimeError || isStackOverflow(thrown)) {
      this.#restart();
      const problem = `the kernels stopped while ${doing}: ${/** @type {Error} */ (thrown).message}`;
      return new ElexError("QUERY_FAILED", problem, "Build the indexes in memory again and repeat the call", "kernel_lost");
    }
    if (thrown instanceof RangeError) {
      return new ElexError("MEMORY_ERROR", `no room while ${doing}: ${thrown.message}`, "Close what is not used");
    }
    const fields = /** @type {{code?: unknown, problem?: unknown, fix?: unknown}} */ (thrown);
    if (typeof fields?.code === "string" && CODES.has(fields.code)) {
      return ElexError.revive({ code: fields.code, problem: String(fields.problem), fix: String(fields.fix) });
    }
    return ElexError.from(thrown, "QUERY_FAILED", `Report it: it happened while ${doing}`);
  }

  #restart() {
    this.#glue.__wbg_reset_state();
    this.#generation += 1;
    this.#memory = this.#glue.wasm_memory();
    this.#workspace = new this.#glue.Workspace(BLOCK);
  }
}

/** @param {unknown} thrown */
function isStackOverflow(thrown) {
  return thrown instanceof RangeError && /call stack/i.test(thrown.message);
}

/**
 * Something that lives in Rust memory until it is closed, or until a trap takes it along.
 * @template {{free(): void}} T
 */
export class Resident {
  #instance;
  #generation;
  /** @type {T | null} */
  #object;
  #what;

  /**
   * @param {Instance} instance
   * @param {string} what its name in error messages
   * @param {(glue: Glue) => T} make
   */
  constructor(instance, what, make) {
    this.#instance = instance;
    this.#what = what;
    this.#object = instance.call(`making a ${what}`, make);
    this.#generation = instance.generation;
  }

  /**
   * @template R
   * @param {string} doing
   * @param {(object: T, instance: Instance) => R} work
   * @returns {R}
   */
  use(doing, work) {
    const object = this.#object;
    if (object === null) {
      throw new ElexError("QUERY_FAILED", `the ${this.#what} is closed`, `Make a new ${this.#what}`, "closed");
    }
    if (this.#generation !== this.#instance.generation) {
      throw new ElexError("QUERY_FAILED", `the ${this.#what} was lost when the kernels stopped`, "Build it again", "kernel_lost");
    }
    return this.#instance.call(doing, () => work(object, this.#instance));
  }

  /** Free it; closing twice is harmless. */
  close() {
    const object = this.#object;
    this.#object = null;
    if (object !== null && this.#generation === this.#instance.generation) object.free();
  }
}
