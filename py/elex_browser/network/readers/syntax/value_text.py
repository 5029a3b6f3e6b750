"""Values as tools print them in one text: lists, structs, and numbers with the word that they stand for.

ENM's command line writes [1, 2] and {a=1, b=[2, 3]}; moshell writes "i[2] = 1 2" and "1 (UNLOCKED)".
All is read in one pass, so that a long list costs what its length says.
"""

import re
from typing import NamedTuple

from elex_browser.network.readers.syntax.xml_stream import MAX_DEPTH

_TOKEN = re.compile(r"[\[\]{},]|[^\[\]{},]+")
_FORM_ENDS = ("]", "}", ")")
_CLOSING = {"[": "]", "{": "}"}
_MOSHELL_LIST = re.compile(r"[A-Za-z]*\[(\d{1,9})\]\s*=\s*(.*)", re.DOTALL)
_LABELLED = re.compile(r"([+-]?\d+) \(([A-Z][A-Z0-9_]*)\)", re.ASCII)
_MOSHELL_ITEM = re.compile(r"[+-]?\d+ \([A-Z][A-Z0-9_]*\)|\S+", re.ASCII)
# Free texts may well read "5 (OLD)"; what is no number with its word must stay as it is.
_FREE_TEXT = re.compile(r"(?i)label|name|text|info|description|comment|note")
Values = list[tuple[str, str]]


class Value(NamedTuple):
    """One value; `label` is the word that a number stands for, empty where none is shown."""

    attribute: str
    text: str
    label: str = ""


class _Open:
    """A list or struct whose end was not read yet."""

    __slots__ = ("has_items", "is_list", "item", "path")

    def __init__(self, sign: str, path: str) -> None:
        self.is_list = sign == "["
        self.path = path
        self.has_items = False
        self.item: str | None = ""  # the text of the item at hand; None once it is a list or struct

    @property
    def item_path(self) -> str | None:
        """What an inner list or struct is called; None where none may begin."""
        if self.item is None:
            return None
        name, sign, rest = self.item.partition("=")
        if self.is_list:
            return None if self.item.strip() else self.path
        return f"{self.path}.{name.strip()}" if sign and name.strip() and not rest.strip() else None


def leaves(attribute: str, text: str) -> Values:
    """Return the values of an attribute: items of lists one by one, members of structs by name.

    A text that only looks like a list or struct is one value.
    """
    if text[:1] in _CLOSING and text[-1:] == _CLOSING[text[:1]] and len(text) > 1:
        found = _nested(attribute, text)
        if found is not None:
            return found
    return [(attribute, text)]


def forms(attribute: str, text: str) -> list[Value]:
    """Return the values of an attribute in any of the forms of tables and logs."""
    if text[-1:] not in _FORM_ENDS and "=" not in text:
        return [Value(attribute, text)]
    listed = _MOSHELL_LIST.fullmatch(text)
    if listed:
        items = _MOSHELL_ITEM.findall(listed[2])
        if len(items) == int(listed[1]):
            return [_labelled(attribute, item) for item in items] or [Value(attribute, "")]
    elif text[:1] in _CLOSING:
        return [Value(name, leaf) for name, leaf in leaves(attribute, text)]
    return [_labelled(attribute, text)]


def _labelled(attribute: str, text: str) -> Value:
    match = None if _FREE_TEXT.search(attribute) else _LABELLED.fullmatch(text)
    return Value(attribute, match[1], match[2]) if match else Value(attribute, text)


def _nested(attribute: str, text: str) -> Values | None:
    """The values of a list or struct; None where it is not well-formed."""
    found: Values = []
    around: list[_Open] = []
    end = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if end or (not around and token.start()):
            return None  # text behind the end
        if sign in _CLOSING:
            path = around[-1].item_path if around else attribute
            if path is None or len(around) == MAX_DEPTH:
                return None
            around.append(_Open(sign, path))
        elif sign in ",]}":
            is_end = sign != ","
            if not _end_item(around[-1], is_end, found):
                return None
            if is_end:
                if _CLOSING["[" if around.pop().is_list else "{"] != sign:
                    return None
                if around:
                    around[-1].item = None
                else:
                    end = token.end()
        elif around[-1].item is not None:
            around[-1].item += sign
        elif sign.strip():
            return None  # text behind an inner list or struct
    return found if end else None


def _end_item(opened: _Open, is_last: bool, found: Values) -> bool:
    """Take the item that ends; False where it is none."""
    item, opened.item = opened.item, ""
    is_only = is_last and not opened.has_items
    opened.has_items = True
    if item is None:
        return True
    if is_only and not item.strip():
        found.append((opened.path, ""))  # an empty list or struct
    elif opened.is_list:
        found.append((opened.path, item.strip()))
    else:
        name, sign, value = item.partition("=")
        if not sign or not name.strip():
            return False
        found.append((f"{opened.path}.{name.strip()}", value.strip()))
    return True
