"""The director: carries out what scenes want of the engine, and says what each side may be shown.

It is the shell between the window and the engine. It knows no pygame and draws nothing, so that a whole game can be
played through it in a test. What a command does is a function of the session: one line in `CARRIED_OUT`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.errors import GameError
from game.play import commands as wanted
from game.play import (
    flow,
    queries,
    saves,
    series,
)
from game.play.commands import Answered
from game.play.presentation import snapshot_of
from game.play.session import Session
from game.play.snapshot import Snapshot

CARRIED_OUT: Mapping[type, Callable[[Session, Any], Answered | None]] = {
    wanted.Begin: flow.start,
    wanted.Plan: flow.plan,
    wanted.Drop: flow.drop,
    wanted.Stand: flow.stand,
    wanted.Choose: flow.choose,
    wanted.Reply: flow.reply,
    wanted.Commit: flow.commit,
    wanted.Proceed: flow.proceed,
    wanted.Revise: flow.revise,
    wanted.Advance: flow.advance,
    wanted.Undo: flow.undo,
    wanted.Redo: flow.redo,
    wanted.Branch: flow.branch,
    wanted.Load: flow.load_saved,
    wanted.Leave: flow.leave,
    wanted.Explain: queries.explain,
    wanted.Survey: queries.survey,
    wanted.Consider: queries.consider,
    wanted.Sound: queries.sound,
    wanted.Retrace: queries.retrace,
    wanted.Trace: series.trace,
    wanted.Forecast: series.forecast,
    wanted.Gather: series.gather,
    wanted.Pin: series.pin,
    wanted.Consult: series.consult,
    wanted.Save: saves.save,
    wanted.Export: saves.export,
    wanted.Refresh: saves.refresh,
    wanted.Delete: saves.delete,
    wanted.Inspect: saves.inspect,
}
"""What does each command."""


class Director(Session):
    """The game as it goes on, for one window."""

    def snapshot(self) -> Snapshot:
        """Everything that may be shown now."""
        return snapshot_of(self)

    def keep(self) -> None:
        """Write the game down."""
        saves.keep(self)

    def carry_out(self, command: Any) -> Answered | None:
        """Do what a command says; a notice where there is something to say, a problem where it could not be done.

        Whatever else is raised is a bug, and is not told as if it were a refusal.
        """
        try:
            said = CARRIED_OUT[type(command)](self, command)
            unsaved, self.unsaved = self.unsaved, ""
            return Answered(unsaved, problem=True) if unsaved and said is None else said
        except GameError as error:
            return Answered(str(error), problem=True)
        except OSError as error:
            if error.filename is None:
                raise  # it is about no file that anybody could do something about
            return Answered(f"{error.filename}: {error.strerror}", problem=True)
