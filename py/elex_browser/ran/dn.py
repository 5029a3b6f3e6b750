"""Distinguished names of managed objects (3GPP TS 32.300): "SubNetwork=A,ManagedElement=N,EUtranCellFDD=1".

A comma or equals sign inside a value is escaped with a backslash.
"""

import re
from typing import NamedTuple

_SPLIT = re.compile(r"(?<!\\),")
_CELL = re.compile(r".*Cell(FDD|TDD|DU|CU)?$")
_NODE_CLASSES = ("ManagedElement", "MeContext")
_ABSOLUTE = ("DC", "SubNetwork", *_NODE_CLASSES)


class Rdn(NamedTuple):
    """One step of a name: the class of an object and its id below the parent."""

    mo_class: str
    value: str


def split_dn(dn: str) -> list[Rdn]:
    """Return the steps of a name from the root down; a part without "=" is a class without id."""
    parts = (part.strip().partition("=") for part in _SPLIT.split(dn) if part.strip())
    return [Rdn(mo_class.strip().removeprefix("vsData"), value) for mo_class, _, value in parts]


def mo_class_of(dn: str) -> str:
    """Return the class of the object that a name leads to; "" for an empty name."""
    steps = split_dn(dn)
    return steps[-1].mo_class if steps else ""


def node_of(dn: str) -> str:
    """Return the name up to the managed element, or up to its context; "" where neither is named."""
    steps = split_dn(dn)
    classes = [step.mo_class for step in steps]
    for node_class in _NODE_CLASSES:
        if node_class in classes:
            return joined(steps[: classes.index(node_class) + 1])
    return ""


def cell_of(dn: str) -> str:
    """Return the name up to the cell that an object is or lies below; "" where there is none."""
    steps = split_dn(dn)
    at = next((i for i, step in enumerate(steps) if _CELL.match(step.mo_class)), None)
    return "" if at is None else joined(steps[: at + 1])


def joined(steps: list[Rdn]) -> str:
    """Return the text of a name."""
    return ",".join(f"{step.mo_class}={step.value}" for step in steps)


def below(parent: str, dn: str) -> str:
    """Return `dn` in full: names may be given relative to their element or from its root on."""
    if not parent or not dn:
        return dn or parent
    first = split_dn(dn)[0].mo_class
    if dn == parent or dn.startswith(f"{parent},"):
        return dn
    steps = split_dn(parent)
    # The name may begin with steps that end the parent's: "ManagedElement=1,…" below "…,ManagedElement=1".
    for n in range(len(steps), 0, -1):
        tail = joined(steps[-n:])
        if dn == tail or dn.startswith(f"{tail},"):
            return joined(steps[:-n]) + ("," if len(steps) > n else "") + dn
    if first in _ABSOLUTE and first in (step.mo_class for step in steps):
        return dn
    return f"{parent},{dn}"
