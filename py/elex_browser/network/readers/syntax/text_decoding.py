"""Bytes of text files as text, whatever editor, tool or spreadsheet wrote them.

UTF-8, UTF-16 and UTF-32 are told by their mark or by where their zero bytes lie. Without either, a line
that is no UTF-8 is Windows-1252, so that nothing is lost where a tool pasted files of two kinds together.
"""

import codecs
import io
from collections.abc import Iterator

from elex_browser.network.source import DamagedFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 1024
_MAX_LINE = 1 << 22


def encoding_of(head: bytes) -> str:
    """Return the encoding that a file's first bytes show; "utf-8" where nothing shows another."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    looked_at = head[:_LOOKED_AT]
    is_zero = [[byte == 0 for byte in looked_at[at::4]] for at in range(4)]
    if len(looked_at) >= 4 and any(map(any, is_zero)):
        mostly = "".join("0" if sum(flags) * 2 > len(flags) else "-" for flags in is_zero)
        return _BY_ZEROS.get(mostly, "utf-8")
    return "utf-8"


# Which of four bytes are zero in text that is mostly ASCII.
_BY_ZEROS = {
    "-0-0": "utf-16-le",
    "0-0-": "utf-16-be",
    "-000": "utf-32-le",
    "000-": "utf-32-be",
}


def text_of(head: bytes) -> str:
    """Return a file's first bytes as text, to look at; what is cut off in the middle is left out."""
    decoder = TextDecoder(head)
    return (decoder.feed(head) + decoder.rest()).lstrip("\ufeff")


class TextDecoder:
    """Decodes a file piece by piece; every line end becomes a line feed."""

    def __init__(self, head: bytes) -> None:
        encoding = encoding_of(head)
        self._is_bytewise = encoding.startswith("utf-8")
        self._waiting = b""
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._decoder = io.IncrementalNewlineDecoder(None if self._is_bytewise else decoder, True)

    def feed(self, data: bytes) -> str:
        """Return what these bytes add, up to the last line end where lines matter."""
        if not self._is_bytewise:
            return self._decoder.decode(data)
        data = self._waiting + data
        end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        self._waiting = data[end:]
        return self._decoder.decode(_decoded(data[:end]))

    def rest(self) -> str:
        """Return what is left at the end of the file."""
        if not self._is_bytewise:
            return self._decoder.decode(b"", True)
        waiting, self._waiting = self._waiting, b""
        return self._decoder.decode(_decoded(waiting), True)

    @property
    def n_waiting(self) -> int:
        """How many bytes wait for the end of their line."""
        return len(self._waiting)


class Lines:
    """The lines of a text file, piece by piece, without their ends.

    Attributes:
        number: of the line that was yielded last, from 1 on.
    """

    def __init__(self, head: bytes) -> None:
        self._decoder = TextDecoder(head)
        self._begun = ""
        self.number = 0

    def feed(self, data: bytes) -> Iterator[str]:
        """Yield the lines that these bytes end.

        Raises:
            DamagedFileError: a line is longer than any real one.
        """
        *lines, begun = self._decoder.feed(data).split("\n")
        if lines:
            lines[0] = self._begun + lines[0]
            self._begun = ""
        self._begun += begun
        for line in lines:
            self.number += 1
            yield line if self.number > 1 else line.removeprefix("\ufeff")
        if len(self._begun) + self._decoder.n_waiting > _MAX_LINE:
            raise DamagedFileError(self.number + 1, "one line is longer than four megabytes")

    def rest(self) -> Iterator[str]:
        """Yield what stands after the last line end."""
        last = self._begun + self._decoder.rest()
        self._begun = ""
        for line in last.split("\n"):
            self.number += 1
            yield line if self.number > 1 else line.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "\n".join(map(_line, data.split(b"\n")))


def _line(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")  # five bytes mean nothing in Windows-1252
