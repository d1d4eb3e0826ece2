"""What a view returns: a list of shapes, drawn in order. Zones say what a click on them, or the key, sends.

Views are values, so a test prints them, compares them and clicks on them without a window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from game.screen.kit.geometry import Point, Rect
from game.screen.kit.theme import Colour, Style
from game.screen.map.mapping import Camera

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle, with round corners, an edge or a soft shadow where they are given."""

    rect: Rect
    colour: Colour
    radius: float = 0.0
    edge: Colour | None = None
    shadow: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text in a box; what is too long ends in an ellipsis. `whole` is the text whose last line it is."""

    rect: Rect
    text: str
    style: Style
    colour: Colour
    align: Align = "left"
    halo: Colour | None = None
    spacing: float = 0.0
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: Colour
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle with a rim."""

    centre: Point
    radius: float
    colour: Colour
    rim: Colour | None = None


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawn sign, in a colour."""

    rect: Rect
    name: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag of a state, by its code; where there is none a plate in its colour with its first letters."""

    rect: Rect
    code: str
    name: str = ""
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Hatch:
    """A disputed area: hatched in the colour of whoever holds it, over the colour of the state it lies in."""

    area: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Ground:
    """The map: lands and seas as a camera sees them, states tinted, disputed areas hatched."""

    rect: Rect
    camera: Camera
    tints: tuple[tuple[str, Colour], ...]
    hatches: tuple[Hatch, ...] = ()
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A tapered arrow between two places, bent to one side; `drawn` is the share of it that has appeared.

    A `plain` one is as wide at both ends and has no head. The white `rim` sets it off from what is under it.
    """

    start: Point
    end: Point
    bend: float
    colour: Colour
    width: float
    dashed: bool = False
    drawn: float = 1.0
    plain: bool = False
    rim: bool = True


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the screen that can be clicked, or focused and pressed: `message` is what it sends.

    One with a `grip` can also be wheeled over and dragged, and is told so with its grip: see `Gripped`.
    """

    rect: Rect
    message: object
    name: str
    hint: str = ""
    focusable: bool = True
    grip: object | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """Shapes of which only what lies in a rectangle is shown, and can be clicked."""

    rect: Rect
    shapes: tuple[Shape, ...]


Shape = Panel | Words | Line | Area | Dot | Icon | Flag | Ground | Ribbon | Zone | Clip
View = tuple[Shape, ...]


def zones(shapes: Iterable[Shape], within: Rect | None = None) -> Iterator[Zone]:
    """Every zone that can be reached, in the order of drawing, cut to what is shown of it."""
    for shape in shapes:
        if isinstance(shape, Clip):
            inner = shape.rect if within is None else shape.rect.shared(within)
            if inner is not None:
                yield from zones(shape.shapes, inner)
        elif isinstance(shape, Zone):
            seen = shape.rect if within is None else shape.rect.shared(within)
            if seen is not None:
                yield Zone(seen, shape.message, shape.name, shape.hint, shape.focusable, shape.grip)


def zone_at(shapes: Sequence[Shape], x: float, y: float) -> Zone | None:
    """The uppermost zone under a point: the one that was drawn last."""
    found = None
    for zone in zones(shapes):
        if zone.rect.holds(x, y):
            found = zone
    return found


def grip_at(shapes: Sequence[Shape], x: float, y: float) -> object | None:
    """The grip of the uppermost zone under a point that has one."""
    found = None
    for zone in zones(shapes):
        if zone.grip is not None and zone.rect.holds(x, y):
            found = zone.grip
    return found


def pick(shapes: Sequence[Shape], x: float, y: float) -> object | None:
    """What a click at a point sends; None where there is nothing to click."""
    zone = zone_at(shapes, x, y)
    return None if zone is None else zone.message


def named(shapes: Sequence[Shape], name: str) -> Zone:
    """The zone of a name; KeyError where there is none."""
    for zone in zones(shapes):
        if zone.name == name:
            return zone
    raise KeyError(name)


def focus_ring(shapes: Sequence[Shape]) -> tuple[Zone, ...]:
    """The zones that the keyboard goes round, in the order of drawing."""
    return tuple(zone for zone in zones(shapes) if zone.focusable)


def texts_at(shapes: Iterable[Shape], x: float, y: float) -> Iterator[Words]:
    """The lines of text under a point, in the order of drawing."""
    for shape in shapes:
        if isinstance(shape, Clip) and shape.rect.holds(x, y):
            yield from texts_at(shape.shapes, x, y)
        elif isinstance(shape, Words) and shape.rect.holds(x, y):
            yield shape


def texts(shapes: Iterable[Shape]) -> Iterator[Words]:
    """Every line of text, also inside clips."""
    for shape in shapes:
        if isinstance(shape, Clip):
            yield from texts(shape.shapes)
        elif isinstance(shape, Words):
            yield shape
