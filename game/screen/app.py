"""The window on a screen: events in, pictures out. The loop, and nothing else."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pygame

from game.errors import GameError
from game.play.commands import Answered
from game.screen import crashing
from game.screen.crashing import Crashed
from game.screen.inputs import key_name, merged, messages
from game.screen.kit.frame import Settings
from game.screen.kit.shapes import View
from game.screen.messages import Resized, Tick
from game.screen.paint import Painter
from game.screen.paint.player import Player
from game.screen.paint.words import measured
from game.screen.shell import Shell

RATE = 60
LEAST_OF_DRAWING, MOST_OF_DRAWING = 0.002, 0.0035
"""How many seconds a frame may go on drawing a map that is not there yet."""
SECONDS_BEFORE = 0.0065
"""How long a frame may take to make up its view and to draw such a map; the rest of it is drawn in what is left."""
LOGICAL = (1280, 720)
"""The window the views are laid out for; a larger one shows the same, larger."""

LEAST = (640, 360)
"""The least room, in logical pixels, in which everything can be reached."""

LONGEST = 0.1
"""The most time, in seconds, that one step of the clock tells of: after a pause nothing leaps."""


CLOSING = (pygame.QUIT, pygame.KEYDOWN, pygame.MOUSEBUTTONUP)
"""What closes the window once something has gone wrong."""

NO_DISPLAY = "there is no display to open a window on; `realpolitik play SCENARIO --terminal` plays without one"


class NoDisplay(GameError):
    """There is no screen to open a window on."""


def home() -> Path:
    """Where games and settings are kept: REALPOLITIK_HOME, else the user's own folder for data of programs."""
    given = os.environ.get("REALPOLITIK_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "realpolitik"


class App(Shell):
    """One window on a screen."""

    def __init__(self, folder: Path | None = None, size: tuple[int, int] = LOGICAL) -> None:
        self.surface = _opened(size)
        self.painter, self.player = Painter(), Player()
        self.painted: View | None = None
        self.down: set[int] = set()  # the keys that are held down
        super().__init__(folder or home(), measured)
        self._refit()

    @property
    def scale(self) -> float:
        """Pixels a logical pixel."""
        return scale_of(self.surface.get_size(), self.window.settings.scale)

    def sound(self, tone: str) -> None:
        """Sound a tone, unless the person wants quiet."""
        if self.window.settings.sound:
            self.player.play(tone)

    def adopt(self, settings: Settings) -> None:
        """Live by new settings: another scale lays everything out anew."""
        super().adopt(settings)
        self._refit()

    def carried_out(self, command: Any) -> Iterable[Any]:
        """Do what a scene wants done; what a game is made of is not looked through for garbage again and again.

        That would take several frames at once. What is made afterwards still is.
        """
        before = self.director.seated
        said = super().carried_out(command)
        if self.director.seated != before:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        return said

    def _refit(self) -> None:
        """Lay the window out anew for another size or scale."""
        scale, (width, height) = self.scale, self.surface.get_size()
        self.painter = Painter(scale)
        self.painted = None
        self.window = replace(self.window, measure=lambda text, style: measured(text, style, scale))
        self.send(Resized(width / scale, height / scale))

    def draw(self) -> pygame.Surface:
        """Paint the window as it is; what is there already is not painted again."""
        shapes = self.shapes()
        if shapes != self.painted or self.painter.unfinished:
            self.surface.fill((16, 20, 30))
            self.painter.paint(self.surface, shapes)
            self.painted = shapes
        return self.surface

    def picture(self, path: Path) -> None:
        """Keep what the window shows as a picture."""
        pygame.image.save(self.draw(), path)

    def frame(self) -> bool:
        """Paint a frame of many, a map that takes longer a little in each; whether anything was painted."""
        before, drawing = self.painted, self.painter.unfinished
        begun = perf_counter()
        self.shapes()  # kept, so that it is not made up again to be drawn
        left = SECONDS_BEFORE - (perf_counter() - begun)
        self.painter.budget = min(max(left, LEAST_OF_DRAWING), MOST_OF_DRAWING)
        self.draw()
        self.painter.budget = None
        return drawing or self.painted is not before

    def run(self) -> None:
        """Go on until the window is closed."""
        pygame.key.set_repeat(350, 40)
        try:
            self.go_on()
        except Exception as error:
            self.crashed(error)
            raise Crashed(f"{type(error).__name__}: {error}") from error
        finally:
            self.director.keep()

    def go_on(self) -> None:
        """Take in what happens and draw what comes of it, frame by frame, until the window is closed."""
        clock = pygame.time.Clock()
        while self.window.open:
            for event in merged(pygame.event.get()):
                self.handle(event)
            # Time passes before the drawing, so that what is clicked next is what was drawn last.
            self.send(Tick(min(clock.tick(RATE) / 1000, LONGEST)))
            if self.frame():
                pygame.display.flip()

    def crashed(self, error: Exception) -> None:
        """Keep the game, write down what went wrong, and say so until a key or a button is pressed."""
        log, unwritten = crashing.written_down(self.folder, crashing.report_of(error, self.director))
        self.director.keep()
        said = crashing.told(error, self.director, log, unwritten)
        self.surface.fill((16, 20, 30))
        Painter(self.scale).paint(self.surface, crashing.view(said, self.window.frame))
        pygame.display.flip()
        pygame.event.clear()
        while pygame.event.wait().type not in CLOSING:
            pygame.display.flip()

    def handle(self, event: pygame.event.Event) -> None:
        """Do what an event of the system comes to."""
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            shown = pygame.display.get_surface() or self.surface
            if min(shown.get_size()) > 0:
                self.surface = shown
                self._refit()
        elif event.type == pygame.WINDOWEXPOSED:
            self.painted = None
        elif event.type == pygame.KEYDOWN and self._for_full_screen(event):
            if not self._is_held(event):
                self._to_full_screen()
        elif event.type == pygame.KEYDOWN:
            self.send(*messages(event, self.scale, held=self._is_held(event)))
        elif event.type == pygame.KEYUP:
            self.down.discard(event.key)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.down.clear()  # what is let go elsewhere is not told here
        else:
            dragging = bool(pygame.mouse.get_pressed()[0])
            self.send(*messages(event, self.scale, dragging))

    def _is_held(self, event: pygame.event.Event) -> bool:
        """Whether a key that is told to be pressed has been down all the time; from now on it is."""
        held = event.key in self.down
        self.down.add(event.key)
        return held

    def _to_full_screen(self) -> None:
        """Fill the screen, or no longer; not every system and version can."""
        toggle = getattr(pygame.display, "toggle_fullscreen", None)
        try:
            if toggle is None:
                raise pygame.error("this version of pygame has no full screen")
            toggle()
        except (pygame.error, NotImplementedError) as error:
            self.send(Answered(f"There is no full screen here ({error}).", problem=True))

    def _for_full_screen(self, event: pygame.event.Event) -> bool:
        """Whether a key is the one for the full screen, and is not waited for by a scene that changes keys."""
        name = key_name(event.key, event.mod, event.unicode)
        return name == self.window.settings.key("full screen") and not getattr(self.window.scene, "catching", False)


def scale_of(size: tuple[int, int], chosen: float) -> float:
    """Pixels a logical pixel: what was chosen times what fits a window, and never so much that views have no room.

    A window smaller than the usual one shows less, not smaller, so that text can be read in it.
    """
    fitting = max(min(size[0] / LOGICAL[0], size[1] / LOGICAL[1]), 1.0)
    return max(min(fitting * chosen, size[0] / LEAST[0], size[1] / LEAST[1]), 0.1)


def _opened(size: tuple[int, int]) -> pygame.Surface:
    asked = "SDL_VIDEODRIVER" in os.environ
    if sys.platform == "linux" and not asked and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        raise NoDisplay(NO_DISPLAY)
    # The desktop groups and finds windows by this name, which would be the interpreter's otherwise.
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "realpolitik")
    try:
        pygame.display.init()
        pygame.font.init()
        # SDL falls back on drawing where nobody sees it, which is of use only to those who ask for it.
        if pygame.display.get_driver() == "offscreen" and not asked:
            raise NoDisplay(NO_DISPLAY)
        pygame.display.set_caption("Realpolitik")
        return pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise NoDisplay(NO_DISPLAY) from error
