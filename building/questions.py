"""Questions with their right answers, one JSON object a line: {"question", "faj", "accept", "kind"}.

`faj` is null for questions that no feature answers; `kind` may be left out.
"""

from pathlib import Path

import msgspec

from building.layout import ROOT

DEVELOPMENT = ROOT / "tests" / "data" / "development_questions.jsonl"
UNANSWERABLE = ("out_of_scope", "vague")


class AskedQuestion(msgspec.Struct, frozen=True):
    """A question and the features that answer it."""

    question: str
    faj: str | None = None
    accept: tuple[str, ...] = ()
    kind: str = "question"

    @property
    def right(self) -> frozenset[str]:
        """The codes that count as right; none for an unanswerable question."""
        return frozenset((self.faj, *self.accept)) - {None}  # type: ignore[return-value]


def read_questions(path: Path) -> list[AskedQuestion]:
    """The questions of a file, in its order."""
    return msgspec.json.Decoder(AskedQuestion).decode_lines(path.read_bytes())
