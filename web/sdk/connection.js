/** The line between a page and its worker (Comlink): plain data crosses, errors come back as ElexError. */
import * as Comlink from "../vendor/comlink.js";
import { ElexError } from "./errors.js";
import { trusted } from "./trusted.js";

/** Silence longer than this while starting means that something hangs; a slow line gets its time on top. */
const SILENCE_MS = 90_000;
const SLOWEST_BYTES_PER_MS = 50;
/** JSON nested thousands deep overruns the stack of the Python engine, and its call would never settle. */
const DEEPEST = 32;
const RELOAD = "Reload the page; what was acknowledged is stored";

/**
 * @typedef {{kernels?: "auto" | "simd" | "scalar", storage?: "indexeddb" | "memory", databaseName?: string,
 *   seed?: number}} StartOptions
 * @typedef {import("../downloads.js").Progress} Progress
 * @typedef {import("../messages.js").AgentEvent} AgentEvent
 * @typedef {{value?: unknown, error?: {code: string, problem: string, fix: string, phase?: string},
 *   events?: AgentEvent[]}} Outcome
 * @typedef {{start(options: StartOptions, onProgress: (progress: Progress) => void): Promise<Outcome>,
 *   call(method: string, params: unknown): Promise<Outcome>}} WorkerApi
 */

/** One worker. It starts idle: kernels load with the first batch call, Python only with `start`. */
export class Connection {
  #worker;
  #remote;
  /** @type {Promise<never>} rejects when the worker dies, and ends every call that waits */
  #death;
  /** @type {(error: ElexError) => void} */
  #die = () => {};
  #isDead = false;
  /** @type {Promise<unknown> | undefined} */
  #started;

  /** @type {(events: AgentEvent[]) => void} hears what happened to agents, before the call that tells it returns */
  onEvents = () => {};

  constructor() {
    const url = new URL("../worker.js", import.meta.url);
    this.#worker = new Worker(trusted(url), { type: "module", name: "elex" });
    /** @type {Comlink.Remote<WorkerApi>} */
    this.#remote = Comlink.wrap(this.#worker);
    this.#death = new Promise((_, reject) => {
      this.#die = (error) => {
        this.#isDead = true;
        reject(error);
      };
    });
    this.#death.catch(() => {}); // it is heard through race(); alone it is no failure
    this.#worker.addEventListener("error", ({ message }) => {
      if (message) return; // an error in a worker that runs: the call it belongs to tells of it
      const problem = `The worker ${url.pathname} could not be loaded`;
      this.#die(new ElexError("UNSUPPORTED", problem, "Use a current browser, and serve the whole dist/ folder"));
    });
  }

  /** @returns {boolean} whether the worker failed or was closed */
  get isDead() {
    return this.#isDead;
  }

  /**
   * Load Python and everything on it, once; a second call waits for the first, or tries again if it failed.
   * @param {StartOptions} options
   * @param {(progress: Progress) => void} [onProgress]
   * @returns {Promise<unknown>} the worker's account of itself
   */
  start(options, onProgress = () => {}) {
    this.#started ??= this.#start(options, onProgress).catch((error) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  /** @param {StartOptions} options @param {(progress: Progress) => void} onProgress */
  async #start(options, onProgress) {
    /** @type {Map<string, number>} */
    const missing = new Map();
    let timer = setTimeout(() => {});
    const wait = () => {
      clearTimeout(timer);
      const bytes = [...missing.values()].reduce((sum, size) => sum + size, 0);
      timer = setTimeout(() => this.#die(hung(missing)), SILENCE_MS + bytes / SLOWEST_BYTES_PER_MS);
    };
    wait();
    try {
      const listener = Comlink.proxy((/** @type {Progress} */ progress) => {
        missing.set(progress.phase, progress.total - progress.done);
        wait();
        onProgress(progress);
      });
      return await this.#settle(this.#remote.start(options, listener));
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Ask the worker.
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  async call(method, params = {}) {
    if (isDeeper(params, DEEPEST)) {
      const problem = `The parameters of ${method} are nested deeper than ${DEEPEST} levels`;
      throw new ElexError("VALIDATION_ERROR", problem, "Pass the plain objects that the contract describes");
    }
    return this.#settle(this.#remote.call(method, params));
  }

  /** @param {Promise<Outcome>} pending */
  async #settle(pending) {
    const { value, error, events } = await Promise.race([pending, this.#death]);
    if (events?.length) this.onEvents(events);
    if (error) throw ElexError.revive(error);
    return value;
  }

  /** End the worker; calls that wait and calls that come are refused. */
  close() {
    this.#die(new ElexError("QUERY_FAILED", "This instance is closed", "Open a new one with openElex()"));
    this.#worker.terminate();
  }
}

/** @type {Connection | undefined} */
let shared;

/** @returns {Connection} the worker of stand-alone agents and of batches, opened when first needed */
export function sharedConnection() {
  if (!shared || shared.isDead) shared = new Connection();
  return shared;
}

/** @param {Map<string, number>} missing bytes by phase */
function hung(missing) {
  const phase = [...missing].find(([, bytes]) => bytes > 0)?.[0] ?? "starting";
  const problem = `The engine did not start: nothing moved for ${SILENCE_MS / 1000} s (${phase})`;
  return new ElexError("UNSUPPORTED", problem, `Allow WebAssembly for this site ('wasm-unsafe-eval'), then ${RELOAD.toLowerCase()}`);
}

/** @param {unknown} value @param {number} levels @returns {boolean} */
function isDeeper(value, levels) {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
