"""One conformance suite for every Q-table store: NumPy, and in Pyodide the table in Rust."""

import numpy as np

from elex_browser.kernels.base import TERMINAL, Kernels, QColumns
from elex_browser.kernels.reference import ReferenceKernels
from tests.support import refused

RATES = {"alpha": 0.3, "gamma": 0.9, "now": 1}


def u32(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.uint32)


def f32(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


def test_keys_keep_their_numbers(kernels: Kernels) -> None:
    with kernels.q_store(5) as table:
        assert table.intern(["a", "b", "", "ü", "a"]).tolist() == [0, 1, 2, 3, 0]
        assert table.intern([]).tolist() == []
        many = [f"state {i}" for i in range(5000)]
        assert table.intern(many).tolist() == list(range(4, 5004))
        assert table.intern(["b", many[-1]]).tolist() == [1, 5003]
        assert table.keys() == ["a", "b", "", "ü", *many]


def test_steps_are_learnt_one_after_the_other(kernels: Kernels) -> None:
    with kernels.q_store(2) as table:
        table.intern(["a", "b"])
        states, actions = u32(1, 0, 0), u32(0, 1, 1)
        after = u32(TERMINAL, 1, 1)
        td_errors = table.update(states, actions, f32(1, 0, 0), after, alpha=0.5, gamma=0.5, now=3)
        assert td_errors.tolist() == [1.0, 0.25, 0.125]
        columns = table.columns()
        assert columns.q_values.tolist() == [0.1875, 0.5]
        assert columns.visits.tolist() == [2, 1]
        assert columns.updated.tolist() == [3, 3]


def test_every_table_learns_the_bits_of_the_reference(kernels: Kernels) -> None:
    rng = np.random.default_rng(5)
    keys = [f"state {i}" for i in range(300)]
    tables = [kernels.q_store(5), ReferenceKernels().q_store(5)]
    for table in tables:
        table.intern(keys)
    for now in range(1, 4):
        states, after = rng.integers(0, 300, (2, 2000)).astype(np.uint32)
        after[::9] = TERMINAL
        actions = rng.integers(0, 5, 2000).astype(np.uint32)
        rewards = rng.normal(size=2000).astype(np.float32)
        steps = (states, actions, rewards, after)
        errors = [table.update(*steps, alpha=0.1, gamma=0.9, now=now) for table in tables]
        assert errors[0].tobytes() == errors[1].tobytes()
    for mine, expected in zip(tables[0].columns(), tables[1].columns(), strict=True):
        assert mine.tobytes() == expected.tobytes()
    every = np.arange(300, dtype=np.uint32)
    for mine, expected in zip(tables[0].best(every), tables[1].best(every), strict=True):
        assert mine.tolist() == expected.tolist()
    assert len(tables[0]) == len(tables[1])
    tables[0].close()


def test_the_first_of_equal_actions_is_best(kernels: Kernels) -> None:
    with kernels.q_store(3) as table:
        table.intern(["a"])
        assert [part.tolist() for part in table.best(u32(0))] == [[0], [0.0]]
        table.update(u32(0, 0), u32(2, 1), f32(1, 1), u32(TERMINAL, TERMINAL), **RATES)
        assert table.best(u32(0))[0].tolist() == [1]


def test_columns_make_the_same_table_again(kernels: Kernels) -> None:
    with kernels.q_store(4) as table, kernels.q_store(4) as copy:
        table.intern(["a", "b", "c"])
        table.update(u32(0, 2, 2), u32(3, 0, 1), f32(1, 2, 3), u32(2, 0, TERMINAL), **RATES)
        copy.intern(table.keys())
        copy.merge(table.columns())
        for mine, expected in zip(copy.columns(), table.columns(), strict=True):
            assert mine.tolist() == expected.tolist()


def test_merging_weighs_by_visits(kernels: Kernels) -> None:
    with kernels.q_store(2) as table:
        table.intern(["only"])
        table.merge(QColumns(u32(0), u32(1), f32(1), u32(1), u32(9)))
        table.merge(QColumns(u32(0), u32(1), f32(4), u32(2), u32(5)))
        assert [column.tolist() for column in table.columns()] == [[0], [1], [3.0], [3], [9]]


def test_what_does_not_fit_teaches_nothing(kernels: Kernels) -> None:
    with kernels.q_store(2) as table:
        table.intern(["a"])
        good = (u32(0, 0), u32(0, 1), f32(1, 1), u32(0, TERMINAL))
        for place, wrong in (
            (0, u32(0, 1)),
            (1, u32(0, 2)),
            (2, f32(0, np.nan)),
            (3, u32(0, 7)),
            (0, u32(0)),
            (0, f32(0, 0)),
        ):
            steps = [*good[:place], wrong, *good[place + 1 :]]
            with refused("VALIDATION_ERROR"):
                table.update(*steps, **RATES)
        with refused("VALIDATION_ERROR"):
            table.update(*good, alpha=1.5, gamma=0.9, now=1)
        with refused("VALIDATION_ERROR"):
            table.merge(QColumns(u32(0), u32(0), f32(1), u32(0), u32(1)))
        with refused("VALIDATION_ERROR"):
            table.best(u32(1))
        assert len(table) == 0
    with refused("QUERY_FAILED"):
        table.best(u32(0))
    with refused("VALIDATION_ERROR"):
        kernels.q_store(0)


def test_memory_is_counted(kernels: Kernels) -> None:
    with kernels.q_store(5) as table:
        table.intern([str(i) for i in range(1000)])
        assert table.memory_bytes() >= 1000 * 5 * 12
