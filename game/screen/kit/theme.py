"""How things look: colours, the ramp of relations with its glyphs, and the styles of text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from game.play.snapshot import colour

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale of relations: never told by its colour alone."""

    name: str
    glyph: str
    low: float
    dark: Colour  # on a dark panel


BANDS = (
    Band("Hostile", "\N{HEAVY MULTIPLICATION X}", -100.0, colour("#9a5d10")),
    Band("Adversarial", "\N{BLACK DOWN-POINTING TRIANGLE}", -59.0, colour("#d8945c")),
    Band("Cool", "\N{WHITE DOWN-POINTING TRIANGLE}", -29.0, colour("#f4e4d5")),
    Band("Neutral", "\N{BULLET}", -9.0, colour("#8f8f8f")),
    Band("Warm", "\N{WHITE UP-POINTING TRIANGLE}", 10.0, colour("#cfe4ff")),
    Band("Partner", "\N{BLACK UP-POINTING TRIANGLE}", 30.0, colour("#7b9fe9")),
    Band("Ally", "\N{BLACK STAR}", 60.0, colour("#4a63bf")),
)
"""Seven bands, told apart under normal, deuteran, protan and tritan sight."""

RAMP = tuple(
    (place, colour(code))
    for place, code in (
        (-100.0, "#a63603"), (-70.0, "#e6550d"), (-40.0, "#fd8d3c"), (-18.0, "#fdd0a2"), (0.0, "#f5f1ea"),
        (18.0, "#dadaeb"), (40.0, "#9ea8d9"), (70.0, "#5b74bd"), (100.0, "#24408e"),
    )
)  # fmt: skip
"""The light map's colours of relations: orange, white, blue."""

SEA, SHALLOWS, LAND, LINE = colour("#c8dae6"), colour("#dbe8f0"), colour("#dedcd3"), colour("#bfbcb1")
INK, QUIET, PAPER = colour("#1f2430"), colour("#5f6675"), colour("#fbfbfa")
PANEL, RAISED, RULE = colour("#1b2130"), colour("#262e40"), colour("#3a4459")
LEGIBLE = 4.5
"""The least contrast of text."""
DULL = colour("#8d95a6")
"""Text of what can't be pressed now: duller than the rest, and still to be read."""

CENTRE = colour("#f2c94c")
TEXT, FAINT, ACCENT = colour("#eef1f6"), colour("#a9b2c3"), colour("#f0b64a")


def band(relation: float) -> Band:
    """The band a relation falls in, by the whole number it is shown as."""
    return [each for each in BANDS if each.low <= max(round(relation), -100)][-1]


def tint(relation: float) -> Colour:
    """The light map's colour of a relation, between the two nearest of the ramp."""
    value = min(max(relation, -100.0), 100.0)
    for (low, first), (high, second) in pairwise(RAMP):
        if value <= high:
            return mixed(first, second, (value - low) / (high - low))
    return RAMP[-1][1]


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two; `share` 0 is the first."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(first, second, strict=True))
    return red, green, blue


def luminance(shade: Colour) -> float:
    """The relative luminance of WCAG 2.1, 0 black to 1 white."""
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in shade)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(shade: Colour, ground: Colour = PANEL) -> Colour:
    """A colour, lightened only as far as text on a dark ground needs."""
    share = 0.0
    while contrast(mixed(shade, TEXT, share), ground) < LEGIBLE and share < 1.0:
        share += 0.05
    return mixed(shade, TEXT, share)


@dataclass(frozen=True, slots=True)
class Style:
    """A way to set text: the face, and its size in logical pixels."""

    face: str
    size: int


SMALL, BODY, STRONG = Style("regular", 13), Style("regular", 15), Style("semibold", 15)
HEADING, TITLE, DISPLAY = Style("semibold", 19), Style("semibold", 28), Style("semibold", 46)
NOTE = Style("medium", 12)
LAND_NAME, SEA_NAME = Style("semibold", 15), Style("italic", 15)
