"""Replay learns again from what mattered; a pool gives new members a start; arenas never grow."""

from random import Random

import numpy as np
import pytest

from elex_browser import QTable
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.pool import Pool
from elex_browser.learning.replay import ReplayMemory
from elex_browser.learning.transition import Transition
from tests.support import refused

CONFIG = LearningConfig()
ACTIONS = ("a", "b")


def memory(n_buffers: int = 20, **changes: int) -> tuple[ReplayMemory, Arena]:
    arena = Arena("trajectories", n_buffers, 128)
    config = LearningConfig(**changes) if changes else CONFIG
    return ReplayMemory(arena, config, Random(3)), arena


def step(state: str, reward: float = 0.0) -> Transition:
    return Transition(state, 1, reward, terminated=True)


def replayed(replay: ReplayMemory, n_steps: int) -> list[tuple[Transition, float]]:
    seen: list[tuple[Transition, float]] = []

    def learn(one: Transition, weight: float) -> float:
        seen.append((one, weight))
        return {"rare": 8.0}.get(one.state, 1.0)

    replay.replay(n_steps, learn)
    return seen


def test_replay_gives_back_what_was_kept() -> None:
    replay, _ = memory()
    kept = Transition("größe|simple", 3, -0.25, "next|state", False, True)
    replay.add(kept, 1.0)

    assert replayed(replay, 2) == [(kept, 1.0), (kept, 1.0)]


def test_surprising_steps_are_replayed_more_often_with_smaller_weights() -> None:
    replay, _ = memory()
    for number in range(9):
        replay.add(step(f"common{number}"), 1.0)
    replay.add(step("rare"), 8.0)

    seen = replayed(replay, 5000)

    # P(rare) = 8^0.6 / (9 + 8^0.6) = 0.279
    share = sum(one.state == "rare" for one, _ in seen) / len(seen)
    assert share == pytest.approx(0.279, abs=0.03)
    weights = {one.state: weight for one, weight in seen[:500]}
    assert weights["rare"] < weights["common0"] == 1.0


def test_importance_grows_to_one() -> None:
    replay, _ = memory()
    replay.add(step("s"), 1.0)
    assert replay.importance == 0.4

    replayed(replay, 1000)

    assert replay.importance == 1.0


def test_oldest_step_makes_room_in_the_memory_and_in_a_shared_arena() -> None:
    replay, arena = memory(replay_capacity=3)
    for number in range(5):
        assert replay.add(step(f"s{number}"), 1.0)
    assert len(replay) == 3
    assert {one.state for one, _ in replayed(replay, 200)} == {"s2", "s3", "s4"}

    other = ReplayMemory(arena, CONFIG, Random(1))
    for number in range(30):
        assert other.add(step(f"t{number}"), 1.0)
    assert len(other) == 17
    assert arena.n_available == 0

    third = ReplayMemory(arena, CONFIG, Random(1))
    assert not third.add(step("no room"), 1.0)

    other.clear()
    replay.clear()
    assert arena.n_available == arena.n_buffers


def test_state_that_fits_no_buffer_is_not_kept() -> None:
    replay, arena = memory()

    assert not replay.add(step("x" * 200), 1.0)
    assert arena.n_available == 20


def test_replay_of_nothing_does_nothing() -> None:
    replay, _ = memory()

    assert replayed(replay, 5) == []


# --- pool


def prior(state: str) -> np.ndarray:
    return np.array([0.5, -0.5], np.float32)


def levels(state: str) -> tuple[str, ...]:
    """Two levels: what stands before the slash, then all."""
    return (state.split("/")[0], state) if "/" in state else (state,)


def pool_of() -> Pool:
    return Pool(prior, LearningConfig(pool_strength=5.0), levels)


def taught(rewards: dict[str, float], times: int) -> QTable:
    q_table = QTable(ACTIONS)
    for state, reward in rewards.items():
        for _ in range(times):
            q_table.update(Transition(state, 0, reward, terminated=True), alpha=1.0, gamma=0.0)
    return q_table


def test_pool_without_members_starts_from_the_prior() -> None:
    view = pool_of().view("me", "group")

    assert view.start("s").tolist() == [0.5, -0.5]
    assert view.tried("s") is None


def test_pool_is_drawn_from_the_prior_towards_its_members() -> None:
    pool = pool_of()
    pool.view("one", "group").put(taught({"s": 1.0}, 5))

    # five ratings of 1.0 weigh as much as the belief of 0.5: over all, in the group, and in itself
    assert pool.start("new", "other", "s").tolist() == pytest.approx([0.75, -0.5])
    assert pool.start("new", "group", "s").tolist() == pytest.approx([0.875, -0.5])
    assert pool.start("one", "group", "s").tolist() == pytest.approx([0.9375, -0.5])
    assert pool.start("new", "group", "unseen").tolist() == [0.5, -0.5]


def test_what_was_learnt_in_one_state_is_expected_in_states_like_it() -> None:
    view = pool_of().view("one", "group")
    view.put(taught({"kind/a": 1.0, "kind/b": 1.0}, 20))

    assert view.start("kind/c")[0] > 0.9
    assert view.start("other/c").tolist() == [0.5, -0.5]
    tried = view.tried("kind/c")
    assert tried is not None
    assert tried.tolist() == [40.0, 0.0]


def test_one_member_cannot_outweigh_the_others() -> None:
    pool = pool_of()
    pool.view("loud", "group").put(taught({"s": -1.0}, 1000))
    for name in ("x", "y", "z"):
        pool.view(name, "group").put(taught({"s": 1.0}, 20))

    assert pool.start("new", "group", "s")[0] > 0.4


def test_newer_part_of_a_member_replaces_the_older() -> None:
    pool, fresh = pool_of(), pool_of()
    pool.view("one", "group").put(taught({"s": -1.0, "t": 1.0}, 9))
    for one in (pool, fresh):
        one.view("one", "group").put(taught({"s": 1.0}, 3))

    for state in ("s", "t"):
        expected = fresh.start("new", "group", state).tolist()
        assert pool.start("new", "group", state).tolist() == pytest.approx(expected)

    pool.put("one", "group", {})
    assert pool.start("new", "group", "s").tolist() == pytest.approx([0.5, -0.5])


# --- arena


def test_arena_lends_each_buffer_once_and_refuses_more() -> None:
    arena = Arena("buffers", 3, 16)
    assert arena.size_bytes == 0
    numbers = [arena.acquire() for _ in range(3)]
    assert len(set(numbers)) == 3
    assert arena.size_bytes == 48

    with refused("MEMORY_ERROR"):
        arena.acquire()

    arena.release(numbers[1])
    assert arena.acquire() == numbers[1]


def test_lent_buffer_is_clean_and_comes_back_even_after_an_error() -> None:
    arena = Arena("buffers", 1, 4)
    with arena.lend() as buffer:
        buffer[:] = 7

    def work() -> None:
        with arena.lend() as buffer:
            assert buffer.tolist() == [0, 0, 0, 0]
            raise RuntimeError("work failed")

    with pytest.raises(RuntimeError):
        work()
    assert arena.n_available == 1


def test_buffer_that_is_not_lent_cannot_be_used() -> None:
    arena = Arena("buffers", 2, 4)
    number = arena.acquire()
    arena.release(number)

    for use in (arena.view, arena.release):
        with refused("VALIDATION_ERROR"):
            use(number)
