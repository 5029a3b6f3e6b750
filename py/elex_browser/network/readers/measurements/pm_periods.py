"""The period of a measInfo, from its own end and length or from the file's header and footer."""

from elex_browser.network.times import Given

WHOLE_FILE = (0, -1)
"""Stands for the period from header to footer, which is not known before the file's end."""
Span = tuple[int, int]
"""Begin and end in seconds since 1970; both the same where the length is not given."""


class NoPeriod(Exception):
    """A period that is not given or cannot be read, and why."""


def period_of(file_begin: Given, end: Given, length: Given) -> Span:
    """Return the period of a measInfo.

    Raises:
        NoPeriod: it cannot be told.
    """
    if end.unreadable is not None:
        raise _unreadable_time(end.unreadable)
    if length.unreadable is not None:
        raise NoPeriod(f"the duration of this measInfo cannot be read: {length.unreadable[:40]!r}")
    if end.seconds is not None:
        if length.seconds is not None:
            return end.seconds - length.seconds, end.seconds
        begin = file_begin.seconds
        is_given = begin is not None and begin <= end.seconds
        return (begin if is_given and begin is not None else end.seconds), end.seconds
    if file_begin.unreadable is not None:
        raise _unreadable_time(file_begin.unreadable)
    if file_begin.seconds is None:
        raise _missing()
    if length.seconds is None:
        return WHOLE_FILE
    return file_begin.seconds, file_begin.seconds + length.seconds


def whole_file(begin: Given, end: Given) -> Span:
    """Return the period from header to footer.

    Raises:
        NoPeriod: it cannot be told.
    """
    if end.unreadable is not None:
        raise _unreadable_time(end.unreadable)
    if begin.seconds is None or end.seconds is None or begin.seconds > end.seconds:
        raise _missing()
    return begin.seconds, end.seconds


def _unreadable_time(text: str) -> NoPeriod:
    return NoPeriod(f"the time of this measInfo cannot be read: {text[:40]!r}")


def _missing() -> NoPeriod:
    return NoPeriod("the time of this measInfo is not given")
