"""Keeps what is being read within the memory budget, before all of it was read."""

from collections.abc import Callable

from elex_browser.errors import MemoryBudgetError

Room = Callable[[], int]
"""Tells how many bytes may still be used."""
_LOOK_EVERY = 4 << 20


def need_room(size_bytes: int, room: Room, name: str) -> None:
    """Refuse what does not fit.

    Raises:
        MemoryBudgetError: there is no room for it.
    """
    left = room()
    if size_bytes > left:
        raise MemoryBudgetError(
            f"{name} needs {size_bytes} bytes, and {left} are left of the memory budget",
            "Load the files of fewer nodes or periods, or forget what is loaded",
        )


class Watched:
    """Looks now and then whether what was read so far still fits."""

    def __init__(self, room: Room | None, name: str, size_bytes: Callable[[], int]) -> None:
        self._room = room
        self._name = name
        self._size_bytes = size_bytes
        self._n_unseen = 0

    def note(self, n_bytes: int) -> None:
        """Tell of bytes that were read.

        Raises:
            MemoryBudgetError: what they hold does not fit.
        """
        self._n_unseen += n_bytes
        if self._room is not None and self._n_unseen >= _LOOK_EVERY:
            self._n_unseen = 0
            need_room(self._size_bytes(), self._room, self._name)
