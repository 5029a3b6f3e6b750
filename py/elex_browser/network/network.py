"""The network data of one opened instance: loaded files, and what agents and pages read from them.

Kept in memory for as long as the instance is open; a file is taken over whole or not at all.
"""

import asyncio
import time
from collections.abc import Sequence

from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.errors import NotFoundError
from elex_browser.kernels.base import Kernels
from elex_browser.network.configuration import Configuration
from elex_browser.network.kpis import LoadedKpis
from elex_browser.network.measurements import Measurements
from elex_browser.network.measuring import read_measurements
from elex_browser.network.model import Model
from elex_browser.network.modelling import read_model
from elex_browser.network.reading import read_configuration
from elex_browser.network.room import Room, need_room
from elex_browser.network.rules import Rules
from elex_browser.network.source import SLICE_S, Source, Watch
from elex_browser.protocol import (
    ConfigurationReport,
    KpiOptions,
    KpiSeries,
    MeasurementReport,
    ModelReport,
)


class Network:
    """Loaded configurations, measurements and models.

    Attributes:
        rules: what values are judged by.
        measurements: all loaded measurements together.
        model: all loaded models together; None where none is loaded.
    """

    def __init__(self, catalogue: Catalogue, kernels: Kernels) -> None:
        self._catalogue = catalogue
        self._kernels = kernels
        self.rules = Rules(catalogue)
        self._configurations: dict[str, Configuration] = {}
        self.measurements = Measurements()
        self.model: Model | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether any file was loaded."""
        return bool(self._configurations or self.measurements.files)

    @property
    def configurations(self) -> list[Configuration]:
        """The loaded configurations, in the order in which they came."""
        return list(self._configurations.values())

    async def load_configuration(
        self, source: Source, room: Room, watch: Watch | None = None
    ) -> ConfigurationReport:
        """Load a configuration; one of the same name is replaced.

        Raises:
            ElexError: see `read_configuration`; what was loaded before is unchanged.
            MemoryBudgetError: there is no room for it.
        """
        loaded, report = await read_configuration(
            source, self._catalogue, self.rules, self._kernels, watch, room
        )
        need_room(loaded.size_bytes(), room, source.name)
        self._configurations[loaded.name] = loaded
        return report

    async def load_measurements(
        self, sources: Sequence[Source], room: Room, watch: Watch | None = None
    ) -> MeasurementReport:
        """Load measurement files beside those that are loaded.

        Raises:
            ElexError: see `read_measurements`; what was loaded before is unchanged.
            MemoryBudgetError: there is no room for them.
        """
        loaded, report = await read_measurements(sources, watch, room)
        need_room(loaded.size_bytes(), room, sources[0].name)
        self.measurements.absorb(loaded)
        return report

    async def load_model(
        self, source: Source, room: Room, watch: Watch | None = None
    ) -> ModelReport:
        """Load a model: from now on its ranges, defaults and units go before the catalogue's.

        Configurations that are loaded keep their reports; load them again to judge them anew.

        Raises:
            ElexError: see `read_model`; what was loaded before is unchanged.
            MemoryBudgetError: there is no room for it.
        """
        loaded, report = await read_model(source, self._catalogue, watch)
        need_room(loaded.size_bytes(), room, source.name)
        if self.model is None:
            self._set_model(loaded)
        else:
            self.model.absorb(loaded)
            self.rules.clear()
        return report

    def forget(self) -> None:
        """Let go of everything that was loaded."""
        self._configurations.clear()
        self.measurements = Measurements()
        self._set_model(None)

    def _set_model(self, model: Model | None) -> None:
        self.model = self._catalogue.attributes.overlay = model
        self.rules.clear()

    async def kpis(self, options: KpiOptions) -> list[KpiSeries]:
        """Return the KPIs of the loaded counters; without names, those that can be computed.

        Raises:
            NotFoundError: a name that no formula has.
        """
        chosen = self._chosen(options.names)
        found: list[KpiSeries] = []
        began = time.perf_counter()
        for series in self.loaded_kpis().series(chosen, options.scope):
            found += [each for each in series if options.names or not each.missing]
            if time.perf_counter() - began > SLICE_S:
                await asyncio.sleep(0)
                began = time.perf_counter()
        return found

    def size_bytes(self) -> int:
        """Bytes held, estimated."""
        loaded = sum(each.size_bytes() for each in self._configurations.values())
        models = 0 if self.model is None else self.model.size_bytes()
        return loaded + models + self.measurements.size_bytes()

    def loaded_kpis(self) -> LoadedKpis:
        """Return what computes KPIs over the loaded measurements."""
        return LoadedKpis(self.measurements, self._catalogue.counter_kind)

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
