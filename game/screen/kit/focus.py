"""The focus: which control the keyboard works on, and where an arrow takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import Zone

ARROWS: Mapping[str, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
ASIDE = 2.5
"""How many times farther a control seems that lies to the side of an arrow's way than one that lies ahead."""


def after(ring: Sequence[Zone], name: str | None, step: int) -> str | None:
    """The control so many steps round from the one of a name; the first or the last where none has the focus."""
    names = [zone.name for zone in ring]
    if not names:
        return None
    place = names.index(name) + step if name in names else (0 if step > 0 else -1)
    return names[place % len(names)]


def towards(ring: Sequence[Zone], name: str | None, arrow: str) -> str | None:
    """The nearest control in the direction of an arrow, None where there is none; the first if none has the focus."""
    here = next((zone for zone in ring if zone.name == name), None)
    if here is None:
        return ring[0].name if ring else None
    across, down = ARROWS[arrow]
    ahead = [zone for zone in ring if zone.name != name and _gap(here.rect, zone.rect, across, down) >= -1.0]
    if not ahead:
        return None
    return min(ahead, key=lambda zone: _distance(here.rect, zone.rect, across, down)).name


def _gap(here: Rect, there: Rect, across: int, down: int) -> float:
    """How far a control begins beyond another's edge, the way of an arrow; below 0 where it begins before."""
    if across:
        return there.x - here.right if across > 0 else here.x - there.right
    return there.y - here.bottom if down > 0 else here.y - there.bottom


def _distance(here: Rect, there: Rect, across: int, down: int) -> float:
    """How far a control seems: what it lies ahead, and more for what it lies to the side."""
    if across:
        aside = max(there.y - here.bottom, here.y - there.bottom, 0.0)
        offset = abs(there.centre[1] - here.centre[1])
    else:
        aside = max(there.x - here.right, here.x - there.right, 0.0)
        offset = abs(there.centre[0] - here.centre[0])
    return max(_gap(here, there, across, down), 0.0) + ASIDE * aside + 0.1 * offset
