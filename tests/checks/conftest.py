"""The catalogue and what is written about its features, read once for all checks."""

import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord, read_gists, read_records


@pytest.fixture(scope="package")
def catalogue() -> Catalogue:
    """The whole catalogue."""
    return Catalogue.load()


@pytest.fixture(scope="package")
def records() -> dict[str, WrittenRecord]:
    """Every record; reading them checks keys and types."""
    return dict(read_records())


@pytest.fixture(scope="package")
def gists() -> dict[str, str]:
    """The one line about each feature."""
    return read_gists()
