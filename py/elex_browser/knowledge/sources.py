"""The written knowledge as its authors keep it: one line each in tables, one TOML table per feature.

All of it is general radio knowledge in the project's own words, apart from the catalogue's facts.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from elex_browser.catalogue.data_files import read_pairs
from elex_browser.errors import SerializationError
from elex_browser.ran.codes import FajCode


class WrittenRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is written about one feature; `questions` are put as different engineers would put them."""

    what: str
    when: str
    symptoms: str
    costs: str
    check: str
    words: tuple[str, ...]
    questions: tuple[str, ...]


class Concept(msgspec.Struct, frozen=True):
    """Ordinary words for the subject of every feature whose name holds one of the triggers."""

    trigger: re.Pattern[str]
    words: str


def read_records() -> dict[FajCode, WrittenRecord]:
    """All records by code, in the order of codes.

    Raises:
        SerializationError: a file is not TOML, a table lacks a key, or two tables have one code.
    """
    records: dict[FajCode, WrittenRecord] = {}
    for file in _toml_files(files("elex_browser").joinpath("knowledge/features")):
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            for faj, table in tables.items():
                if faj in records:
                    raise SerializationError(
                        f"{faj} is written twice, again in {file.name}", "Remove one table"
                    )
                records[FajCode(faj)] = msgspec.convert(table, WrittenRecord)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
            raise SerializationError(f"{file.name}: {exc}", "Mend the file") from exc
    return dict(sorted(records.items()))


def read_gists() -> dict[str, str]:
    """One line per feature: what it does and what goes wrong without it."""
    return read_pairs("knowledge/data/gists.tsv")


def read_acronyms() -> dict[str, str]:
    """Lower-case acronym to its expansion."""
    return read_pairs("knowledge/data/acronyms.tsv")


def read_name_forms() -> dict[str, str]:
    """What people write for words of names, and what names say."""
    return read_pairs("knowledge/data/name_forms.tsv")


def read_concepts() -> list[Concept]:
    """Concepts with their triggers compiled; a trigger matches at the beginning of a word."""
    return [
        Concept(
            re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, triggers.split('|')))})"), words
        )
        for triggers, words in read_pairs("knowledge/data/concepts.tsv").items()
    ]


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _toml_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry
