"""Questions with their right answers, one JSON object a line: {"question", "faj", "accept", "kind", "also"}.

`faj` is null for questions that no feature answers; `also` holds the features of a question's second
subject; all but the question may be left out. The development questions were written beside the catalogue;
the calibration and the held-out questions by people who had seen neither the catalogue's texts nor the
written knowledge. Weights are fitted on the first two files; figures are reported on the third, on which
nothing is fitted.
"""

from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"
DEVELOPMENT = DATA / "development_questions.jsonl"
CALIBRATION = DATA / "calibration_questions.jsonl"
HELD_OUT = DATA / "held_out_questions.jsonl"


class AskedQuestion(msgspec.Struct, frozen=True):
    """A question and the features that answer it."""

    question: str
    faj: str | None = None
    accept: tuple[str, ...] = ()
    kind: str = "question"
    also: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        """The codes that count as right; none for an unanswerable question."""
        return frozenset((self.faj, *self.accept, *self.also)) - {None}  # type: ignore[return-value]


def read_questions(path: Path) -> list[AskedQuestion]:
    """The questions of a file, in its order."""
    return msgspec.json.Decoder(AskedQuestion).decode_lines(path.read_bytes())
