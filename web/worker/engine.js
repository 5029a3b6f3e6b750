/** Python in this worker: started once, then asked with text; what happened to agents meanwhile is kept to be told. */
import { ElexError } from "../shared/errors.js";
import { lentFiles } from "./lent-files.js";

/**
 * @typedef {import("../messages.js").AgentEvent} AgentEvent
 * @typedef {import("../messages.js").StartResult} StartResult
 * @typedef {import("../shared/worker-interface.js").NamedBlob} NamedBlob
 * @typedef {import("../shared/worker-interface.js").OnProgress} OnProgress
 * @typedef {import("../shared/worker-interface.js").StartOptions} StartOptions
 * @typedef {import("./lent-files.js").LentFile} LentFile
 * @typedef {import("./pyodide.js").Pyodide} Pyodide
 * @typedef {Promise<string> & {destroy?(): void}} Reply a Python future, which JavaScript must give back
 * @typedef {object} Runtime py/elex_browser/runtime.py
 * @property {(options: string, tell: (phase: string, done: number, total: number) => void) => Reply} start
 * @property {(request: string) => Reply} handle
 * @property {(request: string, files: LentFile[], watch: Watch) => Reply} load
 * @typedef {(done: number, total: number) => boolean} Watch hears how far files were read, and stops it with false
 */

/** @type {AgentEvent[]} what happened to agents and was not told yet */
let events = [];

/** @returns {AgentEvent[]} each of them once, in the order in which they happened */
export function takeEvents() {
  const taken = events;
  events = [];
  return taken;
}

export class Engine {
  #runtime;
  #lastId = 0;
  pyodide;
  started;

  /** @param {Pyodide} pyodide @param {Runtime} runtime @param {StartResult} started */
  constructor(pyodide, runtime, started) {
    this.#runtime = runtime;
    this.pyodide = pyodide;
    this.started = started;
  }

  /**
   * Open the instance in Python; `pyodide` has the wheel and the module `elex_host`.
   * @param {Pyodide} pyodide @param {StartOptions} options @param {OnProgress} onProgress
   */
  static async start(pyodide, options, onProgress) {
    // Kept as long as the worker lives: with it, Pyodide would destroy the functions taken from it.
    /** @type {Runtime} */
    const runtime = pyodide.pyimport("elex_browser.runtime");
    const pending = runtime.start(JSON.stringify(options), (_, done, total) => onProgress({ phase: "catalogue", done, total }));
    return new Engine(pyodide, runtime, /** @type {StartResult} */ (await result(pending)));
  }

  /** @param {string} method @param {object} params */
  handle(method, params) {
    return result(this.#runtime.handle(this.#request(method, params)));
  }

  /** @param {string} method @param {object} params @param {NamedBlob[]} files @param {Watch} watch */
  load(method, params, files, watch) {
    return result(this.#runtime.load(this.#request(method, params), lentFiles(files), watch));
  }

  /** @param {string} method @param {object} params */
  #request(method, params) {
    this.#lastId += 1;
    return JSON.stringify({ id: this.#lastId, method, params });
  }
}

/**
 * Wait for a reply of the router: its result, or its error thrown.
 * @param {Reply} pending
 * @returns {Promise<unknown>}
 */
async function result(pending) {
  try {
    const { result: value, error, events: happened = [] } = JSON.parse(await pending);
    events.push(...happened); // a call that fails can have changed an agent, too
    if (error) throw ElexError.revive(error);
    return value;
  } finally {
    pending.destroy?.();
  }
}
