"""Reads a configuration file into a store of its own; the caller keeps it only if that went well."""

import time

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import (
    ElexError,
    MemoryBudgetError,
    SerializationError,
    StoppedError,
)
from elex_browser.kernels.base import Kernels
from elex_browser.network.checking import Check
from elex_browser.network.configuration import Configuration
from elex_browser.network.containers import parts
from elex_browser.network.intake import Intake
from elex_browser.network.readers import recognise
from elex_browser.network.readers.configurations.bulk_cm import BulkCmReader
from elex_browser.network.readers.configurations.cmedit import CmeditReader
from elex_browser.network.readers.configurations.cmedit_table import CmeditTableReader
from elex_browser.network.readers.configurations.csv_table import CsvReader
from elex_browser.network.readers.configurations.enm_import import EnmImportReader
from elex_browser.network.readers.configurations.moshell import MoshellReader
from elex_browser.network.readers.configurations.netconf import NetconfReader
from elex_browser.network.readers.configurations.yang_json import YangJsonReader
from elex_browser.network.room import Room, Watched
from elex_browser.network.rules import Rules
from elex_browser.network.source import DamagedFileError, Part, Source, Watch, chunks, tell
from elex_browser.protocol import ConfigurationFormat, ConfigurationReport

TextReader = CmeditReader | CmeditTableReader | CsvReader | MoshellReader
Reader = TextReader | BulkCmReader | NetconfReader | YangJsonReader
_OF_TEXT: dict[ConfigurationFormat, type[TextReader]] = {
    "cmedit": CmeditReader,
    "cmedit-table": CmeditTableReader,
    "csv": CsvReader,
    "enm-import": EnmImportReader,
    "moshell": MoshellReader,
}


class _Reading:
    """The state of one load over all the files of its source."""

    def __init__(self, name: str, rules: Rules, kernels: Kernels, room: Room | None) -> None:
        self.configuration = Configuration(name)
        self.watched = Watched(room, name, self.configuration.size_bytes)
        self.check = Check(rules, kernels, self.configuration)
        self.intake = Intake(self.configuration, self.check)
        self.formats: dict[ConfigurationFormat, None] = {}
        self.refused: list[ElexError] = []
        self.n_parts = 0

    @property
    def n_values(self) -> int:
        """Values that are there and planned ones."""
        return self.configuration.n_values + self.configuration.planned.n_values

    def refuse(self, reason: str, error: ElexError) -> None:
        """Tell of a file that cannot be read, or not to its end."""
        self.refused.append(error)
        line = error.line if isinstance(error, DamagedFileError) else 0
        self.configuration.rejections.add(line, reason, 0)


async def read_configuration(
    source: Source,
    catalogue: Catalogue,
    rules: Rules,
    kernels: Kernels,
    watch: Watch | None,
    room: Room | None = None,
) -> tuple[Configuration, ConfigurationReport]:
    """Return what a file holds and the report on it; what follows damage is told of, not read.

    Raises:
        ElexError: nothing of it can be taken; of a single file it is that file's own error.
        StoppedError: `watch` stopped it.
        MemoryBudgetError: what was read so far has no room.
    """
    began = time.perf_counter()
    reading = _Reading(source.name, rules, kernels, room)
    try:
        for part in parts(source):
            reading.n_parts += 1
            await _read_part(part, source, reading, watch)
    except DamagedFileError as damage:  # the archive itself
        reading.refuse(damage.problem, damage)
    tell(source, watch)
    if not reading.n_values and not reading.configuration.planned:
        raise _nothing(reading)
    return reading.configuration, _report(reading, catalogue, rules, began)


async def _read_part(part: Part, source: Source, reading: _Reading, watch: Watch | None) -> None:
    reader: Reader | None = None
    try:
        async for data in chunks(part, source, watch):
            if reader is None:
                reader = _reader(part.name, data, reading)
            reader.feed(data)
            reading.watched.note(len(data))
        if reader is None:
            raise recognise.empty(part.name)
        reader.close()
    except (StoppedError, MemoryBudgetError):
        raise
    except ElexError as error:
        if reader is not None:
            reader.break_off()
        is_named = error.problem.startswith(part.name)
        reading.refuse(error.problem if is_named else f"{part.name}: {error.problem}", error)


def _reader(name: str, head: bytes, reading: _Reading) -> Reader:
    found = recognise.recognise(head)
    recognise.require(found, "configuration", name)
    intake = reading.intake
    for format_, reader_of in _OF_TEXT.items():
        if found.format == format_:
            reading.formats[format_] = None
            return reader_of(intake, head)
    if found.format == "yang-json":
        reading.formats["yang-json"] = None
        return YangJsonReader(intake)
    if found.format == "netconf":
        reading.formats["netconf"] = None
        return NetconfReader(intake)
    reading.formats["bulk-cm"] = None
    return BulkCmReader(intake)


def _report(
    reading: _Reading, catalogue: Catalogue, rules: Rules, began: float
) -> ConfigurationReport:
    configuration, check = reading.configuration, reading.check
    findings = check.findings(catalogue)
    formats = list(reading.formats)
    return ConfigurationReport(
        objects=configuration.n_objects + configuration.planned.n_objects,
        values=reading.n_values,
        checked=check.n_checked,
        invalid=check.n_invalid,
        unknown=check.n_unknown,
        rejected=configuration.rejections.rejected(),
        findings=findings,
        seconds=time.perf_counter() - began,
        format=formats[0] if len(formats) == 1 else "several",
        vendor=configuration.vendor or None,
        planned=configuration.planned.message(rules),
        notes=list(configuration.notes),
    )


def _nothing(reading: _Reading) -> ElexError:
    name, rejections = reading.configuration.name, reading.configuration.rejections
    if len(reading.refused) == reading.n_parts == 1:
        refused = reading.refused[0]
        if not isinstance(refused, DamagedFileError):
            return refused
    if rejections:
        first = rejections.first
        problem = f"{name} gave no value: line {first.line}, {first.reason}"
        return SerializationError(problem, "Export or fetch the file again; nothing was loaded")
    problem = f"{name} holds no values"
    return SerializationError(problem, "Check that the export has objects with attributes")
