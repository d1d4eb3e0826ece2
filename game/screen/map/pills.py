"""Pills: small rounded panels with a few words, and cards of paper that lie on the map."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.snapshot import colour
from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Dot,
    Panel,
    Shape,
    Words,
)
from game.screen.kit.theme import NOTE, Colour, Style

GOOD, BAD, NEITHER = theme.RAMP[-1][1], theme.RAMP[0][1], colour("#4c5567")
"""What is friendly, hostile or neither, as a ground for white words."""

PILL_STYLE = Style("medium", 13)


def pill(box: Rect, text: str, swatch: Colour, style: Style = NOTE) -> Iterator[Shape]:
    """Words on paper behind a spot of colour: legible whatever the colour is."""
    yield Panel(box, theme.PAPER, radius=box.height / 2, edge=theme.mixed(swatch, theme.INK, 0.35))
    yield Dot(
        (box.x + box.height / 2, box.centre[1]), box.height / 2 - 5.5, swatch, theme.mixed(swatch, theme.INK, 0.4)
    )
    inner = Rect(box.x + box.height - 3, box.y, box.width - box.height - 2, box.height)
    yield Words(inner, text, style, theme.INK, "centre")


def pill_width(words: float, height: float = 20.0) -> float:
    """How wide a pill is around words of a width."""
    return words + height + 8.0


def plate(box: Rect, text: str, ground: Colour) -> Iterator[Shape]:
    """White words on a strong colour: what an act was."""
    yield Panel(box, ground, radius=box.height / 2 - 2, edge=theme.PAPER)
    yield Words(box.inset(8, 0), text, PILL_STYLE, theme.PAPER, "centre")


def paper(box: Rect) -> Panel:
    """A card that lies on the map."""
    return Panel(box, theme.PAPER, radius=9, shadow=True, opacity=0.95)
