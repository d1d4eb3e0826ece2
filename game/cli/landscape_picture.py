"""The minima of a landscape as a picture: SVG, which needs no library and is the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from game.analysis.landscape import Landscape, Minimum, gains
from game.analysis.tables import Table
from game.text import cleaned

WIDTH, MARGIN, LINE, HEAD = 960, 32, 24, 118
MOST = 8
"""How many minima are drawn; a line says how many more there are."""

CAMPS = ("#2f5d9b", "#b4611a")
INK, SOFT, RULE, PAPER = "#1f2430", "#5d6472", "#d8d4ca", "#fbf9f4"
BAR = 120
"""How long the bar of the state that stands most firmly is."""


def picture(title: str, table: Table, found: Landscape) -> str:
    """The text of the SVG: each minimum with its energy, its basin and its camps, lowest first.

    A bar beside a state says how much worse it would be placed after a switch; the longest is the firmest.
    """
    drawn, y = [], HEAD
    for place, minimum in enumerate(found.minima[:MOST], 1):
        part, height = _minimum(place, table, found, minimum, y)
        drawn += part
        y += height
    more = len(found.minima) - MOST
    if more > 0:
        drawn.append(_text(MARGIN, y + 8, f"and {more} more", SOFT))
        y += LINE
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 16}" viewBox="0 0 {WIDTH} {y + 16}" '
        f'role="img" font-family="DejaVu Sans, Verdana, sans-serif" font-size="14">',
        f"<title>{escape(cleaned(title))}</title>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        _text(MARGIN, 44, title, INK, size=22, bold=True),
        _text(MARGIN, 70, _summary(found), SOFT),
        _text(MARGIN, 92, "A bar: how much worse placed a state would be if it alone switched camps.", SOFT, size=12),
    ]
    return "\n".join([*head, *drawn, "</svg>", ""])


def _summary(found: Landscape) -> str:
    count = len(found.minima)
    minima = "one local minimum" if count == 1 else f"{count} local minima"
    looked = "" if found.exact else f"; not all were looked at, none lies below {_number(found.bound)}"
    return f"{found.splits:,} splits into two camps, {minima}; mean energy {_number(found.mean)}{looked}"


def _minimum(place: int, table: Table, found: Landscape, minimum: Minimum, y: int) -> tuple[list[str], int]:
    firmness = (-gains(table.values, minimum.camps, table.sizes)).tolist()
    longest = max([*firmness, 1e-12])
    camps = [[i for i, side in enumerate(minimum.camps.tolist()) if side is one] for one in (True, False)]
    rows = max(1, *map(len, camps))
    half = (WIDTH - 2 * MARGIN) // 2
    lines = [
        f'<line x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}" stroke="{RULE}"/>',
        _text(MARGIN, y + 26, f"{place}  energy {_number(minimum.energy)}", INK, size=16, bold=True),
        *_scale(found, minimum, y + 20),
    ]
    for side, (camp, colour) in enumerate(zip(camps, CAMPS, strict=True)):
        left = MARGIN + side * half
        if not camp:
            lines.append(_text(left, y + 56, "nobody", SOFT))
        for row, state in enumerate(sorted(camp, key=lambda one: (-firmness[one], table.names[one]))):
            lines += _state(table.names[state], firmness[state] / longest, bool(minimum.free[state]), colour,
                            left, y + 56 + LINE * row)  # fmt: skip
    return lines, 56 + LINE * rows + 12


def _state(name: str, firm: float, free: bool, colour: str, x: int, y: int) -> Iterator[str]:
    length = max(2.0, BAR * max(firm, 0.0))
    yield f'<rect x="{x}" y="{y - 11}" width="{length:.1f}" height="12" rx="2" fill="{colour}"/>'
    shown = f"{name} (may stand on either side)" if free else name
    yield _text(x + BAR + 12, y, shown if len(shown) <= 36 else f"{shown[:35]}…", INK)


def _scale(found: Landscape, minimum: Minimum, y: int) -> Iterator[str]:
    """Where the energy lies between the lowest and the mean, and how many splits lead here."""
    left, right = WIDTH // 2, WIDTH - MARGIN - 150
    depth = found.mean - found.bound
    x = left + (right - left) * ((minimum.energy - found.bound) / depth if depth > 0.0 else 0.0)
    yield f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke="{SOFT}" stroke-width="2"/>'
    yield f'<circle cx="{x:.1f}" cy="{y}" r="6" fill="{INK}"/>'
    yield _text(right + 12, y + 5, f"mean · {minimum.basin:.1%} lead here", SOFT, size=12)


def _text(x: int, y: int, text: str, colour: str, *, size: int = 14, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" fill={quoteattr(colour)} font-size="{size}"{weight}>{escape(cleaned(text))}</text>'


def _number(value: float) -> str:
    digits = 0 if value == round(value) or abs(value) >= 10_000 else 2
    return f"{value:,.{digits}f}".replace("-", "−")
