// Generated from py/elex_browser/protocol/ by `python -m building.types.messages`; edit the structs there.
// Fields are camelCase; times are milliseconds; probabilities lie in [0, 1].

export type ErrorKind = "closed" | "not_ready" | "stopped" | "kernel_lost" | "unexpected";
export type Action = "DirectAnswer" | "ContextAnswer" | "ConsultPeer" | "RequestClarification" | "Escalate";
export type AgentStatus = "Initializing" | "ColdStart" | "Ready" | "Busy" | "Degraded" | "Offline";
export type ColumnKind = "text" | "code" | "number" | "unit" | "identifier" | "link" | "relation";
export type Complexity = "simple" | "moderate" | "complex";
export type Confidence = "low" | "medium" | "high";
export type Context = "none" | "told" | "network";
export type QueryType = "parameter" | "counter" | "kpi" | "procedure" | "troubleshoot" | "general";
export type RelationKind =
  | "conflicts_with"
  | "requires"
  | "requires_through_others"
  | "requires_in_some_configurations"
  | "requires_one_of_group"
  | "related";
export type SectionForm = "table" | "pairs";
export type SectionKind =
  | "what"
  | "identity"
  | "parameters"
  | "counters"
  | "kpis"
  | "prerequisites"
  | "conflicts"
  | "activation"
  | "clarification"
  | "escalation"
  | "context"
  | "peer"
  | "subject"
  | "comparison"
  | "relations"
  | "scope";
export type Trigger =
  | "knowledge_loaded"
  | "warmed_up"
  | "query_in"
  | "query_done"
  | "health_low"
  | "health_recovered"
  | "recovery_failed"
  | "shutdown"
  | "initialize";
export type Via = "code" | "name" | "semantic" | "memory" | "peer";
export type Better = "higher" | "lower" | "neither";
export type ConfigurationFormat =
  | "bulk-cm"
  | "netconf"
  | "yang-json"
  | "cmedit"
  | "cmedit-table"
  | "moshell"
  | "enm-import"
  | "csv"
  | "several";
export type FixKind = "set" | "choose" | "none";
export type KpiScope = "network" | "node" | "cell" | "relation";
export type ModelFact = "type" | "range" | "default" | "unit" | "values" | "text";
export type ModelFormat = "mom-xml" | "yang" | "model-csv" | "model-json" | "several";
export type PlannedOperation = "create" | "set" | "delete";
export type Severity = "error" | "warning";
export type ProtocolVersion = 1;

/** What a standalone agent is made from. */
export interface AgentConfig {
  id: string;
  fajCode: string;
  category: string;
  parameters: ParameterConfig[];
  counters: CounterConfig[];
  kpis: KpiConfig[];
}

/** A change of an agent's status: one row of the lifecycle table. */
export interface AgentEvent {
  sequence: number;
  agentId: string;
  fajCode: string;
  before: AgentStatus;
  after: AgentStatus;
  trigger: Trigger;
  health: number;
}

/** Which agents to list; all conditions hold together, text matches name, code or acronym. */
export interface AgentFilter {
  text?: string | null;
  category?: string | null;
  access?: string | null;
  status?: AgentStatus | null;
}

/** The properties of an agent that a caller reads without waiting. */
export interface AgentSnapshot {
  id: string;
  fajCode: string;
  status: AgentStatus;
  isReady: boolean;
  confidence: number;
  interactionCount: number;
}

/**
 * The fifteen figures of an agent. Before anything was rated `success_rate` and `avg_reward` are 0; before anything was
 * validated `validation_accuracy` is 1, because nothing was found wrong. LearningState counts both.
 */
export interface AgentStats {
  id: string;
  fajCode: string;
  status: AgentStatus;
  interactions: number;
  confidence: number;
  health: number;
  parameterCount: number;
  counterCount: number;
  kpiCount: number;
  avgLatencyMs: number;
  peakLatencyMs: number;
  validationAccuracy: number;
  successRate: number;
  avgReward: number;
  memoryBytes: number;
}

/** An agent in a list. */
export interface AgentSummary {
  id: string;
  fajCode: string;
  name: string;
  acronym: string;
  category: string;
  access: string[];
  status: AgentStatus;
  interactions: number;
  confidence: number;
}

/** A counter an agent watches. */
export interface CounterConfig {
  name: string;
  category: string;
  currentValue: number;
}

/** One step told from outside: state, action and reward, and where it led. */
export interface FeedbackData {
  reward: number;
  state: string;
  action: Action;
  nextState?: string | null;
}

/** A KPI an agent watches. */
export interface KpiConfig {
  name: string;
  formula: string;
  threshold: number;
}

/**
 * What an agent has learnt, and on how much its rates rest. `rated_answers` stand behind the success rate and the mean
 * reward, `validated_values` behind the validation accuracy; where they are 0, those figures say nothing yet.
 */
export interface LearningState {
  agentId: string;
  status: AgentStatus;
  interactions: number;
  stats: QTableStats;
  entries: QTableEntry[];
  ratedAnswers: number;
  validatedValues: number;
}

/** A parameter an agent knows; bounds are inclusive, absent bounds are unknown. */
export interface ParameterConfig {
  name: string;
  valueType: string;
  rangeMin?: number | null;
  rangeMax?: number | null;
  currentValue?: number | null;
}

/** One state-action pair of an agent's table; `parts` is null for a state that a caller named himself. */
export interface QTableEntry {
  state: string;
  parts: StateParts | null;
  action: Action;
  qValue: number;
  visits: number;
}

/** The figures of a Q-table; the three values are 0 for an empty table. */
export interface QTableStats {
  entriesCount: number;
  totalUpdates: number;
  currentEpsilon: number;
  minQValue: number;
  maxQValue: number;
  meanQValue: number;
}

/** What an agent distinguishes when it chooses an action. */
export interface StateParts {
  queryType: QueryType;
  complexity: Complexity;
  confidence: Confidence;
  context: Context;
}

/**
 * A part of an answer. `source` names where its facts come from. In the form "pairs" each row is a name and its value.
 * `faj_code` names whose part it is where a question has several subjects; null: the answering agent's.
 */
export interface AnswerSection {
  kind: SectionKind;
  title: string;
  source: string;
  fajCode?: string | null;
  text: string;
  form: SectionForm;
  columns: Column[];
  rows: SectionRow[];
}

/**
 * A column of a section; its kind says what its cells are, and so how they are set. text: words; code: a product code;
 * number: numbers; unit: a unit of measure; identifier: a name of the network's model (MO class, attribute, counter,
 * formula, object); link: the row's feature code, which leads to its agent; relation: a RelationKind.
 */
export interface Column {
  title: string;
  kind: ColumnKind;
}

/** A rating in [-1, 1], and whether the question is settled. */
export interface Feedback {
  rating: number;
  resolved?: boolean;
}

/** What a rating changed; when it arrives, the change is stored. */
export interface LearningUpdate {
  agentId: string;
  state: string;
  parts: StateParts | null;
  action: Action;
  reward: number;
  tdError: number;
  qValue: number;
  visits: number;
  epsilon: number;
  interactions: number;
  learning: LearningState;
}

/** A question. `state` is the caller's context; `available_actions` restricts the choice. */
export interface Query {
  content: string;
  queryId?: string | null;
  state?: string | null;
  availableActions?: Action[] | null;
}

/** An answer with who gave it, how it came about, and what its agent has learnt so far. */
export interface QueryResponse {
  queryId: string;
  agentId: string;
  fajCode: string;
  name: string;
  category: string;
  content: string;
  actionTaken: Action;
  confidence: number;
  latencyMs: number;
  qValue: number;
  explored: boolean;
  routes: Route[];
  sections: AnswerSection[];
  consulted: string[];
  learning: LearningState;
}

/** One candidate agent; `score` is the calibrated probability that it is the right one. */
export interface Route {
  agentId: string;
  fajCode: string;
  name: string;
  score: number;
  via: Via;
}

/** One line of a section: cells in the order of the section's columns; null is not known. */
export interface SectionRow {
  cells: (string | number | null)[];
  fajCode?: string | null;
}

/** A pass over an agent's counters. */
export interface KPIData {
  totalEvents: number;
  weightedScore: number;
  peakValue: number;
  alerts: number;
}

/** A KPI's value; null where its formula cannot be computed, and `reason` says why. */
export interface KPIValue {
  name: string;
  value: number | null;
  threshold: number;
  alert: boolean;
  reason?: string | null;
}

/** One Q-learning step for the batch kernel; an absent current_q counts as 0. */
export interface QUpdate {
  state: string;
  action: string;
  reward: number;
  nextMaxQ: number;
  currentQ?: number | null;
}

/**
 * A value and its closed range. Text, NaN or infinities are judged, not refused. JSON has no NaN or infinities: they
 * travel as the texts "NaN", "Infinity" and "-Infinity".
 */
export interface ValidationParam {
  name: string;
  value: number | string | boolean | null;
  min: number | string | null;
  max: number | string | null;
}

/** The verdict on one value; `reason` says why it is invalid. */
export interface ValidationResult {
  parameter: string;
  valid: boolean;
  value: number | string | boolean | null;
  reason?: string | null;
}

/** A KPI beyond its threshold in one period. */
export interface Alert {
  kpi: string;
  object: string;
  begin: string;
  end: string;
  value: number;
  threshold: number;
}

/** A value that a person may pick, and why it is offered. */
export interface Choice {
  value: string;
  why: string;
}

/**
 * What a configuration file held; checked + unknown = values, invalid of those checked. `findings` lists the first
 * 10,000 of the invalid values; `unknown` counts the values that were not judged: no range is known of their attribute,
 * their object is to be deleted, or they are of another vendor. `planned` is set for files that want something changed;
 * its values count as values, too. `vendor` is named where the file does; `notes` say what follows from that.
 */
export interface ConfigurationReport {
  objects: number;
  values: number;
  checked: number;
  invalid: number;
  unknown: number;
  rejected: Rejected[];
  findings: Finding[];
  seconds: number;
  format: ConfigurationFormat;
  vendor?: string | null;
  planned?: PlannedChanges | null;
  notes: string[];
}

/** As Rejected, in one of several files. */
export interface FileRejected {
  file: string;
  line: number;
  reason: string;
  count: number;
}

/** An attribute of the catalogue about which a model says what was not known before. */
export interface FilledAttribute {
  moClass: string;
  attribute: string;
  facts: ModelFact[];
}

/**
 * A value outside what is known of its attribute. `rule` says which check failed and where its bounds come from; an
 * error breaks a range of the catalogue or of a loaded model, a warning one of the 3GPP model, which the vendor may
 * have changed.
 */
export interface Finding {
  object: string;
  moClass: string;
  attribute: string;
  value: string;
  rule: string;
  severity: Severity;
  agents: string[];
  fix: Fix;
  min?: number | null;
  max?: number | null;
  allowed?: string[] | null;
}

/**
 * What to do about a value: "set" has a change as cmedit text and what takes it back. A key, an identity or a code is
 * never set by itself; `reason` says why the kind is what it is.
 */
export interface Fix {
  kind: FixKind;
  reason: string;
  cmedit?: string | null;
  undo?: string | null;
  choices?: Choice[] | null;
}

/** Which KPIs to compute, and for what; without names, all whose counters are loaded. */
export interface KpiOptions {
  scope?: KpiScope;
  names?: string[];
}

/**
 * A KPI in one period; null where it is not defined or not plausible, and `reason` says why. `share` is the part of the
 * objects' results that could be used, and `left_out` says what became of the others. `raw` is what the formula gave
 * where that is not plausible, `denominator` the smallest number that was divided by. `by_index` has a value for each
 * index where counters are lists (per 5QI, per slot); `value` is for all of them together.
 */
export interface KpiPoint {
  begin: string;
  end: string;
  value: number | null;
  share: number;
  reason?: string | null;
  raw?: number | null;
  denominator?: number | null;
  leftOut?: LeftOut | null;
  byIndex?: Record<string, number> | null;
}

/**
 * A KPI of one object over the loaded periods: counters are added up first and divided last. `plausible` are the least
 * and greatest value that can be, `usual` those from healthy to sick; a sum grows with time and area. `note` says what
 * was corrected in the documented formula, `doubt` under which condition it holds. `filter` is that of flexible
 * counters. `missing` names counters of the formula that no loaded file holds; there are no points then. `notes` say
 * what was left out or not added up.
 */
export interface KpiSeries {
  name: string;
  synonyms: string[];
  formula: string;
  unit: string;
  better: Better;
  plausible: number[] | null;
  usual: number[] | null;
  isSum: boolean;
  source: string;
  note: string;
  doubt: string;
  scope: KpiScope;
  object: string;
  filter: string;
  features: string[];
  points: KpiPoint[];
  missing: string[];
  notes: string[];
}

/**
 * How many results of an object in a period were not used: the node does not vouch for them, a counter fell below 0 or
 * below its last reading, or one that the formula needs is missing.
 */
export interface LeftOut {
  suspect: number;
  reset: number;
  missing: number;
}

/**
 * What measurement files held. `values` counts results that are numbers or vectors, `missing` those that the node
 * marked as not available (NIL, NULL or blank), `suspect` the values that it does not vouch for; they are kept but no
 * KPI uses them. `alerts` needs thresholds: the catalogue has none, so it stays empty until KPIs with thresholds exist.
 */
export interface MeasurementReport {
  files: number;
  objects: number;
  counters: number;
  values: number;
  missing: number;
  suspect: number;
  rejected: FileRejected[];
  periods: Period[];
  alerts: Alert[];
  seconds: number;
}

/**
 * What a model file held, and which gaps of the catalogue it fills. `types` to `texts` count attributes by what the
 * file says of them; `filled` lists the first 10,000 attributes of features that gain something, `filled_attributes`
 * counts all of them.
 */
export interface ModelReport {
  name: string;
  format: ModelFormat;
  version: string;
  classes: number;
  attributes: number;
  types: number;
  ranges: number;
  defaults: number;
  units: number;
  enumerations: number;
  texts: number;
  filledAttributes: number;
  filled: FilledAttribute[];
  rejected: Rejected[];
  seconds: number;
}

/** A granularity period. */
export interface Period {
  begin: string;
  end: string;
  seconds: number;
}

/**
 * One line of a plan; without attribute it is about the object itself. `problem` says which range a planned value would
 * break.
 */
export interface PlannedChange {
  operation: PlannedOperation;
  object: string;
  moClass: string;
  attribute?: string | null;
  value?: string | null;
  problem?: string | null;
}

/**
 * What a file wants changed; its values are not there yet, so no finding is about them. The first three count objects,
 * `values` their values, `invalid` those that break a range; `changes` lists the first 10,000 lines.
 */
export interface PlannedChanges {
  creates: number;
  sets: number;
  deletes: number;
  values: number;
  invalid: number;
  changes: PlannedChange[];
}

/**
 * What could not be taken; line 0 is unknown. `count` is how many values of the file that stands for: 0 where a file or
 * place is only told of, more than 1 in the last entry of a file with more than 10,000 of them.
 */
export interface Rejected {
  line: number;
  reason: string;
  count: number;
}

/**
 * What to activate for some features. `order` holds everything that must be active, each behind its prerequisites; of
 * each group in `choices` one more must be active; `conditional` is needed in some configurations only.
 */
export interface ActivationSteps {
  order: FeatureName[];
  choices: FeatureName[][];
  conditional: FeatureName[];
}

/** A feature and those of the asked set that it must not be active with. */
export interface FeatureConflict {
  fajCode: string;
  name: string;
  conflictsWith: string[];
}

/** The conflicts of a set of features: inside it, each pair once, and with others of the catalogue. */
export interface FeatureConflicts {
  among: FeatureConflict[];
  others: FeatureConflict[];
}

/** A feature by code and name; `has_agent` is false for one known only as the target of a relation. */
export interface FeatureName {
  fajCode: string;
  name: string;
  hasAgent: boolean;
}

/** Past questions that are kept with their ratings: how many, at most how many, and their bytes. */
export interface EpisodeStats {
  count: number;
  cap: number;
  bytes: number;
}

/** An ElexError on its way to JavaScript; `kind` tells those of QUERY_FAILED apart. */
export interface ErrorMessage {
  code: string;
  problem: string;
  fix: string;
  kind?: ErrorKind | null;
}

/** Counted memory; `budget_bytes` is the limit that `utilization_percent` refers to. */
export interface MemoryStats {
  budgetBytes: number;
  usedBytes: number;
  utilizationPercent: number;
  cachedAgents: number;
  stateBuffersAvailable: number;
  trajectoriesAvailable: number;
  wasmMemoryBytes: number;
  pyodideMemoryBytes: number;
  totalAgents: number;
}

/** How the agents come and go since the start; times of making one in milliseconds. */
export interface RegistryStats {
  total: number;
  cached: number;
  created: number;
  restored: number;
  evicted: number;
  hits: number;
  misses: number;
  createMsMean: number;
  createMsMax: number;
  byStatus: Record<string, number>;
  byCategory: Record<string, number>;
  routes: RouteCounts;
}

/** How often the asked agent was found in each way. */
export interface RouteCounts {
  code: number;
  name: number;
  semantic: number;
  memory: number;
  peer: number;
}

/** What an opened instance is made from; kernels and database are opened by the worker. */
export interface StartOptions {
  kernels: "auto" | "scalar" | "simd";
  storage: "indexeddb" | "memory";
  databaseName: string;
  seed?: number | null;
  budgetBytes?: number | null;
  maxEpisodes: number;
}

/** What was started; `restored` counts agents found on disk, `damaged` names unsound records. */
export interface StartResult {
  version: string;
  protocolVersion: number;
  agents: number;
  kernels: string;
  storage: string;
  restored: number;
  damaged: string[];
}

/** What is kept on disk; `damaged` names records that were found unsound and set aside. */
export interface StorageStats {
  kind: string;
  persistent: boolean;
  records: number;
  payloadBytes: number;
  pendingWrites: number;
  damaged: string[];
}
