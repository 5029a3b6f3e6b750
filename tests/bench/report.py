"""The rows as a table: on the terminal, as JSON and in docs/performance.md between its markers."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from building.layout import DIST, ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench:{} -->", "<!-- /bench:{} -->"
HEAD = ("operation", "n", "ours (simd)", "against", "recall@10", "memory")


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table; each contender with its ratio to ours, no column empty."""
    cells = [_cells(row) for row in rows]
    kept = [i for i in range(len(HEAD)) if any(line[i] for line in cells)]
    lines = [HEAD, ["---"] * len(HEAD), *cells]
    return "\n".join(_line(line[i] for i in kept) for line in lines)


def sizes() -> str:
    """Return the sizes of the two modules as a Markdown table."""
    lines = [_line(("file", "bytes", "gzip")), _line(["---"] * 3)]
    for build in ("simd", "scalar"):
        for name in ("elex_kernels_bg.wasm", "in_place.wasm", "elex_kernels.js"):
            data = (DIST / "wasm" / build / name).read_bytes()
            packed = len(gzip.compress(data, 9))
            lines.append(_line((f"wasm/{build}/{name}", f"{len(data):,}", f"{packed:,}")))
    return "\n".join(lines)


def write(rows: list[dict[str, Any]], json_file: Path | None, *, into_document: bool) -> None:
    """Write the rows where they are wanted."""
    if json_file:
        json_file.write_text(json.dumps(rows, indent=1) + "\n")
    if into_document:
        text = DOCUMENT.read_text()
        for name, content in (*tables(rows), ("sizes", sizes())):
            begin, end = BEGIN.format(name), END.format(name)
            before, _, rest = text.partition(begin)
            _, _, after = rest.partition(end)
            text = f"{before}{begin}\n{content}\n{end}{after}"
        DOCUMENT.write_text(text)


def tables(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each table of the document that there are rows for, with its name."""
    for name in ("alone", "rows"):
        own = [row for row in rows if row.get("table", "rows") == name]
        if own:
            yield name, table(own)


def _line(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    ours = row["ours_ms"]
    recalls = row.get("recalls", {})
    against = [
        f"{name} {_time(ms)} (×{ms / ours:.1f})"
        + (f", recall {recalls[name]:.3f}" if name in recalls else "")
        for name, ms in row["against"].items()
    ]
    against += [f"{name} {note}" for name, note in row.get("notes", {}).items()]
    recall = f"{row['recall']:.3f}" if "recall" in row else ""
    memory = f"{row['bytes'] / 1e6:.2f} MB" if "bytes" in row else ""
    return row["operation"], f"{row['n']:,}", _time(ours), "; ".join(against), recall, memory


def _time(ms: float) -> str:
    if ms < 0.001:
        return f"{ms * 1e6:.0f} ns"
    if ms < 1:
        return f"{ms * 1000:.0f} µs" if ms >= 0.01 else f"{ms * 1000:.1f} µs"
    return f"{ms:.1f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
