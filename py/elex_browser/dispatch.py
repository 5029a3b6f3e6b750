"""From a request's text to a reply's text: one table of methods, and the one place for errors.

Only a class name and a traceback of a Python exception reach JavaScript, so no exception leaves
here.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from elex_browser.edge_agent import EdgeAgent
from elex_browser.elex import Elex
from elex_browser.errors import ElexError, NotFoundError, QueryError, ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.network.source import Source, Watch
from elex_browser.protocol import AgentEvent, ErrorMessage, Message, requests
from elex_browser.text.json_depth import check_depth

logger = logging.getLogger(__name__)
MAX_REQUEST_BYTES = 64 << 20
MAX_LONE_AGENTS = 1000
# Methods that take files beside their parameters.
_LOADERS = ("loadConfiguration", "loadMeasurements")


class Request(Message):
    """What arrives: which method, with which parameters."""

    id: int | str
    method: str
    params: msgspec.Raw = msgspec.Raw(b"{}")


class Reply(Message, omit_defaults=True):
    """What leaves: a result or an error, and what happened to agents meanwhile."""

    id: int | str | None
    result: Any = msgspec.UNSET
    error: ErrorMessage | None = None
    events: tuple[AgentEvent, ...] = ()


class Method(NamedTuple):
    """The shape of the parameters and what to do with them."""

    params: type[Message]
    call: Callable[[Any], Awaitable[Any]]


class Router:
    """Answers requests about one instance and about agents that stand alone."""

    def __init__(self, elex: Elex, kernels: Kernels) -> None:
        self._elex = elex
        self._kernels = kernels
        self._lone_agents: dict[str, EdgeAgent] = {}
        self._n_made = 0
        self._methods = {**self._instance_methods(), **self._agent_methods()}

    async def handle(
        self, text: str, files: Sequence[Source] = (), watch: Watch | None = None
    ) -> str:
        """Return the reply to a request; whatever is wrong becomes an error reply.

        `files` go with the request as they are; `watch` hears how far they were read.
        """
        request_id: int | str | None = None
        try:
            request = _read(text)
            request_id = request.id
            reply = Reply(id=request_id, result=await self._dispatch(request, files, watch))
        except ElexError as error:
            reply = Reply(id=request_id, error=error_message(error))
        except Exception as exc:  # a bug: told with its name, kept with its traceback
            logger.exception("a request failed unexpectedly")
            reply = Reply(id=request_id, error=_unexpected(exc))
        reply.events = tuple(self._elex.take_events())
        return msgspec.json.encode(reply).decode()

    async def _dispatch(
        self, request: Request, files: Sequence[Source], watch: Watch | None
    ) -> Any:
        if request.method in _LOADERS:
            params = _params(request, requests.LoadFiles)
            return await self._load(request.method, params.name, files, watch)
        method = self._methods.get(request.method)
        if method is None:
            known = ", ".join(sorted([*self._methods, *_LOADERS]))
            raise NotFoundError(
                f"there is no method {request.method[:60]!r}", f"Use one of {known}"
            )
        return await method.call(_params(request, method.params))

    async def _load(
        self, method: str, name: str | None, files: Sequence[Source], watch: Watch | None
    ) -> Message:
        if not files:
            raise ValidationError(f"{method} got no file", "Pass a File or Blob")
        if len(files) == 1 and name:
            files = [files[0]._replace(name=name)]
        if method == "loadMeasurements":
            return await self._elex.load_measurements(list(files), on_progress=watch)
        return await self._elex.load_configuration(files[0], on_progress=watch)

    def _instance_methods(self) -> dict[str, Method]:
        elex, r = self._elex, requests
        return {
            "ask": Method(r.Ask, lambda p: elex.ask(p.query)),
            "route": Method(r.FindRoutes, lambda p: elex.route(p.text, p.k)),
            "feedback": Method(r.Rate, lambda p: elex.feedback(p.query_id, p.feedback)),
            "agents": Method(r.ListAgents, lambda p: elex.agents(p.filter)),
            "agent": Method(r.FindAgent, self._find_agent),
            "activationPlan": Method(
                r.PlanActivation, lambda p: elex.activation_plan(p.faj_codes, p.chosen)
            ),
            "conflicts": Method(r.FindConflicts, lambda p: elex.conflicts(p.faj_codes)),
            "memoryStats": Method(r.Nothing, lambda p: elex.memory_stats()),
            "storageStats": Method(r.Nothing, lambda p: elex.storage_stats()),
            "episodes": Method(r.Nothing, lambda p: elex.episodes()),
            "forgetEpisodes": Method(r.Nothing, lambda p: elex.forget_episodes()),
            "registryStats": Method(r.Nothing, lambda p: elex.registry_stats()),
            "kpis": Method(r.ComputeKpis, lambda p: elex.kpis(p.options)),
            "forgetNetwork": Method(r.Nothing, lambda p: elex.forget_network()),
            "flush": Method(r.Nothing, lambda p: elex.flush()),
            "close": Method(r.Nothing, lambda p: elex.close()),
            "edge.create": Method(r.CreateAgent, self._create_lone_agent),
            "edge.forget": Method(r.OfAgent, self._forget_lone_agent),
        }

    def _agent_methods(self) -> dict[str, Method]:
        r = requests
        of: dict[str, tuple[type[Message], Callable[[EdgeAgent, Any], Awaitable[Any]]]] = {
            "initialize": (r.OfAgent, lambda a, p: a.initialize()),
            "snapshot": (r.OfAgent, lambda a, p: _nothing()),
            "processQuery": (r.ProcessQuery, lambda a, p: a.process_query(p.query)),
            "validateParameters": (
                r.ValidateParameters,
                lambda a, p: a.validate_parameters(p.parameters),
            ),
            "validateBatch": (r.ValidateBatch, lambda a, p: a.validate_batch(p.batch)),
            "monitorKPIs": (r.OfAgent, lambda a, p: a.monitor_kpis()),
            "getKPIData": (r.OfAgent, lambda a, p: a.get_kpi_data()),
            "updateLearning": (r.UpdateLearning, lambda a, p: a.update_learning(p.feedback)),
            "exportQTable": (r.OfAgent, lambda a, p: a.export_q_table()),
            "importQTable": (r.ImportQTable, lambda a, p: a.import_q_table(p.data)),
            "getQTableStats": (r.OfAgent, lambda a, p: a.get_q_table_stats()),
            "getStats": (r.OfAgent, lambda a, p: a.get_stats()),
            "estimateMemory": (r.OfAgent, lambda a, p: a.estimate_memory()),
            "learningState": (r.OfAgent, lambda a, p: a.learning_state()),
            "shutdown": (r.OfAgent, lambda a, p: a.shutdown()),
        }
        return {
            f"agent.{name}": Method(params, self._on_agent(call))
            for name, (params, call) in of.items()
        }

    def _on_agent(
        self, call: Callable[[EdgeAgent, Any], Awaitable[Any]]
    ) -> Callable[[Any], Awaitable[dict[str, Any]]]:
        """Wrap a method of an agent: find the agent, and send its properties along."""

        async def method(params: Any) -> dict[str, Any]:
            agent = self._lone_agents.get(params.agent_id)
            if agent is None:
                agent = await self._elex.agent_by_id(params.agent_id)
            value = await call(agent, params)
            return {"value": value, "snapshot": agent.snapshot()}

        return method

    async def _find_agent(self, params: requests.FindAgent) -> Message:
        return (await self._elex.agent(params.faj_code)).snapshot()

    async def _create_lone_agent(self, params: requests.CreateAgent) -> dict[str, Any]:
        if len(self._lone_agents) >= MAX_LONE_AGENTS:
            raise QueryError(
                f"{MAX_LONE_AGENTS} agents stand alone already", "Forget some that you do not need"
            )
        config, note = params.config, self._elex.journal.note
        agent = EdgeAgent(
            config,
            kernels=self._kernels,
            on_change=lambda change: note(config.id, config.faj_code, change),
        )
        self._n_made += 1
        handle = f"edge:{self._n_made}"
        self._lone_agents[handle] = agent
        return {"value": handle, "snapshot": agent.snapshot()}

    async def _forget_lone_agent(self, params: requests.OfAgent) -> None:
        self._lone_agents.pop(params.agent_id, None)


def error_message(error: ElexError) -> ErrorMessage:
    """Return an error in the form in which it crosses."""
    return ErrorMessage(code=error.code, problem=error.problem, fix=error.fix)


def error_reply(error: ElexError) -> str:
    """Return the reply for an error before there is anything to route to."""
    reply = Reply(id=0, error=error_message(error))
    return msgspec.json.encode(reply).decode()


def _unexpected(exc: Exception) -> ErrorMessage:
    problem = f"an unexpected {type(exc).__name__}: {exc}"
    return ErrorMessage(
        code=QueryError.default_code,
        problem=problem[:500],
        fix="Nothing stored was lost; try again, and report it with what you did",
    )


def _read(text: str) -> Request:
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > MAX_REQUEST_BYTES:
        raise ValidationError(
            f"a request of {len(data)} bytes", f"Send at most {MAX_REQUEST_BYTES} bytes"
        )
    check_depth(data)
    try:
        return msgspec.json.decode(data, type=Request)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ValidationError(
            f"the request is not readable: {exc}", "Send JSON with id, method and params"
        ) from exc


def _params(request: Request, kind: type[Message]) -> Any:
    try:
        return msgspec.json.decode(request.params, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ValidationError(
            f"the parameters of {request.method} do not fit: {exc}",
            "See the types of the SDK for what it takes",
        ) from exc


async def _nothing() -> None:
    return None
