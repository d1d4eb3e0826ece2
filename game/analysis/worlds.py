"""What analyses read of a game: the one place where they meet the engine's arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.analysis.table_csv import EQUAL
from game.analysis.tables import Table
from game.errors import NoSuchTurn, UnknownName
from game.kernel.declare import Floats
from game.kernel.world import Board, World
from game.match.history import History
from game.match.match import Match
from game.measures.conflict import powers
from game.measures.relations import relations

POWER = "power"
"""What is asked for where sizes are to be what the scenario calls power."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What a game has of the balance rule: the start table in shares of the scale [N, N], the share of a memory that a
    turn keeps, the rate that coupling 1 stands for, and the rate, coupling and anchor that are set.
    """

    shares: Floats
    kept: float
    unit: float
    rate: float
    anchor: float

    @property
    def coupling(self) -> float:
        """The rate that is set, as a coupling."""
        return self.as_coupling(self.rate)

    def as_coupling(self, rate: float) -> float:
        """A rate as the coupling that stands for it; infinite where no coupling does."""
        return rate / self.unit if self.unit else float("inf")


def table_after(history: History, turn: int | None = None, sizes: str = POWER) -> Table:
    """How everybody regards everybody after a turn, the last unless told, in truth [N, N].

    `sizes` is `power` (what the scenario's `power` says), `equal`, or the name of an attribute. Raises NoSuchTurn and
    UnknownName.
    """
    board, world = history.board, world_after(history, turn)
    return Table(board.states, np.asarray(relations(board, world)[0]), sizes_after(board, world, sizes))


def world_after(history: History, turn: int | None = None) -> World:
    """The world a turn left, the last unless told; NoSuchTurn where there is none."""
    if turn is None:
        return history.worlds[-1]
    if not 0 <= turn <= history.turn:
        raise NoSuchTurn(f"the game has {history.turn} turns; there is no turn {turn} to look at")
    return history.worlds[turn]


def sizes_after(board: Board, world: World, sizes: str) -> Floats:
    """The sizes [N] of the states by what is asked for."""
    if sizes == EQUAL:
        return np.ones(len(board.states))
    if sizes == POWER:
        return np.asarray(powers(board, world)[0])
    names = board.attributes.names
    if sizes not in names:
        raise UnknownName("attribute", sizes, [*names, EQUAL, POWER])
    return np.asarray(world.attributes[0, names.index(sizes)])


def pull_of(match: Match) -> Pull:
    """What the game of a match has of the balance rule."""
    board, params = match.history.board, match.history.parameters["balance"]
    unit = float(board.critical_rate[0])
    rate = float(params.alpha) if params.alpha >= 0.0 else float(params.coupling) * unit
    kept = float(board.memories.factors[board.lasting])
    return Pull(np.asarray(board.opening[0]) / 100.0, kept, unit, rate, float(params.anchor))


def tension_series(history: History) -> Floats:
    """The tension of every dispute after every turn, turn 0 first `[T + 1, D]`, 0 calm to 100 war."""
    return np.stack([world.tension[0] for world in history.worlds])
