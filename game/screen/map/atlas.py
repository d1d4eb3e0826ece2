"""The atlas: what the views ask of the map's outlines, without drawing them: what lies where, and where names go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.files import asset_path
from game.screen.kit.geometry import Point, Rect
from game.screen.map.mapping import Camera, projected
from game.screen.map.outlines import Outline, read_outlines

ROWS = 15
"""In how many rows a state is searched for the widest place for its name."""
HALF = 8.0
"""Half the height of a name, in pixels."""

Runs = list[tuple[float, float]]


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


@dataclass(frozen=True, slots=True)
class Sea:
    """A sea's name, where it is written, and how many kilometres of water there are for it."""

    name: str
    longitude: float
    latitude: float
    room: float


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Any]:
    """What is written on the map besides what scenarios name."""
    return dict(json.loads(asset_path("maps", "names.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def seas() -> tuple[Sea, ...]:
    """The seas of the map."""
    return tuple(Sea(**each) for each in _names()["seas"])


@lru_cache(maxsize=1)
def regions() -> dict[str, tuple[Region, ...]]:
    """Every state's polygons, projected, largest first."""
    return {code: _regions(outline) for code, outline in read_outlines().states.items()}


@lru_cache(maxsize=1)
def areas() -> dict[str, tuple[Region, ...]]:
    """Every disputed area's polygons, projected."""
    return {name: _regions(outline) for name, outline in read_outlines().disputed.items()}


@lru_cache(maxsize=1)
def neighbours() -> tuple[tuple[str, str], ...]:
    """Every state of the outlines, its code and what it is called, the widest first; some are not written."""
    said = _names()["states"]
    found = [(code, said.get(code, outline.name)) for code, outline in read_outlines().states.items()]
    breadth = {code: parts[0].box.width * parts[0].box.height for code, parts in regions().items() if parts}
    return tuple(sorted((each for each in found if each[1]), key=lambda each: -breadth.get(each[0], 0.0)))


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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name can go: the middle of the place, how wide it is there, and the box around all that is in view."""

    place: Point
    room: float
    around: Rect


@lru_cache(maxsize=4096)
def label_place(code: str, camera: Camera) -> Spot | None:
    """The place for a state's name, in pixels of the picture; None where too little of the state is in view."""
    return _spot(regions().get(code, ()), ("state", code), camera)


@lru_cache(maxsize=256)
def area_place(name: str, camera: Camera) -> Spot | None:
    """The place for a disputed area's name."""
    return _spot(areas().get(name, ()), ("area", name), camera)


def _spot(found: tuple[Region, ...], key: tuple[str, str], camera: Camera) -> Spot | None:
    """The widest row of the largest part, near the middle of what is in view."""
    if not found:
        return None
    left, top = camera.seen((found[0].box.x, found[0].box.bottom))
    right, bottom = camera.seen((found[0].box.right, found[0].box.y))
    top, bottom = max(top, 0.0), min(bottom, float(camera.height))
    left, right = max(left, 0.0), min(right, float(camera.width))
    if right - left < 5 or bottom - top < 5:
        return None
    middle, best = (top + bottom) / 2, None
    for step in range(1, ROWS):
        y = top + (bottom - top) * step / ROWS
        for start, end in _broad(key, camera, left, right, y):
            worth = (end - start) * (1.25 - abs(y - middle) / (bottom - top + 1.0))
            if best is None or worth > best[0]:
                best = worth, Spot(((start + end) / 2, y), end - start, Rect(left, top, right - left, bottom - top))
    return None if best is None else best[1]


def _broad(key: tuple[str, str], camera: Camera, left: float, right: float, y: float) -> Runs:
    """The stretches that lie inside over the whole height of a name; of a thin state, those in its middle line."""
    middle, above, below = (_runs(key, camera, left, right, y + shift) for shift in (0.0, -HALF, HALF))
    return _shared(_shared(middle, above), below) or middle


def _shared(first: Runs, second: Runs) -> Runs:
    """What two rows of stretches have in common."""
    pairs = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(start, end) for start, end in pairs if end > start]


def _runs(key: tuple[str, str], camera: Camera, left: float, right: float, y: float) -> Runs:
    """The stretches of a row of pixels that lie in a region: between each odd crossing of its edges and the next."""
    x0, y0, x1, y1 = _edges(*key)
    north = camera.placed((0.0, y))[1]
    hit = (y0 > north) != (y1 > north)
    rise = y1[hit] - y0[hit]
    crossings = np.sort(x0[hit] + (north - y0[hit]) / rise * (x1[hit] - x0[hit]))
    pixels = (crossings - camera.east) / camera.grain + camera.width / 2
    cut = np.clip(pixels, left, right).tolist()
    return [(start, end) for start, end in zip(cut[::2], cut[1::2], strict=False) if end > start]


@lru_cache(maxsize=256)
def _edges(layer: str, name: str) -> tuple[NDArray[np.float64], ...]:
    """The edges of a largest part: where each begins and ends."""
    found = (regions() if layer == "state" else areas())[name][0]
    starts = np.array([point for ring in found.rings for point in ring])
    ends = np.array([point for ring in found.rings for point in (*ring[1:], ring[0])])
    return starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1]
