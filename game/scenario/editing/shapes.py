"""What the format declares at a place of a file: the shape of a value, and the key it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.scenario.editing.cursor import ITEM
from game.scenario.schema.blocks import Block, Either, Items, Key, Lines, Mixed, Table
from game.scenario.schema.declarations import OVERLAID, ROOT
from game.scenario.schema.effects import AFTER, SPECIAL
from game.scenario.schema.types import Shape


@dataclass(frozen=True, slots=True)
class Place:
    """The shape at the end of a path, the key that leads there, and what of the path a grammar of its own reads."""

    shape: Shape | None
    key: Key | None = None
    rest: tuple[str, ...] = ()


def place_of(path: Sequence[str]) -> Place:
    """What stands at a path; no shape where the format has no such place."""
    shape: Shape | None = ROOT
    key: Key | None = None
    for number, step in enumerate(path):
        if isinstance(shape, Mixed):
            return Place(shape, key, tuple(path[number:]))
        if isinstance(shape, Lines):
            continue
        if isinstance(shape, Block):
            key = shape.keys.get(step)
            shape = key.shape if key is not None else None
        elif isinstance(shape, Table):
            # An entry of such a section may be new or change one of the catalogue's: the keys are the same.
            shape = OVERLAID[path[0]] if number == 1 and path[0] in OVERLAID else shape.value
        else:
            shape = _item(shape) if step == ITEM else None
        if shape is None:
            return Place(None, key)
    return Place(shape, key)


def block_of(place: Place) -> Block | None:
    """The fixed keys at a place, those of special effects and of triggers among them."""
    if isinstance(place.shape, Block):
        return place.shape
    if not isinstance(place.shape, Mixed):
        return None
    rest = tuple(step for step in place.rest if step != ITEM)
    if place.shape.grammar == "trigger" and not rest:
        return AFTER
    if len(rest) == 1 and rest[0] in SPECIAL and place.shape.grammar == "effects of events":
        return SPECIAL[rest[0]][0]
    return None


def _item(shape: Shape | None) -> Shape | None:
    if isinstance(shape, Items):
        return shape.item
    if isinstance(shape, Either):
        return next((each.item for each in shape.options if isinstance(each, Items)), None)
    return None
