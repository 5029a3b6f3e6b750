"""What the worker calls: opens an instance once, then answers requests as text."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from elex_browser import host
from elex_browser.dispatch import Dispatcher, Reply, error_reply
from elex_browser.elex import Elex
from elex_browser.errors import ElexError, NotReadyError, UnexpectedError, ValidationError
from elex_browser.lone_agents import LoneAgents
from elex_browser.network.source import Watch
from elex_browser.protocol import PROTOCOL_VERSION, StartOptions, StartResult
from elex_browser.session.quiet import Quiet
from elex_browser.text.json_depth import check_depth
from elex_browser.version import __version__

logger = logging.getLogger(__name__)
Progress = Callable[[str, int, int], object]
_STEPS = ("kernels", "storage", "catalogue", "ready")
WARM_UP_AFTER_S = 0.05


@dataclass
class _Worker:
    """What one worker holds between calls: nothing before the first start."""

    dispatcher: Dispatcher | None = None
    warming: asyncio.Task[None] | None = None
    quiet: Quiet = field(default_factory=Quiet)


worker = _Worker()


async def start(options_json: str, progress: Progress | None = None) -> str:
    """Open the instance; the reply carries a StartResult or an error. `progress(phase, done, total)`."""
    try:
        elex, result = await _open(_options(options_json), progress)
    except ElexError as error:
        return error_reply(error)
    except Exception as exc:  # a bug or a broken environment: told with its name
        logger.exception("the start failed unexpectedly")
        problem = f"the start failed with {type(exc).__name__}: {exc}"
        fix = "Reload the page; if it stays, install the app again"
        return error_reply(UnexpectedError(problem, fix))
    _tell(progress, 3)
    if worker.warming is not None:
        worker.warming.cancel()
    worker.warming = asyncio.get_running_loop().create_task(_warm_up(elex))
    return msgspec.json.encode(Reply(id=0, result=result)).decode()


async def handle(text: str) -> str:
    """Return the reply to one request; never raises."""
    worker.quiet.disturb()
    if worker.dispatcher is None:
        return error_reply(NotReadyError("nothing was started yet", "Wait for start() to finish"))
    return await worker.dispatcher.handle(text)


async def load(text: str, files: Sequence[Any], watch: Watch | None = None) -> str:
    """Return the reply to a request that brings files of the host; never raises.

    `watch(done, total)` stops the work with False.
    """
    if worker.dispatcher is None:
        return error_reply(NotReadyError("nothing was started yet", "Wait for start() to finish"))
    return await worker.dispatcher.handle(text, files, watch)


async def _open(options: StartOptions, progress: Progress | None) -> tuple[Elex, StartResult]:
    _tell(progress, 0)
    kernels = host.current().kernels()
    _tell(progress, 1)
    store = host.current().store(options.storage)
    _tell(progress, 2)
    elex = await Elex.open(
        store=store,
        kernels=kernels,
        seed=options.seed,
        budget_bytes=options.budget_bytes,
        max_episodes=options.max_episodes,
    )
    worker.dispatcher = Dispatcher(elex, LoneAgents(kernels, elex.events))
    return elex, StartResult(
        version=__version__,
        protocol_version=PROTOCOL_VERSION,
        agents=elex.n_agents,
        kernels=kernels.name,
        storage=store.name,
        restored=elex.n_restored,
        damaged=elex.damaged,
    )


async def _warm_up(elex: Elex) -> None:
    """Read indexes and past questions while the user types; a question that is faster reads them itself."""
    await asyncio.sleep(WARM_UP_AFTER_S)
    await elex.warm_up()
    worker.quiet.disturb()
    await worker.quiet.work(elex.idle_work())


def _options(text: str) -> StartOptions:
    try:
        check_depth(text.encode())
        return msgspec.json.decode(text, type=StartOptions)
    except msgspec.DecodeError as exc:
        raise ValidationError(
            f"the options do not fit: {exc}", "See the type of openElex's options"
        ) from exc


def _tell(progress: Progress | None, step: int) -> None:
    if progress is not None:
        progress(_STEPS[step], step, len(_STEPS) - 1)
