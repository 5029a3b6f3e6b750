"""The present values of an agent that stands alone: what ContextAnswer adds to what is configured."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from elex_browser.answering.sections import row, table
from elex_browser.answering.validation import kpi_values
from elex_browser.answering.wording import counted
from elex_browser.protocol import AgentConfig, AnswerSection, KPIValue, ParameterConfig

SOURCE = "Values in the configuration of this agent"
NOT_GIVEN = "not given"

Verdict = Literal["below", "within", "above", "not judged"]


class JudgedValue(NamedTuple):
    """A value with what it is judged by; `remark` says the verdict in words."""

    name: str
    value: float | None
    limit: str | None
    verdict: Verdict
    remark: str

    @property
    def text(self) -> str:
        """The value in a sentence."""
        return "not known" if self.value is None else f"{self.value:g}"


def has_values(config: AgentConfig) -> bool:
    """Tell whether a config says how things stand, beside what exists."""
    is_set = any(parameter.current_value is not None for parameter in config.parameters)
    return is_set or bool(config.counters)


def value_section(config: AgentConfig, mentioned: Iterable[str]) -> AnswerSection:
    """Return parameters, counters and KPIs with their values, those in the question first."""
    wanted = set(mentioned)
    values = sorted(_values(config), key=lambda value: value.name not in wanted)
    outside = [value.name for value in values if value.verdict in ("below", "above")]
    touched = [f"{v.name} is {v.text} ({v.remark})" for v in values if v.name in wanted]
    state = f"{counted(len(values), 'value')} {'is' if len(values) == 1 else 'are'} loaded"
    trouble = (
        f"outside their limits: {', '.join(outside)}" if outside else "none outside its limits"
    )
    lead = f"{'; '.join(touched)}. " if touched else ""
    return table(
        "context",
        "Present values",
        (("Name", "identifier"), ("Value", "number"), ("Limit", "text"), ("Verdict", "text")),
        [row(value.name, value.value, value.limit, value.remark) for value in values],
        source=SOURCE,
        text=f"{lead}{state.capitalize()}, {trouble}.",
    )


def _values(config: AgentConfig) -> Iterator[JudgedValue]:
    for parameter in config.parameters:
        if parameter.current_value is not None:
            yield _of_parameter(parameter, parameter.current_value)
    for counter in config.counters:
        remark = f"counter of {counter.category}"
        yield JudgedValue(counter.name, counter.current_value, None, "not judged", remark)
    for kpi in kpi_values(config.counters, config.kpis):
        yield _of_kpi(kpi)


def range_text(parameter: ParameterConfig) -> str | None:
    """Return a parameter's range in words; None where it has none."""
    low, high = parameter.range_min, parameter.range_max
    if low is None and high is None:
        return None
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def _of_parameter(parameter: ParameterConfig, value: float) -> JudgedValue:
    low, high = parameter.range_min, parameter.range_max
    limit = range_text(parameter)
    if limit is None:
        return JudgedValue(parameter.name, value, None, "not judged", "no range to judge by")
    if low is not None and value < low:
        return JudgedValue(parameter.name, value, limit, "below", "below its range")
    if high is not None and value > high:
        return JudgedValue(parameter.name, value, limit, "above", "above its range")
    return JudgedValue(parameter.name, value, limit, "within", "within its range")


def _of_kpi(kpi: KPIValue) -> JudgedValue:
    limit = f"threshold {kpi.threshold:g}"
    if kpi.value is None:
        reason = kpi.reason or "its formula cannot be computed"
        return JudgedValue(kpi.name, None, limit, "not judged", reason)
    if kpi.alert:
        return JudgedValue(kpi.name, kpi.value, limit, "above", "above its threshold")
    return JudgedValue(kpi.name, kpi.value, limit, "within", "within its threshold")
