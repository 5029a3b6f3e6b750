"""Where a feature moves users from one radio system to another, its texts name the right target.

The target is read off the feature's name ("Outgoing NR IRAT Handover" of LTE leads from LTE to NR), or off
its counters of handovers, redirections and releases, which name the system they lead to.
"""

import re
from collections.abc import Mapping

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord
from tests.checks.documented_names import counters, words_of

SYSTEMS = {
    "LTE": r"LTE|4G|E-?UTRAN|eNodeBs?|eNBs?|EPS",
    "NR": r"NR|5GS?|gNodeBs?|gNBs?|SA",
    "WCDMA": r"WCDMA|UTRAN|3G|UMTS|TD-SCDMA",
    "GSM": r"GSM|GERAN|2G",
    "CDMA": r"CDMA\S*|eHRPD|1x",
    "Wi-Fi": r"Wi-?Fi|WLAN",
}
"""What texts and names call a system."""

ANY_SYSTEM = "|".join(SYSTEMS.values())
INCOMING = re.compile(rf"\bIncoming ({ANY_SYSTEM})\b")
OUTGOING = re.compile(
    rf"\bOutgoing ({ANY_SYSTEM})\b|\bto ({ANY_SYSTEM})\b|\b({ANY_SYSTEM}) Session Continuity\b"
)
MOVED_TO = re.compile(rf"\b(?:to|towards|into)(?: the| a| standalone)* ({ANY_SYSTEM})(?!\w)", re.I)

IN_COUNTERS = {"eutran": "LTE", "lte": "LTE", "nr": "NR", "utran": "WCDMA", "geran": "GSM"} | {
    "wcdma": "WCDMA",
    "gsm": "GSM",
}
MOVES = {"ho", "rwr", "sc"}
"""Words of counters of handovers, releases with redirect and releases for session continuity."""


def system_of(name: str) -> str:
    """The system that a name of it means."""
    return next(s for s, names in SYSTEMS.items() if re.fullmatch(names, name, re.I))


def move_of_name(feature: Feature) -> tuple[str, str] | None:
    """Source and target of the move that a feature of one technology has in its name."""
    if len(feature.access) != 1:
        return None
    own = feature.access[0]
    incoming, outgoing = INCOMING.search(feature.name), OUTGOING.search(feature.name)
    if incoming:
        return system_of(incoming[1]), own
    if outgoing:
        return own, system_of(next(filter(None, outgoing.groups())))
    return None


def target_of_counters(catalogue: Catalogue, feature: Feature) -> str:
    """The one other system to which all counted moves of a feature lead, "" if there are others."""
    moves = [words for name in counters(catalogue, feature) if (words := words_of(name)) & MOVES]
    targets = [{IN_COUNTERS[word] for word in words & IN_COUNTERS.keys()} for words in moves]
    found = set().union(*targets)
    one_other = len(found) == 1 and all(targets) and not found & set(feature.access)
    return found.pop() if one_other else ""


def test_a_move_leads_where_the_name_says(
    catalogue: Catalogue, records: Mapping[str, WrittenRecord], gists: Mapping[str, str]
) -> None:
    moves = {f: move for f in catalogue.features if (move := move_of_name(f))}
    reversed_moves = []
    for f, (source, target) in moves.items():
        for text in (records[f.faj].what, gists[f.faj]):
            said = {system_of(name) for name in MOVED_TO.findall(text)}
            if source in said and target not in said:
                reversed_moves.append((f.faj, f.name, text))
    assert {("LTE", "NR"), ("NR", "LTE"), ("LTE", "WCDMA"), ("LTE", "GSM")} <= set(moves.values())
    assert reversed_moves == []


def test_a_feature_whose_moves_all_lead_to_one_other_system_names_it(
    catalogue: Catalogue, records: Mapping[str, WrittenRecord]
) -> None:
    targets = {f: t for f in catalogue.features if (t := target_of_counters(catalogue, f))}
    silent = [
        (f.faj, f.name, target, records[f.faj].what)
        for f, target in targets.items()
        if not re.search(rf"(?<!\w)(?:{SYSTEMS[target]})(?!\w)", records[f.faj].what)
    ]
    assert {"LTE", "NR", "WCDMA", "GSM"} <= set(targets.values())
    assert silent == []
