"""Fixtures of the unit tests, which run on CPython and, unchanged, inside Pyodide."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.catalogue.index import Catalogue
from elex_browser.kernels.base import Kernels
from tests.support import EVERY_KERNELS, KeptStore

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def run() -> Iterator[Run]:
    """Give a test one event loop to await in, as the worker has one for its whole life.

    Inside Pyodide that loop runs already, so the stack is switched instead.
    """
    if sys.platform == "emscripten":
        from pyodide.ffi import run_sync

        yield run_sync
    else:
        with asyncio.Runner() as runner:
            yield runner.run


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The whole catalogue."""
    return Catalogue.load()


@pytest.fixture
def store() -> KeptStore:
    """Where `elex` keeps what it learns; another instance can open it, too."""
    return KeptStore()


@pytest.fixture
def elex(run: Run, store: KeptStore) -> Elex:
    """A fresh instance; seeded, because agents explore on purpose."""
    opened: Elex = run(Elex.open(store=store, seed=1))
    return opened


@pytest.fixture(scope="module")
def opened() -> list[Elex]:
    """Room for the instance that the tests of a file share."""
    return []


@pytest.fixture
def shared_elex(run: Run, opened: list[Elex]) -> Elex:
    """One instance for all tests of a file: its first question has to read every index."""
    if not opened:
        opened.append(run(Elex.open(seed=1)))
    return opened[0]


@pytest.fixture(params=EVERY_KERNELS, ids=lambda kernels: kernels.name)
def kernels(request: pytest.FixtureRequest) -> Kernels:
    """Every implementation of the kernels in turn: NumPy, and inside Pyodide the Rust module's builds."""
    implementation: Kernels = request.param
    return implementation
