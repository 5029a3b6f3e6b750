"""Work for quiet moments: it waits while somebody asks, and goes on afterwards."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

from elex_browser import runtime
from elex_browser.elex import Elex
from elex_browser.session.quiet import PAUSE_S, Quiet

QUIET_S = 0.05


def steps(
    done: list[int], n: int, meanwhile: Callable[[int], object] = lambda _: None
) -> Iterator[None]:
    """Work of n steps that notes what is done."""
    for number in range(n):
        done.append(number)
        meanwhile(number)
        yield


def test_all_steps_are_taken_when_nobody_asks(run: Any) -> None:
    done: list[int] = []
    run(Quiet(0.0).work(steps(done, 5)))
    assert done == [0, 1, 2, 3, 4]


def test_work_waits_while_somebody_asks(run: Any) -> None:
    done: list[int] = []
    now_s = [0.0]
    quiet = Quiet(QUIET_S, clock=lambda: now_s[0])
    now_s[0] = QUIET_S

    async def ask_after_the_second_step() -> list[int]:
        work = asyncio.ensure_future(
            quiet.work(steps(done, 4, lambda number: number == 1 and quiet.disturb()))
        )
        while len(done) < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(10 * PAUSE_S)
        waiting = list(done)
        now_s[0] += QUIET_S
        await work
        return waiting

    assert run(ask_after_the_second_step()) == [0, 1]
    assert done == [0, 1, 2, 3]


def test_closed_instance_has_no_work_left(run: Any) -> None:
    elex = run(Elex.open())
    run(elex.close())
    assert list(elex.idle_work()) == []


def test_second_start_ends_the_work_of_the_first(run: Any) -> None:
    async def start_twice() -> bool:
        await runtime.start('{"storage":"memory"}')
        first = runtime.worker.warming
        assert first is not None
        reply = json.loads(await runtime.start('{"storage":"memory"}'))
        await asyncio.wait([first], timeout=5)
        return bool(reply["result"]) and first.cancelled()

    assert run(start_twice())
