"""JSON files: one document, several one after the other, or one a line.

JSON is parsed as a whole, so its size and depth are bounded before a parser sees it. Numbers keep their
text: 64-bit ones do not fit a float.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TypeAlias

from elex_browser.errors import SerializationError, ValidationError
from elex_browser.network.readers.syntax.text_decoding import TextDecoder
from elex_browser.network.source import DamagedFileError
from elex_browser.text.json_depth import check_depth

MAX_CHARACTERS = 32 << 20
_BLANKS = " \t\r\n,"
Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | None"
"""Numbers are their texts."""


class JsonText(ABC):
    """Collects the text of a file and hands its documents over."""

    def __init__(self, max_depth: int) -> None:
        self._max_depth = max_depth
        self._decoder: TextDecoder | None = None
        self._pieces: list[str] = []
        self._n_characters = 0

    @abstractmethod
    def take(self, document: Json, line: int) -> None:
        """Take a document that begins in a line."""

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            ValidationError: the file is larger than what is parsed at once.
        """
        if self._decoder is None:
            self._decoder = TextDecoder(data)
        text = self._decoder.feed(data)
        self._pieces.append(text)
        self._n_characters += len(text)
        if self._n_characters > MAX_CHARACTERS:
            problem = f"a JSON file may have {MAX_CHARACTERS >> 20} million characters"
            raise ValidationError(problem, "Split it by node or period, one document a line")

    def close(self) -> None:
        """Parse what was read.

        Raises:
            DamagedFileError: it is no JSON, from a line on.
            ValidationError: it nests too deep.
        """
        text = "".join(self._pieces) + (self._decoder.rest() if self._decoder else "")
        self._pieces = []
        self._check_depth(text)
        for document, line in _documents(text.removeprefix("\ufeff")):
            self.take(document, line)

    def break_off(self) -> None:
        """Tell that the file is not read any further; what is not complete is no JSON."""
        self._pieces = []

    def _check_depth(self, text: str) -> None:
        try:
            check_depth(text.encode("utf-8", "replace"), self._max_depth)
        except ValidationError as exc:
            raise ValidationError(exc.problem, "Export it as the models define it") from exc


def _documents(text: str) -> Iterator[tuple[Json, int]]:
    """Each document with the line in which it begins."""
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_members
    )
    begin = len(text) - len(text.lstrip(_BLANKS))
    line = 1 + text.count("\n", 0, begin)
    while begin < len(text):
        try:
            document, end = decoder.raw_decode(text, begin)
        except json.JSONDecodeError as exc:
            line += text.count("\n", begin, exc.pos)
            problem = f"this is no JSON ({exc.msg}); nothing after this place was read"
            raise DamagedFileError(line, problem) from exc
        yield document, line
        while end < len(text) and text[end] in _BLANKS:
            end += 1
        line += text.count("\n", begin, end)
        begin = end


def _members(pairs: list[tuple[str, Json]]) -> Json:
    members = dict(pairs)
    if len(members) < len(pairs):
        # A parser would keep the last one and lose the others without a word.
        problem = "an object of the JSON text has one member twice"
        raise SerializationError(problem, "Fetch or export the file again")
    return members
