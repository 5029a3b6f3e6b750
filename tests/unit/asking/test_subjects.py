"""Questions about several features, vague ones, and ones that lie outside: who answers, and how."""

from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.asking.intent import intent
from elex_browser.asking.limits import ASKING
from elex_browser.asking.subjects import SubjectFinder, questions_in
from elex_browser.knowledge.found import Found
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import latency_penalty
from elex_browser.protocol import Action, AnswerSection, QueryResponse
from elex_browser.ran.codes import faj
from tests.support import CELL_SLEEP, LIKED, MIMO_SLEEP, about

TTI_BUNDLING = "FAJ 121 2051"
EFFICIENT_DRX = "FAJ 121 0801"
HANDOVER = "FAJ 121 0489"
ANR_LTE, ANR_NR = "FAJ 121 0497", "FAJ 121 5218"


@pytest.fixture
def elex(shared_elex: Elex) -> Elex:
    """The one instance that all tests of this file ask."""
    return shared_elex


def answer_to(run: Any, elex: Elex, text: str, action: Action = "DirectAnswer") -> QueryResponse:
    response: QueryResponse = run(elex.ask(about(text, action)))
    return response


def section(answer: QueryResponse, kind: str) -> AnswerSection:
    return next(part for part in answer.sections if part.kind == kind)


def subjects(answer: QueryResponse) -> list[str | None]:
    """The asked agent, and those that stand beside it with a section under their name."""
    others = [part.rows[0].faj_code for part in answer.sections if part.kind == "subject"]
    return [answer.faj_code, *others]


# --- several subjects


def test_three_named_features_answer_together(run: Any, elex: Elex) -> None:
    text = "What do TTI Bundling, MIMO Sleep Mode and Cell Sleep Mode do?"

    answer = answer_to(run, elex, text)

    assert subjects(answer) == [TTI_BUNDLING, MIMO_SLEEP, CELL_SLEEP]
    assert answer.consulted == [MIMO_SLEEP, CELL_SLEEP]
    for name in ("TTI Bundling", "MIMO Sleep Mode", "Cell Sleep Mode"):
        assert name in answer.content
    assert answer.confidence > 0.9
    owners = {part.faj_code for part in answer.sections}
    assert owners == {None, MIMO_SLEEP, CELL_SLEEP}


def test_each_subject_is_answered_by_its_own_part_of_the_question(run: Any, elex: Elex) -> None:
    text = "Parameters of MIMO Sleep Mode; counters of Cell Sleep Mode"

    answer = answer_to(run, elex, text)

    assert "introduces 18 parameters" in answer.content
    assert "documented with 11 counters" in answer.content
    of_other = [part.kind for part in answer.sections if part.faj_code == CELL_SLEEP]
    assert of_other[:2] == ["subject", "counters"]


def test_questions_that_name_nothing_are_answered_apart_if_each_is_sure(
    run: Any, elex: Elex
) -> None:
    text = "What is carrier aggregation? How do I see that the MIMO sleep mode works?"

    answer = answer_to(run, elex, text)

    assert subjects(answer) == ["FAJ 121 3046", MIMO_SLEEP]


def test_one_question_with_its_circumstances_stays_one(run: Any, elex: Elex) -> None:
    text = "We upgraded last week. Since then MIMO Sleep Mode does not wake up. How do I check it?"

    answer = answer_to(run, elex, text)

    assert subjects(answer) == [MIMO_SLEEP]
    assert answer.consulted == []


def test_same_feature_twice_is_one_subject(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, f"MIMO Sleep Mode, that is {MIMO_SLEEP}, and CXC4011808")

    assert subjects(answer) == [MIMO_SLEEP]
    assert {part.kind for part in answer.sections} & {"subject", "relations"} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Automated Neighbor Relations in LTE and NR", [ANR_LTE, ANR_NR]),
        ("difference between LTE and NR Automated Neighbor Relations", [ANR_NR, ANR_LTE]),
        ("Automated Neighbor Relations in LTE", [ANR_LTE]),
        ("NR Automated Neighbor Relations towards LTE cells", [ANR_NR]),
    ],
)
def test_feature_of_both_technologies_is_meant_twice_only_if_both_are_spoken_of(
    run: Any, elex: Elex, text: str, expected: list[str]
) -> None:
    assert sorted(map(str, subjects(answer_to(run, elex, text)))) == sorted(expected)


def test_how_the_network_is_connected_is_no_subject(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, "which counters has NR Automated Neighbor Relations in NR SA?")

    assert subjects(answer) == [ANR_NR]


def test_name_inside_another_name_is_no_subject(elex: Elex) -> None:
    finder = SubjectFinder(elex.parts.catalogue)
    both = (faj("5583"), faj("3046"))  # NR Uplink Carrier Aggregation, Carrier Aggregation

    def found(text: str) -> int:
        named = Found(named=both)
        return len(finder.with_subjects(text, named, lambda _: Found()).subjects)

    assert found("uplink CA on 28 GHz") == 0
    assert found("uplink CA beside plain carrier aggregation") == 2


def test_more_subjects_than_fit_are_named_and_left(run: Any, elex: Elex) -> None:
    codes = [MIMO_SLEEP, CELL_SLEEP, TTI_BUNDLING, EFFICIENT_DRX, HANDOVER]

    answer = answer_to(run, elex, f"What are {', '.join(codes)}?")

    assert len(subjects(answer)) == ASKING.max_subjects
    assert f"ask it by itself: Intra-LTE Handover ({HANDOVER})" in answer.content


def test_subjects_that_the_user_named_cost_nothing(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, "MIMO Sleep Mode and Cell Sleep Mode")
    update = run(elex.feedback(answer.query_id, LIKED))
    assert update.reward == pytest.approx(1 + latency_penalty(answer.latency_ms, LearningConfig()))

    text = "MIMO Sleep Mode and Cell Sleep Mode"
    asked = answer_to(run, elex, text, "ConsultPeer")
    assert asked.consulted[0] == CELL_SLEEP
    n_peers = len(asked.consulted) - 1
    assert n_peers > 0
    assert len(set(asked.consulted) | {asked.faj_code}) == n_peers + 2
    update = run(elex.feedback(asked.query_id, LIKED))
    cost = 0.1 * n_peers - latency_penalty(asked.latency_ms, LearningConfig())
    assert update.reward == pytest.approx(1 - cost)


def test_asked_agent_leads_and_the_named_one_stands_beside_it(run: Any, elex: Elex) -> None:
    agent = run(elex.agent(CELL_SLEEP))
    query = about("how do you differ from MIMO Sleep Mode?", "DirectAnswer")

    answer = run(agent.process_query(query))

    assert subjects(answer) == [CELL_SLEEP, MIMO_SLEEP]
    assert answer.sections[0].kind == "comparison"


# --- what the graph says


def test_comparison_puts_the_facts_side_by_side(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, "MIMO Sleep Mode vs Cell Sleep Mode?")

    table = section(answer, "comparison")
    assert [column.title for column in table.columns] == [
        "Property",
        "MIMO Sleep Mode",
        "Cell Sleep Mode",
    ]
    facts = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert facts["Code"] == [MIMO_SLEEP, CELL_SLEEP]
    assert facts["Access"] == ["LTE", "LTE"]
    assert facts["Parameters"][0] == 34
    assert facts["Parameters it introduces"][0] == 18
    assert {"What it does", "Licence needed", "Needs first", "Conflicts with"} <= facts.keys()
    assert "general radio knowledge" in table.source
    assert "side by side" in answer.content


def test_conflict_between_subjects_is_named_first(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, "TTI Bundling and Efficient DRX/DTX for Connected UE")

    conflict = (
        "TTI Bundling (FAJ 121 2051) and Efficient DRX/DTX for Connected UE (FAJ 121 0801) "
        "must not be active together."
    )
    assert answer.content.startswith(conflict)
    relation = section(answer, "relations")
    assert relation.rows[0].cells[1] == "conflicts_with"
    assert relation.rows[0].faj_code in (EFFICIENT_DRX, TTI_BUNDLING)


def test_question_for_a_conflict_gets_an_answer_for_every_pair(run: Any, elex: Elex) -> None:
    text = (
        "Does TTI Bundling conflict with Efficient DRX/DTX for Connected UE and Intra-LTE Handover?"
    )

    answer = answer_to(run, elex, text)

    yes, no = answer.content.split("\n")
    assert "must not be active together" in yes
    assert no.startswith("No conflict is stated between TTI Bundling")
    assert no.count("Intra-LTE Handover") == 2


def test_question_for_the_conflicts_of_one_feature_lists_them(run: Any, elex: Elex) -> None:
    answer = answer_to(run, elex, "what conflicts with Air Interface Load Generator?")

    assert "must not be active together with 4 features" in answer.content
    assert answer.sections[0].kind == "conflicts"
    assert len(answer.sections[0].rows) == 4


def test_conflicts_are_named_in_an_answer_that_nobody_asked_them_of(run: Any, elex: Elex) -> None:
    assert (
        "It must not be active together with Efficient DRX"
        in answer_to(run, elex, "what is TTI Bundling?").content
    )

    asked = answer_to(run, elex, "what is TTI Bundling?", "ConsultPeer")
    told = [part for part in asked.sections if part.kind == "peer"]
    graph = elex.parts.catalogue.graph
    enemies = [
        faj
        for faj in asked.consulted
        if faj in graph.conflicts(elex.parts.catalogue.feature(TTI_BUNDLING).faj)
    ]
    assert len(told) == len(asked.consulted)
    assert asked.content.count("must not be active together.") == len(enemies)


def test_question_for_prerequisites_gets_their_order(run: Any, elex: Elex) -> None:
    text = "what must I activate before 3CC DL Carrier Aggregation Extension?"

    answer = answer_to(run, elex, text)

    content = answer.content
    assert "in this order: (1) Carrier Aggregation (FAJ 121 3046), (2) Multiple" in content
    assert answer.sections[0].kind == "prerequisites"


def test_prerequisites_of_several_features_are_one_order(run: Any, elex: Elex) -> None:
    text = (
        "what must I activate before 4CC DL Carrier Aggregation Extension "
        "and 3CC DL Carrier Aggregation Extension?"
    )

    content = answer_to(run, elex, text).content

    assert content.count("Carrier Aggregation (FAJ 121 3046)") == 1
    assert "Then activate these, in this order" in content
    assert "4CC DL Carrier Aggregation Extension (FAJ 121 4466) requires 3CC" in content


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what do I need to enable before X?", "prerequisites"),
        ("prerequisites of X", "prerequisites"),
        ("which features does X require", "prerequisites"),
        ("does X depend on Y", "prerequisites"),
        ("is X compatible with Y", "conflicts"),
        ("can X and Y be active at the same time", "conflicts"),
        ("may I use X together with Y", "conflicts"),
        ("X versus Y", "comparison"),
        ("how does X differ from Y", "comparison"),
        ("should I take X or Y", "comparison"),
        ("which parameters does X need", ""),
        ("different settings for voice", ""),
        ("which licence does X need", ""),
        ("how do I activate X", ""),
        ("X does not work", ""),
    ],
)
def test_words_tell_what_is_wanted_of_the_graph(text: str, wanted: str) -> None:
    assert intent(text) == wanted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is A? What is B?", ["What is A?", "What is B?"]),
        ("how do I switch on A and what is B", ["how do I switch on A", "what is B"]),
        ("counters of A; parameters of B", ["counters of A", "parameters of B"]),
        ("A fails. B does not.", []),
        ("A and B", []),
        ("?;?", []),
        ("", []),
    ],
)
def test_text_falls_into_its_questions(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts
