"""Ribbons: tapered arrows along a bent line, drawn large and scaled down so that their edges are smooth."""

from __future__ import annotations

from math import hypot

import pygame

from game.screen.geometry import Point, course
from game.screen.shapes import Ribbon
from game.screen.theme import PAPER

FINE = 3
STEPS = 36
HEAD = 3.2
"""How long the head is, in widths of the ribbon."""


def painted_ribbon(ribbon: Ribbon, scale: float) -> tuple[pygame.Surface, tuple[int, int]] | None:
    """A ribbon as a picture, and where its upper left corner lies; None where nothing of it has appeared."""
    if ribbon.drawn <= 0.02:
        return None
    line = [course(ribbon.start, ribbon.end, ribbon.bend, ribbon.drawn * step / STEPS) for step in range(STEPS + 1)]
    line = [(x * scale, y * scale) for x, y in line]
    width = ribbon.width * scale
    margin = width * HEAD + 6
    left, top = int(min(x for x, _ in line) - margin), int(min(y for _, y in line) - margin)
    right, bottom = int(max(x for x, _ in line) + margin), int(max(y for _, y in line) + margin)
    large = pygame.Surface(((right - left) * FINE, (bottom - top) * FINE), pygame.SRCALPHA)
    large.fill((*PAPER, 0))
    points = [((x - left) * FINE, (y - top) * FINE) for x, y in line]
    if ribbon.plain:
        _cord(large, points, ribbon, width * FINE, scale)
    else:
        _arrow(large, points, ribbon, width * FINE, scale)
    size = (large.get_width() // FINE, large.get_height() // FINE)
    return pygame.transform.smoothscale(large, size), (left, top)


def _arrow(large: pygame.Surface, points: list[Point], ribbon: Ribbon, width: float, scale: float) -> None:
    """The body and the head, with a white rim; between the dashes one sees what lies below."""
    steps = range(0, STEPS - 3, 4)
    body = [_body(points, width, first, first + 2) for first in steps] if ribbon.dashed else [_body(points, width)]
    parts = [*body, _head(points, width)]
    if ribbon.rim:
        for part in parts:
            pygame.draw.polygon(large, (*PAPER, 255), part)
            pygame.draw.lines(large, (*PAPER, 255), True, part, round(2.4 * scale * FINE))
    for part in parts:
        pygame.draw.polygon(large, (*ribbon.colour, 255), part)


def _cord(large: pygame.Surface, points: list[Point], ribbon: Ribbon, width: float, scale: float) -> None:
    """A line of one width, whole or in dashes."""
    step, length = (4, 2) if ribbon.dashed else (STEPS, STEPS)
    pieces = [points[first : first + length + 1] for first in range(0, STEPS, step)]
    for wide, shade in ((width + 2.4 * scale * FINE * ribbon.rim, PAPER), (width, ribbon.colour)):
        for piece in pieces:
            if len(piece) > 1:
                pygame.draw.polygon(large, (*shade, 255), _sides(piece, [wide] * len(piece)))


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


def _body(points: list[Point], width: float, first: int = 0, last: int | None = None) -> list[Point]:
    """The edges of the body from one point to another, thin where it begins."""
    end = _neck(points, width) if last is None else min(last, _neck(points, width))
    left, right = [], []
    for index in range(min(first, end), end + 1):
        half = width * (0.35 + 0.65 * index / max(len(points) - 1, 1)) / 2
        across, down = _normal(points, index)
        left.append((points[index][0] + across * half, points[index][1] + down * half))
        right.append((points[index][0] - across * half, points[index][1] - down * half))
    edge = left + right[::-1]
    return edge if len(edge) > 2 else [points[0], points[0], points[-1]]


def _head(points: list[Point], width: float) -> list[Point]:
    neck = _neck(points, width)
    across, down = _normal(points, neck)
    base, half = points[neck], width * 1.45
    return [
        (base[0] + across * half, base[1] + down * half),
        points[-1],
        (base[0] - across * half, base[1] - down * half),
    ]
