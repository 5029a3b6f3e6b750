"""Whatever surrounds a code, it is found and reads back the same; nothing else raises."""

from hypothesis import given
from hypothesis import strategies as st

from elex_browser.ran.codes import faj, find_codes, parse_cxc, parse_faj

NUMBERS = st.integers(0, 9999).map("{:04d}".format)
GAPS = st.sampled_from(["", " ", "-", "_", "\u00a0", "\u2013"])
SUFFIXES = st.sampled_from(["", "/1", "/12", "/R3B"])
AROUND = st.text(
    st.characters(blacklist_categories=["Nd", "Lu", "Ll"], blacklist_characters="./"), max_size=20
)


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A number and one way of writing its code."""
    number = draw(NUMBERS)
    text = f"FAJ{draw(GAPS)}121{draw(GAPS)}{number}{draw(SUFFIXES)}"
    return number, draw(st.sampled_from([text, text.lower(), text.title()]))


@given(spellings())
def test_every_spelling_reads_as_the_same_code(spelling: tuple[str, str]) -> None:
    number, text = spelling
    assert parse_faj(text) == faj(number)
    assert parse_faj(parse_faj(text)) == faj(number)


@given(AROUND, spellings(), AROUND)
def test_a_code_is_found_inside_any_text(
    before: str, spelling: tuple[str, str], after: str
) -> None:
    number, text = spelling
    found = find_codes(f"{before} {text} {after}")
    assert [f.code for f in found] == [faj(number)]


PIECES = st.sampled_from(
    ["FAJ", "faj", "CXC", "121", "401", "3094", "1213094", "/", "R2A", "-", " "]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_what_is_found_in_any_text_stands_there(text: str) -> None:
    end = 0
    for found in find_codes(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        parse = parse_faj if found.kind == "faj" else parse_cxc
        assert parse(text[found.start : found.end]) == found.code
