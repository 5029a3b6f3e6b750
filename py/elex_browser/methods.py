"""The table of methods that JavaScript may call: parameters, result, and what carries each out.

The types of the SDK are generated from it (`Methods` in web/messages.d.ts), so what is called and what comes
back cannot differ from what stands here.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from elex_browser.edge_agent import EdgeAgent
from elex_browser.elex import Elex
from elex_browser.lone_agents import LoneAgents
from elex_browser.network.source import Source, Watch
from elex_browser.protocol import (
    ActivationSteps,
    AgentSnapshot,
    AgentStats,
    AgentSummary,
    ConfigurationReport,
    EpisodeStats,
    FeatureConflicts,
    KPIData,
    KpiSeries,
    KPIValue,
    LearningState,
    LearningUpdate,
    MeasurementReport,
    MemoryStats,
    Message,
    ModelReport,
    QTableStats,
    QueryResponse,
    RegistryStats,
    Route,
    StorageStats,
    ValidationResult,
)
from elex_browser.protocol import requests as r

P = TypeVar("P", bound=Message)
T = TypeVar("T")


class AgentResult(Message, Generic[T]):
    """What a method of an agent gives, with the agent's properties as they are after it."""

    value: T
    snapshot: AgentSnapshot


class Method(NamedTuple):
    """One method of an instance.

    Attributes:
        params: the shape of its parameters.
        result: the type of its result.
        call: carries it out.
    """

    params: type[Message]
    result: Any
    call: Callable[[Elex, Any], Awaitable[Any]]


class AgentMethod(NamedTuple):
    """One method of an agent; its result travels as an `AgentResult`."""

    params: type[r.OfAgent]
    result: Any
    call: Callable[[EdgeAgent, Any], Awaitable[Any]]


class LoneMethod(NamedTuple):
    """One method about the agents that stand alone."""

    params: type[Message]
    result: Any
    call: Callable[[LoneAgents, Any], Any]


class Loader(NamedTuple):
    """One method that takes files beside its parameters, which are `LoadFiles`."""

    result: type[Message]
    call: Callable[[Elex, Sequence[Source], Watch | None], Awaitable[Message]]


def _of(params: type[P], result: type[T], call: Callable[[Elex, P], Awaitable[T]]) -> Method:
    return Method(params, result, call)


A = TypeVar("A", bound=r.OfAgent)


def _of_agent(
    params: type[A], result: type[T], call: Callable[[EdgeAgent, A], Awaitable[T]]
) -> AgentMethod:
    return AgentMethod(params, result, call)


async def _find_agent(elex: Elex, params: r.FindAgent) -> AgentSnapshot:
    return (await elex.agent(params.faj_code)).snapshot()


async def _snapshot(agent: EdgeAgent, params: r.OfAgent) -> None:
    """Nothing but the properties that travel with every result."""


_Nothing = type(None)

METHODS: dict[str, Method] = {
    "ask": _of(r.Ask, QueryResponse, lambda e, p: e.ask(p.query)),
    "route": _of(r.FindRoutes, list[Route], lambda e, p: e.route(p.text, p.k)),
    "feedback": _of(r.Rate, LearningUpdate, lambda e, p: e.feedback(p.query_id, p.feedback)),
    "agents": _of(r.ListAgents, list[AgentSummary], lambda e, p: e.agents(p.filter)),
    "agent": _of(r.FindAgent, AgentSnapshot, _find_agent),
    "activationPlan": _of(
        r.PlanActivation, ActivationSteps, lambda e, p: e.activation_plan(p.faj_codes, p.chosen)
    ),
    "conflicts": _of(r.FindConflicts, FeatureConflicts, lambda e, p: e.conflicts(p.faj_codes)),
    "memoryStats": _of(r.Nothing, MemoryStats, lambda e, p: e.memory_stats()),
    "storageStats": _of(r.Nothing, StorageStats, lambda e, p: e.storage_stats()),
    "episodes": _of(r.Nothing, EpisodeStats, lambda e, p: e.episodes()),
    "forgetEpisodes": _of(r.Nothing, int, lambda e, p: e.forget_episodes()),
    "registryStats": _of(r.Nothing, RegistryStats, lambda e, p: e.registry_stats()),
    "kpis": _of(r.ComputeKpis, list[KpiSeries], lambda e, p: e.kpis(p.options)),
    "forgetNetwork": _of(r.Nothing, _Nothing, lambda e, p: e.forget_network()),
    "flush": _of(r.Nothing, _Nothing, lambda e, p: e.flush()),
    "close": _of(r.Nothing, _Nothing, lambda e, p: e.close()),
}

AGENT_METHODS: dict[str, AgentMethod] = {
    "agent.initialize": _of_agent(r.OfAgent, str, lambda a, p: a.initialize()),
    "agent.snapshot": _of_agent(r.OfAgent, _Nothing, _snapshot),
    "agent.processQuery": _of_agent(
        r.ProcessQuery, QueryResponse, lambda a, p: a.process_query(p.query)
    ),
    "agent.validateParameters": _of_agent(
        r.ValidateParameters,
        list[ValidationResult],
        lambda a, p: a.validate_parameters(p.parameters),
    ),
    "agent.validateBatch": _of_agent(
        r.ValidateBatch, list[list[ValidationResult]], lambda a, p: a.validate_batch(p.batch)
    ),
    "agent.monitorKPIs": _of_agent(r.OfAgent, KPIData, lambda a, p: a.monitor_kpis()),
    "agent.getKPIData": _of_agent(r.OfAgent, list[KPIValue], lambda a, p: a.get_kpi_data()),
    "agent.updateLearning": _of_agent(
        r.UpdateLearning, _Nothing, lambda a, p: a.update_learning(p.feedback)
    ),
    "agent.exportQTable": _of_agent(r.OfAgent, bytes, lambda a, p: a.export_q_table()),
    "agent.importQTable": _of_agent(
        r.ImportQTable, _Nothing, lambda a, p: a.import_q_table(p.data)
    ),
    "agent.getQTableStats": _of_agent(r.OfAgent, QTableStats, lambda a, p: a.get_q_table_stats()),
    "agent.getStats": _of_agent(r.OfAgent, AgentStats, lambda a, p: a.get_stats()),
    "agent.estimateMemory": _of_agent(r.OfAgent, int, lambda a, p: a.estimate_memory()),
    "agent.learningState": _of_agent(r.OfAgent, LearningState, lambda a, p: a.learning_state()),
    "agent.shutdown": _of_agent(r.OfAgent, _Nothing, lambda a, p: a.shutdown()),
}


def _create(lone: LoneAgents, params: r.CreateAgent) -> AgentResult[str]:
    handle = lone.create(params.config)
    agent = lone.find(handle)
    assert agent is not None  # it was just made
    return AgentResult(value=handle, snapshot=agent.snapshot())


LONE_METHODS: dict[str, LoneMethod] = {
    "edge.create": LoneMethod(r.CreateAgent, AgentResult[str], _create),
    "edge.forget": LoneMethod(r.OfAgent, _Nothing, lambda lone, p: lone.forget(p.agent_id)),
}

LOADERS: dict[str, Loader] = {
    "loadModel": Loader(
        ModelReport, lambda e, files, watch: e.load_model(files[0], on_progress=watch)
    ),
    "loadConfiguration": Loader(
        ConfigurationReport,
        lambda e, files, watch: e.load_configuration(files[0], on_progress=watch),
    ),
    "loadMeasurements": Loader(
        MeasurementReport, lambda e, files, watch: e.load_measurements(files, on_progress=watch)
    ),
}
