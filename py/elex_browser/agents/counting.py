"""Counts what Python objects take, every reachable one once."""

import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np


def deep_size(root: Any) -> int:
    """Return the bytes of an object and of all containers, structs, arrays and texts in it."""
    seen: set[int] = set()
    waiting = [root]
    total = 0
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        total += sys.getsizeof(item)
        if isinstance(item, np.ndarray):
            total += item.nbytes if item.base is not None else 0
        elif isinstance(item, Mapping):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, tuple | list | set | frozenset):
            waiting.extend(item)
        elif isinstance(item, msgspec.Struct):
            waiting.extend(getattr(item, name) for name in _fields(type(item)))
    return total


@lru_cache(maxsize=64)
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return kind.__struct_fields__
