"""What was said and done in the last turn, as arrows with what it was and how much; and the relation in view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from game.screen import theme
from game.screen.board.marks import regard_text, signed
from game.screen.board.model import Model, centre_of, drawn_as_graph, has_map, on_map
from game.screen.board.pills import BAD, GOOD, NEITHER, PILL_STYLE, pill, pill_width, plate
from game.screen.board.placing import BENDS, Bent, bent, shortened
from game.screen.frame import Frame
from game.screen.geometry import Point, Rect
from game.screen.shapes import Ribbon, Shape, Zone
from game.screen.snapshot import Game, Item
from game.screen.theme import Colour

SHOWN = 5
"""How many deeds of the last turn are drawn."""
GROWTH = 0.7
"""Seconds until a ribbon is drawn whole."""
AFTER = 0.28
"""Seconds between one ribbon and the next."""
NEAR = 10.0
"""How far apart the two directions of a relation may be and still be shown as one."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed that is drawn: where it leads, its words, and how large they are."""

    start: Point
    end: Point
    text: str
    width: float


def deeds_of(game: Game, places: Mapping[str, Point], chosen: str | None = None) -> tuple[Item, ...]:
    """The deeds of the last turn that matter most to who looks, one for each pair of states and tone.

    Where a state is chosen, only those of it and of one's own.
    """
    found = [
        item
        for item in game.record
        if item.turn == game.turn - (0 if game.finished else 1)
        and item.kind == "act"
        and item.actor in places
        and item.target in places
        and item.actor != item.target
        and (chosen is None or not {chosen, game.side}.isdisjoint((item.actor, item.target)))
    ]
    found.sort(key=lambda item: (game.side not in (item.actor, item.target), _far(game, item), -abs(item.tone)))
    seen: set[tuple[frozenset[str | None], bool]] = set()
    kept = []
    for item in found:
        key = (frozenset((item.actor, item.target)), item.tone >= 0)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return tuple(kept[:SHOWN])


def _far(game: Game, item: Item) -> bool:
    """Whether a deed leads off the map, where there is one."""
    return has_map(game) and not all(on_map(game.state(name)) for name in (item.actor, item.target) if name)


def said_of(item: Item) -> str:
    """What a deed was, and how much."""
    return f"{item.title or item.text}  {item.value}" if item.value else item.title or item.text


def tone_of(item: Item) -> Colour:
    """The colour of a deed's tone."""
    return GOOD if item.tone > 0.05 else BAD if item.tone < -0.05 else NEITHER


@lru_cache(maxsize=128)
def placed_deeds(deeds: tuple[Deed, ...], taken: tuple[Rect, ...], room: Rect) -> tuple[Bent, ...]:
    """The bend of every deed and the box of its words, none over another."""
    covered, found = list(taken), []
    for number, deed in enumerate(deeds):
        bends = BENDS if number % 2 == 0 else tuple(-bend for bend in BENDS)
        place = bent(deed.start, deed.end, (deed.width, 22.0), covered, room, bends)
        found.append(place)
        covered.append(place.box.inset(-3))
    return tuple(found)


def ribbons(
    model: Model,
    game: Game,
    frame: Frame,
    places: Mapping[str, Point],
    taken: Sequence[Rect],
    room: Rect,
    gap: float = 7.0,
) -> Iterator[Shape]:
    """The deeds of the last turn, one appearing after the other."""
    items = deeds_of(game, places, centre_of(model, game) if drawn_as_graph(model, game) else model.chosen)
    texts = [said_of(item) for item in items]
    deeds = tuple(
        Deed(
            *shortened(places[item.actor or ""], places[item.target or ""], gap),
            text,
            frame.measure(text, PILL_STYLE) + 20,
        )
        for item, text in zip(items, texts, strict=True)
    )
    words: list[Shape] = []
    for number, (item, deed, place) in enumerate(
        zip(items, deeds, placed_deeds(deeds, tuple(taken), room), strict=True)
    ):
        drawn = min(max((model.since - number * AFTER) / GROWTH, 0.0), 1.0) if frame.settings.motion else 1.0
        colour = tone_of(item)
        yield Ribbon(deed.start, deed.end, place.bend, colour, 5.0, item.tone < -0.05, drawn)
        if drawn >= 1.0:
            words += plate(place.box, deed.text, colour)
            words.append(Zone(place.box, None, f"deed {number + 1}", item.text, focusable=False))
    yield from words


def relation_lines(
    game: Game, frame: Frame, first: str, second: str, places: Mapping[str, Point], taken: Sequence[Rect], room: Rect
) -> tuple[tuple[Shape, ...], tuple[Rect, ...]]:
    """A relation as an arc, or two where its directions differ, and the boxes of the numbers on them."""
    start, end = places.get(first), places.get(second)
    if start is None or end is None:
        return (), ()
    there, back = game.relation(first, second), game.relation(second, first)
    if abs(there - back) <= NEAR:
        arcs: list[tuple[Point, Point, float, str, tuple[float, ...], bool]] = [
            (start, end, (there + back) / 2, signed((there + back) / 2), (0.05, -0.05, 0.1, -0.1), True)
        ]
    else:
        arcs = [
            (start, end, there, regard_text(game, first, second), (0.1, 0.14), False),
            (end, start, back, regard_text(game, second, first), (0.1, 0.14), False),
        ]
    lines: list[Shape] = []
    words: list[Shape] = []
    boxes: list[Rect] = []
    for begin, goal, value, text, bends, both in arcs:
        wide = pill_width(frame.measure(text, theme.NOTE))
        place = bent(begin, goal, (wide, 20.0), [*taken, *boxes], room, bends)
        boxes.append(place.box.inset(-2))
        lines.append(arc(begin, goal, place.bend, value, both=both))
        words += pill(place.box, text, theme.tint(value))
    return (*lines, *words), tuple(boxes)


def arc(start: Point, end: Point, bend: float, value: float, *, both: bool, faint: float = 0.0) -> Ribbon:
    """A relation as a line: as wide as it is strong, in dashes below zero, with a head where it goes one way."""
    shade = theme.mixed(theme.tint(value), theme.INK, 0.22)
    shade = theme.mixed(shade, theme.PAPER, faint)
    return Ribbon(start, end, bend, shade, 1.4 + abs(value) / 22, value < 0, plain=both, rim=not faint)
