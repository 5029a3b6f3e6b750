"""How the agent of a catalogue feature answers: a short direct text, then sections of facts."""

from collections.abc import Sequence
from functools import cached_property

from elex_browser.answering import catalogue_sections as sections
from elex_browser.answering.comparison import Traits, traits
from elex_browser.answering.facts import Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.relations_text import conflicts_text, prerequisites_text
from elex_browser.answering.sections import CATALOGUE, KNOWLEDGE, pairs
from elex_browser.answering.wording import (
    UNKNOWN_RANGE,
    by_relevance,
    counted,
    listed,
    named_in,
    sentence,
)
from elex_browser.asking.question import Question
from elex_browser.catalogue.details import Counter, Parameter
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.protocol import (
    AnswerSection,
    CounterConfig,
    KpiConfig,
    QueryType,
    SectionKind,
)
from elex_browser.ran.codes import FajCode

_ROLE = {
    "introduced": "introduces it",
    "affecting": "is affected by it",
    "affected": "changes its effect",
    "referenced": "refers to it",
}
_REST: tuple[SectionKind, ...] = ("prerequisites", "conflicts")
_ORDER: dict[QueryType, tuple[SectionKind, ...]] = {
    "general": ("what", "identity", *_REST, "parameters", "counters", "kpis", "activation"),
    "parameter": ("parameters", "what", "activation", *_REST, "counters", "kpis", "identity"),
    "counter": ("counters", "kpis", "what", "parameters", *_REST, "activation", "identity"),
    "kpi": ("kpis", "counters", "what", "parameters", *_REST, "activation", "identity"),
    "procedure": ("what", "activation", *_REST, "parameters", "counters", "kpis", "identity"),
    "troubleshoot": ("what", *_REST, "counters", "kpis", "parameters", "activation", "identity"),
}


class CatalogueFacts:
    """The knowledge of one feature's agent; everything is read when it is asked for."""

    def __init__(self, catalogue: Catalogue, written: WrittenKnowledge, feature: Feature) -> None:
        self._catalogue = catalogue
        self._feature = feature
        self._gist = sentence(written.gist(feature))
        self._record = record = written.record(feature)
        self.profile = Profile(
            feature.faj,
            feature.name,
            feature.category,
            feature.access,
            record.what if record else self._gist,
        )

    @cached_property
    def _parameters(self) -> list[Parameter]:
        return self._catalogue.details(self._feature.faj).parameter_list()

    @cached_property
    def _counters(self) -> list[Counter]:
        return self._catalogue.details(self._feature.faj).counter_list()

    @property
    def parameter_count(self) -> int:
        """Attributes that the feature introduces, changes or refers to."""
        return len(self._parameters)

    @property
    def counter_count(self) -> int:
        """Counters documented for the feature."""
        return len(self._counters)

    @property
    def kpi_count(self) -> int:
        """KPI formulas documented for the feature."""
        return len(self._catalogue.kpis_of(self._feature.faj))

    def sections(self, question: Question) -> list[AnswerSection]:
        """All eight sections, in the order that fits the question's type."""
        catalogue, feature, text = self._catalogue, self._feature, question.text
        asked = question.query_type
        few, many = ANSWERING.rows, ANSWERING.rows_when_asked
        parameter_rows = many if asked == "parameter" else few
        counter_rows = many if asked == "counter" else few
        built = [
            sections.what(self._gist, self._record),
            sections.identity(catalogue, feature),
            sections.parameters(catalogue, self._parameters, text, parameter_rows),
            sections.counters(catalogue, self._counters, text, counter_rows),
            sections.kpis(catalogue, feature.faj),
            sections.prerequisites(catalogue, feature),
            sections.conflicts(catalogue, feature),
            sections.activation(catalogue, feature),
        ]
        order = (question.intent, *_ORDER[asked])
        return sorted(built, key=lambda section: order.index(section.kind))

    def content(self, question: Question) -> str:
        """A few sentences that answer in the sense of the question's type."""
        if question.intent == "prerequisites":
            return prerequisites_text(self._catalogue, [self._feature.faj])
        if question.intent == "conflicts":
            return conflicts_text(self._catalogue, self._feature)
        text = {
            "general": self._about,
            "parameter": self._about_parameters,
            "counter": self._about_counters,
            "kpi": self._about_kpis,
            "procedure": self._about_procedure,
            "troubleshoot": self._about_trouble,
        }[question.query_type]
        return " ".join(part for part in text(question) if part)

    def brief(self, question: Question) -> AnswerSection:
        """What this agent tells another one: what it is, and what of it the question touches."""
        parameters = by_relevance(question.text, self._parameters, lambda item: item.attribute)
        counters = by_relevance(question.text, self._counters, lambda item: item.name)
        plan = self._catalogue.graph.activation_plan(self._feature.faj)
        touched = [f"{item.mo_class}.{item.attribute}" for item in parameters]
        counted_by = [item.name for item in counters]
        known = [
            ("Parameters", ", ".join(touched[: ANSWERING.parameters_in_brief]) or None),
            ("Counters", ", ".join(counted_by[: ANSWERING.counters_in_brief]) or None),
            ("Needs first", ", ".join(plan.order[:-1]) or None),
        ]
        source = f"Agent of {self._feature.faj}: {CATALOGUE.lower()}, {KNOWLEDGE.lower()}"
        return pairs(
            "peer",
            f"{self._title} says",
            known,
            source=source,
            text=self.profile.summary,
            faj=self._feature.faj,
        )

    def traits(self) -> Traits:
        """What features are compared by."""
        return traits(self._catalogue, self._feature, self.profile.summary, self._record)

    def mentioned_in(self, text: str) -> list[str]:
        """Attributes and counters of this feature that a text names."""
        own = [*(item.attribute for item in self._parameters), *(c.name for c in self._counters)]
        return named_in(text, own)

    def counters(self) -> Sequence[CounterConfig]:
        """None: the catalogue knows names of counters; values come with loaded measurements."""
        return ()

    def kpis(self) -> Sequence[KpiConfig]:
        """None: a threshold is the network's choice and not in the catalogue."""
        return ()

    def size_bytes(self) -> int:
        """Bytes of the texts that belong to this agent alone; the facts lie in the catalogue."""
        texts = [self._gist, *(self._record.questions if self._record else ())]
        return sum(len(text.encode()) for text in texts)

    @property
    def _title(self) -> str:
        return self.profile.title

    def _about(self, _: Question) -> list[str]:
        access = " and ".join(self._feature.access)
        graph = self._catalogue.graph
        names = self._titles(graph.requires(self._feature.faj))
        first = f"It needs {names} active first." if names else ""
        conflicts = self._titles(graph.conflicts(self._feature.faj))
        never = f"It must not be active together with {conflicts}." if conflicts else ""
        about = f"{self._title}, {access}: {self.profile.summary}"
        return [about, first, never, self._licence_text()]

    def _titles(self, codes: Sequence[FajCode]) -> str:
        return listed([self._catalogue.title(faj) for faj in codes], ANSWERING.relatives)

    def _about_parameters(self, question: Question) -> list[str]:
        named = set(named_in(question.text, (item.attribute for item in self._parameters)))
        if named:
            exact = [item for item in self._parameters if item.attribute in named]
            return [self._parameter_text(item) for item in exact[: ANSWERING.told_singly]]
        if not self._parameters:
            return [f"The catalogue lists no parameters for {self._title}."]
        introduced = [item for item in self._parameters if item.relation == "introduced"]
        best = by_relevance(question.text, introduced or self._parameters, lambda i: i.attribute)
        most = ANSWERING.identifiers
        names = listed([f"{item.mo_class}.{item.attribute}" for item in best], most)
        if introduced:
            n = counted(len(introduced), "parameter")
            return [f"{self._title} introduces {n}: {names}.", self._known_ranges(best[:most])]
        n = counted(len(self._parameters), "parameter")
        return [f"{self._title} introduces none of its own; it works with {n}, such as {names}."]

    def _parameter_text(self, item: Parameter) -> str:
        facts = self._catalogue.attributes.facts(item.mo_class, item.attribute)
        kind = f" is of type {facts.value_type}," if facts.value_type else ":"
        text = facts.range_text
        known = f"its range is {UNKNOWN_RANGE}" if text is None else f"range {text}"
        source = f" ({facts.range_source})" if facts.range_source not in ("", "catalogue") else ""
        default = f", default {facts.default}" if facts.default is not None else ""
        advice = f" Recommended: {facts.recommended}." if facts.recommended is not None else ""
        role = f" {self._title} {_ROLE[item.relation]}." if item.relation in _ROLE else ""
        return f"{item.mo_class}.{item.attribute}{kind} {known}{source}{default}.{advice}{role}"

    def _known_ranges(self, items: Sequence[Parameter]) -> str:
        known = []
        for item in items:
            text = self._catalogue.attributes.facts(item.mo_class, item.attribute).range_text
            if text is not None:
                known.append(f"{item.attribute}: {text}")
        if known:
            return f"Known ranges: {'; '.join(known)}."
        return "Their ranges are not in the catalogue; the node's MOM file gives them."

    def _about_counters(self, question: Question) -> list[str]:
        if not self._counters:
            return [f"The catalogue lists no counters for {self._title}."]
        best = by_relevance(question.text, self._counters, lambda item: item.name)
        names = [f"{item.mo_class}.{item.name}" if item.mo_class else item.name for item in best]
        n = counted(len(names), "counter")
        closest = listed(names, ANSWERING.identifiers)
        return [f"{self._title} is documented with {n}; closest to the question: {closest}."]

    def _about_kpis(self, question: Question) -> list[str]:
        found = self._catalogue.kpis_of(self._feature.faj)
        if found:
            best = by_relevance(question.text, found, lambda kpi: kpi.name)
            texts = [f"{kpi.name} = {kpi.formula}" for kpi in best[: ANSWERING.formulas]]
            n = counted(len(found), "KPI formula", "KPI formulas")
            return [f"The catalogue gives {n} for {self._title}: {'; '.join(texts)}."]
        start = f"The catalogue has no KPI formula for {self._title}."
        check = f"How to see its effect: {self._record.check}" if self._record else ""
        return [start, check, *(self._about_counters(question) if self._counters else [])]

    def _about_procedure(self, _: Question) -> list[str]:
        steps = sections.activation_texts(self._catalogue, self._feature)
        numbered = " ".join(f"({n}) {step}" for n, step in enumerate(steps, 1))
        return [f"{self._title}: {self.profile.summary}", f"To use it: {numbered}"]

    def _about_trouble(self, question: Question) -> list[str]:
        graph, faj = self._catalogue.graph, self._feature.faj
        checks = ["its feature state" + (" and licence" if self._feature.licensed else "")]
        needs = len(graph.activation_plan(faj).order) - 1
        if needs:
            checks.append(f"its {counted(needs, 'prerequisite')}")
        if graph.conflicts(faj):
            checks.append(f"the {counted(len(graph.conflicts(faj)), 'feature')} it conflicts with")
        best = by_relevance(question.text, self._counters, lambda item: item.name)
        if best:
            names = [item.name for item in best[: ANSWERING.counters_to_check]]
            checks.append("the counters " + listed(names))
        known = self._record.symptoms if self._record else self.profile.summary
        return [f"{self._title}: {known}", f"Check in this order: {listed(checks)}."]

    def _licence_text(self) -> str:
        key = f" and is activated by {self._feature.cxc[0]}" if self._feature.cxc else ""
        if self._feature.licensed is None:
            return ""
        return f"It needs {'a' if self._feature.licensed else 'no'} licence{key}."
