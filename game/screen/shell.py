"""The shell: a window, the director behind it, and what goes to and fro between them. It knows no screen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.errors import IllegalOrder
from game.files.disk import swept
from game.play import commands as wanted
from game.play.commands import Answered
from game.play.dispatch import Director
from game.screen.kit.editing import Copied, Paste
from game.screen.kit.frame import Measure, Settings
from game.screen.kit.shapes import View
from game.screen.messages import (
    Click,
    Message,
    Phase,
    Swap,
    Typed,
)
from game.screen.preferences import examined, write_settings
from game.screen.scenes import board, title
from game.screen.sound import heard
from game.screen.window import (
    MODULES,
    Window,
    update,
    view,
)


class Shell:
    """One window over one director, in a folder that has the games and the settings."""

    def __init__(self, folder: Path, measure: Measure, size: tuple[float, float] = (1280.0, 720.0)) -> None:
        self.folder, self._clip = folder, ""
        for left in (folder, folder / "games"):
            swept(left)
        self.director = Director(folder / "games")
        self.director.carry_out(wanted.Refresh())
        self.snapshot = self.director.snapshot()
        settings, fault = examined(folder / "settings.json")
        self.window = Window((), measure, size, settings)
        self.send(Swap(title.Model()), *([Answered(fault.text, problem=True)] if fault else ()))

    @property
    def scene(self) -> str:
        """The name of the uppermost scene."""
        name: str = MODULES[type(self.window.scene)].__name__
        return name.rpartition(".")[2]

    def shapes(self) -> View:
        """What the window shows now."""
        return view(self.window, self.snapshot)

    def send(self, *sent: Message | Any) -> None:
        """Let messages change the window, and carry out what comes of them."""
        waiting: deque[Any] = deque(sent)
        while waiting:
            message, before = waiting.popleft(), self.window.stack
            self.window, commands = update(self.window, message, self.snapshot)
            if isinstance(message, Click) and not commands and self.window.stack != before:
                self.sound("click")
            # What comes of it is heard before anything else happens: scenes of a game that is gone hear of no other.
            come = [each for command in commands for each in self.carried_out(command)]
            waiting.extendleft(reversed(come))

    def ask(self, *commands: Any) -> None:
        """Carry commands out as if a scene had wanted them."""
        for command in commands:
            self.send(*self.carried_out(command))

    def must(self, command: Any) -> None:
        """Carry a command out; IllegalOrder, with what there is to say, where that can't be done."""
        self.ask(command)
        if self.window.notice is not None and self.window.notice.problem:
            raise IllegalOrder(self.window.notice.text)

    def carried_out(self, command: Any) -> Iterable[Any]:
        """Do what a scene wants done; what the window is to be told of it."""
        if isinstance(command, Settings):
            unsaved = write_settings(self.folder / "settings.json", command)
            self.adopt(command)
            return [Answered(unsaved, problem=True)] if unsaved else ()
        if isinstance(command, Copied):
            self.copy(command.text)
            return ()
        if isinstance(command, Paste):
            return [Typed(text)] if (text := self.clipboard()) else ()
        before, shown, setup = self._place, self.snapshot, self.director.setup
        said = self.director.carry_out(command)
        self.snapshot = self.director.snapshot()
        tone = heard(command, shown, self.snapshot, said)
        if tone is not None:
            self.sound(tone)
        come: list[Any] = [] if said is None else [said]
        if self.snapshot.game is None:
            # A game that could not be begun, or was put away, leaves no board to look at.
            boards = any(isinstance(model, board.Model) for model in self.window.stack)
            return [Swap("title"), *come] if boards else come
        if before == self._place:
            return come
        return [Phase(self.snapshot.game.phase, anew=self.director.setup is not setup), *come]

    def copy(self, text: str) -> None:
        """Lay a text where it can be pasted from."""
        self._clip = text

    def clipboard(self) -> str:
        """What was copied last, here or, on a screen, anywhere."""
        return self._clip

    def sound(self, tone: str) -> None:
        """Let a tone be heard; a shell without a screen has none."""

    def adopt(self, settings: Settings) -> None:
        """Live by new settings."""
        self.window = replace(self.window, settings=settings)

    @property
    def _place(self) -> tuple[object, ...]:
        """Which game it is, from where it goes on, and where in its turn it stands."""
        game = self.snapshot.game
        return () if game is None else (self.director.seated, game.phase, game.side)
