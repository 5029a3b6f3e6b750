"""A Q-table learns by equation 6.8, survives its file, and never takes damaged bytes."""

from random import Random

import numpy as np
import pytest

from elex_browser import ElexError, QTable, merge
from elex_browser.learning import q_table_file, tensor_file
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.merge import conflicts, lineage
from elex_browser.learning.transition import Transition
from tests.support import refused

ACTIONS = ("left", "right", "wait")


def table(contributor: str = "me") -> QTable:
    return QTable(ACTIONS, contributor=contributor)


def learn(q_table: QTable, state: str, action: int, reward: float, times: int = 1) -> None:
    for _ in range(times):
        step = Transition(state, action, reward, terminated=True)
        q_table.update(step, alpha=0.1, gamma=0.95)


def test_q_table_update_moves_towards_the_td_target() -> None:
    q_table = table()
    learn(q_table, "b", 1, 10.0)

    td_error = q_table.update(Transition("a", 0, 2.0, next_state="b"), alpha=0.1, gamma=0.95)

    assert td_error == pytest.approx(2.0 + 0.95 * 1.0)
    assert q_table.values("a")[0] == pytest.approx(0.1 * td_error)
    assert q_table.visits("a").tolist() == [1, 0, 0]


def test_terminated_step_has_no_future_and_truncated_step_has() -> None:
    q_table = table()
    learn(q_table, "b", 1, 10.0)
    terminal = q_table.update(Transition("t", 0, 1.0, "b", terminated=True), alpha=0.1, gamma=0.5)
    cut = q_table.update(Transition("u", 0, 1.0, "b", truncated=True), alpha=0.1, gamma=0.5)

    assert terminal == pytest.approx(1.0)
    assert cut == pytest.approx(1.5)


def test_unknown_state_starts_from_the_initial_values() -> None:
    start = np.array([0.5, 0.0, -0.5], np.float32)
    q_table = QTable(ACTIONS, initial=lambda state: start)

    assert q_table.values("new").tolist() == start.tolist()
    learn(q_table, "new", 1, 1.0)
    assert q_table.values("new").tolist() == pytest.approx([0.5, 0.1, -0.5])


def test_ties_are_drawn_by_the_seeded_generator() -> None:
    q_table = table()

    drawn = [q_table.best_action("s", [0, 1, 2], Random(seed)) for seed in range(40)]
    again = [q_table.best_action("s", [0, 1, 2], Random(seed)) for seed in range(40)]

    assert set(drawn) == {0, 1, 2}
    assert drawn == again


@pytest.mark.parametrize(
    "step",
    [
        Transition("s", 0, float("nan"), terminated=True),
        Transition("s", 0, float("inf"), terminated=True),
        Transition("s", 3, 1.0, terminated=True),
        Transition("s", -1, 1.0, terminated=True),
        Transition("", 0, 1.0, terminated=True),
        Transition("ü" * 513, 0, 1.0, terminated=True),
        Transition("s", 0, 1.0, next_state="x" * 1025),
    ],
)
def test_impossible_step_is_refused_and_changes_nothing(step: Transition) -> None:
    q_table = table()
    learn(q_table, "s", 0, 1.0)
    before = q_table_file.to_bytes(q_table)

    with refused("VALIDATION_ERROR"):
        q_table.update(step, alpha=0.1, gamma=0.95)

    assert q_table_file.to_bytes(q_table) == before


def test_full_table_says_so() -> None:
    q_table = QTable(ACTIONS, config=LearningConfig(max_states=2))
    learn(q_table, "a", 0, 1.0)
    learn(q_table, "b", 0, 1.0)

    with refused("MEMORY_ERROR"):
        learn(q_table, "c", 0, 1.0)

    assert not q_table.knows("c")


def test_stats_count_visited_entries_only() -> None:
    q_table = table()
    assert q_table.stats() == (0, 0, 0.0, 0.0, 0.0)

    learn(q_table, "a", 0, 10.0)
    learn(q_table, "a", 1, -10.0, times=2)

    stats = q_table.stats()
    assert (stats.n_entries, stats.total_visits) == (2, 3)
    assert (stats.min_q_value, stats.max_q_value) == (pytest.approx(-1.9), pytest.approx(1.0))
    assert stats.mean_q_value == pytest.approx(-0.45)


def test_size_counts_the_columns_and_keys() -> None:
    q_table = table()
    learn(q_table, "höhe", 0, 1.0)

    # 8 rows of 3 actions in three 4-byte columns, and 5 bytes of UTF-8
    assert q_table.size_bytes() == 8 * 3 * 3 * 4 + 5


def test_file_restores_the_table_and_its_extra() -> None:
    q_table = table()
    learn(q_table, "a|simple", 2, 1.0)
    learn(q_table, "größe", 1, -0.5, times=3)
    data = q_table_file.to_bytes(q_table, {"note": "kept"})

    twin = table()
    extra = q_table_file.load(twin, data)

    assert extra == {"note": "kept"}
    assert list(twin.entries()) == list(q_table.entries())
    assert q_table_file.to_bytes(twin, extra) == data
    assert twin.clock == q_table.clock


def test_empty_table_has_a_file_too() -> None:
    twin = table()
    learn(twin, "a", 0, 1.0)

    q_table_file.load(twin, q_table_file.to_bytes(table()))

    assert list(twin.entries()) == []


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 100, -1])
def test_truncated_file_is_refused(length: int) -> None:
    q_table = table()
    learn(q_table, "a", 0, 1.0)
    before = q_table_file.to_bytes(q_table)

    with refused("SERIALIZATION_ERROR"):
        q_table_file.load(q_table, before[:length])

    assert q_table_file.to_bytes(q_table) == before


def header(body: bytes, text: str) -> bytes:
    return len(text).to_bytes(8, "little") + text.encode() + body


@pytest.mark.parametrize(
    "data",
    [
        header(b"", "[" * 6000),
        header(b"", "{}"),
        header(b"", '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'),
        header(b"\0" * 4, '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}'),
        header(b"\0" * 4, '{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}'),
        header(b"\0" * 4, '{"a":{"dtype":"Q8","shape":[4],"data_offsets":[0,4]}}'),
        header(
            b"\0" * 8,
            '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},'
            '"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}',
        ),
        header(b"", '{"a":{"dtype":"F32","shape":[999999999999999999999],"data_offsets":[0,4]}}'),
        (1 << 63).to_bytes(8, "little") + b"{}",
    ],
)
def test_malformed_layout_is_a_serialization_error(data: bytes) -> None:
    with refused("SERIALIZATION_ERROR"):
        q_table_file.load(table(), data)


def rewritten(q_table: QTable, **changes: str) -> bytes:
    tensors, metadata = tensor_file.decode(q_table_file.to_bytes(q_table))
    return tensor_file.encode(tensors, {**metadata, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "2"},
        {"format": "other"},
        {"actions": '["left","right"]'},
        {"contributors": "[]"},
        {"contributors": '["me","me"]'},
        {"weights": '{"x":2.0}'},
        {"weights": "[[[[[[[["},
        {"contributor": ""},
    ],
)
def test_file_of_another_kind_is_refused(changes: dict[str, str]) -> None:
    q_table = table()
    learn(q_table, "a", 0, 1.0)

    with refused("SERIALIZATION_ERROR"):
        q_table_file.load(q_table, rewritten(q_table, **changes))

    assert len(list(q_table.entries())) == 1


def test_file_with_nan_is_refused() -> None:
    q_table = table()
    learn(q_table, "a", 0, 1.0)
    tensors, metadata = tensor_file.decode(q_table_file.to_bytes(q_table))
    bad = {**tensors, "q_value": np.full_like(tensors["q_value"], np.nan)}

    with pytest.raises(ElexError, match="finite"):
        q_table_file.load(q_table, tensor_file.encode(bad, metadata))


def test_merge_weighs_values_by_visits() -> None:
    mine, theirs = table("me"), table("you")
    learn(mine, "s", 0, 1.0, times=10)
    learn(theirs, "s", 0, -1.0, times=30)
    q_mine, q_theirs = mine.values("s")[0], theirs.values("s")[0]

    result = merge(mine, theirs)

    assert result == (1, 0, 0)
    assert mine.values("s")[0] == pytest.approx((10 * q_mine + 30 * q_theirs) / 40)
    assert mine.visits("s")[0] == 40


def test_merging_the_same_file_twice_changes_nothing() -> None:
    mine, theirs = table("me"), table("you")
    learn(mine, "s", 0, 1.0)
    learn(theirs, "t", 1, 1.0)
    merge(mine, theirs)
    once = q_table_file.to_bytes(mine)

    result = merge(mine, theirs)

    assert result == (0, 0, 1)
    assert q_table_file.to_bytes(mine) == once


def test_newer_copy_of_a_contributor_replaces_the_older() -> None:
    mine, theirs = table("me"), table("you")
    learn(theirs, "s", 0, 1.0)
    merge(mine, theirs)
    learn(theirs, "s", 0, 1.0, times=4)

    assert merge(mine, theirs) == (0, 1, 0)
    assert mine.visits("s")[0] == 5


def test_weight_scales_a_contributor() -> None:
    mine, theirs = table("me"), table("you")
    learn(mine, "s", 0, 1.0, times=10)
    learn(theirs, "s", 0, -1.0, times=10)
    own = mine.values("s")[0]

    merge(mine, theirs, weight=0.0)

    assert mine.values("s")[0] == pytest.approx(own)
    assert [(line.contributor, line.weight) for line in lineage(mine)] == [
        ("me", 1.0),
        ("you", 0.0),
    ]


def test_merge_shows_who_disagrees() -> None:
    mine, theirs = table("me"), table("you")
    learn(mine, "s", 0, 1.0, times=10)
    learn(theirs, "s", 0, -1.0, times=10)
    merge(mine, theirs)

    (conflict,) = conflicts(mine)

    assert (conflict.state, conflict.action) == ("s", 0)
    assert (conflict.low_contributor, conflict.high_contributor) == ("you", "me")


def test_merge_refuses_itself_other_actions_and_odd_weights() -> None:
    mine, theirs = table("me"), table("you")
    learn(mine, "s", 0, 1.0)
    learn(theirs, "s", 0, 1.0)
    before = q_table_file.to_bytes(mine)

    for other, weight in [
        (mine, None),
        (table("me"), None),
        (QTable(["up"], contributor="you"), None),
        (theirs, float("nan")),
        (theirs, -0.1),
    ]:
        with refused("VALIDATION_ERROR"):
            merge(mine, other, weight=weight)
    assert q_table_file.to_bytes(mine) == before
