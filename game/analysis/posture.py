"""intentions: what one state is about with another, in words, and the terms that speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.errors import NoSuchTurn
from game.kernel.declare import Shorts
from game.kernel.world import POSTURES
from game.match.history import History
from game.measures.posture import posture_terms
from game.rules.posture import TERMS, WEIGHTS

PHRASES: Mapping[str, str] = {
    "court": "{one} courts {other}",
    "hedge": "{one} keeps its options with {other} open",
    "isolate": "{one} isolates {other}",
    "coerce": "{one} puts pressure on {other}",
    "appease": "{one} appeases {other}",
}
"""How each posture is told."""


@dataclass(frozen=True, slots=True)
class Posture:
    """What one state is about with another after a turn, and since which; 0 for the start.

    `terms` sum to the score of that posture; `scores` are those of all, as they stand now. Where another's is greater,
    the state has not looked again, or the difference is not worth a change.
    """

    first: str
    second: str
    turn: int
    posture: str
    since: int
    words: str
    terms: Mapping[str, float]
    scores: Mapping[str, float]


def posture_of(history: History, first: str, second: str, turn: int | None = None) -> Posture:
    """What `first` is about with `second`, now or as a past turn left it.

    Raises UnknownName for a state, NoSuchTurn for a turn, that does not exist.
    """
    board = history.board
    i, j = board.state(first), board.state(second)
    if turn is not None and not 0 <= turn <= history.turn:
        raise NoSuchTurn(f"the game has {history.turn} turns; there is no turn {turn} to tell of")
    world = history.world if turn is None else history.worlds[turn]
    when = history.turn if turn is None else turn
    found = int(world.posture[0, i, j])
    # The terms are factors on the coarse grid, so that their products and sums are exact.
    weighed = WEIGHTS * posture_terms(board, world, history.parameters["posture"])[0, :, i, j]
    scores = {name: float(np.add.reduce(row)) for name, row in zip(POSTURES, weighed, strict=True)}
    words = PHRASES[POSTURES[found]].format(one=board.names[i], other=board.names[j])
    parts = dict(zip(TERMS, weighed[found].tolist(), strict=True))
    return Posture(first, second, when, POSTURES[found], _since(history, when, i, j), words, parts, scores)


def posture_series(history: History) -> Shorts:
    """What each state is about with each other after every turn, turn 0 first `[T + 1, N, N]`, indices of POSTURES."""
    return np.stack([world.posture[0] for world in history.worlds])


def _since(history: History, last: int, i: int, j: int) -> int:
    """The turn from which a state has been about the same with another; 0 for the start."""
    posture = history.worlds[last].posture[0, i, j]
    for turn in range(last, -1, -1):
        if history.worlds[turn].posture[0, i, j] != posture:
            return turn + 1
    return 0
