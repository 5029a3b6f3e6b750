"""TypeScript types of the wire messages, generated from `elex_browser.protocol` so that they cannot drift.

`python -m building.types.messages` writes web/messages.d.ts; `--check` only compares it. Runs in the
project's virtual environment with py/ on the path.
"""

import argparse
import inspect
import sys
import textwrap
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import msgspec

from building.layout import WEB
from elex_browser import protocol

MESSAGES = WEB / "messages.d.ts"
HEAD = """\
// Generated from py/elex_browser/protocol/ by `python -m building.types.messages`; edit the structs there.
// Fields are camelCase; times are milliseconds; probabilities lie in [0, 1].
"""
WIDTH = 120
# What a caller writes: here a field with a default may be left out. In replies it is always there.
WRITTEN_BY_CALLERS = frozenset(
    "Query Feedback AgentFilter AgentConfig ParameterConfig CounterConfig KpiConfig FeedbackData "
    "ValidationParam QUpdate KpiOptions".split()
)
PLAIN: dict[type[msgspec.inspect.Type], str] = {
    msgspec.inspect.IntType: "number",
    msgspec.inspect.FloatType: "number",
    msgspec.inspect.StrType: "string",
    msgspec.inspect.BytesType: "string",
    msgspec.inspect.BoolType: "boolean",
    msgspec.inspect.NoneType: "null",
}


def main() -> int:
    """Write web/messages.d.ts, or tell by the exit code whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    text = declarations()
    if not parser.parse_args().check:
        MESSAGES.write_text(text, encoding="utf-8")
    elif MESSAGES.read_text(encoding="utf-8") != text:
        print(
            "web/messages.d.ts is out of date: run python -m building.types.messages",
            file=sys.stderr,
        )
        return 1
    return 0


def declarations() -> str:
    """Return the text of web/messages.d.ts."""
    return "\n".join([HEAD, *_aliases(), "", *_interfaces()])


def names() -> list[str]:
    """Return the names of all types that web/messages.d.ts declares."""
    return [*_literals().values(), *(name for name, _ in _structs())]


def _literals() -> dict[frozenset[object], str]:
    """Map the values of each named Literal in the protocol to its name."""
    named = vars(protocol).items()
    return {
        frozenset(get_args(value)): name for name, value in named if get_origin(value) is Literal
    }


def _aliases() -> Iterator[str]:
    for name, value in vars(protocol).items():
        if get_origin(value) is Literal:
            yield _alias(name, get_args(value))
    yield f"export type ProtocolVersion = {protocol.PROTOCOL_VERSION};"


def _alias(name: str, values: tuple[object, ...]) -> str:
    line = f"export type {name} = {_one_of(values)};"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"export type {name} =", *(f'  | "{value}"' for value in values)]) + ";"


def _structs() -> Iterator[tuple[str, type[protocol.Message]]]:
    for name, struct in vars(protocol).items():
        is_message = inspect.isclass(struct) and issubclass(struct, protocol.Message)
        if is_message and struct is not protocol.Message:
            yield name, struct


def _interfaces() -> Iterator[str]:
    for name, struct in _structs():
        yield _comment(" ".join((inspect.getdoc(struct) or "").split()))
        yield f"export interface {name} {{"
        info = msgspec.inspect.type_info(struct)
        assert isinstance(info, msgspec.inspect.StructType)
        yield from (_member(name, field) for field in info.fields)
        yield "}\n"


def _comment(text: str) -> str:
    if len(text) + len("/**  */") <= WIDTH:
        return f"/** {text} */"
    lines = textwrap.wrap(text, WIDTH, initial_indent=" * ", subsequent_indent=" * ")
    return "\n".join(["/**", *lines, " */"])


def _member(struct: str, field: msgspec.inspect.Field) -> str:
    written = type_text(field.type)
    may_be_null = written.endswith(" | null")
    optional = "?" if not field.required and (may_be_null or struct in WRITTEN_BY_CALLERS) else ""
    return f"  {field.encode_name}{optional}: {written};"


def type_text(info: msgspec.inspect.Type) -> str:
    """Write one type; an unknown kind is an error, never `any`."""
    if type(info) in PLAIN:
        return PLAIN[type(info)]
    match info:
        case msgspec.inspect.LiteralType(values):
            return _literals().get(frozenset(values)) or _one_of(values)
        case msgspec.inspect.StructType(cls):
            return cls.__name__
        case msgspec.inspect.ListType(item_type=item):
            inner = type_text(item)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case msgspec.inspect.DictType(value_type=value):
            return f"Record<string, {type_text(value)}>"
        case msgspec.inspect.VarTupleType(item_type=item):
            return f"{type_text(item)}[]"
        case msgspec.inspect.UnionType(types):
            # null last; the order of the others is the order in the source
            members = dict.fromkeys(type_text(member) for member in types)
            return " | ".join(sorted(members, key="null".__eq__))
    raise TypeError(f"protocol.py uses a type that has no TypeScript form here: {info!r}")


def _one_of(values: tuple[object, ...]) -> str:
    return " | ".join(f'"{value}"' for value in values)


if __name__ == "__main__":
    sys.exit(main())
