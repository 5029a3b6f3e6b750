"""KPI formulas: arithmetic over MO.counter; `[i]` is a bin of a vector counter, SUM runs over bins."""

from functools import cached_property

import msgspec

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.ran.codes import FajCode


class Kpi(msgspec.Struct, frozen=True):
    """One KPI formula.

    Attributes:
        unit: empty where it is not stated.
        features: whose documentation gives the formula; may be empty.
        also_mo: the formula holds for these MO classes too.
        mo_alternatives: counter to MO classes that may hold it instead.
        counters_without_mo: counters that the formula names without an MO class.
    """

    name: str
    formula: str
    unit: str = ""
    features: tuple[FajCode, ...] = ()
    also_mo: tuple[str, ...] = ()
    mo_alternatives: dict[str, tuple[str, ...]] = {}
    counters_without_mo: tuple[str, ...] = ()


class Kpis:
    """All KPI formulas, read on first use; names are not unique."""

    @cached_property
    def all(self) -> tuple[Kpi, ...]:
        """Every formula, by name."""
        return tuple(
            msgspec.json.Decoder(Kpi).decode_lines(read_bytes("catalogue/data/kpis.jsonl"))
        )

    def of(self, faj: FajCode) -> tuple[Kpi, ...]:
        """The formulas that a feature's documentation gives."""
        return self._by_feature.get(faj, ())

    @cached_property
    def _by_feature(self) -> dict[FajCode, tuple[Kpi, ...]]:
        groups: dict[FajCode, tuple[Kpi, ...]] = {}
        for kpi in self.all:
            for faj in kpi.features:
                groups[faj] = (*groups.get(faj, ()), kpi)
        return groups
