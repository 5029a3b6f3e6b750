"""Loads what a test writes, and tells what became of it."""

from collections.abc import Coroutine, Mapping
from typing import Any, NamedTuple, TypeVar, cast

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.network.configuration import Configuration
from elex_browser.network.measurements import Measurements
from elex_browser.network.measuring import read_measurements
from elex_browser.network.network import Network
from elex_browser.network.reading import read_configuration
from elex_browser.network.rules import Rules
from elex_browser.network.source import Source
from elex_browser.protocol import ConfigurationReport, MeasurementReport, ModelReport

T = TypeVar("T")
CATALOGUE, KERNELS = Catalogue.load(), ReferenceKernels()
RULES = Rules(CATALOGUE)


def configuration(
    data: bytes | str, name: str = "file"
) -> tuple[Configuration, ConfigurationReport]:
    """Load a configuration; counts must agree."""
    source = Source.of(data if isinstance(data, bytes) else data.encode(), name)
    loaded, report = finished(read_configuration(source, CATALOGUE, RULES, KERNELS, None))
    assert report.checked + report.unknown == report.values
    return loaded, report


def values(data: bytes | str, name: str = "file") -> dict[str, dict[str, str | None]]:
    """Load a configuration and return the values that are there, by object."""
    loaded, _ = configuration(data, name)
    found: dict[str, dict[str, str | None]] = {}
    for mo_class in loaded.mo_classes:
        for attribute in loaded.attributes(mo_class):
            for cell in loaded.settings(mo_class, attribute):
                found.setdefault(loaded.dn(cell.object), {})[attribute] = cell.text
    return found


def measurements(*data: bytes) -> tuple[Measurements, MeasurementReport]:
    """Load measurement files."""
    sources = [Source.of(each, f"file{i}") for i, each in enumerate(data)]
    store, report = finished(read_measurements(sources, None))
    return store, report


def results(*data: bytes) -> Mapping[str, list[float]]:
    """Load measurement files and return the results by counter."""
    store, _ = measurements(*data)
    found = {counter: store.results(counter) for counter in store.counters}
    return {counter: each.values.tolist() for counter, each in found.items() if each is not None}


class Modelled(NamedTuple):
    """A network of its own with a loaded model, and what its catalogue knows now."""

    network: Network
    report: ModelReport
    catalogue: Catalogue

    def judged(self, text: str) -> ConfigurationReport:
        """Load a configuration into it."""
        source = Source.of(text.encode(), "file")
        return finished(self.network.load_configuration(source, lambda: 1 << 30))

    def load(self, text: str) -> ModelReport:
        """Load one more model."""
        return finished(self.network.load_model(Source.of(text.encode(), "more"), lambda: 1 << 30))


def modelled(data: bytes | str, name: str = "model") -> Modelled:
    """Load a model into a network of its own."""
    catalogue = Catalogue.load()
    network = Network(catalogue, KERNELS)
    source = Source.of(data if isinstance(data, bytes) else data.encode(), name)
    return Modelled(network, finished(network.load_model(source, lambda: 1 << 30)), catalogue)


def refusal(data: bytes | str, name: str = "file") -> ElexError:
    """Load a configuration that is refused, and return how."""
    try:
        configuration(data, name)
    except ElexError as error:
        return error
    raise AssertionError("it was not refused")


def finished(reading: Coroutine[Any, Any, T]) -> T:
    """What a reading returns; without an event loop, which Pyodide has one of already."""
    try:
        while True:
            reading.send(None)
    except StopIteration as end:
        return cast(T, end.value)
