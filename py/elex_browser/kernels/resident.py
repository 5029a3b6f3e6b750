"""Something that lives in the kernels' memory: made on first use, and made anew when the kernels lost it.

A trap takes all of that memory along; whoever put something there can make it again, which is done here once
for everybody.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from elex_browser.errors import KernelLostError


class Closable(Protocol):
    """What holds memory of the kernels."""

    def close(self) -> None:
        """Free it; closing twice is harmless."""
        ...


T = TypeVar("T", bound=Closable)
R = TypeVar("R")


class Resident(Generic[T]):
    """One such thing.

    Args:
        make: makes it from what is kept elsewhere.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._held: T | None = None

    @property
    def held(self) -> T | None:
        """What is there at present; None before the first use and after closing."""
        return self._held

    def use(self, work: Callable[[T], R]) -> R:
        """Work with it; where the kernels lost it, it is made anew and the work done once more.

        Raises:
            KernelLostError: it was lost a second time.
        """
        try:
            return work(self._get())
        except KernelLostError:
            self.close()
            return work(self._get())

    def replace(self, by: T) -> None:
        """Free what is held and hold something else instead."""
        self.close()
        self._held = by

    def close(self) -> None:
        """Free it; the next use makes it again."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _get(self) -> T:
        if self._held is None:
            self._held = self._make()
        return self._held
