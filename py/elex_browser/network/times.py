"""Times and durations of ISO 8601, in all forms that files have: extended, basic, and the compact one
without a T that ASN.1 calls GeneralizedTime (TS 32.401).

The standard library reads fewer forms, and takes the compact one for another time.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

DAY_S = 86_400
# No measurement runs longer than this; what says so is damaged.
_MAX_DURATION_S = 366 * DAY_S
_DAYS_IN_400_YEARS = 146_097
_EPOCH = date(1970, 1, 1).toordinal()
_DATE = (
    r"(?P<year>\d{4})(?:"
    r"(?P<hyphen>-?)(?P<month>\d\d)(?P=hyphen)(?P<day>\d\d)"
    r"|-?[Ww](?P<week>\d\d)-?(?P<weekday>\d)|-?(?P<ordinal>\d{3})(?!\d))"
)
_CLOCK = (
    r"(?P<hour>\d\d)(?:(?P<colon>:?)(?P<minute>\d\d)(?:(?P=colon)(?P<second>\d\d))?)?"
    r"(?:[.,](?P<fraction>\d{0,17})\d*)?"
)
_ZONE = (
    r"(?:[Zz]|(?P<sign>[+-])(?P<zone_hour>\d\d)"
    r"(?::?(?P<zone_minute>\d\d)(?::?(?P<zone_second>\d\d))?)?)?"
)
_MOMENT = re.compile(rf"{_DATE}(?:[Tt ]?{_CLOCK}{_ZONE})?", re.ASCII)
_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+(?:[.,]\d*)?)W)?"
    r"(?:(?P<days>\d+(?:[.,]\d*)?)D)?(?:T(?:(?P<hours>\d+(?:[.,]\d*)?)H)?"
    r"(?:(?P<minutes>\d+(?:[.,]\d*)?)M)?(?:(?P<seconds>\d+(?:[.,]\d*)?)S)?)?",
    re.ASCII,
)
_LENGTHS = {"weeks": 7 * DAY_S, "days": DAY_S, "hours": 3600, "minutes": 60, "seconds": 1}
_MAX_DIGITS = 9


def moment(text: str) -> int | None:
    """Return seconds since 1970 of a time; without a zone it counts as UTC, parts of a second are cut off.

    Calendar, week and ordinal dates, a fraction of the last part, 24:00 as the end of a day, and a leap
    second as the first of the next minute are read; anything else is None.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    found = {name: int(digits) for name, digits in match.groupdict().items() if _is_digits(digits)}
    day, seconds = _day(found), _seconds(match["fraction"] or "", found)
    east = found.get("zone_hour", 0) * 3600 + found.get("zone_minute", 0) * 60
    east += found.get("zone_second", 0)
    is_zone = found.get("zone_hour", 0) < 24 and found.get("zone_minute", 0) < 60
    if day is None or seconds is None or not is_zone or found.get("zone_second", 0) > 59:
        return None
    return day * DAY_S + seconds - (-east if match["sign"] == "-" else east)


def duration(text: str) -> int | None:
    """Return the seconds of a duration such as PT900S, PT15M, P1D or P1W, up to a year, else None.

    Years and months have no fixed length and are read only where they are 0. Only the last part may have a
    fraction, and parts of a second are cut off.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or text.strip().endswith(("P", "T")):
        return None
    parts = {
        name: part.replace(",", ".") for name, part in match.groupdict().items() if part is not None
    }
    if parts.pop("years", "").strip("0") or parts.pop("months", "").strip("0"):
        return None
    seconds = 0
    for n_left, (name, part) in enumerate(reversed(parts.items())):
        digits, point, fraction = part.partition(".")
        digits = digits.lstrip("0")
        if len(digits) > _MAX_DIGITS or (point and n_left):
            return None
        length = _LENGTHS[name]
        seconds += int(digits or 0) * length + int(float(f"0.{fraction or 0}") * length)
    return seconds if seconds <= _MAX_DURATION_S else None


def plain_seconds(text: str) -> int | None:
    """Return seconds that are written as digits alone (TS 32.401), else None."""
    text = text.strip()
    return int(text) if _is_digits(text) and len(text) <= _MAX_DIGITS else None


def utc_text(seconds: int) -> str:
    """Return a time as ISO 8601 text; also before the year 1 and after 9999, where a zone may lead."""
    return f"{np.datetime64(seconds, 's')}Z"


class Given(NamedTuple):
    """A time or length as a file gives it: read, not readable, or (both None) not given at all."""

    seconds: int | None = None
    unreadable: str | None = None

    @classmethod
    def of(cls, text: str | None, read: Callable[[str], int | None]) -> "Given":
        """Read a text if there is one."""
        if text is None:
            return cls()
        seconds = read(text)
        return cls(seconds, text.strip() if seconds is None else None)


def _is_digits(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdigit()


def _day(found: dict[str, int]) -> int | None:
    """Days since 1970."""
    year = found["year"] or 400  # which `date` knows, and whose calendar is that of the year 0
    try:
        if "week" in found:
            day = date.fromisocalendar(year, found["week"], found["weekday"])
        elif "ordinal" in found:
            day = date(year, 1, 1) + timedelta(found["ordinal"] - 1)
        else:
            day = date(year, found["month"], found["day"])
    except (ValueError, OverflowError):
        return None
    if "ordinal" in found and day.year != year:
        return None
    return day.toordinal() - _EPOCH - (0 if found["year"] else _DAYS_IN_400_YEARS)


def _seconds(fraction: str, found: dict[str, int]) -> int | None:
    """Seconds since midnight."""
    hour, minute, second = (found.get(name, 0) for name in ("hour", "minute", "second"))
    unit = 1 if "second" in found else 60 if "minute" in found else 3600
    seconds = hour * 3600 + minute * 60 + second + int(float(f"0.{fraction or 0}") * unit)
    is_time = (hour < 24 or seconds == DAY_S) and minute < 60 and second <= 60
    return seconds if is_time else None
