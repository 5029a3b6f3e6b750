"""Fixtures of the unit tests, which run on CPython and, unchanged, inside Pyodide."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

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
