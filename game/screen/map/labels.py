"""The names on the map: states first, large ones within them and small ones beside them, then neighbours and seas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from game.play.snapshot import colour
from game.screen.kit import theme
from game.screen.kit.frame import Measure
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Dot,
    Line,
    Shape,
    Words,
)
from game.screen.kit.theme import Colour, Style
from game.screen.map.atlas import (
    Spot,
    area_place,
    label_place,
    neighbours,
    seas,
)
from game.screen.map.mapping import Camera, projected
from game.screen.map.placement import around, best

SIZES = ((26, 4.0, 300.0), (21, 3.0, 190.0), (17, 2.0, 120.0), (15, 1.0, 0.0), (13, 0.0, 0.0))
"""Sizes of names with the space between letters, from the room on that they are used."""
PILL = 21.0
"""How high the pill under a name is."""
CROWDED = 0.5
"""How many square pixels of a name may be covered; one that would be covered more is left out."""
CAPITAL = 11.0
"""The side of the square that a capital's dot keeps free."""


@dataclass(frozen=True, slots=True)
class Called:
    """A state to be named: its id, code, name, capital in kilometres, and how wide the pill under its name is."""

    id: str
    code: str
    name: str
    place: Point | None
    pill: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place, in pixels of a picture; with a line to its state where it stands beside it."""

    id: str
    text: str
    box: Rect
    style: Style
    spacing: float
    lead: tuple[Point, Point] | None = None

    def moved(self, across: float, down: float) -> Label:
        """The same name elsewhere."""
        lead = None if self.lead is None else tuple((x + across, y + down) for x, y in self.lead)
        return replace(self, box=self.box.moved(across, down), lead=None if lead is None else (lead[0], lead[1]))

    @property
    def inside(self) -> bool:
        """Whether it stands on its state."""
        return self.lead is None


@dataclass(frozen=True, slots=True)
class Layout:
    """All names of a picture, and what they cover."""

    states: tuple[Label, ...] = ()
    others: tuple[Label, ...] = ()
    seas: tuple[Label, ...] = ()
    areas: tuple[Label, ...] = ()
    taken: tuple[Rect, ...] = ()

    def seen(self, before: Camera, now: Camera, chart: Rect) -> Layout:
        """The names as they go along when the camera moves: each stays at its place on the map."""

        def along(label: Label) -> Label:
            x, y = label.lead[1] if label.lead is not None else label.box.centre
            after = now.seen(before.placed((x - chart.x, y - chart.y)))
            return label.moved(after[0] + chart.x - x, after[1] + chart.y - y)

        parts = (self.states, self.others, self.seas, self.areas)
        states, others, seas, areas = (tuple(along(label) for label in part) for part in parts)
        return replace(self, states=states, others=others, seas=seas, areas=areas)

    def moved(self, across: float, down: float) -> Layout:
        """The same names elsewhere."""
        parts = (self.states, self.others, self.seas, self.areas)
        states, others, seas, areas = (tuple(label.moved(across, down) for label in part) for part in parts)
        return Layout(states, others, seas, areas, tuple(box.moved(across, down) for box in self.taken))


@lru_cache(maxsize=64)
def laid_out(
    camera: Camera, called: tuple[Called, ...], areas: tuple[tuple[str, str], ...], blocked: tuple[Rect, ...],
    measure: Measure,
) -> Layout:  # fmt: skip
    """Where every name goes in a picture of which some parts are covered."""
    room = Rect(4.0, 4.0, camera.width - 8.0, camera.height - 8.0)
    taken = [*blocked, *(_square(camera.seen(each.place)) for each in called if each.place is not None)]
    states: list[Label] = []
    spots = [(each, spot) for each in called if (spot := label_place(each.code, camera)) is not None]
    for each, spot in sorted(spots, key=lambda pair: -pair[1].room):
        label = _state(each, spot, taken, room, measure)
        if label is not None:
            states.append(label)
            taken.append(label.box)
    marked = tuple(_areas(camera, areas, taken, measure))
    taken += [label.box for label in marked]
    seas = tuple(_seas(camera, taken, room, measure))
    taken += [label.box for label in seas]
    others = tuple(_others(camera, frozenset(each.code for each in called), taken, room, measure))
    taken += [label.box for label in others]
    return Layout(tuple(states), others, seas, marked, tuple(taken))


def _square(point: Point) -> Rect:
    return Rect(point[0] - CAPITAL / 2, point[1] - CAPITAL / 2, CAPITAL, CAPITAL)


def _wide(text: str, style: Style, spacing: float, measure: Measure) -> float:
    return measure(text, style) + spacing * max(len(text) - 1, 0) + 8.0


def _state(each: Called, spot: Spot, taken: Sequence[Rect], room: Rect, measure: Measure) -> Label | None:
    """A name on its state where there is room for it, else beside it."""
    text = each.name.upper()
    for size, spacing, least in SIZES:
        style = Style("semibold", size)
        width = _wide(text, style, spacing, measure)
        height = size * 1.3 + (PILL if each.pill else 0.0)
        if spot.room < least or max(width, each.pill) > spot.room * (0.96 if size > 13 else 1.12):
            continue
        steps = (0.0, -18.0, 18.0, -34.0, 34.0, -52.0, 52.0)
        boxes = [_about((spot.place[0] + shift, spot.place[1] + step), max(width, each.pill), height)
                 for step in steps for shift in (0.0, -0.12 * spot.room, 0.12 * spot.room)]  # fmt: skip
        within = [box for box in boxes if box.y >= spot.around.y - 6 and box.bottom <= spot.around.bottom + 6] or boxes
        number, cost = best(within, taken, room)
        if cost <= CROWDED:
            return Label(each.id, text, within[number], style, spacing)
    return _beside(each, text, spot, taken, room, measure)


def _about(place: Point, width: float, height: float) -> Rect:
    return Rect(place[0] - width / 2, place[1] - height / 2, width, height)


def _beside(each: Called, text: str, spot: Spot, taken: Sequence[Rect], room: Rect, measure: Measure) -> Label | None:
    """A name beside its state, with a line to it; None where every place for it is taken."""
    style = Style("semibold", 13)
    width, height = max(_wide(text, style, 0.0, measure), each.pill), 17.0 + (PILL if each.pill else 0.0)
    boxes = around(spot.around, width, height, 7.0)
    number, cost = best(boxes, taken, room)
    box = boxes[number]
    if cost > CROWDED:
        return None
    near = min(max(spot.place[0], box.x), box.right), min(max(spot.place[1], box.y), box.bottom)
    return Label(each.id, text, box, style, 0.0, (near, spot.place))


def _areas(
    camera: Camera, areas: tuple[tuple[str, str], ...], taken: Sequence[Rect], measure: Measure
) -> Iterator[Label]:
    """Disputed areas where there is room for their names, by their initials where there is little."""
    style = Style("semibold", 12)
    for name, title in areas:
        spot = area_place(name, camera)
        if spot is None:
            continue
        short = "\N{HYPHEN}".join(word[0] for word in title.replace("-", " ").split())
        for text in (title, short):
            box = _about(spot.place, _wide(text, style, 0.0, measure), 17.0)
            if box.width <= spot.room and not best([box], taken, Rect(0, 0, camera.width, camera.height))[1]:
                yield Label(name, text, box, style, 0.0)
                break


def _seas(camera: Camera, taken: Sequence[Rect], room: Rect, measure: Measure) -> Iterator[Label]:
    placed: list[Rect] = []
    written: set[str] = set()
    for sea in seas():
        place, space = camera.seen(projected(sea.longitude, sea.latitude)), sea.room / camera.grain
        for size in (20, 16, 13):
            style = Style("italic", size)
            box = _about(place, _wide(sea.name, style, 0.0, measure), size * 1.3)
            free = best([box], [*taken, *placed], room)[1] == 0.0
            if sea.name not in written and box.width <= space and free:
                placed.append(box)
                written.add(sea.name)
                yield Label(sea.name, sea.name, box, style, 0.0)
                break


def _others(
    camera: Camera, named: frozenset[str], taken: Sequence[Rect], room: Rect, measure: Measure
) -> Iterator[Label]:
    """Neighbours that are no part of the game, where there is room to name them quietly."""
    placed: list[Rect] = []
    for code, name in neighbours():
        spot = None if code in named else label_place(code, camera)
        if spot is None:
            continue
        text = name.upper()
        for size, spacing in ((15, 1.0), (12, 0.0)):
            style = Style("medium", size)
            box = _about(spot.place, _wide(text, style, spacing, measure), size * 1.3)
            if box.width <= spot.room * 1.04 and not best([box], [*taken, *placed], room)[1]:
                placed.append(box)
                yield Label(code, text, box, style, spacing)
                break


def name_of_state(label: Label, ground: Colour) -> Iterator[Shape]:
    """A state's name, dark on light and light on dark."""
    if label.lead is not None:
        yield Line(label.lead, theme.PAPER, 3)
        yield Line(label.lead, theme.INK, 1)
        yield Dot(label.lead[1], 2.0, theme.INK)
    dark = label.inside and theme.luminance(ground) < 0.18
    ink, halo = (theme.PAPER, theme.mixed(ground, theme.INK, 0.35)) if dark else (theme.INK, theme.PAPER)
    line = label.box.top(label.style.size * 1.3)[0]
    yield Words(line.inset(-6, 0), label.text, label.style, ink, "centre", halo, label.spacing)


def quiet_names(layout: Layout) -> Iterator[Shape]:
    """Neighbours and seas: there to be read, not to be noticed."""
    land, sea = theme.mixed(theme.LAND, theme.INK, 0.68), theme.mixed(theme.SEA, colour("#123a5c"), 0.8)
    for label in layout.others:
        yield Words(label.box.inset(-6, 0), label.text, label.style, land, "centre", None, label.spacing)
    for label in layout.seas:
        yield Words(label.box.inset(-6, 0), label.text, label.style, sea, "centre")
