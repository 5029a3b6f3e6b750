"""KPI definitions: a formula over `MOClass.counter` with what its value means and what it can be."""

from collections import defaultdict
from functools import cached_property

import msgspec

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.errors import ConfigError
from elex_browser.protocol import Better
from elex_browser.ran.codes import FajCode


class Kpi(msgspec.Struct, frozen=True):
    """One KPI.

    Attributes:
        formula: see `kpi.formula`.
        unit: of its values.
        better: which way it gets better; "neither" also where both ends are bad.
        plausible: least and greatest value that can be; what lies outside is no value but a fault.
        usual: from healthy to sick, where the network carries enough traffic.
        is_sum: it grows with time and area, as no share, mean or rate does.
        source: where the definition comes from.
        note: what was corrected in the documented formula, and why.
        doubt: under which condition it holds, where that is not certain.
        synonyms: other names, among them those of the documentation; KPIs may share one.
        features: whose documentation gives the formula; may be empty.
        also_mo: the formula holds for these MO classes too.
    """

    name: str
    formula: str
    unit: str = ""
    better: Better = "neither"
    plausible: tuple[float, float] | None = None
    usual: tuple[float, float] | None = None
    is_sum: bool = False
    source: str = ""
    note: str = ""
    doubt: str = ""
    synonyms: tuple[str, ...] = ()
    features: tuple[FajCode, ...] = ()
    also_mo: tuple[str, ...] = ()


class Kpis:
    """All KPIs, read on first use."""

    @cached_property
    def all(self) -> tuple[Kpi, ...]:
        """Every KPI, by name.

        Raises:
            ConfigError: two have one name.
        """
        kpis = tuple(
            msgspec.json.Decoder(Kpi).decode_lines(read_bytes("catalogue/data/kpis.jsonl"))
        )
        names = [kpi.name.casefold() for kpi in kpis]
        if twice := {name for name in names if names.count(name) > 1}:
            problem = f"two KPIs are named {sorted(twice)[0]!r}"
            raise ConfigError(problem, "Give each definition its own name")
        return kpis

    def named(self, name: str) -> tuple[Kpi, ...]:
        """The KPIs with this name or synonym, in any case; several may share a synonym."""
        return self._by_name.get(name.casefold(), ())

    def of(self, faj: FajCode) -> tuple[Kpi, ...]:
        """The KPIs that a feature's documentation gives."""
        return self._by_feature.get(faj, ())

    @cached_property
    def _by_name(self) -> dict[str, tuple[Kpi, ...]]:
        groups: dict[str, list[Kpi]] = defaultdict(list)
        for kpi in self.all:
            for name in dict.fromkeys(n.casefold() for n in (kpi.name, *kpi.synonyms)):
                groups[name].append(kpi)
        return {name: tuple(found) for name, found in groups.items()}

    @cached_property
    def _by_feature(self) -> dict[FajCode, tuple[Kpi, ...]]:
        groups: dict[FajCode, list[Kpi]] = defaultdict(list)
        for kpi in self.all:
            for faj in kpi.features:
                groups[faj].append(kpi)
        return {faj: tuple(found) for faj, found in groups.items()}
