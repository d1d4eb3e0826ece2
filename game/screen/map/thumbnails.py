"""A scenario before it is played, as a picture: a map tinted by how states stand, or a graph where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from game.narrative.wording import signed
from game.play.snapshot import Figure, Sketch
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
    Ground,
    Hatch,
    Line,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.theme import NOTE, SMALL
from game.screen.map.atlas import label_place
from game.screen.map.mapping import framing, projected

PLAIN = 8.0
"""Relations weaker than this are no line of the graph."""


def centre_of(sketch: Sketch) -> str:
    """The state around which a scenario turns: one that claims an area, else the one the others differ about most."""
    if sketch.centre:
        return sketch.centre
    places = [number for number, each in enumerate(sketch.states) if each.plays and not each.off_map]
    places = places or list(range(len(sketch.states)))
    rows = sketch.relations
    return sketch.states[
        max(places, key=lambda place: torn([row[place] for i, row in enumerate(rows) if i != place]))
    ].id


def torn(relations_of: Sequence[float]) -> float:
    """How far those who look at a state differ: the weaker of the two camps, its friends and its enemies."""
    return min(sum(value for value in relations_of if value > 0), -sum(value for value in relations_of if value < 0))


def geographic(sketch: Sketch) -> bool:
    """Whether there is a map to show it on."""
    return any(each.code and each.place is not None and not each.off_map for each in sketch.states)


def picture(frame: Frame, rect: Rect, sketch: Sketch, centre: str | None = None) -> View:
    """The board of turn 0 around a state, by default the one the scenario turns around."""
    middle = centre or centre_of(sketch)
    body, foot = (rect, None) if rect.height < 150 else rect.base(26)[::-1]
    shapes = _map(frame, body, sketch, middle) if geographic(sketch) else _graph(frame, body, sketch, middle)
    corners = ((body.x, body.y), (body.right, body.y), (body.right, body.bottom), (body.x, body.bottom))
    border = Line((*corners, corners[0]), theme.RULE, 1.5)
    caption = () if foot is None else tuple(_caption(frame, foot, sketch, middle))
    return (Clip(body, tuple(shapes)), border, *caption)


def shade(sketch: Sketch, figure: Figure, centre: str) -> theme.Colour:
    """How a state stands to the one in the middle; that one in a colour of its own."""
    return theme.CENTRE if figure.id == centre else theme.tint(sketch.relation(figure.id, centre))


def _map(frame: Frame, rect: Rect, sketch: Sketch, centre: str) -> Iterator[Shape]:
    camera = framing(*(sketch.view or (24.0, 24.0, 63.0, 48.0)), round(rect.width), round(rect.height))
    shown = [each for each in sketch.states if each.code and not each.off_map]
    tints = tuple((each.code, shade(sketch, each, centre)) for each in shown)
    colours = dict(tints)
    hatches = tuple(
        Hatch(area, colours.get(sketch.state(holder).code, theme.QUIET)) for area, holder in sketch.areas if holder
    )
    yield Ground(rect, camera, tints, hatches, sketch.state(centre).code or None)
    taken: list[Rect] = []
    for each in sorted(shown, key=lambda figure: figure.id != centre):
        if each.place is not None:
            x, y = camera.seen(projected(*each.place))
            yield Dot((rect.x + x, rect.y + y), 2.4, theme.INK, theme.PAPER)
        found = label_place(each.code, camera)
        if found is None:
            continue
        x, y = found.place
        width = frame.measure(each.name, SMALL) + 10
        box = Rect(min(max(rect.x + x - width / 2, rect.x + 4), rect.right - width - 4), rect.y + y - 9, width, 18)
        if not any(box.shared(other) for other in taken):
            taken.append(box)
            yield Words(box, each.name, theme.Style("semibold", 13), theme.INK, "centre", theme.PAPER)
    yield from _away(frame, rect, sketch, centre)


def _away(frame: Frame, rect: Rect, sketch: Sketch, centre: str) -> Iterator[Shape]:
    """The states that lie off the map, with how they stand."""
    away = [each for each in sketch.states if each.off_map or (each.code and each.place is None)]
    if not away or rect.height < 60 + 26 * len(away) or rect.width < 420:
        return
    width = max(frame.measure(each.name, SMALL) for each in away) + 108
    box = Rect(rect.right - width - 10, rect.y + 10, width, 12 + 26 * len(away))
    yield Panel(box, theme.PAPER, radius=7, shadow=True, opacity=0.94)
    for each, row in zip(away, box.inset(9, 6).rows(26), strict=False):
        yield Flag(Rect(row.x, row.y + 5, 24, 16), each.code, each.name, each.colour)
        yield Words(Rect(row.x + 32, row.y, row.width - 84, row.height), each.name, SMALL, theme.INK)
        if each.id != centre:
            value = sketch.relation(each.id, centre)
            text = f"{theme.band(value).glyph} {signed(value)}"
            yield Words(Rect(row.right - 50, row.y, 50, row.height), text, SMALL, theme.INK, "right")


def nodes(rect: Rect, count: int) -> tuple[Point, ...]:
    """Places for so many states: on an ellipse, the first at the top."""
    x, y = rect.centre
    across, down = max(rect.width / 2 - 78, 20.0), max(rect.height / 2 - 34, 16.0)
    return tuple(
        (x + across * sin(2 * pi * number / count), y - down * cos(2 * pi * number / count)) for number in range(count)
    )


def _graph(frame: Frame, rect: Rect, sketch: Sketch, centre: str) -> Iterator[Shape]:
    yield Panel(rect, theme.mixed(theme.PANEL, theme.INK, 0.35))
    places = nodes(rect, len(sketch.states))
    few = len(sketch.states) <= 4
    pills: list[Shape] = []
    for i in range(len(places)):
        for j in range(i + 1, len(places)):
            value = (sketch.relations[i][j] + sketch.relations[j][i]) / 2
            if abs(value) < PLAIN:
                continue
            colour = theme.band(value).dark
            yield Line((places[i], places[j]), colour, 1.5 + abs(value) / 22, dashed=value < 0)
            if few or centre in (sketch.states[i].id, sketch.states[j].id):
                pills += _pill(frame, _between(places[i], places[j]), value)
    yield from pills
    for each, place in zip(sketch.states, places, strict=True):
        yield Dot(
            place, 11 if each.id == centre else 8, each.colour, theme.CENTRE if each.id == centre else theme.PAPER
        )
        width = frame.measure(each.name, theme.STRONG) + 12
        up = place[1] < rect.centre[1]
        box = Rect(place[0] - width / 2, place[1] - 32 if up else place[1] + 13, width, 20)
        yield Words(box, each.name, theme.STRONG, theme.TEXT, "centre", theme.PANEL)


def _between(first: Point, second: Point) -> Point:
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2


def _pill(frame: Frame, at: Point, value: float) -> Iterator[Shape]:
    band = theme.band(value)
    text = f"{band.glyph} {signed(value)}"
    width = frame.measure(text, NOTE) + 14
    box = Rect(at[0] - width / 2, at[1] - 10, width, 20)
    yield Panel(box, theme.PANEL, radius=8, edge=band.dark)
    yield Words(box, text, NOTE, theme.TEXT, "centre")


def _caption(frame: Frame, rect: Rect, sketch: Sketch, centre: str) -> Iterator[Shape]:
    _, line = rect.top(4)
    name = sketch.state(centre).name
    if not geographic(sketch):
        yield Words(line, "Lines: how two states stand, broken where they are at odds", NOTE, theme.FAINT)
        return
    said = f"How others regard {name}"
    ramp, words = line.end(min(230.0, line.width - frame.measure(said, NOTE) - 14))
    yield Words(words, said, NOTE, theme.FAINT)
    if ramp.width < 130:
        return
    low, rest = ramp.left(48)
    high, strip = rest.end(52)
    yield Words(low, "hostile", NOTE, theme.FAINT)
    yield Words(high, "friendly", NOTE, theme.FAINT, "right")
    for number, part in enumerate(strip.inset(0, strip.height / 2 - 4).columns((1,) * 21)):
        yield Panel(Rect(part.x, part.y, part.width + 1, part.height), theme.tint(-100 + 10 * number))
