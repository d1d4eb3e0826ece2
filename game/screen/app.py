"""The window on a screen: events in, pictures out. The loop, and nothing else."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pygame

from game.play.commands import Answered
from game.screen import crashing
from game.screen.crashing import Crashed
from game.screen.display import LEAST, USUAL, Screen, opened
from game.screen.inputs import merged, messages, named, place_of, writes
from game.screen.kit.editing import Composing, Stops
from game.screen.kit.frame import Settings
from game.screen.kit.shapes import View, zones
from game.screen.layout import caps, learnt
from game.screen.messages import Resized, Tick, Typed
from game.screen.paint import Painter
from game.screen.paint.player import Player
from game.screen.paint.words import measured
from game.screen.shell import Shell

RATE = 60
DOUBLE = 0.45
"""Seconds within which a second click makes a double click."""
LEAST_OF_DRAWING, MOST_OF_DRAWING = 0.002, 0.0035
"""How many seconds a frame may go on drawing a map that is not there yet."""
SECONDS_BEFORE = 0.0065
"""How long a frame may take to make up its view and to draw such a map; the rest of it is drawn in what is left."""
LONGEST = 0.1
"""The most time, in seconds, that one step of the clock tells of: after a pause nothing leaps."""


CLOSING = (pygame.QUIT, pygame.KEYDOWN, pygame.MOUSEBUTTONUP)
"""What closes the window once something has gone wrong."""


def home() -> Path:
    """Where games and settings are kept: REALPOLITIK_HOME, else the user's own folder for data of programs."""
    given = os.environ.get("REALPOLITIK_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "realpolitik"


class App(Shell):
    """One window on a screen."""

    def __init__(
        self, folder: Path | None = None, size: tuple[int, int] | None = None, shown: pygame.Window | None = None
    ) -> None:
        self.shown = opened(size) if shown is None else shown
        self.surface = self.shown.get_surface()
        self.painter, self.player, self.screen = Painter(), Player(), Screen(self.shown)
        self.painted: View | None = None
        self.down: set[int] = set()  # the keys that are held down, by their place
        self.arriving = False  # whether the window has just been given the keyboard
        self.used = False  # whether the last key was used up by a command, and its text is to be typed nowhere
        self.clicked = (0.0, 0, 0)  # when and where a button was last let go
        super().__init__(folder or home(), measured)
        self.window = replace(self.window, caps=caps())
        self._refit()
        self._take_in()  # what came while the program was read was for the window, not for the game

    @property
    def scale(self) -> float:
        """Pixels a logical pixel."""
        return scale_of(self.surface.get_size(), self.window.settings.scale)

    def send(self, *sent: Any) -> None:
        """Let messages change the window; an input method works where text is typed."""
        before = self.window.typing if self.window.stack else False
        super().send(*sent)
        if self.window.typing != before:
            pygame.key.start_text_input()

    def copy(self, text: str) -> None:
        """Lay a text on the clipboard of the system."""
        super().copy(text)
        with suppress(pygame.error):
            pygame.scrap.put_text(text)

    def clipboard(self) -> str:
        """What lies on the clipboard of the system."""
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return super().clipboard()

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
            self._point_out(shapes)
        return self.surface

    def _point_out(self, shapes: View) -> None:
        """Tell an input method where text is typed, so that what it offers is shown there."""
        place = next((zone.rect for zone in zones(shapes) if isinstance(zone.grip, Stops)), None)
        if place is not None:
            box = (place.x, place.y, place.width, place.height)
            pygame.key.set_text_input_rect(pygame.Rect(*(round(side * self.scale) for side in box)))

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
        self.director.preparation.begin()
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
            self._take_in()
            # Time passes before the drawing, so that what is clicked next is what was drawn last.
            self.send(Tick(min(clock.tick(RATE) / 1000, LONGEST)))
            if self.snapshot.preparation != self.director.preparation.progress:
                self.snapshot = self.director.snapshot()
            if self.frame():
                self.shown.flip()

    def _take_in(self) -> None:
        """Do what has come of events."""
        for event in merged(pygame.event.get()):
            self.handle(event)
        self.arriving = False

    def crashed(self, error: Exception) -> None:
        """Keep the game, write down what went wrong, and say so until a key or a button is pressed."""
        log, unwritten = crashing.written_down(self.folder, crashing.report_of(error, self.director))
        self.director.keep()
        said = crashing.told(error, self.director, log, unwritten)
        self.surface.fill((16, 20, 30))
        Painter(self.scale).paint(self.surface, crashing.view(said, self.window.frame))
        self.shown.flip()
        pygame.event.clear()
        while pygame.event.wait().type not in CLOSING:
            self.shown.flip()

    def handle(self, event: pygame.event.Event) -> None:
        """Do what an event of the system comes to."""
        self.screen.follow(event)
        match event.type:
            case pygame.VIDEORESIZE | pygame.WINDOWSIZECHANGED:
                self._resized()
            case pygame.WINDOWEXPOSED:
                self.painted = None
            case pygame.KEYDOWN:
                self._pressed(event)
            case pygame.KEYUP:
                self.down.discard(place_of(event))
            case pygame.TEXTINPUT | pygame.TEXTEDITING:
                self._typed(event)
            case pygame.KEYMAPCHANGED:
                self.window = replace(self.window, caps=caps())
            case pygame.WINDOWFOCUSGAINED:
                self.arriving = True
            case pygame.WINDOWFOCUSLOST:
                self.down.clear()  # what is let go elsewhere is not told here
            case _:
                dragging = bool(pygame.mouse.get_pressed()[0])
                self.send(*messages(event, self.scale, dragging, again=self._again(event)))

    def _resized(self) -> None:
        surface = self.shown.get_surface()
        if min(surface.get_size()) > 0:
            self.surface = surface
            self._refit()

    def _pressed(self, event: pygame.event.Event) -> None:
        """A key: for the full screen, for a command or, where text is typed, none of its own but as text."""
        held = self._is_held(event)
        self.window = replace(self.window, caps=learnt(self.window.caps, getattr(event, "scancode", 0), event.key))
        self.used = not (self.window.typing and writes(event))
        if self._for_full_screen(event):
            if not held:
                self._to_full_screen()
        elif self.used:
            self.send(*messages(event, self.scale, held=held))

    def _typed(self, event: pygame.event.Event) -> None:
        """Text, where it is for a field; a key that was a command writes nothing besides."""
        if event.type == pygame.TEXTEDITING:
            if self.window.typing:
                self.send(Composing(event.text))
            elif event.text:
                # Somebody composes while nothing is typed: commands are given to the window and not to that program.
                pygame.key.stop_text_input()
        elif self.window.typing and not self.used:
            self.send(Typed(event.text))

    def _again(self, event: pygame.event.Event) -> bool:
        """Whether a button was let go soon after it was, at the same place: the second half of a double click."""
        if event.type != pygame.MOUSEBUTTONUP:
            return False
        (before, x, y), now = self.clicked, perf_counter()
        self.clicked = now, *event.pos
        return now - before < DOUBLE and abs(event.pos[0] - x) + abs(event.pos[1] - y) < 8

    def _is_held(self, event: pygame.event.Event) -> bool:
        """Whether a key that is told to be pressed has been down all the time; from now on it is.

        One that is told of as the window is given the keyboard was pressed before, and for something else.
        """
        held = self.arriving or place_of(event) in self.down
        self.down.add(place_of(event))
        return held

    def _to_full_screen(self) -> None:
        """Fill the screen, or no longer; not every system and version can."""
        try:
            self.screen.toggle()
        except (pygame.error, NotImplementedError, AttributeError) as error:
            self.send(Answered(f"There is no full screen here ({error}).", problem=True))

    def _for_full_screen(self, event: pygame.event.Event) -> bool:
        """Whether a key is the one for the full screen, and is not waited for by a scene that changes keys."""
        asked = self.window.settings.key("full screen") in named(event)
        return asked and not getattr(self.window.scene, "catching", False)


def scale_of(size: tuple[int, int], chosen: float) -> float:
    """Pixels a logical pixel: what was chosen times what fits a window, and never so much that views have no room.

    A window smaller than the usual one shows less, not smaller: at no size is a logical pixel less than one of the
    screen, so that no text is set below its 12.
    """
    fitting_ = max(min(size[0] / USUAL[0], size[1] / USUAL[1]), 1.0)
    return max(min(fitting_ * chosen, size[0] / LEAST[0], size[1] / LEAST[1]), 1.0)
