"""Model files at random, one writer per format that is read; what they hold is counted in attributes."""

import json
import random
from collections.abc import Callable
from typing import NamedTuple

from tests.data.generated.objects import Generated


class _Attribute(NamedTuple):
    name: str
    type: str
    low: int
    high: int
    unit: str


def _classes(rng: random.Random) -> dict[str, list[_Attribute]]:
    return {
        f"Class{c}": [
            _Attribute(
                f"attribute{c}x{i}",
                rng.choice(("int32", "uint16", "boolean", "string")),
                rng.randint(-10, 0),
                rng.randint(1, 100),
                rng.choice(("", "dB", "ms")),
            )
            for i in range(rng.randint(1, 5))
        ]
        for c in range(rng.randint(1, 4))
    }


def _generated(text: str, classes: dict[str, list[_Attribute]]) -> Generated:
    return Generated(text.encode(), sum(map(len, classes.values())))


def mom_xml(rng: random.Random) -> Generated:
    """A document `<models><mim>`."""
    classes = _classes(rng)
    text = '<?xml version="1.0"?>\n<!DOCTYPE models SYSTEM "mp.dtd">\n<models><mim name="M" version="1">\n'
    for mo_class, attributes in classes.items():
        text += f'<class name="{mo_class}"><description>x</description>\n'
        for each in attributes:
            limits = f"<range><min>{each.low}</min><max>{each.high}</max></range>"
            inner = limits if "int" in each.type else ""
            text += (
                f'<attribute name="{each.name}"><dataType><{each.type}>{inner}</{each.type}>'
                f"</dataType><unit>{each.unit}</unit></attribute>\n"
            )
        text += "</class>\n"
    return _generated(text + "</mim></models>\n", classes)


def yang(rng: random.Random) -> Generated:
    """A module with lists, each with its attributes in a grouping or in itself."""
    classes = _classes(rng)
    text = '// a model\nmodule m {\n  namespace "urn:m"; prefix m;\n'
    for mo_class, attributes in classes.items():
        leaves = ""
        for each in attributes:
            limits = f'{{ range "{each.low}..{each.high}"; }}' if "int" in each.type else ";"
            unit = f' units "{each.unit}";' if each.unit else ""
            leaves += f"    leaf {each.name} {{ type {each.type} {limits}{unit} }}\n"
        if rng.random() < 0.5:
            text += f"  grouping {mo_class}Grp {{\n{leaves}  }}\n"
            leaves = f"    container attributes {{ uses {mo_class}Grp; }}\n"
        text += f"  list {mo_class} {{ key id; leaf id {{ type string; }}\n{leaves}  }}\n"
    return _generated(text + "}\n", classes)


def table(rng: random.Random) -> Generated:
    """A table with a line per attribute."""
    classes = _classes(rng)
    separator = rng.choice(",;\t")
    lines = [separator.join(("moClass", "attribute", "type", "min", "max", "unit"))]
    lines += [
        separator.join((mo_class, e.name, e.type, str(e.low), str(e.high), e.unit))
        for mo_class, attributes in classes.items()
        for e in attributes
    ]
    return _generated("\n".join([*lines, ""]), classes)


def in_json(rng: random.Random) -> Generated:
    """A list of attributes, or classes with theirs."""
    classes = _classes(rng)
    if rng.random() < 0.5:
        rows = [
            {
                "class": mo_class,
                "attribute": each.name,
                "type": each.type,
                "range": [each.low, each.high],
            }
            for mo_class, attributes in classes.items()
            for each in attributes
        ]
        return _generated(json.dumps(rows), classes)
    nested = {
        mo_class: {"attributes": {e.name: {"type": e.type, "min": e.low} for e in attributes}}
        for mo_class, attributes in classes.items()
    }
    return _generated(json.dumps({"name": "M", "classes": nested}), classes)


WRITERS: dict[str, Callable[[random.Random], Generated]] = {
    "mom-xml": mom_xml,
    "yang": yang,
    "model-csv": table,
    "model-json": in_json,
}
