"""What an agent can say about its subject, from the catalogue or from its own config."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from elex_browser.answering.comparison import Traits
from elex_browser.asking.question import Question
from elex_browser.catalogue.index import title
from elex_browser.protocol import AnswerSection, CounterConfig, KpiConfig


class Profile(NamedTuple):
    """A feature in a few words, for lists and for questions back."""

    faj_code: str
    name: str
    category: str
    access: tuple[str, ...]
    summary: str

    @property
    def title(self) -> str:
        """How it is written in a sentence: "name (code)"."""
        return title(self.name, self.faj_code)


class Answers(Protocol):
    """What an answer is made of. Whatever is unknown is said to be unknown, never made up."""

    profile: Profile

    def content(self, question: Question) -> str:
        """Return a short direct answer in the sense of the question's type."""
        ...

    def sections(self, question: Question) -> list[AnswerSection]:
        """Return the answer's sections, the one that was asked for first."""
        ...

    def mentioned_in(self, text: str) -> list[str]:
        """Return the parameters, counters and KPIs of this agent that a text names."""
        ...


class Facts(Answers, Protocol):
    """The knowledge of one agent."""

    @property
    def parameter_count(self) -> int:
        """Parameters that it knows."""
        ...

    @property
    def counter_count(self) -> int:
        """Counters that it knows."""
        ...

    @property
    def kpi_count(self) -> int:
        """KPIs that it knows."""
        ...

    def brief(self, question: Question) -> AnswerSection:
        """Return what to tell another agent that asks on behalf of its own question."""
        ...

    def traits(self) -> Traits:
        """Return what features are compared by, as text by name."""
        ...

    def counters(self) -> Sequence[CounterConfig]:
        """Return the counters whose values are known at present."""
        ...

    def kpis(self) -> Sequence[KpiConfig]:
        """Return the KPIs that can be watched."""
        ...

    def size_bytes(self) -> int:
        """Bytes that this agent's knowledge holds beyond the shared catalogue, counted."""
        ...
