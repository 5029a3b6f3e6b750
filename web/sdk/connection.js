/** The line between a page and its worker (Comlink): plain data crosses, errors come back as ElexError. */
import * as Comlink from "../vendor/comlink.js";
import { ElexError } from "../shared/errors.js";
import { WorkerLine } from "./worker-line.js";

/** Silence longer than this while starting means that something hangs; a slow line gets its time on top. */
const SILENCE_MS = 90_000;
const SLOWEST_BYTES_PER_MS = 50;
/** JSON nested thousands deep overruns the stack of the Python engine, and its call would never settle. */
const DEEPEST = 32;
/** A call open for longer than this is told of. */
const LONG_MS = 20_000;
const RELOAD = "Reload the page; what was acknowledged is stored";
const STARTS_ANEW = "Try again: it starts anew with all that was stored";
const INITIALISE = "Try again; an agent that stands alone needs initialize() first, and the table that was exported of it";
const ASK_AGAIN = "Try again; what was acknowledged is stored";

/**
 * @typedef {import("../messages.js").AgentEvent} AgentEvent
 * @typedef {import("../messages.js").StartResult} StartResult
 * @typedef {import("../shared/worker-interface.js").CallMethods} CallMethods
 * @typedef {import("../shared/methods.js").FileMethods} FileMethods
 * @typedef {import("../shared/worker-interface.js").NamedBlob} NamedBlob
 * @typedef {import("../shared/worker-interface.js").OnProgress} OnProgress
 * @typedef {import("../shared/worker-interface.js").Progress} Progress
 * @typedef {import("../shared/worker-interface.js").StartOptions} StartOptions
 * @typedef {{method: string, seconds: number}} Waiting a call that is open for so many seconds
 */

/** The way to the engine. It starts idle: kernels load with the first batch call, Python only with `start`. */
export class Connection {
  #line;
  #startsAnew;
  #isClosed = false;
  #nLong = 0;
  #nLoads = 0;
  /** @type {[StartOptions, OnProgress]} */
  #options = [{}, () => {}];
  /** @type {Promise<StartResult> | undefined} */
  #started;

  /** @type {(events: AgentEvent[]) => void} hears what happened to agents, before the call that tells it returns */
  onEvents = () => {};
  /** @type {(wait: Waiting | null) => void} hears of a call that takes long, and with null that none does any more */
  onWaiting = () => {};
  /** @type {(started: StartResult) => void} hears that the engine ended and was started anew */
  onRestart = () => {};

  /** @param {{startsAnew: boolean}} options whether a call starts the engine again, should it have ended */
  constructor({ startsAnew }) {
    this.#startsAnew = startsAnew;
    this.#line = new WorkerLine(startsAnew ? STARTS_ANEW : INITIALISE);
  }

  /** @returns {boolean} whether the engine has ended or was closed; of an engine that starts anew, the next call will */
  get isDead() {
    return this.#line.isEnded;
  }

  /**
   * Load Python and everything on it, once; a second call waits for the first, or tries again if it failed.
   * @param {StartOptions} options
   * @param {OnProgress} [onProgress]
   * @returns {Promise<StartResult>} the worker's account of itself
   */
  start(options, onProgress = () => {}) {
    this.#options = [options, onProgress];
    this.#started ??= this.#start(options, onProgress).catch((error) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  /** @param {StartOptions} options @param {OnProgress} onProgress */
  async #start(options, onProgress) {
    const line = this.#line;
    /** @type {Map<string, number>} */
    const missing = new Map();
    let timer = setTimeout(() => {});
    const wait = () => {
      clearTimeout(timer);
      const bytes = [...missing.values()].reduce((sum, size) => sum + size, 0);
      timer = setTimeout(() => line.end(hung(missing)), SILENCE_MS + bytes / SLOWEST_BYTES_PER_MS);
    };
    wait();
    try {
      const listener = Comlink.proxy((/** @type {Progress} */ progress) => {
        missing.set(progress.phase, progress.total - progress.done);
        wait();
        onProgress(progress);
      });
      return this.#value(await line.outcome(line.remote.start(options, listener)));
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Ask the worker. One that ended is started anew first, with what was stored.
   * @template {keyof CallMethods} Method
   * @param {Method} method
   * @param {CallMethods[Method]["params"]} params
   * @returns {Promise<CallMethods[Method]["result"]>}
   */
  async call(method, params) {
    if (isDeeper(params, DEEPEST)) {
      const problem = `The parameters of ${method} are nested deeper than ${DEEPEST} levels`;
      throw new ElexError("VALIDATION_ERROR", problem, "Pass the plain objects that the contract describes");
    }
    const line = await this.#running();
    const value = await this.#whileTold(method, async () => this.#value(await line.outcome(line.remote.call(method, params))));
    return /** @type {CallMethods[Method]["result"]} */ (value);
  }

  /**
   * Ask the worker to read files. They are not copied: the worker reads them piece by piece.
   * @template {keyof FileMethods} Method
   * @param {Method} method
   * @param {FileMethods[Method]["params"]} params
   * @param {NamedBlob[]} files
   * @param {{onProgress?: OnProgress, signal?: AbortSignal}} options
   * @returns {Promise<FileMethods[Method]["result"]>}
   */
  async load(method, params, files, { onProgress = () => {}, signal }) {
    const line = await this.#running();
    const id = ++this.#nLoads;
    const stop = () => void line.remote.stop(id);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      const pending = line.remote.load(id, method, params, files, Comlink.proxy(onProgress));
      if (signal?.aborted) stop();
      return /** @type {FileMethods[Method]["result"]} */ (this.#value(await line.outcome(pending)));
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** @returns {Promise<WorkerLine>} the line to an engine that runs; one that ended is started anew */
  async #running() {
    if (this.#line.isEnded && this.#startsAnew && !this.#isClosed) this.#startAnew();
    await this.#started;
    return this.#line;
  }

  /**
   * Tell when a call takes long. It may be at work all the same, so only the user may end it.
   * @template T
   * @param {string} method
   * @param {() => Promise<T>} work
   */
  async #whileTold(method, work) {
    let isLong = false;
    const tell = () => {
      isLong = true;
      this.#nLong += 1;
      this.onWaiting({ method, seconds: LONG_MS / 1000 });
    };
    const timer = setTimeout(tell, LONG_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (isLong) this.#nLong -= 1;
      if (isLong && this.#nLong === 0) this.onWaiting(null);
    }
  }

  /**
   * @template Value
   * @param {import("../shared/worker-interface.js").Outcome<Value>} outcome
   * @returns {Value}
   */
  #value({ value, error, events }) {
    if (events.length) this.onEvents(events);
    if (error) throw ElexError.revive(error);
    return /** @type {Value} */ (value);
  }

  /** End the engine, whatever it does, and start it anew; calls that wait are refused. */
  async restart() {
    if (this.#isClosed) throw closed();
    this.#line.end(new ElexError("QUERY_FAILED", "The engine was restarted while this call waited", ASK_AGAIN, "stopped"));
    this.#startAnew();
    await this.#started;
  }

  #startAnew() {
    const line = new WorkerLine(STARTS_ANEW);
    this.#line = line;
    this.#started = this.#start(...this.#options).then(
      (started) => {
        this.onRestart(started);
        return started;
      },
      (error) => {
        line.end(error); // the next call tries again
        throw error;
      },
    );
  }

  /** End the worker; calls that wait and calls that come are refused. */
  close() {
    this.#isClosed = true;
    this.#line.end(closed());
  }
}

/** @type {Connection | undefined} */
let shared;

/** @returns {Connection} the worker of stand-alone agents and of batches, opened when first needed */
export function sharedConnection() {
  if (!shared || shared.isDead) shared = new Connection({ startsAnew: false });
  return shared;
}

function closed() {
  return new ElexError("QUERY_FAILED", "This instance is closed", "Open a new one with openElex()", "closed");
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
