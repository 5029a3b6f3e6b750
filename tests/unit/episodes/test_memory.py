"""Episodic memory: rated questions are kept, found by likeness, let go by age and use, and forgotten."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from elex_browser import ElexError
from elex_browser.episodes.archive import EpisodeArchive
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.episode import (
    Episode,
    from_record,
    to_bytes,
    to_record,
)
from elex_browser.episodes.likeness import by_words
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.episodes.nearest import NearestQuestions
from elex_browser.errors import ConfigError
from elex_browser.kernels.base import F32
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.protocol import Feedback
from elex_browser.ran.codes import FajCode
from elex_browser.registry.stored_agents import StoredAgents
from elex_browser.search.embed import DIMENSION
from elex_browser.storage.base import Record
from tests.support import DISLIKED, LIKED, ForgetfulKernels, KeptStore, refused

A, B, GONE = FajCode("FAJ 121 0001"), FajCode("FAJ 121 0002"), FajCode("FAJ 121 9999")
SLEEP = "radio burns power at night"
SLEEP_AGAIN = "at night the radio burns too much power"
HANDOVER = "calls drop between neighbour cells"
DAY_S = 24 * 3600.0


class WordLikeness:
    """By words alone, as in a checkout without the embedding table."""

    space = "words-1"

    def vector(self, text: str) -> F32 | None:
        found = by_words(text)
        return found if found.any() else None


class Bench:
    """A memory with a clock that a test turns."""

    def __init__(
        self, run: Callable[[Any], Any], store: KeptStore | None = None, cap: int = 3
    ) -> None:
        self.run = run
        self.store = store or KeptStore()
        self.stored_agents = StoredAgents(self.store)
        self.now_s = 1_800_000_000.0
        self.kernels = ForgetfulKernels()
        archive = EpisodeArchive(
            self.store, self.stored_agents.writer, self.stored_agents.set_aside
        )
        self.memory = EpisodicMemory(
            archive,
            self.kernels,
            WordLikeness(),  # type: ignore[arg-type]  # it needs no router
            {A, B},
            cap=cap,
            clock=lambda: self.now_s,
        )

    def keep(self, text: str, faj: FajCode = A, feedback: Feedback = LIKED) -> None:
        async def in_a_loop() -> None:
            vector = self.memory.vector(text, None)
            self.memory.keep(text, vector, faj, query_id="q1", feedback=feedback)

        self.run(in_a_loop())
        self.now_s += 1

    def recall(self, text: str, *candidates: Candidate, named: tuple[FajCode, ...] = ()) -> Found:
        found = Found(candidates or (Candidate(A, 0.5, "semantic"),), 0.3, named)
        return self.memory.recall(text, found)

    def settle(self) -> None:
        self.run(self.stored_agents.writer.flush())

    def stored(self) -> list[Episode]:
        loaded = self.run(self.store.load("episodes"))
        return [from_record(record) for record in loaded.records]

    def reopened(self) -> "Bench":
        """The same store after a reload."""
        again = Bench(self.run, self.store)
        self.run(again.memory.load())
        return again


@pytest.fixture
def bench(run: Any) -> Bench:
    return Bench(run)


def first(found: Found) -> tuple[FajCode, str]:
    return found.candidates[0].faj, found.candidates[0].via


def test_a_question_like_a_well_rated_one_finds_its_agent(bench: Bench) -> None:
    close = Candidate(A, 0.4, "semantic"), Candidate(B, 0.35, "semantic")
    bench.keep(SLEEP, B)
    assert first(bench.recall(SLEEP_AGAIN, *close)) == (B, "memory")
    assert first(bench.recall(HANDOVER, *close)) == (A, "semantic")


def test_a_question_like_a_badly_rated_one_finds_another_agent(bench: Bench) -> None:
    close = Candidate(A, 0.4, "semantic"), Candidate(B, 0.35, "semantic")
    bench.keep(SLEEP, A, DISLIKED)
    assert first(bench.recall(SLEEP_AGAIN, *close)) == (B, "semantic")


def test_a_well_rated_question_is_in_the_domain_and_a_badly_rated_one_is_not_out_of_it(
    bench: Bench,
) -> None:
    bench.keep(SLEEP, A)
    assert bench.recall(SLEEP).in_domain > 0.3
    bench.keep(HANDOVER, A, DISLIKED)
    assert bench.recall(HANDOVER).in_domain == pytest.approx(0.3)


def test_a_named_feature_is_not_displaced(bench: Bench) -> None:
    bench = Bench(bench.run, cap=100)
    for _ in range(50):
        bench.keep(SLEEP, B)
        bench.keep(SLEEP, A, DISLIKED)
    named = Candidate(A, 0.3, "name")
    found = bench.recall(SLEEP, named, Candidate(B, 0.29, "semantic"))
    assert found.candidates[0] == named
    by_list = bench.recall(SLEEP, Candidate(A, 0.3, "semantic"), named=(A,))
    assert first(by_list) == (A, "semantic")


def test_a_question_without_a_subject_is_neither_kept_nor_recalled(bench: Bench) -> None:
    bench.keep("which parameters are there?")
    bench.keep("?!")
    assert bench.run(bench.memory.kept()).episodes == 0
    bench.keep(SLEEP)
    assert not bench.recall("which parameters are there?").recalled


def test_an_agent_of_another_catalogue_does_not_come_in(bench: Bench) -> None:
    bench.keep(SLEEP, GONE)
    assert bench.recall(SLEEP).candidates == (Candidate(A, 0.5, "semantic"),)


def test_episodes_survive_a_reload(bench: Bench) -> None:
    bench.keep(SLEEP, B, Feedback(rating=0.5, resolved=True))
    bench.settle()
    again = bench.reopened()
    assert again.run(again.memory.kept()) == bench.run(bench.memory.kept())
    (stored,) = again.stored()
    assert (stored.question, stored.faj, stored.rating, stored.resolved) == (SLEEP, B, 0.5, True)
    assert stored.query_id == "q1"
    assert B in [c.faj for c in again.recall(SLEEP_AGAIN).candidates]


def test_what_was_kept_before_the_store_was_read_stays(bench: Bench) -> None:
    bench.keep(SLEEP, A)
    bench.settle()
    again = Bench(bench.run, bench.store)
    again.keep(HANDOVER, B)
    assert again.run(again.memory.kept()).episodes == 2


def test_vectors_of_another_table_are_made_again(bench: Bench) -> None:
    bench.keep(SLEEP, B)
    bench.settle()
    (kept,) = bench.stored()
    strange = to_bytes(by_words("something else altogether"))
    other = msgspec.structs.replace(kept, space="another", vector=strange)
    bench.run(bench.store.put("episodes", [to_record(other, 2)]))
    assert B in [c.faj for c in bench.reopened().recall(SLEEP).candidates]


def test_the_least_recently_used_goes_first_on_disk_too(bench: Bench) -> None:
    for text in (SLEEP, HANDOVER, "uplink interference from a neighbour"):
        bench.keep(text)
    found = bench.recall(SLEEP)
    bench.run(as_coroutine(bench.memory.note_use, found.recalled))
    bench.keep("paging capacity of the cell")
    bench.settle()
    kept = {episode.question for episode in bench.stored()}
    assert len(kept) == 3
    assert SLEEP in kept
    assert HANDOVER not in kept


def test_use_outweighs_age_by_a_month_for_each_doubling() -> None:
    old = Episode("a", "q", SLEEP, A, 1.0, False, 0, 0, 3, "words-1", b"")
    month = int(EPISODIC.double_use_ms)
    assert old.worth == pytest.approx(
        msgspec.structs.replace(old, uses=1, last_used_ms=month).worth
    )
    assert old.used(month).uses == 4
    assert old.used(-5).last_used_ms == 0


def test_uses_are_counted_on_disk(bench: Bench) -> None:
    bench.keep(SLEEP)
    bench.now_s += DAY_S
    bench.run(as_coroutine(bench.memory.note_use, (*bench.recall(SLEEP).recalled, "never there")))
    bench.settle()
    (stored,) = bench.stored()
    assert stored.uses == 1
    assert stored.last_used_ms - stored.created_ms >= DAY_S * 1000


def test_long_and_odd_texts_can_be_kept(bench: Bench) -> None:
    bench.keep(f"{SLEEP} \ud800 " + "power " * 1000)
    bench.settle()
    (stored,) = bench.stored()
    assert len(stored.question) <= EPISODIC.max_question_characters
    assert stored.question.startswith(f"{SLEEP} ?")


def test_a_full_disk_loses_nothing(bench: Bench) -> None:
    bench.keep(SLEEP, B)
    bench.store.is_full = True
    with pytest.raises(ElexError):
        bench.settle()
    assert B in [c.faj for c in bench.recall(SLEEP).candidates]
    bench.store.is_full = False
    bench.settle()
    assert len(bench.stored()) == 1


def test_an_unreadable_past_does_not_stop_a_question(bench: Bench) -> None:
    bench.keep(SLEEP)
    bench.settle()
    again = Bench(bench.run, bench.store)
    bench.store.is_unreadable = True
    bench.run(again.memory.ready())
    assert again.recall(SLEEP).candidates == (Candidate(A, 0.5, "semantic"),)
    with refused("IO_ERROR"):
        bench.run(again.memory.kept())

    bench.store.is_unreadable = False
    assert bench.run(again.memory.kept()).episodes == 1


def test_forgetting_deletes_everything_from_memory_and_disk(bench: Bench) -> None:
    bench.keep(SLEEP, B)
    bench.settle()
    bench.store.damage("episodes", bench.stored()[0].key)
    again = bench.reopened()
    again.keep(HANDOVER, B)
    assert again.run(again.memory.forget()) == 2
    assert again.run(again.memory.kept()).episodes == 0
    assert again.recall(HANDOVER).candidates == (Candidate(A, 0.5, "semantic"),)
    assert bench.store.kinds["episodes"] == {}
    assert bench.store.kinds["damaged"] == {}
    assert Bench(bench.run, bench.store).run(again.memory.kept()).episodes == 0


def test_forgetting_leaves_what_agents_learnt(bench: Bench) -> None:
    others = [Record("faj-121-0001", 1, 1, b"a table")]
    bench.run(bench.store.put("agents", others))
    bench.run(bench.store.put("damaged", others))
    bench.keep(SLEEP)
    bench.run(bench.memory.forget())
    assert bench.run(bench.store.load("agents")).records == others
    assert bench.run(bench.store.load("damaged")).records == others


def test_what_cannot_be_forgotten_now_is_deleted_with_the_next_batch(bench: Bench) -> None:
    bench.keep(SLEEP)
    bench.settle()
    bench.store.is_full = True
    with pytest.raises(ElexError):
        bench.run(bench.memory.forget())
    bench.store.is_full = False
    bench.settle()
    assert bench.stored() == []


def as_coroutine(call: Callable[..., None], *arguments: Any) -> Any:
    """A call inside the loop, for what it marks is written by it."""

    async def in_a_loop() -> None:
        call(*arguments)

    return in_a_loop()


def test_a_damaged_record_is_told_and_kept_apart(bench: Bench) -> None:
    bench.keep(SLEEP)
    bench.keep(HANDOVER)
    bench.settle()
    key = bench.stored()[0].key
    bench.store.damage("episodes", key)
    again = bench.reopened()
    assert again.run(again.memory.kept()).episodes == 1
    (complaint,) = again.stored_agents.damaged
    assert key in complaint
    assert [one.startswith(key) for one in bench.store.kinds["damaged"]] == [True]


def test_a_damaged_record_that_cannot_be_copied_now_is_told_once_it_is(bench: Bench) -> None:
    bench.keep(SLEEP)
    bench.settle()
    bench.store.damage("episodes", bench.stored()[0].key)
    again = Bench(bench.run, bench.store)
    bench.store.is_full = True
    for _ in range(3):
        again.run(again.memory.ready())
    assert again.stored_agents.damaged == []

    bench.store.is_full = False
    again.run(again.memory.ready())
    assert len(again.stored_agents.damaged) == len(bench.store.kinds["damaged"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"payload": b"no message pack"},
        {"payload": msgspec.msgpack.encode({"key": "x"})},
        {"key": "another"},
        {"schema_version": 99},
    ],
)
def test_a_record_that_holds_no_episode_of_this_version_is_told(
    bench: Bench, change: dict[str, Any]
) -> None:
    bench.keep(SLEEP)
    bench.settle()
    record = msgspec.structs.replace(to_record(bench.stored()[0], 1), **change)
    bench.run(bench.store.delete("episodes", [bench.stored()[0].key]))
    bench.run(bench.store.put("episodes", [record]))
    again = bench.reopened()
    assert again.run(again.memory.kept()).episodes == 0
    assert len(again.stored_agents.damaged) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"rating": 7.0}, {"rating": float("nan")}, {"vector": b"1234"}, {"vector": b"\xff" * 512}],
)
def test_an_episode_with_impossible_numbers_is_refused(bench: Bench, wrong: dict[str, Any]) -> None:
    bench.keep(SLEEP)
    bench.settle()
    record = to_record(msgspec.structs.replace(bench.stored()[0], **wrong), 1)
    with refused("SERIALIZATION_ERROR"):
        from_record(record)


def test_the_index_is_made_again_after_the_kernel_lost_it(bench: Bench) -> None:
    bench.keep(SLEEP, B)
    bench.recall(SLEEP)
    bench.kernels.lose_indexes()
    assert B in [c.faj for c in bench.recall(SLEEP).candidates]
    assert len(bench.kernels.indexes) == 2
    bench.memory.close()
    assert all(index.is_closed for index in bench.kernels.indexes)


def test_other_errors_of_the_index_are_passed_on() -> None:
    kernels = ForgetfulKernels()
    nearest = NearestQuestions(kernels)
    nearest.add("a", by_words(SLEEP))
    with refused("VALIDATION_ERROR"):
        nearest.near(np.full(DIMENSION, np.nan, np.float32), 3)
    assert len(kernels.indexes) == 1


def test_a_memory_without_room_is_refused(run: Any) -> None:
    with pytest.raises(ConfigError):
        Bench(run, cap=0)


def test_likeness_by_words_is_high_for_the_same_words_in_another_order() -> None:
    assert float(by_words(SLEEP) @ by_words(SLEEP_AGAIN)) > 0.8
    assert abs(float(by_words(SLEEP) @ by_words(HANDOVER))) < 0.5
    assert not by_words("what is it?").any()
