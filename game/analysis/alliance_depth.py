"""depth: how much states really share, turn by turn, beside what they declare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.errors import NoSuchTurn
from game.kernel.declare import Booleans, Floats
from game.match.history import History
from game.measures.alliance_depth import declared, depth, depth_parts


@dataclass(frozen=True, slots=True)
class Shared:
    """What two states share after a turn: the depth, the parts that sum to it, and whether they declare a pact."""

    first: str
    second: str
    turn: int
    depth: float
    parts: dict[str, float]
    declared: bool


def depth_series(history: History, *, secrets: bool = False) -> Floats:
    """Depth after every turn, turn 0 first `[T + 1, N, N]`, as it shows or, with `secrets`, as it is."""
    return np.stack([depth(history.board, world, secrets=secrets)[0] for world in history.worlds])


def declared_series(history: History) -> Booleans:
    """Whether a pact of defence stands openly between two states, after every turn `[T + 1, N, N]`."""
    return np.stack([declared(history.board, world)[0] for world in history.worlds])


def shared(history: History, first: str, second: str, turn: int | None = None, *, secrets: bool = False) -> Shared:
    """What two states share, now or as a past turn left it.

    Raises UnknownName for a state, NoSuchTurn for a turn, that does not exist.
    """
    board = history.board
    i, j = board.state(first), board.state(second)
    if turn is not None and not 0 <= turn <= history.turn:
        raise NoSuchTurn(f"the game has {history.turn} turns; there is no turn {turn} to measure")
    world = history.world if turn is None else history.worlds[turn]
    parts = {name: float(part[0, i, j]) for name, part in depth_parts(board, world, secrets=secrets).items()}
    whole = float(depth(board, world, secrets=secrets)[0, i, j])
    when = history.turn if turn is None else turn
    return Shared(first, second, when, whole, parts, bool(declared(board, world)[0, i, j]))
