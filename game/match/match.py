"""A match: one scenario, one seed, who decides for whom, and the game as far as it has been played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import TextIOWrapper
from os import PathLike
from pathlib import Path
from typing import Literal

import numpy as np

from game.errors import PolicyError
from game.files import opened
from game.kernel.catalogue import NONE
from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.world import Board, World
from game.match import arguments
from game.match import history as games
from game.match.difficulty import at_level
from game.match.history import History, OrderRecord, Played
from game.measures.objectives import objectives_met
from game.parameters import with_values
from game.policies import Policy, Reasoner, Seats, answered, decided, named, observe
from game.policies.script import Script
from game.scenario import load
from game.scenario.compile import compiled
from game.scenario.spec import Scenario
from game.submodels.event_effects import option_drawn

Spreads = Literal["central", "drawn"]

LONGEST_SCRIPT = 1_000_000
"""Letters of a script: more than anybody orders in a game of the greatest length."""


@dataclass(frozen=True, slots=True, init=False)
class Setup:
    """Everything that decides how a game goes, before anybody plays: the same setup gives the same bytes.

    Its arguments are checked here, for every way of beginning a game; one that is there makes sense.

    Args:
        scenario: the name of a shipped scenario, a path, or a loaded Scenario.
        seed: from 0 to 2**63 - 1; None draws one, which `seed` then is.
        spreads: `central` takes the middle of every spread in the file, `drawn` draws each from the seed.
        parameters: values by path, such as `{"balance.coupling": 0.5}`.
        policies: who decides, by state: `reasoner` (the default), `random`, `wait`, `script:FILE`, or a Policy.
            A Policy is kept in `minds`, since a journal can name only words.
        difficulty: a name of `game.match.difficulty.LEVELS`, or None; `begin` turns it into the parameters it
            stands for.

    Raises ScenarioError when the file has errors, UnknownName for a name that does not exist, InvalidArgument,
    ParameterRange or PolicyError for what makes no sense.
    """

    scenario: Scenario
    seed: int
    spreads: Spreads
    parameters: Mapping[str, float]
    policies: Mapping[str, str]
    difficulty: str | None
    minds: Mapping[str, Policy]

    def __init__(
        self,
        scenario: str | PathLike[str] | Scenario,
        seed: int | None = 0,
        spreads: Spreads = "central",
        parameters: Mapping[str, float] | None = None,
        policies: Mapping[str, str | Policy] | None = None,
        difficulty: str | None = None,
        minds: Mapping[str, Policy] | None = None,
    ) -> None:
        made = load(scenario)
        decide = {**arguments.policies_of(minds, made.states), **arguments.policies_of(policies, made.states)}
        sound = {
            "scenario": made,
            "seed": arguments.seed_of(seed),
            "spreads": arguments.spreads_of(spreads),
            "parameters": arguments.parameters_of(parameters),
            "policies": {state: policy for state, policy in decide.items() if isinstance(policy, str)},
            "difficulty": arguments.difficulty_of(difficulty),
            "minds": {state: policy for state, policy in decide.items() if not isinstance(policy, str)},
        }
        for name, value in sound.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Match:
    """A setup, the game it has led to, and the policies that play it."""

    setup: Setup
    history: History
    reasoner: Reasoner
    seats: Mapping[int, Policy]

    @property
    def over(self) -> bool:
        """Whether an ending was reached."""
        return not bool(self.history.world.running[0])

    @property
    def finished(self) -> bool:
        """Whether an ending was reached or the scenario's turns are played."""
        return self.over or self.history.turn >= self.setup.scenario.turns

    def advance(self) -> Match:
        """The match a turn later, its policies deciding for everybody."""
        ready = self.history.open()
        orders = decided(self.reasoner, self.seats, ready.board, ready.world, ready.draws)
        accepted = answered(self.reasoner, self.seats, ready.board, ready.world, orders, ready.draws)
        return self.with_history(ready.play(orders, accepted))

    def with_history(self, history: History) -> Match:
        """The same match at another point."""
        return replace(self, history=history)

    def records(self, turn: int) -> list[OrderRecord]:
        """The orders of a turn, with their reasons."""
        played = self.history.turns[turn - 1]
        reasoned = [state for state in range(len(self.history.board.states)) if state not in self.seats]
        return games.recorded(self.history, played, self.reasoner, reasoned)

    def events(self, turn: int) -> list[EventRecord]:
        """The events that happened as a turn opened, in the order of the file."""
        return events_of(self.history, self.history.turns[turn - 1])

    def left_out(self, turn: int) -> list[str]:
        """What scripts wanted to be done in a turn and could not, with the reasons."""
        view = observe(self.history.board, self.history.turns[turn - 1].opened)
        scripts = [policy for policy in self.seats.values() if isinstance(policy, Script)]
        return [reason for script in scripts for reason in script.left_out(view)]

    def ending(self) -> str | None:
        """The ending the game has come to."""
        over = int(self.history.world.over[0])
        return None if over < 0 else self.history.board.endings[over].name


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event that fired, and the option its decider took."""

    event: str
    headline: str
    option: str | None
    label: str | None


def begin(setup: Setup) -> Match:
    """The match before its first turn.

    Raises PolicyError for a script that can't be read or that speaks for another state.
    """
    setup = replace(setup, parameters=at_level(setup.difficulty, setup.parameters), difficulty=None)
    draws = Draws.of(setup.seed)
    made = compiled(setup.scenario, draws if setup.spreads == "drawn" else None)
    parameters = with_values(made.parameters, setup.parameters)
    reasoner = Reasoner(made.board, parameters["reasoner"])
    seats = seats_of(setup, made.board, reasoner)
    return Match(setup, History.begin(made.board, parameters, draws), reasoner, seats)


def seats_of(setup: Setup, board: Board, reasoner: Reasoner) -> Seats:
    """The policy of each state that does not follow the reasoner."""
    seats: dict[int, Policy] = {board.state(state): policy for state, policy in setup.minds.items()}
    scripts = {word: _script(word) for policy in setup.policies.values() if (word := _file(policy))}
    for state, policy in setup.policies.items():
        chosen = named(policy, board, reasoner, scripts)
        if isinstance(chosen, Script):
            _check_seat(chosen, state, policy)
        if chosen is not reasoner:
            seats[board.state(state)] = chosen
    return seats


def _check_seat(script: Script, state: str, policy: str) -> None:
    """A script speaks for the state it is given to, and for nobody else."""
    for line in script.lines:
        if line.order is not None and line.order.state != state:
            raise PolicyError(
                f"{_file(policy)}: '{line.order}' is an order of {line.order.state}, and {state} follows it"
            )


def _file(policy: str) -> str:
    """The file of a `script:FILE` policy, empty for any other."""
    return policy.removeprefix("script:") if policy.startswith("script:") else ""


def _script(file: str) -> str:
    try:
        with TextIOWrapper(opened(Path(file)), encoding="utf-8") as script:
            text = script.read(LONGEST_SCRIPT + 1)
    except (OSError, ValueError) as error:
        unread = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "no file can be called that"
        reason = error.strerror if isinstance(error, OSError) else unread
        raise PolicyError(f"cannot read the script {file!r}: {reason}") from error
    if len(text) > LONGEST_SCRIPT:
        raise PolicyError(f"cannot read the script {file!r}: it is longer than {LONGEST_SCRIPT:,} letters")
    return text


def events_of(history: History, played: Played) -> list[EventRecord]:
    """What fired as a turn opened; the option is the one whose effects are in the turn's ledger."""
    records = []
    for index in np.flatnonzero(played.opened.fired[0] == played.turn).tolist():
        event = history.board.events[index]
        taken = option_of(history, played, index)
        label = None if taken is None else event.options[taken].label
        records.append(
            EventRecord(event.name, event.headline, None if taken is None else event.options[taken].name, label)
        )
    return records


def option_of(history: History, played: Played, index: int) -> int | None:
    """The number of the option that was taken of an event, None where it has none."""
    event = history.board.events[index]
    if not event.options or not played.opened.pending[0, index]:
        return None
    given = int(played.orders.option[0, index])
    if given != NONE:
        return given
    return option_drawn(setting_for(history.board, 0).events, index, played.turn, history.draws.seeds[0])


def met_objectives(match: Match, world: World | None = None) -> Sequence[tuple[str, str, bool, float, bool]]:
    """Every goal now, or in a world as somebody knows it: (state, label, held, points, hidden)."""
    board = match.history.board
    met = objectives_met(board, world or match.history.world)[0]
    return [
        (board.states[objective.state], objective.label, bool(held), objective.points, objective.hidden)
        for objective, held in zip(board.objectives, met, strict=True)
    ]
