"""Moments in which nobody asks: what makes answers faster, but is not needed for them, waits for these."""

import asyncio
import time
from collections.abc import Callable, Iterator

QUIET_S = 2.0
"""So long after the last request the user seems to read or to be away."""

PAUSE_S = 0.01
"""Between two steps, so that a request is heard and the processor is half free."""


class Quiet:
    """Knows when somebody asked last, and lets work go on once that is a while ago.

    Args:
        clock: seconds that only grow.
    """

    def __init__(
        self, quiet_s: float = QUIET_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._quiet_s = quiet_s
        self._clock = clock
        self._disturbed_at = clock()

    def disturb(self) -> None:
        """Somebody asks: work waits anew."""
        self._disturbed_at = self._clock()

    async def work(self, steps: Iterator[None]) -> None:
        """Take step after step, each in a quiet moment."""
        while True:
            await self._moment()
            try:
                next(steps)
            except StopIteration:
                return

    async def _moment(self) -> None:
        await asyncio.sleep(PAUSE_S)
        while (left := self._disturbed_at + self._quiet_s - self._clock()) > 0:
            await asyncio.sleep(left)
