"""What an order would change, as pale pills at the states whose regard it would move: shown before it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from game.narrative.wording import signed
from game.play.snapshot import Game, Snapshot
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import Panel, Shape, Words
from game.screen.map.model import Model
from game.screen.map.modes import FALLS, RISES
from game.screen.map.placement import around, best

ARROW = "\N{RIGHTWARDS ARROW}"
MOST = 6
"""How many changes are shown at once."""


def ripple_of(model: Model, snapshot: Snapshot, game: Game) -> tuple[tuple[str, str, float], ...]:
    """What the order under the pointer would change; where there is none, what all that is planned would."""
    preview = snapshot.preview
    if preview is not None and model.over and f"{model.over} " in f"{preview.text} ":
        return preview.ripple[:MOST]
    total: dict[tuple[str, str], float] = {}
    for draft in game.plan:
        for first, second, value in draft.ripple:
            total[first, second] = total.get((first, second), 0.0) + value
    found = sorted(total.items(), key=lambda each: -abs(each[1]))
    return tuple((first, second, value) for (first, second), value in found[:MOST])


def words_of(game: Game, first: str, second: str, value: float) -> str:
    """A change in words: `▲ Bora → us +3`."""
    sign = RISES if value > 0 else FALLS
    one, other = ("us" if each == game.side else game.state(each).name for each in (first, second))
    return f"{sign} {one[:1].upper()}{one[1:]} {ARROW} {other} {signed(value, 0 if abs(value) >= 1 else 1)}"


def ghosts(
    model: Model,
    snapshot: Snapshot,
    game: Game,
    frame: Frame,
    places: Mapping[str, Point],
    taken: Sequence[Rect],
    chart: Rect,
) -> Iterator[Shape]:
    """The pills, each beside the state whose regard would move."""
    covered: list[Rect] = [*taken, *(Rect(x - 6, y - 6, 12, 12) for x, y in places.values())]
    for first, second, value in ripple_of(model, snapshot, game):
        place = places.get(first)
        if place is None:
            continue
        text = words_of(game, first, second, value)
        width = frame.measure(text, theme.NOTE) + 18
        boxes = around(Rect(place[0] - 6, place[1] - 6, 12, 12), width, 22, 6)
        box = boxes[best(boxes, covered, chart)[0]]
        covered.append(box)
        yield Panel(box, theme.INK, radius=6, edge=theme.ACCENT, shadow=True)
        yield Words(box, text, theme.NOTE, theme.TEXT, "centre")
