"""Counts what Python objects take, every reachable one once."""

import sys
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

_LEAVES = frozenset((str, int, float, bool, bytes, type(None)))
_OURS, _KERNELS = "elex_browser.", "elex_browser.kernels."


def deep_size(root: Any) -> int:
    """Return the bytes of an object and of all containers, structs, arrays, texts and objects of ours in it.

    What the kernels hold is left out: they count it themselves.
    """
    seen: set[int] = set()
    waiting = [root]
    total = 0
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        kind = type(item)
        if kind.__module__.startswith(_KERNELS):
            continue
        total += sys.getsizeof(item)
        if kind not in _LEAVES:  # nine of ten objects are leaves, and are done here
            total += _beyond(item)
            waiting.extend(_parts(item))
    return total


def _beyond(item: Any) -> int:
    """Bytes of an array that `getsizeof` does not see: those of a view."""
    return item.nbytes if isinstance(item, np.ndarray) and item.base is not None else 0


def _parts(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return [*item, *item.values()]
    if isinstance(item, tuple | list | set | frozenset):
        return list(item)
    if isinstance(item, msgspec.Struct):
        return [getattr(item, name) for name in _fields(type(item))]
    is_ours = type(item).__module__.startswith(_OURS)
    return [vars(item)] if is_ours and hasattr(item, "__dict__") else []


@lru_cache(maxsize=64)
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return kind.__struct_fields__
