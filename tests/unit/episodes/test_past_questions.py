"""What ratings of past questions do to an instance: to its routes, its answers, its disk and its memory."""

from typing import Any

import msgspec
import pytest

from elex_browser import Elex, ElexError
from elex_browser.answering.actions import ACTIONS
from elex_browser.catalogue.index import Catalogue
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.likeness import Likeness
from elex_browser.knowledge.pack_source import load_pack
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.protocol import Feedback, Route, StartOptions
from elex_browser.session.session import tells_of_agent
from elex_browser.session.unrated import UnratedAnswer
from tests.support import DISLIKED, LIKED, KeptStore, about, rate, refused

NIGHT = "what saves power at night"
NIGHT_AGAIN = "at night, what saves power?"
NAMED = "how does MIMO Sleep Mode work?"
FAR = "TDD cells lose phase synchronisation"


def routes(run: Any, elex: Elex, text: str, k: int = 10) -> list[Route]:
    found: list[Route] = run(elex.route(text, k))
    return found


def test_good_ratings_for_another_agent_bring_it_to_the_front(run: Any, elex: Elex) -> None:
    before = routes(run, elex, NIGHT)
    second = before[1].faj_code
    assert before[0].via == "semantic"

    run(rate(elex, second, NIGHT, LIKED, times=3))

    for text in (NIGHT, NIGHT_AGAIN):
        after = routes(run, elex, text)
        assert (after[0].faj_code, after[0].via) == (second, "memory")
        assert after[0].score > before[1].score
        assert (
            sum(route.score for route in after)
            <= max(1, sum(route.score for route in before)) + 0.1
        )
    assert run(elex.ask(about(NIGHT_AGAIN, "DirectAnswer"))).faj_code == second
    assert run(elex.registry_stats()).routes.memory == 1


def test_a_question_about_something_else_is_routed_as_before(run: Any, elex: Elex) -> None:
    before = routes(run, elex, FAR)
    run(rate(elex, routes(run, elex, NIGHT)[1].faj_code, NIGHT, LIKED, times=3))
    assert routes(run, elex, FAR) == before


def test_a_bad_rating_lowers_the_agent(run: Any, elex: Elex) -> None:
    first = routes(run, elex, NIGHT)[0]
    run(rate(elex, first.faj_code, NIGHT, DISLIKED))
    after = {route.faj_code: route for route in routes(run, elex, NIGHT)}
    assert after[first.faj_code].score < first.score


def test_no_rating_displaces_a_named_feature_or_a_code(run: Any, elex: Elex) -> None:
    for text in (NAMED, "What does FAJ 121 3094 do?"):
        before = routes(run, elex, text)[0]
        run(rate(elex, "FAJ 121 3089", text, LIKED, times=5))
        run(rate(elex, before.faj_code, text, DISLIKED, times=5))
        assert routes(run, elex, text)[0] == before


def test_peers_stay_below_direct_hits(run: Any, elex: Elex) -> None:
    second = routes(run, elex, NIGHT)[1].faj_code
    run(rate(elex, second, NIGHT, LIKED, times=5))
    after = routes(run, elex, NIGHT)
    peers = [route.score for route in after if route.via == "peer"]
    direct = [route.score for route in after if route.via != "peer" and route.score >= 0.01]
    assert after[0].score > 0.5
    assert peers
    assert max(peers) <= min(direct)


def test_how_many_routes_are_wanted_only_cuts_the_list(run: Any, elex: Elex) -> None:
    run(rate(elex, routes(run, elex, NIGHT)[2].faj_code, NIGHT, LIKED, times=2))
    whole = routes(run, elex, NIGHT)
    for k in (1, 3, 5):
        assert routes(run, elex, NIGHT, k) == whole[:k]


def test_past_questions_are_there_after_a_reload(run: Any, elex: Elex, store: KeptStore) -> None:
    second = routes(run, elex, NIGHT)[1].faj_code
    run(rate(elex, second, NIGHT, LIKED, times=3))

    # as after a crash: nothing was flushed or closed
    again = run(Elex.open(store=store))
    assert routes(run, again, NIGHT_AGAIN)[0].faj_code == second
    assert run(again.episodes()).count == 3


def test_kept_questions_are_counted_and_can_be_forgotten(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    used = run(elex.memory_stats()).used_bytes
    before = routes(run, elex, NIGHT)
    empty = run(elex.episodes())
    assert (empty.count, empty.bytes) == (0, 0)

    run(rate(elex, before[1].faj_code, NIGHT, LIKED, times=3))
    kept = run(elex.episodes())
    assert kept.count == 3
    assert kept.bytes > 3 * 512
    assert run(elex.storage_stats()).records == 4
    assert run(elex.memory_stats()).used_bytes >= used + kept.bytes

    assert run(elex.forget_episodes()) == 3
    assert run(elex.episodes()).count == 0
    assert routes(run, elex, NIGHT) == before
    assert run(elex.storage_stats()).records == 1
    assert run(run(Elex.open(store=store)).episodes()).count == 0


def test_how_many_are_kept_can_be_set(run: Any) -> None:
    elex = run(Elex.open(seed=1, max_episodes=2))
    run(rate(elex, "FAJ 121 3094", NIGHT, LIKED, times=3))
    kept = run(elex.episodes())
    assert (kept.count, kept.cap) == (2, 2)
    assert StartOptions().max_episodes == EPISODIC.max_episodes
    with refused("INVALID_CONFIG"):
        run(Elex.open(max_episodes=0))


def test_a_closed_instance_tells_and_forgets_nothing(run: Any, elex: Elex) -> None:
    run(elex.close())
    for call in (elex.episodes, elex.forget_episodes):
        with refused("QUERY_FAILED"):
            run(call())


def test_a_refused_rating_is_not_remembered(run: Any, elex: Elex) -> None:
    answer = run(elex.ask(NIGHT))
    with pytest.raises(ElexError):
        run(elex.feedback(answer.query_id, Feedback(rating=2.0)))
    assert run(elex.episodes()).count == 0


def asked(action: str, **fields: Any) -> UnratedAnswer:
    return UnratedAnswer("q", "faj-121-3094", "a state", ACTIONS.index(action), 1.0, 0, **fields)


def test_only_what_tells_of_the_agent_is_remembered() -> None:
    for action in ("DirectAnswer", "ContextAnswer", "ConsultPeer"):
        assert tells_of_agent(asked(action), LIKED)
        assert tells_of_agent(asked(action), DISLIKED)
        assert not tells_of_agent(asked(action, is_declined=True), LIKED)
    for action in ("RequestClarification", "Escalate"):
        assert tells_of_agent(asked(action), LIKED)
        assert not tells_of_agent(asked(action), DISLIKED)


def test_questions_are_alike_by_the_table_or_without_one_by_their_words() -> None:
    catalogue = Catalogue.load()
    for pack in (None, msgspec.structs.replace(load_pack(), vector_words="")):
        router = QuestionRouter(catalogue, pack)
        likeness = Likeness(router)
        vector, again, far = (likeness.vector(text) for text in (NIGHT, NIGHT_AGAIN, FAR))
        assert vector is not None
        assert again is not None
        assert far is not None
        assert float(vector @ again) > 0.9 > 0.5 > float(vector @ far)
        assert likeness.vector("?!") is None
        found = router.assess(NIGHT).vector
        assert (likeness.space == "words-1") == (found is None)
        assert found is None or float(found @ vector) == pytest.approx(1, abs=1e-5)
