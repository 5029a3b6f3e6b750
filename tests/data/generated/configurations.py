"""Configuration files at random, one writer per format that is read."""

import csv
import io
import json
import random
from collections.abc import Callable
from xml.sax.saxutils import escape

from tests.data.generated.objects import Generated, Object, Value, n_held, objects

_BULK_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bulkCmConfigDataFile xmlns="configData.xsd" '
    'xmlns:xn="genericNrm.xsd" xmlns:es="EricssonSpecificAttributes.24.xsd">\n'
    '<fileHeader fileFormatVersion="32.615 V4.5" vendorName="Ericsson"/>\n'
    '<configData dnPrefix="Undefined"><xn:SubNetwork id="R">\n'
)
_BULK_TAIL = (
    '</xn:SubNetwork></configData><fileFooter dateTime="2026-01-01T00:00:00Z"/>'
    "</bulkCmConfigDataFile>\n"
)


def bulk_cm(rng: random.Random) -> Generated:
    """Bulk CM XML with VsDataContainers, some of them part of a plan."""
    found = objects(rng)
    text = [_BULK_HEAD]
    for each in found:
        modifier = rng.choice(("", "", ' modifier="update"', ' modifier="delete"'))
        inner = "\n".join(_elements("es:", each.attributes))
        text.append(
            f'<xn:MeContext id="{each.node}"><xn:ManagedElement id="{each.node}">'
            f'<xn:VsDataContainer id="{each.value}"{modifier}><xn:attributes>'
            f"<xn:vsDataType>vsData{each.mo_class}</xn:vsDataType>"
            "<xn:vsDataFormatVersion>EricssonSpecificAttributes</xn:vsDataFormatVersion>"
            f"<es:vsData{each.mo_class}>{inner}</es:vsData{each.mo_class}></xn:attributes>"
            "</xn:VsDataContainer></xn:ManagedElement></xn:MeContext>\n"
        )
    return Generated("".join([*text, _BULK_TAIL]).encode(), n_held(found))


def netconf(rng: random.Random) -> Generated:
    """NETCONF XML, with ids as steps or as full names."""
    found = objects(rng)
    text = ["<rpc-reply><data>\n"]
    for each in found:
        key = rng.choice((each.value, f"ManagedElement={each.node},{each.mo_class}={each.value}"))
        inner = "\n".join(_elements("", each.attributes))
        text.append(
            f'<ManagedElement xmlns="urn:m"><id>{each.node}</id>\n<{each.mo_class}><id>{key}</id>'
            f"<attributes>{inner}</attributes></{each.mo_class}></ManagedElement>\n"
        )
    return Generated("".join([*text, "</data></rpc-reply>\n"]).encode(), n_held(found))


def yang_json(rng: random.Random) -> Generated:
    """YANG data as JSON (RFC 7951)."""
    found = objects(rng)
    elements = [
        {
            "id": each.node,
            f"m:{each.mo_class}": [{"id": each.value, "attributes": each.attributes}],
        }
        for each in found
    ]
    text = json.dumps({"m:ManagedElement": elements}, indent=rng.choice((None, 1)))
    return Generated(text.encode(), n_held(found))


def cmedit(rng: random.Random) -> Generated:
    """What `cmedit get` prints as a list."""
    found = objects(rng)
    text = "cmedit get * EutranCellArea.*\n" + "".join(map(_listing, found))
    return Generated(f"{text}\n{len(found)} instance(s)\n".encode(), n_held(found))


def enm_import(rng: random.Random) -> Generated:
    """An import file of ENM."""
    found = objects(rng)
    lines = (f"{rng.choice(('SET', 'CREATE', 'DELETE'))}\n{_listing(each)}" for each in found)
    return Generated("".join(lines).encode(), n_held(found))


def cmedit_table(rng: random.Random) -> Generated:
    """What `cmedit get -t` prints: a block per class."""
    found = objects(rng, with_lists=False, with_structs=False)
    text = ""
    for mo_class in sorted({each.mo_class for each in found}):
        rows = [each for each in found if each.mo_class == mo_class]
        names = sorted({name for each in rows for name in each.attributes})
        text += "\t".join(("NodeId", "ENodeBFunctionId", f"{mo_class}Id", *names)) + "\n"
        for each in rows:
            cells = [str(each.attributes.get(name, "")) for name in names]
            text += "\t".join((each.node, "1", each.value, *cells)) + "\n"
        text += "\n"
    return Generated(f"{text}{len(found)} instance(s)\n".encode(), n_held(found))


def moshell(rng: random.Random) -> Generated:
    """A log of moshell with tables and single objects of two nodes."""
    found = objects(rng, with_structs=False)
    rule = "=" * 60
    lines = []
    for each in found:
        lines += [f"{each.node}> get {each.ldn}", "", rule]
        shown = {name: _shown(value) for name, value in each.attributes.items()}
        if rng.random() < 0.5:
            lines += [f"{rng.randint(1, 999):6}   {each.ldn}", rule]
            lines += [f"{name:40} {text}" for name, text in shown.items()]
            lines += [rule]
        else:
            widths = [max(len(name), len(text)) + 2 for name, text in shown.items()]
            names, texts = (
                [each.ljust(width) for each, width in zip(given, widths, strict=True)]
                for given in (shown, shown.values())
            )
            lines += ["MO".ljust(50) + "".join(names), rule, each.ldn.ljust(50) + "".join(texts)]
            lines += [rule, "Total: 1 MOs"]
    return Generated("\n".join([*lines, ""]).encode(), n_held(found))


def csv_wide(rng: random.Random) -> Generated:
    """A table with a line per object, its name in one column or in several."""
    found = objects(rng, with_lists=False, with_structs=False)
    names = sorted({name for each in found for name in each.attributes})
    form = rng.choice(("fdn", "node", "steps"))
    if form == "steps":
        found = [each._replace(mo_class="EUtranCellFDD") for each in found]
    heads = {
        "fdn": ["FDN"],
        "node": ["Node_ID", "MO"],
        "steps": [
            "SubNetwork_id",
            "ManagedElement_id",
            "vsDataENodeBFunction_id",
            "vsDataEUtranCellFDD_id",
        ],
    }
    rows = [[*heads[form], *names]]
    for each in found:
        own = {
            "fdn": [each.fdn],
            "node": [each.node, each.ldn],
            "steps": ["R", each.node, "1", each.value],
        }
        rows.append([*own[form], *(str(each.attributes.get(name, "")) for name in names)])
    return Generated(_csv(rng, rows), n_held(found))


def csv_long(rng: random.Random) -> Generated:
    """A table with a line per value."""
    found = objects(rng, with_lists=False, with_structs=False)
    rows = [["object", "attribute", "value"]]
    rows += [
        [each.fdn, name, str(text)] for each in found for name, text in each.attributes.items()
    ]
    return Generated(_csv(rng, rows), n_held(found))


def _csv(rng: random.Random, rows: list[list[str]]) -> bytes:
    separator = rng.choice(",;\t|")
    written = io.StringIO()
    quoting = rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
    csv.writer(written, delimiter=separator, quoting=quoting).writerows(rows)
    head = f"sep={separator}\r\n" if rng.random() < 0.3 else ""
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return (head + written.getvalue()).encode(encoding)


def _listing(each: Object) -> str:
    lines = (f"{name} : {_bracketed(value)}\n" for name, value in each.attributes.items())
    return f"FDN : {each.fdn}\n" + "".join(lines) + "\n"


def _bracketed(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={text}" for name, text in value.items()) + "}"
    return value


def _shown(value: Value) -> str:
    """A value as moshell prints it."""
    if isinstance(value, list):
        words = [item.split()[0] for item in value]
        return f"i[{len(words)}] = {' '.join(words)}"
    assert isinstance(value, str)
    return value


def _elements(prefix: str, attributes: dict[str, Value]) -> list[str]:
    found = []
    for name, value in attributes.items():
        if isinstance(value, dict):
            inner = "".join(
                f"<{prefix}{member}>{escape(text)}</{prefix}{member}>"
                for member, text in value.items()
            )
            found.append(f"<{prefix}{name}>{inner}</{prefix}{name}>")
        else:
            items = [value] if isinstance(value, str) else value
            found += [f"<{prefix}{name}>{escape(item)}</{prefix}{name}>" for item in items]
    return found


WRITERS: dict[str, Callable[[random.Random], Generated]] = {
    "bulk-cm": bulk_cm,
    "netconf": netconf,
    "yang-json": yang_json,
    "cmedit": cmedit,
    "cmedit-table": cmedit_table,
    "moshell": moshell,
    "enm-import": enm_import,
    "csv, wide": csv_wide,
    "csv, long": csv_long,
}
