"""Loading network data: the part of an opened instance that deals with files of the user."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from elex_browser.errors import ValidationError
from elex_browser.network.network import Network
from elex_browser.network.source import Source, Watch
from elex_browser.protocol import ConfigurationReport, MeasurementReport, ModelReport
from elex_browser.registry.budget import MemoryBudget

File = bytes | str | Path | BinaryIO | Source
"""A file's bytes, its path, or the open binary file."""


class FileLoader:
    """Loads files into the network, within the memory budget; `watch(done, total)` stops it with False."""

    def __init__(self, network: Network, budget: MemoryBudget) -> None:
        self._network = network
        self._budget = budget

    async def configuration(
        self, file: File, name: str | None, watch: Watch | None
    ) -> ConfigurationReport:
        """Load a configuration, and close its file whatever happens.

        Raises:
            ElexError: see `Network.load_configuration`.
        """
        source = _source(file, name)
        try:
            return await self._network.load_configuration(source, self._budget.room_bytes, watch)
        finally:
            source.close()

    async def model(self, file: File, name: str | None, watch: Watch | None) -> ModelReport:
        """Load a model of the network's attributes, and close its file whatever happens.

        Raises:
            ElexError: see `Network.load_model`.
        """
        source = _source(file, name)
        try:
            return await self._network.load_model(source, self._budget.room_bytes, watch)
        finally:
            source.close()

    async def measurements(
        self, files: File | Sequence[File], name: str | None, watch: Watch | None
    ) -> MeasurementReport:
        """Load measurement files beside those that are loaded, and close them whatever happens.

        Raises:
            ValidationError: no file was given.
            ElexError: see `Network.load_measurements`.
        """
        is_one = isinstance(files, Source) or not isinstance(files, list | tuple)
        many: list[File] = [cast(File, files)] if is_one else list(cast(Sequence[File], files))
        if not many:
            raise ValidationError("no file was given", "Choose at least one file")
        sources = [_source(file, name if len(many) == 1 else None) for file in many]
        try:
            return await self._network.load_measurements(sources, self._budget.room_bytes, watch)
        finally:
            for source in sources:
                source.close()


def _source(file: File, name: str | None) -> Source:
    return file if isinstance(file, Source) else Source.of(file, name)
