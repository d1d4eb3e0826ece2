"""Where words go on a map so that none covers another: the best of a few places, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot, inf

from game.screen.kit.geometry import Point, Rect, course

BENDS = (0.16, -0.16, 0.26, -0.26, 0.08, -0.08)
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
AROUND = (
    (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.9, -0.7), (-0.9, -0.7), (0.9, 0.7), (-0.9, 0.7),
)  # fmt: skip
"""To which sides of a small state its name may stand."""


def covered(box: Rect, taken: Iterable[Rect], most: float = inf) -> float:
    """How much of a box lies under others; as soon as it is `most` or more, that much."""
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    found = 0.0
    for other in taken:
        # Most boxes lie elsewhere: this is asked many thousand times for a map, so nothing is made for them.
        if other.x >= right or other.y >= bottom:
            continue
        wide = min(right, other.x + other.width) - max(left, other.x)
        high = min(bottom, other.y + other.height) - max(top, other.y)
        if wide > 0 and high > 0:
            found += wide * high
            if found >= most:
                break
    return found


def outside(box: Rect, room: Rect) -> float:
    """How much of a box lies beyond the room there is."""
    inner = box.shared(room)
    beyond = box.width * box.height - (0.0 if inner is None else inner.width * inner.height)
    return beyond if beyond > 1e-6 else 0.0


def best(candidates: Sequence[Rect], taken: Sequence[Rect], room: Rect) -> tuple[int, float]:
    """The number of the candidate that covers least, the first of equals, and how much that is."""
    found, least = 0, inf
    for number, box in enumerate(candidates):
        beyond = 4 * outside(box, room)
        cost = beyond + covered(box, taken, least - beyond) if beyond < least else beyond
        if cost < least:
            found, least = number, cost
        if least == 0.0:
            break
    return found, least


def around(spot: Rect, width: float, height: float, gap: float) -> tuple[Rect, ...]:
    """Boxes of a size beside another, on each side in turn, near and then a little farther."""
    x, y = spot.centre
    found = []
    for farther in (1.0, 2.6, 4.5, 7.0):
        for across, down in AROUND:
            centre_x = x + across * (spot.width / 2 + width / 2 + gap * farther)
            centre_y = y + down * (spot.height / 2 + height / 2 + gap * farther)
            if across and down:
                centre_x, centre_y = x + across * (spot.width / 2 + width / 2), centre_y
            found.append(Rect(centre_x - width / 2, centre_y - height / 2, width, height))
    return tuple(found)


def shortened(start: Point, end: Point, gap: float) -> tuple[Point, Point]:
    """A line that leaves what stands at its two ends free; a short one by less."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    share = min(gap / length, 0.25)
    return (
        (start[0] + across * share, start[1] + down * share),
        (end[0] - across * share, end[1] - down * share),
    )


@dataclass(frozen=True, slots=True)
class Bent:
    """A line between two places that was given its bend, and the box of the words on it or near it.

    `free` is whether the words cover nothing there; `aside` is how far they lie off the line.
    """

    bend: float
    share: float
    box: Rect
    free: bool = True
    aside: Point = (0.0, 0.0)

    def between(self, start: Point, end: Point) -> Bent:
        """The same bend between two other places, with the words as far along it."""
        x, y = course(start, end, self.bend, self.share)
        centre = x + self.aside[0], y + self.aside[1]
        return replace(self, box=_about(centre, self.box.width, self.box.height))


def bent(
    start: Point, end: Point, size: tuple[float, float], taken: Sequence[Rect], room: Rect, bends: Sequence[float]
) -> Bent:
    """The bend of a line and the place along it where its words cover least; beside it where it is too crowded."""
    on = [Bent(bend, share, _about(course(start, end, bend, share), *size)) for share in SHARES for bend in bends]
    number, cost = best([each.box for each in on], taken, room)
    if cost == 0.0:
        return on[number]
    near = [each for bend in bends[:2] for share in (0.5, 0.3, 0.7) for each in _asides(start, end, bend, share, size)]
    number, cost = best([each.box for each in near], taken, room)
    return replace(near[number], free=cost == 0.0)


def _asides(start: Point, end: Point, bend: float, share: float, size: tuple[float, float]) -> Iterator[Bent]:
    """Places for words on every side of a point of a line."""
    x, y = course(start, end, bend, share)
    for box in around(Rect(x - 2, y - 2, 4, 4), *size, 9.0):
        yield Bent(bend, share, box, aside=(box.centre[0] - x, box.centre[1] - y))


def _about(place: Point, width: float, height: float) -> Rect:
    return Rect(place[0] - width / 2, place[1] - height / 2, width, height)
