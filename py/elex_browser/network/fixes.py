"""What to do about a value that breaks its rule: set the nearest one, choose, or nothing by itself.

A wrong value set by a program is worse than one that is told of. So names of things are never set, and
nothing is written for an object whose name a command could not carry.
"""

import re

from elex_browser.network.rules import NUMBER, Rule, is_fraction
from elex_browser.protocol import Choice, Fix
from elex_browser.ran.dn import has_controls

MAX_CHOICES = 40
_FULL = ("DC=", "SubNetwork=", "MeContext=")
_PLAIN = re.compile(r"[\w.:+-]+")
_ATTRIBUTE = re.compile(r"[A-Za-z_]\w*", re.ASCII)
# Identities and codes are planned for the whole network: PCI, root sequences, tracking areas, ids of nodes
# and cells, operators, and the frequencies that carriers are found by.
_IDENTITY = re.compile(
    r"(?:Id|ID|Identity|IdLength|IdList|IdGroup|Tac|TAC|Pci|PCI|Nci|NCI|Cgi|CGI)$"
    r"|^(?:id|tac|lac|rac|pci|nci|eci|mcc|mnc|mncLength)$"
    r"|(?i:plmn|arfcn|rootsequence|^ssbfrequency|physical(?:layer)?(?:sub)?cell)"
)


def is_identity(attribute: str) -> bool:
    """Tell whether an attribute, or the member of a struct, names something instead of tuning it."""
    return bool(_IDENTITY.search(attribute.rpartition(".")[2]))


def fix_of(dn: str, attribute: str, value: str, rule: Rule, is_whole_value: bool) -> Fix:
    """Return what to do about a value; `is_whole_value` is false for an item of a list."""
    reason = _why_none(dn, attribute, rule, is_whole_value)
    if reason:
        return Fix(kind="none", reason=reason)
    allowed = rule.allowed
    if allowed is not None:
        if len(allowed) > MAX_CHOICES:
            return Fix(kind="none", reason=f"one of {len(allowed)} values is to be chosen")
        choices = [Choice(value=each, why="allowed") for each in allowed]
        return Fix(kind="choose", reason="which value was meant is not known", choices=choices)
    if not NUMBER.fullmatch(value) or (rule.is_whole and is_fraction(value)):
        return Fix(kind="none", reason="which number was meant is not known")
    nearest = _nearest(rule, float(value))
    target = dn if _PLAIN.fullmatch(re.sub("[=,]", "", dn)) else f'"{dn}"'
    setting = f"cmedit set {target} {attribute}="
    reason = "the nearest value of the range"
    if not dn.startswith(_FULL):
        reason += "; the file does not tell what the name begins with: complete it before use"
    return Fix(kind="set", reason=reason, cmedit=f"{setting}{nearest}", undo=f"{setting}{value}")


def _why_none(dn: str, attribute: str, rule: Rule, is_whole_value: bool) -> str:
    """Why nothing may be set; "" if something may."""
    if is_identity(attribute):
        return "an identity or code is planned for the whole network and never set by itself"
    if rule.is_read_only:
        return "only the node itself sets this attribute"
    if "." in attribute:
        return "a struct is set as a whole"
    if not is_whole_value:
        return "a list is set as a whole, or a later value of the file replaced this one"
    if has_controls(dn) or any(sign in dn for sign in "\"'`\\"):
        return (
            "the name of the object holds quotes or control characters, which no command may carry"
        )
    if not _ATTRIBUTE.fullmatch(attribute):
        return "the name of the attribute is none that a command may carry"
    return ""


def _nearest(rule: Rule, value: float) -> float | int:
    """The allowed number that is nearest to one that is not allowed."""
    bounds = [bound for span in rule.spans for bound in span if bound is not None]
    bounds = bounds or [bound for bound in (rule.minimum, rule.maximum) if bound is not None]
    return min(bounds, key=lambda bound: abs(bound - value))
