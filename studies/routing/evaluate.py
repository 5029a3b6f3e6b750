"""The answer-quality table: how often the right feature stands first or in five, how honest the score is."""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.knowledge.confidence import Decision
from elex_browser.knowledge.found import Found
from elex_browser.knowledge.routing import QuestionRouter
from studies.questions import HELD_OUT, AskedQuestion, read_questions
from studies.routing import latency

_ECE_BINS = 10


class Outcome(msgspec.Struct, frozen=True):
    """What routing made of one question; `rank` counts from 1, 0 is not among the first ten."""

    kind: str
    answerable: bool
    rank: int
    score: float
    milliseconds: float
    decision: Decision


class Row(msgspec.Struct, frozen=True):
    """One line of the table; figures are None where they mean nothing."""

    kind: str
    questions: int
    recall_at_1: float | None
    recall_at_5: float | None
    mrr_at_10: float | None
    ece: float | None
    answered_directly: float
    asked_back: float
    declined: float


def outcome(router: QuestionRouter, asked: AskedQuestion) -> Outcome:
    """Route one question; an error counts as no route."""
    begin = time.perf_counter()
    try:
        found = router.assess(asked.question, 10)
    except ElexError:
        found = Found((), 0.0, decision="decline")
    took = (time.perf_counter() - begin) * 1e3
    routes = found.candidates
    rank = next((i for i, r in enumerate(routes, 1) if r.faj in asked.right), 0)
    score = routes[0].score if routes else 0.0
    return Outcome(asked.kind, bool(asked.right), rank, score, took, found.decision)


def row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    """Figures of a set of outcomes."""
    answered, asked_back, declined = (
        float(np.mean([o.decision == decision for o in outcomes]))
        for decision in ("answer", "clarify", "decline")
    )
    if not all(o.answerable for o in outcomes) and kind != "all":
        return Row(kind, len(outcomes), None, None, None, None, answered, asked_back, declined)
    ranks = [o.rank for o in outcomes if o.answerable]
    return Row(
        kind=kind,
        questions=len(outcomes),
        recall_at_1=float(np.mean([r == 1 for r in ranks])),
        recall_at_5=float(np.mean([0 < r <= 5 for r in ranks])),
        mrr_at_10=float(np.mean([1 / r if r else 0.0 for r in ranks])),
        ece=expected_calibration_error(outcomes),
        answered_directly=answered,
        asked_back=asked_back,
        declined=declined,
    )


def expected_calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Mean gap between score and share of right answers over bins of equal size."""
    order = sorted(outcomes, key=lambda o: o.score)
    bins = np.array_split(np.arange(len(order)), min(_ECE_BINS, len(order)))
    gaps = [
        len(b)
        * abs(
            float(np.mean([order[i].score for i in b]))
            - float(np.mean([order[i].rank == 1 for i in b]))
        )
        for b in bins
    ]
    return sum(gaps) / len(order)


def evaluate(
    asked: Sequence[AskedQuestion], json_file: Path | None = None, *, in_browser: bool = False
) -> list[Row]:
    """Route questions, print the tables, and write their rows where asked.

    `in_browser` also measures how long routing takes in Pyodide, where a browser is at hand.
    """
    router = QuestionRouter(Catalogue.load())
    router.route("warm up")
    outcomes = [outcome(router, question) for question in asked]
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for o in outcomes:
        by_kind[o.kind].append(o)
    kinds = sorted(by_kind, key=lambda kind: (not by_kind[kind][0].answerable, kind))
    rows = [row(kind, by_kind[kind]) for kind in kinds]
    answerable = [o for o in outcomes if o.answerable]
    if 0 < len(answerable) < len(outcomes):
        rows.append(row("answerable", answerable))
    rows.append(row("all", outcomes))
    print(table(rows))
    middle, late = np.percentile([o.milliseconds for o in outcomes], [50, 99])
    print(f"latency in CPython: p50 {middle:.1f} ms, p99 {late:.1f} ms")
    waits = waits_in_browser([q.question for q in asked]) if in_browser else []
    if json_file is not None:
        json_file.write_text(json.dumps(msgspec.to_builtins([*rows, *waits]), indent=1) + "\n")
    return rows


def waits_in_browser(questions: Sequence[str]) -> list[latency.Latency]:
    """Measure and print how long routing takes in Chromium; nothing but the reason where it cannot run."""
    reason = latency.missing()
    if reason is not None:
        print(f"latency in Pyodide: left out, because {reason}")
        return []
    rows = latency.measure(questions)
    print(f"\n{latency.table(rows)}")
    return rows


def table(rows: Sequence[Row]) -> str:
    """The rows as text, figures aligned."""
    columns = ("first", "in 5", "MRR@10", "ECE", "direct", "asked", "declined")
    head = f"{'kind':<14}{'n':>6}" + "".join(f"{column:>9}" for column in columns)
    lines = [
        f"{r.kind:<14}{r.questions:>6}"
        + "".join(
            f"{'-' if value is None else f'{value:.3f}':>9}"
            for value in msgspec.structs.astuple(r)[2:]
        )
        for r in rows
    ]
    return "\n".join([head, *lines])


def main(arguments: Sequence[str] | None = None) -> None:
    """Evaluate the files of the command line, or the project's own held-out questions."""
    parser = argparse.ArgumentParser(
        prog="build.py evaluate", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "questions", nargs="*", type=Path, help='files of lines {"question", "faj", "accept"}'
    )
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument(
        "--no-browser", action="store_true", help="do not measure how long it takes in Pyodide"
    )
    options = parser.parse_args(arguments)
    asked: list[AskedQuestion] = []
    for path in options.questions or [HELD_OUT]:
        try:
            asked += read_questions(path)
        except (OSError, msgspec.DecodeError) as failure:
            parser.error(f"{path} cannot be read: {failure}")
    if not asked:
        parser.error("there is no question to ask")
    evaluate(asked, options.json, in_browser=not options.no_browser)


if __name__ == "__main__":
    main()
