"""Inside Pyodide: route the questions in `argument`; leaves the times as JSON, the last expression."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator

from elex_browser import ffi
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.kernels.wasm import WasmKernels
from elex_browser.knowledge.routing import QuestionRouter

WARM_QUESTIONS = 100
"""Routed before anything is timed: the browser translates code that is used often once more, and better."""


def took(work: Callable[[], object]) -> float:
    """Return the milliseconds that something takes; a question may be refused."""
    begin = time.perf_counter()
    with contextlib.suppress(ElexError):
        work()
    return (time.perf_counter() - begin) * 1e3


def steps_of(work: Iterator[None]) -> list[float]:
    """Return the milliseconds of every step."""
    times: list[float] = []
    while True:
        begin = time.perf_counter()
        if next(work, "over") == "over":
            return times
        times.append((time.perf_counter() - begin) * 1e3)


def measure(questions: list[str], started_ms: float) -> dict[str, list[float]]:
    """Return by operation the milliseconds of each run."""
    router = QuestionRouter(Catalogue.load(), kernels=WasmKernels(ffi.host().kernels))
    times = {"worker with Python": [started_ms], "reading the indexes": [took(router.warm_up)]}
    warm = (questions * (WARM_QUESTIONS // len(questions) + 1))[:WARM_QUESTIONS]
    for name in ("route, scanning", "route, by graph"):
        for question in warm:
            took(lambda asked=question: router.assess(asked))  # type: ignore[misc]
        times[name] = [took(lambda asked=q: router.assess(asked)) for q in questions]  # type: ignore[misc]
        times.setdefault("linking the graph, a step", steps_of(router.idle_work()))
    router.close()
    return times


json.dumps(measure(json.loads(argument), started_ms))  # type: ignore[name-defined]  # noqa: F821
