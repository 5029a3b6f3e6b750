"""From a request's text to a reply's text, and the one place where an error becomes a reply.

Only a class name and a traceback of a Python exception reach JavaScript, so no exception leaves
here.
"""

import logging
from collections.abc import Sequence
from typing import Any

import msgspec

from elex_browser import host
from elex_browser.elex import Elex
from elex_browser.errors import ElexError, NotFoundError, UnexpectedError, ValidationError
from elex_browser.lone_agents import LoneAgents
from elex_browser.methods import (
    AGENT_METHODS,
    LOADERS,
    LONE_METHODS,
    METHODS,
    AgentMethod,
    AgentResult,
)
from elex_browser.network.source import Watch
from elex_browser.protocol import AgentEvent, ErrorMessage, Message, requests
from elex_browser.text.json_depth import check_depth

logger = logging.getLogger(__name__)
MAX_REQUEST_BYTES = 64 << 20


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


class Dispatcher:
    """Answers requests about one instance and about agents that stand alone."""

    def __init__(self, elex: Elex, lone: LoneAgents) -> None:
        self._elex = elex
        self._lone = lone

    async def handle(self, text: str, files: Sequence[Any] = (), watch: Watch | None = None) -> str:
        """Return the reply to a request; whatever is wrong becomes an error reply.

        `files` are files of the host and go with the request; `watch` hears how far they were read.
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

    async def _dispatch(self, request: Request, files: Sequence[Any], watch: Watch | None) -> Any:
        name = request.method
        if method := METHODS.get(name):
            return await method.call(self._elex, _params(request, method.params))
        if of_agent := AGENT_METHODS.get(name):
            return await self._on_agent(of_agent, _params(request, of_agent.params))
        if lone := LONE_METHODS.get(name):
            return lone.call(self._lone, _params(request, lone.params))
        if loader := LOADERS.get(name):
            params = _params(request, requests.LoadFiles)
            if not files:
                raise ValidationError(f"{name} got no file", "Pass a File or Blob")
            sources = [host.current().source(file) for file in files]
            if len(sources) == 1 and params.name:
                sources = [sources[0]._replace(name=params.name)]
            return await loader.call(self._elex, sources, watch)
        known = ", ".join(sorted([*METHODS, *AGENT_METHODS, *LONE_METHODS, *LOADERS]))
        raise NotFoundError(f"there is no method {name[:60]!r}", f"Use one of {known}")

    async def _on_agent(self, method: AgentMethod, params: Any) -> AgentResult[Any]:
        """Find the agent, let it do what is asked, and send its properties along."""
        agent = self._lone.find(params.agent_id)
        if agent is None:
            agent = await self._elex.agent_by_id(params.agent_id)
        value = await method.call(agent, params)
        return AgentResult(value=value, snapshot=agent.snapshot())


def error_message(error: ElexError) -> ErrorMessage:
    """Return an error in the form in which it crosses."""
    return ErrorMessage(code=error.code, problem=error.problem, fix=error.fix, kind=error.kind)


def error_reply(error: ElexError) -> str:
    """Return the reply for an error before there is anything to route to."""
    reply = Reply(id=0, error=error_message(error))
    return msgspec.json.encode(reply).decode()


def _unexpected(exc: Exception) -> ErrorMessage:
    problem = f"an unexpected {type(exc).__name__}: {exc}"
    fix = "Nothing stored was lost; try again, and report it with what you did"
    return error_message(UnexpectedError(problem[:500], fix))


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
