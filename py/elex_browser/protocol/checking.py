"""Validation of values and evaluation of KPIs."""

from elex_browser.protocol.base import Message


class ValidationParam(Message):
    """A value and its closed range. Text, NaN or infinities are judged, not refused.

    JSON has no NaN or infinities: they travel as the texts "NaN", "Infinity" and "-Infinity".
    """

    name: str
    value: float | int | str | bool | None
    min: float | str | None
    max: float | str | None


class ValidationResult(Message):
    """The verdict on one value; `reason` says why it is invalid."""

    parameter: str
    valid: bool
    value: float | int | str | bool | None
    reason: str | None = None


class KPIData(Message):
    """A pass over an agent's counters."""

    total_events: float
    weighted_score: float
    peak_value: float
    alerts: int


class KPIValue(Message):
    """A KPI's value; null where its formula cannot be computed, and `reason` says why."""

    name: str
    value: float | None
    threshold: float
    alert: bool
    reason: str | None = None


class QUpdate(Message):
    """One Q-learning step for the batch kernel; an absent current_q counts as 0."""

    state: str
    action: str
    reward: float
    next_max_q: float
    current_q: float | None = None
