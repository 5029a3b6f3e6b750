"""Words of subjects that lie beside this catalogue: other vendors, the core, other networks, other trades.

A question may hold one of them and still be in scope ("SCTP towards the AMF"), so they are evidence that
is weighed, not a filter.
"""

import re

_OTHER_VENDORS = """huawei nokia zte samsung cisco juniper aruba mikrotik mavenir fujitsu nec airspan
    altiostar ubiquiti ciena alcatel siemens motorola asterisk netact airscale"""
_CORE = """smf upf udm udr ausf nrf nssf pcf pcrf hss hlr vlr msc mgw cscf sbc smsc pgw ggsn sgsn diameter
    billing cdr mediation provisioning prepaid esim pbx"""
_OTHER_NETWORKS = """rnc nodeb iub hsdpa hsupa bsc trx gprs dvb tetra p25 lorawan zigbee bluetooth docsis gpon
    ont dwdm minilink dect sigfox cpich bcch maio starlink mpls l3vpn vdsl"""
_OTHER_TRADES = """kubernetes docker linux windows excel sql oracle python javascript vmware sap laptop
    password printer recipe weather movie football hotel flight iphone ipad macbook xbox netflix
    powerpoint outlook vlookup csv bitcoin pizza poem song joke tyres election"""

_SUBJECTS = {
    "another vendor's equipment": _OTHER_VENDORS,
    "the core network": _CORE,
    "another kind of network": _OTHER_NETWORKS,
    "another subject": _OTHER_TRADES,
}
_BESIDE = {word: subject for subject, words in _SUBJECTS.items() for word in words.split()}
_WORD = re.compile(r"[a-z0-9]+")


def words_beside(text: str, enough: int) -> float:
    """How much a text speaks of other subjects: 0 not at all, 1 with `enough` words or more."""
    return min(len(_BESIDE.keys() & _WORD.findall(text.lower())), enough) / enough


def subjects_beside(text: str) -> dict[str, list[str]]:
    """Other subjects that a text speaks of → the words that tell so, in the text's order."""
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(_WORD.findall(text.lower())):
        if word in _BESIDE:
            found.setdefault(_BESIDE[word], []).append(word)
    return found
