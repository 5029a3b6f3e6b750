"""What the text of a result is: a number, a vector, missing, or something that is told."""

import contextlib
import math
import re
from array import array

_MISSING = {"", "nil", "null"}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NUMBERS = re.compile(r"[0-9,.eE+ -]+")
Vector = array  # of floats, NaN where an item is blank


def result(text: str) -> "float | array[float] | str | None":
    """Return a number, the bins of a vector (NaN where blank), None if missing, else the text."""
    text = text.strip()
    if "," in text:
        return _vector(text)
    if text.lower() in _MISSING:
        return None
    return float(text) if _NUMBER.fullmatch(text) and math.isfinite(float(text)) else text


def _vector(text: str) -> "array[float] | str | None":
    items = text.split(",")
    if _NUMBERS.fullmatch(text):
        # Most vectors have no blank item, and a loop in C takes a tenth of the time.
        with contextlib.suppress(ValueError):
            bins = array("d", map(float, items))
            if math.isfinite(sum(bins)):
                return bins
    results = [result(item) for item in items]
    if any(isinstance(item, str) for item in results):
        return text
    if all(item is None for item in results):
        return None
    return array("d", (item if isinstance(item, float) else math.nan for item in results))
