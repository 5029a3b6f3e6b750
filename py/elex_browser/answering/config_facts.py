"""The knowledge of an agent that stands alone: what its config says, and nothing else."""

import math
from collections.abc import Sequence

from elex_browser.answering.comparison import Traits
from elex_browser.answering.config_values import NOT_GIVEN, has_values, range_text, value_section
from elex_browser.answering.facts import Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.sections import pairs, row, table
from elex_browser.answering.wording import by_relevance, counted, listed, named_in
from elex_browser.asking.question import Question
from elex_browser.errors import ConfigError
from elex_browser.protocol import (
    AgentConfig,
    AnswerSection,
    CounterConfig,
    KpiConfig,
)
from elex_browser.text.words import FRAME, tokens

SOURCE = "Configuration of this agent"


class ConfigFacts:
    """Answers from an AgentConfig."""

    def __init__(self, config: AgentConfig) -> None:
        check_config(config)
        self._config = config
        self.profile = Profile(
            config.faj_code,
            config.id,
            config.category,
            (),
            f"{config.id} looks after {config.faj_code} in {config.category or 'no category'}.",
        )
        self.parameter_count = len(config.parameters)
        self.counter_count = len(config.counters)
        self.kpi_count = len(config.kpis)
        self.has_values = has_values(config)

    def confidence(self, text: str) -> float:
        """Return how much a question looks like this agent's."""
        if self.mentioned_in(text):
            return ANSWERING.names_mine
        mine = {word for name in [*self._names, self._config.category] for word in tokens(name)}
        shares_words = mine & (set(tokens(text)) - FRAME)
        return ANSWERING.shares_words if shares_words else ANSWERING.shares_nothing

    def values(self, question: Question) -> list[AnswerSection]:
        """Return how things stand at present; nothing where the config only says what exists."""
        if not self.has_values:
            return []
        return [value_section(self._config, self.mentioned_in(question.text))]

    def content(self, question: Question) -> str:
        """Values of what the question names, else what this agent knows at all."""
        mentioned = self.mentioned_in(question.text)[: ANSWERING.told_singly]
        named = [self._text_of(name) for name in mentioned]
        if named:
            return " ".join(named)
        counts = [
            counted(self.parameter_count, "parameter"),
            counted(self.counter_count, "counter"),
            counted(self.kpi_count, "KPI"),
        ]
        return f"{self.profile.summary} Its configuration holds {listed(counts)}."

    def sections(self, question: Question) -> list[AnswerSection]:
        """The config as tables, what the question touches first."""
        config = self._config
        identity = [
            ("Agent", config.id),
            ("Code", config.faj_code),
            ("Category", config.category or None),
        ]
        return [
            pairs("what", "What it is", identity, source=SOURCE, text=self.profile.summary),
            self._parameters(question.text),
            self._counters(question.text),
            table(
                "kpis",
                "KPIs",
                (("KPI", "text"), ("Formula", "identifier"), ("Threshold", "number")),
                [row(kpi.name, kpi.formula, kpi.threshold) for kpi in config.kpis],
                source=SOURCE,
                text=counted(self.kpi_count, "KPI").capitalize().replace("kpi", "KPI") + ".",
            ),
        ]

    def brief(self, question: Question) -> AnswerSection:
        """The agent in one section."""
        section = self.sections(question)[0]
        section.kind = "peer"
        return section

    def traits(self) -> Traits:
        """What agents are compared by."""
        return {
            "Code": self._config.faj_code,
            "Category": self._config.category or None,
            "Parameters": self.parameter_count,
            "Counters": self.counter_count,
            "KPIs": self.kpi_count,
        }

    def mentioned_in(self, text: str) -> list[str]:
        """Names of this config that a text holds."""
        return named_in(text, self._names)

    def counters(self) -> Sequence[CounterConfig]:
        """The config's counters with their values."""
        return self._config.counters

    def kpis(self) -> Sequence[KpiConfig]:
        """The config's KPIs."""
        return self._config.kpis

    def size_bytes(self) -> int:
        """Bytes of the config's names and formulas in UTF-8, and 8 for each number."""
        texts = [*self._names, *(kpi.formula for kpi in self._config.kpis)]
        n_numbers = 3 * self.parameter_count + self.counter_count + self.kpi_count
        return sum(len(text.encode()) for text in texts) + 8 * n_numbers

    @property
    def _names(self) -> list[str]:
        config = self._config
        return [
            *(item.name for item in config.parameters),
            *(item.name for item in config.counters),
            *(item.name for item in config.kpis),
        ]

    def _parameters(self, text: str) -> AnswerSection:
        ordered = by_relevance(text, self._config.parameters, lambda item: item.name)
        return table(
            "parameters",
            "Parameters",
            (
                ("Parameter", "identifier"),
                ("Type", "text"),
                ("Range", "text"),
                ("Current value", "number"),
            ),
            [row(i.name, i.value_type, range_text(i), i.current_value) for i in ordered],
            source=SOURCE,
            text=counted(self.parameter_count, "parameter").capitalize() + ".",
        )

    def _counters(self, text: str) -> AnswerSection:
        ordered = by_relevance(text, self._config.counters, lambda item: item.name)
        return table(
            "counters",
            "Counters",
            (("Counter", "identifier"), ("Category", "text"), ("Value", "number")),
            [row(item.name, item.category, item.current_value) for item in ordered],
            source=SOURCE,
            text=counted(self.counter_count, "counter").capitalize() + ".",
        )

    def _text_of(self, name: str) -> str:
        for parameter in self._config.parameters:
            if parameter.name == name:
                value = _value_text(parameter.current_value)
                return f"{name} is {value}, range {range_text(parameter) or NOT_GIVEN}."
        for counter in self._config.counters:
            if counter.name == name:
                return f"{name} stands at {counter.current_value:g}."
        kpi = next(kpi for kpi in self._config.kpis if kpi.name == name)
        return f"{name} = {kpi.formula}, threshold {kpi.threshold:g}."


def check_config(config: AgentConfig) -> None:
    """Refuse a config that contradicts itself.

    Raises:
        ConfigError: no id or code, a name twice, a range upside down, or a number that is none.
    """
    for label, text in (("id", config.id), ("fajCode", config.faj_code)):
        if not text.strip():
            raise ConfigError(f"the agent's {label} is empty", f"Give the agent its {label}")
    for parameter in config.parameters:
        low, high = parameter.range_min, parameter.range_max
        if any(bound is not None and math.isnan(bound) for bound in (low, high)):
            raise ConfigError(f"the range of {parameter.name} is not a number", "Leave it out")
        if low is not None and high is not None and low > high:
            raise ConfigError(
                f"the range of {parameter.name} is {low} to {high}", "Give the smaller bound first"
            )
    for kind, items in (
        ("parameter", config.parameters),
        ("counter", config.counters),
        ("KPI", config.kpis),
    ):
        names = [item.name for item in items]
        twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
        if twice is not None:
            raise ConfigError(f"the {kind} {twice} is given twice", "Give every name once")


def _value_text(value: float | None) -> str:
    return NOT_GIVEN if value is None else f"{value:g}"
