"""Fixtures of the unit tests, which run on CPython and, unchanged, inside Pyodide."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


def run_to_end(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; inside Pyodide a loop runs already, so the stack is switched."""
    if sys.platform == "emscripten":
        from pyodide.ffi import run_sync

        return run_sync(coroutine)  # type: ignore[no-any-return]
    return asyncio.run(coroutine)


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, T]], T]:
    """Give tests a way to await without a plugin."""
    return run_to_end
