"""Files of every format at random, sound and damaged: nothing is lost without a word, and nothing hangs.

A seed makes its file, so a failure names what to look at. More are tried where ELEX_FILES says how many.
"""

import gzip
import io
import os
import random
import sys
import tarfile
import time
import zipfile
from collections.abc import Coroutine
from typing import Any, cast

import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.network.measuring import read_measurements
from elex_browser.network.modelling import read_model
from elex_browser.network.reading import read_configuration
from elex_browser.network.rules import Rules
from elex_browser.network.source import Source
from elex_browser.protocol import ConfigurationReport, MeasurementReport, ModelReport
from tests.data.generated import configurations, held, measurements, models
from tests.data.generated.mutations import mutated

CATALOGUE, KERNELS = Catalogue.load(), ReferenceKernels()
RULES = Rules(CATALOGUE)
# Inside Pyodide everything takes several times as long.
N_FILES = int(os.environ.get("ELEX_FILES", "20" if sys.platform == "emscripten" else "100"))
N_SOUND = max(N_FILES // 5, 10)
MAX_S = 10.0
ALL = configurations.WRITERS | measurements.WRITERS | models.WRITERS
Report = ConfigurationReport | MeasurementReport | ModelReport
LEAST = {
    "pm-xml": held.pm_xml,
    "mdc": held.pm_xml,
    "ves-json": held.ves_json,
    "bulk-cm": held.bulk_cm,
    "netconf": held.netconf,
    "yang-json": held.yang_json,
    "cmedit": held.listing,
    "enm-import": held.listing,
}


def read(data: bytes, name: str) -> Report | ElexError:
    """Load a file as its kind, or return how it is refused."""
    source = Source.of(data, "file")
    reading: Coroutine[Any, Any, tuple[object, Report]]
    if name in configurations.WRITERS:
        reading = read_configuration(source, CATALOGUE, RULES, KERNELS, None)
    elif name in measurements.WRITERS:
        reading = read_measurements([source], None)
    else:
        reading = read_model(source, CATALOGUE, None)
    try:
        while True:  # without an event loop, which Pyodide has one of already
            reading.send(None)
    except StopIteration as end:
        return cast(Report, end.value[1])
    except ElexError as refused:
        return refused


def n_told(report: Report) -> int:
    """What became of a file's values, in all."""
    rejected = sum(each.count for each in report.rejected)
    if isinstance(report, ModelReport):
        return report.attributes + rejected
    missing = report.missing if isinstance(report, MeasurementReport) else 0
    return report.values + missing + rejected


@pytest.mark.parametrize("name", ALL)
def test_every_value_of_a_sound_file_is_accounted_for(name: str) -> None:
    for seed in range(N_SOUND):
        made = ALL[name](random.Random(seed))
        outcome = read(made.data, name)
        if isinstance(outcome, ElexError):
            # Only measurements may hold nothing but what is missing or cannot be read.
            assert name in measurements.WRITERS, (seed, outcome)
            assert "no value" in outcome.problem, (seed, outcome)
        else:
            assert n_told(outcome) == made.n_held, seed


@pytest.mark.parametrize("name", ALL)
def test_a_damaged_file_is_read_or_refused_and_nothing_hangs(name: str) -> None:
    for seed in range(N_FILES):
        rng = random.Random(seed)
        data = mutated(ALL[name](rng).data, rng)
        began = time.perf_counter()
        outcome = read(data, name)
        assert time.perf_counter() - began < MAX_S, seed
        if isinstance(outcome, ElexError):
            assert outcome.problem, seed
            assert outcome.fix, seed


@pytest.mark.parametrize("name", LEAST)
def test_a_damaged_file_loses_nothing_without_a_word(name: str) -> None:
    for seed in range(N_FILES):
        rng = random.Random(seed)
        data = mutated(ALL[name](rng).data, rng)
        least, outcome = LEAST[name](data), read(data, name)
        if least is not None and not isinstance(outcome, ElexError):
            is_told = any(not each.count for each in outcome.rejected)
            assert is_told or n_told(outcome) >= least, (seed, least, outcome)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_damaged_table_loses_no_record_without_a_word(separator: str) -> None:
    for seed in range(N_FILES):
        rng = random.Random(seed)
        lines = [f"FDN{separator}posCellBearing{separator}userLabel"]
        lines += [
            f'"ManagedElement=1,Cell={i}"{separator}{rng.randint(0, 99)}{separator}"a ""b"'
            for i in range(9)
        ]
        head, *body = lines
        data = f"{head}\n".encode() + mutated("\n".join(body).encode(), rng)
        least, outcome = held.table(data, separator), read(data, "csv, wide")
        if least is not None and b"\0" not in data and not isinstance(outcome, ElexError):
            assert n_told(outcome) >= least, (seed, data)


@pytest.mark.parametrize("kind", ["zip", "tar", "gzip", "tar.gz"])
def test_a_damaged_archive_is_read_or_refused(kind: str) -> None:
    for seed in range(N_FILES):
        rng = random.Random(seed)
        files = {f"{i}.xml": configurations.bulk_cm(rng).data for i in range(3)}
        outcome = read(mutated(packed(files, kind), rng), "bulk-cm")
        if isinstance(outcome, ElexError):
            assert outcome.fix, seed


def packed(files: dict[str, bytes], kind: str) -> bytes:
    """Some files in an archive."""
    written = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    elif kind == "gzip":
        written.write(gzip.compress(files["0.xml"]))
    else:
        with tarfile.open(fileobj=written, mode="w:gz" if kind == "tar.gz" else "w") as tar:
            for name, data in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
    return written.getvalue()
