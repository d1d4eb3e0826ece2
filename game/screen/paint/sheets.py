"""Sheets: the map as it was drawn for a camera, a little wider than is seen, so that moving it is copying it.

A new sheet takes a tenth of a second or more. Where a window is waiting it is made a little in every frame, and what is
there already is shown meanwhile, stretched where it must be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from time import perf_counter

import pygame

from game.screen import theme
from game.screen.mapping import Camera
from game.screen.paint import ground
from game.screen.paint.ground import Land, Mask
from game.screen.shapes import Ground, Hatch

MARGIN = 0.22
"""How much wider than the picture a sheet is, on each side, where the map is being moved."""
MOST = 6
"""How many sheets are kept."""
PIXELS_DRAWN_FINE = 1_100_000
"""Beyond this size a sheet is drawn at twice its size and not at three times."""


@dataclass(slots=True)
class Sheet:
    """What is drawn of the map for a camera."""

    camera: Camera
    fine: int
    picture: pygame.Surface | None = None
    masks: dict[str, Mask | None] = field(default_factory=dict)
    areas: dict[str, Mask | None] = field(default_factory=dict)
    rims: dict[Hashable, Mask | None] = field(default_factory=dict)
    shown_for: Hashable = None
    shown: pygame.Surface | None = None

    @classmethod
    def blank(cls, camera: Camera) -> Sheet:
        """A sheet on which nothing is drawn yet."""
        return cls(camera, 3 if camera.width * camera.height <= PIXELS_DRAWN_FINE else 2)

    def drawn(self, land: Land, wanted: Ground) -> Iterator[None]:
        """Draw it, a piece at a time."""
        picture = pygame.Surface((self.camera.width, self.camera.height))
        yield from ground.painted_in_steps(land, self.camera, picture, self.fine)
        for name, _ in wanted.tints:
            self.mask(land, name)
            yield
            self.rim(land, name, theme.PAPER, 1.2)
            yield
        for hatch in wanted.hatches:
            self.area(land, hatch.area)
            yield
        self.picture = picture

    def mask(self, land: Land, name: str) -> Mask | None:
        """A state's area."""
        if name not in self.masks:
            self.masks[name] = ground.painted_mask(land.states.get(name, ()), self.camera, self.fine)
        return self.masks[name]

    def area(self, land: Land, name: str) -> Mask | None:
        """A disputed area."""
        if name not in self.areas:
            self.areas[name] = ground.painted_mask(land.disputed.get(name, ()), self.camera, self.fine)
        return self.areas[name]

    def rim(self, land: Land, name: str, shade: theme.Colour, width: float) -> Mask | None:
        """The line around a state, or around a disputed area where no state has the name."""
        key = (name, shade, width)
        if key not in self.rims:
            polygons = land.states.get(name) or land.disputed.get(name, ())
            self.rims[key] = ground.painted_edges(
                polygons, self.camera, shade, width, self.fine, dashed=name not in land.states
            )
        return self.rims[key]

    def coloured(self, land: Land, wanted: Ground, scale: float) -> pygame.Surface:
        """The picture with states tinted and what is disputed hatched; kept for as long as nothing changes."""
        key = (wanted.tints, wanted.hatches, wanted.chosen, scale)
        if self.shown is None or self.shown_for != key:
            assert self.picture is not None
            self.shown, self.shown_for = self.picture.copy(), key
            self._colour(land, wanted, self.shown, scale)
        return self.shown

    def _colour(self, land: Land, wanted: Ground, onto: pygame.Surface, scale: float) -> None:
        for name, shade in wanted.tints:
            mask = self.mask(land, name)
            if mask is not None:
                onto.blit(ground.tinted(mask, shade), mask.place)
        for hatch in wanted.hatches:
            self._hatch(land, hatch, onto, scale)
        for name, _ in wanted.tints:
            _stamped(onto, self.rim(land, name, theme.PAPER, 1.2))
        if wanted.chosen is not None:
            _stamped(onto, self.rim(land, wanted.chosen, theme.INK, 2.2 * scale))

    def _hatch(self, land: Land, hatch: Hatch, onto: pygame.Surface, scale: float) -> None:
        mask = self.area(land, hatch.area)
        if mask is not None:
            gap = max(round(7 * scale), 5)
            onto.blit(ground.hatched(mask, hatch.colour, gap, max(round(2 * scale), 2)), mask.place)
            _stamped(onto, self.rim(land, hatch.area, theme.INK, 1.1 * scale))


def _stamped(onto: pygame.Surface, mask: Mask | None) -> None:
    if mask is not None:
        onto.blit(mask.surface, mask.place)


class Sheets:
    """The sheets that are at hand, and the one that is being drawn."""

    def __init__(self, land: Land) -> None:
        self.land = land
        self.kept: list[Sheet] = []
        self.coming: tuple[Sheet, Iterator[None]] | None = None

    def show(self, surface: pygame.Surface, box: pygame.Rect, wanted: Ground, scale: float, room: float | None) -> None:
        """Show the map in a box; with `room` for no more than so many seconds of drawing in this frame."""
        camera = wanted.camera.sized(box.width, box.height)
        sheet = self._at_hand(camera)
        if sheet is None and (room is None or not self.kept):
            sheet = Sheet.blank(camera)
            for _ in sheet.drawn(self.land, wanted):
                pass
            self._keep(sheet)
        elif sheet is None and room is not None:
            sheet = self._further(camera, wanted, room)
        if sheet is not None:
            place = sheet.camera.seen((camera.east, camera.north))
            picture = sheet.coloured(self.land, wanted, scale)
            corner = (round(box.width / 2 - place[0]) + box.x, round(box.height / 2 - place[1]) + box.y)
            surface.blit(picture, corner)
        else:
            surface.fill(theme.SEA, box)
            for coarse in sorted(self.kept[-2:], key=lambda each: -each.camera.grain):
                _stretched(surface, box, coarse.coloured(self.land, wanted, scale), coarse.camera, camera)

    def _at_hand(self, camera: Camera) -> Sheet | None:
        return next((sheet for sheet in reversed(self.kept) if sheet.camera.covers(camera)), None)

    def _keep(self, sheet: Sheet) -> None:
        self.kept = [*self.kept, sheet][-MOST:]

    def _further(self, camera: Camera, wanted: Ground, room: float) -> Sheet | None:
        """Draw on for some seconds; the sheet once it is whole."""
        if self.coming is None or not self.coming[0].camera.covers(camera):
            wide = round(camera.width * (1 + 2 * MARGIN)), round(camera.height * (1 + 2 * MARGIN))
            sheet = Sheet.blank(Camera(camera.east, camera.north, camera.grain, *wide))
            self.coming = sheet, chain(sheet.drawn(self.land, wanted))
        sheet, steps = self.coming
        until = perf_counter() + room
        for _ in steps:
            if perf_counter() > until:
                return None
        self.coming = None
        self._keep(sheet)
        return sheet


def _stretched(
    surface: pygame.Surface, box: pygame.Rect, picture: pygame.Surface, drawn: Camera, wanted: Camera
) -> None:
    """What one camera saw, as another sees it: coarse, but at once."""
    factor = drawn.grain / wanted.grain
    left, top = wanted.seen(drawn.placed((0.0, 0.0)))
    whole = pygame.Rect(left, top, drawn.width * factor, drawn.height * factor)
    part = whole.clip(pygame.Rect(0, 0, box.width, box.height))
    if part.width < 2 or part.height < 2:
        return
    source = pygame.Rect(
        (part.x - left) / factor, (part.y - top) / factor, max(part.width / factor, 1), max(part.height / factor, 1)
    ).clip(picture.get_rect())
    if source.width and source.height:
        surface.blit(pygame.transform.scale(picture.subsurface(source), part.size), part.move(box.topleft))
