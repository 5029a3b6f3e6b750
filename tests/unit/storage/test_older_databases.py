"""A database of an older version opens, tells what that version told, and loses nothing when it learns on."""

from collections.abc import Mapping
from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.storage.seal import StoredRecord
from tests.data.make_database import told
from tests.support import LIKED, MIMO_SLEEP, KeptStore, database_of, rate, store_of

FAR = "TDD cells lose phase synchronisation"
Kinds = Mapping[str, Mapping[str, StoredRecord]]


@pytest.fixture(params=[1, 2])
def dump(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What an older version left, with what it told of it."""
    return database_of(request.param)


@pytest.fixture
def store(dump: dict[str, Any]) -> KeptStore:
    """A store with the records of that database."""
    return store_of(dump)


def changed(before: Kinds, after: Kinds) -> set[tuple[str, str]]:
    """The records, by kind and key, that were there and are not the same any more."""
    return {
        (kind, key)
        for kind, records in before.items()
        for key, record in records.items()
        if after[kind].get(key) != record
    }


def n_records(kinds: Kinds) -> dict[str, int]:
    return {kind: len(records) for kind, records in kinds.items()}


def n_visits(telling: dict[str, Any]) -> int:
    """How much the agent of MIMO Sleep Mode has learnt."""
    return sum(visits for *_, visits in telling["learnt"]["faj-121-3094"])


def test_it_tells_what_its_version_told(run: Any, dump: dict[str, Any], store: KeptStore) -> None:
    assert run(told(store)) == dump["told"]


def test_opening_it_changes_no_record(run: Any, dump: dict[str, Any], store: KeptStore) -> None:
    before = store_of(dump).kinds
    run(told(store))
    assert changed(before, store.kinds) == set()
    assert n_records(store.kinds) == {"episodes": 0, **n_records(before)}


def test_a_rating_changes_the_record_of_its_agent_and_adds_its_question(
    run: Any, dump: dict[str, Any], store: KeptStore, elex: Elex
) -> None:
    before = store_of(dump).kinds
    run(rate(elex, MIMO_SLEEP, FAR, LIKED))
    run(elex.close())

    assert changed(before, store.kinds) == {("agents", "faj-121-3094")}
    n_before = {"episodes": 0, **n_records(before)}
    assert n_records(store.kinds) == {**n_before, "episodes": n_before["episodes"] + 1}
    again = run(told(store))
    assert n_visits(again) == n_visits(dump["told"]) + 1
    assert again["episodes"] == dump["told"]["episodes"] + 1
