/** One feature's agent, as a caller holds it: bound to an opened Elex, or standing alone on its own configuration. */
import { sharedConnection } from "./connection.js";
import { ElexError } from "../shared/errors.js";

/**
 * @typedef {import("../messages.js").AgentConfig} AgentConfig
 * @typedef {import("../messages.js").AgentSnapshot} AgentSnapshot
 * @typedef {import("../messages.js").AgentStats} AgentStats
 * @typedef {import("../messages.js").AgentStatus} AgentStatus
 * @typedef {import("../messages.js").FeedbackData} FeedbackData
 * @typedef {import("../messages.js").KPIData} KPIData
 * @typedef {import("../messages.js").KPIValue} KPIValue
 * @typedef {import("../messages.js").LearningState} LearningState
 * @typedef {import("../messages.js").QTableStats} QTableStats
 * @typedef {import("../messages.js").Query} Query
 * @typedef {import("../messages.js").QueryResponse} QueryResponse
 * @typedef {import("../messages.js").ValidationParam} ValidationParam
 * @typedef {import("../messages.js").ValidationResult} ValidationResult
 * @typedef {import("../shared/methods.js").AgentMethods} AgentMethods
 * @typedef {import("../shared/methods.js").Methods} Methods
 * @typedef {import("./connection.js").Connection} Connection
 * @typedef {{connection: Connection, agentId: string}} Handle
 */

/** Frees the agent in the worker once nobody holds its JavaScript side. */
const forgotten = new FinalizationRegistry((/** @type {Handle} */ { connection, agentId }) => {
  connection.call("edge.forget", { agentId }).catch(() => {}); // a closed worker has forgotten it already
});

/**
 * Bind an agent of an opened Elex; for elex.js only.
 * @type {(connection: Connection, snapshot: AgentSnapshot) => EdgeAgent}
 */
export let bindAgent;

/** A learning agent. Made from a configuration it needs no catalogue and keeps its learning in memory. */
export class EdgeAgent {
  /** @type {AgentSnapshot} */
  #snapshot;
  /** @type {AgentConfig} */
  #config;
  /** @type {Promise<Handle> | undefined} */
  #handle;
  /** @type {Connection | undefined} that of an agent that stands alone */
  #alone;

  static {
    bindAgent = (connection, snapshot) => {
      const { id, fajCode } = snapshot;
      const agent = new EdgeAgent({ id, fajCode, category: "", parameters: [], counters: [], kpis: [] });
      agent.#handle = Promise.resolve({ connection, agentId: id });
      agent.#snapshot = snapshot;
      return agent;
    };
  }

  /** @param {AgentConfig} config */
  constructor(config) {
    if (typeof config?.id !== "string" || typeof config.fajCode !== "string") {
      const fix = "Pass {id, fajCode, category, parameters, counters, kpis}";
      throw new ElexError("INVALID_CONFIG", "The agent's configuration has no id or no fajCode", fix);
    }
    this.#config = structuredClone(config);
    const { id, fajCode } = config;
    this.#snapshot = { id, fajCode, status: "Initializing", isReady: false, confidence: 0, interactionCount: 0 };
  }

  /**
   * Make the agent ready; loads the engine when it is the first one. One that stands alone and whose engine
   * has ended is made afresh.
   * @returns {Promise<string>}
   */
  async initialize() {
    const handle = await this.#handle;
    if (handle?.connection.isDead && handle.connection === this.#alone) this.#handle = undefined;
    return this.#call("agent.initialize", {});
  }

  /** End the agent; its learning is saved where its Elex saves. @returns {Promise<void>} */
  async shutdown() {
    await this.#call("agent.shutdown", {});
  }

  get id() {
    return this.#snapshot.id;
  }

  get fajCode() {
    return this.#snapshot.fajCode;
  }

  /** @returns {AgentStatus} as of the last call */
  get status() {
    return this.#snapshot.status;
  }

  /** @returns {boolean} as of the last call */
  get isReady() {
    return this.#snapshot.isReady;
  }

  /** @returns {number} 0..1, as of the last call */
  get confidence() {
    return this.#snapshot.confidence;
  }

  /** @returns {number} as of the last call */
  get interactionCount() {
    return this.#snapshot.interactionCount;
  }

  /** @param {Query} query @returns {Promise<QueryResponse>} */
  processQuery(query) {
    return this.#call("agent.processQuery", { query });
  }

  /** @param {Query} query @returns {Promise<QueryResponse>} the same; every call is asynchronous here */
  processQueryAsync(query) {
    return this.processQuery(query);
  }

  /**
   * Judge values against closed ranges; NaN, infinities and text are invalid with a reason.
   * @param {ValidationParam[]} parameters
   * @returns {Promise<ValidationResult[]>}
   */
  async validateParameters(parameters) {
    const results = await this.#call("agent.validateParameters", { parameters: parameters.map(speakable) });
    return withOwnValues(results, parameters);
  }

  /** @param {ValidationParam[][]} batch @returns {Promise<ValidationResult[][]>} */
  async validateBatch(batch) {
    const written = batch.map((parameters) => parameters.map(speakable));
    const results = await this.#call("agent.validateBatch", { batch: written });
    return results.map((row, i) => withOwnValues(row, batch[i]));
  }

  /** One pass over the counters. @returns {Promise<KPIData>} */
  monitorKPIs() {
    return this.#call("agent.monitorKPIs", {});
  }

  /** @returns {Promise<KPIValue[]>} each KPI's value, or why it has none */
  getKPIData() {
    return this.#call("agent.getKPIData", {});
  }

  /** Learn from one step told from outside. @param {FeedbackData} feedback @returns {Promise<void>} */
  async updateLearning(feedback) {
    await this.#call("agent.updateLearning", { feedback });
  }

  /** @returns {Promise<Uint8Array>} the Q-table as safetensors */
  async exportQTable() {
    const text = atob(await this.#call("agent.exportQTable", {}));
    return Uint8Array.from(text, (char) => char.charCodeAt(0));
  }

  /** Replace the Q-table. @param {Uint8Array} data what exportQTable gave @returns {Promise<void>} */
  async importQTable(data) {
    let text = "";
    for (const byte of data) text += String.fromCharCode(byte);
    await this.#call("agent.importQTable", { data: btoa(text) });
  }

  /** @returns {Promise<QTableStats>} */
  getQTableStats() {
    return this.#call("agent.getQTableStats", {});
  }

  /** @returns {Promise<LearningState>} every state and action that was met, with value and visits */
  getLearningState() {
    return this.#call("agent.learningState", {});
  }

  /** @returns {Promise<AgentStats>} */
  getStats() {
    return this.#call("agent.getStats", {});
  }

  /** @returns {Promise<number>} bytes, counted */
  estimateMemory() {
    return this.#call("agent.estimateMemory", {});
  }

  /**
   * @template {keyof AgentMethods} Method
   * @param {Method} method
   * @param {AgentMethods[Method]["params"]} params
   * @returns {Promise<AgentMethods[Method]["result"]>}
   */
  async #call(method, params) {
    this.#handle ??= this.#create();
    const { connection, agentId } = await this.#handle;
    const ofAgent = /** @type {Methods[Method]["params"]} */ ({ agentId, ...params });
    const { value, snapshot } = await connection.call(method, ofAgent);
    this.#snapshot = snapshot;
    return value;
  }

  /** @returns {Promise<Handle>} */
  async #create() {
    const connection = sharedConnection();
    this.#alone = connection;
    try {
      await connection.start({ storage: "memory" });
      const { value } = await connection.call("edge.create", { config: this.#config });
      const handle = { connection, agentId: value };
      forgotten.register(this, handle);
      return handle;
    } catch (error) {
      this.#handle = undefined; // so that the next call tries again
      throw error;
    }
  }
}

/**
 * Write what JSON has no numbers for as text, which the agent judges.
 * @param {ValidationParam} parameter
 * @returns {ValidationParam}
 */
function speakable({ name, value, min, max }) {
  return { name, value: typeof value === "boolean" ? value : asText(value), min: asText(min), max: asText(max) };
}

/** @param {unknown} value */
function asText(value) {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return value === null || value === undefined ? null : String(value);
}

/** @param {ValidationResult[]} results @param {ValidationParam[]} asked @returns {ValidationResult[]} */
function withOwnValues(results, asked) {
  return results.map((result, i) => ({ ...result, value: asked[i].value }));
}
