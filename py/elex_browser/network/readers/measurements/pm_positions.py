"""Which result belongs to which counter: by `p`, by order, or by the place in a list.

`p` counts within its measInfo: files begin anew in each. Where nothing has one, order decides; where only
some have, nothing does.
"""

from typing import Generic, TypeVar

MAX_POSITION = 1 << 20
_MAX_DIGITS = 12
Counter = TypeVar("Counter")


class Unpaired(Exception):
    """A result that belongs to no counter, and why."""


class Positions(Generic[Counter]):
    """The counters of one measInfo; None stands for one without a name."""

    def __init__(self) -> None:
        self._order: list[tuple[str | None, Counter | None]] = []
        self._slots: dict[int, list[Counter | None]] | None = None
        self._listed: list[Counter | None] | None = None
        self._known: dict[str, tuple[int, Counter]] = {}
        self._seen: set[int] = set()
        self._ordinal = 0
        self._has_list = False
        self._has_positions = False

    def clear(self) -> None:
        """Begin a measInfo."""
        self._order = []
        self._slots = None
        self._known.clear()
        self.begin_row()

    def add(self, position: str | None, counter: Counter | None) -> None:
        """Add a counter with the text of its position, if it has one."""
        self._order.append((position, counter))
        self._slots = None
        self._known.clear()

    def begin_row(self) -> None:
        """Begin the results of an object."""
        self._seen.clear()
        self._ordinal = 0
        self._has_list = False

    def skip(self) -> None:
        """Leave out a result that cannot be read."""
        self._ordinal += 1

    def pair(self, text: str | None, result: str) -> Counter:
        """Return the counter of the next result of an object, with the text of its position.

        Raises:
            Unpaired: it has none.
        """
        known = self._known.get(text) if text is not None else None
        if known is not None and known[0] not in self._seen and not self._has_list:
            self._ordinal += 1
            self._seen.add(known[0])
            return known[1]
        if self._has_list:
            raise Unpaired(f"p={text!r} comes more than once")
        slots = self._sealed()
        self._ordinal += 1
        told = f"p={text!r}"
        if text is None:
            if self._has_positions:
                problem = f"the result {result[:40]!r} has no p, the names of the counters have one"
                raise Unpaired(problem)
            at: int | None = self._ordinal
            told = f"place {at}"
        else:
            at = _number(text)
        if at is None:
            raise Unpaired(f"{told} is no position")
        counters = slots.get(at)
        if counters is None:
            raise Unpaired(f"no measType has {told}")
        if len(counters) > 1 or at in self._seen:
            raise Unpaired(f"{told} comes more than once")
        (counter,) = counters
        if counter is None:
            raise Unpaired(f"the measType with {told} is empty")
        self._seen.add(at)
        if text is not None:
            self._known[text] = (at, counter)
        return counter

    def pair_list(self, n_results: int) -> list[Counter | None]:
        """Return the counters of a list of results, in its order.

        Raises:
            Unpaired: there are not as many, or their positions give no order.
        """
        self._sealed()
        if self._listed is None:
            raise Unpaired("the results are a list, the positions of the counters give no order")
        if self._ordinal or self._has_list:
            raise Unpaired("the list of results comes after other results of the object")
        if len(self._listed) != n_results:
            problem = f"{n_results} results stand for {len(self._listed)} counters"
            raise Unpaired(problem)
        self._has_list = True
        self._ordinal = n_results
        return self._listed

    def _sealed(self) -> dict[int, list[Counter | None]]:
        """The counters by position, once all of them are known."""
        if self._slots is not None:
            return self._slots
        slots = self._slots = {}
        self._has_positions = any(text is not None for text, _ in self._order)
        numbers = [
            place if text is None and not self._has_positions else _number(text)
            for place, (text, _) in enumerate(self._order, 1)
        ]
        for at, (_, counter) in zip(numbers, self._order, strict=True):
            if at is not None:
                slots.setdefault(at, []).append(counter)
        self._listed = self._in_order(numbers)
        return slots

    def _in_order(self, numbers: list[int | None]) -> list[Counter | None] | None:
        """The counters as a list of results means them; None where that is open."""
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or len(set(known)) < len(known):
            return None
        counters = [counter for _, counter in self._order]
        if known == sorted(known):
            return counters
        if sorted(known) != list(range(1, len(known) + 1)):
            return None
        by_number = dict(zip(known, counters, strict=True))
        return [by_number[number] for number in sorted(known)]


def _number(text: str | None) -> int | None:
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MAX_DIGITS:
        return None
    number = int(digits)
    return number if number <= MAX_POSITION else None
