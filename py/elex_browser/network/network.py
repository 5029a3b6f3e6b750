"""The network data of one opened instance: loaded files, and what agents and pages read from them.

Kept in memory for as long as the instance is open; a file is taken over whole or not at all.
"""

import asyncio
import time
from collections.abc import Callable, Sequence

from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.errors import MemoryBudgetError, NotFoundError
from elex_browser.kernels.base import Kernels
from elex_browser.network.checking import Rules
from elex_browser.network.configuration import Configuration
from elex_browser.network.kpis import LoadedKpis
from elex_browser.network.measurements import Measurements
from elex_browser.network.measuring import read_measurements
from elex_browser.network.reading import read_configuration
from elex_browser.network.sections import configuration_section, counter_section, kpi_section
from elex_browser.network.source import SLICE_S, Source, Watch
from elex_browser.protocol import (
    AnswerSection,
    ConfigurationReport,
    KpiOptions,
    KpiSeries,
    MeasurementReport,
)
from elex_browser.ran.codes import FajCode


class Network:
    """Loaded configurations and measurements.

    Attributes:
        room_bytes: tells how many bytes may still be used; None is no limit.
    """

    def __init__(self, catalogue: Catalogue, kernels: Kernels) -> None:
        self._catalogue = catalogue
        self._kernels = kernels
        self._rules = Rules(catalogue)
        self._configurations: dict[str, Configuration] = {}
        self._measurements = Measurements()
        self.room_bytes: Callable[[], int | None] = lambda: None

    @property
    def is_loaded(self) -> bool:
        """Whether any file was loaded."""
        return bool(self._configurations or self._measurements.files)

    async def load_configuration(
        self, source: Source, watch: Watch | None = None
    ) -> ConfigurationReport:
        """Load a configuration; one of the same name is replaced.

        Raises:
            ElexError: see `read_configuration`; what was loaded before is unchanged.
            MemoryBudgetError: there is no room for it.
        """
        loaded, report = await read_configuration(
            source, self._catalogue, self._rules, self._kernels, watch
        )
        self._make_room(loaded.size_bytes(), source.name)
        self._configurations[loaded.name] = loaded
        return report

    async def load_measurements(
        self, sources: Sequence[Source], watch: Watch | None = None
    ) -> MeasurementReport:
        """Load measurement files beside those that are loaded.

        Raises:
            ElexError: see `read_measurements`; what was loaded before is unchanged.
            MemoryBudgetError: there is no room for them.
        """
        loaded, report = await read_measurements(sources, watch)
        self._make_room(loaded.size_bytes(), sources[0].name)
        self._measurements.absorb(loaded)
        return report

    def forget(self) -> None:
        """Let go of everything that was loaded."""
        self._configurations.clear()
        self._measurements = Measurements()

    async def kpis(self, options: KpiOptions) -> list[KpiSeries]:
        """Return the KPIs of the loaded counters; without names, those that can be computed.

        Raises:
            NotFoundError: a name that no formula has.
        """
        chosen = self._chosen(options.names)
        found: list[KpiSeries] = []
        began = time.perf_counter()
        for series in self._kpis().series(chosen, options.scope):
            found += [each for each in series if options.names or not each.missing]
            if time.perf_counter() - began > SLICE_S:
                await asyncio.sleep(0)
                began = time.perf_counter()
        return found

    def sections(self, faj_code: FajCode) -> list[AnswerSection]:
        """Return what the loaded files say about a feature."""
        details = self._catalogue.details(faj_code)
        sections: list[AnswerSection] = []
        if self._configurations:
            loaded = list(self._configurations.values())
            parameters = details.parameter_list()
            sections.append(configuration_section(self._catalogue, self._rules, loaded, parameters))
        if self._measurements.files:
            store = self._measurements
            sections.append(counter_section(self._catalogue, store, details.counter_list()))
            kpis = kpi_section(self._kpis(), store, self._catalogue.kpis_of(faj_code))
            sections += [kpis] if kpis else []
        return sections

    def size_bytes(self) -> int:
        """Bytes held, estimated."""
        loaded = sum(each.size_bytes() for each in self._configurations.values())
        return loaded + self._measurements.size_bytes()

    def _kpis(self) -> LoadedKpis:
        return LoadedKpis(self._measurements, self._catalogue.counter_kind)

    def _chosen(self, names: list[str]) -> list[Kpi]:
        known = self._catalogue.kpis
        if not names:
            return list(known.all)
        for name in names:
            if not known.named(name):
                raise NotFoundError(
                    f"no formula is named {name[:80]!r}",
                    "Leave the names out to get every KPI that the loaded counters allow",
                )
        wanted = {kpi.name for name in names for kpi in known.named(name)}
        return [kpi for kpi in known.all if kpi.name in wanted]

    def _make_room(self, size_bytes: int, name: str) -> None:
        room = self.room_bytes()
        if room is not None and size_bytes > room:
            raise MemoryBudgetError(
                f"{name} needs {size_bytes} bytes, and {room} are left of the memory budget",
                "Load the files of fewer nodes or periods, or forget what is loaded",
            )
