"""What the worker calls: builds kernels, storage and agents once, then answers requests as text."""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, cast

import msgspec

from elex_browser.dispatch import Reply, Router, error_reply
from elex_browser.edge_agent import EdgeBatch
from elex_browser.elex import Elex
from elex_browser.errors import ElexError, QueryError, ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.network.source import Source, Watch
from elex_browser.protocol import PROTOCOL_VERSION, StartOptions, StartResult
from elex_browser.session.quiet import Quiet
from elex_browser.storage.base import Store
from elex_browser.storage.memory import MemoryStore
from elex_browser.text.json_depth import check_depth
from elex_browser.version import __version__

logger = logging.getLogger(__name__)
Progress = Callable[[str, int, int], object]
_STEPS = ("kernels", "storage", "catalogue", "ready")
WARM_UP_AFTER_S = 0.05
FILE_BUFFER_BYTES = 1 << 18
_router: Router | None = None
_warming: asyncio.Task[None] | None = None
_quiet = Quiet()


async def start(options_json: str, progress: Progress | None = None) -> str:
    """Open the instance; the reply carries a StartResult or an error. `progress(phase, done, total)`."""
    global _router, _warming
    try:
        options = _options(options_json)
        kernels, store = await _parts(options, progress)
        _tell(progress, 2)
        elex = await Elex.open(
            store=store,
            kernels=kernels,
            seed=options.seed,
            budget_bytes=options.budget_bytes,
            max_episodes=options.max_episodes,
        )
        elex.budget.heap_bytes = _heap_bytes
        EdgeBatch.kernels = kernels
        _router = Router(elex, kernels)
        result = StartResult(
            version=__version__,
            protocol_version=PROTOCOL_VERSION,
            agents=elex.n_agents,
            kernels=kernels.name,
            storage=store.name,
            restored=elex.n_restored,
            damaged=elex.damaged,
        )
    except ElexError as error:
        return error_reply(error)
    except Exception as exc:  # a bug or a broken environment: told with its name
        logger.exception("the start failed unexpectedly")
        problem = f"the start failed with {type(exc).__name__}: {exc}"
        return error_reply(
            QueryError(problem, "Reload the page; if it stays, install the app again")
        )
    _tell(progress, 3)
    if _warming is not None:
        _warming.cancel()
    _warming = asyncio.get_running_loop().create_task(_warm_up(elex))
    return msgspec.json.encode(Reply(id=0, result=result)).decode()


async def handle(text: str) -> str:
    """Return the reply to one request; never raises."""
    _quiet.disturb()
    if _router is None:
        return error_reply(QueryError("nothing was started yet", "Wait for start() to finish"))
    return await _router.handle(text)


async def load(text: str, files: Sequence[Any], watch: Watch | None = None) -> str:
    """Return the reply to a request that brings files; never raises.

    In the browser a file is an object of the host with `name`, `size` and `read(begin, end)`;
    elsewhere it is a `Source`. `watch(done, total)` stops the work with False.
    """
    if _router is None:
        return error_reply(QueryError("nothing was started yet", "Wait for start() to finish"))
    return await _router.handle(text, [_source(file) for file in files], watch)


def _source(file: Any) -> Source:
    if sys.platform != "emscripten" or isinstance(file, Source):
        return cast(Source, file)
    from elex_browser import ffi

    buffered = io.BufferedReader(ffi.HostFile(file), FILE_BUFFER_BYTES)
    return Source.of(cast(BinaryIO, buffered), str(file.name))


async def _warm_up(elex: Elex) -> None:
    """Read indexes and past questions while the user types; a question that is faster reads them itself."""
    await asyncio.sleep(WARM_UP_AFTER_S)
    await elex.warm_up()
    _quiet.disturb()
    await _quiet.work(elex.idle_work())


def _options(text: str) -> StartOptions:
    try:
        check_depth(text.encode())
        return msgspec.json.decode(text, type=StartOptions)
    except msgspec.DecodeError as exc:
        raise ValidationError(
            f"the options do not fit: {exc}", "See the type of openElex's options"
        ) from exc


async def _parts(options: StartOptions, progress: Progress | None) -> tuple[Kernels, Store]:
    """The host's kernels and storage inside Pyodide, NumPy and memory elsewhere."""
    _tell(progress, 0)
    if sys.platform != "emscripten":
        return ReferenceKernels(), MemoryStore()
    from elex_browser import ffi
    from elex_browser.kernels.wasm import WasmKernels
    from elex_browser.storage.indexeddb import IndexedDbStore

    host = ffi.host()
    kernels: Kernels = WasmKernels(host.kernels) if host.kernels else ReferenceKernels()
    _tell(progress, 1)
    if options.storage == "memory" or not host.storage:
        return kernels, MemoryStore()
    return kernels, IndexedDbStore(ffi.StorageBridge(host.storage))


def _heap_bytes() -> int:
    """The interpreter's memory in the browser; 0 elsewhere, where it is not bounded by us."""
    if sys.platform != "emscripten":
        return 0
    from elex_browser import ffi

    return ffi.heap_bytes()


def _tell(progress: Progress | None, step: int) -> None:
    if progress is not None:
        progress(_STEPS[step], step, len(_STEPS) - 1)
