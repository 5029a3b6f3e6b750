"""The learning curves as an SVG for the documentation: readable in light and dark, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 196, 24, 44
COLOURS = ("#8a8f98", "#b7791f", "#3b82c4", "#7c5cc4", "#0f8a6d", "#c2410c", "#be185d")
STYLE = """
text{font:12px system-ui,sans-serif;fill:#333}line{stroke:#999;stroke-width:.5}
@media(prefers-color-scheme:dark){text{fill:#ddd}}
"""


@dataclass(frozen=True)
class Curve:
    """One strategy's mean share of the optimum with its 95 % band."""

    strategy: str
    questions: list[int]
    mean: list[float]
    low: list[float]
    high: list[float]

    def first_at(self, share: float) -> int | None:
        """Return the number of questions from which on the mean stays at or above a share."""
        for i in range(len(self.mean)):
            if all(value >= share for value in self.mean[i:]):
                return self.questions[i]
        return None


def svg(curves: Sequence[Curve], target: float) -> str:
    """Return the drawing: one line with its 95 % band per strategy, and the target."""
    last = max(curve.questions[-1] for curve in curves)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>Share of the optimum's reward against rated questions</title>",
        f"<style>{STYLE}</style>",
        *_axes(last),
        f'<line x1="{_x(0, last)}" x2="{_x(last, last)}" y1="{_y(target)}" y2="{_y(target)}" '
        'stroke-dasharray="4 3"/>',
    ]
    labels = _label_places([curve.mean[-1] for curve in curves])
    for curve, colour, place in zip(curves, COLOURS, labels, strict=False):
        parts += _curve(curve, colour, last, place)
    return "\n".join([*parts, "</svg>\n"])


def _curve(curve: Curve, colour: str, last: int, place: float) -> list[str]:
    xs = [_x(n, last) for n in curve.questions]
    upper = [f"{x:.1f},{_y(v):.1f}" for x, v in zip(xs, curve.high, strict=True)]
    lower = [f"{x:.1f},{_y(v):.1f}" for x, v in zip(xs, curve.low, strict=True)]
    line = [f"{x:.1f},{_y(v):.1f}" for x, v in zip(xs, curve.mean, strict=True)]
    return [
        f'<polygon points="{" ".join([*upper, *reversed(lower)])}" fill="{colour}" opacity=".15"/>',
        f'<polyline points="{" ".join(line)}" fill="none" stroke="{colour}" stroke-width="2"/>',
        f'<text x="{xs[-1] + 8:.0f}" y="{place:.0f}" style="fill:{colour}">'
        f"{escape(curve.strategy)} {curve.mean[-1]:.2f}</text>",
    ]


def _axes(last: int) -> list[str]:
    parts = []
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        y = _y(share)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.0f}" y2="{y:.0f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{share:.1f}</text>')
    for number in range(0, last + 1, 50):
        x = _x(number, last)
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - 24}" text-anchor="middle">{number}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">rated questions</text>'
    )
    return parts


def _label_places(values: list[float]) -> list[float]:
    """Heights of the labels: beside their lines, but never closer than a line of text."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    places = [0.0] * len(values)
    before = 0.0
    for i in order:
        before = places[i] = max(_y(values[i]) + 4, before + 15)
    return places


def _x(number: int, last: int) -> float:
    return LEFT + number / last * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return TOP + (1.0 - min(max(share, 0.0), 1.0)) * (HEIGHT - TOP - BOTTOM)
