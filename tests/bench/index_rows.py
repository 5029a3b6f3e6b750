"""Rows of the vector index: the same clustered data and queries for all, recall beside every time."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.kernels.base import F32, IndexParameters, Kernels
from tests.bench.kernel_rows import numpy_top_k
from tests.bench.measure import once_ms, row

# Its answers are the same; at 100,000 it would only take its minutes.
SCALAR_UP_TO = 10_000
K, DIMENSIONS, N_QUERIES = 10, 128, 200
SETTINGS = {"m": 16, "efConstruction": 200, "efSearch": 50}


def clustered(n: int) -> tuple[F32, F32]:
    """Return n rows around n / 100 centres, and queries of the same kind, all of length 1."""
    rng = np.random.default_rng(7)
    n_centres = max(10, n // 100)
    centres = rng.normal(size=(n_centres, DIMENSIONS))

    def draw(count: int) -> F32:
        noise = 0.5 * rng.normal(size=(count, DIMENSIONS))
        rows = (centres[rng.integers(0, n_centres, count)] + noise).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    return draw(n), draw(N_QUERIES)


def uniform(n: int) -> tuple[F32, F32]:
    """Return rows and queries spread evenly over the sphere: the hardest case."""
    rows = np.random.default_rng(8).normal(size=(n + N_QUERIES, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows[:n].copy(), rows[n:].copy()


class StoppedError(Exception):
    """A peer that came to its limit; the message says how far it got."""


class Contest:
    """One data set with its exact answers."""

    def __init__(self, simd: Kernels, data: tuple[F32, F32]) -> None:
        self.rows, self.queries = data
        with simd.matrix(self.rows) as matrix:
            self.truth = matrix.top_k_many(self.queries, K)[0].tolist()

    def search(self, find: Callable[[F32], list[int]]) -> tuple[float, float]:
        """Return (median ms of a search, recall at 10)."""
        found = [find(query) for query in self.queries]
        hits = sum(len(set(a) & set(b)) for a, b in zip(found, self.truth, strict=True))
        times = [
            once_ms(lambda: [find(query) for query in self.queries]) / N_QUERIES for _ in range(5)
        ]
        return float(np.median(times)), hits / (K * N_QUERIES)

    def ours(self, build: Kernels, **settings: Any) -> dict[str, float]:
        """Build and search an index of ours."""
        parameters = IndexParameters(dimensions=DIMENSIONS, seed=1, exact_up_to=0, **settings)
        with build.index(parameters) as index:
            ids = np.arange(len(self.rows), dtype=np.uint32)
            build_ms = once_ms(lambda: index.add(ids, self.rows))
            search_ms, recall = self.search(lambda query: index.search(query, K)[0].tolist())
            memory = index.memory_bytes()
        return {"build": build_ms, "search": search_ms, "recall": recall, "bytes": memory}

    def scan(self) -> dict[str, float]:
        """Search with NumPy alone: there is nothing to build, and every neighbour is found."""
        search_ms, recall = self.search(lambda query: numpy_top_k(self.rows, query).tolist())
        return {"search": search_ms, "recall": recall, "bytes": self.rows.nbytes}

    def peer(self, peer: Any, settings: Any) -> dict[str, float]:
        """Build and search an index of a peer; its bytes are what its memory grew by.

        Raises:
            StoppedError: it did not take all vectors within the time that it has.
        """
        before, n_added = peer.bytes(), []
        build_ms = once_ms(lambda: n_added.append(peer.build(self.rows, len(self.rows), settings)))
        if n_added[0] < len(self.rows):
            peer.drop()
            seconds = build_ms / 1000
            raise StoppedError(f"stopped after {seconds:.0f} s with {n_added[0]:,} vectors built")
        search_ms, recall = self.search(lambda query: peer.search(query, K).to_py().tolist())
        memory = peer.bytes() - before
        peer.drop()
        return {"build": build_ms, "search": search_ms, "recall": recall, "bytes": memory}


def index(
    builds: dict[str, Kernels], host: Any, plain: Callable[[Any], Any], n: int, what: str
) -> Iterator[dict[str, Any]]:
    """Build and search an index of n vectors with everything there is."""
    contest = Contest(builds["simd"], clustered(n) if what == "clustered" else uniform(n))
    found = {"simd": contest.ours(builds["simd"])}
    found["simd, int8"] = contest.ours(builds["simd"], int8=True)
    if n <= SCALAR_UP_TO:
        found["scalar"] = contest.ours(builds["scalar"])
    found["numpy scan"] = contest.scan()
    notes = {}
    for peer in host.peers:
        host.progress(f"  {peer.name}, {n} {what} vectors")
        try:
            found[peer.name] = contest.peer(peer, plain(SETTINGS))
        except StoppedError as stopped:
            notes[peer.name] = str(stopped)
        except ffi.JsException as exc:
            notes[peer.name] = f"failed with {exc.name}: {exc.message}"
    for step in ("build", "search"):
        times = {name: figures[step] for name, figures in found.items() if step in figures}
        figures = found["simd"]
        recalls = {name: round(one["recall"], 4) for name, one in found.items()}
        sizes = {name: one["bytes"] for name, one in found.items()}
        yield row(
            f"index, {what}: {step}",
            n,
            times,
            recall=round(figures["recall"], 4),
            bytes=figures["bytes"],
            recalls=recalls,
            sizes=sizes,
            notes=notes,
        )
