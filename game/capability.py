"""Capability: a state's power in shares of the greatest at the start, and how far it can do harm with it."""

from __future__ import annotations

import numpy as np

from game import predicate
from game.apparent import whole
from game.declare import Floats
from game.numerics import COARSE, snap
from game.world import Board, World


def capability(board: Board, world: World) -> Floats:
    """Each state's power in shares of the greatest at the start, what is concealed in `world` counted, 0 to 4 `[R, N]`.

    On the open world that is what everybody may know.
    """
    sight = predicate.Sight(board, whole(board, world), np.zeros((1, 1, 1)))
    power = predicate.value(board.power, sight)[:, :, 0]
    share = snap(power / board.power_scale[:, None], COARSE)
    return np.broadcast_to(np.clip(share, 0.0, 4.0), (world.replicas, len(board.states)))


def threat(board: Board, regard: Floats, capable: Floats) -> Floats:
    """How much j threatens i: its capability, times how far that reaches i, times its hostility `[R, N(i), N(j)]`."""
    hostile = np.maximum(-snap(regard / 100.0, COARSE), 0.0) * board.reach
    return snap(np.swapaxes(hostile * capable[:, :, None], -1, -2), COARSE)
