"""The parameters of every method that JavaScript may call; unknown fields are refused."""

import msgspec

from elex_browser.protocol import (
    AgentConfig,
    AgentFilter,
    Feedback,
    FeedbackData,
    KpiOptions,
    Message,
    Query,
    ValidationParam,
)


class Nothing(Message):
    """A method without parameters."""


class Ask(Message):
    """`ask`: a question as text or as a message."""

    query: str | Query


class FindRoutes(Message):
    """`route`."""

    text: str
    k: int = 10


class Rate(Message):
    """`feedback`."""

    query_id: str
    feedback: Feedback


class ListAgents(Message):
    """`agents`."""

    filter: AgentFilter | None = None


class FindAgent(Message):
    """`agent`: a FAJ code in any spelling."""

    faj_code: str


class LoadFiles(Message):
    """`loadConfiguration` and `loadMeasurements`: the files come beside the text."""

    name: str | None = None


class ComputeKpis(Message):
    """`kpis`."""

    options: KpiOptions = msgspec.field(default_factory=KpiOptions)


class PlanActivation(Message):
    """`activationPlan`: codes in any spelling; `chosen` settles choices and adds conditional ones."""

    faj_codes: list[str]
    chosen: tuple[str, ...] = ()


class FindConflicts(Message):
    """`conflicts`: codes in any spelling."""

    faj_codes: list[str]


class CreateAgent(Message):
    """`edge.create`: an agent that stands alone."""

    config: AgentConfig


class OfAgent(Message):
    """A method of one agent, without parameters of its own."""

    agent_id: str


class ProcessQuery(OfAgent):
    """`agent.processQuery`."""

    query: Query


class ValidateParameters(OfAgent):
    """`agent.validateParameters`."""

    parameters: list[ValidationParam]


class ValidateBatch(OfAgent):
    """`agent.validateBatch`."""

    batch: list[list[ValidationParam]]


class UpdateLearning(OfAgent):
    """`agent.updateLearning`."""

    feedback: FeedbackData


class ImportQTable(OfAgent):
    """`agent.importQTable`: the file's bytes, base64 on the wire."""

    data: bytes
