"""CSV reads back as it was, and no cell of it is a formula to a spreadsheet."""

import csv
import io

import pytest

from elex_browser.text.csv_text import csv_cell, csv_text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+cmd", "-1+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
        "＝1", "＋1", "－1", "＠x", "--1", "-", "=",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_cell(text), newline=""))

    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", ["-5", "+5", "-1.5e-3", "-0,5", "12", "", "a=b", "a-b", "Älvsjö"])
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert csv_cell(text) == text if "," not in text else csv_cell(text) == f'"{text}"'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_separator_cuts_a_formula_out_of_a_cell(separator: str) -> None:
    written = csv_cell(f"x{separator}=1")

    assert list(csv.reader(io.StringIO(written), delimiter=separator)) == [[f"x{separator}=1"]]


def test_a_table_reads_back_as_it_was() -> None:
    rows = [["a,b", 'say "hi"', "two\nlines"], ["", 1.5, None]]

    found = list(csv.reader(io.StringIO(csv_text(["x", "y", "z"], rows), newline="")))

    assert found == [["x", "y", "z"], ["a,b", 'say "hi"', "two\nlines"], ["", "1.5", ""]]
