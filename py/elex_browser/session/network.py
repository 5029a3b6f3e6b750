"""Loading network data and computing KPIs: the part of `Elex` that deals with files of the user."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.network.network import Network
from elex_browser.network.source import Source, Watch
from elex_browser.protocol import ConfigurationReport, KpiOptions, KpiSeries, MeasurementReport
from elex_browser.registry.budget import MemoryBudget
from elex_browser.registry.registry import Registry

File = bytes | str | Path | BinaryIO | Source
"""A file's bytes, its path, or the open binary file."""


class NetworkMethods(ABC):
    """What an opened instance does with files; `on_progress(done, total)` stops it with False."""

    _network: Network
    _registry: Registry

    def _new_network(self, catalogue: Catalogue, kernels: Kernels, budget: MemoryBudget) -> Network:
        """Make an empty network that is counted and kept within the budget."""
        network = Network(catalogue, kernels)
        budget.network_bytes = network.size_bytes
        network.room_bytes = lambda: budget.room_bytes(self._registry)
        return network

    @abstractmethod
    def _check_open(self) -> None:
        """Refuse to go on once the instance is closed."""

    async def load_configuration(
        self, file: File, name: str | None = None, *, on_progress: Watch | None = None
    ) -> ConfigurationReport:
        """Load a configuration: bulk CM XML, cmedit text or CSV, also in gzip or zip.

        Its values are checked against the known ranges, and agents use them in their answers. A file
        that is damaged further down counts up to there; the rest is in `rejected`.

        Raises:
            UnsupportedError: another format; the problem names it.
            SerializationError: nothing could be read.
            ValidationError: a table without a column for the object, or too many unreadable values.
            StorageError: the file could not be read.
            QueryError: `on_progress` stopped it.
            MemoryBudgetError: there is no room for it.
        """
        self._check_open()
        source = _source(file, name)
        try:
            return await self._network.load_configuration(source, on_progress)
        finally:
            source.close()

    async def load_measurements(
        self,
        files: File | Sequence[File],
        name: str | None = None,
        *,
        on_progress: Watch | None = None,
    ) -> MeasurementReport:
        """Load PM XML files, also in gzip or zip, beside those that are loaded.

        Raises:
            ElexError: as `load_configuration`; of many files one that cannot be read is only rejected.
        """
        self._check_open()
        is_one = isinstance(files, Source) or not isinstance(files, list | tuple)
        many: list[File] = [cast(File, files)] if is_one else list(cast(Sequence[File], files))
        if not many:
            raise ValidationError("no file was given", "Choose at least one file")
        sources = [_source(file, name if len(many) == 1 else None) for file in many]
        try:
            return await self._network.load_measurements(sources, on_progress)
        finally:
            for source in sources:
                source.close()

    async def kpis(self, options: KpiOptions | None = None) -> list[KpiSeries]:
        """Return the catalogue's KPIs over the loaded counters, per period.

        Raises:
            NotFoundError: a name that no formula has.
        """
        self._check_open()
        return await self._network.kpis(options or KpiOptions())

    async def forget_network(self) -> None:
        """Let go of all loaded configurations and measurements."""
        self._check_open()
        self._network.forget()


def _source(file: File, name: str | None) -> Source:
    return file if isinstance(file, Source) else Source.of(file, name)
