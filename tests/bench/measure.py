"""Timing inside the browser: contenders take turns, so that a slow moment of the machine hits all."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

# A sample lasts at least this long: the clock of an isolated page counts in steps of 5 µs.
SAMPLE_S = 0.02
ROUNDS = 7
# Long enough for the browser's second compiler to replace what its first one made.
WARM_UP_S = 0.1
# What takes longer is timed once: only what others wrote does.
SLOW_S = 1.0


def medians_ms(
    contenders: Mapping[str, Callable[[], Any]], *, rounds: int = ROUNDS
) -> dict[str, float]:
    """Return the median time of one call of each contender, in milliseconds."""
    return medians_of({name: sampler(work) for name, work in contenders.items()}, rounds=rounds)


def medians_of(
    samplers: Mapping[str, Callable[[], float]], *, rounds: int = ROUNDS
) -> dict[str, float]:
    """Return the median of what each sampler gives when they take turns: milliseconds of one call."""
    samples: dict[str, list[float]] = {name: [] for name in samplers}
    for _ in range(rounds):
        for name, sample in samplers.items():
            if not (samples[name] and samples[name][0] > SLOW_S * 1000):
                samples[name].append(sample())
    return {name: statistics.median(times) for name, times in samples.items()}


def sampler(work: Callable[[], Any], *, sample_s: float = SAMPLE_S) -> Callable[[], float]:
    """Return what times one call over a sample, in milliseconds; the browser has then optimised it."""
    repeats = _repeats(work, sample_s)

    def sample() -> float:
        gc.disable()
        begin = time.perf_counter()
        for _ in range(repeats):
            work()
        spent = time.perf_counter() - begin
        gc.enable()
        return spent / repeats * 1000

    return sample


def once_ms(work: Callable[[], Any]) -> float:
    """Return the time of one call, in milliseconds: for what takes seconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _repeats(work: Callable[[], Any], sample_s: float) -> int:
    """Call until the browser has optimised what runs, and tell how often fills a sample."""
    begin = time.perf_counter()
    work()
    if time.perf_counter() - begin > SLOW_S:
        return 1
    while time.perf_counter() - begin < WARM_UP_S:
        work()
    # The fastest of some: one alone may be where the system gave the core to somebody else.
    fastest_ms = min(once_ms(work) for _ in range(9))
    return max(1, int(sample_s * 1000 / max(fastest_ms, 0.001)))


def row(
    operation: str, n: int, times: dict[str, float], ours: str = "simd", **more: Any
) -> dict[str, Any]:
    """Return a row of the table from the medians of all contenders."""
    rounded = {name: float(f"{ms:.4g}") for name, ms in times.items()}
    return {
        "operation": operation,
        "n": n,
        "ours_ms": rounded.pop(ours),
        "against": rounded,
        **more,
    }
