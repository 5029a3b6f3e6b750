"""XML as a stream of elements, by expat; safe for files of unknown origin.

A document type is refused before anything of it is used: entities that expand to gigabytes or read
other files come only from there. Expat reads UTF-8, UTF-16, ISO-8859-1 and what Python knows of 8-bit
encodings, by the declaration.
"""

from abc import ABC, abstractmethod
from xml.parsers import expat

from elex_browser.errors import UnsupportedError
from elex_browser.network.source import DamagedFileError

MAX_TEXT = 1 << 20
MAX_TAG_BYTES = 1 << 22
MAX_DEPTH = 200


class XmlStream(ABC):
    """Feeds bytes to expat; what that refuses becomes an error with a line.

    Attributes:
        text: the text since the last start of an element.
    """

    def __init__(self) -> None:
        self.text = ""
        self._n_fed = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 14
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; the reader of a format says what that means."""

    @abstractmethod
    def end(self, name: str) -> None:
        """End an element."""

    @property
    def line(self) -> int:
        """The line of the present tag, from 1 on."""
        return self._parser.CurrentLineNumber

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: not well-formed, or larger in one piece than any real file.
            UnsupportedError: a document type.
        """
        self._parse(data, False)
        self._n_fed += len(data)
        if len(self.text) > MAX_TEXT or self._n_fed - self._parser.CurrentByteIndex > MAX_TAG_BYTES:
            raise DamagedFileError(self.line, "one text or tag is longer than a megabyte")

    def close(self) -> None:
        """Tell that the file ends here.

        Raises:
            DamagedFileError: elements are still open.
        """
        self._parse(b"", True)

    def _parse(self, data: bytes, is_end: bool) -> None:
        try:
            self._parser.Parse(data, is_end)
        except expat.ExpatError as exc:
            reason = expat.ErrorString(exc.code)
            problem = f"the XML is not well-formed ({reason}); nothing after this line was read"
            raise DamagedFileError(exc.lineno, problem) from exc

    def _characters(self, text: str) -> None:
        self.text += text

    def _refuse(self, *_: object) -> None:
        raise UnsupportedError(
            f"line {self.line} declares a document type (DOCTYPE)",
            "Remove the declaration; network exports have none, and it can hide harmful entities",
        )


class LocalNames(dict[str, str]):
    """Names without their namespace prefix, made once each."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local
