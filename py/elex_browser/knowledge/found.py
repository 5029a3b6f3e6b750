"""What was found for a question: who can answer it, and what to do with it; one type up to the answer."""

from typing import NamedTuple

import msgspec

from elex_browser.kernels.base import F32
from elex_browser.knowledge.confidence import Decision
from elex_browser.protocol import Via
from elex_browser.ran.codes import FajCode


class Candidate(msgspec.Struct, frozen=True):
    """A feature that may answer; `score` is the probability that it is the right one."""

    faj: FajCode
    score: float
    via: Via


class Subject(NamedTuple):
    """One of several features that a question is about, with the part of the question about it."""

    candidate: Candidate
    text: str


class Found(msgspec.Struct, frozen=True):
    """The outcome for one question.

    Attributes:
        candidates: best first; empty where nothing in the question speaks for any feature.
        in_domain: the probability that the question is about this catalogue's subject.
        named: the features whose code, whole name, acronym or own identifier stands in the question, codes
            in its order first; with several, the question has several subjects.
        vector: the question's unit vector; None where there is no table, or it knows no word of it.
        decision: "answer": the first candidate is sure enough to answer at once, and a code always is;
            "clarify": the question is about this catalogue, but ask back which of the first candidates
            is meant; "decline": it is about something else, or says nothing at all.
        recalled: keys of the remembered questions that changed the candidates.
        subjects: where there are several, whom the question is about; the first one leads.
        unclear: parts of the question for which no feature was sure enough.
        chosen: the agent's confidence where the asker chose it himself; None where it was found.
    """

    candidates: tuple[Candidate, ...] = ()
    in_domain: float = 1.0
    named: tuple[FajCode, ...] = ()
    vector: F32 | None = None
    decision: Decision = "answer"
    recalled: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    unclear: tuple[str, ...] = ()
    chosen: float | None = None

    @property
    def first(self) -> Candidate:
        """Who is to answer."""
        return self.subjects[0].candidate if self.subjects else self.candidates[0]

    @property
    def others(self) -> tuple[Subject, ...]:
        """The subjects beside the first."""
        return self.subjects[1:]

    @property
    def confidence(self) -> float:
        """The probability that the first is the right one; of several subjects the least sure counts."""
        if self.chosen is not None:
            return self.chosen
        if not self.subjects:
            return self.candidates[0].score
        return min(subject.candidate.score for subject in self.subjects)
