"""The small index of all features: who they are, how they are named, and how they hang together.

Only `features.tsv` is read at start; details, attribute facts, KPIs and relations follow on first use.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from elex_browser.catalogue.attributes import Attributes
from elex_browser.catalogue.data_files import read_pairs, read_rows
from elex_browser.catalogue.details import Details, FeatureDetails, IdentifierUse
from elex_browser.catalogue.feature import Feature, feature_of_cells
from elex_browser.catalogue.kpis import Kpi, Kpis
from elex_browser.catalogue.relations import FeatureGraph
from elex_browser.errors import NotFoundError
from elex_browser.ran.codes import FajCode, find_codes, parse_faj


class Catalogue:
    """All features, with lookups; everything beyond the index is read on first use.

    Attributes:
        features: in the order of their codes.
        details, attributes, kpis, graph: see the classes.
    """

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features: tuple[Feature, ...] = tuple(features)
        self._by_faj: dict[str, Feature] = {f.faj: f for f in self.features}
        self.attributes = Attributes()
        self.kpis = Kpis()
        self._details = Details()

    @classmethod
    def load(cls) -> "Catalogue":
        """Read the index from the package's data."""
        return cls(feature_of_cells(cells) for cells in read_rows("catalogue/data/features.tsv"))

    def __len__(self) -> int:
        return len(self.features)

    def __contains__(self, faj: object) -> bool:
        return faj in self._by_faj

    def get(self, faj: str) -> Feature | None:
        """The feature of a code in its normal spelling, or None."""
        return self._by_faj.get(faj)

    def feature(self, code: str) -> Feature:
        """The feature of a FAJ code in any spelling (four digits included) or of a CXC code.

        Raises:
            ValidationError: the text is no code.
            NotFoundError: no feature has this code; the fix names the nearest ones.
        """
        found = self._by_faj.get(code)
        if found is not None:
            return found
        codes = find_codes(code)
        if len(codes) == 1 and codes[0].kind == "cxc":
            owners = self.by_cxc(codes[0].code)
            if not owners:
                raise self.unknown(codes[0].code)
            return owners[0]
        faj = parse_faj(code, short=True)
        if faj not in self._by_faj:
            raise self.unknown(faj)
        return self._by_faj[faj]

    def details(self, faj: FajCode) -> FeatureDetails:
        """Parameters, counters, events, packages and releases of a feature of this catalogue."""
        return self._details.of(faj, self._by_faj[faj].category)

    def users_of(self, identifier: str) -> list[IdentifierUse]:
        """The features that document an attribute, counter, event or MO class, in any case."""
        return self._details.users_of(identifier, self.categories)

    def kpis_of(self, faj: FajCode) -> tuple[Kpi, ...]:
        """The KPIs whose formula this feature's documentation gives."""
        return self.kpis.of(faj)

    def counter_kind(self, counter: str) -> str:
        """What a counter counts ("event-count", "sum", …), read off its name; "" if unclear."""
        return self._counter_kinds.get(counter, "")

    def name_of(self, faj: str) -> str | None:
        """The name of a feature, inside the catalogue or known only as the target of a relation."""
        feature = self._by_faj.get(faj)
        return feature.name if feature is not None else self.external.get(faj)

    def title(self, faj: str) -> str:
        """A feature as "name (code)"."""
        return title(self.name_of(faj) or "a feature", faj)

    def by_cxc(self, code: str) -> tuple[Feature, ...]:
        """The features that a CXC code in its normal spelling activates; rarely two share one."""
        return tuple(self._by_cxc.get(code, ()))

    def by_category(self, category: str) -> tuple[Feature, ...]:
        """The features of a category, by code."""
        return tuple(self._by_category.get(category, ()))

    def by_acronym(self, acronym: str) -> tuple[Feature, ...]:
        """The features with this acronym, in any case; several may share one."""
        return tuple(self._by_acronym.get(acronym.casefold(), ()))

    def by_name(self, name: str) -> tuple[Feature, ...]:
        """The features with this name or alias, in any case and with any hyphens or blanks."""
        return tuple(self._by_name.get(plain_name(name), ()))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in alphabetical order."""
        return tuple(sorted(self._by_category))

    @cached_property
    def graph(self) -> FeatureGraph:
        """The relations between features."""
        return FeatureGraph({f.faj: f for f in self.features})

    @cached_property
    def external(self) -> dict[str, str]:
        """Code to name of the features that relations point to and that are not in the catalogue."""
        return read_pairs("catalogue/data/external_features.tsv")

    def unknown(self, code: str) -> NotFoundError:
        """The error for a code that no feature has, with hints at what could be meant."""
        name = self.external.get(code)
        if name is not None:
            problem = f"{code} ({name}) is known only as the target of relations; it has no agent"
            return NotFoundError(problem, "Ask about a feature that names it, or about its subject")
        hints = ", ".join(f"{f.faj} ({f.name})" for f in self.nearest(code))
        return NotFoundError(f"No feature has the code {code}", f"Nearest codes: {hints}")

    def nearest(self, code: str, k: int = 3) -> list[Feature]:
        """The features whose codes look most like this one: fewest different digits first."""
        wanted = "".join(c for c in code if c.isdigit())
        if code.startswith("CXC"):
            owners = {cxc[3:]: f for f in self.features for cxc in f.cxc}
            ranked = sorted(owners, key=lambda digits: _unlikeness(digits, wanted))
            return [owners[digits] for digits in ranked[:k]]
        return sorted(self.features, key=lambda f: _unlikeness(f.number, wanted[-4:]))[:k]

    @cached_property
    def _counter_kinds(self) -> dict[str, str]:
        return read_pairs("catalogue/data/counters.tsv")

    @cached_property
    def _by_cxc(self) -> dict[str, list[Feature]]:
        return _grouped((code, f) for f in self.features for code in f.cxc)

    @cached_property
    def _by_category(self) -> dict[str, list[Feature]]:
        return _grouped((f.category, f) for f in self.features)

    @cached_property
    def _by_acronym(self) -> dict[str, list[Feature]]:
        return _grouped((a.casefold(), f) for f in self.features for a in f.acronyms)

    @cached_property
    def _by_name(self) -> dict[str, list[Feature]]:
        return _grouped(
            (name, f)
            for f in self.features
            for name in {plain_name(n): None for n in (f.name, *f.aliases)}
        )


def title(name: str, faj: str) -> str:
    """How a feature is written in a sentence: "name (code)"."""
    return f"{name} ({faj})"


def plain_name(name: str) -> str:
    """A name without case, hyphens and punctuation, for comparison."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def _grouped(pairs: Iterable[tuple[str, Feature]]) -> dict[str, list[Feature]]:
    groups: dict[str, list[Feature]] = defaultdict(list)
    for key, feature in pairs:
        groups[key].append(feature)
    return dict(groups)


def _unlikeness(digits: str, wanted: str) -> tuple[int, int, str]:
    different = sum(a != b for a, b in zip(digits, wanted, strict=False)) + abs(
        len(digits) - len(wanted)
    )
    return different, abs(int(digits) - int(wanted or "0")), digits
