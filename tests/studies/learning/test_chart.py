"""The drawing of the learning curves: well-formed, one line per strategy, labels apart, no scripts."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from studies.learning.chart import Curve, svg

SVG = "{http://www.w3.org/2000/svg}"


def curve(name: str, *mean: float) -> Curve:
    """A curve with a narrow band, measured every ten questions."""
    questions = list(range(0, 10 * len(mean), 10))
    return Curve(name, questions, list(mean), [m - 0.01 for m in mean], [m + 0.01 for m in mean])


CURVES = [
    curve("random", 0.25, 0.25, 0.25),
    curve("a < b", 0.3, 0.8, 0.95),
    curve("c", 0.3, 0.9, 0.95),
]


def test_every_strategy_has_a_line_a_band_and_a_label_with_its_last_value() -> None:
    drawing = ET.fromstring(svg(CURVES, 0.95))
    assert len(drawing.findall(f"{SVG}polyline")) == len(drawing.findall(f"{SVG}polygon")) == 3
    texts = [text.text for text in drawing.findall(f"{SVG}text")]
    assert {"random 0.25", "a < b 0.95", "c 0.95"} <= set(texts)
    assert not drawing.findall(f".//{SVG}script")


def test_labels_of_equal_curves_do_not_overlap() -> None:
    drawing = ET.fromstring(svg(CURVES, 0.95))
    heights = sorted(
        int(text.attrib["y"]) for text in drawing.findall(f"{SVG}text") if "style" in text.attrib
    )
    assert all(below - above >= 15 for above, below in pairwise(heights))


def test_higher_shares_are_drawn_higher() -> None:
    low, high = (
        [float(point.split(",")[1]) for point in line.attrib["points"].split()]
        for line in ET.fromstring(svg(CURVES[:2], 0.95)).findall(f"{SVG}polyline")
    )
    assert low[-1] > high[-1]
    assert high == sorted(high, reverse=True)


def test_a_curve_is_at_a_share_from_where_it_stays_there() -> None:
    assert curve("a", 0.2, 0.96, 0.9, 0.95, 0.97).first_at(0.95) == 30
    assert curve("a", 0.2, 0.5).first_at(0.95) is None
