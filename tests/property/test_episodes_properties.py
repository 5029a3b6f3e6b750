"""Episodic memory: whatever was rated, its influence is bounded and its size is, too."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from elex_browser.episodes.archive import EpisodeArchive
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.episode import from_record
from elex_browser.episodes.influence import (
    Vote,
    reweighed,
    shifts,
)
from elex_browser.episodes.likeness import by_words
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.protocol import Feedback
from elex_browser.ran.codes import FajCode
from elex_browser.registry.stored_agents import StoredAgents
from elex_browser.storage.memory import MemoryStore
from tests.support import finished

FAJS = [FajCode(f"FAJ 121 000{n}") for n in range(6)]
CAP = 5
unit = st.floats(0, 1)
faj = st.sampled_from(FAJS)
votes = st.lists(st.builds(Vote, faj, unit, st.floats(-1, 1)), max_size=40)
histories = st.lists(
    st.tuples(st.sampled_from(["keep", "use", "forget", "reload"]), faj, st.integers(0, 20)),
    max_size=30,
)


@st.composite
def routes(draw: Any) -> list[Candidate]:
    """Candidates best first, each agent once, as routing gives them; their sum may be above 1."""
    codes = draw(st.lists(faj, unique=True, max_size=5))
    scores = sorted(draw(st.lists(unit, min_size=len(codes), max_size=len(codes))), reverse=True)
    via = st.sampled_from(["name", "semantic"])
    return [Candidate(code, score, draw(via)) for code, score in zip(codes, scores, strict=True)]


@given(votes)
def test_shifts_are_bounded_for_any_history(history: list[Vote]) -> None:
    for shift in shifts(history).values():
        assert -EPISODIC.most_down < shift < EPISODIC.most_up
    for vote in history:
        assert abs(shifts([vote]).get(vote.faj, 0.0)) <= EPISODIC.most_for_one + 1e-12


@given(votes, st.randoms(use_true_random=False))
def test_the_order_of_episodes_does_not_matter(
    history: list[Vote], generator: random.Random
) -> None:
    shuffled = generator.sample(history, len(history))
    assert shifts(shuffled) == shifts(history)


@given(routes(), votes, st.sets(faj))
def test_routes_stay_probabilities_in_order_and_names_stay_first(
    before: list[Candidate], history: list[Vote], named: set[FajCode]
) -> None:
    after = reweighed(before, shifts(history), named)
    scores = [candidate.score for candidate in after]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({candidate.faj for candidate in after}) == len(after)
    assert {c.faj for c in before} <= {c.faj for c in after}
    if before and (before[0].via == "name" or before[0].faj in named):
        assert after[0] == before[0]


@given(routes(), votes, st.sets(faj))
def test_agents_do_not_promise_more_together_than_before(
    before: list[Candidate], history: list[Vote], named: set[FajCode]
) -> None:
    after = reweighed(before, shifts(history), named)
    promised = sum(candidate.score for candidate in before)
    assert sum(candidate.score for candidate in after) <= max(1.0, promised) + 1e-9


@given(routes(), votes, faj, unit)
def test_a_good_rating_more_never_lowers_its_agent(
    before: list[Candidate], history: list[Vote], rated: FajCode, weight: float
) -> None:
    def score(of: list[Vote]) -> float:
        after = reweighed(before, shifts(of), ())
        return next((candidate.score for candidate in after if candidate.faj == rated), 0.0)

    assert score([*history, Vote(rated, weight, 1.0)]) >= score(history) - 1e-9


class Words:
    """Likeness by words, for which no router is needed."""

    space = "words-1"

    def vector(self, text: str) -> Any:
        return by_words(text)


def memory_of(store: MemoryStore) -> tuple[EpisodicMemory, StoredAgents]:
    stored = StoredAgents(store)
    archive = EpisodeArchive(store, stored.writer, stored.set_aside)
    ticks = iter(range(1_000_000))
    made = EpisodicMemory(
        archive,
        ReferenceKernels(),
        Words(),  # type: ignore[arg-type]  # it needs no router
        set(FAJS),
        cap=CAP,
        clock=lambda: float(next(ticks) // 2),  # some episodes are equally old
    )
    return made, stored


@given(histories)
def test_the_cap_is_never_exceeded_and_the_disk_holds_what_memory_holds(
    history: list[tuple[str, FajCode, int]],
) -> None:
    async def scenario() -> None:
        store = MemoryStore()
        memory, stored = memory_of(store)
        for step, code, number in history:
            text = f"power handover paging subject{number}"
            if step == "keep":
                vector = memory.vector(text, None)
                memory.keep(text, vector, code, query_id="q", feedback=Feedback(rating=number / 20))
            elif step == "use":
                memory.note_use(memory.recall(text, Found((), 0.5)).recalled)
            elif step == "forget":
                await memory.forget()
            else:
                await stored.writer.flush()
                memory, stored = memory_of(store)
                await memory.load()
            kept = await memory.kept()
            assert kept.episodes <= CAP
        await stored.writer.flush()
        stored = [from_record(record) for record in (await store.load("episodes")).records]
        kept = await memory.kept()
        assert len(stored) == kept.episodes
        sizes = [len(record.payload) for record in (await store.load("episodes")).records]
        assert sum(sizes) == kept.size_bytes

    finished(scenario())
