"""KPI formulas as parsed trees: arithmetic over counters, indexes of lists, and sums over them.

    formula = term {("+" | "-") term}          term = factor {("*" | "/") factor}
    factor  = {"+" | "-"} (number | "i" | "period_s" | "(" formula ")" | counter
              | "SUM" "(" formula ")" | "OPTIONAL" "(" counter ")")
    counter = (name {"." name} | '"' any name '"') ["[" (integer | "i") "]"]

- A counter whose results are lists stands for the whole list: the formula has a value for each index, and
  one for all, the sums of the lists in place of the lists.
- `[3]` picks an index; `[i]` inside SUM runs over all, and there `i` is its number. `[i]` outside SUM
  says that only the values for each index mean something.
- `period_s` is for how many seconds the counters counted: all objects and periods that were used.
- OPTIONAL(counter) is 0 where no loaded file holds the counter; of several, all count or none.

Nothing is ever evaluated as Python. Python's own parser is not used: in Pyodide it ends the interpreter
at a depth that 2,000 characters reach.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import ConfigError, NotFoundError, ValidationError
from elex_browser.kpi.tree import (
    F64,
    Chain,
    Columns,
    Counter,
    IndexNumber,
    Node,
    Number,
    PeriodSeconds,
    Sign,
    Sum,
)

MAX_LENGTH = 2_000
MAX_DEPTH = 40
MAX_INDEX = 9_999
_RESERVED = ("SUM", "OPTIONAL", "period_s", "i")
_FIX = "Use numbers, counters, + - * / ( ), [index], SUM(...), OPTIONAL(counter) and period_s"
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)"
    r'|"(?P<quoted>[^"\n]+)"|(?P<sign>[-+*/()\[\]]))'
)


class FormulaError(ConfigError):
    """A text that is no formula.

    Attributes:
        at: the place of the error, counted in characters from 0.
    """

    def __init__(self, text: str, at: int, problem: str) -> None:
        self.at = at
        near = text[max(0, at - 20) : at] + "⟨here⟩" + text[at : at + 20]
        super().__init__(
            f"the formula cannot be read at character {at + 1}: {problem} (…{near}…)", _FIX
        )


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula.

    Attributes:
        text: as it was written.
        tree: what it is made of.
        counters: the names that it reads, in order of appearance.
        optional: those of them that may be absent from all files.
        indexes: the names that stand with an index, and which numbers those are.
        is_per_index: an [i] outside SUM: only the values for each index mean something.
    """

    text: str
    tree: Node
    counters: tuple[str, ...]
    optional: frozenset[str]
    indexes: Mapping[str, frozenset[int]]
    is_per_index: bool

    def values(self, columns: Columns) -> F64:
        """Return the values of all places; NaN where a denominator is 0."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(self.tree.compute(columns, False), columns.shape)

    def values_each(self, columns: Columns) -> F64 | None:
        """Return the values of all indexes and places: (n_indexes, *shape).

        None where there is one value for all, as of a sum over bins or of one bin.
        """
        with np.errstate(all="ignore"):
            each = self.tree.compute(columns, True)
        return each if each.ndim > len(columns.shape) else None

    def value(self, counters: Mapping[str, "float | NDArray[np.float64]"]) -> float:
        """Return the formula's value from one number, or one list, for each counter.

        Raises:
            NotFoundError: a counter has no value.
            ValidationError: a division by zero, an index of a counter that is one number, a value for
            each index only, or one beyond every number.
        """
        if self.is_per_index:
            problem = "it has a value for each index only"
            raise ValidationError(problem, "Name an index in place of [i]")
        value = float(self.values(self._columns(counters)))
        if np.isnan(value):
            raise ValidationError("the denominator is 0", "Wait for a period with events")
        if np.isinf(value):
            problem = "the formula gives no finite number"
            raise ValidationError(problem, "Check its counters and its units")
        return value

    def _columns(self, counters: Mapping[str, "float | NDArray[np.float64]"]) -> Columns:
        known = {name: np.asarray(counters[name]) for name in self.counters if name in counters}
        lacking = [name for name in self.counters if name not in known]
        if required := [name for name in lacking if name not in self.optional]:
            problem = f"counter {required[0]} has no value"
            raise NotFoundError(problem, "Load measurements that hold it")
        for name, picked in self.indexes.items():
            if name in known and not known[name].ndim:
                known[name] = known[name][np.newaxis]
                if picked - {0}:
                    problem = f"{name} is one number, so that it has no [{max(picked)}]"
                    raise ValidationError(problem, "Leave the index out")
        lists = {name: values for name, values in known.items() if values.ndim}
        length = max((len(values) for values in lists.values()), default=1)
        return Columns(
            (),
            {name: values.sum() for name, values in known.items()},
            {name: np.pad(values, (0, length - len(values))) for name, values in lists.items()},
            np.arange(length),
            absent=self.optional if lacking else frozenset(),
        )


@lru_cache(maxsize=512)
def parse(text: str) -> Formula:
    """Return the formula of a text.

    Raises:
        FormulaError: the text is no formula; it names the place.
        ConfigError: the text is too long.
    """
    if len(text) > MAX_LENGTH:
        raise ConfigError(f"a formula of {len(text)} characters", f"Use at most {MAX_LENGTH}")
    return _Parser(text).read()


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [*_tokens(text), _Token("end", "", len(text))]
        self._next = 0
        self._counters: dict[str, None] = {}
        self._optional: set[str] = set()
        self._indexes: dict[str, set[int]] = {}
        self._in_sum = False
        self._is_per_index = False

    def read(self) -> Formula:
        """Read the whole text."""
        tree = self._formula(0)
        if self._peek().kind != "end":
            raise self._unexpected(self._peek())
        indexes = {name: frozenset(picked) for name, picked in self._indexes.items()}
        optional = frozenset(self._optional)
        return Formula(
            self._text, tree, tuple(self._counters), optional, indexes, self._is_per_index
        )

    def _formula(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            problem = f"it nests deeper than {MAX_DEPTH}"
            raise FormulaError(self._text, self._peek().at, problem)
        return self._chain("+-", lambda: self._chain("*/", lambda: self._factor(depth)))

    def _chain(self, signs: str, operand: Callable[[], Node]) -> Node:
        first, rest = operand(), []
        while self._is(signs):
            rest.append((cast(Sign, self._take().text), operand()))
        return Chain(first, rest) if rest else first

    def _factor(self, depth: int) -> Node:
        is_negative = False
        while self._is("+-"):
            is_negative ^= self._take().text == "-"
        node = self._primary(depth)
        return Chain(Number(0.0), [("-", node)]) if is_negative else node

    def _primary(self, depth: int) -> Node:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "quoted":
            return self._counter(token)
        if token.kind == "name":
            return self._named(token, depth)
        if (token.kind, token.text) != ("sign", "("):
            raise self._unexpected(token)
        node = self._formula(depth + 1)
        self._expect(")")
        return node

    def _named(self, token: _Token, depth: int) -> Node:
        match token.text:
            case "SUM":
                return self._sum(token, depth)
            case "OPTIONAL":
                self._expect("(")
                node = self._counter(self._take())
                self._expect(")")
                self._optional.add(node.name)
                return node
            case "period_s":
                return PeriodSeconds()
            case "i" if self._in_sum:
                return IndexNumber()
            case "i":
                raise FormulaError(self._text, token.at, "i is a number only inside SUM(...)")
        return self._counter(token)

    def _sum(self, token: _Token, depth: int) -> Node:
        if self._in_sum:
            raise FormulaError(self._text, token.at, "a SUM stands inside a SUM")
        self._expect("(")
        self._in_sum, before = True, self._next
        node = self._formula(depth + 1)
        self._in_sum = False
        if not any(read.text in self._counters for read in self._tokens[before : self._next]):
            raise FormulaError(self._text, token.at, "SUM holds no counter")
        self._expect(")")
        return Sum(node)

    def _counter(self, token: _Token) -> Counter:
        is_name = token.kind == "quoted" or (token.kind == "name" and token.text not in _RESERVED)
        if not is_name:
            raise self._unexpected(token)
        self._counters[token.text] = None
        if not self._is("["):
            return Counter(token.text)
        self._take()
        index = self._take()
        self._expect("]")
        picked = self._indexes.setdefault(token.text, set())
        if index.text == "i":
            self._is_per_index |= not self._in_sum
            return Counter(token.text)
        if not index.text.isdigit() or len(index.text) > len(str(MAX_INDEX)):
            raise FormulaError(self._text, index.at, f"[{index.text}] is neither an index nor [i]")
        picked.add(int(index.text))
        return Counter(token.text, int(index.text))

    def _is(self, signs: str) -> bool:
        """Whether the next token is one of these signs."""
        return self._peek().kind == "sign" and self._peek().text in signs

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._peek()
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise FormulaError(self._text, self._peek().at, f"{text!r} is missing")
        self._take()

    def _unexpected(self, token: _Token) -> FormulaError:
        problem = f"{token.text!r} is not expected" if token.text else "it ends too early"
        return FormulaError(self._text, token.at, problem)


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(text, at, f"{text[at]!r} is not expected")
        kind = match.lastgroup
        yield _Token(kind, match[kind], match.start(kind) - (kind == "quoted"))
        at = match.end()
