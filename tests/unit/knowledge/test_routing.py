"""Routing: codes decide, names stand first, words find features, and odd questions have a defined answer."""

from typing import Any

import msgspec
import pytest

from elex_browser import Elex
from elex_browser.asking.question import checked
from elex_browser.catalogue.details import IdentifierUse
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import NotFoundError, SerializationError, ValidationError
from elex_browser.knowledge.confidence import Decision
from elex_browser.knowledge.found import Candidate
from elex_browser.knowledge.pack import Pack, decode_pack, encode_pack
from elex_browser.knowledge.pack_source import load_pack
from elex_browser.knowledge.routing import QuestionRouter
from tests.support import some_of


@pytest.fixture(scope="module")
def router(catalogue: Catalogue) -> QuestionRouter:
    """A router over the whole catalogue."""
    return QuestionRouter(catalogue)


def first(router: QuestionRouter, text: str) -> Candidate:
    """The best route."""
    return router.route(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "FAJ 121 3094",
        "what is faj1213094?",
        "FAJ 121-3094/1 please",
        "licence CXC4011808",
        "121 3094 steps",
    ],
)
def test_code_decides_alone(router: QuestionRouter, text: str) -> None:
    best = first(router, text)
    assert (best.faj, best.via) == ("FAJ 121 3094", "code")
    assert best.score >= 0.95


def test_several_codes_come_in_the_order_of_the_question(router: QuestionRouter) -> None:
    routes = router.route("compare FAJ 121 4390 with FAJ 121 3094")
    assert [r.faj for r in routes[:2]] == ["FAJ 121 4390", "FAJ 121 3094"]
    assert {r.via for r in routes[:2]} == {"code"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("compare Cell Sleep Mode with MIMO Sleep Mode", {"FAJ 121 4390", "FAJ 121 3094"}),
        ("FAJ 121 3094 or Carrier Aggregation?", {"FAJ 121 3094", "FAJ 121 3046"}),
        ("ANR", {"FAJ 121 0497"}),
        ("ANR on NR", {"FAJ 121 5218"}),
        ("prerequisites for SA", {"FAJ 121 5060"}),
        ("ANR in SA", {"FAJ 121 5218"}),
        ("what saves power at night", set()),
    ],
)
def test_features_that_a_question_names_are_told(
    router: QuestionRouter, text: str, named: set[str]
) -> None:
    assert set(router.assess(text).named) == named


def test_vector_of_the_question_comes_along_where_there_is_a_table(router: QuestionRouter) -> None:
    vector = router.assess("what saves power at night").vector
    assert (vector is None) == (router.finder.vectors is None)
    assert vector is None or float(vector @ vector) == pytest.approx(1, abs=1e-5)
    assert router.assess("?!").vector is None


def test_code_shared_by_two_features_is_shared_out(router: QuestionRouter) -> None:
    routes = router.route("CXC4011011")
    assert {r.faj for r in routes[:2]} == {"FAJ 121 0897", "FAJ 121 3039"}
    assert sum(r.score for r in routes[:2]) <= 1.0


def test_unknown_code_is_an_error_with_hints(router: QuestionRouter) -> None:
    with pytest.raises(NotFoundError) as caught:
        router.route("tell me about FAJ 121 9999")
    assert "FAJ 121" in caught.value.fix


def test_unknown_code_beside_a_known_one_is_passed_over(router: QuestionRouter) -> None:
    assert first(router, "FAJ 121 9999 or FAJ 121 3094").faj == "FAJ 121 3094"


@pytest.mark.parametrize(
    ("text", "faj"),
    [
        ("MIMO Sleep Mode", "FAJ 121 3094"),
        ("parameters of automated neighbor relations", "FAJ 121 0497"),
        ("NR Standalone prerequisites", "FAJ 121 5060"),
        ("ANR", "FAJ 121 0497"),
        ("what is MSM", "FAJ 121 3094"),
        ("switchDownPrbThreshold", "FAJ 121 3094"),
        ("MimoSleepFunction.switchDownPrbThreshold", "FAJ 121 3094"),
        ("x2retrytimerstart", "FAJ 121 0484"),
    ],
)
def test_names_acronyms_and_identifiers_stand_first(
    router: QuestionRouter, text: str, faj: str
) -> None:
    best = first(router, text)
    assert (best.faj, best.via) == (faj, "name")


def test_every_full_name_stands_first(catalogue: Catalogue, router: QuestionRouter) -> None:
    features = some_of(catalogue.features)
    assert [f.name for f in features if first(router, f.name).faj != f.faj] == []


def test_own_words_find_the_feature(router: QuestionRouter) -> None:
    siblings = {"FAJ 121 3094", "FAJ 121 5296"}
    assert first(router, "how do I cut power on a 4T4R cell at night?").faj in siblings
    assert (
        first(router, "handover ping-pong of a single user between two LTE cells").faj
        == "FAJ 121 1885"
    )


def test_peers_stand_behind_what_the_question_speaks_for(
    router: QuestionRouter, catalogue: Catalogue
) -> None:
    routes = router.route("FAJ 121 4466", 12)
    peers = [r for r in routes if r.via == "peer"]
    direct = [r for r in routes if r.via != "peer"]
    assert "FAJ 121 3084" in [r.faj for r in routes]
    assert max(r.score for r in peers) <= min(r.score for r in direct[:5])
    conflicting = set(catalogue.graph.conflicts(routes[0].faj))
    assert not conflicting & {r.faj for r in peers}


def test_unsure_route_brings_no_peers(router: QuestionRouter) -> None:
    routes = router.route("users complain")
    assert {r.via for r in routes} == {"semantic"}


def test_mistyped_words_are_understood(router: QuestionRouter) -> None:
    assert first(router, "netwrok slicng framewrok").faj == "FAJ 121 5095"


def test_scores_are_probabilities_in_falling_order(router: QuestionRouter) -> None:
    scores = [r.score for r in router.route("load balancing between LTE carriers", 20)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_at_most_k_routes_are_given(router: QuestionRouter, k: int) -> None:
    assert len(router.route("uplink interference at the cell edge", k)) == k


@pytest.mark.parametrize(
    "text",
    ["what is the of", "привет мир", "電力を下げる", "\x00\x01\x02", "🙂🙂", "?!..."],
)
def test_question_that_says_nothing_has_no_route(router: QuestionRouter, text: str) -> None:
    assert router.route(text) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "x" * 10_001, "word " * 20_000])
def test_empty_and_endless_questions_are_refused_where_they_enter(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        checked(text)
    assert caught.value.fix


def test_longest_allowed_question_is_answered(router: QuestionRouter) -> None:
    assert first(router, ("MIMO Sleep Mode " * 625)[:10_000]).faj == "FAJ 121 3094"


def test_question_full_of_unknown_identifiers_costs_few_scans(catalogue: Catalogue) -> None:
    scanned: list[str] = []

    class Counted(Catalogue):
        """Notes what is looked up in the details."""

        def users_of(self, identifier: str) -> list[IdentifierUse]:
            scanned.append(identifier)
            return super().users_of(identifier)

    router = QuestionRouter(Counted(catalogue.features))
    router.route(" ".join(f"pmUnheardOf{i}Counter" for i in range(400)))
    assert 0 < len(scanned) <= 20


def test_no_routes_cannot_be_asked_for(run: Any) -> None:
    elex = run(Elex.open())
    with pytest.raises(ValidationError):
        run(elex.route("MIMO", 0))


@pytest.mark.parametrize(
    "text", ["what is the weather in Stockholm tomorrow?", "write me a poem about love"]
)
def test_question_of_another_subject_is_known_as_such(router: QuestionRouter, text: str) -> None:
    assert router.assess(text).in_domain < 0.5
    assert router.assess("TDD cells lose phase synchronisation").in_domain > 0.8


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("FAJ 121 3094", "answer"),
        ("which counters show that MIMO Sleep Mode works", "answer"),
        ("handover ping-pong of a single user between two LTE cells", "answer"),
        ("users complain", "clarify"),
        ("handover", "clarify"),
        ("what is the weather in Stockholm tomorrow?", "decline"),
        ("Nokia AirScale commissioning steps", "decline"),
        ("?!...", "decline"),
    ],
)
def test_question_is_answered_asked_back_or_turned_down(
    router: QuestionRouter, text: str, decision: Decision
) -> None:
    assert router.assess(text).decision == decision


def test_without_vectors_words_alone_find_the_feature(catalogue: Catalogue, pack: Pack) -> None:
    router = QuestionRouter(catalogue, msgspec.structs.replace(pack, vector_words=""))
    assert router.assess("what saves power on a 4T4R cell at night").decision == "answer"
    assert router.finder.vectors is None
    assert router.weights.evidence["vector"] == 0


def test_same_question_has_the_same_routes(catalogue: Catalogue, router: QuestionRouter) -> None:
    text = "voice calls break off when leaving LTE"
    assert router.route(text) == router.route(text) == QuestionRouter(catalogue).route(text)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The compiled knowledge."""
    return load_pack()


def test_pack_reads_back_as_it_was_written(pack: Pack) -> None:
    data = encode_pack(pack)
    assert decode_pack(data) == pack
    assert encode_pack(decode_pack(data)) == data


def test_damaged_pack_and_other_versions_are_refused(pack: Pack) -> None:
    data = encode_pack(pack)
    with pytest.raises(SerializationError):
        decode_pack(data[: len(data) // 2])
    with pytest.raises(SerializationError, match="version"):
        decode_pack(encode_pack(msgspec.structs.replace(pack, version=99)))


def test_pack_of_another_catalogue_is_refused(catalogue: Catalogue, pack: Pack) -> None:
    router = QuestionRouter(catalogue, msgspec.structs.replace(pack, fajs="0001"))
    with pytest.raises(SerializationError):
        router.route("MIMO Sleep Mode")
