"""The painter: draws a list of shapes on a surface, and keeps what is dear to draw from frame to frame."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import Any, TypeVar

import pygame

from game.screen.kit import theme
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Area,
    Clip,
    Dot,
    Flag,
    Ground,
    Icon,
    Line,
    Panel,
    Ribbon,
    Shape,
    Words,
)
from game.screen.map.outlines import Outlines, read_outlines
from game.screen.paint import ground, words
from game.screen.paint.pictures import flag, icon
from game.screen.paint.ribbons import draw_ribbon
from game.screen.paint.sheets import Sheets

Kept = TypeVar("Kept")

MOST_SAVED = 600
"""How many pictures are kept; the one that was used longest ago goes first."""


class Painter:
    """Draws shapes, given in logical pixels, at a scale."""

    def __init__(self, scale: float = 1.0, outlines: Outlines | None = None) -> None:
        self.scale = scale
        self._outlines = outlines
        self.budget: float | None = None
        """Seconds a frame may spend on drawing a new map; None to have it whole at once."""
        self._sheets: Sheets | None = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    @property
    def unfinished(self) -> bool:
        """Whether a map is shown that is still being drawn: what was painted will look better painted again."""
        return self._sheets is not None and self._sheets.coarse

    def paint(self, surface: pygame.Surface, shapes: Iterable[Shape]) -> None:
        """Draw shapes in order; zones are not seen."""
        if self._sheets is not None:
            self._sheets.coarse = False
        self._all(surface, shapes)

    def _all(self, surface: pygame.Surface, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            self._paint(surface, shape)

    def _paint(self, surface: pygame.Surface, shape: Shape) -> None:
        match shape:
            case Panel():
                self._panel(surface, shape)
            case Words():
                self._words(surface, shape)
            case Line():
                self._line(surface, shape)
            case Area(points, colour, opacity):
                self._area(surface, points, colour, opacity)
            case Dot(centre, radius, colour, rim):
                self._dot(surface, centre, radius, colour, rim)
            case Icon(rect, name, colour):
                size = round(rect.width * self.scale)
                picture = self._keep(("icon", name, size, colour), lambda: icon(name, size, colour))
                surface.blit(picture, self._place(rect))
            case Flag():
                self._flag(surface, shape)
            case Ground():
                self._ground(surface, shape)
            case Ribbon():
                draw_ribbon(surface, shape, self.scale)
            case Clip(rect, shapes):
                before = surface.get_clip()
                surface.set_clip(before.clip(self._pixels(rect)))
                self._all(surface, shapes)
                surface.set_clip(before)
            case _:
                pass

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was made for a key before, or now."""
        if key not in self._kept:
            self._kept[key] = make()
            while len(self._kept) > MOST_SAVED:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        found: Kept = self._kept[key]
        return found

    def _pixels(self, rect: Rect) -> pygame.Rect:
        left, top = round(rect.x * self.scale), round(rect.y * self.scale)
        right, bottom = round(rect.right * self.scale), round(rect.bottom * self.scale)
        return pygame.Rect(left, top, right - left, bottom - top)

    def _place(self, rect: Rect) -> tuple[int, int]:
        return round(rect.x * self.scale), round(rect.y * self.scale)

    def _panel(self, surface: pygame.Surface, panel: Panel) -> None:
        box, radius = self._pixels(panel.rect), round(panel.radius * self.scale)
        if panel.shadow:
            self._shadow(surface, box, radius)
        if not radius and panel.opacity >= 1.0:
            surface.fill(panel.colour, box)
            if panel.edge is not None:
                pygame.draw.rect(surface, panel.edge, box, max(round(self.scale), 1))
            return
        key = ("panel", box.size, radius, panel.colour, panel.edge, panel.opacity)
        surface.blit(self._keep(key, lambda: _rounded(box.size, radius, panel, self.scale)), box)

    def _shadow(self, surface: pygame.Surface, box: pygame.Rect, radius: int) -> None:
        reach = round(10 * self.scale)
        picture = self._keep(("shadow", box.size, radius, reach), lambda: _shade(box.size, radius, reach))
        surface.blit(picture, (box.x - reach, box.y - reach + reach // 3))

    def _words(self, surface: pygame.Surface, said: Words) -> None:
        room = said.rect.width + 0.5
        text = said.text
        if not said.spacing:
            key = ("short", text, said.style, self.scale, room)
            text = self._keep(key, lambda: words.shortened(said.text, said.style, self.scale, room))
        picture = words.rendered(text, said.style, self.scale, said.colour, said.halo, said.spacing)
        box = self._pixels(said.rect)
        x = {"left": box.x, "centre": box.centerx - picture.get_width() // 2, "right": box.right - picture.get_width()}
        surface.blit(picture, (x[said.align], box.centery - picture.get_height() // 2))

    def _flag(self, surface: pygame.Surface, shown: Flag) -> None:
        box = self._pixels(shown.rect)
        picture = self._keep(("flag", shown.code, box.size), lambda: flag(shown.code, box.size))
        if picture is not None:
            surface.blit(picture, box)
            return
        ground = shown.colour or theme.QUIET
        ink = max((theme.PAPER, theme.INK), key=lambda each: theme.contrast(each, ground))
        self._panel(surface, Panel(shown.rect, ground, radius=3, edge=theme.RULE))
        letters = shown.name[:2].upper() if shown.rect.width >= 18 else shown.name[:1].upper()
        if letters and shown.rect.height >= theme.NOTE.size:
            self._words(surface, Words(shown.rect, letters, theme.NOTE, ink, "centre"))

    def _line(self, surface: pygame.Surface, line: Line) -> None:
        points = [(x * self.scale, y * self.scale) for x, y in line.points]
        width = max(round(line.width * self.scale), 1)
        if line.dashed:
            for first, last in ground.dashes(points, 6 * self.scale, 4 * self.scale):
                pygame.draw.aaline(surface, line.colour, first, last, width)
            return
        for first, last in pairwise(points):
            pygame.draw.aaline(surface, line.colour, first, last, width)

    def _area(self, surface: pygame.Surface, points: tuple[Point, ...], colour: theme.Colour, opacity: float) -> None:
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        if opacity >= 1.0:
            pygame.draw.polygon(surface, colour, scaled)
            return
        left, top = int(min(x for x, _ in scaled)), int(min(y for _, y in scaled))
        right, bottom = int(max(x for x, _ in scaled)) + 2, int(max(y for _, y in scaled)) + 2
        sheet = pygame.Surface((right - left, bottom - top), pygame.SRCALPHA)
        pygame.draw.polygon(sheet, (*colour, round(255 * opacity)), [(x - left, y - top) for x, y in scaled])
        surface.blit(sheet, (left, top))

    def _dot(
        self, surface: pygame.Surface, centre: Point, radius: float, colour: theme.Colour, rim: theme.Colour | None
    ) -> None:
        size = max(round(radius * self.scale), 1)
        picture = self._keep(("dot", size, colour, rim), lambda: _disc(size, colour, rim))
        half = picture.get_width() // 2
        surface.blit(picture, (round(centre[0] * self.scale) - half, round(centre[1] * self.scale) - half))

    def _ground(self, surface: pygame.Surface, shown: Ground) -> None:
        if self._sheets is None:
            self._sheets = Sheets(ground.Land.of(self._outlines or read_outlines()))
        box = self._pixels(shown.rect)
        if box.width < 1 or box.height < 1:
            return
        before = surface.get_clip()
        surface.set_clip(before.clip(box))
        self._sheets.show(surface, box, shown, self.scale, self.budget)
        surface.set_clip(before)


def _rounded(size: tuple[int, int], radius: int, panel: Panel, scale: float) -> pygame.Surface:
    """A panel with smooth round corners."""
    large = pygame.Surface((max(size[0], 1) * 2, max(size[1], 1) * 2), pygame.SRCALPHA)
    large.fill((*(panel.edge or panel.colour), 0))
    opacity, whole = round(255 * panel.opacity), large.get_rect()
    if panel.edge is None:
        pygame.draw.rect(large, (*panel.colour, opacity), whole, border_radius=radius * 2)
    else:
        rim = max(round(scale), 1) * 2
        pygame.draw.rect(large, (*panel.edge, opacity), whole, border_radius=radius * 2)
        inner = whole.inflate(-rim * 2, -rim * 2)
        pygame.draw.rect(large, (*panel.colour, opacity), inner, border_radius=max(radius * 2 - rim, 0))
    return pygame.transform.smoothscale(large, (max(size[0], 1), max(size[1], 1)))


def _shade(size: tuple[int, int], radius: int, reach: int) -> pygame.Surface:
    """A soft dark rim around a panel."""
    sheet = pygame.Surface((size[0] + 2 * reach, size[1] + 2 * reach), pygame.SRCALPHA)
    steps = 6
    for step in range(steps):
        grown = reach * (steps - step) / steps
        box = pygame.Rect(0, 0, size[0] + 2 * grown, size[1] + 2 * grown)
        box.center = sheet.get_rect().center
        layer = pygame.Surface(sheet.get_size(), pygame.SRCALPHA)
        pygame.draw.rect(layer, (20, 26, 40, 9), box, border_radius=round(radius + grown))
        sheet.blit(layer, (0, 0))
    return sheet


def _disc(radius: int, colour: theme.Colour, rim: theme.Colour | None) -> pygame.Surface:
    """A circle with a smooth edge."""
    fine, size = 4, (radius + 2) * 2 + 1
    large = pygame.Surface((size * fine, size * fine), pygame.SRCALPHA)
    large.fill((*(rim or colour), 0))
    centre = large.get_rect().center
    if rim is not None:
        pygame.draw.circle(large, (*rim, 255), centre, (radius + 1.4) * fine)
    pygame.draw.circle(large, (*colour, 255), centre, radius * fine)
    return pygame.transform.smoothscale(large, (size, size))
