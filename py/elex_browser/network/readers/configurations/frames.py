"""The objects of a tree whose end was not read yet, from the outermost to the innermost.

An object gets its number only once its class and id are known, and its parents get theirs first.
"""

from elex_browser.network.configuration import ROOT, Configuration
from elex_browser.protocol import PlannedOperation
from elex_browser.ran.dn import has_controls, split_dn

Values = list[tuple[str, str]]


class Frame:
    """One open object.

    Attributes:
        value: its id; empty where it has none yet.
        owner: its number in the configuration, or why it has none; None while that is open.
        is_told: whether its plan was noted.
    """

    __slots__ = (
        "form",
        "has_children",
        "is_told",
        "is_vendors",
        "mo_class",
        "owner",
        "plan",
        "value",
    )

    def __init__(
        self, mo_class: str, value: str, is_vendors: bool, plan: PlannedOperation | None
    ) -> None:
        self.mo_class = mo_class
        self.value = value
        self.is_vendors = is_vendors
        self.plan = plan
        self.form = ""
        self.owner: int | str | None = None
        self.has_children = self.is_told = False


class Frames:
    """The open objects of one file."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._open: list[Frame] = []
        self._prefix = ROOT

    def __len__(self) -> int:
        return len(self._open)

    @property
    def last(self) -> Frame:
        """The innermost object; there is one."""
        return self._open[-1]

    def set_prefix(self, dn: str) -> None:
        """Say what all names begin with."""
        self._prefix = self._configuration.object_of(dn)

    def push(
        self, mo_class: str, value: str, is_vendors: bool, plan: PlannedOperation | None
    ) -> None:
        """Open an object; what lies below a deleted one is deleted with it."""
        if self._open:
            self._open[-1].has_children = True
            if self._open[-1].plan == "delete":
                plan = "delete"
        self._open.append(Frame(mo_class, value.strip(), is_vendors, plan))

    def pop(self) -> Frame:
        """Close the innermost object."""
        return self._open.pop()

    def own_all(self) -> None:
        """Find the owners of all open objects."""
        for at, frame in enumerate(self._open):
            if frame.owner is None:
                frame.owner = self._owner(self._open[at - 1] if at else None, frame)

    def _owner(self, above: Frame | None, frame: Frame) -> int | str:
        if above is not None and isinstance(above.owner, str):
            return above.owner
        if not frame.value:
            return f"a {frame.mo_class} without id"
        if has_controls(frame.value):
            return f"an object whose name holds control characters: {frame.value[:80]!r}"
        if above is None:
            parent = self._root_of(frame)
        else:
            assert isinstance(above.owner, int)
            parent = above.owner
            # The vendor's attributes of a standard object come in a container below it, of the same name.
            is_same = (above.mo_class, above.value) == (frame.mo_class, frame.value)
            if frame.is_vendors and not above.is_vendors and is_same:
                return parent
        return self._configuration.object(parent, frame.mo_class, frame.value)

    def _root_of(self, frame: Frame) -> int:
        """The parent of an object at the top: the prefix, or what is above the object in it."""
        if self._prefix == ROOT:
            return ROOT
        steps = split_dn(self._configuration.dn(self._prefix))
        own = (frame.mo_class, frame.value)
        at = next((i for i, step in enumerate(steps) if step == own), len(steps))
        number = ROOT
        for step in steps[:at]:
            number = self._configuration.object(number, step.mo_class, step.value)
        return number
