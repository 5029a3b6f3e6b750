"""Reads a configuration file into a store of its own; the caller keeps it only if that went well."""

import time

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import SerializationError
from elex_browser.kernels.base import Kernels
from elex_browser.network.checking import Check, Rules
from elex_browser.network.configuration import Configuration
from elex_browser.network.readers import recognise
from elex_browser.network.readers.bulk_cm import BulkCmReader
from elex_browser.network.readers.cmedit import CmeditReader
from elex_browser.network.readers.csv_table import CsvReader
from elex_browser.network.source import (
    DamagedFileError,
    Part,
    Source,
    Watch,
    chunks,
    parts,
    tell,
)
from elex_browser.protocol import ConfigurationReport

Reader = BulkCmReader | CsvReader | CmeditReader


async def read_configuration(
    source: Source, catalogue: Catalogue, rules: Rules, kernels: Kernels, watch: Watch | None
) -> tuple[Configuration, ConfigurationReport]:
    """Return what a file holds and the report on it; what follows damage counts as rejected.

    Raises:
        UnsupportedError: a format that is not read, or a document type in XML.
        SerializationError: the file is damaged before its first value, or holds none.
        ValidationError: a table without a column for the object, or too much that cannot be taken.
        StoppedError: `watch` stopped it.
        StorageError: the file could not be read.
    """
    began = time.perf_counter()
    configuration = Configuration(source.name)
    check = Check(rules, kernels, configuration)
    try:
        for part in parts(source):
            await _read_part(part, source, configuration, check, watch)
    except DamagedFileError as damage:  # the zip itself
        configuration.reject(damage.line, damage.problem)
    tell(source, watch)
    if not configuration.n_values:
        raise _empty(configuration)
    findings = check.findings(catalogue)
    report = ConfigurationReport(
        objects=configuration.n_objects,
        values=configuration.n_values,
        checked=check.n_checked,
        invalid=check.n_invalid,
        unknown=check.n_unknown,
        rejected=configuration.rejected,
        findings=findings,
        seconds=time.perf_counter() - began,
    )
    return configuration, report


async def _read_part(
    part: Part,
    source: Source,
    configuration: Configuration,
    check: Check,
    watch: Watch | None,
) -> None:
    reader: Reader | None = None
    try:
        async for data in chunks(part, source, watch):
            if reader is None:
                reader = _reader(part.name, data, configuration, check)
            reader.feed(data)
        if reader is not None:
            reader.close()
    except DamagedFileError as damage:
        configuration.reject(damage.line, f"{part.name}: {damage.problem}")


def _reader(name: str, head: bytes, configuration: Configuration, check: Check) -> Reader:
    found = recognise.recognise(head)
    recognise.require(found, ("bulk-cm", "csv", "cmedit"), name, recognise.CONFIGURATIONS)
    if found == "csv":
        return CsvReader(configuration, check, head)
    if found == "cmedit":
        return CmeditReader(configuration, check, head)
    return BulkCmReader(configuration, check)


def _empty(configuration: Configuration) -> SerializationError:
    if configuration.rejected:
        first = configuration.rejected[0]
        problem = f"{configuration.name} gave no value: line {first.line}, {first.reason}"
        return SerializationError(problem, "Export or fetch the file again; nothing was loaded")
    problem = f"{configuration.name} holds no values"
    return SerializationError(problem, "Check that the export has objects with attributes")
