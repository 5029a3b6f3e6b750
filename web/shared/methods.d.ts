// Generated from py/elex_browser/methods.py by `python -m building.types.methods`; edit the table there.

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
  ModelReport,
  QTableStats,
  Query,
  QueryResponse,
  RegistryStats,
  Route,
  StorageStats,
  ValidationParam,
  ValidationResult,
} from "../messages.js";

/** What a method of an agent gives, with the agent's properties as they are after it. */
export interface AgentResult<Value> {
  value: Value;
  snapshot: AgentSnapshot;
}

type MethodsOfAgents = {
  [M in keyof AgentMethods]: {
    params: { agentId: string } & AgentMethods[M]["params"];
    result: AgentResult<AgentMethods[M]["result"]>;
  };
};

/** Methods of one agent; `agentId` goes with the parameters of each. Bytes are base64. */
export interface AgentMethods {
  "agent.initialize": { params: {}; result: string };
  "agent.snapshot": { params: {}; result: null };
  "agent.processQuery": { params: { query: Query }; result: QueryResponse };
  "agent.validateParameters": { params: { parameters: ValidationParam[] }; result: ValidationResult[] };
  "agent.validateBatch": { params: { batch: ValidationParam[][] }; result: ValidationResult[][] };
  "agent.monitorKPIs": { params: {}; result: KPIData };
  "agent.getKPIData": { params: {}; result: KPIValue[] };
  "agent.updateLearning": { params: { feedback: FeedbackData }; result: null };
  "agent.exportQTable": { params: {}; result: string };
  "agent.importQTable": { params: { data: string }; result: null };
  "agent.getQTableStats": { params: {}; result: QTableStats };
  "agent.getStats": { params: {}; result: AgentStats };
  "agent.estimateMemory": { params: {}; result: number };
  "agent.learningState": { params: {}; result: LearningState };
  "agent.shutdown": { params: {}; result: null };
}

/** Methods of an opened instance, which Python answers. */
export interface Methods extends MethodsOfAgents {
  ask: { params: { query: string | Query }; result: QueryResponse };
  route: { params: { text: string; k?: number }; result: Route[] };
  feedback: { params: { queryId: string; feedback: Feedback }; result: LearningUpdate };
  agents: { params: { filter?: AgentFilter | null }; result: AgentSummary[] };
  agent: { params: { fajCode: string }; result: AgentSnapshot };
  activationPlan: { params: { fajCodes: string[]; chosen?: string[] }; result: ActivationSteps };
  conflicts: { params: { fajCodes: string[] }; result: FeatureConflicts };
  memoryStats: { params: {}; result: MemoryStats };
  storageStats: { params: {}; result: StorageStats };
  episodes: { params: {}; result: EpisodeStats };
  forgetEpisodes: { params: {}; result: number };
  registryStats: { params: {}; result: RegistryStats };
  kpis: { params: { options?: KpiOptions }; result: KpiSeries[] };
  forgetNetwork: { params: {}; result: null };
  flush: { params: {}; result: null };
  close: { params: {}; result: null };
  "edge.create": { params: { config: AgentConfig }; result: AgentResult<string> };
  "edge.forget": { params: { agentId: string }; result: null };
}

/** Methods that take files beside their parameters. */
export interface FileMethods {
  loadModel: { params: { name?: string | null }; result: ModelReport };
  loadConfiguration: { params: { name?: string | null }; result: ConfigurationReport };
  loadMeasurements: { params: { name?: string | null }; result: MeasurementReport };
}
