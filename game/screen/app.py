"""The window on a screen: events in, pictures out. The loop, and nothing else."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame

from game.errors import GameError
from game.screen import commands as wanted
from game.screen.director import Director
from game.screen.frame import Measure, Settings
from game.screen.inputs import messages
from game.screen.messages import Message, Phase, Resized, Swap, Tick
from game.screen.paint import Painter
from game.screen.paint.words import measured
from game.screen.preferences import read_settings, write_settings
from game.screen.scenes import board, title
from game.screen.shapes import View
from game.screen.window import Window, update, view

RATE = 60
LOGICAL = (1280, 720)
"""The window the views are laid out for; a larger one shows the same, larger."""

LEAST = (640, 360)
"""The least room, in logical pixels, in which everything can be reached."""

LONGEST = 0.1
"""The most time, in seconds, that one step of the clock tells of: after a pause nothing leaps."""


class NoDisplay(GameError):
    """There is no screen to open a window on."""


def home() -> Path:
    """Where games and settings are kept: REALPOLITIK_HOME, else the user's own folder for data of programs."""
    given = os.environ.get("REALPOLITIK_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "realpolitik"


class App:
    """One window over one director."""

    def __init__(self, folder: Path | None = None, size: tuple[int, int] = LOGICAL) -> None:
        self.folder = folder or home()
        self.director = Director(self.folder / "games")
        settings = read_settings(self.folder / "settings.json")
        self.surface = _opened(size)
        scale = scale_of(self.surface.get_size(), settings.scale)
        self.painter = Painter(scale)
        self.painted: View | None = None
        self.director.carry_out(wanted.Refresh())
        self.snapshot = self.director.snapshot()
        self.window = Window((), _measure(scale), settings=settings)
        self.send(Swap(title.Model()), self._resized())

    @property
    def scale(self) -> float:
        """Pixels a logical pixel."""
        return scale_of(self.surface.get_size(), self.window.settings.scale)

    def _resized(self) -> Resized:
        width, height = self.surface.get_size()
        return Resized(width / self.scale, height / self.scale)

    def _refit(self) -> None:
        """Lay the window out anew for another size or scale."""
        self.painter = Painter(self.scale)
        self.painted = None
        self.window = replace(self.window, measure=_measure(self.scale))
        self.send(self._resized())

    def send(self, *sent: Message | Any) -> None:
        """Let messages change the window, and carry out what comes of them."""
        waiting: deque[Any] = deque(sent)
        while waiting:
            self.window, commands = update(self.window, waiting.popleft(), self.snapshot)
            for command in commands:
                waiting.extend(self.carry_out(command))

    def carry_out(self, command: Any) -> Iterable[Any]:
        """Do what a scene wants done; what the window is to be told of it."""
        if isinstance(command, Settings):
            write_settings(self.folder / "settings.json", command)
            self._refit()
            return ()
        before = self._place
        said = self.director.carry_out(command)
        self.snapshot = self.director.snapshot()
        come: list[Any] = [] if said is None else [said]
        if self.snapshot.game is None:
            # A game that could not be begun, or was put away, leaves no board to look at.
            boards = any(isinstance(model, board.Model) for model in self.window.stack)
            return [Swap("title"), *come] if boards else come
        return come if before == self._place else [Phase(self.snapshot.game.phase), *come]

    @property
    def _place(self) -> tuple[object, ...]:
        """Which game it is, from where it goes on, and where in its turn it stands."""
        game = self.snapshot.game
        return () if game is None else (self.director.path, self.director.seated, game.phase, game.side)

    def draw(self) -> pygame.Surface:
        """Paint the window as it is; what is there already is not painted again."""
        shapes = view(self.window, self.snapshot)
        if shapes != self.painted:
            self.surface.fill((16, 20, 30))
            self.painter.paint(self.surface, shapes)
            self.painted = shapes
        return self.surface

    def run(self) -> None:
        """Go on until the window is closed."""
        clock = pygame.time.Clock()
        pygame.key.set_repeat(350, 40)
        try:
            while self.window.open:
                for event in pygame.event.get():
                    self.handle(event)
                before = self.painted
                self.draw()
                if self.painted is not before:
                    pygame.display.flip()
                self.send(Tick(min(clock.tick(RATE) / 1000, LONGEST)))
        finally:
            self.director.keep()

    def handle(self, event: pygame.event.Event) -> None:
        """Do what an event of the system comes to."""
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            shown = pygame.display.get_surface() or self.surface
            if min(shown.get_size()) > 0:
                self.surface = shown
                self._refit()
        elif event.type == pygame.WINDOWEXPOSED:
            self.painted = None
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            pygame.display.toggle_fullscreen()
        else:
            dragging = bool(pygame.mouse.get_pressed()[0])
            self.send(*messages(event, self.scale, dragging))


def scale_of(size: tuple[int, int], chosen: float) -> float:
    """Pixels a logical pixel: what was chosen times what fits a window, and never so much that views have no room.

    A window smaller than the usual one shows less, not smaller, so that text can be read in it.
    """
    fitting = max(min(size[0] / LOGICAL[0], size[1] / LOGICAL[1]), 1.0)
    return max(min(fitting * chosen, size[0] / LEAST[0], size[1] / LEAST[1]), 0.1)


def _opened(size: tuple[int, int]) -> pygame.Surface:
    try:
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption("Realpolitik")
        return pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise NoDisplay(f"no window can be opened here: {error}") from error


def _measure(scale: float) -> Measure:
    return lambda text, style: measured(text, style, scale)
