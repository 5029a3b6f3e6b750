"""Asking, answering and rating."""

import msgspec

from elex_browser.protocol.agents import LearningState, StateParts
from elex_browser.protocol.base import (
    Action,
    ColumnKind,
    Message,
    SectionForm,
    SectionKind,
    Via,
)


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


class Column(Message):
    """A column of a section; its kind says what its cells are, and so how they are set.

    text: words; code: a product code; number: numbers; unit: a unit of measure; identifier: a name of the
    network's model (MO class, attribute, counter, formula, object); link: the row's feature code, which leads
    to its agent; relation: a RelationKind.
    """

    title: str
    kind: ColumnKind = "text"


class SectionRow(Message):
    """One line of a section: cells in the order of the section's columns; null is not known."""

    cells: list[str | int | float | None]
    faj_code: str | None = None


class AnswerSection(Message):
    """A part of an answer. `source` names where its facts come from.

    In the form "pairs" each row is a name and its value. `faj_code` names whose part it is where a question
    has several subjects; null: the answering agent's.
    """

    kind: SectionKind
    title: str
    source: str
    faj_code: str | None = None
    text: str = ""
    form: SectionForm = "table"
    columns: list[Column] = msgspec.field(default_factory=list)
    rows: list[SectionRow] = msgspec.field(default_factory=list)


class QueryResponse(Message):
    """An answer with who gave it, how it came about, and what its agent has learnt so far."""

    query_id: str
    agent_id: str
    faj_code: str
    name: str
    category: str
    content: str
    action_taken: Action
    confidence: float
    latency_ms: float
    q_value: float
    explored: bool
    routes: list[Route]
    sections: list[AnswerSection]
    consulted: list[str]
    learning: LearningState


class Feedback(Message):
    """A rating in [-1, 1], and whether the question is settled."""

    rating: float
    resolved: bool = False


class LearningUpdate(Message):
    """What a rating changed; when it arrives, the change is stored."""

    agent_id: str
    state: str
    parts: StateParts | None
    action: Action
    reward: float
    td_error: float
    q_value: float
    visits: int
    epsilon: float
    interactions: int
    learning: LearningState
