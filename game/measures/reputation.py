"""Trust: how far states take each other at their word."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled, entry
from game.kernel.compiled.workspaces import by_replica
from game.kernel.declare import Floats
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.submodels.reputation import trust as trust_kernel


def trust(board: Board, world: World) -> Floats:
    """How far i trusts the word of j, between 0 and 1 `[R, N, N]`.

    >>> from game.testing import triad
    >>> from game.kernel.world import start_world
    >>> board = triad().board
    >>> reliability = board.pledges.reliability  # at first, i trusts j as far as history shows pledges to be honoured
    >>> bool((abs(trust(board, start_world(board)) - reliability.mean()) < 1e-5).all())
    True
    """
    states = len(board.states)
    found = np.zeros((world.replicas, states, states))
    for replica, setting, own in by_replica(board, world):
        compiled(_trusts)(setting, own, found[replica])
    return found


@entry
def _trusts(setting: Setting, world: World, level: Floats) -> None:
    """How far i trusts the word of j, written to `trust` [N, N]."""
    for i in range(level.shape[0]):
        for j in range(level.shape[1]):
            level[i, j] = trust_kernel(setting, world, i, j)
