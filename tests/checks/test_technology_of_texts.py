"""A feature of LTE alone is not described by mechanisms of NR, nor one of NR by mechanisms of LTE.

Many features have a twin of the other technology, and a sentence of one is easily taken for the other. To
name the other technology is no fault ("users fall back to LTE"); to speak of what only the other one has is
one, unless the feature's own documentation has it too: EN-DC, for example, joins both.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord
from tests.checks.documented_names import evidence


class Mechanism(NamedTuple):
    """What only one technology has.

    Attributes:
        terms: how texts call it.
        identifiers: what names of features, attributes and counters hold where it is concerned; "" where
            nothing in a feature of the other technology can.
        source: where it is specified.
    """

    terms: str
    identifiers: str
    source: str


DUAL_CONNECTIVITY = r"[eE]n[dD]c|ENDC|Nrdc|Scg|PSCell|Sgnb|Menb|G[nN][bB]|Dual Connectivity"
ONLY_IN = {
    "NR": [
        Mechanism(r"5QIs?", r"5qi|5QI|Qos|QoS", "TS 23.501"),
        Mechanism(r"AMFs?|UPFs?|NG(?:-U|-C|AP)|N2|N3", r"Amf|AMF|Ng|NG", "TS 23.501"),
        Mechanism(r"Xn(?:-U|-C|AP)?", r"Xn", "TS 38.420"),
        Mechanism(r"SSBs?", r"[sS]sb|SSB|[sS]mtc|SyncSignal", "TS 38.211"),
        Mechanism(r"CORESETs?|BWPs?|bandwidth parts?", r"Coreset|Bwp|BWP", "TS 38.213"),
        Mechanism(r"NRPPa|LMFs?", r"[nN]rppa", "TS 38.455"),
        Mechanism(r"S-NSSAIs?|slic(?:es?|ing)", r"[sS]nssai|[sS]lic|Partition", "TS 23.501"),
        Mechanism(r"RRC inactive|inactive state", r"Resume|Rna|Inactive State", "TS 38.331"),
        Mechanism(r"VoNR", "", "TS 23.501"),
        Mechanism(
            r"SCG|PSCells?|EN-DC|NSA|non-standalone|dual[- ]connectivity",
            DUAL_CONNECTIVITY,
            "TS 37.340",
        ),
        Mechanism(r"mmWave|millimetre|FR2", "", "TS 38.104"),
        Mechanism(r"9000[- ](?:bytes?|octets)", "", "TS 38.323, 4.3.1: PDCP SDU of NR"),
    ],
    "LTE": [
        Mechanism(r"QCIs?", r"[qQ]ci|QCI", "TS 23.203"),
        Mechanism(r"MMEs?|S1(?:-U|-C|AP)?", r"Mme|MME|S1|E[nN]-?D[cC]", "TS 36.410"),
        Mechanism(r"X2(?:-U|-C|AP)?", r"[xX]2|" + DUAL_CONNECTIVITY, "TS 36.420"),
        Mechanism(r"CRS|cell-specific reference signals?", r"Crs|CRS", "TS 36.211, 6.10.1"),
        Mechanism(r"PHICH|PCFICH|CFI", "", "TS 36.211, 6.7 and 6.9"),
        Mechanism(r"E-RABs?", r"Erab", "TS 36.413"),
        Mechanism(r"VoLTE", r"Volte|VoLTE|Eps|EPS|Eutran", "TS 23.401"),
        Mechanism(r"SRVCC", r"Srvcc|SRVCC", "TS 23.216"),
        Mechanism(r"CSFB|CS fallback", r"[cC]sfb|CSFB", "TS 23.272"),
        Mechanism(r"(?:un)?prepared cells?", "", "TS 36.331, 5.3.7.1; NR fetches the context"),
        Mechanism(r"eMTC|Cat-?M\d?|NB-IoT", r"[cC]atm|CatM|Category M|N[bB]-?I[oO]T", "TS 36.300"),
        Mechanism(r"8188[- ](?:bytes?|octets)", "", "TS 36.323, 4.3.1: PDCP SDU of LTE"),
    ],
}


def features_of_one_technology(catalogue: Catalogue) -> Iterator[tuple[Feature, str]]:
    """Features of LTE or NR alone, with the other technology, where the name does not hold both."""
    for feature in catalogue.features:
        for other, own in (("NR", "LTE"), ("LTE", "NR")):
            if feature.access == (own,) and not re.search(rf"\b{other}\b", feature.name):
                yield feature, other


def written(record: WrittenRecord, gist: str) -> dict[str, str]:
    """Everything written about a feature but for the questions, which may compare it with its twin."""
    fields = ("what", "when", "symptoms", "costs", "check")
    return {f: getattr(record, f) for f in fields} | {
        "words": ", ".join(record.words),
        "gist": gist,
    }


@pytest.mark.parametrize("technology", ONLY_IN)
def test_no_text_describes_what_only_the_other_technology_has(
    catalogue: Catalogue,
    records: Mapping[str, WrittenRecord],
    gists: Mapping[str, str],
    technology: str,
) -> None:
    faults = []
    for feature, other in features_of_one_technology(catalogue):
        if other != technology:
            continue
        named = evidence(catalogue, feature)
        for terms, identifiers, source in ONLY_IN[technology]:
            if identifiers and any(re.search(identifiers, name) for name in named):
                continue
            for field, text in written(records[feature.faj], gists[feature.faj]).items():
                # Gists are in lower case.
                flags = re.I if field == "gist" else 0
                for term in re.findall(rf"(?<![\w-])(?:{terms})(?!\w)", text, flags):
                    faults.append((feature.faj, feature.name, field, term, source))
    assert faults == []


@pytest.mark.parametrize("technology", ONLY_IN)
def test_every_mechanism_is_written_about(
    catalogue: Catalogue,
    records: Mapping[str, WrittenRecord],
    gists: Mapping[str, str],
    technology: str,
) -> None:
    own = [f for f in catalogue.features if technology in f.access]
    words = " ".join(
        text for f in own for text in written(records[f.faj], gists[f.faj]).values()
    ) + " ".join(question for f in own for question in records[f.faj].questions)
    unknown = [
        terms for terms, _, _ in ONLY_IN[technology] if not re.search(rf"\b(?:{terms})\b", words)
    ]
    assert unknown == []
