"""Reads measurement files into a store of its own; one bad file among many costs only its own values."""

import time
from collections.abc import Sequence

from elex_browser.errors import (
    ElexError,
    MemoryBudgetError,
    SerializationError,
    StoppedError,
)
from elex_browser.network.containers import parts
from elex_browser.network.measurements import Measurements, period_message
from elex_browser.network.readers import recognise
from elex_browser.network.readers.measurements.pm_xml import PmXmlReader
from elex_browser.network.readers.measurements.ves_json import VesJsonReader
from elex_browser.network.rejections import Reject, Rejections
from elex_browser.network.room import Room, Watched
from elex_browser.network.source import DamagedFileError, Part, Source, Watch, chunks, tell
from elex_browser.protocol import MeasurementReport

Reader = PmXmlReader | VesJsonReader


class _Reading:
    """The state of one load over all its files."""

    def __init__(self, name: str, room: Room | None) -> None:
        self.store = Measurements()
        self.watched = Watched(room, name, self.store.size_bytes)
        self.rejections = Rejections()
        self.refused: list[ElexError] = []
        self.n_files = self.n_parts = 0

    def refuse(self, name: str, error: ElexError) -> None:
        """Tell of a file that cannot be read, or not to its end."""
        self.refused.append(error)
        line = error.line if isinstance(error, DamagedFileError) else 0
        self.rejections.add(line, error.problem, 0, name)


async def read_measurements(
    sources: Sequence[Source], watch: Watch | None, room: Room | None = None
) -> tuple[Measurements, MeasurementReport]:
    """Return what the files hold and the report on them.

    Raises:
        ElexError: no file gave a value; of a single file it is that file's own error.
        StoppedError: `watch` stopped it.
        MemoryBudgetError: what was read so far has no room.
    """
    began = time.perf_counter()
    reading = _Reading(sources[0].name, room)
    total = sum(source.size for source in sources)
    done = 0
    for source in sources:
        before = done

        def watch_all(part_done: int, _: int, before: int = before) -> bool:
            return watch is None or watch(before + part_done, total)

        await _read_source(source, reading, watch_all)
        done += source.size
    store = reading.store
    if not store.n_values:
        raise _nothing(reading)
    spans = sorted(store.periods)
    report = MeasurementReport(
        files=reading.n_files,
        objects=len(store.dns),
        counters=len(store.counters),
        values=store.n_values,
        missing=store.n_missing,
        suspect=store.n_suspect,
        rejected=reading.rejections.of_files(),
        periods=[period_message(*span) for span in spans],
        alerts=[],
        seconds=time.perf_counter() - began,
    )
    return store, report


async def _read_source(source: Source, reading: _Reading, watch: Watch) -> None:
    try:
        for part in parts(source):
            reading.n_parts += 1
            await _read_part(part, source, reading, watch)
    except (StoppedError, MemoryBudgetError):
        raise
    except ElexError as error:  # the archive itself
        reading.n_parts += 1
        reading.refuse(source.name, error)
    tell(source, watch)


async def _read_part(part: Part, source: Source, reading: _Reading, watch: Watch) -> None:
    reader: Reader | None = None
    before = reading.store.n_values

    def reject(line: int, reason: str, count: int = 1) -> None:
        reading.rejections.add(line, reason, count, part.name)

    try:
        async for data in chunks(part, source, watch):
            if reader is None:
                reader = _reader(part.name, data, reading.store, reject)
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
        reading.refuse(part.name, error)
    if reading.store.n_values > before:
        reading.n_files += 1
        reading.store.files.append(part.name)


def _reader(name: str, head: bytes, store: Measurements, reject: Reject) -> Reader:
    found = recognise.recognise(head)
    recognise.require(found, "measurements", name)
    return (
        VesJsonReader(store, reject) if found.format == "ves-json" else PmXmlReader(store, reject)
    )


def _nothing(reading: _Reading) -> ElexError:
    if len(reading.refused) == reading.n_parts == 1:
        return reading.refused[0]
    told = f"{reading.n_parts} files gave" if reading.n_parts > 1 else "the file gave"
    reason = ""
    if reading.rejections:
        first = reading.rejections.first
        reason = f": {first.file}, line {first.line}, {first.reason}"
    elif reading.store.n_missing:
        reason = f": all {reading.store.n_missing} results are marked as not available"
    problem = f"{told} no value{reason}"
    return SerializationError(problem, "Check that the files hold measData with measValue elements")
