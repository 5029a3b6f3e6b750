"""XML as a stream of elements, by expat; safe for files of unknown origin.

A document type is refused before anything of it is used: entities that expand to gigabytes or read other
files come only from there. Formats whose files name their schema may let one without declarations pass.
"""

import codecs
import re
from abc import ABC, abstractmethod
from xml.parsers import expat

from elex_browser.errors import UnsupportedError
from elex_browser.network.readers.syntax.text_decoding import encoding_of
from elex_browser.network.source import DamagedFileError

MAX_TEXT = 1 << 20
MAX_TAG_BYTES = 1 << 22
MAX_DEPTH = 200
BLANKS = " \t\r\n"
# What expat reads by itself; the rest is decoded before it.
_NATIVE = ("utf-8", "utf-16", "iso8859-1", "ascii")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# Python calls these encodings, too, but they make text of text or bytes of bytes.
_NOT_OF_TEXT = re.compile(
    r"base64|bz2|hex|idna|mbcs|oem|palmos|punycode|quopri|raw_unicode_escape|rot.?13|undefined"
    r"|unicode_escape|uu|zlib"
)


class XmlStream(ABC):
    """Feeds bytes to expat; what that refuses becomes an error with a line.

    Attributes:
        text: the text since the last tag.
    """

    doctypes: tuple[str, ...] = ()
    """Root elements whose document type is let pass; it is never looked up."""

    def __init__(self) -> None:
        self.text = ""
        self._n_fed = 0
        self._decoder: codecs.IncrementalDecoder | None = None
        self._parser = expat.ParserCreate()
        self._set_handlers()

    def _set_handlers(self) -> None:
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 14
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._judge_doctype

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; the reader of a format says what that means."""

    @abstractmethod
    def end(self, name: str) -> None:
        """End an element."""

    @abstractmethod
    def break_off(self) -> None:
        """Tell that the file is not read any further; keep what is complete."""

    @property
    def line(self) -> int:
        """The line of the present tag, from 1 on."""
        return self._parser.CurrentLineNumber

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: not well-formed, or larger in one piece than any real file.
            UnsupportedError: a document type, or an encoding that is not known here.
        """
        if not self._n_fed:
            self._choose_encoding(data)
        data = self._decoded(data, False)
        self._parse(data, False)
        self._n_fed += len(data)
        if len(self.text) > MAX_TEXT or self._n_fed - self._parser.CurrentByteIndex > MAX_TAG_BYTES:
            raise DamagedFileError(self.line, "one text or tag is longer than a megabyte")

    def close(self) -> None:
        """Tell that the file ends here.

        Raises:
            DamagedFileError: elements are still open.
        """
        self._parse(self._decoded(b"", True), True)

    def _choose_encoding(self, head: bytes) -> None:
        shown = encoding_of(head)
        declared = _DECLARED.match(head.lstrip())
        # A mark, or zero bytes, say more than a declaration that these bytes could not even spell.
        name = declared[1].decode() if declared and shown == "utf-8" else shown
        try:
            found = codecs.lookup(name).name
        except LookupError as exc:
            raise _unknown(name) from exc
        if _NOT_OF_TEXT.fullmatch(found.replace("-", "_")):
            raise _unknown(name)
        if not found.startswith(_NATIVE):
            self._decoder = codecs.getincrementaldecoder(found)()
            self._parser = expat.ParserCreate("utf-8")
            self._set_handlers()

    def _decoded(self, data: bytes, is_end: bool) -> bytes:
        if self._decoder is None:
            return data
        try:
            return self._decoder.decode(data, is_end).encode()
        except UnicodeError as exc:
            raise DamagedFileError(self.line, f"the bytes are not as declared: {exc}") from exc

    def _parse(self, data: bytes, is_end: bool) -> None:
        try:
            self._parser.Parse(data, is_end)
        except expat.ExpatError as exc:
            reason = expat.ErrorString(exc.code)
            problem = f"the XML is not well-formed ({reason}); nothing after this line was read"
            raise DamagedFileError(exc.lineno, problem) from exc

    def _characters(self, text: str) -> None:
        self.text += text

    def _judge_doctype(
        self, name: str, system: str | None, public: str | None, has_declarations: bool
    ) -> None:
        if name in self.doctypes and not has_declarations:
            return
        raise UnsupportedError(
            f"line {self.line} declares a document type (DOCTYPE)",
            "Remove the declaration; network exports have none, and it can hide harmful entities",
        )


class LocalNames(dict[str, str]):
    """Names without their namespace prefix, made once each."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def _unknown(name: str) -> UnsupportedError:
    problem = f"the XML is encoded in {name[:40]!r}, which is not known here"
    return UnsupportedError(problem, "Save the file as UTF-8 and load it again")
