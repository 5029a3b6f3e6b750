// Generated from the JSDoc of web/elex.js and from py/elex_browser/protocol/ by
// `python -m building.types.declarations`; edit those.

export type ErrorKind = "closed" | "not_ready" | "stopped" | "kernel_lost" | "unexpected";
export type Action = "DirectAnswer" | "ContextAnswer" | "ConsultPeer" | "RequestClarification" | "Escalate";
export type AgentStatus = "Initializing" | "ColdStart" | "Ready" | "Busy" | "Degraded" | "Offline";
export type ColumnKind = "text" | "code" | "number" | "unit" | "identifier" | "link" | "relation";
export type Complexity = "simple" | "moderate" | "complex";
export type Confidence = "low" | "medium" | "high";
export type Context = "none" | "told" | "network";
export type QueryType = "parameter" | "counter" | "kpi" | "procedure" | "troubleshoot" | "general";
export type RelationKind = "conflicts_with" | "requires" | "requires_through_others" | "requires_in_some_configurations" | "requires_one_of_group" | "related";
export type SectionForm = "table" | "pairs";
export type SectionKind = "what" | "identity" | "parameters" | "counters" | "kpis" | "prerequisites" | "conflicts" | "activation" | "clarification" | "escalation" | "context" | "peer" | "subject" | "comparison" | "relations" | "scope";
export type Trigger = "knowledge_loaded" | "warmed_up" | "query_in" | "query_done" | "health_low" | "health_recovered" | "recovery_failed" | "shutdown" | "initialize";
export type Via = "code" | "name" | "semantic" | "memory" | "peer";
export type Better = "higher" | "lower" | "neither";
export type ConfigurationFormat = "bulk-cm" | "netconf" | "yang-json" | "cmedit" | "cmedit-table" | "moshell" | "enm-import" | "csv" | "several";
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
/** How far a phase of the start, or the reading of files, has come: in bytes where they are known, else in steps. */
export type Progress = {
	phase: string;
	done: number;
	total: number;
};
/**
 * a call that is open for so many seconds
 */
export type Waiting = {
	method: string;
	seconds: number;
};
/** A learning agent. Made from a configuration it needs no catalogue and keeps its learning in memory. */
export class EdgeAgent {
	/** @param {AgentConfig} config */
	constructor(config: AgentConfig);
	/**
	 * Make the agent ready; loads the engine when it is the first one. One that stands alone and whose engine
	 * has ended is made afresh.
	 * @returns {Promise<string>}
	 */
	initialize(): Promise<string>;
	/** End the agent; its learning is saved where its Elex saves. @returns {Promise<void>} */
	shutdown(): Promise<void>;
	get id(): string;
	get fajCode(): string;
	/** @returns {AgentStatus} as of the last call */
	get status(): AgentStatus;
	/** @returns {boolean} as of the last call */
	get isReady(): boolean;
	/** @returns {number} 0..1, as of the last call */
	get confidence(): number;
	/** @returns {number} as of the last call */
	get interactionCount(): number;
	/** @param {Query} query @returns {Promise<QueryResponse>} */
	processQuery(query: Query): Promise<QueryResponse>;
	/** @param {Query} query @returns {Promise<QueryResponse>} the same; every call is asynchronous here */
	processQueryAsync(query: Query): Promise<QueryResponse>;
	/**
	 * Judge values against closed ranges; NaN, infinities and text are invalid with a reason.
	 * @param {ValidationParam[]} parameters
	 * @returns {Promise<ValidationResult[]>}
	 */
	validateParameters(parameters: ValidationParam[]): Promise<ValidationResult[]>;
	/** @param {ValidationParam[][]} batch @returns {Promise<ValidationResult[][]>} */
	validateBatch(batch: ValidationParam[][]): Promise<ValidationResult[][]>;
	/** One pass over the counters. @returns {Promise<KPIData>} */
	monitorKPIs(): Promise<KPIData>;
	/** @returns {Promise<KPIValue[]>} each KPI's value, or why it has none */
	getKPIData(): Promise<KPIValue[]>;
	/** Learn from one step told from outside. @param {FeedbackData} feedback @returns {Promise<void>} */
	updateLearning(feedback: FeedbackData): Promise<void>;
	/** @returns {Promise<Uint8Array>} the Q-table as safetensors */
	exportQTable(): Promise<Uint8Array>;
	/** Replace the Q-table. @param {Uint8Array} data what exportQTable gave @returns {Promise<void>} */
	importQTable(data: Uint8Array): Promise<void>;
	/** @returns {Promise<QTableStats>} */
	getQTableStats(): Promise<QTableStats>;
	/** @returns {Promise<LearningState>} every state and action that was met, with value and visits */
	getLearningState(): Promise<LearningState>;
	/** @returns {Promise<AgentStats>} */
	getStats(): Promise<AgentStats>;
	/** @returns {Promise<number>} bytes, counted */
	estimateMemory(): Promise<number>;
	#private;
}
/** Two kernels over columns of numbers; the arithmetic is that of the agents. */
export class EdgeBatch {
	/**
	 * Find the k rows most similar to a query.
	 * @param {Float32Array} query
	 * @param {Float32Array[] | Float32Array} candidates rows of the query's length, one by one or end to end
	 * @param {number} k
	 * @returns {Promise<{index: number, score: number}[]>} cosine similarity, best first; equal ones by index
	 * @throws {ElexError} VALIDATION_ERROR: lengths differ, a number is not finite, or k < 1
	 */
	static similaritySearch(query: Float32Array, candidates: Float32Array[] | Float32Array, k: number): Promise<{
		index: number;
		score: number;
	}[]>;
	/**
	 * Move many action values towards their targets (Sutton & Barto, 2nd ed., equation 6.8).
	 * @param {QUpdate[]} updates an absent currentQ counts as 0
	 * @param {number} alpha learning rate in [0, 1]
	 * @param {number} gamma discount in [0, 1]
	 * @returns {Promise<Float32Array>} the new values, in the order of the updates
	 * @throws {ElexError} VALIDATION_ERROR: alpha, gamma or a number of an update is out of its range
	 */
	static batchQUpdate(updates: QUpdate[], alpha: number, gamma: number): Promise<Float32Array>;
}
/** Every error that the SDK raises on purpose. An error loses nothing that was stored before it. */
export class ElexError extends Error {
	/**
	 * Turn whatever was thrown into an ElexError; one that is already ours keeps its code.
	 * @param {unknown} thrown
	 * @param {ErrorCode} code for everything else (a DOMException has a numeric `code`, which is not ours)
	 * @param {string} fix
	 * @returns {ElexError}
	 */
	static from(thrown: unknown, code: ErrorCode, fix: string): ElexError;
	/**
	 * @param {ErrorCode} code
	 * @param {string} problem what was wrong and where, with the value; no full stop at its end
	 * @param {string} fix what to do about it; no full stop at its end
	 * @param {ErrorKind | null} [kind] of QUERY_FAILED
	 */
	constructor(code: ErrorCode, problem: string, fix: string, kind?: ErrorKind | null);
	code: ErrorCode;
	problem: string;
	fix: string;
	kind: ErrorKind | null;
	/** @type {string | undefined} the phase of the start in which it happened, where that is known */
	phase: string | undefined;
	/** @returns {ErrorFields} what crosses to another thread */
	toJSON(): ErrorFields;
}
export type ErrorCode = "INVALID_CONFIG" | "QUERY_FAILED" | "VALIDATION_ERROR" | "MEMORY_ERROR" | "SERIALIZATION_ERROR" | "IO_ERROR" | "NOT_FOUND" | "UNTRUSTED" | "UNSUPPORTED";
type ErrorFields = {
	code: string;
	problem: string;
	fix: string;
	/**
	 * of the start
	 */
	phase?: string | undefined;
	kind?: ErrorKind | null | undefined;
};
/** @returns {boolean} whether this browser runs the simd128 build */
export function simdAvailable(): boolean;
/**
 * Load the engine and all agents, and restore what was learnt on this device.
 * @param {OpenOptions} [options]
 * @returns {Promise<Elex>}
 * @throws {ElexError} UNSUPPORTED: no WebAssembly; IO_ERROR: a file is missing, or IndexedDB is refused
 */
export function openElex({ onProgress, ...options }?: OpenOptions): Promise<Elex>;
/** @returns {string} the version of this build */
export function wasmVersion(): string;
/** @returns {Promise<MemoryStats>} of the instance opened last, else of the stand-alone agents' worker */
export function memoryStats(): Promise<MemoryStats>;
/**
 * All agents of the catalogue, their learning, and the way to ask them. Made by openElex(). It fires
 * "agentstatus" for every change of an agent's status, before the call returns in which it happened;
 * "waiting" for a call that takes longer than 20 s, with detail null once none does any more; and "restart"
 * when the engine had ended and was started anew, by the next call or by restart().
 */
export class Elex extends EventTarget {
	private constructor();
	/** What was started: version, kernels in use, storage, agents, restored and damaged records. */
	started: Readonly<StartResult>;
	/**
	 * Hear of changes of status: `event.detail` says which agent, from what to what, and why.
	 * @overload
	 * @param {"agentstatus"} type
	 * @param {((event: CustomEvent<AgentEvent>) => void) | null} listener
	 * @param {boolean | AddEventListenerOptions} [options] a `signal` in it ends the hearing
	 * @returns {void}
	 */
	addEventListener(type: "agentstatus", listener: ((event: CustomEvent<AgentEvent>) => void) | null, options?: boolean | AddEventListenerOptions | undefined): void;
	/**
	 * @overload
	 * @param {"waiting"} type
	 * @param {((event: CustomEvent<Waiting | null>) => void) | null} listener
	 * @param {boolean | AddEventListenerOptions} [options]
	 * @returns {void}
	 */
	addEventListener(type: "waiting", listener: ((event: CustomEvent<Waiting | null>) => void) | null, options?: boolean | AddEventListenerOptions | undefined): void;
	/**
	 * @overload
	 * @param {"restart"} type
	 * @param {((event: CustomEvent<StartResult>) => void) | null} listener
	 * @param {boolean | AddEventListenerOptions} [options]
	 * @returns {void}
	 */
	addEventListener(type: "restart", listener: ((event: CustomEvent<StartResult>) => void) | null, options?: boolean | AddEventListenerOptions | undefined): void;
	/**
	 * @overload
	 * @param {string} type
	 * @param {EventListenerOrEventListenerObject | null} listener
	 * @param {boolean | AddEventListenerOptions} [options]
	 * @returns {void}
	 */
	addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions | undefined): void;
	/**
	 * Find the best agent for a question and ask it.
	 * @param {string | Query} query
	 * @returns {Promise<QueryResponse>}
	 */
	ask(query: string | Query): Promise<QueryResponse>;
	/**
	 * Find the agents for a text, without asking one.
	 * @param {string} text
	 * @param {number} [k]
	 * @returns {Promise<Route[]>} best first, at most k
	 */
	route(text: string, k?: number): Promise<Route[]>;
	/**
	 * Rate an answer; on return what was learnt is stored.
	 * @param {string} queryId of the answer
	 * @param {Feedback} feedback rating in [-1, 1]
	 * @returns {Promise<LearningUpdate>}
	 */
	feedback(queryId: string, feedback: Feedback): Promise<LearningUpdate>;
	/**
	 * What to activate for some features, prerequisites first.
	 * @param {string[]} fajCodes in any spelling
	 * @param {string[]} [chosen] settles choices, and adds what is needed in some configurations only
	 * @returns {Promise<ActivationSteps>}
	 * @throws {ElexError} NOT_FOUND: no feature has one of the codes
	 */
	activationPlan(fajCodes: string[], chosen?: string[]): Promise<ActivationSteps>;
	/**
	 * What must not be active together with some features, and which of them not with each other.
	 * @param {string[]} fajCodes in any spelling
	 * @returns {Promise<FeatureConflicts>}
	 * @throws {ElexError} NOT_FOUND: no feature has one of the codes
	 */
	conflicts(fajCodes: string[]): Promise<FeatureConflicts>;
	/** @param {AgentFilter} [filter] @returns {Promise<AgentSummary[]>} */
	agents(filter?: AgentFilter): Promise<AgentSummary[]>;
	/**
	 * @param {string} fajCode in any spelling
	 * @returns {Promise<EdgeAgent>}
	 * @throws {ElexError} NOT_FOUND: no agent has this code
	 */
	agent(fajCode: string): Promise<EdgeAgent>;
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
	loadConfiguration(file: Blob, name?: string, options?: LoadOptions): Promise<ConfigurationReport>;
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
	loadModel(file: Blob, name?: string, options?: LoadOptions): Promise<ModelReport>;
	/**
	 * Load measurements (PM XML, VES events, also in gzip, zip or tar) beside those that are loaded. Of several files one that
	 * cannot be read is told of in `rejected`.
	 * @param {Blob | Blob[]} files
	 * @param {string} [name] of a single file; default: its own
	 * @param {LoadOptions} [options]
	 * @returns {Promise<MeasurementReport>}
	 * @throws {ElexError} as loadConfiguration
	 */
	loadMeasurements(files: Blob | Blob[], name?: string, options?: LoadOptions): Promise<MeasurementReport>;
	/**
	 * Compute the catalogue's KPIs from the loaded counters; without names, all that these allow.
	 * @param {KpiOptions} [options]
	 * @returns {Promise<KpiSeries[]>}
	 * @throws {ElexError} NOT_FOUND: no formula has this name
	 */
	kpis(options?: KpiOptions): Promise<KpiSeries[]>;
	/** Let go of all loaded configurations and measurements. @returns {Promise<void>} */
	forgetNetwork(): Promise<void>;
	/** @returns {Promise<MemoryStats>} */
	memoryStats(): Promise<MemoryStats>;
	/** @returns {Promise<StorageStats>} */
	storageStats(): Promise<StorageStats>;
	/** @returns {Promise<EpisodeStats>} how many rated questions are kept on this device, and their bytes */
	episodes(): Promise<EpisodeStats>;
	/**
	 * Delete the rated questions that are kept; what the agents learnt of the ratings stays.
	 * @returns {Promise<number>} how many there were; they are gone from the disk, too
	 */
	forgetEpisodes(): Promise<number>;
	/** @returns {Promise<RegistryStats>} how many agents are loaded, and how questions found their way */
	registryStats(): Promise<RegistryStats>;
	/** Write what is still queued; on return it is on disk. @returns {Promise<void>} */
	flush(): Promise<void>;
	/**
	 * Count the Python objects that JavaScript holds, of those made since the first call. For leak tests.
	 * @returns {Promise<number>}
	 */
	liveProxies(): Promise<number>;
	/**
	 * End the engine, whatever it does, and start it anew from what is stored. Calls that wait are refused with
	 * QUERY_FAILED; this instance and its agents stay valid.
	 * @returns {Promise<void>}
	 */
	restart(): Promise<void>;
	/** Write everything and end the worker. @returns {Promise<void>} */
	close(): Promise<void>;
	#private;
}
export type OpenOptions = {
	/**
	 * hears of every phase of the start; bytes where known, else steps
	 */
	onProgress?: ((progress: Progress) => void) | undefined;
	/**
	 * default "auto": what the browser supports
	 */
	kernels?: "auto" | "simd" | "scalar" | undefined;
	/**
	 * default "indexeddb"
	 */
	storage?: "memory" | "indexeddb" | undefined;
	/**
	 * default "elex"
	 */
	databaseName?: string | undefined;
	/**
	 * makes exploration reproducible
	 */
	seed?: number | undefined;
	/**
	 * how many rated questions are kept at most, default 2000
	 */
	maxEpisodes?: number | undefined;
};
export type LoadOptions = {
	/**
	 * hears how many bytes of all files were read
	 */
	onProgress?: ((progress: Progress) => void) | undefined;
	/**
	 * stops the loading; nothing of the files is kept then
	 */
	signal?: AbortSignal | undefined;
};

export {};
