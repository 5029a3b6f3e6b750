"""The answer-quality table: what its figures mean, and which files it reads."""

import json
from pathlib import Path

import numpy as np
import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.knowledge.routing import QuestionRouter
from studies.questions import CALIBRATION, DEVELOPMENT, HELD_OUT, read_questions
from studies.routing import latency
from studies.routing.evaluate import Outcome, expected_calibration_error, main, row, table


def outcomes(*pairs: tuple[int, float], answerable: bool = True) -> list[Outcome]:
    """Outcomes of given ranks and scores."""
    return [
        Outcome("goal", answerable, rank, score, 1.0, "answer" if score >= 0.5 else "clarify")
        for rank, score in pairs
    ]


def test_figures_of_a_row_follow_their_definitions() -> None:
    made = row("goal", outcomes((1, 0.9), (2, 0.6), (6, 0.4), (0, 0.1)))
    assert made.recall_at_1 == 0.25
    assert made.recall_at_5 == 0.5
    assert made.mrr_at_10 == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert (made.answered_directly, made.asked_back, made.declined) == (0.5, 0.5, 0.0)


def test_unanswerable_questions_have_only_the_shares_of_decisions() -> None:
    made = row("vague", outcomes((0, 0.9), (0, 0.2), answerable=False))
    assert made.recall_at_1 is None
    assert (made.answered_directly, made.asked_back) == (0.5, 0.5)
    assert " -" in table([made])


def test_honest_scores_have_no_calibration_error() -> None:
    honest = outcomes(*[(1, 0.7)] * 7, *[(0, 0.7)] * 3)
    assert expected_calibration_error(honest * 10) == pytest.approx(0, abs=1e-12)
    assert expected_calibration_error(outcomes(*[(1, 1.0)] * 50)) == 0
    assert expected_calibration_error(outcomes(*[(0, 1.0)] * 50)) == 1


@pytest.mark.parametrize("path", [DEVELOPMENT, CALIBRATION, HELD_OUT])
def test_questions_are_asked_once_and_name_features_that_exist(path: Path) -> None:
    catalogue = Catalogue.load()
    asked = read_questions(path)
    assert len({q.question for q in asked}) == len(asked) > 400
    assert all(faj in catalogue for q in asked for faj in q.right)


def test_table_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"question": "FAJ 121 3094", "faj": "FAJ 121 3094", "accept": []},
        {"question": "Inter-Frequency Load Balancing", "faj": "FAJ 121 3009", "accept": []},
        {"question": "poem about spring", "faj": None, "accept": [], "kind": "out_of_scope"},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)))
    written = tmp_path / "rows.json"
    main([str(questions), "--json", str(written), "--no-browser"])
    assert "out_of_scope" in capsys.readouterr().out
    rows = {r["kind"]: r for r in json.loads(written.read_text())}
    assert rows["question"]["recall_at_1"] == 1
    assert rows["out_of_scope"]["answered_directly"] == 0
    assert rows["out_of_scope"]["declined"] == 1


ONE_QUESTION = '{"question": "FAJ 121 3094", "faj": "FAJ 121 3094"}'


def test_figures_without_a_browser_remain_and_the_reason_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latency, "missing", lambda: "there is no Chromium")
    questions, written = tmp_path / "questions.jsonl", tmp_path / "rows.json"
    questions.write_text(ONE_QUESTION)
    main([str(questions), "--json", str(written)])
    assert "left out, because there is no Chromium" in capsys.readouterr().out
    assert [r["kind"] for r in json.loads(written.read_text())] == ["question", "all"]


def test_times_in_the_browser_are_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latency, "missing", lambda: None)
    found = latency.row("Pyodide: route", [1.0] * 98 + [3.0, 50.0])
    monkeypatch.setattr(latency, "measure", lambda questions: [found] * len(questions))
    questions, written = tmp_path / "questions.jsonl", tmp_path / "rows.json"
    questions.write_text(ONE_QUESTION)
    main([str(questions), "--json", str(written)])
    assert "Pyodide: route" in capsys.readouterr().out
    last = json.loads(written.read_text())[-1]
    assert last == {"kind": "Pyodide: route", "n": 100, "p50_ms": 1.0, "p99_ms": 3.47}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        ('{"faj": "FAJ 121 3094"}', "missing required field `question`"),
        ("not JSON", "malformed"),
        ("", "no question"),
    ],
)
def test_file_without_questions_is_refused_in_one_line(
    content: str | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SystemExit) as ended:
        main([str(path), "--no-browser"])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_unbuilt_site_is_told_before_a_browser_starts(tmp_path: Path) -> None:
    assert "not built" in str(latency.missing(tmp_path))


def test_routing_is_as_good_as_it_was() -> None:
    """One in a hundred below the figures of the last fit: what costs more was no accident."""
    router = QuestionRouter(Catalogue.load())
    asked = [q for q in read_questions(CALIBRATION) if q.right]
    ranks = []
    for q in asked:
        try:
            found = [r.faj for r in router.route(q.question, 5)]
        except ElexError:
            found = []
        ranks.append(next((i for i, faj in enumerate(found) if faj in q.right), 9))
    assert np.mean([rank == 0 for rank in ranks]) >= 0.88
    assert np.mean([rank < 5 for rank in ranks]) >= 0.985
