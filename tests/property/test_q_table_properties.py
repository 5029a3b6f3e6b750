"""Laws of Q-tables: their file is exact, damage never passes, merging is a join."""

import contextlib

import hypothesis.strategies as st
from hypothesis import given, settings

from elex_browser import QTable, merge
from elex_browser.errors import SerializationError
from elex_browser.learning import q_table_file
from elex_browser.learning.transition import Transition
from tests.support import refused

ACTIONS = ("a", "b", "c", "d", "e")
# What str.isprintable() accepts, said as categories: a filter would throw most texts away.
PRINTABLE = st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" ")
STATES = st.text(PRINTABLE, min_size=1, max_size=12)
STEPS = st.lists(
    st.tuples(STATES, st.integers(0, 4), st.floats(-2, 2), st.one_of(st.none(), STATES)),
    max_size=25,
)
Steps = list[tuple[str, int, float, str | None]]


def table(steps: Steps, contributor: str) -> QTable:
    q_table = QTable(ACTIONS, contributor=contributor)
    learn(q_table, steps)
    return q_table


def learn(q_table: QTable, steps: Steps) -> None:
    for state, action, reward, next_state in steps:
        step = Transition(state, action, reward, next_state, terminated=next_state is None)
        q_table.update(step, alpha=0.1, gamma=0.95)


def content(q_table: QTable) -> set[tuple[str, int, float, int]]:
    return set(q_table.entries())


def copy(q_table: QTable) -> QTable:
    twin = QTable(ACTIONS, contributor=q_table.contributor)
    q_table_file.load(twin, q_table_file.to_bytes(q_table))
    return twin


def merged(first: QTable, *others: QTable) -> QTable:
    result = copy(first)
    for other in others:
        merge(result, other)
    return result


@given(STEPS)
def test_file_round_trip_is_exact(steps: Steps) -> None:
    q_table = table(steps, "me")
    data = q_table_file.to_bytes(q_table)
    twin = QTable(ACTIONS, contributor="me")
    q_table_file.load(twin, data)

    assert q_table_file.to_bytes(twin) == data
    assert content(twin) == content(q_table)


@given(STEPS, st.data())
@settings(max_examples=200)
def test_damaged_bytes_never_change_the_table(steps: Steps, data: st.DataObject) -> None:
    original = q_table_file.to_bytes(table(steps, "me"))
    position = data.draw(st.integers(0, len(original) - 1))
    flipped = data.draw(st.integers(1, 255))
    damaged = bytearray(original)
    damaged[position] ^= flipped
    target = table(steps, "me")

    # Padding may change without a meaning; everything else is refused
    with contextlib.suppress(SerializationError):
        q_table_file.load(target, bytes(damaged))

    assert q_table_file.to_bytes(target) == original


@given(st.binary(max_size=200))
def test_noise_is_a_serialization_error(noise: bytes) -> None:
    with refused("SERIALIZATION_ERROR"):
        q_table_file.load(QTable(ACTIONS), noise)


@given(STEPS, STEPS, STEPS)
def test_merge_is_commutative_and_associative(one: Steps, two: Steps, three: Steps) -> None:
    a, b, c = table(one, "a"), table(two, "b"), table(three, "c")

    assert content(merged(a, b)) == content(merged(b, a))
    assert content(merged(merged(a, b), c)) == content(merged(a, merged(b, c)))
    assert content(merged(a, b, c)) == content(merged(a, c, b))


@given(STEPS, STEPS, STEPS)
def test_merge_is_idempotent_and_older_copies_change_nothing(
    one: Steps, two: Steps, later: Steps
) -> None:
    a, b = table(one, "a"), table(two, "b")
    older = copy(b)
    learn(b, later)
    result = merged(a, b)

    assert content(merged(result, b)) == content(result)
    assert content(merged(result, older)) == content(result)
    assert content(merged(a, older, b)) == content(result)


@given(STEPS, STEPS)
def test_merged_visits_are_the_sum_and_values_lie_between(one: Steps, two: Steps) -> None:
    a, b = table(one, "a"), table(two, "b")
    both = merged(a, b)

    for state, action, q_value, visits in both.entries():
        parts = [t for t in (a, b) if t.visits(state)[action] > 0]
        assert visits == sum(int(t.visits(state)[action]) for t in parts)
        values = [float(t.values(state)[action]) for t in parts]
        assert min(values) - 1e-6 <= q_value <= max(values) + 1e-6
