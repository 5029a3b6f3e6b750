"""TypeScript types of the calls to Python, generated from `elex_browser.methods` so that they cannot drift.

`python -m building.types.methods` writes web/sdk/methods.d.ts; `--check` only compares it. Runs in the
project's virtual environment with py/ on the path.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from typing import Any, get_origin

import msgspec

from building.layout import WEB
from building.types.messages import names, type_text
from elex_browser import methods
from elex_browser.protocol import requests

METHODS = WEB / "sdk" / "methods.d.ts"
HEAD = """\
// Generated from py/elex_browser/methods.py by `python -m building.types.methods`; edit the table there.
"""


def main() -> int:
    """Write web/sdk/methods.d.ts, or tell by the exit code whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    text = declarations()
    if not parser.parse_args().check:
        METHODS.write_text(text, encoding="utf-8")
    elif METHODS.read_text(encoding="utf-8") != text:
        print(
            "web/sdk/methods.d.ts is out of date: run python -m building.types.methods",
            file=sys.stderr,
        )
        return 1
    return 0


def declarations() -> str:
    """Return the text of web/sdk/methods.d.ts."""
    body = "\n".join(
        [
            "/** What a method of an agent gives, with the agent's properties as they are after it. */",
            "export interface AgentResult<T> {",
            "  value: T;",
            "  snapshot: AgentSnapshot;",
            "}",
            "",
            "/** Every method of the worker's Python, with its parameters and its result. */",
            "export interface Methods {",
            *_methods(),
            "}",
            "",
            "/** The methods that take files beside their parameters. */",
            "export interface Loaders {",
            *_loaders(),
            "}",
        ]
    )
    used = sorted(name for name in names() if re.search(rf"\b{name}\b", body))
    imported = "".join(["import type {\n", *(f"  {name},\n" for name in used)])
    return f'{HEAD}\n{imported}}} from "../messages.js";\n\n{body}\n'


def _methods() -> Iterator[str]:
    for name, method in methods.METHODS.items():
        yield _member(name, method.params, _result(method.result))
    for name, of_agent in methods.AGENT_METHODS.items():
        yield _member(name, of_agent.params, f"AgentResult<{_result(of_agent.result)}>")
    for name, lone in methods.LONE_METHODS.items():
        yield _member(name, lone.params, _result(lone.result))


def _loaders() -> Iterator[str]:
    for name, loader in methods.LOADERS.items():
        yield _member(name, requests.LoadFiles, _result(loader.result))


def _member(name: str, params: type[msgspec.Struct], result: str) -> str:
    key = f'"{name}"' if "." in name else name
    return f"  {key}: {{ params: {_params(params)}; result: {result} }};"


def _params(struct: type[msgspec.Struct]) -> str:
    """The parameters as an object type; what has a default may be left out."""
    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    if not info.fields:
        return "{}"
    members = (
        f"{field.encode_name}{'' if field.required else '?'}: {type_text(field.type)}"
        for field in info.fields
    )
    return f"{{ {'; '.join(members)} }}"


def _result(result: Any) -> str:
    if get_origin(result) is methods.AgentResult:
        (value,) = result.__args__
        return f"AgentResult<{_result(value)}>"
    return type_text(msgspec.inspect.type_info(result))


if __name__ == "__main__":
    sys.exit(main())
