"""Reads measurement files into a store of its own; one bad file among many costs only its own values."""

import time
from collections.abc import Sequence

from elex_browser.errors import ElexError, SerializationError, StoppedError, ValidationError
from elex_browser.network.measurements import Measurements, period_message
from elex_browser.network.readers import recognise
from elex_browser.network.readers.pm_xml import PmXmlReader
from elex_browser.network.source import (
    DamagedFileError,
    Part,
    Source,
    Watch,
    chunks,
    parts,
    tell,
)
from elex_browser.protocol import FileRejected, MeasurementReport

MAX_REJECTED = 10_000


class _Reading:
    """The state of one load over all its files."""

    def __init__(self) -> None:
        self.store = Measurements()
        self.rejected: list[FileRejected] = []
        self.refused: list[ElexError] = []
        self.n_files = 0

    def reject(self, file: str, line: int, reason: str) -> None:
        if len(self.rejected) >= MAX_REJECTED:
            first = self.rejected[0]
            raise ValidationError(
                f"more than {MAX_REJECTED} results cannot be read, the first in {first.file}, "
                f"line {first.line}: {first.reason}",
                "Check that these are the files you meant; nothing of them was loaded",
            )
        self.rejected.append(FileRejected(file=file, line=line, reason=reason))


async def read_measurements(
    sources: Sequence[Source], watch: Watch | None
) -> tuple[Measurements, MeasurementReport]:
    """Return what the files hold and the report on them.

    Raises:
        ElexError: no file gave a value; of a single file it is that file's own error.
        StoppedError: `watch` stopped it.
    """
    began = time.perf_counter()
    reading = _Reading()
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
        raise _nothing(reading, len(sources))
    spans = sorted(store.periods)
    report = MeasurementReport(
        files=reading.n_files,
        objects=len(store.dns),
        counters=len(store.counters),
        values=store.n_values,
        missing=store.n_missing,
        suspect=store.n_suspect,
        rejected=reading.rejected,
        periods=[period_message(*span) for span in spans],
        alerts=[],
        seconds=time.perf_counter() - began,
    )
    return store, report


async def _read_source(source: Source, reading: _Reading, watch: Watch) -> None:
    try:
        for part in parts(source):
            await _read_part(part, source, reading, watch)
    except StoppedError:
        raise
    except ElexError as error:  # the zip itself
        reading.refused.append(error)
        reading.reject(source.name, 0, error.problem)
    tell(source, watch)


async def _read_part(part: Part, source: Source, reading: _Reading, watch: Watch) -> None:
    reader: PmXmlReader | None = None
    before = reading.store.n_values

    def reject(line: int, reason: str) -> None:
        reading.reject(part.name, line, reason)

    try:
        async for data in chunks(part, source, watch):
            if reader is None:
                found = recognise.recognise(data)
                recognise.require(found, ("pm-xml",), part.name, recognise.MEASUREMENTS)
                reader = PmXmlReader(reading.store, reject)
            reader.feed(data)
        if reader is not None:
            reader.close()
    except StoppedError:
        raise
    except ElexError as error:
        if isinstance(error, ValidationError):
            raise
        reading.refused.append(error)
        line = error.line if isinstance(error, DamagedFileError) else 0
        reading.reject(part.name, line, error.problem)
    if reading.store.n_values > before:
        reading.n_files += 1
        reading.store.files.append(part.name)


def _nothing(reading: _Reading, n_sources: int) -> ElexError:
    if len(reading.refused) == 1 and n_sources == 1:
        return reading.refused[0]
    told = f"{n_sources} files gave" if n_sources > 1 else "the file gave"
    reason = ""
    if reading.rejected:
        first = reading.rejected[0]
        reason = f": {first.file}, line {first.line}, {first.reason}"
    elif reading.store.n_missing:
        reason = f": all {reading.store.n_missing} results are marked as not available"
    problem = f"{told} no value{reason}"
    return SerializationError(problem, "Check that the files hold measData with measValue elements")
