"""Objects of YANG models as trees say them, in XML as in JSON (3GPP TS 28.541, and nodes' own models).

What begins with a capital letter is an object; its key is `id`, or is named after its class
("GNBDUFunction" has "gNBDUFunctionId"). The key may hold the object's full name. Attributes stand beside
the key or in `attributes`.
"""

from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.frames import Frames, Values
from elex_browser.protocol import PlannedOperation
from elex_browser.ran.dn import joined, split_dn


class ObjectTree:
    """Takes objects, their keys and their values in any order."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._frames = Frames(intake.configuration)
        self._values: list[Values] = []

    def __len__(self) -> int:
        return len(self._frames)

    def begin(self, mo_class: str, plan: PlannedOperation | None = None) -> None:
        """Open an object."""
        self._frames.push(mo_class, "", False, plan)
        self._values.append([])

    def is_key(self, name: str) -> bool:
        """Whether a name is that of the key of the object at hand, which has none yet."""
        frame = self._frames.last
        if frame.value or frame.owner is not None:
            return False
        return name == "id" or name == f"{frame.mo_class[:1].lower()}{frame.mo_class[1:]}Id"

    def set_key(self, key: str) -> None:
        """Name the object at hand."""
        frame = self._frames.last
        steps = split_dn(key)
        frame.value = key.strip()
        if steps and "=" in key and steps[-1].mo_class == frame.mo_class:
            frame.value = steps[-1].value
            if len(self._frames) == 1 and len(steps) > 1:
                self._frames.set_prefix(joined(steps[:-1]))

    def add(self, attribute: str, text: str) -> None:
        """Add a value of the object at hand."""
        self._values[-1].append((attribute, text))

    def end(self, line: int) -> None:
        """Close the object at hand and take its values."""
        self._settle(line)
        self._values.pop()
        self._frames.pop()

    def settle(self, line: int) -> None:
        """Take the values of the object at hand: a child begins, and its key must have come."""
        if self._frames:
            self._settle(line)

    def _settle(self, line: int) -> None:
        values, self._values[-1] = self._values[-1], []
        self._frames.own_all()
        frame = self._frames.last
        if isinstance(frame.owner, str):
            for attribute, _ in values:
                self._intake.reject(line, f"{frame.mo_class}.{attribute} belongs to {frame.owner}")
            return
        assert frame.owner is not None
        if values or not frame.is_told:
            frame.is_told = True
            self._intake.take(frame.owner, values, frame.plan)
