"""The present values of an agent that stands alone: what ContextAnswer adds to what is configured."""

from collections.abc import Iterable, Iterator

from elex_browser.answering.validation import kpi_values
from elex_browser.answering.wording import counted
from elex_browser.protocol import AgentConfig, AnswerSection, KPIValue, ParameterConfig, SectionRow

SOURCE = "Values in the configuration of this agent"
Row = tuple[str, str, str, str]


def has_values(config: AgentConfig) -> bool:
    """Tell whether a config says how things stand, beside what exists."""
    is_set = any(parameter.current_value is not None for parameter in config.parameters)
    return is_set or bool(config.counters)


def value_section(config: AgentConfig, mentioned: Iterable[str]) -> AnswerSection:
    """Return parameters, counters and KPIs with their values, those in the question first."""
    wanted = set(mentioned)
    rows = sorted(_rows(config), key=lambda row: row[0] not in wanted)
    outside = [row[0] for row in rows if row[3].startswith(("below", "above"))]
    touched = [
        f"{name} is {value} ({verdict})" for name, value, _, verdict in rows if name in wanted
    ]
    state = f"{counted(len(rows), 'value')} {'is' if len(rows) == 1 else 'are'} loaded"
    trouble = (
        f"outside their limits: {', '.join(outside)}" if outside else "none outside its limits"
    )
    lead = f"{'; '.join(touched)}. " if touched else ""
    return AnswerSection(
        kind="context",
        title="Present values",
        source=SOURCE,
        text=f"{lead}{state.capitalize()}, {trouble}.",
        columns=["Name", "Value", "Limit", "Verdict"],
        rows=[SectionRow(cells=list(row)) for row in rows],
    )


def _rows(config: AgentConfig) -> Iterator[Row]:
    for parameter in config.parameters:
        if parameter.current_value is not None:
            value = f"{parameter.current_value:g}"
            yield parameter.name, value, range_text(parameter), _in_range(parameter)
    for counter in config.counters:
        yield counter.name, f"{counter.current_value:g}", "none", f"counter of {counter.category}"
    for kpi in kpi_values(config.counters, config.kpis):
        value = "not known" if kpi.value is None else f"{kpi.value:g}"
        yield kpi.name, value, f"threshold {kpi.threshold:g}", _of_kpi(kpi)


def range_text(parameter: ParameterConfig) -> str:
    """Return a parameter's range in words."""
    low, high = parameter.range_min, parameter.range_max
    if low is None and high is None:
        return "not given"
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def _in_range(parameter: ParameterConfig) -> str:
    value, low, high = parameter.current_value, parameter.range_min, parameter.range_max
    if value is None or (low is None and high is None):
        return "no range to judge by"
    if low is not None and value < low:
        return "below its range"
    return "above its range" if high is not None and value > high else "within its range"


def _of_kpi(kpi: KPIValue) -> str:
    if kpi.value is None:
        return kpi.reason or "its formula cannot be computed"
    return "above its threshold" if kpi.alert else "within its threshold"
