"""The one builder of an answer's sections: tables whose columns say what they hold, and lists of pairs."""

from collections.abc import Iterable, Sequence

from elex_browser.protocol import AnswerSection, Column, ColumnKind, SectionKind, SectionRow

CATALOGUE = "Feature catalogue"
KNOWLEDGE = "General radio knowledge"

Cell = str | int | float | None
"""What a cell holds; None is not known."""


def row(*cells: Cell, faj: str | None = None) -> SectionRow:
    """Return a row; `faj` is the feature that it leads to."""
    return SectionRow(cells=list(cells), faj_code=faj)


def table(
    kind: SectionKind,
    title: str,
    columns: Sequence[tuple[str, ColumnKind]],
    rows: Iterable[SectionRow],
    *,
    source: str,
    text: str = "",
    faj: str | None = None,
) -> AnswerSection:
    """Return a section with a table; without rows it has no columns either."""
    filled = list(rows)
    named = [Column(title=name, kind=of) for name, of in columns] if filled else []
    return AnswerSection(
        kind=kind,
        title=title,
        source=source,
        faj_code=faj,
        text=text,
        columns=named,
        rows=filled,
    )


def pairs(
    kind: SectionKind,
    title: str,
    items: Iterable[tuple[str, Cell]],
    *,
    source: str,
    text: str = "",
    faj: str | None = None,
) -> AnswerSection:
    """Return a section of names with their values; `faj` is the feature that each leads to."""
    made = table(
        kind,
        title,
        (("", "text"), ("", "text")),
        [row(name, value, faj=faj) for name, value in items],
        source=source,
        text=text,
    )
    made.form = "pairs"
    return made
