"""Distinguished names of managed objects (3GPP TS 32.300): "SubNetwork=A,ManagedElement=N,EUtranCellFDD=1".

A comma or equals sign inside a value is escaped with a backslash. Blanks around commas and equals signs
are not part of a name, and the prefix "vsData" is not part of a class.
"""

import re
from typing import NamedTuple

_SPLIT = re.compile(r"(?<!\\),")
_CELL = re.compile(r".*Cell(FDD|TDD|DU|CU)?$")
_NODE_CLASSES = ("ManagedElement", "MeContext")
_ABSOLUTE = ("DC", "SubNetwork", *_NODE_CLASSES)
# Line ends and other controls: a name that holds one would break a command into two.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What a name holds that is not in its one form yet; most have nothing of it.
_UNTIDY = re.compile(r"""[\s"']|vsData|^,|,,|,$""")
_QUOTES = ('"', "'")


class Rdn(NamedTuple):
    """One step of a name: the class of an object and its id below the parent."""

    mo_class: str
    value: str


def split_dn(dn: str) -> list[Rdn]:
    """Return the steps of a name from the root down; a part without "=" is a class without id."""
    parts = (part.strip().partition("=") for part in _SPLIT.split(dn) if part.strip())
    return [
        Rdn(mo_class.strip().removeprefix("vsData"), value.strip()) for mo_class, _, value in parts
    ]


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


def canonical(dn: str) -> str:
    """Return a name in the one form in which equal names are equal texts."""
    if not _UNTIDY.search(dn):
        return dn
    parts = (part.strip() for part in _SPLIT.split(dn))
    return ",".join(_step(part) for part in parts if part)


def unquoted(dn: str) -> str:
    """Return a name as people and spreadsheets quote it, without quotes around it or its values."""
    if not _UNTIDY.search(dn):
        return dn
    steps = (step.partition("=") for step in _SPLIT.split(_bare(dn)))
    return ",".join(f"{mo_class}{sign}{_bare(value)}" for mo_class, sign, value in steps)


def has_controls(name: str) -> bool:
    """Tell whether a name holds characters that no command may carry."""
    return bool(_CONTROL.search(name))


def below(parent: str, dn: str) -> str:
    """Return `dn` in full: names may be given relative to their element or from its root on."""
    parent, dn = canonical(parent), canonical(dn)
    if not parent or not dn or _begins(dn, parent):
        return dn or parent
    first = dn.partition("=")[0]
    if first not in _ABSOLUTE and f"{first}=" not in parent:
        return f"{parent},{dn}"
    # The name may begin with steps that end the parent's: "ManagedElement=1,…" below "…,ManagedElement=1".
    at = 0
    for step in _SPLIT.split(parent):
        if _begins(dn, parent[at:]):
            return parent[:at] + dn
        at += len(step) + 1
    if first in _ABSOLUTE and first in (step.mo_class for step in split_dn(parent)):
        return dn
    return f"{parent},{dn}"


def of_node(node: str, dn: str, above: str = "") -> str:
    """Return a name in full that a tool of one node prints: relative to the node's ManagedElement.

    Nodes may all call themselves ManagedElement=1, so a name that does not tell which node it is of
    gets the node as its MeContext. `node` is the node's id or its name; `above` is where it lies.
    """
    dn = canonical(dn)
    mo_class, _, rest = dn.partition("=")
    if mo_class in ("DC", "SubNetwork", "MeContext"):
        return dn
    if not node:
        return below(above, dn)
    if "=" in node:
        return below(below(above, node), dn)
    if mo_class != "ManagedElement":
        return below(below(above, f"ManagedElement={node}"), dn)
    is_told = rest.partition(",")[0] == node
    return below(above, dn) if is_told else below(below(above, f"MeContext={node}"), dn)


def _begins(dn: str, other: str) -> bool:
    """Whether a name is another one or lies below it."""
    return dn == other or dn.startswith(f"{other},")


def _step(part: str) -> str:
    mo_class, sign, value = part.partition("=")
    return f"{mo_class.strip().removeprefix('vsData')}{sign}{value.strip()}"


def _bare(text: str) -> str:
    text = text.strip()
    is_quoted = len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]
    return text[1:-1].strip() if is_quoted else text
