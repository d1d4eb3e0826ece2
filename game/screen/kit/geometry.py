"""Rectangles and how they are divided: layout as values, in logical pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it; the right and lower edges do not belong to it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def moved(self, across: float, down: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.x + across, self.y + down, self.width, self.height)

    def inset(self, across: float, down: float | None = None) -> Rect:
        """What is left inside a margin; never less than nothing."""
        vertical = across if down is None else down
        width, height = max(self.width - 2 * across, 0.0), max(self.height - 2 * vertical, 0.0)
        return Rect(self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height)

    def top(self, height: float) -> tuple[Rect, Rect]:
        """A strip along the upper edge, and the rest."""
        strip = min(height, self.height)
        return (
            Rect(self.x, self.y, self.width, strip),
            Rect(self.x, self.y + strip, self.width, self.height - strip),
        )

    def base(self, height: float) -> tuple[Rect, Rect]:
        """A strip along the lower edge, and the rest."""
        rest, strip = self.top(max(self.height - height, 0.0))
        return strip, rest

    def left(self, width: float) -> tuple[Rect, Rect]:
        """A strip along the left edge, and the rest."""
        strip = min(width, self.width)
        return (
            Rect(self.x, self.y, strip, self.height),
            Rect(self.x + strip, self.y, self.width - strip, self.height),
        )

    def end(self, width: float) -> tuple[Rect, Rect]:
        """A strip along the right edge, and the rest."""
        rest, strip = self.left(max(self.width - width, 0.0))
        return strip, rest

    def rows(self, height: float, gap: float = 0.0) -> Iterator[Rect]:
        """Rows of a height from the top down, as many as fit whole."""
        y = self.y
        while y + height <= self.bottom + 1e-6:
            yield Rect(self.x, y, self.width, height)
            y += height + gap

    def columns(self, shares: Sequence[float], gap: float = 0.0) -> tuple[Rect, ...]:
        """Columns side by side, their widths in the ratio of `shares`."""
        room = max(self.width - gap * (len(shares) - 1), 0.0)
        whole, x, found = sum(shares), self.x, []
        for share in shares:
            width = room * share / whole
            found.append(Rect(x, self.y, width, self.height))
            x += width + gap
        return tuple(found)

    def middle(self, width: float, height: float) -> Rect:
        """A rectangle of a size in the middle of this one."""
        return Rect(self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height)

    def shared(self, other: Rect) -> Rect | None:
        """What two rectangles have in common, None where they do not meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width, height = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Rect(x, y, width, height) if width > 0 and height > 0 else None


def course(start: Point, end: Point, bend: float, share: float) -> Point:
    """A point of a bent line; `bend` is how far its middle lies off the straight line, over its length."""
    across, down = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - down * bend * 2, (start[1] + end[1]) / 2 + across * bend * 2)
    rest = 1.0 - share
    x = rest * rest * start[0] + 2 * rest * share * middle[0] + share * share * end[0]
    y = rest * rest * start[1] + 2 * rest * share * middle[1] + share * share * end[1]
    return x, y
