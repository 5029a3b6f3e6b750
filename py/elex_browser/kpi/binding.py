"""What a formula reads: its counters on the classes that it means, once for each filter.

A counter without a class stands on the class of the formula's other counters, or on the one class where
all of them occur, never on one of another technology.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from elex_browser.kpi.formula import Formula
from elex_browser.kpi.grid import Column
from elex_browser.kpi.reader import FLEXIBLE, Classes, CounterReader

# Classes that are one kind of object for a formula that names none.
_ALIKE = (frozenset({"EUtranCellFDD", "EUtranCellTDD"}),)


class Binding(NamedTuple):
    """A formula with the columns to compute it from.

    Attributes:
        filter_name: of its flexible counters.
        columns: by the names in the formula.
        lacking: names that no loaded file holds on the classes meant; nothing can be computed then.
        absent: optional names that count as 0.
        problem: why it cannot be told what the formula reads.
    """

    filter_name: str
    columns: Mapping[str, Column]
    lacking: tuple[str, ...]
    absent: frozenset[str] = frozenset()
    problem: str = ""


def bind(formula: Formula, also_mo: Sequence[str], reader: CounterReader) -> list[Binding]:
    """Return the formula's bindings: one, or one for each filter that all flexible counters have."""
    names = {name: split_name(name, reader.counters) for name in formula.counters}
    classes = _classes(formula, names, also_mo, reader)
    if isinstance(classes, str):
        return [Binding("", {}, (), problem=classes)]
    flexible = [name for name in formula.counters if names[name][1].casefold().startswith(FLEXIBLE)]
    filters = _filters([names[name][1] for name in flexible], reader)
    found = [
        _bound(formula, names, classes, reader, dict.fromkeys(flexible, each)) for each in filters
    ]
    complete = [each for each in found if not each.lacking]
    return complete or found[:1]


def split_name(name: str, loaded: Collection[str]) -> tuple[str, str]:
    """Return class ("" where none is named) and counter of a name in a formula.

    Counters of 3GPP have dots in their own names, so a name that is loaded as it stands has no class.
    """
    if name in loaded or "." not in name:
        return "", name
    mo_class, _, counter = name.partition(".")
    return mo_class, counter


def _classes(
    formula: Formula,
    names: Mapping[str, tuple[str, str]],
    also_mo: Sequence[str],
    reader: CounterReader,
) -> dict[str, Classes] | str:
    """The classes of each name, or why they cannot be told."""
    named = {mo_class for mo_class, _ in names.values() if mo_class}
    if len(named) == 1:
        return dict.fromkeys(formula.counters, frozenset((*named, *also_mo)))
    found = {name: frozenset((each, *also_mo)) for name, (each, _) in names.items() if each}
    bare = {name: reader.classes_of(counter) for name, (each, counter) in names.items() if not each}
    if named:
        bare = {name: classes & named for name, classes in bare.items()}
    elif loaded := [classes for classes in bare.values() if classes]:
        common = frozenset[str].intersection(*loaded)
        bare = dict.fromkeys(bare, common) if common else bare
    for name, classes in bare.items():
        if classes and not _is_one_kind(classes):
            told = ", ".join(sorted(classes))
            return f"{name} stands on objects of several classes ({told}): name the class"
    return found | bare


def _is_one_kind(classes: Classes) -> bool:
    return len(classes) == 1 or any(classes <= alike for alike in _ALIKE)


def _filters(flexible: Sequence[str], reader: CounterReader) -> list[str]:
    """The filters that all flexible counters have; [""] where there are none to tell apart."""
    if not flexible:
        return [""]
    common = set(reader.filters(flexible[0])).intersection(*map(reader.filters, flexible[1:]))
    return sorted(common) or [""]


def _bound(
    formula: Formula,
    names: Mapping[str, tuple[str, str]],
    classes: Mapping[str, Classes],
    reader: CounterReader,
    filters: Mapping[str, str],
) -> Binding:
    found: dict[str, Column] = {}
    for name in formula.counters:
        column = reader.column(names[name][1], classes[name], filters.get(name, ""))
        if column is not None:
            found[name] = column
    lacking = [name for name in formula.counters if name not in found]
    required = tuple(name for name in lacking if name not in formula.optional)
    # Optional counters belong together: a numerator without its denominator would be wrong.
    absent = formula.optional if lacking else frozenset[str]()
    columns = {name: column for name, column in found.items() if name not in absent}
    return Binding(next(iter(filters.values()), ""), columns, required, absent)
