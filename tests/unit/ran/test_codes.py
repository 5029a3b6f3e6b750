"""FAJ and CXC codes in the spellings that people and documents use."""

import pytest

from elex_browser.errors import ValidationError
from elex_browser.ran.codes import FoundCode, find_codes, parse_cxc, parse_faj

SPELLINGS = [
    "FAJ 121 3094",
    "FAJ1213094",
    "faj 121-3094",
    "Faj_121_3094",
    "FAJ121 3094",
    "FAJ: 121 3094",
    "FAJ\u00a0121\u00a03094",
    "FAJ 121\u20113094",
    "121 3094",
    "121-3094",
    "1213094",
    "FAJ 121 3094/1",
    "FAJ 121 3094/R2A",
    "  FAJ 121 3094 ",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_faj_is_understood_in_every_spelling(text: str) -> None:
    assert parse_faj(text) == "FAJ 121 3094"


@pytest.mark.parametrize(
    "text", ["CXC4011808", "cxc 401 1808", "CXC 4011808", "CXC_401-1808", "CXC4011808/2"]
)
def test_cxc_is_understood_in_every_spelling(text: str) -> None:
    assert parse_cxc(text) == "CXC4011808"


@pytest.mark.parametrize(
    "text", ["", "3094", "FAJ", "FAJ 121 30945", "FAJ 121 30", "MIMO", "CXC4011808", "٣٠٩٤"]
)
def test_what_is_no_faj_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_faj(text)
    assert "FAJ 121 3094" in caught.value.fix


def test_four_digits_are_a_faj_only_when_asked_for() -> None:
    assert parse_faj("3094", short=True) == "FAJ 121 3094"
    assert find_codes("timer of 3094 ms") == []


def test_a_faj_is_no_cxc() -> None:
    with pytest.raises(ValidationError):
        parse_cxc("FAJ 121 3094")


def test_other_product_groups_need_the_letters() -> None:
    assert parse_faj("FAJ 123 138") == "FAJ 123 138"
    assert find_codes("123 138 and 801 4002") == []


def test_all_codes_of_a_text_are_found_in_order() -> None:
    text = "Is faj1213094/1 (CXC 401 1808) better than 121-4390?"
    assert find_codes(text) == [
        FoundCode("faj", "FAJ 121 3094", 3, 15),
        FoundCode("cxc", "CXC4011808", 17, 29),
        FoundCode("faj", "FAJ 121 4390", 43, 51),
    ]


@pytest.mark.parametrize(
    "text", ["x1213094", "12134 3094", "1.121 3094", "121 30941", "+46 8 1213094555"]
)
def test_parts_of_longer_numbers_are_no_codes(text: str) -> None:
    assert find_codes(text) == []
