"""A session: the game as it lies on the table, with what each side has planned and what has been made to be shown.

The director holds it; `flow`, `queries`, `presentation` and `saves` are what is done to it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from game.errors import IllegalOrder
from game.journal import Kept, TurnLine
from game.kernel.orders import Orders
from game.match.information import known_match
from game.match.match import Match, Setup
from game.match.turn_taking import Plan, by_policy, collected
from game.play.counterfactuals import Retracer
from game.play.forecasts import Forecaster
from game.play.snapshot import Account, Answer, Entry, Fan, Inspection, Option, Page, Preview, Save, Traces
from game.study.preparing import Preparation

Made = TypeVar("Made")


class Session:
    """The game as it goes on, for one window."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.match: Match | None = None
        self.people: tuple[str, ...] = ()
        self.shown = 0
        self.seated = 0  # how often a match was put on the table: begun, loaded, or gone back to
        self.plans: dict[str, Plan] = {}
        self.undone: list[tuple[str, Plan]] = []
        self.done: list[tuple[str, Plan]] = []
        self.phase = "planning"
        self.behind = ""
        self.lines: tuple[TurnLine, ...] = ()
        self.path: Path | None = None
        self.kept: Kept | None = None  # what is known to be on the disk of it
        self.entries: tuple[Entry, ...] = ()
        self.saves: tuple[Save, ...] = ()
        self.inspection: Inspection | None = None
        self.unsaved = ""
        self.account: Account | None = None
        self.back: Account | None = None
        self.preview: Preview | None = None
        self.options: dict[str, tuple[Option, ...]] = {}
        self.answer: Answer | None = None
        self.forecast: Fan | None = None
        self.traces: Traces | None = None
        self.codex: tuple[Page, ...] = ()
        self.pins: dict[str | None, frozenset[int]] = {}
        self.forecaster = Forecaster()
        self.retracer = Retracer()
        self.preparation = Preparation()
        self.trunk: Match | None = None
        self.asked: frozenset[tuple[str, str]] = frozenset()
        self.revising = False  # whether the side has come back from its inbox to its plan
        self._of_the_position: dict[Hashable, Any] = {}
        self._of_the_past: dict[Hashable, Any] = {}

    @property
    def side(self) -> str | None:
        """The state whose side is shown, None for those who watch."""
        return self.people[self.shown] if self.people else None

    @property
    def current(self) -> Match:
        """The match that is played; IllegalOrder where there is none."""
        if self.match is None:
            raise IllegalOrder("no game has been begun")
        return self.match

    @property
    def setup(self) -> Setup | None:
        """What the game on the table was begun with: another one is another game."""
        return None if self.match is None else self.match.setup

    @property
    def plan(self) -> Plan:
        """What the side that is shown has planned."""
        return self.plans.get(self.side or "", Plan())

    @property
    def orders(self) -> Orders:
        """Everybody's orders for this turn, those of people from their plans."""
        others = self.once("others", lambda: by_policy(self.current))
        return collected(self.current, {name: self.plans.get(name, Plan()) for name in self.people}, others)

    @property
    def known(self) -> Match:
        """The match as the side that is shown may know it: what is foreseen for it is worked out on this one alone."""
        match, side = self.current, self.side
        return match if side is None else self.once(("known", side), lambda: known_match(match, side))

    @property
    def player(self) -> str:
        """The side that is shown; IllegalOrder where nobody decides."""
        if self.side is None:
            raise IllegalOrder("nobody decides here: this game is watched")
        return self.side

    def clear(self) -> None:
        """Forget what was taken back, and the answers to what was asked."""
        self.done, self.undone = [], []
        self.back, self.preview = None, None
        self.account, self.options, self.answer = None, {}, None
        self.forecast, self.traces, self.codex = None, None, ()
        self.forecaster.cancel()

    def position(self, match: Match) -> None:
        """Put another position on the table: what was made of the one before is right no more."""
        self.match = match
        self._of_the_position = {}

    def forget(self) -> None:
        """Another past lies behind the position."""
        self._of_the_past = {}
        self.trunk = None
        self.retracer.cancel()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the position, made once for it."""
        if key not in self._of_the_position:
            self._of_the_position[key] = make()
        found: Made = self._of_the_position[key]
        return found

    def once_for_all(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of a turn that was played, made once for the game."""
        if key not in self._of_the_past:
            self._of_the_past[key] = make()
        found: Made = self._of_the_past[key]
        return found
