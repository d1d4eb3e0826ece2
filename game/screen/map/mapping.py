"""From degrees to the window: the map's projection and the part of it a camera shows.

Lambert's conformal conic with two standard parallels (Snyder 1987, "Map Projections: A Working Manual", p. 104): shapes
of countries stay as they are, and north stays nearly up over the whole region.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import atan, cos, degrees, exp, hypot, log, pi, radians, sin, tan

Point = tuple[float, float]

PARALLELS = (radians(30.0), radians(44.0))
ORIGIN = (radians(40.5), radians(37.0))
RADIUS = 6371.0
"""Kilometres; what is projected is in kilometres east and north of the origin."""

CONE = log(cos(PARALLELS[0]) / cos(PARALLELS[1])) / log(tan(pi / 4 + PARALLELS[1] / 2) / tan(pi / 4 + PARALLELS[0] / 2))
SCALE = RADIUS * cos(PARALLELS[0]) * tan(pi / 4 + PARALLELS[0] / 2) ** CONE / CONE


def _distance(latitude: float) -> float:
    """How far a parallel lies from the tip of the cone, in kilometres."""
    return float(SCALE / tan(pi / 4 + latitude / 2) ** CONE)


TIP = _distance(ORIGIN[1])


def projected(longitude: float, latitude: float) -> Point:
    """Kilometres east and north of 40.5E 37N, from degrees."""
    angle = CONE * (radians(longitude) - ORIGIN[0])
    distance = _distance(radians(latitude))
    return distance * sin(angle), TIP - distance * cos(angle)


def unprojected(east: float, north: float) -> Point:
    """Degrees of longitude and latitude, from kilometres: the inverse of `projected`."""
    distance, down = hypot(east, TIP - north), TIP - north
    angle = atan(east / down)
    latitude = 2 * atan(exp(log(SCALE / distance) / CONE)) - pi / 2
    return degrees(ORIGIN[0] + angle / CONE), degrees(latitude)


@dataclass(frozen=True, slots=True)
class Camera:
    """What part of the map fills a picture: the point in its middle, in kilometres, and kilometres a pixel."""

    east: float
    north: float
    grain: float
    width: int
    height: int

    def seen(self, point: Point) -> Point:
        """Where a projected point lies in the picture, in pixels from its upper left corner."""
        return (
            (point[0] - self.east) / self.grain + self.width / 2,
            (self.north - point[1]) / self.grain + self.height / 2,
        )

    def placed(self, pixel: Point) -> Point:
        """The projected point under a pixel: the inverse of `seen`."""
        return (
            (pixel[0] - self.width / 2) * self.grain + self.east,
            self.north - (pixel[1] - self.height / 2) * self.grain,
        )

    def moved(self, across: float, down: float) -> Camera:
        """The camera once the picture has been dragged by so many pixels."""
        return replace(self, east=self.east - across * self.grain, north=self.north + down * self.grain)

    def zoomed(self, factor: float, pixel: Point, finest: float = 0.15, coarsest: float = 12.0) -> Camera:
        """The camera `factor` times nearer, what is under the pixel staying under it."""
        grain = min(max(self.grain / factor, finest), coarsest)
        east, north = self.placed(pixel)
        return replace(
            self,
            grain=grain,
            east=east - (pixel[0] - self.width / 2) * grain,
            north=north + (pixel[1] - self.height / 2) * grain,
        )

    def snapped(self, pixels: int = 96) -> Camera:
        """The camera with its middle on a coarse grid: what is worked out for it holds while the picture moves on."""
        step = self.grain * pixels
        return replace(self, east=round(self.east / step) * step, north=round(self.north / step) * step)

    def covers(self, other: Camera) -> bool:
        """Whether the picture of another camera is part of this one's, pixel by pixel."""
        if abs(self.grain / other.grain - 1) > 1e-6:
            return False
        across, down = (other.east - self.east) / self.grain, (other.north - self.north) / self.grain
        room, height = (self.width - other.width) / 2 + 0.5, (self.height - other.height) / 2 + 0.5
        return abs(across) <= room and abs(down) <= height

    def sized(self, width: int, height: int) -> Camera:
        """The same view in a picture of another size: no less is seen."""
        factor = max(self.width / max(width, 1), self.height / max(height, 1))
        return replace(self, grain=self.grain * factor, width=width, height=height)


def framing(west: float, south: float, east: float, north: float, width: int, height: int) -> Camera:
    """The nearest camera that shows a window of degrees whole, in a picture of some size."""
    edge = [projected(*point) for point in _edge(west, south, east, north)]
    left, right = min(x for x, _ in edge), max(x for x, _ in edge)
    low, high = min(y for _, y in edge), max(y for _, y in edge)
    grain = max((right - left) / max(width, 1), (high - low) / max(height, 1))
    return Camera((left + right) / 2, (low + high) / 2, grain, width, height)


def _edge(west: float, south: float, east: float, north: float, steps: int = 12) -> Iterable[Point]:
    """Points along the four sides of a window of degrees."""
    for step in range(steps + 1):
        share = step / steps
        yield west + (east - west) * share, south
        yield west + (east - west) * share, north
        yield west, south + (north - south) * share
        yield east, south + (north - south) * share


NEAREST, FARTHEST = 12.0, 0.6
REACH = 2600.0
"""How far from the middle of the map one can look, in kilometres."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where one looks, whatever the size of the picture: a point in kilometres, and how much nearer than at home."""

    east: float
    north: float
    zoom: float = 1.0

    def camera(self, home: Camera) -> Camera:
        """The camera that looks there, in the picture of the one at home."""
        return replace(home, east=self.east, north=self.north, grain=home.grain / self.zoom)

    def moved(self, east: float, north: float) -> Outlook:
        """Looking so many kilometres farther, but not off the map."""
        return replace(
            self,
            east=min(max(self.east + east, -REACH), REACH),
            north=min(max(self.north + north, -REACH * 0.8), REACH * 0.8),
        )

    def nearer(self, factor: float, about: Point | None = None) -> Outlook:
        """Looking from nearer by a factor; the point it is about stays where it is seen."""
        zoom = min(max(self.zoom * factor, FARTHEST), NEAREST)
        east, north = about or (self.east, self.north)
        share = self.zoom / zoom
        found = replace(self, zoom=zoom)
        return found.moved((east - self.east) * (1 - share), (north - self.north) * (1 - share))
