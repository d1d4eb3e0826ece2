"""Long lists: which rows are seen, the bar beside them, and where the wheel, a drag or a click takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import Panel, Shape, Zone
from game.screen.messages import Click, Drag, Wheel

SIDE = 14.0
"""How wide the bar beside a list stands, with the gap before it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A list as it lies on the screen: its place, the height of a row, how many rows, and whether it is its bar."""

    rect: Rect
    row: float
    rows: int
    name: str = "list"
    bar: bool = False

    @property
    def room(self) -> int:
        """How many rows are seen at once."""
        return max(int((self.rect.height + 0.01) // self.row), 1)

    @property
    def furthest(self) -> int:
        """The last row that may come first."""
        return max(self.rows - self.room, 0)

    def first(self, top: int) -> int:
        """The row that comes first where `top` is asked for."""
        return min(max(top, 0), self.furthest)

    @property
    def inner(self) -> Rect:
        """The place of the rows, beside the bar where there is one."""
        return self.rect.left(self.rect.width - SIDE)[0] if self.furthest else self.rect


def moved(top: int, reach: Reach, done: Click | Wheel | Drag) -> int:
    """The first row after the wheel was turned over a list, or its bar was clicked or dragged."""
    top = reach.first(top)
    if isinstance(done, Wheel):
        return reach.first(top - (round(done.steps * 3) or (1 if done.steps > 0 else -1)))
    if reach.bar:
        return reach.first(round((done.y - reach.rect.y) / max(reach.rect.height, 1.0) * reach.rows - reach.room / 2))
    return top


def grips(reach: Reach, top: int) -> Iterator[Shape]:
    """What makes a list move, and the bar that shows where in the whole the rows stand."""
    yield Zone(reach.rect, None, reach.name, focusable=False, grip=reach)
    if not reach.furthest:
        return
    rect, side = reach.rect, reach.rect.end(SIDE)[0]
    tall = max(rect.height * reach.room / reach.rows, 18.0)
    y = rect.y + (rect.height - tall) * reach.first(top) / reach.furthest
    yield Panel(Rect(side.x + 7, rect.y, 5, rect.height), theme.RAISED, radius=2)
    yield Panel(Rect(side.x + 7, y, 5, tall), theme.FAINT, radius=2)
    grip = Reach(reach.rect, reach.row, reach.rows, reach.name, bar=True)
    yield Zone(side, None, f"{reach.name} bar", focusable=False, grip=grip)
