"""What the loaded files say about one feature, as sections of its agent's answer."""

from collections.abc import Sequence

import numpy as np

from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.sections import Cell, row, table
from elex_browser.catalogue.details import Counter, Parameter
from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.lists import coding_of, expand
from elex_browser.kpi.results import CounterResults, Flags
from elex_browser.network.configuration import Configuration, Setting
from elex_browser.network.kpis import LoadedKpis
from elex_browser.network.measurements import Measurements
from elex_browser.network.network import Network
from elex_browser.network.rules import Rules, fits
from elex_browser.network.times import utc_text
from elex_browser.protocol import AnswerSection, ColumnKind
from elex_browser.ran.codes import FajCode

_Columns = tuple[tuple[str, ColumnKind], ...]
_VALUE_COLUMNS: _Columns = (
    ("Object", "identifier"),
    ("Attribute", "identifier"),
    ("Value", "text"),
    ("Range", "text"),
    ("Verdict", "text"),
)
_COUNTER_COLUMNS: _Columns = (
    ("Counter", "identifier"),
    ("Value", "number"),
    ("How", "text"),
    ("Objects", "number"),
    ("Left out as suspect", "number"),
)
_KPI_COLUMNS: _Columns = (
    ("KPI", "text"),
    ("Value", "number"),
    ("Unit", "unit"),
    ("Coverage or reason", "text"),
)
_VERDICT = {True: "in range", False: "out of range", None: None}


def network_sections(network: Network, catalogue: Catalogue, faj: FajCode) -> list[AnswerSection]:
    """Return what the loaded files say about a feature; nothing where none is loaded."""
    details = catalogue.details(faj)
    sections: list[AnswerSection] = []
    if network.configurations:
        parameters = details.parameter_list()
        sections.append(
            configuration_section(catalogue, network.rules, network.configurations, parameters)
        )
    store = network.measurements
    if store.files:
        sections.append(counter_section(catalogue, store, details.counter_list()))
        kpis = kpi_section(network.loaded_kpis(), store, catalogue.kpis_of(faj))
        sections += [kpis] if kpis else []
    return sections


def configuration_section(
    catalogue: Catalogue,
    rules: Rules,
    loaded: Sequence[Configuration],
    parameters: Sequence[Parameter],
) -> AnswerSection:
    """The loaded values of a feature's parameters; those out of range first."""
    rows: list[tuple[bool, list[Cell]]] = []
    n_found = n_wrong = 0
    sources: dict[str, None] = {}
    for item in parameters:
        found = _settings(loaded, item)
        n_found += bool(found)
        for (attribute, text), places in found.items():
            is_judged = all(configuration.is_judged for configuration, _ in places)
            rule = rules[item.mo_class][attribute] if is_judged else None
            is_right = fits(rule, text) if rule else None
            n_wrong += is_right is False
            sources |= dict.fromkeys(configuration.name for configuration, _ in places)
            first, setting = places[0]
            known = catalogue.attributes.facts(item.mo_class, attribute).range_text
            cells: list[Cell] = [
                first.dn(setting.object) + (f" and {len(places) - 1} more" if places[1:] else ""),
                attribute,
                text or "(not set)",
                rule.text if rule else known,
                _VERDICT[is_right],
            ]
            rows.append((is_right is not False, cells))
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
    most = ANSWERING.rows_of_loaded
    shown = f" The first {most} of {len(rows)} values are listed." if len(rows) > most else ""
    return _section(
        "Loaded configuration",
        ", ".join(sources),
        f"Loaded are {n_found} of this feature's {len(parameters)} parameters; {wrong}.{shown}",
        _VALUE_COLUMNS,
        [cells for _, cells in rows[:most]],
    )


def _settings(
    loaded: Sequence[Configuration], item: Parameter
) -> dict[tuple[str, str], list[tuple[Configuration, Setting]]]:
    """Where each value of an attribute, or of the members of a struct, stands."""
    found: dict[tuple[str, str], list[tuple[Configuration, Setting]]] = {}
    for configuration in loaded:
        for attribute in configuration.attributes(item.mo_class):
            if attribute == item.attribute or attribute.startswith(f"{item.attribute}."):
                for setting in configuration.settings(item.mo_class, attribute):
                    found.setdefault((attribute, setting.text), []).append((configuration, setting))
    return found


def counter_section(
    catalogue: Catalogue, store: Measurements, counters: Sequence[Counter]
) -> AnswerSection:
    """The loaded counters of a feature, put together over objects and periods by their kind."""
    rows: list[list[Cell]] = []
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
    most = ANSWERING.rows_of_loaded
    shown = f" The first {most} are listed." if len(rows) > most else ""
    return _section(
        "Loaded counters",
        source,
        f"Loaded are {len(rows)} of this feature's {len(counters)} counters.{shown}",
        _COUNTER_COLUMNS,
        rows[:most],
    )


def _total(results: CounterResults, chosen: Flags, kind: str) -> list[Cell]:
    usable = chosen & ~results.suspect
    left_out = int((chosen & results.suspect).sum())
    objects = len(np.unique(results.objects[chosen]))
    if usable[results.lists.rows].any():
        return [*_total_of_lists(results, usable), objects, left_out]
    values = results.values[usable & ~np.isnan(results.values)]
    if not len(values):
        return [None, "none usable", objects, left_out]
    how = {"maximum": ("maximum", values.max()), "minimum": ("minimum", values.min())}
    label, value = how.get(kind, ("sum", values.sum()))
    if kind == "ratio":
        label, value = "mean", values.mean()
    return [float(value), label, objects, left_out]


def _total_of_lists(results: CounterResults, usable: Flags) -> list[Cell]:
    coding = coding_of(results.lists, results.values[~np.isnan(results.values)])
    if coding == "unclear":
        return [None, "not told whether bins, or pairs of index and value"]
    indexes, values, is_readable = expand(results.lists, coding)
    total = float(values[:, usable[results.lists.rows] & is_readable].sum())
    return [total, f"sum of {len(indexes)} {'bins' if coding == 'bins' else 'indexes'}"]


def kpi_section(
    loaded: LoadedKpis, store: Measurements, kpis: Sequence[Kpi]
) -> AnswerSection | None:
    """A feature's KPIs over all that is loaded; None for a feature without formulas."""
    if not kpis:
        return None
    rows: list[list[Cell]] = []
    n_computed = 0
    for computed, point in loaded.overall(kpis):
        kpi, filtered = computed.kpi, computed.filter_name
        name = kpi.name + (f" ({filtered})" if filtered else "")
        if point is not None and point.value is not None:
            n_computed += 1
            share = f"{100 * point.share:.0f} % of the results used"
            rows.append([name, point.value, kpi.unit or None, share])
            continue
        lacking = ", ".join(computed.lacking[: ANSWERING.counters_lacking])
        reason = f"counters missing: {lacking}" if lacking else (point.reason if point else None)
        rows.append([name, None, None, reason])
    note = (
        f"{n_computed} of this feature's {len(kpis)} KPIs can be computed from the loaded counters."
    )
    return _section("Loaded KPIs", _measured(store), note, _KPI_COLUMNS, rows)


def _measured(store: Measurements) -> str:
    begin = min(span[0] for span in store.periods)
    end = max(span[1] for span in store.periods)
    files = store.files[0] + (f" and {len(store.files) - 1} more" if store.files[1:] else "")
    return f"{files}, {utc_text(begin)} to {utc_text(end)}"


def _section(
    title: str,
    source: str,
    text: str,
    columns: Sequence[tuple[str, ColumnKind]] = (),
    rows: Sequence[Sequence[Cell]] = (),
) -> AnswerSection:
    return table(
        "context",
        title,
        columns,
        [row(*cells) for cells in rows],
        source=f"Loaded files: {source}",
        text=text,
    )
