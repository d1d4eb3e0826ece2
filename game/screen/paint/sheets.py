"""Sheets: the map as it was drawn for a camera, a little wider than is seen, so that moving it is copying it.

A new sheet takes a tenth of a second or more. Where a window is waiting it is made a little in every frame, and what is
there already is shown meanwhile, stretched where it must be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from math import inf
from time import perf_counter

import pygame

from game.screen.kit import theme
from game.screen.kit.shapes import Ground, Hatch
from game.screen.map.mapping import Camera, Point
from game.screen.paint import ground
from game.screen.paint.ground import Land, Mask

MARGIN = 0.22
"""How much wider than the picture a sheet is, on each side, where the map is being moved."""
MOST = 6
"""How many sheets are kept."""
PIXELS_DRAWN_FINE = 1_100_000
"""Beyond this size a sheet is drawn at twice its size and not at three times."""


Masks = tuple[Mask, ...]


@dataclass(slots=True)
class Sheet:
    """What is drawn of the map for a camera: areas and edges, each in strips."""

    camera: Camera
    fine: int
    picture: pygame.Surface | None = None
    kept: dict[Hashable, Masks] = field(default_factory=dict)
    shown_for: Hashable = None
    shown: pygame.Surface | None = None
    coming: tuple[Hashable, pygame.Surface, Iterator[None]] | None = None
    spare: pygame.Surface | None = None

    @classmethod
    def blank(cls, camera: Camera) -> Sheet:
        """A sheet on which nothing is drawn yet."""
        return cls(camera, 3 if camera.width * camera.height <= PIXELS_DRAWN_FINE else 2)

    def drawn(self, land: Land, wanted: Ground, scale: float) -> Iterator[None]:
        """Draw it, a piece at a time, and colour it as it is wanted now."""
        picture = ground.spacious(self.size)
        yield from ground.painted_in_steps(land, self.camera, picture, self.fine)
        shown = ground.spacious(self.size)
        yield from self._colour(land, wanted, picture, shown, scale)
        self.picture, self.shown, self.shown_for = picture, shown, _key(wanted, scale)

    @property
    def size(self) -> tuple[int, int]:
        return self.camera.width, self.camera.height

    def coloured(self, land: Land, wanted: Ground, scale: float, room: float | None) -> pygame.Surface:
        """The picture with states tinted and what is disputed hatched; kept for as long as nothing changes.

        With `room` for no more than so many seconds of it, what was shown before is shown until the new one is whole.
        """
        assert self.picture is not None
        assert self.shown is not None
        key = _key(wanted, scale)
        if room is None:
            self.coming = None
        if self.coming is None and self.shown_for != key:
            onto = self.spare or ground.spacious(self.size)
            self.coming = key, onto, self._colour(land, wanted, self.picture, onto, scale)
        if self.coming is not None:
            found, onto, steps = self.coming
            if _done(steps, room):
                self.spare, self.shown, self.shown_for, self.coming = self.shown, onto, found, None
        return self.shown

    def _colour(
        self, land: Land, wanted: Ground, picture: pygame.Surface, onto: pygame.Surface, scale: float
    ) -> Iterator[None]:
        for strip in ground.strips(self.size):
            onto.blit(picture, strip, strip)
            yield
        for name, shade in wanted.tints:
            for mask in self._made(("area", name), ground.painted_mask(_of(land, name), self.camera, self.fine)):
                yield
                onto.blit(ground.tinted(mask, shade), mask.place)
        for hatch in wanted.hatches:
            yield from self._hatch(land, hatch, onto, scale)
        for name, _ in wanted.tints:
            yield from self._rim(land, name, theme.PAPER, 1.2, onto)
        if wanted.chosen is not None:
            yield from self._rim(land, wanted.chosen, theme.INK, 2.2 * scale, onto)

    def _hatch(self, land: Land, hatch: Hatch, onto: pygame.Surface, scale: float) -> Iterator[None]:
        gap, width = max(round(7 * scale), 5), max(round(2 * scale), 2)
        for mask in self._made(
            ("area", hatch.area), ground.painted_mask(_of(land, hatch.area), self.camera, self.fine)
        ):
            onto.blit(ground.hatched(mask, hatch.colour, gap, width), mask.place)
            yield
        yield from self._rim(land, hatch.area, theme.INK, 1.1 * scale, onto)

    def _rim(self, land: Land, name: str, shade: theme.Colour, width: float, onto: pygame.Surface) -> Iterator[None]:
        """The line around a state; in dashes around a disputed area."""
        dashed = name not in land.states
        made = ground.painted_edges(_of(land, name), self.camera, shade, width, self.fine, dashed=dashed)
        for mask in self._made(("rim", name, shade, width), made):
            onto.blit(mask.surface, mask.place)
            yield

    def _made(self, key: Hashable, making: Iterator[Mask]) -> Iterator[Mask]:
        """What was made for a key before; else what is being made, kept once it is whole."""
        if key in self.kept:
            yield from self.kept[key]
            return
        found = []
        for mask in making:
            found.append(mask)
            yield mask
        self.kept[key] = tuple(found)


def _done(steps: Iterator[None], room: float | None) -> bool:
    """Go on with something for some seconds, or to its end; whether it has come to it."""
    until = inf if room is None else perf_counter() + room
    return all(perf_counter() <= until for _ in steps)


def _key(wanted: Ground, scale: float) -> Hashable:
    return wanted.tints, wanted.hatches, wanted.chosen, scale


def _of(land: Land, name: str) -> tuple[tuple[tuple[Point, ...], ...], ...]:
    """The polygons of a state or of a disputed area."""
    return land.states.get(name) or land.disputed.get(name, ())


class Sheets:
    """The sheets that are at hand, and the one that is being drawn."""

    def __init__(self, land: Land) -> None:
        self.land = land
        self.kept: list[Sheet] = []
        self.coming: tuple[Sheet, Iterator[None]] | None = None
        self.coarse = False
        """Whether something was shown that a later frame shows better."""

    def show(self, surface: pygame.Surface, box: pygame.Rect, wanted: Ground, scale: float, room: float | None) -> None:
        """Show the map in a box; with `room` for no more than so many seconds of drawing in this frame."""
        camera = wanted.camera.sized(box.width, box.height)
        sheet = self._at_hand(camera)
        if sheet is None and (room is None or not self.kept):
            sheet = Sheet.blank(camera)
            for _ in sheet.drawn(self.land, wanted, scale):
                pass
            self._keep(sheet)
        elif sheet is None and room is not None:
            sheet = self._further(camera, wanted, scale, room)
        if sheet is not None:
            place = sheet.camera.seen((camera.east, camera.north))
            picture = self._coloured(sheet, wanted, scale, room)
            corner = (round(box.width / 2 - place[0]) + box.x, round(box.height / 2 - place[1]) + box.y)
            surface.blit(picture, corner)
        else:
            self.coarse = True
            self._stretch(surface, box, camera, wanted, scale, room)

    def _coloured(self, sheet: Sheet, wanted: Ground, scale: float, room: float | None) -> pygame.Surface:
        """A sheet in the colours that are wanted, or in those of before while these are not done."""
        picture = sheet.coloured(self.land, wanted, scale, room)
        self.coarse = self.coarse or sheet.shown_for != _key(wanted, scale)
        return picture

    def _stretch(
        self,
        surface: pygame.Surface,
        box: pygame.Rect,
        camera: Camera,
        wanted: Ground,
        scale: float,
        room: float | None,
    ) -> None:
        """What is at hand, moved and stretched: the newest sheet, and beneath it an older one where it leaves gaps."""
        *_, newest = self.kept
        layers = [newest] if _fills(newest.camera, camera) else [*self.kept[:1], newest]
        if len(layers) > 1:
            surface.fill(theme.SEA, box)
        for sheet in layers:
            _stretched(surface, box, self._coloured(sheet, wanted, scale, room), sheet.camera, camera)

    def _at_hand(self, camera: Camera) -> Sheet | None:
        return next((sheet for sheet in reversed(self.kept) if sheet.camera.covers(camera)), None)

    def _keep(self, sheet: Sheet) -> None:
        self.kept = [*self.kept, sheet][-MOST:]

    def _further(self, camera: Camera, wanted: Ground, scale: float, room: float) -> Sheet | None:
        """Draw on for some seconds; the sheet once it is whole."""
        if self.coming is None or not self.coming[0].camera.covers(camera):
            wide = round(camera.width * (1 + 2 * MARGIN)), round(camera.height * (1 + 2 * MARGIN))
            sheet = Sheet.blank(Camera(camera.east, camera.north, camera.grain, *wide))
            self.coming = sheet, sheet.drawn(self.land, wanted, scale)
        sheet, steps = self.coming
        if not _done(steps, room):
            return None
        self.coming = None
        self._keep(sheet)
        return sheet


def _fills(drawn: Camera, wanted: Camera) -> bool:
    """Whether what one camera saw fills the picture of another."""
    left, top = wanted.seen(drawn.placed((0.0, 0.0)))
    right, bottom = wanted.seen(drawn.placed((drawn.width, drawn.height)))
    return left <= 0 and top <= 0 and right >= wanted.width and bottom >= wanted.height


def _stretched(
    surface: pygame.Surface, box: pygame.Rect, picture: pygame.Surface, drawn: Camera, wanted: Camera
) -> None:
    """What one camera saw, as another sees it: coarse, but at once."""
    factor = drawn.grain / wanted.grain
    left, top = wanted.seen(drawn.placed((0.0, 0.0)))
    if abs(factor - 1) < 1e-6:
        surface.blit(picture, (round(left) + box.x, round(top) + box.y))
        return
    whole = pygame.Rect(left, top, drawn.width * factor, drawn.height * factor)
    part = whole.clip(pygame.Rect(0, 0, box.width, box.height))
    if part.width < 2 or part.height < 2:
        return
    source = pygame.Rect(
        (part.x - left) / factor, (part.y - top) / factor, max(part.width / factor, 1), max(part.height / factor, 1)
    ).clip(picture.get_rect())
    if source.width and source.height:
        coarse = pygame.transform.scale(picture.subsurface(source), part.size)
        coarse.set_alpha(None)
        surface.blit(coarse, part.move(box.topleft))
