"""The board as a graph, for scenarios without a map: states on a ring, friends side by side, relations as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import cos, pi, sin

from game.play.snapshot import Game, colour
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Dot,
    Flag,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import held, ring
from game.screen.map.actions import NEAR, arc
from game.screen.map.model import Look, Model, centre_of
from game.screen.map.modes import Mark
from game.screen.map.pills import pill, pill_width
from game.screen.map.placement import shortened

GROUND = colour("#e9edf1")
WEAK = 10.0
"""Relations weaker than this are not drawn, but for those of the state that is looked at."""
MANY = 14
"""From so many states on only strong relations are drawn."""


@lru_cache(maxsize=16)
def ring_order(rows: tuple[tuple[float, ...], ...]) -> tuple[int, ...]:
    """States in a ring so that neighbours like each other: each is followed by its best friend that is left."""
    count = len(rows)
    left = set(range(1, count))
    order = [0]
    while left:
        last = order[-1]
        following = max(left, key=lambda other: (rows[last][other] + rows[other][last], -other))
        order.append(following)
        left.remove(following)
    return tuple(order)


def node_places(game: Game, chart: Rect) -> Mapping[str, Point]:
    """Where the states stand: fixed for a whole game, by how they stood when it began."""
    order = ring_order(game.series[0])
    left = 190.0 if chart.width > 700 else 0.0  # the cards in the corners
    free = Rect(chart.x + left, chart.y, chart.width - left, chart.height)
    x, y = free.centre
    across, down = max(free.width / 2 - 84, 40.0), max(free.height / 2 - 74, 30.0)
    found = {}
    for place, number in enumerate(order):
        angle = 2 * pi * place / len(order) - pi / 2
        found[game.states[number].id] = (x + across * cos(angle), y - 10 + down * sin(angle))
    return found


def lines(model: Model, game: Game, places: Mapping[str, Point]) -> Iterator[Shape]:
    """Relations as lines, those of the state in the middle strong, the rest faint and behind them."""
    centre = centre_of(model, game)
    least = WEAK if len(game.states) < MANY else 30.0
    front: list[Shape] = []
    for i, first in enumerate(game.states):
        for second in game.states[i + 1 :]:
            there, back = game.relation(first.id, second.id), game.relation(second.id, first.id)
            mine = centre in (first.id, second.id)
            if not mine and max(abs(there), abs(back)) < least:
                continue
            ends = shortened(places[first.id], places[second.id], radius_of(game) + 2)
            faint = 0.0 if mine else 0.68
            if not mine or abs(there - back) <= NEAR:
                found = [arc(*ends, 0.04, (there + back) / 2, both=True, faint=faint)]
            else:
                found = [arc(*ends, 0.07, there, both=False), arc(ends[1], ends[0], 0.07, back, both=False)]
            if mine:
                front += found
            else:
                yield from found
    yield from front


def radius_of(game: Game) -> float:
    """How large the states are drawn."""
    return 27.0 if len(game.states) <= 16 else 18.0


def nodes(
    model: Model, game: Game, frame: Frame, places: Mapping[str, Point], found: Mapping[str, Mark]
) -> Iterator[Shape]:
    """The states: their flags or initials in their tints, their names, and what is said of them."""
    size = radius_of(game)
    for state in game.states:
        x, y = places[state.id]
        mark, box = found[state.id], Rect(x - size, y - size, 2 * size, 2 * size)
        chosen = state.id in (model.chosen, game.side)
        over = held(frame, state.id, box)
        yield Dot((x, y), size + (3 if chosen or over else 1), theme.INK if chosen or over else theme.PAPER)
        yield Dot((x, y), size, mark.tint, theme.PAPER)
        if state.code:
            yield Flag(
                Rect(x - size * 0.6, y - size * 0.4, size * 1.2, size * 0.8), state.code, state.name, state.colour
            )
        else:
            ink = theme.PAPER if theme.luminance(mark.tint) < 0.2 else theme.INK
            yield Words(box, state.name[:2].upper(), theme.STRONG, ink, "centre")
        wide = frame.measure(state.name, theme.STRONG) + 16
        name = Rect(x - wide / 2, y + size + 2, wide, 20)
        yield Words(name, state.name, theme.STRONG, theme.INK, "centre", GROUND)
        if mark.text:
            long = pill_width(frame.measure(mark.text, theme.NOTE))
            yield from pill(Rect(x - long / 2, y + size + 22, long, 20), mark.text, mark.tint)
        yield from ring(frame, f"state {state.id}", box)
        yield Zone(box, Look(state.id), f"state {state.id}", f"Look at {state.name}")


def taken(game: Game, frame: Frame, places: Mapping[str, Point]) -> tuple[Rect, ...]:
    """What the states and their names cover."""
    size = radius_of(game)
    return tuple(Rect(x - size - 20, y - size, 2 * size + 40, 2 * size + 44) for x, y in places.values())


def ground(chart: Rect) -> Panel:
    """The paper that the graph is drawn on."""
    return Panel(chart, GROUND)
