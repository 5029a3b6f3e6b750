"""What is written about a feature in general radio knowledge, read one feature at a time.

The files are TOML with one table per feature; only the wanted table is parsed, because parsing all
of them would cost more than the whole start.
"""

import tomllib
from functools import cached_property, lru_cache

import msgspec

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.catalogue.details import slug
from elex_browser.catalogue.feature import Feature
from elex_browser.errors import SerializationError
from elex_browser.knowledge.sources import WrittenRecord, read_gists


class WrittenKnowledge:
    """One line about every feature, and a record about most."""

    def __init__(self) -> None:
        self.record = lru_cache(maxsize=200)(self._read_record)

    def gist(self, feature: Feature) -> str:
        """Return the line about a feature; empty where there is none."""
        return self._gists.get(feature.faj, "")

    def _read_record(self, feature: Feature) -> WrittenRecord | None:
        path = f"knowledge/features/{slug(feature.category)}/{feature.number[:2]}xx.toml"
        try:
            text = read_bytes(path).decode()
        except FileNotFoundError:
            return None
        start = text.find(f'["{feature.faj}"]')
        if start < 0:
            return None
        end = text.find('\n["FAJ ', start)
        table = text[start:] if end < 0 else text[start:end]
        try:
            return msgspec.convert(tomllib.loads(table)[feature.faj], WrittenRecord)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
            raise SerializationError(f"{path}: {exc}", "Install the app again") from exc

    @cached_property
    def _gists(self) -> dict[str, str]:
        return read_gists()
