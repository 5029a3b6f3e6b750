"""Answers say what the catalogue knows, and say so where it knows nothing."""

import re
from typing import Any

import pytest

from elex_browser.agents.initial_values import initial_values
from elex_browser.answering.actions import act, available_actions, peers
from elex_browser.answering.case_file import case_file
from elex_browser.answering.catalogue_facts import CatalogueFacts
from elex_browser.answering.clarification import Offer, clarifying_question
from elex_browser.answering.facts import Profile
from elex_browser.answering.other_features import NoOtherFeatures
from elex_browser.answering.wording import by_relevance, counted, listed, named_in, sentence
from elex_browser.asking.question import Question, read_question
from elex_browser.asking.state import N_STATES, State, confidence_bucket, decode
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.protocol import Query, Route
from elex_browser.ran.codes import FajCode
from tests.support import some_of


def facts_of(catalogue: Catalogue, faj: str) -> CatalogueFacts:
    written, feature = WrittenKnowledge(), catalogue.feature(faj)
    return CatalogueFacts(catalogue, written, feature)


def question(
    text: str,
    *,
    confidence: float = 0.9,
    candidates: tuple[Candidate, ...] = (),
    in_domain: float = 1.0,
) -> Question:
    found = Found(candidates, in_domain, chosen=confidence)
    return read_question(Query(content=text), found, query_id="q1")


def candidate(faj: str, score: float = 0.5) -> Candidate:
    return Candidate(FajCode(faj), score, "semantic")


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("tell me about it", "what", r"^MIMO Sleep Mode \(FAJ 121 3094\), LTE: "),
        ("which parameters does it have?", "parameters", r"introduces 18 parameters"),
        ("which counters show it?", "counters", r"documented with 26 counters"),
        ("KPI for it?", "kpis", r"no KPI formula"),
        ("how to activate it?", "what", r"FeatureState of CXC4011808"),
        ("why does it fail?", "what", r"Check in this order: its feature state and licence"),
    ],
)
def test_answer_fits_the_kind_of_question(
    catalogue: Catalogue, text: str, first: str, expected: str
) -> None:
    facts = facts_of(catalogue, "FAJ 121 3094")
    asked = question(text)

    assert re.search(expected, facts.content(asked))
    sections = facts.sections(asked)
    assert sections[0].kind == first
    assert len(sections) == 8


def test_named_parameter_is_answered_itself(catalogue: Catalogue) -> None:
    facts = facts_of(catalogue, "FAJ 121 3094")

    content = facts.content(question("what is the range of switchDownPrbThreshold?"))

    assert content.startswith("MimoSleepFunction.switchDownPrbThreshold")
    assert "MOM" in content


def test_general_knowledge_stands_apart_from_facts(catalogue: Catalogue) -> None:
    sections = facts_of(catalogue, "FAJ 121 3094").sections(question("what is it?"))

    sources = {section.kind: section.source for section in sections}
    assert sources.pop("what") == "General radio knowledge"
    assert set(sources.values()) == {"Feature catalogue"}


def test_long_tables_are_capped_and_say_so(catalogue: Catalogue) -> None:
    facts = facts_of(catalogue, "FAJ 121 3094")

    sections = {section.kind: section for section in facts.sections(question("what is it?"))}

    assert len(sections["parameters"].rows) == 20
    assert sections["parameters"].text.startswith("20 of 34 parameters")
    assert len(sections["counters"].rows) == 20


@pytest.mark.parametrize(
    "kind", ["what is it?", "parameters?", "counters?", "kpis?", "how to", "why"]
)
def test_every_feature_answers_every_kind_of_question(catalogue: Catalogue, kind: str) -> None:
    asked = question(kind)
    for feature in some_of(catalogue.features):
        facts = facts_of(catalogue, feature.faj)
        content = facts.content(asked)
        assert feature.name in content
        assert 30 < len(content) < 2500
        sections = facts.sections(asked)
        assert len(sections) == 8
        for section in sections:
            assert section.text
            assert section.source
            assert all(len(row.cells) == len(section.columns) for row in section.rows)
            # What is not known is null; a blank would look like something that is.
            assert all(cell != "" for row in section.rows for cell in row.cells)
            assert all(any(row.cells) for row in section.rows)


def test_relations_lead_to_agents_that_exist(catalogue: Catalogue) -> None:
    for feature in some_of(catalogue.features):
        for section in facts_of(catalogue, feature.faj).sections(question("what")):
            for row in section.rows:
                assert row.faj_code is None or row.faj_code in catalogue


# --- states


def test_states_are_few_and_readable() -> None:
    state = State("procedure", "simple", "high", "none")

    assert state.key == "procedure|simple|high|none"
    assert decode(state.key) == state
    assert decode("night") is None
    assert decode("procedure|simple|high|nonsense") is None
    assert N_STATES == 162


@pytest.mark.parametrize(
    ("confidence", "bucket"),
    [(0.0, "low"), (0.29, "low"), (0.3, "medium"), (0.69, "medium"), (0.7, "high"), (1.0, "high")],
)
def test_confidence_has_three_buckets(confidence: float, bucket: str) -> None:
    assert confidence_bucket(confidence) == bucket


def test_prior_lets_the_sure_answer_and_the_unsure_ask() -> None:
    def best(key: str) -> int:
        return int(initial_values(key).argmax())

    assert best("general|simple|high|none") == 0
    assert best("general|simple|medium|none") == 0
    assert best("general|simple|low|none") == 3
    assert best("general|simple|high|told") == 1
    assert initial_values("a caller's own state").tolist() == [0.0] * 5


# --- actions


def test_question_from_elsewhere_is_answered_with_a_remark(catalogue: Catalogue, run: Any) -> None:
    facts = facts_of(catalogue, "FAJ 121 3094")
    asked = question("how do I boil an egg?", in_domain=0.1)

    draft = run(act("DirectAnswer", facts, asked, NoOtherFeatures()))

    assert draft.content.startswith("This question may lie outside the catalogue")


def test_actions_that_make_no_sense_are_left_out(catalogue: Catalogue) -> None:
    facts = facts_of(catalogue, "FAJ 121 3094")
    asked = question("what is it?")

    assert available_actions(facts, asked, NoOtherFeatures()) == [0, 4]

    two = (candidate("FAJ 121 3094", 0.6), candidate("FAJ 121 0484", 0.3))
    unsure = question("what is it?", confidence=0.6, candidates=two)
    assert available_actions(facts, unsure, NoOtherFeatures()) == [0, 2, 3, 4]


def test_peers_are_related_and_routed_ones_first() -> None:
    class Around(NoOtherFeatures):
        def profile(self, faj_code: str) -> Any:
            return Profile(faj_code, "n", "c", (), "")

        def relatives(self, faj_code: str) -> list[str]:
            return ["R1", "B", "R2"]

    class Own:
        profile = Profile("A", "n", "c", (), "")

    candidates = (candidate("A"), candidate("X"), candidate("B"), candidate("Y"))
    found = peers(Own(), question("q", candidates=candidates), Around())  # type: ignore[arg-type]  # a part

    assert found == ["B", "X", "R1"]


def offer(faj: str, score: float, category: str, *access: str) -> Offer:
    return Offer(Profile(faj, f"Feature {faj}", category, access, ""), score)


def test_question_back_asks_what_separates_the_candidates() -> None:
    by_access = [offer("1", 0.4, "Same", "LTE"), offer("2", 0.4, "Same", "NR")]
    assert clarifying_question(by_access) == "Is it about LTE or NR?"

    by_area = [offer("1", 0.4, "Energy", "LTE"), offer("2", 0.4, "Mobility", "LTE")]
    assert clarifying_question(by_area) == "Which area is it: Energy or Mobility?"

    nameless = [offer("1", 0.4, "Other", "LTE"), offer("2", 0.4, "Mobility", "LTE")]
    assert clarifying_question(nameless).startswith("Which of these do you mean")

    far = [offer("1", 0.01, "Energy", "LTE"), offer("2", 0.01, "Mobility", "LTE")]
    assert clarifying_question(far).startswith("Nothing known here comes near this.")

    alike = [offer("1", 0.4, "Same", "LTE"), offer("2", 0.4, "Same", "LTE")]
    asked = clarifying_question(alike)
    assert "Feature 1 (1) or Feature 2 (2)" in asked


def test_case_file_holds_question_routes_and_what_is_missing() -> None:
    asked = question("why?\nsince when?", confidence=0.4)
    routes = [
        Route(agent_id="a", faj_code="FAJ 121 0484", name="Other", score=0.3, via="semantic"),
    ]
    profile = Profile("FAJ 121 3094", "MIMO Sleep Mode", "", (), "Saves.")

    text = case_file(asked, profile, routes, [])

    for part in (
        "# Case q1",
        "> why?\n> since when?",
        "Other (FAJ 121 0484): 30%",
        "40%",
        "software release",
    ):
        assert part in text


# --- wording


def test_lists_are_joined_as_prose() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefgh"), 4) == "a, b, c and 5 more"
    assert counted(0, "counter") == "no counters"
    assert counted(1, "counter") == "1 counter"
    assert sentence("it sleeps") == "It sleeps."


def test_identifiers_are_found_in_any_case_and_ranked_by_rare_words() -> None:
    assert named_in("set SLEEPMODE now", ["sleepMode", "other"]) == ["sleepMode"]

    names = ["sleepStart", "sleepEnd", "sleepPower"]
    assert by_relevance("when does the sleep end", names, str)[0] == "sleepEnd"
    assert by_relevance("nothing here", names, str) == names
