"""The memory budget: what is counted against it, and what happens near its end.

Counted are the agents' tables and texts, the indexes, the pools, the kernels' memory and the network data
that the user loaded.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from elex_browser.errors import ConfigError, MemoryBudgetError
from elex_browser.kernels.base import Kernels
from elex_browser.learning.arena import Arena
from elex_browser.protocol import MemoryStats
from elex_browser.registry.registry import Registry
from elex_browser.session.unrated import STATE_BUFFER_BYTES

DEFAULT_BUDGET_BYTES = 500_000_000
EVICT_AT = 0.8
N_STATE_BUFFERS = 1000
N_TRAJECTORIES, TRAJECTORY_BYTES = 5000, 1024
# [OWN] Counting the indexes takes a good part of a second in the browser, so it waits until they matter.
_INDEXES_AT_MOST = 64_000_000


class Heap(Protocol):
    """Tells how large something is: the interpreter's own memory, or the loaded network data."""

    def __call__(self) -> int: ...


class MemoryBudget:
    """Counts memory and keeps the number of awake agents within the budget.

    Attributes:
        budget_bytes: the limit.
        heap_bytes: reports the interpreter's memory; 0 outside the browser.
        network_bytes: reports the loaded network data.
        index_bytes: counts the indexes.
    """

    def __init__(self, kernels: Kernels, budget_bytes: int | None = None) -> None:
        if budget_bytes is not None and budget_bytes <= 0:
            raise ConfigError(f"a memory budget of {budget_bytes} bytes", "Give a positive number")
        self.budget_bytes = budget_bytes or DEFAULT_BUDGET_BYTES
        self.heap_bytes: Heap = lambda: 0
        self.network_bytes: Heap = lambda: 0
        self.index_bytes: Callable[[], int] = lambda: 0
        self._kernels = kernels

    @cached_property
    def states(self) -> Arena:
        """Buffers for the states of answers that wait for a rating."""
        return Arena("state buffers", N_STATE_BUFFERS, STATE_BUFFER_BYTES)

    @cached_property
    def trajectories(self) -> Arena:
        """Buffers for the steps that are replayed."""
        return Arena("trajectories", N_TRAJECTORIES, TRAJECTORY_BYTES)

    async def keep(self, registry: Registry, agent_id: str) -> None:
        """Put agents to rest while 80 % of the budget is used; `agent_id` stays awake.

        Raises:
            MemoryBudgetError: the budget does not even hold one agent.
            StorageError: agents could not be written, so they cannot rest.
        """
        if self._own(registry) + _INDEXES_AT_MOST <= EVICT_AT * self.budget_bytes:
            return
        while self._counted(registry) > EVICT_AT * self.budget_bytes and registry.n_awake > 1:
            before = registry.n_awake
            await registry.shrink(max(1, before // 2), keep=agent_id)
            if registry.n_awake == before:
                break
        used = self._counted(registry)
        if used > self.budget_bytes:
            raise MemoryBudgetError(
                f"{used} bytes are in use of a budget of {self.budget_bytes}",
                "Open the instance with a larger budget",
            )

    def room_bytes(self, registry: Registry) -> int:
        """Return how many bytes may still be loaded; agents keep a fifth of the budget."""
        return max(0, int(EVICT_AT * self.budget_bytes) - self._counted(registry))

    def stats(self, registry: Registry) -> MemoryStats:
        """Return the figures."""
        used = self._counted(registry)
        return MemoryStats(
            budget_bytes=self.budget_bytes,
            used_bytes=used,
            utilization_percent=100.0 * used / self.budget_bytes,
            cached_agents=registry.n_awake,
            state_buffers_available=self.states.n_available,
            trajectories_available=self.trajectories.n_available,
            wasm_memory_bytes=self._kernels.memory_bytes(),
            pyodide_memory_bytes=self.heap_bytes(),
            total_agents=len(registry),
        )

    def _counted(self, registry: Registry) -> int:
        return self._own(registry) + self.index_bytes()

    def _own(self, registry: Registry) -> int:
        agents = sum(agent.size_bytes() for agent in registry.awake)
        pools = self.states.size_bytes + self.trajectories.size_bytes
        return agents + pools + self._kernels.memory_bytes() + self.network_bytes()
