"""Trust: how far one state takes another at its word, a Beta count that starts from the published record.

    trust(i, j) = (PRIOR h + kept) / (PRIOR + kept + broken)

h is the share of such pledges that history shows honoured; `kept` and `broken` are what i has seen of j.
"""

from __future__ import annotations

import numpy as np

from game.declare import Floats
from game.numerics import COARSE, snap
from game.world import Board, World

PRIOR = 4.0
"""How many pledges the published record counts for."""

HONOURED = 0.6
"""The share of pledges of any kind that is honoured, where a scenario declares no kinds of pledge."""


def honoured(board: Board) -> float:
    """The share of pledges that is honoured, all kinds of the scenario together."""
    reliability = board.pledges.reliability
    return float(np.add.reduce(reliability) / reliability.size) if reliability.size else HONOURED


def trust(board: Board, world: World, kind: int | None = None) -> Floats:
    """How far i trusts the word of j, 0 to 1, in general or in a kind of pledge `[R, N, N]`."""
    prior = PRIOR * (honoured(board) if kind is None else float(board.pledges.reliability[kind]))
    return snap((prior + world.kept) / (PRIOR + world.kept + world.broken), COARSE)


def credit(board: Board, world: World) -> Floats:
    """How much more or less than usual the word of j counts with i `[R, N, N]`; 1 where nothing has been seen."""
    usual = snap(np.array(honoured(board)), COARSE)
    return np.where((world.kept == 0.0) & (world.broken == 0.0), 1.0, snap(trust(board, world) / usual, COARSE))
