/**
 * The SDK: everything a page needs of ELEX Browser. All calls run in a worker, on this device; no request
 * leaves the origin.
 */
import { Connection, sharedConnection } from "./sdk/connection.js";
import { bindAgent } from "./sdk/edge-agent.js";
import { ElexError } from "./shared/errors.js";
import { simdAvailable } from "./shared/simd.js";
import { VERSION } from "./sdk/version.js";

export { EdgeAgent } from "./sdk/edge-agent.js";
export { EdgeBatch } from "./sdk/edge-batch.js";
export { ElexError };
export { simdAvailable };

/**
 * @typedef {import("./messages.js").ActivationSteps} ActivationSteps
 * @typedef {import("./messages.js").AgentEvent} AgentEvent
 * @typedef {import("./messages.js").AgentFilter} AgentFilter
 * @typedef {import("./messages.js").AgentSummary} AgentSummary
 * @typedef {import("./messages.js").ConfigurationReport} ConfigurationReport
 * @typedef {import("./messages.js").EpisodeStats} EpisodeStats
 * @typedef {import("./messages.js").FeatureConflicts} FeatureConflicts
 * @typedef {import("./messages.js").Feedback} Feedback
 * @typedef {import("./messages.js").KpiOptions} KpiOptions
 * @typedef {import("./messages.js").KpiSeries} KpiSeries
 * @typedef {import("./messages.js").LearningUpdate} LearningUpdate
 * @typedef {import("./messages.js").MeasurementReport} MeasurementReport
 * @typedef {import("./messages.js").MemoryStats} MemoryStats
 * @typedef {import("./messages.js").ModelReport} ModelReport
 * @typedef {import("./messages.js").Query} Query
 * @typedef {import("./messages.js").QueryResponse} QueryResponse
 * @typedef {import("./messages.js").RegistryStats} RegistryStats
 * @typedef {import("./messages.js").Route} Route
 * @typedef {import("./messages.js").StartResult} StartResult
 * @typedef {import("./messages.js").StorageStats} StorageStats
 * @typedef {import("./shared/worker-interface.js").Progress} Progress
 * @typedef {import("./sdk/connection.js").Waiting} Waiting
 */

/**
 * @typedef {object} OpenOptions
 * @property {(progress: Progress) => void} [onProgress] hears of every phase of the start; bytes where known, else steps
 * @property {"auto" | "simd" | "scalar"} [kernels] default "auto": what the browser supports
 * @property {"indexeddb" | "memory"} [storage] default "indexeddb"
 * @property {string} [databaseName] default "elex"
 * @property {number} [seed] makes exploration reproducible
 * @property {number} [maxEpisodes] how many rated questions are kept at most, default 2000
 */

/**
 * @typedef {object} LoadOptions
 * @property {(progress: Progress) => void} [onProgress] hears how many bytes of all files were read
 * @property {AbortSignal} [signal] stops the loading; nothing of the files is kept then
 */

/** @type {Elex | undefined} the instance that memoryStats() speaks of */
let latest;

/**
 * Load the engine and all agents, and restore what was learnt on this device.
 * @param {OpenOptions} [options]
 * @returns {Promise<Elex>}
 * @throws {ElexError} UNSUPPORTED: no WebAssembly; IO_ERROR: a file is missing, or IndexedDB is refused
 */
export async function openElex({ onProgress, ...options } = {}) {
  const connection = new Connection({ startsAnew: true });
  try {
    const started = await connection.start(options, onProgress);
    latest = new Elex(connection, started);
    return latest;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * All agents of the catalogue, their learning, and the way to ask them. Made by openElex(). It fires
 * "agentstatus" for every change of an agent's status, before the call returns in which it happened;
 * "waiting" for a call that takes longer than 20 s, with detail null once none does any more; and "restart"
 * when the engine had ended and was started anew, by the next call or by restart().
 */
export class Elex extends EventTarget {
  #connection;

  /** @internal @param {Connection} connection @param {StartResult} started */
  constructor(connection, started) {
    super();
    this.#connection = connection;
    /** What was started: version, kernels in use, storage, agents, restored and damaged records. */
    this.started = Object.freeze(started);
    connection.onEvents = (events) => {
      for (const detail of events) this.dispatchEvent(new CustomEvent("agentstatus", { detail }));
    };
    connection.onWaiting = (detail) => this.dispatchEvent(new CustomEvent("waiting", { detail }));
    connection.onRestart = (again) => {
      this.started = Object.freeze(again);
      this.dispatchEvent(new CustomEvent("restart", { detail: this.started }));
    };
  }

  /**
   * Hear of changes of status: `event.detail` says which agent, from what to what, and why.
   * @overload
   * @param {"agentstatus"} type
   * @param {((event: CustomEvent<AgentEvent>) => void) | null} listener
   * @param {boolean | AddEventListenerOptions} [options] a `signal` in it ends the hearing
   * @returns {void}
   */
  /**
   * @overload
   * @param {"waiting"} type
   * @param {((event: CustomEvent<Waiting | null>) => void) | null} listener
   * @param {boolean | AddEventListenerOptions} [options]
   * @returns {void}
   */
  /**
   * @overload
   * @param {"restart"} type
   * @param {((event: CustomEvent<StartResult>) => void) | null} listener
   * @param {boolean | AddEventListenerOptions} [options]
   * @returns {void}
   */
  /**
   * @overload
   * @param {string} type
   * @param {EventListenerOrEventListenerObject | null} listener
   * @param {boolean | AddEventListenerOptions} [options]
   * @returns {void}
   */
  /** @param {string} type @param {unknown} listener @param {boolean | AddEventListenerOptions} [options] */
  addEventListener(type, listener, options) {
    super.addEventListener(type, /** @type {EventListenerOrEventListenerObject | null} */ (listener), options);
  }

  /**
   * Find the best agent for a question and ask it.
   * @param {string | Query} query
   * @returns {Promise<QueryResponse>}
   */
  ask(query) {
    return this.#connection.call("ask", { query });
  }

  /**
   * Find the agents for a text, without asking one.
   * @param {string} text
   * @param {number} [k]
   * @returns {Promise<Route[]>} best first, at most k
   */
  route(text, k = 10) {
    return this.#connection.call("route", { text, k });
  }

  /**
   * Rate an answer; on return what was learnt is stored.
   * @param {string} queryId of the answer
   * @param {Feedback} feedback rating in [-1, 1]
   * @returns {Promise<LearningUpdate>}
   */
  feedback(queryId, feedback) {
    return this.#connection.call("feedback", { queryId, feedback });
  }

  /**
   * What to activate for some features, prerequisites first.
   * @param {string[]} fajCodes in any spelling
   * @param {string[]} [chosen] settles choices, and adds what is needed in some configurations only
   * @returns {Promise<ActivationSteps>}
   * @throws {ElexError} NOT_FOUND: no feature has one of the codes
   */
  activationPlan(fajCodes, chosen = []) {
    return this.#connection.call("activationPlan", { fajCodes, chosen });
  }

  /**
   * What must not be active together with some features, and which of them not with each other.
   * @param {string[]} fajCodes in any spelling
   * @returns {Promise<FeatureConflicts>}
   * @throws {ElexError} NOT_FOUND: no feature has one of the codes
   */
  conflicts(fajCodes) {
    return this.#connection.call("conflicts", { fajCodes });
  }

  /** @param {AgentFilter} [filter] @returns {Promise<AgentSummary[]>} */
  agents(filter = {}) {
    return this.#connection.call("agents", { filter });
  }

  /**
   * @param {string} fajCode in any spelling
   * @returns {Promise<import("./sdk/edge-agent.js").EdgeAgent>}
   * @throws {ElexError} NOT_FOUND: no agent has this code
   */
  async agent(fajCode) {
    return bindAgent(this.#connection, await this.#connection.call("agent", { fajCode }));
  }

  /**
   * Load a configuration: bulk CM XML, NETCONF XML or JSON, cmedit lists and tables, moshell logs, CSV, also in
   * gzip, zip or tar; the kind is told from the content. Its values are checked, and agents use them.
   * It is kept until this instance is closed; a file of the same name replaces the older one.
   * @param {Blob} file
   * @param {string} [name] default: the file's own
   * @param {LoadOptions} [options]
   * @returns {Promise<ConfigurationReport>}
   * @throws {ElexError} UNSUPPORTED: another format; SERIALIZATION_ERROR: nothing in it could be read;
   *   QUERY_FAILED: stopped. What was loaded before is unchanged.
   */
  async loadConfiguration(file, name, options = {}) {
    return this.#connection.load("loadConfiguration", {}, [named(file, name, "configuration")], options);
  }

  /**
   * Load a model of the network's attributes: MOM XML, YANG, CSV or JSON. From now on its types, ranges,
   * defaults and units go before those of the catalogue, in checks and in answers.
   * Configurations that are loaded keep their reports; load them again to judge them anew.
   * @param {Blob} file
   * @param {string} [name] default: the file's own
   * @param {LoadOptions} [options]
   * @returns {Promise<ModelReport>}
   * @throws {ElexError} as loadConfiguration
   */
  async loadModel(file, name, options = {}) {
    return this.#connection.load("loadModel", {}, [named(file, name, "model")], options);
  }

  /**
   * Load measurements (PM XML, VES events, also in gzip, zip or tar) beside those that are loaded. Of several files one that
   * cannot be read is told of in `rejected`.
   * @param {Blob | Blob[]} files
   * @param {string} [name] of a single file; default: its own
   * @param {LoadOptions} [options]
   * @returns {Promise<MeasurementReport>}
   * @throws {ElexError} as loadConfiguration
   */
  async loadMeasurements(files, name, options = {}) {
    const many = Array.isArray(files) ? files : [files];
    const blobs = many.map((file, i) => named(file, many.length === 1 ? name : undefined, `measurements ${i + 1}`));
    return this.#connection.load("loadMeasurements", {}, blobs, options);
  }

  /**
   * Compute the catalogue's KPIs from the loaded counters; without names, all that these allow.
   * @param {KpiOptions} [options]
   * @returns {Promise<KpiSeries[]>}
   * @throws {ElexError} NOT_FOUND: no formula has this name
   */
  kpis(options = {}) {
    return this.#connection.call("kpis", { options });
  }

  /** Let go of all loaded configurations and measurements. @returns {Promise<void>} */
  async forgetNetwork() {
    await this.#connection.call("forgetNetwork", {});
  }

  /** @returns {Promise<MemoryStats>} */
  memoryStats() {
    return this.#connection.call("memoryStats", {});
  }

  /** @returns {Promise<StorageStats>} */
  storageStats() {
    return this.#connection.call("storageStats", {});
  }

  /** @returns {Promise<EpisodeStats>} how many rated questions are kept on this device, and their bytes */
  episodes() {
    return this.#connection.call("episodes", {});
  }

  /**
   * Delete the rated questions that are kept; what the agents learnt of the ratings stays.
   * @returns {Promise<number>} how many there were; they are gone from the disk, too
   */
  forgetEpisodes() {
    return this.#connection.call("forgetEpisodes", {});
  }

  /** @returns {Promise<RegistryStats>} how many agents are loaded, and how questions found their way */
  registryStats() {
    return this.#connection.call("registryStats", {});
  }

  /** Write what is still queued; on return it is on disk. @returns {Promise<void>} */
  async flush() {
    if (this.#connection.isDead) return; // nothing is queued, and to start anew for this would be in vain
    await this.#connection.call("flush", {});
  }

  /**
   * Count the Python objects that JavaScript holds, of those made since the first call. For leak tests.
   * @returns {Promise<number>}
   */
  liveProxies() {
    return this.#connection.call("debug.liveProxies", {});
  }

  /**
   * End the engine, whatever it does, and start it anew from what is stored. Calls that wait are refused with
   * QUERY_FAILED; this instance and its agents stay valid.
   * @returns {Promise<void>}
   */
  restart() {
    return this.#connection.restart();
  }

  /** Write everything and end the worker. @returns {Promise<void>} */
  async close() {
    if (!this.#connection.isDead) await this.#connection.call("close", {});
    this.#connection.close();
    if (latest === this) latest = undefined;
  }
}

/**
 * @param {Blob} blob
 * @param {string | undefined} name
 * @param {string} fallback the name of a Blob that has none
 * @returns {import("./shared/worker-interface.js").NamedBlob}
 */
function named(blob, name, fallback) {
  if (!(blob instanceof Blob)) {
    throw new ElexError("VALIDATION_ERROR", `${Object.prototype.toString.call(blob)} is no file`, "Pass a File or Blob");
  }
  return { blob, name: name || (blob instanceof File ? blob.name : fallback) };
}

/** @returns {string} the version of this build */
export function wasmVersion() {
  return VERSION;
}

/** @returns {Promise<MemoryStats>} of the instance opened last, else of the stand-alone agents' worker */
export async function memoryStats() {
  if (latest) return latest.memoryStats();
  const connection = sharedConnection();
  await connection.start({ storage: "memory" });
  return connection.call("memoryStats", {});
}
