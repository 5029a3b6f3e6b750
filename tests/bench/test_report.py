"""The table of the benchmarks: a ratio for every contender, a document that keeps what was not measured."""

from pathlib import Path

import pytest

from tests.bench import report

ALONE = {"operation": "sum alone", "n": 8, "ours_ms": 1e-5, "against": {"loop": 4e-5}}
ROW = {"operation": "sum", "n": 1000, "ours_ms": 0.02, "against": {"numpy": 0.03}, "bytes": 5e5}


def test_each_contender_has_its_ratio_and_no_column_is_empty() -> None:
    assert report.table([ALONE]).splitlines() == [
        "| operation | n | ours (simd) | against |",
        "| --- | --- | --- | --- |",
        "| sum alone | 8 | 10 ns | loop 40 ns (×4.0) |",
    ]
    assert report.table([ALONE, ROW]).splitlines()[2:] == [
        "| sum alone | 8 | 10 ns | loop 40 ns (×4.0) |  |",
        "| sum | 1,000 | 20 µs | numpy 30 µs (×1.5) | 0.50 MB |",
    ]


def test_a_table_without_new_rows_stays_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "performance.md"
    names = ("rows", "alone", "sizes")
    document.write_text("".join(f"<!-- bench:{n} -->\nold\n<!-- /bench:{n} -->\n" for n in names))
    monkeypatch.setattr(report, "DOCUMENT", document)
    monkeypatch.setattr(report, "sizes", lambda: "new sizes")
    report.write([{**ALONE, "table": "alone"}], None, into_document=True)
    rows, alone, sizes = document.read_text().split("<!-- /bench:")[:3]
    assert rows.endswith("old\n")
    assert "sum alone" in alone
    assert sizes.endswith("new sizes\n")
