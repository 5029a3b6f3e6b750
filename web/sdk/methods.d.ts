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
export interface AgentResult<T> {
  value: T;
  snapshot: AgentSnapshot;
}

/** Every method of the worker's Python, with its parameters and its result. */
export interface Methods {
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
  "agent.initialize": { params: { agentId: string }; result: AgentResult<string> };
  "agent.snapshot": { params: { agentId: string }; result: AgentResult<null> };
  "agent.processQuery": { params: { agentId: string; query: Query }; result: AgentResult<QueryResponse> };
  "agent.validateParameters": { params: { agentId: string; parameters: ValidationParam[] }; result: AgentResult<ValidationResult[]> };
  "agent.validateBatch": { params: { agentId: string; batch: ValidationParam[][] }; result: AgentResult<ValidationResult[][]> };
  "agent.monitorKPIs": { params: { agentId: string }; result: AgentResult<KPIData> };
  "agent.getKPIData": { params: { agentId: string }; result: AgentResult<KPIValue[]> };
  "agent.updateLearning": { params: { agentId: string; feedback: FeedbackData }; result: AgentResult<null> };
  "agent.exportQTable": { params: { agentId: string }; result: AgentResult<string> };
  "agent.importQTable": { params: { agentId: string; data: string }; result: AgentResult<null> };
  "agent.getQTableStats": { params: { agentId: string }; result: AgentResult<QTableStats> };
  "agent.getStats": { params: { agentId: string }; result: AgentResult<AgentStats> };
  "agent.estimateMemory": { params: { agentId: string }; result: AgentResult<number> };
  "agent.learningState": { params: { agentId: string }; result: AgentResult<LearningState> };
  "agent.shutdown": { params: { agentId: string }; result: AgentResult<null> };
  "edge.create": { params: { config: AgentConfig }; result: AgentResult<string> };
  "edge.forget": { params: { agentId: string }; result: null };
}

/** The methods that take files beside their parameters. */
export interface Loaders {
  loadConfiguration: { params: { name?: string | null }; result: ConfigurationReport };
  loadMeasurements: { params: { name?: string | null }; result: MeasurementReport };
}
