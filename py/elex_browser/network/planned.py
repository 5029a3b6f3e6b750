"""Changes that a file wants made: what is to be created, set and deleted, apart from what is there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from elex_browser.network.rules import Rules, fits
from elex_browser.protocol import PlannedChange, PlannedChanges, PlannedOperation
from elex_browser.ran.dn import mo_class_of

MAX_LISTED = 10_000
Values = Sequence[tuple[str, str]]


class _Change(NamedTuple):
    operation: PlannedOperation
    object: str
    mo_class: str
    values: list[tuple[str, str]]


class Planned:
    """The changes of one file in its order.

    Attributes:
        n_values: values of objects to be created, set or deleted; items of lists count one by one.
    """

    def __init__(self) -> None:
        self.n_values = 0
        self._changes: list[_Change] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def __iter__(self) -> Iterator[tuple[PlannedOperation, str, str]]:
        """Each change's operation with the name and class of its object."""
        return ((change.operation, change.object, change.mo_class) for change in self._changes)

    @property
    def n_objects(self) -> int:
        """How many objects are to be changed."""
        return len({change.object for change in self._changes})

    def add(self, operation: PlannedOperation, dn: str, values: Values) -> None:
        """Note what is to be done with an object, and the values it is to have."""
        self.n_values += len(values)
        last = self._changes[-1] if self._changes else None
        if last and (last.operation, last.object) == (operation, dn):
            last.values.extend(values)
            return
        self._changes.append(_Change(operation, dn, mo_class_of(dn), list(values)))

    def message(self, rules: Rules) -> PlannedChanges | None:
        """Return the plan as it crosses, each value judged as if it were there; None if there is none."""
        if not self._changes:
            return None
        listed = [line for change in self._changes for line in _lines(change, rules)]
        objects = {
            operation: len({c.object for c in self._changes if c.operation == operation})
            for operation in ("create", "set", "delete")
        }
        return PlannedChanges(
            creates=objects["create"],
            sets=objects["set"],
            deletes=objects["delete"],
            values=self.n_values,
            invalid=sum(line.problem is not None for line in listed),
            changes=listed[:MAX_LISTED],
        )

    def size_bytes(self) -> int:
        """Bytes held, estimated."""
        return 300 * len(self._changes) + 150 * self.n_values


def _lines(change: _Change, rules: Rules) -> Iterator[PlannedChange]:
    if not change.values:
        yield PlannedChange(
            operation=change.operation, object=change.object, mo_class=change.mo_class
        )
    for attribute, value in change.values:
        rule = None if change.operation == "delete" else rules[change.mo_class][attribute]
        problem = None if rule is None or fits(rule, value) else rule.broken_by(value)
        yield PlannedChange(
            operation=change.operation,
            object=change.object,
            mo_class=change.mo_class,
            attribute=attribute,
            value=value,
            problem=problem,
        )
