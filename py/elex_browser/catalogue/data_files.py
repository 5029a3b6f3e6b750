"""Reads the package's own data files: UTF-8 text, tab-separated with a header, or one JSON object a line."""

from collections.abc import Iterator
from importlib.resources import files

_PACKAGE = files("elex_browser")


def read_bytes(path: str) -> bytes:
    """The bytes of a data file, by its path below the package."""
    return _PACKAGE.joinpath(path).read_bytes()


def read_rows(path: str) -> Iterator[list[str]]:
    """The cells of every line after the header; all lines have as many cells as the header."""
    lines = read_bytes(path).decode().split("\n")
    for line in lines[1:]:
        if line:
            yield line.split("\t")


def read_pairs(path: str) -> dict[str, str]:
    """A file of two columns as a dict."""
    return {cells[0]: cells[1] for cells in read_rows(path)}
