"""Fixed numbers of equal buffers in one block: memory that is taken once and never grows.

After the object pools of real-time systems; exhaustion is an answer (MEMORY_ERROR), not a slow
death.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import MemoryBudgetError, ValidationError

Buffer = NDArray[np.uint8]


class Arena:
    """Buffers of one size, lent and given back; a lent buffer is zeroed first.

    Attributes:
        n_buffers: how many there are.
        buffer_bytes: the size of each.
    """

    def __init__(self, name: str, n_buffers: int, buffer_bytes: int) -> None:
        self.name = name
        self.n_buffers = n_buffers
        self.buffer_bytes = buffer_bytes
        self._free = list(range(n_buffers - 1, -1, -1))
        self._lent: set[int] = set()

    @cached_property
    def _block(self) -> NDArray[np.uint8]:
        return np.zeros((self.n_buffers, self.buffer_bytes), np.uint8)

    @property
    def n_available(self) -> int:
        """Buffers that are free."""
        return len(self._free)

    @property
    def size_bytes(self) -> int:
        """Bytes of the whole block; 0 before its first use."""
        return self._block.nbytes if "_block" in vars(self) else 0

    def acquire(self) -> int:
        """Take a buffer and return its number; `view` gives its bytes.

        Raises:
            MemoryBudgetError: all buffers are lent.
        """
        if not self._free:
            raise MemoryBudgetError(
                f"all {self.n_buffers} {self.name} are in use", "Wait for running work, or restart"
            )
        number = self._free.pop()
        self._lent.add(number)
        self._block[number] = 0
        return number

    def view(self, number: int) -> Buffer:
        """Return a lent buffer's bytes, as a view that is valid until it is released.

        Raises:
            ValidationError: the buffer is not lent.
        """
        self._check(number)
        buffer: Buffer = self._block[number]
        return buffer

    def release(self, number: int) -> None:
        """Give a buffer back.

        Raises:
            ValidationError: the buffer is not lent.
        """
        self._check(number)
        self._lent.remove(number)
        self._free.append(number)

    @contextmanager
    def lend(self) -> Iterator[Buffer]:
        """Lend a buffer for the length of a `with` block."""
        number = self.acquire()
        try:
            yield self.view(number)
        finally:
            self.release(number)

    def _check(self, number: int) -> None:
        if number not in self._lent:
            raise ValidationError(
                f"buffer {number} of the {self.name} is not lent", "Use what acquire() gave"
            )
