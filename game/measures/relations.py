"""Relations: how states regard each other, derived from what is between them and never stored."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled
from game.kernel.compiled.workspaces import by_replica, packed_setting, packed_world
from game.kernel.declare import Floats
from game.kernel.relations import regards, unclipped_regard
from game.kernel.world import Board, World


def relations(board: Board, world: World) -> Floats:
    """How i regards j, -100 enmity to 100 alliance `[R, N, N]`. The diagonal is 0."""
    states = len(board.states)
    found = np.zeros((world.replicas, states, states))
    for replica, setting, own in by_replica(board, world):
        compiled(regards)(setting, own, found[replica])
    return found


def unclipped_relation(board: Board, world: World, i: int, j: int) -> float:
    """How i regards j in the first replica, before the scale ends at 100."""
    return compiled(unclipped_regard)(packed_setting(board, 0), packed_world(world, 0), i, j)
