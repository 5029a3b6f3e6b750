"""KPI formulas as parsed trees: arithmetic over counters, bins of vectors, and SUM over bins.

    formula = term {("+" | "-") term}          term = factor {("*" | "/") factor}
    factor  = ["+" | "-"] factor | number | "i" | "SUM" "(" formula ")" | "(" formula ")" | counter
    counter = name {"." name} ["[" (integer | "i") "]"]

Inside SUM, `i` is the bin and `[i]` picks it. Nothing is ever evaluated as Python.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import ConfigError, NotFoundError, ValidationError

MAX_LENGTH = 2_000
MAX_DEPTH = 40
Value = float | NDArray[np.float64]
Counters = Mapping[str, Value]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<sign>[-+*/()\[\]]))"
)


class _Scope(NamedTuple):
    """What a tree is evaluated in; `bins` is set inside SUM."""

    counters: Counters
    bins: NDArray[np.float64] | None = None


_Node = Callable[[_Scope], Value]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula.

    Attributes:
        text: as it was written.
        counters: the names it reads, in order of appearance.
    """

    text: str
    counters: tuple[str, ...]
    _tree: _Node

    def value(self, counters: Counters) -> float:
        """Return the formula's value.

        Raises:
            NotFoundError: a counter has no value.
            ValidationError: a division by zero, a bin that does not exist, or vectors of two
            lengths.
        """
        value = self._tree(_Scope(counters))
        if isinstance(value, np.ndarray):
            raise ValidationError(
                f"{self.text} gives {len(value)} values", "Name a bin, or sum over them with SUM"
            )
        return float(value)


@lru_cache(maxsize=512)
def parse(text: str) -> Formula:
    """Return the formula of a text.

    Raises:
        ConfigError: the text is no formula; the problem names the place.
    """
    if len(text) > MAX_LENGTH:
        raise ConfigError(f"a formula of {len(text)} characters", f"Use at most {MAX_LENGTH}")
    parser = _Parser(text)
    tree = parser.formula(0)
    parser.expect_end()
    return Formula(text, tuple(dict.fromkeys(parser.counters)), tree)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0
        self.counters: list[str] = []

    def formula(self, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise self._error(f"nests deeper than {MAX_DEPTH}")
        first, rest = self._term(depth), []
        while self._peek() in ("+", "-"):
            rest.append((self._next(), self._term(depth)))
        return _chain(first, rest)

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            raise self._error(f"{self._peek()!r} is not expected")

    def _term(self, depth: int) -> _Node:
        first, rest = self._factor(depth), []
        while self._peek() in ("*", "/"):
            rest.append((self._next(), self._factor(depth)))
        return _chain(first, rest)

    def _factor(self, depth: int) -> _Node:
        sign = 1.0
        while self._peek() in ("+", "-"):
            sign = -sign if self._next() == "-" else sign
        node = self._primary(depth)
        return node if sign > 0 else _chain(_constant(0.0), [("-", node)])

    def _primary(self, depth: int) -> _Node:
        token = self._next()
        if token == "(":
            node = self.formula(depth + 1)
            self._expect(")")
            return node
        if token == "SUM":
            self._expect("(")
            first = len(self.counters)
            node = self.formula(depth + 1)
            self._expect(")")
            return _sum(node, tuple(self.counters[first:]))
        if token == "i":
            return _bin_number
        if token and token[0].isdigit():
            return _constant(float(token))
        if token and (token[0].isalpha() or token[0] == "_"):
            return self._counter(token)
        raise self._error(f"{token!r} is not expected" if token else "it ends too early")

    def _counter(self, name: str) -> _Node:
        self.counters.append(name)
        if self._peek() != "[":
            return lambda scope: _read(scope, name)
        self._next()
        index = self._next()
        self._expect("]")
        if index == "i":
            return lambda scope: _read(scope, name)
        if not index.isdigit():
            raise self._error(f"[{index}] is neither a bin nor [i]")
        return lambda scope: _bin(scope, name, int(index))

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise self._error(f"{token!r} is missing")

    def _error(self, problem: str) -> ConfigError:
        return ConfigError(
            f"the formula {self._text[:80]!r} cannot be read: {problem}",
            "Use numbers, counters, + - * / ( ), [bin] and SUM(...)",
        )


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConfigError(
                f"the formula {text[:80]!r} cannot be read: {text[at]!r} at {at + 1}",
                "Use numbers, counters, + - * / ( ), [bin] and SUM(...)",
            )
        yield match[match.lastgroup or 0]
        at = match.end()


def _constant(value: float) -> _Node:
    return lambda scope: value


def _chain(first: _Node, rest: list[tuple[str, _Node]]) -> _Node:
    """Operations of one rank, left to right; a loop, so that a long formula is not deep."""
    if not rest:
        return first

    def node(scope: _Scope) -> Value:
        value = first(scope)
        for sign, operand in rest:
            value = _combine(sign, value, operand(scope))
        return value

    return node


def _combine(sign: str, a: Value, b: Value) -> Value:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape != b.shape:
        raise ValidationError(
            f"a vector of {len(a)} bins meets one of {len(b)}", "Use counters with equal bins"
        )
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    return a * b if sign == "*" else _divide(a, b)


def _divide(a: Value, b: Value) -> Value:
    if np.any(np.asarray(b) == 0.0):
        raise ValidationError("the denominator is 0", "Wait for a period with events")
    return a / b


def _read(scope: _Scope, name: str) -> Value:
    value = scope.counters.get(name)
    if value is None:
        raise NotFoundError(f"counter {name} has no value", "Load measurements that hold it")
    return value


def _bin(scope: _Scope, name: str, index: int) -> Value:
    bins = np.atleast_1d(np.asarray(_read(scope, name), np.float64))
    if index >= len(bins):
        problem = f"{name} has no bin {index}, only {len(bins)}"
        raise ValidationError(problem, "Name an existing bin")
    return float(bins[index])


def _bin_number(scope: _Scope) -> Value:
    if scope.bins is None:
        raise ValidationError("i stands outside SUM", "Use i and [i] within SUM(...) only")
    return scope.bins


def _sum(body: _Node, names: tuple[str, ...]) -> _Node:
    def node(scope: _Scope) -> Value:
        lengths = [np.size(_read(scope, name)) for name in names]
        bins = np.arange(max(lengths, default=0), dtype=np.float64)
        return float(np.sum(body(scope._replace(bins=bins))))

    return node
