"""A Q-table as a safetensors file: one tensor per column, one row per contributor and state.

Tensors: `contributor` u16 (n,), index into the metadata's list; `state_text` u8 and `state_end` u32
(n,), the keys in UTF-8 back to back; `q_value` f32, `visits` u32 and `updated` u32, each (n,
n_actions).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import numpy as np

from elex_browser.errors import ElexError, SerializationError
from elex_browser.learning import tensor_file
from elex_browser.learning.q_table import QTable, check_state
from elex_browser.learning.rows import Rows
from elex_browser.text.json_depth import check_depth

FORMAT = "elex-q-table"
VERSION = "1"
T = TypeVar("T")
MAX_CONTRIBUTORS = 1024
_EXTRA = "elex."
_DTYPES = {
    "contributor": np.uint16,
    "state_text": np.uint8,
    "state_end": np.uint32,
    "q_value": np.float32,
    "visits": np.uint32,
    "updated": np.uint32,
}


def to_bytes(table: QTable, extra: Mapping[str, str] | None = None) -> bytes:
    """Return the file of a table; `extra` is kept in its metadata for whoever reads it."""
    contributors = sorted(name for name, rows in table.rows.items() if len(rows))
    parts = [table.rows[name] for name in contributors]
    keys = [state.encode() for rows in parts for state in rows.states]
    shape = (0, len(table.actions))
    tensors: dict[str, np.ndarray[Any, Any]] = {
        "contributor": np.repeat(np.arange(len(parts), dtype=np.uint16), [len(r) for r in parts]),
        "state_text": np.frombuffer(b"".join(keys), np.uint8),
        "state_end": np.cumsum([len(key) for key in keys], dtype=np.uint32),
        "q_value": np.concatenate(
            [np.zeros(shape, np.float32), *(r.columns.q_value for r in parts)]
        ),
        "visits": np.concatenate([np.zeros(shape, np.uint32), *(r.columns.visits for r in parts)]),
        "updated": np.concatenate(
            [np.zeros(shape, np.uint32), *(r.columns.updated for r in parts)]
        ),
    }
    metadata = {
        "format": FORMAT,
        "version": VERSION,
        "actions": _text(list(table.actions)),
        "contributor": table.contributor,
        "contributors": _text(contributors),
        "weights": _text({k: table.weights[k] for k in sorted(table.weights)}),
    }
    metadata.update({_EXTRA + key: value for key, value in (extra or {}).items()})
    return tensor_file.encode(tensors, metadata)


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, checked."""

    contributor: str
    rows: dict[str, Rows]
    weights: dict[str, float]
    extra: dict[str, str]


def read(data: bytes, like: QTable) -> Content:
    """Return the content of a file, without touching `like`, which gives the expected shape.

    Raises:
        SerializationError: the bytes are damaged, of another version or for other actions.
    """
    tensors, metadata = tensor_file.decode(data)
    kind = (metadata.get("format"), metadata.get("version"))
    if kind != (FORMAT, VERSION):
        raise _unfit(f"format and version are {kind}, expected {(FORMAT, VERSION)}")
    try:
        actions = _value(metadata["actions"], list[str])
        contributors = _value(metadata["contributors"], list[str])
        weights = _value(metadata["weights"], dict[str, float])
        contributor = metadata["contributor"]
    except (KeyError, msgspec.DecodeError, ElexError) as exc:
        raise _unfit(f"the metadata is incomplete ({exc!r})") from exc
    if tuple(actions) != like.actions:
        raise _unfit(f"its actions are {', '.join(actions)}")
    if any(not 0.0 <= weight <= 1.0 for weight in weights.values()):
        raise _unfit("a contributor's weight is outside [0, 1]")
    _check_names([contributor, *contributors])
    _check_tensors(tensors, len(actions), len(contributors))
    rows = _rows(tensors, contributors, like)
    extra = {k.removeprefix(_EXTRA): v for k, v in metadata.items() if k.startswith(_EXTRA)}
    return Content(contributor, rows, weights, extra)


def load(table: QTable, data: bytes) -> dict[str, str]:
    """Replace a table's content by a file's and return its extra metadata; all or nothing.

    Raises:
        SerializationError: as `read`; the table is as before.
    """
    content = read(data, table)
    table.replace_rows(content.rows)
    table.weights = content.weights
    return content.extra


def _rows(tensors: tensor_file.Tensors, contributors: list[str], like: QTable) -> dict[str, Rows]:
    text = tensors["state_text"].tobytes()
    ends = [0, *(int(end) for end in tensors["state_end"])]
    rows: dict[str, Rows] = {name: like.new_rows() for name in contributors}
    for i, index in enumerate(tensors["contributor"]):
        part = rows[contributors[index]]
        try:
            state = text[ends[i] : ends[i + 1]].decode()
            check_state(state, like.config)
            if part.find(state) is not None:
                raise _unfit(f"the state {state!r} occurs twice")
            row = part.add(state, tensors["q_value"][i])
        except (UnicodeDecodeError, ElexError) as exc:
            raise _unfit(f"row {i} is unusable ({exc})") from exc
        part.columns.visits[row] = tensors["visits"][i]
        part.columns.updated[row] = tensors["updated"][i]
    return rows


def _check_tensors(tensors: tensor_file.Tensors, n_actions: int, n_contributors: int) -> None:
    types = {name: array.dtype.newbyteorder("=").type for name, array in tensors.items()}
    if types != _DTYPES:
        raise _unfit(f"its columns are {sorted(types)}")
    n_rows = len(tensors["q_value"])
    for name in ("q_value", "visits", "updated"):
        if tensors[name].shape != (n_rows, n_actions):
            raise _unfit(f"column {name} has the shape {tensors[name].shape}")
    for name in ("contributor", "state_end"):
        if tensors[name].shape != (n_rows,):
            raise _unfit(f"column {name} has the shape {tensors[name].shape}")
    if not np.isfinite(tensors["q_value"]).all():
        raise _unfit("a Q-value is not finite")
    if n_rows and int(tensors["contributor"].max()) >= n_contributors:
        raise _unfit("a row belongs to no contributor")
    ends = tensors["state_end"].astype(np.int64)
    if (np.diff(ends, prepend=0) <= 0).any() or tensors["state_text"].shape != (sum(ends[-1:]),):
        raise _unfit("the state keys do not fill their column")


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_CONTRIBUTORS or len(set(names[1:])) != len(names) - 1:
        raise _unfit("its contributors are too many or not distinct")
    if any(not (0 < len(name) <= 128 and name.isascii() and name.isprintable()) for name in names):
        raise _unfit("a contributor's name is no short ASCII text")


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _value(text: str, kind: type[T]) -> T:
    check_depth(text.encode(), 2)
    return msgspec.json.decode(text, type=kind)


def _unfit(problem: str) -> SerializationError:
    return SerializationError(
        f"this file is no Q-table for this agent: {problem}",
        "Use a table exported by this version of the app",
    )
