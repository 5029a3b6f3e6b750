"""Rows of the kernels alone, at the sizes of one agent's work: what simd128 brings, and what a call costs.

Ours, the scalar build and a plain loop are repeated inside WebAssembly (rust-simd/crates/bench), without
Python; beside them stands the same work as a call from Python.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.kernels.base import Kernels
from tests.bench.kernel_rows import unit_rows
from tests.bench.measure import medians_of, row, sampler

# As long as samples of the loops inside (page/alone.js).
SAMPLE_S = 0.0005
# As in the module.
ALPHA, GAMMA, THRESHOLD = 0.1, 0.9, 50.0


class Case(NamedTuple):
    """One kernel.

    Attributes:
        says: what the row calls it.
        kernel: its export; that of the plain loop is "plain_" and this.
        asked: how many times as fast as scalar code simd128 shall be.
        n: numbers in a column.
        out: what the kernel writes over, as it is before.
        columns: what it reads.
        call: the same from Python.
    """

    says: str
    kernel: str
    asked: str
    n: int
    out: NDArray[Any]
    columns: tuple[NDArray[Any], ...]
    call: Callable[[], Any]


def alone(simd: Kernels, host: Any, rounds: int) -> Iterator[dict[str, Any]]:
    """Time every kernel in so many turns; all contenders give one answer first."""
    inside = host.alone
    for case in cases(simd):
        check_same(case, inside)
        samplers = {
            "simd": partial(inside.simd.sampleMs, case.kernel),
            "scalar": partial(inside.scalar.sampleMs, case.kernel),
            "plain loop": partial(inside.scalar.sampleMs, f"plain_{case.kernel}"),
            "simd, called from Python": sampler(case.call, sample_s=SAMPLE_S),
        }
        times = medians_of(samplers, rounds=rounds)
        notes = {"asked of simd128:": f"×{case.asked}"}
        yield row(f"{case.says} alone", case.n, times, notes=notes, table="alone")


def cases(simd: Kernels) -> Iterator[Case]:
    """Yield a similarity, the update of 100 Q-values, 1,000 values to check and 500 counters."""
    a, b = unit_rows(2, 1)
    with simd.matrix(b[None]) as matrix:
        out = np.zeros(1, np.float32)
        nearest = partial(matrix.top_k, a, 1)
        yield Case("similarity", "similarity", "3–5", 128, out, (a, b), lambda: nearest()[1])
    rng = np.random.default_rng(3)
    q, rewards, after = rng.normal(size=(3, 100)).astype(np.float32)
    update = partial(simd.q_update, q, rewards, after, alpha=ALPHA, gamma=GAMMA)
    yield Case("Q-update", "q_update", "2–4", 100, q, (rewards, after), update)
    values, spread = rng.normal(0, 100, (2, 1000))
    bounds = values - spread, values + np.abs(spread)
    out = np.zeros(125, np.uint8)
    check = partial(simd.check_ranges, values, *bounds)
    yield Case(
        "validation: ranges", "ranges", "4–8", 1000, out, (values, *bounds), lambda: check().bits
    )
    counters, weights = rng.normal(0, 100, (2, 500))
    aggregate = partial(simd.aggregate, counters, weights, THRESHOLD)
    yield Case(
        "aggregation", "aggregation", "3–6", 500, np.zeros(5), (counters, weights), aggregate
    )


def check_same(case: Case, inside: Any) -> None:
    """Both builds give the same bits, the plain loop and the call from Python the same within rounding."""
    simd, scalar, plain = (
        answer(build, case, name)
        for build, name in (
            (inside.simd, case.kernel),
            (inside.scalar, case.kernel),
            (inside.scalar, f"plain_{case.kernel}"),
        )
    )
    assert simd.tobytes() == scalar.tobytes()
    np.testing.assert_allclose(plain, simd, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(case.call(), simd, rtol=1e-5, atol=1e-5)


def answer(build: Any, case: Case, kernel: str) -> NDArray[Any]:
    """Lay the columns of a case into a build and return what a kernel makes of them."""
    build.lay(case.n, case.out.view(np.uint8), *(one.view(np.uint8) for one in case.columns))
    return np.frombuffer(build.answer(kernel).to_py(), case.out.dtype)
