"""What files are by their content, how they are packed and encoded, and that none takes others with it."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from elex_browser.errors import ElexError, MemoryBudgetError
from elex_browser.network.readers.recognise import recognise
from elex_browser.network.reading import read_configuration
from elex_browser.network.rejections import MAX_ENTRIES, Rejections
from elex_browser.network.source import Source
from tests.support import bulk_cm, pm_xml
from tests.unit.network.loading import (
    CATALOGUE,
    KERNELS,
    RULES,
    configuration,
    finished,
    measurements,
    refusal,
)

ONE = bulk_cm([("Lane=1", {"a": "1"})])
PM = pm_xml([(["a"], {"Cell=1": ["1"]})])


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def tarred(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name.replace("_", "."))
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def packed_tar(**files: bytes) -> bytes:
    return gzip.compress(tarred(**files))


@pytest.mark.parametrize("pack", [zipped, tarred, packed_tar])
def test_a_file_of_another_kind_is_rejected_by_name_and_the_rest_read(
    pack: Callable[..., bytes],
) -> None:
    inner = zipped(a=ONE)
    _, report = configuration(
        pack(readme_txt=b"hello", n1_xml=ONE, n2_gz=gzip.compress(ONE), z_zip=inner)
    )

    assert report.values == 2
    assert [(each.reason, each.count) for each in report.rejected] == [
        ("readme.txt is text", 0),
        ("z.zip in file is an archive within an archive", 0),
    ]


def test_an_archive_of_nothing_readable_is_an_error() -> None:
    assert "readme.txt" in refusal(zipped(readme_txt=b"hello", other_txt=b"x")).problem


def test_a_damaged_file_in_an_archive_costs_only_itself() -> None:
    whole = zipped(a=ONE, b=ONE, c=ONE)
    begin = zipfile.ZipFile(io.BytesIO(whole)).getinfo("b").header_offset + 31
    _, report = configuration(whole[:begin] + b"\0" * 8 + whole[begin + 8 :])

    assert report.values == 2
    assert [each.reason[:12] for each in report.rejected] == ["b is damaged"]


def test_an_entry_that_is_packed_in_another_way_is_told() -> None:
    pytest.importorskip("bz2")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", ONE)
        archive.writestr("b", ONE, zipfile.ZIP_BZIP2)
    _, report = configuration(packed.getvalue())

    assert (report.values, "method" in report.rejected[0].reason) == (1, True)


def test_what_comes_before_the_damage_of_a_packed_file_is_kept() -> None:
    packed = gzip.compress(ONE + b" " * 10 + bytes(range(32, 127)) * 20)
    _, report = configuration(packed[:-30])

    assert report.values == 1


@pytest.mark.parametrize(
    "encoding",
    ["GB2312", "GBK", "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "UTF-7", "UTF-32", "UTF-16",
     "ISO-8859-15", "windows-1251", "KOI8-R", "cp037x"],
)  # fmt: skip
def test_conformant_encodings_are_read_or_refused(encoding: str) -> None:
    text = ONE.decode().replace("UTF-8", encoding)
    try:
        data = text.encode(encoding)
    except LookupError:
        data = text.encode()

    if encoding == "cp037x":
        assert refusal(data).code == "UNSUPPORTED"
    else:
        assert configuration(data)[1].values == 1


@pytest.mark.parametrize(
    "encoding", ["base64", "rot13", "zlib", "idna", "unicode_escape", "undefined"]
)
def test_what_is_no_encoding_of_text_is_refused(encoding: str) -> None:
    refused = refusal(ONE.replace(b"UTF-8", encoding.encode()))

    assert (refused.code, encoding in refused.problem) == ("UNSUPPORTED", True)


def test_bytes_that_are_not_as_declared_are_told() -> None:
    damaged = ONE.replace(b"UTF-8", b"GB2312").replace(b'id="1"', b'id="\xff\xff"')

    assert "not as declared" in refusal(damaged).problem


@pytest.mark.parametrize(
    "bad", [b'<?xml version="1.0" encoding="nonsense"?><measCollecFile/>', b"\0\1", b"", ONE]
)
def test_one_file_of_a_batch_never_takes_the_others_with_it(bad: bytes) -> None:
    _, report = measurements(PM, bad, PM.replace(b"10:15", b"10:30"))

    assert (report.files, report.values) == (2, 2)
    assert [each.file for each in report.rejected] == ["file1"]


def test_many_rejected_values_do_not_refuse_the_file() -> None:
    many = pm_xml([(["a"], {f"Cell={i}": ["x"] for i in range(MAX_ENTRIES + 5)})])
    _, report = measurements(PM, many)

    assert report.values == 1
    assert (len(report.rejected), sum(each.count for each in report.rejected)) == (
        MAX_ENTRIES + 1,
        MAX_ENTRIES + 5,
    )


def test_rejections_stand_for_values_one_by_one() -> None:
    rejections = Rejections()
    rejections.add(1, "three", 3)
    rejections.add(2, "a place", 0)

    assert [(each.line, each.count) for each in rejections.rejected()] == [(1, 1)] * 3 + [(2, 0)]
    assert rejections.n_values == 3


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (zipped(x_y=b"").replace(b"x.y", b"xl/"), "workbook"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml..word/document.xml", "docx"),
        (b"\xd0\xcf\x11\xe0", "office"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"BZh91AY", "bzip2"),
        (b"<OMeS/>", "Nokia"),
        (b'<raml version="2.0"/>', "Nokia"),
        (b'//**** MML ****\nSET BSCBASIC:AREACODE="1";\n', "Huawei"),
        (b"cmedit set A=1 b=2\n", "cmedit commands"),
        (b"<kml/>", "map"),
        (b'<schema xmlns="x"/>', "schema"),
        (b"hello", "text"),
        (b"", "empty"),
    ],
)
def test_what_is_not_read_is_named(head: bytes, told: str) -> None:
    found = recognise(head)

    assert (found.format, found.purpose) == (None, None)
    assert told in found.kind.told


@pytest.mark.parametrize(
    ("text", "found", "purpose"),
    [
        ("<?xml version='1.0'?><!-- <x> --><bulkCmConfigDataFile>", "bulk-cm", "configuration"),
        ("<x:measCollecFile xmlns:x='y'>", "pm-xml", "measurements"),
        ("<mdc>", "pm-xml", "measurements"),
        ('  <NRCellDU xmlns="urn:3gpp:sa5:x">', "netconf", "configuration"),
        ('{"event":{"perf3gppFields":{}}}', "ves-json", "measurements"),
        ('{"m:ManagedElement":[]}', "yang-json", "configuration"),
        ('[{"class":"A","attribute":"b","type":"int32"}]', "model-json", "model"),
        ('{"classes":{"A":{"attributes":{}}}}', "model-json", "model"),
        ("get *\nFDN : A=1\nb : 1\n", "cmedit", "configuration"),
        ("SET\nFDN : A=1\nb : 1\n", "enm-import", "configuration"),
        ("NodeId\tAId\tb\n", "cmedit-table", "configuration"),
        ("NodeId\tFDN\tb\n", "csv", "configuration"),
        ("N1> get x\n", "moshell", "configuration"),
        ("=" * 30 + "\n 1 A=1\n", "moshell", "configuration"),
        ("FDN;b\n", "csv", "configuration"),
        ("moClass;attribute;min;max\n", "model-csv", "model"),
        ("/* x */ module m {\n", "yang", "model"),
        ("<models>", "mom-xml", "model"),
    ],
)
def test_what_is_read_is_told_by_its_content(text: str, found: str, purpose: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        recognised = recognise(text.encode(encoding))
        assert (recognised.format, recognised.purpose) == (found, purpose)


def test_a_file_of_another_purpose_says_how_it_is_loaded() -> None:
    refused = refusal(b"module m {\n}")

    assert "loadModel" in refused.fix
    with pytest.raises(ElexError, match="loadConfiguration"):
        measurements(ONE)


def test_a_file_that_does_not_fit_is_refused_before_all_of_it_was_read() -> None:
    objects = [(f"Lane={i}", {"a": str(i), "b": "x" * 60}) for i in range(60_000)]
    file = bulk_cm(objects)
    seen: list[int] = []

    def watch(done: int, total: int) -> bool:
        seen.append(done)
        return True

    with pytest.raises(MemoryBudgetError):
        finished(
            read_configuration(
                Source.of(file, "big"), CATALOGUE, RULES, KERNELS, watch, lambda: 1000
            )
        )
    assert max(seen, default=0) < len(file) * 0.9
