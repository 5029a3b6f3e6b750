"""Bounds the nesting of JSON text before a parser sees it.

A parser recurses per level; a few thousand levels overflow the stack that WebAssembly gives to
Python, which kills the interpreter instead of raising.
"""

import re

from elex_browser.errors import ValidationError

MAX_DEPTH = 32
# The closing quote is optional, so that an unterminated string is consumed once and not retried.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


def check_depth(text: bytes, max_depth: int = MAX_DEPTH) -> None:
    """Refuse JSON text nested deeper than `max_depth`; brackets inside strings do not count.

    Raises:
        ValidationError: the text nests too deep.
    """
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", text)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > max_depth:
            raise ValidationError(
                f"the JSON text is nested deeper than {max_depth} levels",
                "Send flat messages as the protocol describes them",
            )
