// What can be asked of the engine: each method with the parameters that go and the result that comes back.
import type {
  ActivationSteps,
  AgentConfig,
  AgentFilter,
  AgentSnapshot,
  AgentStats,
  AgentSummary,
  ConfigurationReport,
  EpisodeStats,
  FeatureConflicts,
  Feedback,
  FeedbackData,
  KPIData,
  KPIValue,
  KpiOptions,
  KpiSeries,
  LearningState,
  LearningUpdate,
  MeasurementReport,
  MemoryStats,
  QTableStats,
  Query,
  QueryResponse,
  RegistryStats,
  Route,
  StorageStats,
  ValidationParam,
  ValidationResult,
} from "../messages.js";

/** No parameters. */
type None = {};

/** What a method of an agent gives, with the agent's properties as they are after it. */
export interface AgentResult<Value> {
  value: Value;
  snapshot: AgentSnapshot;
}

/** Methods of one agent; `agentId` goes with the parameters of each. Bytes are base64 on the wire. */
export interface AgentMethods {
  "agent.initialize": { params: None; result: string };
  "agent.processQuery": { params: { query: Query }; result: QueryResponse };
  "agent.validateParameters": { params: { parameters: ValidationParam[] }; result: ValidationResult[] };
  "agent.validateBatch": { params: { batch: ValidationParam[][] }; result: ValidationResult[][] };
  "agent.monitorKPIs": { params: None; result: KPIData };
  "agent.getKPIData": { params: None; result: KPIValue[] };
  "agent.updateLearning": { params: { feedback: FeedbackData }; result: null };
  "agent.exportQTable": { params: None; result: string };
  "agent.importQTable": { params: { data: string }; result: null };
  "agent.getQTableStats": { params: None; result: QTableStats };
  "agent.getStats": { params: None; result: AgentStats };
  "agent.estimateMemory": { params: None; result: number };
  "agent.learningState": { params: None; result: LearningState };
  "agent.shutdown": { params: None; result: null };
}

type MethodsOfAgents = {
  [M in keyof AgentMethods]: {
    params: { agentId: string } & AgentMethods[M]["params"];
    result: AgentResult<AgentMethods[M]["result"]>;
  };
};

/** Methods of an opened instance, which Python answers. */
export interface Methods extends MethodsOfAgents {
  ask: { params: { query: string | Query }; result: QueryResponse };
  route: { params: { text: string; k: number }; result: Route[] };
  feedback: { params: { queryId: string; feedback: Feedback }; result: LearningUpdate };
  agents: { params: { filter: AgentFilter }; result: AgentSummary[] };
  agent: { params: { fajCode: string }; result: AgentSnapshot };
  activationPlan: { params: { fajCodes: string[]; chosen: string[] }; result: ActivationSteps };
  conflicts: { params: { fajCodes: string[] }; result: FeatureConflicts };
  memoryStats: { params: None; result: MemoryStats };
  storageStats: { params: None; result: StorageStats };
  episodes: { params: None; result: EpisodeStats };
  forgetEpisodes: { params: None; result: number };
  registryStats: { params: None; result: RegistryStats };
  kpis: { params: { options: KpiOptions }; result: KpiSeries[] };
  forgetNetwork: { params: None; result: null };
  flush: { params: None; result: null };
  close: { params: None; result: null };
  "edge.create": { params: { config: AgentConfig }; result: AgentResult<string> };
  "edge.forget": { params: { agentId: string }; result: null };
}

/** Methods that take files beside their parameters. */
export interface FileMethods {
  loadConfiguration: { params: None; result: ConfigurationReport };
  loadMeasurements: { params: None; result: MeasurementReport };
}

/** Methods that the worker answers itself: on the kernels alone, or about Pyodide. */
export interface WorkerMethods {
  "batch.similaritySearch": {
    params: { query: Float32Array; rows: Float32Array; k: number };
    result: { index: number; score: number }[];
  };
  "batch.qUpdate": {
    params: { qValues: Float32Array; rewards: Float32Array; nextMaxQ: Float32Array; alpha: number; gamma: number };
    result: Float32Array;
  };
  "debug.liveProxies": { params: None; result: number };
}

/** All that `call` takes. */
export interface CallMethods extends Methods, WorkerMethods {}
