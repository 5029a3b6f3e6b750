"""The messages that cross between page, worker and Python, with their version.

The public TypeScript types are generated from these structs. Fields are snake_case here and
camelCase on the wire; bytes travel as base64 text; times are milliseconds; probabilities lie in [0,
1].
"""

from typing import Literal

import msgspec

PROTOCOL_VERSION = 1

Action = Literal["DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate"]
AgentStatus = Literal["Initializing", "ColdStart", "Ready", "Busy", "Degraded", "Offline"]
Via = Literal["code", "name", "semantic", "memory", "peer"]
SectionKind = Literal[
    "what",
    "parameters",
    "counters",
    "kpis",
    "prerequisites",
    "conflicts",
    "activation",
    "clarification",
    "escalation",
    "context",
    "peer",
]


class Message(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """Base of everything that crosses."""


# --- asking
# -----------------------------------------------------------------------------------------


class Query(Message):
    """A question. `state` is the caller's context; `available_actions` restricts the choice."""

    content: str
    query_id: str | None = None
    state: str | None = None
    available_actions: list[Action] | None = None


class Route(Message):
    """One candidate agent; `score` is the calibrated probability that it is the right one."""

    agent_id: str
    faj_code: str
    name: str
    score: float
    via: Via


class SectionRow(Message):
    """One line of a section: cells in the order of the section's columns."""

    cells: list[str]
    faj_code: str | None = None


class AnswerSection(Message):
    """A part of an answer. `source` names where its facts come from."""

    kind: SectionKind
    title: str
    source: str
    text: str = ""
    columns: list[str] = []
    rows: list[SectionRow] = []


class QueryResponse(Message):
    """An answer with how it came about."""

    query_id: str
    agent_id: str
    faj_code: str
    content: str
    action_taken: Action
    confidence: float
    latency_ms: float
    q_value: float
    explored: bool
    routes: list[Route]
    sections: list[AnswerSection]
    consulted: list[str]


class Feedback(Message):
    """A rating in [-1, 1], and whether the question is settled."""

    rating: float
    resolved: bool = False


class LearningUpdate(Message):
    """What a rating changed; when it arrives, the change is stored."""

    agent_id: str
    state: str
    action: Action
    reward: float
    td_error: float
    q_value: float
    visits: int
    epsilon: float
    interactions: int


# --- agents
# -----------------------------------------------------------------------------------------


class AgentFilter(Message):
    """Which agents to list; all conditions hold together, text matches name, code or acronym."""

    text: str | None = None
    category: str | None = None
    access: str | None = None
    status: AgentStatus | None = None


class AgentSummary(Message):
    """An agent in a list."""

    id: str
    faj_code: str
    name: str
    acronym: str
    category: str
    access: list[str]
    status: AgentStatus
    interactions: int
    confidence: float


class ParameterConfig(Message):
    """A parameter an agent knows; bounds are inclusive, absent bounds are unknown."""

    name: str
    value_type: str
    range_min: float | None = None
    range_max: float | None = None
    current_value: float | None = None


class CounterConfig(Message):
    """A counter an agent watches."""

    name: str
    category: str
    current_value: float


class KpiConfig(Message):
    """A KPI an agent watches."""

    name: str
    formula: str
    threshold: float


class AgentConfig(Message):
    """What a standalone agent is made from."""

    id: str
    faj_code: str
    category: str
    parameters: list[ParameterConfig]
    counters: list[CounterConfig]
    kpis: list[KpiConfig]


class AgentSnapshot(Message):
    """The properties of an agent that a caller reads without waiting."""

    id: str
    faj_code: str
    status: AgentStatus
    is_ready: bool
    confidence: float
    interaction_count: int


class AgentStats(Message):
    """The fifteen figures of an agent."""

    id: str
    faj_code: str
    status: AgentStatus
    interactions: int
    confidence: float
    health: float
    parameter_count: int
    counter_count: int
    kpi_count: int
    avg_latency_ms: float
    peak_latency_ms: float
    validation_accuracy: float
    success_rate: float
    avg_reward: float
    memory_bytes: int


class QTableStats(Message):
    """The figures of a Q-table; the three values are 0 for an empty table."""

    entries_count: int
    total_updates: int
    current_epsilon: float
    min_q_value: float
    max_q_value: float
    mean_q_value: float


class QTableEntry(Message):
    """One state-action pair of an agent's table, as the page shows it."""

    state: str
    action: Action
    q_value: float
    visits: int


class LearningState(Message):
    """What an agent has learnt."""

    agent_id: str
    stats: QTableStats
    entries: list[QTableEntry]


class AgentEvent(Message):
    """A change of an agent's status: one row of the lifecycle table."""

    sequence: int
    agent_id: str
    faj_code: str
    before: AgentStatus
    after: AgentStatus
    trigger: str
    health: float


class FeedbackData(Message):
    """One step told from outside: state, action and reward, and where it led."""

    reward: float
    state: str
    action: Action
    next_state: str | None = None


# --- validation and KPIs
# ----------------------------------------------------------------------------


class ValidationParam(Message):
    """A value and its closed range. Text, NaN or infinities are judged, not refused.

    JSON has no NaN or infinities: they travel as the texts "NaN", "Infinity" and "-Infinity".
    """

    name: str
    value: float | int | str | bool | None
    min: float | str | None
    max: float | str | None


class ValidationResult(Message):
    """The verdict on one value; `reason` says why it is invalid."""

    parameter: str
    valid: bool
    value: float | int | str | bool | None
    reason: str | None = None


class KPIData(Message):
    """A pass over an agent's counters."""

    total_events: float
    weighted_score: float
    peak_value: float
    alerts: int


class KPIValue(Message):
    """A KPI's value; null where its formula cannot be computed, and `reason` says why."""

    name: str
    value: float | None
    threshold: float
    alert: bool
    reason: str | None = None


class QUpdate(Message):
    """One Q-learning step for the batch kernel; an absent current_q counts as 0."""

    state: str
    action: str
    reward: float
    next_max_q: float
    current_q: float | None = None


# --- system
# -----------------------------------------------------------------------------------------


class MemoryStats(Message):
    """Counted memory; `budget_bytes` is the limit that `utilization_percent` refers to."""

    budget_bytes: int
    used_bytes: int
    utilization_percent: float
    cached_agents: int
    state_buffers_available: int
    trajectories_available: int
    wasm_memory_bytes: int
    pyodide_memory_bytes: int
    total_agents: int


class StorageStats(Message):
    """What is kept on disk; `damaged` names records that were found unsound and set aside."""

    kind: str
    persistent: bool
    records: int
    payload_bytes: int
    pending_writes: int
    damaged: list[str]


class RouteCounts(Message):
    """How often the asked agent was found in each way."""

    code: int = 0
    name: int = 0
    semantic: int = 0
    memory: int = 0
    peer: int = 0


class RegistryStats(Message):
    """How the agents come and go since the start; times of making one in milliseconds."""

    total: int
    cached: int
    created: int
    restored: int
    evicted: int
    hits: int
    misses: int
    create_ms_mean: float
    create_ms_max: float
    by_status: dict[str, int]
    by_category: dict[str, int]
    routes: RouteCounts


class StartOptions(Message):
    """What an opened instance is made from; kernels and database are opened by the worker."""

    kernels: Literal["auto", "simd", "scalar"] = "auto"
    storage: Literal["indexeddb", "memory"] = "indexeddb"
    database_name: str = "elex"
    seed: int | None = None
    budget_bytes: int | None = None


class StartResult(Message):
    """What was started; `restored` counts agents found on disk, `damaged` names unsound records."""

    version: str
    protocol_version: int
    agents: int
    kernels: str
    storage: str
    restored: int
    damaged: list[str]


class ErrorMessage(Message):
    """An ElexError on its way to JavaScript."""

    code: str
    problem: str
    fix: str
