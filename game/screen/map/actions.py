"""What was said and done in the last turn, as arrows with what it was and how much; and the relation in view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from game.play.snapshot import Game, Item
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import Ribbon, Shape, Zone
from game.screen.kit.theme import Colour
from game.screen.map.model import (
    Model,
    centre_of,
    drawn_as_graph,
    has_map,
    on_map,
)
from game.screen.map.modes import relation_text, signed
from game.screen.map.pills import (
    BAD,
    GOOD,
    NEITHER,
    PILL_STYLE,
    pill,
    pill_width,
    plate,
)
from game.screen.map.placement import (
    BENDS,
    Bent,
    bent,
    shortened,
)

SHOWN = 5
"""How many deeds of the last turn are drawn."""
GROWTH = 0.7
"""Seconds until a ribbon is drawn whole."""
AFTER = 0.28
"""Seconds between one ribbon and the next."""
NEAR = 10.0
"""How far apart the two directions of a relation may be and still be shown as one."""


@dataclass(frozen=True, slots=True)
class Action:
    """A deed that is drawn: where it leads, its words, and how large they are."""

    start: Point
    end: Point
    text: str
    width: float


def actions_of(game: Game, places: Mapping[str, Point], chosen: str | None = None) -> tuple[Item, ...]:
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
def placed_actions(actions: tuple[Action, ...], taken: tuple[Rect, ...], room: Rect) -> tuple[Bent, ...]:
    """The bend of every deed and the box of its words, none over another."""
    covered, found = list(taken), []
    for number, action in enumerate(actions):
        bends = BENDS if number % 2 == 0 else tuple(-bend for bend in BENDS)
        place = bent(action.start, action.end, (action.width, 22.0), covered, room, bends)
        found.append(place)
        covered.append(place.box.inset(-3))
    return tuple(found)


class Stage(Protocol):
    """Where the states stand, now and before the map began to move, and what is covered."""

    @property
    def chart(self) -> Rect: ...
    @property
    def places(self) -> Mapping[str, Point]: ...
    @property
    def settled(self) -> Mapping[str, Point]: ...
    @property
    def taken(self) -> tuple[Rect, ...]: ...


def ribbons(model: Model, game: Game, frame: Frame, stage: Stage, taken: Sequence[Rect], gap: float) -> Iterator[Shape]:
    """The deeds of the last turn, one appearing after the other."""
    both = {name: place for name, place in stage.settled.items() if name in stage.places}
    items = actions_of(game, both, centre_of(model, game) if drawn_as_graph(model, game) else model.chosen)
    actions = tuple(_action(item, both, gap, frame) for item in items)
    words: list[Shape] = []
    found = placed_actions(actions, tuple(taken), stage.chart)
    for number, (item, action, still) in enumerate(zip(items, actions, found, strict=True)):
        drawn = min(max((model.since - number * AFTER) / GROWTH, 0.0), 1.0) if frame.settings.motion else 1.0
        colour = tone_of(item)
        start, end = shortened(stage.places[item.actor or ""], stage.places[item.target or ""], gap)
        place = still.between(start, end)
        yield Ribbon(start, end, place.bend, colour, 5.0, item.tone < -0.05, drawn)
        if drawn >= 1.0 and still.free:
            words += plate(place.box, action.text, colour)
            words.append(Zone(place.box, None, f"deed {number + 1}", item.text, focusable=False))
    yield from words


def _action(item: Item, places: Mapping[str, Point], gap: float, frame: Frame) -> Action:
    text = said_of(item)
    start, end = shortened(places[item.actor or ""], places[item.target or ""], gap)
    return Action(start, end, text, frame.measure(text, PILL_STYLE) + 20)


@dataclass(frozen=True, slots=True)
class Arc:
    """One direction of a relation, or both where they hardly differ."""

    first: str
    second: str
    value: float
    text: str
    bends: tuple[float, ...]
    both: bool = False


def arcs_of(game: Game, first: str, second: str) -> tuple[Arc, ...]:
    """A relation as one line, or two where its directions differ."""
    there, back = game.relation(first, second), game.relation(second, first)
    if abs(there - back) <= NEAR:
        middle = (there + back) / 2
        return (Arc(first, second, middle, signed(middle), (0.05, -0.05, 0.1, -0.1), both=True),)
    return (
        Arc(first, second, there, relation_text(game, first, second), (0.1, 0.14)),
        Arc(second, first, back, relation_text(game, second, first), (0.1, 0.14)),
    )


def relation_lines(
    game: Game, frame: Frame, pair: tuple[str, str], stage: Stage
) -> tuple[tuple[Shape, ...], tuple[Rect, ...]]:
    """A relation as an arc or two, and the boxes of the numbers on them."""
    if not all(name in stage.places and name in stage.settled for name in pair):
        return (), ()
    lines: list[Shape] = []
    words: list[Shape] = []
    boxes: list[Rect] = []
    for each in arcs_of(game, *pair):
        wide = pill_width(frame.measure(each.text, theme.NOTE))
        begin, objective = stage.settled[each.first], stage.settled[each.second]
        still = bent(begin, objective, (wide, 20.0), [*stage.taken, *boxes], stage.chart, each.bends)
        boxes.append(still.box.inset(-2))
        start, end = stage.places[each.first], stage.places[each.second]
        lines.append(arc(start, end, still.bend, each.value, both=each.both))
        words += pill(still.between(start, end).box, each.text, theme.tint(each.value))
    return (*lines, *words), tuple(boxes)


def arc(start: Point, end: Point, bend: float, value: float, *, both: bool, faint: float = 0.0) -> Ribbon:
    """A relation as a line: as wide as it is strong, in dashes below zero, with a head where it goes one way."""
    shade = theme.mixed(theme.tint(value), theme.INK, 0.22)
    shade = theme.mixed(shade, theme.PAPER, faint)
    return Ribbon(start, end, bend, shade, 1.4 + abs(value) / 22, value < 0, plain=both, rim=not faint)
