"""The opened instance: its start, memory, storage and errors."""

from typing import Literal

from elex_browser.errors import ErrorKind
from elex_browser.protocol.base import Message


class MemoryStats(Message):
    """Counted memory; `budget_bytes` is the limit that `utilization_percent` refers to."""

    budget_bytes: int
    used_bytes: int
    utilization_percent: float
    cached_agents: int
    state_buffers_available: int
    trajectories_available: int
    wasm_memory_bytes: int
    pyodide_memory_bytes: int
    total_agents: int


class StorageStats(Message):
    """What is kept on disk; `damaged` names records that were found unsound and set aside."""

    kind: str
    persistent: bool
    records: int
    payload_bytes: int
    pending_writes: int
    damaged: list[str]


class EpisodeStats(Message):
    """Past questions that are kept with their ratings: how many, at most how many, and their bytes."""

    count: int
    cap: int
    bytes: int


class RouteCounts(Message):
    """How often the asked agent was found in each way."""

    code: int = 0
    name: int = 0
    semantic: int = 0
    memory: int = 0
    peer: int = 0


class RegistryStats(Message):
    """How the agents come and go since the start; times of making one in milliseconds."""

    total: int
    cached: int
    created: int
    restored: int
    evicted: int
    hits: int
    misses: int
    create_ms_mean: float
    create_ms_max: float
    by_status: dict[str, int]
    by_category: dict[str, int]
    routes: RouteCounts


class StartOptions(Message):
    """What an opened instance is made from; kernels and database are opened by the worker."""

    kernels: Literal["auto", "simd", "scalar"] = "auto"
    storage: Literal["indexeddb", "memory"] = "indexeddb"
    database_name: str = "elex"
    seed: int | None = None
    budget_bytes: int | None = None
    max_episodes: int = 2000


class StartResult(Message):
    """What was started; `restored` counts agents found on disk, `damaged` names unsound records."""

    version: str
    protocol_version: int
    agents: int
    kernels: str
    storage: str
    restored: int
    damaged: list[str]


class ErrorMessage(Message):
    """An ElexError on its way to JavaScript; `kind` tells those of QUERY_FAILED apart."""

    code: str
    problem: str
    fix: str
    kind: ErrorKind | None = None
