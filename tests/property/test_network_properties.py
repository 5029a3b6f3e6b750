"""Whatever a file holds and however it arrives, each of its values is accounted for."""

import contextlib
import io
import itertools
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

from hypothesis import given
from hypothesis import strategies as st

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.network.checking import Check
from elex_browser.network.configuration import Configuration
from elex_browser.network.containers import parts
from elex_browser.network.intake import Intake
from elex_browser.network.measurements import Measurements
from elex_browser.network.readers.configurations.bulk_cm import BulkCmReader
from elex_browser.network.readers.configurations.cmedit import CmeditReader
from elex_browser.network.readers.configurations.csv_table import CsvReader
from elex_browser.network.readers.measurements.pm_xml import PmXmlReader
from elex_browser.network.reading import read_configuration
from elex_browser.network.rejections import Rejections
from elex_browser.network.rules import Rules
from elex_browser.network.source import DamagedFileError, Source
from tests.support import bulk_cm, pm_xml

T = TypeVar("T")
CATALOGUE, KERNELS = Catalogue.load(), ReferenceKernels()
RULES = Rules(CATALOGUE)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["posCellBearing", "posCellRadius", "userLabel", "cfraEnabled", "plmn"]),
    TEXT | st.lists(TEXT, min_size=1, max_size=3) | st.dictionaries(st.just("m"), TEXT, min_size=1),
    max_size=5,
)
OBJECTS = st.lists(
    st.tuples(
        st.sampled_from(["EutranCellArea", "NRCellDU", "Lane"]).flatmap(
            lambda name: st.integers(1, 5).map(lambda i: f"{name}={i}")
        ),
        ATTRIBUTES,
    ),
    max_size=6,
)
RESULTS = st.lists(
    st.sampled_from(["1", "0", "NIL", "", " ", "1,2", ",", "x", "1,,3", "-1.5", "1e3", "NaN"]),
    min_size=1,
    max_size=6,
)
CUTS = st.lists(st.integers(0, 4000), max_size=8)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """The same bytes in other pieces."""
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    return [data[a:b] for a, b in itertools.pairwise(edges)]


def held_by(objects: list[tuple[str, Any]]) -> int:
    """How many values objects hold: those of a list and of a struct count one by one."""
    values = [value for _, attributes in objects for value in attributes.values()]
    return sum(1 if isinstance(value, str) else len(value) for value in values)


def read(
    data: bytes, cuts: list[int], reader_of: type[Any] = BulkCmReader
) -> tuple[Configuration, Check]:
    configuration = Configuration("x")
    check = Check(RULES, KERNELS, configuration)
    head = () if reader_of is BulkCmReader else (data,)
    reader = reader_of(Intake(configuration, check), *head)
    for piece in pieces(data, cuts):
        reader.feed(piece)
    reader.close()
    check.flush()
    return configuration, check


def told(configuration: Configuration, check: Check) -> tuple[object, ...]:
    cells = {
        (mo_class, attribute): [(configuration.dn(c.object), c.text) for c in found]
        for mo_class in ("EutranCellArea", "NRCellDU", "Lane")
        for attribute in configuration.attributes(mo_class)
        if (found := list(configuration.settings(mo_class, attribute)))
    }
    counts = (configuration.n_objects, configuration.n_values, check.n_checked, check.n_invalid)
    return counts, cells, configuration.rejections.entries()


@given(OBJECTS, CUTS)
def test_every_value_of_a_configuration_is_accounted_for(
    objects: list[tuple[str, Any]], cuts: list[int]
) -> None:
    file = bulk_cm(objects)
    configuration, check = read(file, cuts)

    assert configuration.n_values + configuration.rejections.n_values == held_by(objects)
    assert check.n_checked + check.n_unknown == configuration.n_values
    assert told(configuration, check) == told(*read(file, []))


@given(OBJECTS, st.integers(0, 3000))
def test_damage_costs_only_what_follows(objects: list[tuple[str, Any]], length: int) -> None:
    file = bulk_cm(objects)
    configuration = Configuration("x")
    reader = BulkCmReader(Intake(configuration, Check(RULES, KERNELS, configuration)))
    with contextlib.suppress(DamagedFileError):
        reader.feed(file[:length])
        reader.close()
    n_whole_objects = file[:length].count(b"</xn:VsDataContainer>")
    told = configuration.n_values + configuration.rejections.n_values
    assert held_by(objects[:n_whole_objects]) <= told <= held_by(objects)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5), CUTS, st.sampled_from(";,|\t"))
def test_tables_read_the_same_in_any_pieces(
    rows: list[list[str]], cuts: list[int], separator: str
) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [["FDN", "posCellBearing", "userLabel"]]
    lines += [[f"ManagedElement=1,EutranCellArea={i}", *row] for i, row in enumerate(rows)]
    file = "".join(separator.join(map(quoted, line)) + "\r\n" for line in lines).encode()
    configuration, check = read(file, cuts, CsvReader)

    held = sum(bool(cell.strip()) for row in rows for cell in row)
    assert configuration.n_values == held
    assert not configuration.rejections
    assert told(configuration, check) == told(*read(file, [], CsvReader))


NESTED = st.recursive(
    st.text("ab1 .-", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3).map(
            lambda members: "{" + ", ".join(f"{k}={v}" for k, v in members.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(st.lists(NESTED, max_size=5), CUTS)
def test_text_of_cmedit_reads_the_same_in_any_pieces(values: list[str], cuts: list[int]) -> None:
    lines = [f"a{i} : {value}\n" for i, value in enumerate(values)]
    file = "".join(["get *\n", "FDN : ManagedElement=1,Lane=1\n", *lines, "\n1 instance(s)\n"])
    configuration, check = read(file.encode(), cuts, CmeditReader)

    assert not configuration.rejections
    assert configuration.n_values >= len(values)
    assert told(configuration, check) == told(*read(file.encode(), [], CmeditReader))


@given(st.lists(RESULTS, min_size=1, max_size=4), CUTS, st.booleans())
def test_every_result_of_a_measurement_file_is_accounted_for(
    blocks: list[list[str]], cuts: list[int], is_suspect: bool
) -> None:
    names = [[f"c{i}x{j}" for j in range(len(block))] for i, block in enumerate(blocks)]
    suspects = ["NRCellDU=1"] if is_suspect else []
    content = [(n, {"NRCellDU=1": b}) for n, b in zip(names, blocks, strict=True)]
    store, rejections = Measurements(), Rejections()
    reader = PmXmlReader(store, rejections.add)

    for piece in pieces(pm_xml(content, suspect=suspects), cuts):
        reader.feed(piece)
    reader.close()

    held = sum(len(block) for block in blocks)
    assert store.n_values + store.n_missing + rejections.n_values == held
    assert store.n_suspect == (store.n_values if is_suspect else 0)


DAMAGED = st.tuples(OBJECTS.map(bulk_cm), st.integers(0, 3000), st.binary(max_size=3)).map(
    lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] :]
)


@given(st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail) | st.binary() | DAMAGED)
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    source = Source("x", io.BytesIO(data), len(data))
    outcome = outcome_of(read_configuration(source, CATALOGUE, RULES, KERNELS, None))
    if isinstance(outcome, ElexError):
        assert outcome.problem
        assert outcome.fix
    else:
        _, report = outcome
        assert report.values > 0 or report.rejected


def outcome_of(reading: Coroutine[Any, Any, T]) -> T | ElexError:
    """What a reading returns or how it is refused; without an event loop, it waits only for its turn."""
    try:
        while True:
            reading.send(None)
    except StopIteration as end:
        return cast(T, end.value)
    except ElexError as refused:
        return refused


def test_a_plain_file_is_its_only_part() -> None:
    assert [part.name for part in parts(Source.of(b"abc", "x"))] == ["x"]
