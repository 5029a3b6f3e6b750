"""Agents: what they are made from, their figures, and what they learnt."""

from elex_browser.protocol.base import (
    Action,
    AgentStatus,
    Complexity,
    Confidence,
    Context,
    Message,
    QueryType,
    Trigger,
)


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
    """The fifteen figures of an agent.

    Before anything was rated `success_rate` and `avg_reward` are 0; before anything was validated
    `validation_accuracy` is 1, because nothing was found wrong. LearningState counts both.
    """

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


class StateParts(Message):
    """What an agent distinguishes when it chooses an action."""

    query_type: QueryType
    complexity: Complexity
    confidence: Confidence
    context: Context


class QTableEntry(Message):
    """One state-action pair of an agent's table; `parts` is null for a state that a caller named himself."""

    state: str
    parts: StateParts | None
    action: Action
    q_value: float
    visits: int


class LearningState(Message):
    """What an agent has learnt, and on how much its rates rest.

    `rated_answers` stand behind the success rate and the mean reward, `validated_values` behind the
    validation accuracy; where they are 0, those figures say nothing yet.
    """

    agent_id: str
    status: AgentStatus
    interactions: int
    stats: QTableStats
    entries: list[QTableEntry]
    rated_answers: int
    validated_values: int


class AgentEvent(Message):
    """A change of an agent's status: one row of the lifecycle table."""

    sequence: int
    agent_id: str
    faj_code: str
    before: AgentStatus
    after: AgentStatus
    trigger: Trigger
    health: float


class FeedbackData(Message):
    """One step told from outside: state, action and reward, and where it led."""

    reward: float
    state: str
    action: Action
    next_state: str | None = None
