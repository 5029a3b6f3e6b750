"""What the loaded files say about one feature, as sections of its agent's answer."""

from collections.abc import Sequence

import numpy as np

from elex_browser.catalogue.attributes import UNKNOWN_RANGE
from elex_browser.catalogue.details import Counter, Parameter
from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.lists import coding_of, expand
from elex_browser.kpi.results import CounterResults, Flags
from elex_browser.network.checking import Rules, fits
from elex_browser.network.configuration import Cell, Configuration
from elex_browser.network.kpis import LoadedKpis
from elex_browser.network.measurements import Measurements, utc_text
from elex_browser.protocol import AnswerSection, SectionRow

ROWS = 40
_VERDICT = {True: "in range", False: "out of range", None: "no range known"}


def configuration_section(
    catalogue: Catalogue,
    rules: Rules,
    loaded: Sequence[Configuration],
    parameters: Sequence[Parameter],
) -> AnswerSection:
    """The loaded values of a feature's parameters; those out of range first."""
    rows: list[tuple[int, list[str]]] = []
    n_found = n_wrong = 0
    sources: dict[str, None] = {}
    for item in parameters:
        found = _cells(loaded, item)
        n_found += bool(found)
        for (attribute, text), places in found.items():
            rule = rules[item.mo_class][attribute]
            is_right = fits(rule, text) if rule else None
            n_wrong += is_right is False
            sources |= dict.fromkeys(configuration.name for configuration, _ in places)
            first, cell = places[0]
            known = catalogue.attributes.facts(item.mo_class, attribute).range_text
            cells = [
                first.dn(cell.object) + (f" and {len(places) - 1} more" if places[1:] else ""),
                attribute,
                text or "(not set)",
                rule.text if rule else "unknown" if known == UNKNOWN_RANGE else known,
                _VERDICT[is_right],
            ]
            rows.append((0 if is_right is False else 1, cells))
    if not rows:
        names = ", ".join(configuration.name for configuration in loaded)
        note = (
            f"None of this feature's {len(parameters)} parameters is in the loaded configuration."
        )
        return _section("Loaded configuration", names, note)
    rows.sort(key=lambda row: row[0])
    wrong = "all known ranges are kept"
    if n_wrong:
        wrong = f"{n_wrong} of the values below {'is' if n_wrong == 1 else 'are'} out of range"
    shown = f" The first {ROWS} of {len(rows)} values are listed." if len(rows) > ROWS else ""
    return _section(
        "Loaded configuration",
        ", ".join(sources),
        f"Loaded are {n_found} of this feature's {len(parameters)} parameters; {wrong}.{shown}",
        ["Object", "Attribute", "Value", "Range", "Verdict"],
        [cells for _, cells in rows[:ROWS]],
    )


def _cells(
    loaded: Sequence[Configuration], item: Parameter
) -> dict[tuple[str, str], list[tuple[Configuration, Cell]]]:
    """Where each value of an attribute, or of the members of a struct, stands."""
    found: dict[tuple[str, str], list[tuple[Configuration, Cell]]] = {}
    for configuration in loaded:
        for attribute in configuration.attributes(item.mo_class):
            if attribute == item.attribute or attribute.startswith(f"{item.attribute}."):
                for cell in configuration.cells(item.mo_class, attribute):
                    found.setdefault((attribute, cell.text), []).append((configuration, cell))
    return found


def counter_section(
    catalogue: Catalogue, store: Measurements, counters: Sequence[Counter]
) -> AnswerSection:
    """The loaded counters of a feature, put together over objects and periods by their kind."""
    rows = []
    for item in counters:
        results = store.results(item.name)
        if results is None:
            continue
        if item.mo_class:
            of_class = [store.classes[number] == item.mo_class for number in results.objects]
            if not any(of_class):
                continue
            chosen = np.array(of_class, np.bool_)
        else:
            chosen = np.ones(len(results.values), np.bool_)
        label = f"{item.mo_class}.{item.name}" if item.mo_class else item.name
        rows.append([label, *_total(results, chosen, catalogue.counter_kind(item.name))])
    source = _measured(store)
    if not rows:
        note = f"None of this feature's {len(counters)} counters is in the loaded measurements."
        return _section("Loaded counters", source, note)
    shown = f" The first {ROWS} are listed." if len(rows) > ROWS else ""
    return _section(
        "Loaded counters",
        source,
        f"Loaded are {len(rows)} of this feature's {len(counters)} counters.{shown}",
        ["Counter", "Value", "How", "Objects", "Left out as suspect"],
        rows[:ROWS],
    )


def _total(results: CounterResults, chosen: Flags, kind: str) -> list[str]:
    usable = chosen & ~results.suspect
    left_out = str(int((chosen & results.suspect).sum()))
    objects = str(len(np.unique(results.objects[chosen])))
    if usable[results.lists.rows].any():
        return [*_total_of_lists(results, usable), objects, left_out]
    values = results.values[usable & ~np.isnan(results.values)]
    if not len(values):
        return ["none usable", "", objects, left_out]
    how = {"maximum": ("maximum", values.max()), "minimum": ("minimum", values.min())}
    label, value = how.get(kind, ("sum", values.sum()))
    if kind == "ratio":
        label, value = "mean", values.mean()
    return [f"{value:.10g}", label, objects, left_out]


def _total_of_lists(results: CounterResults, usable: Flags) -> list[str]:
    coding = coding_of(results.lists, results.values[~np.isnan(results.values)])
    if coding == "unclear":
        return ["not told", "bins, or pairs of index and value"]
    indexes, values, is_readable = expand(results.lists, coding)
    total = values[:, usable[results.lists.rows] & is_readable].sum()
    return [f"{total:.10g}", f"sum of {len(indexes)} {'bins' if coding == 'bins' else 'indexes'}"]


def kpi_section(
    loaded: LoadedKpis, store: Measurements, kpis: Sequence[Kpi]
) -> AnswerSection | None:
    """A feature's KPIs over all that is loaded; None for a feature without formulas."""
    if not kpis:
        return None
    rows = []
    for table, point in loaded.overall(kpis):
        name = table.kpi.name + (f" ({table.filter_name})" if table.filter_name else "")
        if table.lacking:
            rows.append(
                [name, "not loaded", f"counters missing: {', '.join(table.lacking[:3])}", ""]
            )
        elif point is None or point.value is None:
            rows.append([name, "undefined", (point.reason if point else "") or "", ""])
        else:
            share = f"{100 * point.share:.0f} % of the results used"
            rows.append([name, f"{point.value:.6g}", table.kpi.unit or "unit not stated", share])
    n = sum(row[1] not in ("not loaded", "undefined") for row in rows)
    note = f"{n} of this feature's {len(kpis)} KPIs can be computed from the loaded counters."
    columns = ["KPI", "Value", "Unit or reason", "Coverage"]
    return _section("Loaded KPIs", _measured(store), note, columns, rows)


def _measured(store: Measurements) -> str:
    begin = min(span[0] for span in store.periods)
    end = max(span[1] for span in store.periods)
    files = store.files[0] + (f" and {len(store.files) - 1} more" if store.files[1:] else "")
    return f"{files}, {utc_text(begin)} to {utc_text(end)}"


def _section(
    title: str,
    source: str,
    text: str,
    columns: list[str] | None = None,
    rows: list[list[str]] | None = None,
) -> AnswerSection:
    return AnswerSection(
        kind="context",
        title=title,
        source=f"Loaded files: {source}",
        text=text,
        columns=columns or [],
        rows=[SectionRow(cells=cells) for cells in rows or []],
    )
