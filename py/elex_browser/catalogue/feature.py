"""One feature as the index knows it, and how a line of `features.tsv` is read.

In the file the codes of related features are short: "0489" stands for FAJ 121 0489, "123-138" for
FAJ 123 138; codes are separated by blanks, groups and aliases by " | ".
"""

import msgspec

from elex_browser.ran.codes import CxcCode, FajCode

_LICENSED = {"yes": True, "no": False, "": None}


class Feature(msgspec.Struct, frozen=True):
    """One feature of the index.

    Attributes:
        acronym: made by rule from the name; see `attested` for one that is really in use.
        cxc: activation codes, the main one first; empty where the feature has no licence key.
        licensed: None where it is not stated.
        requires: what must be active first; the part in `conditional` only in some configurations.
        requires_any: of each group at least one must be active.
        conflicts: as this feature states them; `FeatureGraph` adds the other side's statements.
        same_as: codes of the same feature for another access, outside this catalogue.
    """

    faj: FajCode
    name: str
    acronym: str
    attested: str
    aliases: tuple[str, ...]
    cxc: tuple[CxcCode, ...]
    access: tuple[str, ...]
    licensed: bool | None
    category: str
    requires: tuple[FajCode, ...]
    conditional: tuple[FajCode, ...]
    requires_any: tuple[tuple[FajCode, ...], ...]
    conflicts: tuple[FajCode, ...]
    related: tuple[FajCode, ...]
    same_as: tuple[FajCode, ...]

    @property
    def acronyms(self) -> tuple[str, ...]:
        """The attested acronym first, then the one made by rule."""
        return tuple(dict.fromkeys(a for a in (self.attested, self.acronym) if a))

    @property
    def number(self) -> str:
        """The last digits of the code: "3094" of FAJ 121 3094."""
        return self.faj.rpartition(" ")[2]


def _code(short: str) -> FajCode:
    group, dash, number = short.partition("-")
    return FajCode(f"FAJ {group} {number}" if dash else f"FAJ 121 {short}")


def _codes(cell: str) -> tuple[FajCode, ...]:
    return tuple(map(_code, cell.split())) if cell else ()


def feature_of_cells(cells: list[str]) -> Feature:
    """Read one line of the index."""
    faj, name, acronym, attested, aliases, cxc, access, licensed, category, *relations = cells
    requires, conditional, requires_any, conflicts, related, same_as = relations
    return Feature(
        faj=FajCode(faj),
        name=name,
        acronym=acronym,
        attested=attested,
        aliases=tuple(aliases.split(" | ")) if aliases else (),
        cxc=tuple(map(CxcCode, cxc.split())),
        access=tuple(access.split()),
        licensed=_LICENSED[licensed],
        category=category,
        requires=_codes(requires),
        conditional=_codes(conditional),
        requires_any=tuple(map(_codes, requires_any.split(" | "))) if requires_any else (),
        conflicts=_codes(conflicts),
        related=_codes(related),
        same_as=_codes(same_as),
    )
