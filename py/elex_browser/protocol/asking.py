"""Asking, answering and rating."""

import msgspec

from elex_browser.protocol.base import Action, Message, SectionKind, Via


class Query(Message):
    """A question. `state` is the caller's context; `available_actions` restricts the choice."""

    content: str
    query_id: str | None = None
    state: str | None = None
    available_actions: list[Action] | None = None


class Route(Message):
    """One candidate agent; `score` is the calibrated probability that it is the right one."""

    agent_id: str
    faj_code: str
    name: str
    score: float
    via: Via


class SectionRow(Message):
    """One line of a section: cells in the order of the section's columns."""

    cells: list[str]
    faj_code: str | None = None


class AnswerSection(Message):
    """A part of an answer. `source` names where its facts come from.

    `faj_code` names whose part it is where a question has several subjects; null: the answering agent's.
    """

    kind: SectionKind
    title: str
    source: str
    faj_code: str | None = None
    text: str = ""
    columns: list[str] = msgspec.field(default_factory=list)
    rows: list[SectionRow] = msgspec.field(default_factory=list)


class QueryResponse(Message):
    """An answer with how it came about."""

    query_id: str
    agent_id: str
    faj_code: str
    content: str
    action_taken: Action
    confidence: float
    latency_ms: float
    q_value: float
    explored: bool
    routes: list[Route]
    sections: list[AnswerSection]
    consulted: list[str]


class Feedback(Message):
    """A rating in [-1, 1], and whether the question is settled."""

    rating: float
    resolved: bool = False


class LearningUpdate(Message):
    """What a rating changed; when it arrives, the change is stored."""

    agent_id: str
    state: str
    action: Action
    reward: float
    td_error: float
    q_value: float
    visits: int
    epsilon: float
    interactions: int
