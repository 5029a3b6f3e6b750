/**
 * One worker, from its making to its end, and how the page hears of every kind of end.
 *
 * A worker that the browser ends, or that ends itself, fires no event. It holds a lock as long as it lives
 * (W3C Web Locks API, section 2.1), and the page gets that lock only when the worker is gone.
 */
import * as Comlink from "../vendor/comlink.js";
import { ElexError } from "../shared/errors.js";
import { trusted } from "./trusted.js";

/** @typedef {import("../shared/worker-interface.js").WorkerInterface} WorkerInterface */

/** Its calls settle: with the worker's outcome, or with why the worker ended. */
export class WorkerLine {
  #worker;
  /** @type {Promise<never>} */
  #end;
  /** @type {(error: ElexError) => void} */
  #refuse = () => {};
  #isEnded = false;
  #fix;

  /** @param {string} fix what to do when it has ended */
  constructor(fix) {
    this.#fix = fix;
    const url = new URL("../worker/worker.js", import.meta.url);
    this.#worker = new Worker(trusted(url), { type: "module", name: "elex" });
    /** @type {Comlink.Remote<WorkerInterface>} */
    this.remote = Comlink.wrap(this.#worker);
    this.#end = new Promise((_, reject) => {
      this.#refuse = reject;
    });
    this.#end.catch(() => {}); // it is heard through race(); alone it is no failure
    this.#worker.addEventListener("error", ({ message }) => {
      if (message) return; // an error in a worker that runs: the call it belongs to tells of it
      const problem = `The worker ${url.pathname} could not be loaded`;
      this.end(new ElexError("UNSUPPORTED", problem, "Use a current browser, and serve the whole dist/ folder"));
    });
    this.#worker.addEventListener("messageerror", () => this.#lose("its reply could not be read"));
    this.#worker.addEventListener("message", ({ data }) => {
      if (data?.fatal) this.#lose(data.fatal);
    });
    void this.#awaitItsLock();
  }

  get isEnded() {
    return this.#isEnded;
  }

  /**
   * Wait for the worker, but not for longer than it lives.
   * @template Outcome
   * @param {Promise<Outcome>} pending
   * @returns {Promise<Outcome>}
   */
  outcome(pending) {
    return Promise.race([pending, this.#end]);
  }

  /**
   * End the worker; whoever waits for it, and whoever asks it later, gets the error.
   * @param {ElexError} error
   */
  end(error) {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#refuse(error);
    this.#worker.terminate();
  }

  async #awaitItsLock() {
    const name = `elex worker ${Date.now()} ${Math.random()}`; // randomUUID needs HTTPS or localhost
    if (await this.remote.hold(name)) await navigator.locks.request(name, () => this.#lose("its worker is gone"));
  }

  /** @param {string} reason */
  #lose(reason) {
    this.end(new ElexError("QUERY_FAILED", `The engine stopped: ${reason}`, this.#fix));
  }
}
