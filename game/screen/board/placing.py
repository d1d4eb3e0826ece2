"""Where words go on a map so that none covers another: the best of a few places, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot

from game.screen.geometry import Point, Rect, course

BENDS = (0.16, -0.16, 0.26, -0.26, 0.08, -0.08)
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
AROUND = (
    (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.9, -0.7), (-0.9, -0.7), (0.9, 0.7), (-0.9, 0.7),
)  # fmt: skip
"""To which sides of a small state its name may stand."""


def covered(box: Rect, taken: Iterable[Rect]) -> float:
    """How much of a box lies under others."""
    return sum(part.width * part.height for other in taken if (part := box.shared(other)) is not None)


def outside(box: Rect, room: Rect) -> float:
    """How much of a box lies beyond the room there is."""
    inner = box.shared(room)
    return box.width * box.height - (0.0 if inner is None else inner.width * inner.height)


def best(candidates: Sequence[Rect], taken: Sequence[Rect], room: Rect) -> tuple[int, float]:
    """The number of the candidate that covers least, the first of equals, and how much that is."""
    costs = [covered(box, taken) + 4 * outside(box, room) for box in candidates]
    found = min(range(len(candidates)), key=lambda number: (costs[number], number))
    return found, costs[found]


def around(spot: Rect, width: float, height: float, gap: float) -> tuple[Rect, ...]:
    """Boxes of a size beside another, on each side in turn, near and then a little farther."""
    x, y = spot.centre
    found = []
    for farther in (1.0, 2.6, 4.5):
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
    """A line between two places that was given its bend, and the box of the words on it."""

    bend: float
    share: float
    box: Rect

    def between(self, start: Point, end: Point) -> Bent:
        """The same bend between two other places, with the words as far along it."""
        x, y = course(start, end, self.bend, self.share)
        return replace(self, box=Rect(x - self.box.width / 2, y - self.box.height / 2, self.box.width, self.box.height))


def bent(
    start: Point, end: Point, size: tuple[float, float], taken: Sequence[Rect], room: Rect, bends: Sequence[float]
) -> Bent:
    """The bend of a line and the place along it where its words cover least."""
    width, height = size
    found = [
        Bent(bend, share, Rect(x - width / 2, y - height / 2, width, height))
        for share in SHARES
        for bend in bends
        for x, y in (course(start, end, bend, share),)
    ]
    number, _ = best([each.box for each in found], taken, room)
    return found[number]
