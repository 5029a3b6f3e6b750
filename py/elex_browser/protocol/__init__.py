"""The messages that cross between page, worker and Python, with their version.

The public TypeScript types are generated from these structs. Fields are snake_case here and
camelCase on the wire; bytes travel as base64 text; times are milliseconds; probabilities lie in
[0, 1].
"""

from elex_browser.protocol.agents import (
    AgentConfig,
    AgentEvent,
    AgentFilter,
    AgentSnapshot,
    AgentStats,
    AgentSummary,
    CounterConfig,
    FeedbackData,
    KpiConfig,
    LearningState,
    ParameterConfig,
    QTableEntry,
    QTableStats,
)
from elex_browser.protocol.asking import (
    AnswerSection,
    Feedback,
    LearningUpdate,
    Query,
    QueryResponse,
    Route,
    SectionRow,
)
from elex_browser.protocol.base import (
    PROTOCOL_VERSION,
    Action,
    AgentStatus,
    Message,
    SectionKind,
    Via,
)
from elex_browser.protocol.checking import (
    KPIData,
    KPIValue,
    QUpdate,
    ValidationParam,
    ValidationResult,
)
from elex_browser.protocol.graph import (
    ActivationSteps,
    FeatureConflict,
    FeatureConflicts,
    FeatureName,
)
from elex_browser.protocol.system import (
    EpisodeStats,
    ErrorMessage,
    MemoryStats,
    RegistryStats,
    RouteCounts,
    StartOptions,
    StartResult,
    StorageStats,
)

__all__ = [
    "PROTOCOL_VERSION",
    "Action",
    "ActivationSteps",
    "AgentConfig",
    "AgentEvent",
    "AgentFilter",
    "AgentSnapshot",
    "AgentStats",
    "AgentStatus",
    "AgentSummary",
    "AnswerSection",
    "CounterConfig",
    "EpisodeStats",
    "ErrorMessage",
    "FeatureConflict",
    "FeatureConflicts",
    "FeatureName",
    "Feedback",
    "FeedbackData",
    "KPIData",
    "KPIValue",
    "KpiConfig",
    "LearningState",
    "LearningUpdate",
    "MemoryStats",
    "Message",
    "ParameterConfig",
    "QTableEntry",
    "QTableStats",
    "QUpdate",
    "Query",
    "QueryResponse",
    "RegistryStats",
    "Route",
    "RouteCounts",
    "SectionKind",
    "SectionRow",
    "StartOptions",
    "StartResult",
    "StorageStats",
    "ValidationParam",
    "ValidationResult",
    "Via",
]
