"""The memory budget: what is counted against it, and what happens near its end.

Counted are the agents' tables and texts, the indexes, the pools, the kernels' memory and the network data
that the user loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from elex_browser.errors import ConfigError, MemoryBudgetError
from elex_browser.registry.registry import Registry

DEFAULT_BUDGET_BYTES = 500_000_000
EVICT_AT = 0.8
# [OWN] Counting the indexes takes a good part of a second in the browser, so it waits until they matter.
_INDEXES_AT_MOST = 64_000_000

Bytes = Callable[[], int]
"""Tells how large something is at present."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted beside the agents.

    Attributes:
        kernels: the kernels' memory.
        network: the loaded network data.
        pools: the buffers of learning.
        indexes: what is read once for all agents, and past questions; slow to count.
    """

    kernels: Bytes
    network: Bytes
    pools: Bytes
    indexes: Bytes


class MemoryBudget:
    """Counts memory and keeps the number of cached agents within the budget.

    Raises:
        ConfigError: the budget is no positive number.
    """

    def __init__(
        self, registry: Registry, counted: Counted, budget_bytes: int | None = None
    ) -> None:
        if budget_bytes is not None and budget_bytes <= 0:
            raise ConfigError(f"a memory budget of {budget_bytes} bytes", "Give a positive number")
        self.budget_bytes = budget_bytes or DEFAULT_BUDGET_BYTES
        self._registry = registry
        self._counted = counted

    async def keep(self, own_id: str) -> None:
        """Evict agents while 80 % of the budget is used; the agent `own_id` stays.

        Raises:
            MemoryBudgetError: the budget does not even hold one agent.
            StorageError: agents could not be written, so they stay in memory.
        """
        registry = self._registry
        if self._without_indexes() + _INDEXES_AT_MOST <= EVICT_AT * self.budget_bytes:
            return
        while self.used_bytes() > EVICT_AT * self.budget_bytes and registry.n_cached > 1:
            before = registry.n_cached
            await registry.shrink(max(1, before // 2), keep=own_id)
            if registry.n_cached == before:
                break
        used = self.used_bytes()
        if used > self.budget_bytes:
            raise MemoryBudgetError(
                f"{used} bytes are in use of a budget of {self.budget_bytes}",
                "Open the instance with a larger budget",
            )

    def room_bytes(self) -> int:
        """Return how many bytes may still be loaded; agents keep a fifth of the budget."""
        return max(0, int(EVICT_AT * self.budget_bytes) - self.used_bytes())

    def used_bytes(self) -> int:
        """Return what is in use, counted."""
        return self._without_indexes() + self._counted.indexes()

    def _without_indexes(self) -> int:
        agents = sum(agent.size_bytes() for agent in self._registry.cached)
        counted = self._counted
        return agents + counted.pools() + counted.kernels() + counted.network()
