"""The atlas: what the views ask of the map's outlines, without drawing them: what lies where, and where names go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from game.screen.geometry import Point, Rect
from game.screen.mapping import Camera, projected
from game.screen.outlines import Outline, read_outlines


@dataclass(frozen=True, slots=True)
class Region:
    """A polygon in kilometres, with the box around it."""

    rings: tuple[tuple[Point, ...], ...]
    box: Rect

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it and in none of its holes."""
        if not self.box.holds(*point):
            return False
        edge, *holes = self.rings
        return _inside(point, edge) and not any(_inside(point, hole) for hole in holes)


@lru_cache(maxsize=1)
def regions() -> dict[str, tuple[Region, ...]]:
    """Every state's polygons, projected, largest first."""
    return {code: _regions(outline) for code, outline in read_outlines().states.items()}


@lru_cache(maxsize=1)
def areas() -> dict[str, tuple[Region, ...]]:
    """Every disputed area's polygons, projected."""
    return {name: _regions(outline) for name, outline in read_outlines().disputed.items()}


def _regions(outline: Outline) -> tuple[Region, ...]:
    found = []
    for polygon in outline.polygons:
        rings = tuple(tuple(projected(*point) for point in ring) for ring in polygon)
        xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
        found.append(Region(rings, Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))))
    return tuple(sorted(found, key=lambda region: -region.box.width * region.box.height))


def _inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a ray to the east crosses a ring an odd number of times."""
    x, y = point
    crossed = False
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossed = not crossed
        x0, y0 = x1, y1
    return crossed


def state_at(camera: Camera, pixel: Point) -> str | None:
    """The code of the state under a pixel of the map."""
    point = camera.placed(pixel)
    for code, polygons in regions().items():
        if any(region.holds(point) for region in polygons):
            return code
    return None


@lru_cache(maxsize=512)
def label_place(code: str, camera: Camera) -> tuple[Point, float] | None:
    """Where a state's name goes, and how many pixels of width it has there; None where too little of it is in view.

    The place is the row of the state's largest visible part that is widest, near the middle of what is in view.
    """
    best: tuple[float, Point, float] | None = None
    for region in regions().get(code, ())[:1]:
        left, top = camera.seen((region.box.x, region.box.bottom))
        right, bottom = camera.seen((region.box.right, region.box.y))
        top, bottom = max(top, 20.0), min(bottom, camera.height - 20.0)
        left, right = max(left, 10.0), min(right, camera.width - 10.0)
        if right - left < 8 or bottom - top < 8:
            continue
        middle = (top + bottom) / 2
        for step in range(1, 12):
            y = top + (bottom - top) * step / 12
            for start, end in _runs(region, camera, left, right, y):
                worth = (end - start) * (1.25 - abs(y - middle) / (bottom - top + 1.0))
                if best is None or worth > best[0]:
                    best = worth, ((start + end) / 2, y), end - start
    return None if best is None else (best[1], best[2])


def _runs(region: Region, camera: Camera, left: float, right: float, y: float) -> list[tuple[float, float]]:
    """The stretches of a row of pixels that lie in a region."""
    steps = 40
    runs: list[tuple[float, float]] = []
    start: float | None = None
    for number in range(steps + 1):
        x = left + (right - left) * number / steps
        if region.holds(camera.placed((x, y))):
            start = x if start is None else start
        elif start is not None:
            runs.append((start, x))
            start = None
    if start is not None:
        runs.append((start, right))
    return runs
