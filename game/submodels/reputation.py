"""Trust: how far one state takes another at its word, a Beta count that starts from the published record.

    trust(i, j) = (PRIOR h + kept) / (PRIOR + kept + broken)

h is the share of such pledges that history shows honoured: of one kind, or of all kinds of the scenario on average.
`kept` and `broken` are what i has seen of j. The mean of a Beta distribution after that many successes and failures
(Jøsang and Ismail 2002, The Beta reputation system), with a prior worth `PRIOR` pledges.
"""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, on_coarse_grid, snap, total
from game.kernel.setting import HONOURED, NEVER_CERTAIN, Setting
from game.kernel.world import Board, World

PRIOR = 4.0
"""How many pledges the published record counts for."""


def honoured(board: Board, kind: int | None = None) -> float:
    """The share of pledges that is honoured, of one kind or all kinds of the scenario together."""
    reliability = board.pledges.reliability
    if kind is not None:
        share = float(reliability[kind])
    elif reliability.size:
        share = float(total(snap(reliability, COARSE), axis=0)) / reliability.size
    else:
        share = HONOURED
    return min(max(share, NEVER_CERTAIN), 1.0 - NEVER_CERTAIN)


def trust(board: Board, world: World, kind: int | None = None) -> Floats:
    """How far i trusts the word of j, between 0 and 1, in general or in a kind of pledge `[R, N, N]`.

    >>> from game.testing import triad
    >>> from game.kernel.world import start_world
    >>> board = triad().board
    >>> bool((abs(trust(board, start_world(board)) - honoured(board)) < 1e-6).all())  # at first, what history shows
    True
    """
    prior = PRIOR * honoured(board, kind)
    return snap((prior + world.kept) / (PRIOR + world.kept + world.broken), COARSE)


def credit(board: Board, world: World) -> Floats:
    """How much more or less than usual the word of j counts with i `[R, N, N]`; 1 where nothing has been seen."""
    unseen = (world.kept == 0.0) & (world.broken == 0.0)
    return np.where(unseen, 1.0, snap(trust(board, world) / honoured(board), COARSE))


# ---- kernels


@kernel
def k_trust(setting: Setting, world: World, i: int, j: int) -> float:
    """How far i trusts the word of j in general, between 0 and 1."""
    kept, broken = world.kept[i, j], world.broken[i, j]
    return on_coarse_grid((PRIOR * setting.honoured + kept) / (PRIOR + kept + broken))


@kernel
def k_credit(setting: Setting, world: World, i: int, j: int) -> float:
    """How much more or less than usual the word of j counts with i; 1 where nothing has been seen."""
    if world.kept[i, j] == 0.0 and world.broken[i, j] == 0.0:
        return 1.0
    return on_coarse_grid(k_trust(setting, world, i, j) / setting.honoured)
