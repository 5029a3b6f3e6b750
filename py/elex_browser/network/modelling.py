"""Reads model files into a model of their own; one bad file among many costs only what it says."""

import time
from pathlib import PurePath

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import (
    ElexError,
    MemoryBudgetError,
    SerializationError,
    StoppedError,
)
from elex_browser.network.containers import parts
from elex_browser.network.model import Model
from elex_browser.network.readers import recognise
from elex_browser.network.readers.models.model_json import ModelJsonReader
from elex_browser.network.readers.models.model_table import ModelTableReader
from elex_browser.network.readers.models.mom_xml import MomXmlReader
from elex_browser.network.readers.models.raw_model import RawModel
from elex_browser.network.readers.models.yang import YangModules, YangReader
from elex_browser.network.rejections import Rejections
from elex_browser.network.source import DamagedFileError, Part, Source, Watch, chunks, tell
from elex_browser.protocol import ModelFact, ModelFormat, ModelReport

MAX_FILLED = 10_000
Reader = MomXmlReader | YangReader | ModelTableReader | ModelJsonReader


class _Reading:
    """The state of one load over all the files of its source."""

    def __init__(self) -> None:
        self.raw = RawModel()
        self.rejections = Rejections()
        self.modules = YangModules(self.raw, self.rejections.add)
        self.formats: dict[ModelFormat, None] = {}
        self.refused: list[ElexError] = []
        self.n_parts = 0

    def reader(self, name: str, head: bytes) -> Reader:
        """Return what reads a file that begins so."""
        found = recognise.recognise(head)
        recognise.require(found, "model", name)
        reject = self.rejections.add
        match found.format:
            case "yang":
                self.formats["yang"] = None
                return YangReader(self.modules, head)
            case "model-csv":
                self.formats["model-csv"] = None
                return ModelTableReader(self.raw, reject, head)
            case "model-json":
                self.formats["model-json"] = None
                return ModelJsonReader(self.raw, reject)
        self.formats["mom-xml"] = None
        return MomXmlReader(self.raw, reject)


async def read_model(
    source: Source, catalogue: Catalogue, watch: Watch | None
) -> tuple[Model, ModelReport]:
    """Return what the files of a source say, and the report on it.

    Raises:
        ElexError: nothing is said of any attribute; of a single file it is that file's own error.
        StoppedError: `watch` stopped it.
    """
    began = time.perf_counter()
    reading = _Reading()
    try:
        for part in parts(source):
            reading.n_parts += 1
            await _read_part(part, source, reading, watch)
    except DamagedFileError as damage:  # the archive itself
        reading.refused.append(damage)
        reading.rejections.add(damage.line, damage.problem, 0)
    tell(source, watch)
    reading.modules.finish()
    model = Model(reading.raw.name or PurePath(source.name).stem, reading.raw.version)
    reading.raw.fill(model)
    if not len(model):
        raise _nothing(source.name, reading)
    return model, _report(model, catalogue, reading, began)


async def _read_part(part: Part, source: Source, reading: _Reading, watch: Watch | None) -> None:
    reader: Reader | None = None
    try:
        async for data in chunks(part, source, watch):
            if reader is None:
                reader = reading.reader(part.name, data)
            reader.feed(data)
        if reader is None:
            raise recognise.empty(part.name)
        reader.close()
    except (StoppedError, MemoryBudgetError):
        raise
    except ElexError as error:
        if reader is not None:
            reader.break_off()
        reading.refused.append(error)
        line = error.line if isinstance(error, DamagedFileError) else 0
        reading.rejections.add(line, f"{part.name}: {error.problem}", 0)


def _report(model: Model, catalogue: Catalogue, reading: _Reading, began: float) -> ModelReport:
    filled = model.fills(catalogue)
    said = [each.facts for each in model]
    formats = list(reading.formats)

    def count(fact: ModelFact) -> int:
        return sum(fact in facts for facts in said)

    return ModelReport(
        name=model.name,
        format=formats[0] if len(formats) == 1 else "several",
        version=model.version,
        classes=model.n_classes,
        attributes=len(model),
        types=count("type"),
        ranges=count("range"),
        defaults=count("default"),
        units=count("unit"),
        enumerations=count("values"),
        texts=count("text"),
        filled_attributes=len(filled),
        filled=filled[:MAX_FILLED],
        rejected=reading.rejections.rejected(),
        seconds=time.perf_counter() - began,
    )


def _nothing(name: str, reading: _Reading) -> ElexError:
    if len(reading.refused) == reading.n_parts == 1:
        return reading.refused[0]
    reason = f": {reading.rejections.first.reason}" if reading.rejections else ""
    problem = f"{name} says nothing of any attribute{reason}"
    return SerializationError(problem, "Check that it is a model with classes and attributes")
