"""Ribbons: tapered arrows along a bent line, with smooth edges and a white rim."""

from __future__ import annotations

from math import hypot

import pygame

from game.screen.kit.geometry import Point, course
from game.screen.kit.shapes import Ribbon
from game.screen.kit.theme import PAPER, Colour

STEPS = 36
HEAD = 3.2
"""How long the head is, in widths of the ribbon."""
RIM = 1.3
"""How wide the white rim is."""


def draw_ribbon(surface: pygame.Surface, ribbon: Ribbon, scale: float) -> None:
    """Draw as much of a ribbon as has appeared."""
    if ribbon.drawn <= 0.02:
        return
    line = [course(ribbon.start, ribbon.end, ribbon.bend, ribbon.drawn * step / STEPS) for step in range(STEPS + 1)]
    points, width = [(x * scale, y * scale) for x, y in line], ribbon.width * scale
    if ribbon.rim:
        for part in _parts(points, ribbon, width, RIM * scale):
            _filled(surface, part, PAPER)
    for part in _parts(points, ribbon, width, 0.0):
        _filled(surface, part, ribbon.colour)


def _parts(points: list[Point], ribbon: Ribbon, width: float, more: float) -> list[list[Point]]:
    """The outlines of a ribbon's pieces, each wider by `more` on every side."""
    if ribbon.plain:
        step, length = (4, 2) if ribbon.dashed else (STEPS, STEPS)
        pieces = [points[first : first + length + 1] for first in range(0, STEPS, step)]
        return [_sides(piece, [width + 2 * more] * len(piece)) for piece in pieces if len(piece) > 1]
    steps = range(0, STEPS - 3, 4)
    body = [_body(points, width, more, first, first + 2) for first in steps] if ribbon.dashed else []
    return [*(body or [_body(points, width, more)]), _head(points, width, more)]


def _filled(surface: pygame.Surface, outline: list[Point], shade: Colour) -> None:
    """A polygon whose edges are smooth."""
    pygame.draw.polygon(surface, shade, outline)
    pygame.draw.aalines(surface, shade, True, outline)


def _sides(points: list[Point], widths: list[float]) -> list[Point]:
    """The edge around a line of some width at each of its points."""
    left, right = [], []
    for index, (point, width) in enumerate(zip(points, widths, strict=True)):
        across, down = _normal(points, index)
        left.append((point[0] + across * width / 2, point[1] + down * width / 2))
        right.append((point[0] - across * width / 2, point[1] - down * width / 2))
    return left + right[::-1]


def _normal(points: list[Point], index: int) -> Point:
    """The direction across the line at one of its points."""
    before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
    across, down = after[0] - before[0], after[1] - before[1]
    length = hypot(across, down) or 1.0
    return -down / length, across / length


def _neck(points: list[Point], width: float) -> int:
    """The last point of the body, where the head begins."""
    tip = points[-1]
    for index in range(len(points) - 1, -1, -1):
        if hypot(points[index][0] - tip[0], points[index][1] - tip[1]) >= width * HEAD * 0.8:
            return index
    return 0


def _body(points: list[Point], width: float, more: float, first: int = 0, last: int | None = None) -> list[Point]:
    """The edges of the body from one point to another, thin where it begins."""
    end = _neck(points, width) if last is None else min(last, _neck(points, width))
    left, right = [], []
    for index in range(min(first, end), end + 1):
        half = width * (0.35 + 0.65 * index / max(len(points) - 1, 1)) / 2 + more
        across, down = _normal(points, index)
        left.append((points[index][0] + across * half, points[index][1] + down * half))
        right.append((points[index][0] - across * half, points[index][1] - down * half))
    edge = left + right[::-1]
    return edge if len(edge) > 2 else [points[0], points[0], points[-1]]


def _head(points: list[Point], width: float, more: float) -> list[Point]:
    neck = _neck(points, width)
    across, down = _normal(points, neck)
    base, tip, half = points[neck], points[-1], width * 1.45 + 1.6 * more
    back = (base[0] - down * more, base[1] + across * more)
    return [
        (back[0] + across * half, back[1] + down * half),
        (tip[0] + down * 2 * more, tip[1] - across * 2 * more),
        (back[0] - across * half, back[1] - down * half),
    ]
