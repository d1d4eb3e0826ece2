"""The window on a screen: events in, pictures out. The loop, the settings on the disk, and nothing else."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pygame

from game.screen import commands as wanted
from game.screen.director import Director
from game.screen.frame import Settings
from game.screen.inputs import messages
from game.screen.messages import Answered, Message, Phase, Resized, Tick
from game.screen.paint import Painter
from game.screen.paint.words import measured
from game.screen.scenes import title
from game.screen.window import Window, update, view

RATE = 60
SMALLEST = (640, 400)
LOGICAL = (1280, 720)


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
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption("Realpolitik")
        self.surface = pygame.display.set_mode(size, pygame.RESIZABLE)
        self.window = Window((title.Model(),), _measure(self.scale(settings)), settings=settings)
        self.painter = Painter(self.scale(settings))
        self.director.carry_out(wanted.Refresh())
        self.snapshot = self.director.snapshot()
        self.send(self._resized())

    def scale(self, settings: Settings) -> float:
        """Pixels a logical pixel: what the person chose, times what fits the window."""
        width, height = self.surface.get_size()
        fitting = min(width / LOGICAL[0], height / LOGICAL[1])
        return max(fitting, min(SMALLEST[0] / LOGICAL[0], 0.5)) * settings.scale

    def _resized(self) -> Resized:
        scale = self.scale(self.window.settings)
        width, height = self.surface.get_size()
        return Resized(width / scale, height / scale)

    def send(self, *sent: Message | Any) -> None:
        """Let messages change the window, and carry out what comes of them."""
        waiting: deque[Any] = deque(sent)
        while waiting:
            self.window, commands = update(self.window, waiting.popleft(), self.snapshot)
            for command in commands:
                waiting.extend(self._carried_out(command))

    def _carried_out(self, command: Any) -> Iterable[Any]:
        if isinstance(command, Settings):
            self._adopt(command)
            return (self._resized(),)
        before = self.snapshot.game
        said = self.director.carry_out(command)
        self.snapshot = self.director.snapshot()
        after = self.snapshot.game
        come: list[Any] = [] if said is None else [said]
        if after is not None and (before is None or (before.phase, before.side) != (after.phase, after.side)):
            come.append(Phase(after.phase))
        return come

    def _adopt(self, settings: Settings) -> None:
        """Live by new settings, and keep them."""
        write_settings(self.folder / "settings.json", settings)
        scale = self.scale(settings)
        self.painter = Painter(scale)
        self.window = replace(self.window, settings=settings, measure=_measure(scale))

    def draw(self) -> pygame.Surface:
        """Paint the window as it is."""
        self.surface.fill((16, 20, 30))
        self.painter.paint(self.surface, view(self.window, self.snapshot))
        return self.surface

    def run(self) -> None:
        """Go on until the window is closed."""
        clock = pygame.time.Clock()
        pygame.key.set_repeat(350, 40)
        while self.window.open:
            for event in pygame.event.get():
                self._event(event)
            self.draw()
            pygame.display.flip()
            self.send(Tick(clock.tick(RATE) / 1000))
        self.director.keep()

    def _event(self, event: pygame.event.Event) -> None:
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            self.surface = pygame.display.get_surface() or self.surface
            scale = self.scale(self.window.settings)
            self.painter = Painter(scale)
            self.window = replace(self.window, measure=_measure(scale))
            self.send(self._resized())
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            pygame.display.toggle_fullscreen()
        else:
            dragging = bool(pygame.mouse.get_pressed()[0])
            for message in messages(event, self.scale(self.window.settings), dragging):
                self.send(message)


def _measure(scale: float) -> Any:
    return lambda text, style: measured(text, style, scale)


def read_settings(path: Path) -> Settings:
    """The settings in a file; the usual ones for what it does not say, or says wrongly."""
    usual = Settings()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return usual
    known = {each.name: getattr(usual, each.name) for each in fields(Settings)}
    fitting = {
        name: value for name, value in kept.items()
        if name in known and isinstance(value, type(known[name]))
    } if isinstance(kept, dict) else {}  # fmt: skip
    settings = replace(usual, **fitting)
    return replace(settings, scale=min(max(settings.scale, 1.0), 2.0), keys={**usual.keys, **settings.keys})


def write_settings(path: Path, settings: Settings) -> None:
    """Keep settings; where that can't be done they hold for this time only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    except OSError:
        return


__all__ = ["Answered", "App", "home", "read_settings", "write_settings"]
