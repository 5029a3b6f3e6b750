"""Objects with values at random, in the shapes that configurations have, to be written in any format."""

import random
from typing import NamedTuple

Value = str | list[str] | dict[str, str]
CLASSES = ("EUtranCellFDD", "EutranCellArea", "NRCellDU", "EUtranFreqRelation")
# One that has a range, a boolean, a code, a text, and one that nobody knows.
ATTRIBUTES = (
    "posCellBearing",
    "cfraEnabled",
    "nRPCI",
    "userLabel",
    "lbActivationThreshold",
    "other",
)
NODES = ("N1", "N2")


class Generated(NamedTuple):
    """A file and how many values it holds."""

    data: bytes
    n_held: int


class Object(NamedTuple):
    """An object of a node: ENodeBFunction=1,<class>=<id> below ManagedElement=<node>."""

    node: str
    mo_class: str
    value: str
    attributes: dict[str, Value]

    @property
    def ldn(self) -> str:
        """Its name below the node."""
        return f"ENodeBFunction=1,{self.mo_class}={self.value}"

    @property
    def fdn(self) -> str:
        """Its full name."""
        return f"SubNetwork=R,MeContext={self.node},ManagedElement={self.node},{self.ldn}"


def objects(
    rng: random.Random, *, with_lists: bool = True, with_structs: bool = True
) -> list[Object]:
    """Some objects, each with its own name."""
    found = []
    for number in range(rng.randint(1, 8)):
        names = rng.sample(ATTRIBUTES, rng.randint(1, len(ATTRIBUTES)))
        values = {name: value(rng, with_lists, with_structs) for name in names}
        found.append(Object(rng.choice(NODES), rng.choice(CLASSES), str(number + 1), values))
    return found


def value(rng: random.Random, with_lists: bool, with_structs: bool) -> Value:
    """A text, a list, or a struct."""
    kind = rng.random()
    if with_lists and kind < 0.2:
        return [text(rng) for _ in range(rng.randint(1, 4))]
    if with_structs and kind < 0.35:
        return {name: text(rng) for name in rng.sample(("mcc", "mnc", "len"), rng.randint(1, 3))}
    return text(rng)


def text(rng: random.Random) -> str:
    """A value as networks have them; never blank, and without the signs that structs are made of."""
    return rng.choice(
        (
            str(rng.randint(-200, 30_000)),
            str(rng.randint(0, 1)),
            "true",
            "false",
            "1000",
            "0.5",
            "UNLOCKED",
            "a label",
            "Älvsjö",
            "<&>",
            "x; y",
            "1.5e3",
        )
    )


def n_values(attributes: dict[str, Value]) -> int:
    """How many values attributes are, items and members one by one."""
    return sum(1 if isinstance(each, str) else len(each) for each in attributes.values())


def n_held(found: list[Object]) -> int:
    """How many values objects have."""
    return sum(n_values(each.attributes) for each in found)
