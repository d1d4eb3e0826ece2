"""The ground of the map: sea, coasts, lands and borders, drawn large and scaled down once for every view.

What changes from turn to turn (the tint of a state) is not part of it: each state is a white mask that is coloured
when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Literal

import numpy as np
import pygame

from game.screen.kit import theme
from game.screen.map.mapping import Camera, Point, projected
from game.screen.map.outlines import Outline, Outlines

FINE = 3
"""How many times larger than shown the ground is drawn, so that edges come out smooth."""

COAST = ((15.0, 0.22), (9.0, 0.45), (4.5, 0.8))
"""Rings of paler water along the coasts: how wide in pixels, and how far from sea to shallows."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A state's area, white on nothing, and where its upper left corner lies in the picture."""

    surface: pygame.Surface
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Land:
    """Outlines in kilometres, projected once."""

    states: Mapping[str, tuple[tuple[tuple[Point, ...], ...], ...]]
    disputed: Mapping[str, tuple[tuple[tuple[Point, ...], ...], ...]]
    borders: tuple[tuple[Point, ...], ...]

    @classmethod
    def of(cls, outlines: Outlines) -> Land:
        """The outlines of a map, projected."""
        return cls(
            {name: _projected(each) for name, each in outlines.states.items()},
            {name: _projected(each) for name, each in outlines.disputed.items()},
            tuple(tuple(projected(*point) for point in line) for line in outlines.borders()),
        )


def _projected(outline: Outline) -> tuple[tuple[tuple[Point, ...], ...], ...]:
    return tuple(tuple(tuple(projected(*point) for point in ring) for ring in polygon) for polygon in outline.polygons)


PIECE = 120
"""How many points of a coast are drawn at a time."""
STRIP, BAND = 64, 56
"""How many rows of the whole picture are scaled down at a time, and how many of an area."""


@lru_cache(maxsize=1)
def _canvas(size: tuple[int, int]) -> pygame.Surface:
    """What a large picture is drawn on; kept, since so much memory takes long to come by."""
    return spacious(size, "RGBX")


def spacious(size: tuple[int, int], form: Literal["RGBX", "BGRA"] = "BGRA") -> pygame.Surface:
    """A large surface, not seen through, whose memory is come by as it is drawn on and not at once."""
    surface = pygame.image.frombuffer(np.zeros(size[0] * size[1] * 4, np.uint8).data, size, form)
    surface.set_alpha(None)
    return surface


def painted_in_steps(land: Land, camera: Camera, onto: pygame.Surface, fine: int = FINE) -> Iterator[None]:
    """Sea, graticule, coasts, lands and the borders between them, a piece at a time, on a picture of its size."""
    large = _finer(camera, fine)
    picture = _canvas((large.width, large.height))
    for strip in strips(picture.get_size()):
        picture.fill(theme.SEA, strip)
        yield
    _graticule(picture, large, fine)
    yield
    edges = []
    for polygons in land.states.values():
        edges += [edge for polygon in polygons if (edge := _edge_in_view(polygon, large))]
        yield
    for width, share in COAST:
        shade = theme.mixed(theme.SEA, theme.SHALLOWS, share)
        for edge in edges:
            for piece in _pieces(edge):
                _stroked(picture, [piece], shade, round(width * fine), closed=False)
                yield
    for edge in edges:
        for piece in _pieces(edge):
            _stroked(picture, [piece], theme.mixed(theme.SEA, theme.INK, 0.16), fine, closed=False)
            yield
    for edge in edges:
        pygame.draw.polygon(picture, theme.LAND, edge)
        yield
    for line in land.borders:
        points = [large.seen(point) for point in line]
        if len(points) > 1 and _touches(points, large):
            pygame.draw.lines(picture, theme.LINE, False, points, fine)
            yield
    for strip in strips((camera.width, camera.height)):
        source = pygame.Rect(0, strip.top * fine, camera.width * fine, strip.height * fine)
        onto.blit(pygame.transform.smoothscale(picture.subsurface(source), strip.size), strip)
        yield


def strips(size: tuple[int, int]) -> Iterator[pygame.Rect]:
    """A picture of a size, cut into strips that are soon drawn."""
    width, height = size
    for top in range(0, height, STRIP):
        yield pygame.Rect(0, top, width, min(STRIP, height - top))


def painted_mask(polygons: Sequence[Sequence[Sequence[Point]]], camera: Camera, fine: int = FINE) -> Iterator[Mask]:
    """An area, white on nothing, cut to what is in view, in strips from the top down."""
    rings = [[[camera.seen(point) for point in ring] for ring in polygon] for polygon in polygons]
    rings = [polygon for polygon in rings if _touches(polygon[0], camera)]
    for frame in _strips([point for polygon in rings for point in polygon[0]], camera):
        surface = pygame.Surface((frame.width * fine, frame.height * fine), pygame.SRCALPHA)
        surface.fill((255, 255, 255, 0))
        for edge, *holes in rings:
            _filled(surface, (255, 255, 255, 255), _beside(edge, frame), frame, fine)
            for hole in holes:
                _filled(surface, (255, 255, 255, 0), _beside(hole, frame), frame, fine)
        yield Mask(pygame.transform.smoothscale(surface, frame.size), frame.topleft)


BESIDE = 8
"""How far from a strip a line must be to leave no trace in it, whatever its width."""


def _filled(
    surface: pygame.Surface, shade: Sequence[int], ring: Sequence[Point], frame: pygame.Rect, fine: int
) -> None:
    if len(ring) > 2:
        pygame.draw.polygon(surface, shade, _within(ring, frame, fine))


def _beside(ring: Sequence[Point], frame: pygame.Rect) -> list[Point]:
    """A closed line without what goes on wholly above or below a strip: what is seen of it in the strip is the same."""
    top, bottom = frame.top - BESIDE, frame.bottom + BESIDE
    sides = [-1 if y < top else 1 if y > bottom else 0 for _, y in ring]
    after = [*sides[1:], sides[0]]
    before = [sides[-1], *sides[:-1]]
    return [
        point
        for point, side, last, following in zip(ring, sides, before, after, strict=True)
        if not side or side != last or side != following
    ]


def _strips(points: Sequence[Point], camera: Camera, around: int = 0) -> Iterator[pygame.Rect]:
    """What some points span of a picture, in strips of its whole width that are soon drawn."""
    if points:
        frame = _frame(points, camera).inflate(2 * around, 2 * around)
        for top in range(frame.top, frame.bottom, BAND):
            yield pygame.Rect(frame.left, top, frame.width, min(BAND, frame.bottom - top))


def tinted(mask: Mask, shade: theme.Colour) -> pygame.Surface:
    """A mask in a colour."""
    surface = mask.surface.copy()
    surface.fill((*shade, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return surface


def hatched(mask: Mask, shade: theme.Colour, gap: int = 7, width: int = 2) -> pygame.Surface:
    """A mask filled with slanting lines of a colour, and nothing between them."""
    wide, high = mask.surface.get_size()
    lines = pygame.Surface((wide * 2, high * 2), pygame.SRCALPHA)
    lines.fill((*shade, 0))
    offset = (mask.place[0] + mask.place[1]) * 2 % (gap * 2)
    for start in range(-high * 2 - offset, wide * 2, gap * 2):
        pygame.draw.line(lines, (*shade, 255), (start, high * 2), (start + high * 2, 0), width * 2)
    lines = pygame.transform.smoothscale(lines, (wide, high))
    lines.blit(mask.surface, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return lines


def painted_edges(
    polygons: Sequence[Sequence[Sequence[Point]]],
    camera: Camera,
    shade: theme.Colour,
    width: float,
    fine: int = FINE,
    *,
    dashed: bool = False,
) -> Iterator[Mask]:
    """The outline of an area, smooth, cut to what is in view, in strips from the top down."""
    rings = [[camera.seen(point) for point in ring] for polygon in polygons for ring in polygon]
    rings = [ring for ring in rings if _touches(ring, camera)]
    thick = max(round(width * fine), 1)
    for frame in _strips([point for ring in rings for point in ring], camera, 4):
        surface = pygame.Surface((frame.width * fine, frame.height * fine), pygame.SRCALPHA)
        surface.fill((*shade, 0))
        for ring in rings:
            line = _within(ring if dashed else _beside(ring, frame), frame, fine)
            if dashed:
                for first, last in dashes([*line, line[0]], 4.5 * fine, 2.5 * fine):
                    pygame.draw.line(surface, (*shade, 255), first, last, thick)
            else:
                _stroked(surface, [line], (*shade, 255), thick)
        yield Mask(pygame.transform.smoothscale(surface, frame.size), frame.topleft)


def dashes(points: Sequence[Point], dash: float, gap: float) -> Iterator[tuple[Point, Point]]:
    """A line cut into dashes that run on around its corners."""
    place = 0.0  # since the last dash began
    for (x0, y0), (x1, y1) in pairwise(points):
        length, done = hypot(x1 - x0, y1 - y0), 0.0
        while length - done > 1e-9:
            on = place < dash
            step = min((dash if on else dash + gap) - place, length - done)
            if on and step > 0:
                first, last = done / length, (done + step) / length
                yield (x0 + (x1 - x0) * first, y0 + (y1 - y0) * first), (x0 + (x1 - x0) * last, y0 + (y1 - y0) * last)
            done, place = done + step, place + step
            if place >= dash + gap - 1e-9:
                place = 0.0


def _finer(camera: Camera, fine: int) -> Camera:
    return Camera(camera.east, camera.north, camera.grain / fine, camera.width * fine, camera.height * fine)


def _frame(points: Sequence[Point], camera: Camera) -> pygame.Rect:
    """The pixels of the picture that some points span, a little more than is in view."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    frame = pygame.Rect(int(left) - 1, int(top) - 1, int(right - left) + 3, int(bottom - top) + 3)
    return frame.clip(pygame.Rect(-40, -40, camera.width + 80, camera.height + 80))


def _within(ring: Sequence[Point], frame: pygame.Rect, fine: int) -> list[Point]:
    return [((x - frame.x) * fine, (y - frame.y) * fine) for x, y in ring]


def _edge_in_view(polygon: Sequence[Sequence[Point]], camera: Camera) -> list[Point]:
    """A polygon's edge in pixels, empty where none of it is in view."""
    edge = [camera.seen(point) for point in polygon[0]]
    return edge if _touches(edge, camera) else []


def _touches(points: Sequence[Point], camera: Camera) -> bool:
    """Whether the box around some points meets the picture."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) > -20 and min(xs) < camera.width + 20 and max(ys) > -20 and min(ys) < camera.height + 20


def _pieces(ring: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """A closed line in pieces that are soon drawn."""
    closed = [*ring, ring[0]]
    for start in range(0, len(closed) - 1, PIECE):
        yield closed[start : start + PIECE + 1]


def _stroked(
    picture: pygame.Surface, rings: Iterable[Sequence[Point]], shade: Sequence[int], width: int, *, closed: bool = True
) -> None:
    """Lines with round joints."""
    for ring in rings:
        if len(ring) > 1:
            pygame.draw.lines(picture, shade, closed, ring, width)
            if width > 4:
                for point in ring:
                    pygame.draw.circle(picture, shade, point, width / 2)


def _graticule(picture: pygame.Surface, camera: Camera, fine: int) -> None:
    """Meridians and parallels, every five degrees."""
    shade = theme.mixed(theme.SEA, theme.PAPER, 0.35)
    for longitude in range(-10, 100, 5):
        line = [camera.seen(projected(longitude, latitude)) for latitude in range(10, 66, 2)]
        pygame.draw.lines(picture, shade, False, line, fine)
    for latitude in range(10, 66, 5):
        line = [camera.seen(projected(longitude, latitude)) for longitude in range(-10, 96, 2)]
        pygame.draw.lines(picture, shade, False, line, fine)
