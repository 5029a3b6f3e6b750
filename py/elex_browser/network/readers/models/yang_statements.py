"""The statements of YANG text (RFC 7950, section 6): keyword, argument, and the statements in braces."""

import re
from typing import NamedTuple

from elex_browser.network.source import DamagedFileError

MAX_DEPTH = 60
KEYWORDS = frozenset(
    "action anydata anyxml argument augment base belongs-to bit case choice config contact container "
    "default description deviate deviation enum error-app-tag error-message extension feature "
    "fraction-digits grouping identity if-feature import include input key leaf leaf-list length list "
    "mandatory max-elements min-elements modifier module must namespace notification ordered-by "
    "organization output path pattern position prefix presence range reference refine require-instance "
    "revision revision-date rpc status submodule type typedef unique units uses value when yang-version "
    "yin-element".split()
)
_BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<mark>[{};+])|"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|(?P<word>[^\s{};"']+)""",
    re.DOTALL,
)
_BEGIN = re.compile(r"(?:sub)?module\s+[\w.-]+\s*\{")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t"}
_LINES = re.compile(r"[ \t]*\n[ \t]*")


class Statement(NamedTuple):
    """One statement; its keyword has no prefix unless it is an extension's."""

    keyword: str
    argument: str
    line: int
    children: "list[Statement]"

    def all(self, keyword: str) -> "list[Statement]":
        """The statements in this one with a keyword."""
        return [child for child in self.children if child.keyword == keyword]

    def text(self, keyword: str) -> str:
        """The argument of the first statement in this one with a keyword; "" if there is none."""
        return next((child.argument for child in self.children if child.keyword == keyword), "")


def is_yang(text: str) -> bool:
    """Tell whether a text begins as a module does."""
    blank = _BLANK.match(text)
    return bool(_BEGIN.match(text, blank.end() if blank else 0))


def statements_of(text: str) -> list[Statement]:
    """Return the statements of a text.

    Raises:
        DamagedFileError: it is no YANG, from a line on.
    """
    top: list[Statement] = []
    around = [top]
    words: list[str] = []
    places = _Places(text)
    for place, kind, token in _tokens(text, places):
        if kind != "mark":
            words.append(token)
        elif token == "+":
            continue
        elif token == "}":
            if words or len(around) == 1:
                raise _damage(places, place, "a brace closes nothing")
            around.pop()
        else:
            if not words:
                raise _damage(places, place, "a statement has no keyword")
            # Strings joined by "+" are one argument.
            statement = Statement(words[0], "".join(words[1:]), places.line(place), [])
            words = []
            around[-1].append(statement)
            if token == "{":
                around.append(statement.children)
                if len(around) > MAX_DEPTH:
                    raise _damage(places, place, f"statements nest deeper than {MAX_DEPTH}")
    if words or len(around) > 1:
        raise _damage(places, len(text), "the text ends within a statement")
    return top


class _Places:
    """Line numbers of places that come in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1

    def line(self, place: int) -> int:
        self._line += self._text.count("\n", self._at, place)
        self._at = max(place, self._at)
        return self._line


def _tokens(text: str, places: _Places) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if at >= len(text):
            return found
        token = _TOKEN.match(text, at)
        if token is None:
            raise _damage(places, at, "a quoted text does not end")
        kind = token.lastgroup or ""
        value = token[kind]
        if kind == "double":
            value = _LINES.sub("\n", _ESCAPE.sub(_unescaped, value))
        found.append((at, kind, value))
        at = token.end()


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1])


def _damage(places: _Places, place: int, problem: str) -> DamagedFileError:
    return DamagedFileError(places.line(place), f"this is no YANG: {problem}")
