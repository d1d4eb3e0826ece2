"""The window of the system: it opens at a size that fits the screen, fills it, and comes back as it was.

What it imports is little, so that something is seen before the rest of the program is read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import pygame

from game.errors import GameError
from game.files import asset_path

LEAST = (640, 360)
"""The least room, in pixels, in which everything can be reached; no window is made smaller by hand."""
USUAL = (1280, 720)
"""The window that views are laid out for; one that is larger shows the same, larger."""
SHARE = 0.83
"""How much of a large screen a new window takes."""
BESIDE = (16, 80)
"""What a desktop keeps for itself of a screen: bars, and the frame and title of the window."""
NIGHT, QUIET, BRIGHT = (24, 29, 43), (169, 178, 195), (238, 241, 246)

UNSEEN = ("dummy", "offscreen")
"""Drivers that draw where nobody sees it."""

NO_DISPLAY = "there is no display to open a window on; `realpolitik play SCENARIO --terminal` plays without one"


class NoDisplay(GameError):
    """There is no screen to open a window on."""


def fitting(screen: tuple[int, int]) -> tuple[int, int]:
    """The size of a new window on a screen, in pixels: the usual one or, on a large screen, most of it; never more."""
    width, height = (
        max(min(usual, whole - beside), round(whole * SHARE), least)
        for usual, whole, beside, least in zip(USUAL, screen, BESIDE, LEAST, strict=True)
    )
    free = max(screen[0] - BESIDE[0], LEAST[0]), max(screen[1] - BESIDE[1], LEAST[1])
    return min(width, free[0], screen[0]), min(height, free[1], screen[1])


def opened(size: tuple[int, int] | None = None) -> pygame.Window:
    """Open the window, with the name of the game in it until there is more to see.

    Raises NoDisplay where there is no screen.
    """
    asked = "SDL_VIDEODRIVER" in os.environ
    if sys.platform == "linux" and not asked and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        raise NoDisplay(NO_DISPLAY)
    # The desktop groups and finds windows by this name; pygame has given it that of the file that was started.
    os.environ["SDL_VIDEO_X11_WMCLASS"] = "realpolitik"
    os.environ.setdefault("SDL_VIDEO_CENTERED", "1")
    # Pixels are those of the screen: on a dense one nothing is drawn small and blown up.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        pygame.display.init()
        pygame.font.init()
        # SDL falls back on drawing where nobody sees it, which is of use only to those who ask for it.
        if pygame.display.get_driver() == "offscreen" and not asked:
            raise NoDisplay(NO_DISPLAY)
        seen = pygame.display.get_driver() not in UNSEEN
        screen = pygame.display.get_desktop_sizes()[0] if seen else USUAL
        window = pygame.Window("Realpolitik", size or (fitting(screen) if seen else USUAL), resizable=True)
        window.minimum_size = min(LEAST[0], screen[0]), min(LEAST[1], screen[1])
        _announce(window)
    except pygame.error as error:
        raise NoDisplay(NO_DISPLAY) from error
    return window


def at_hand() -> pygame.Window:
    """The window that was opened early, or a new one."""
    return EARLY.pop() if EARLY else opened()


EARLY: list[pygame.Window] = []
"""The window that was opened before the program was read, until the program takes it."""


def open_early() -> None:
    """Open the window for the program that is about to be read."""
    EARLY.append(opened())


def _announce(window: pygame.Window) -> None:
    """The name of the game on its ground, at once."""
    surface = window.get_surface()
    width, height = surface.get_size()
    surface.fill(NIGHT)
    scale = max(min(width / USUAL[0], height / USUAL[1]), 1.0)
    lines = (
        ("Realpolitik", "FiraSans-SemiBold.ttf", 46, BRIGHT, -16),
        ("Loading", "FiraSans-Regular.ttf", 15, QUIET, 34),
    )
    for text, file, size, ink, below in lines:
        try:
            font = pygame.font.Font(asset_path("fonts", file), round(size * scale))
        except (OSError, LookupError, GameError, pygame.error):
            font = pygame.font.Font(None, round(size * scale))
        picture = font.render(text, True, ink)
        place = picture.get_rect(center=(width // 2, height // 2 + round(below * scale)))
        surface.blit(picture, place)
    window.flip()
    pygame.event.pump()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a window stood, how large it was, and since when, in seconds of a clock."""

    size: tuple[int, int]
    place: tuple[int, int]
    since: float = 0.0


SETTLING = 0.5
"""Seconds within which a system tells, in any order, that a window is maximised and where it is now."""


class Screen:
    """Filling the screen, and the way back to the same window at the same place, maximised where it was.

    SDL tells where a window is, not where it was before it was maximised; that is kept in mind here.
    """

    def __init__(self, window: pygame.Window, clock: Callable[[], float] = monotonic) -> None:
        self.window = window
        self.full, self.maximised = False, False
        self.clock = clock
        self.stood: tuple[Placed, ...] = ()

    def follow(self, event: pygame.event.Event) -> None:
        """Keep in mind how the window stands; what happens to it while it fills the screen says nothing."""
        if self.full:
            return
        if event.type == pygame.WINDOWMAXIMIZED:
            self.maximised = True
            now = self.clock()
            before = tuple(each for each in self.stood if now - each.since > SETTLING)
            self.stood = before or self.stood[:1]
        elif event.type == pygame.WINDOWRESTORED:
            self.maximised = False
        elif event.type in (pygame.WINDOWMOVED, pygame.WINDOWSIZECHANGED) and not self.maximised:
            self._note()

    def _note(self) -> None:
        window = self.window
        self.stood = (*self.stood, Placed(window.size, window.position, self.clock()))[-4:]

    def toggle(self) -> None:
        """Fill the screen or, where that was done, no longer.

        Raises pygame.error, NotImplementedError or AttributeError where this system or version can't.
        """
        window = self.window
        if not self.full:
            if not self.maximised:
                self._note()
            window.set_fullscreen(desktop=True)
            self.full = True
            return
        self.full = False
        window.set_windowed()
        if self.stood:
            window.size, window.position = self.stood[-1].size, self.stood[-1].place
        if self.maximised:
            window.maximize()
