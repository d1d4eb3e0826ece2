"""Dependence: how much a state would miss what another provides.

    dependence(j on i) = min(1, sum over kinds of d min(1, v) v / V)

d is the kind's `dependence`, v the volume of the agreement from i to j, and V what j has of that kind from everybody: a
sole supplier of the usual volume is missed by all of d, one of two equal ones by half of it.
"""

from __future__ import annotations

import numpy as np

from game.declare import Floats
from game.numerics import COARSE, snap, total
from game.world import Board, World, in_force


def dependence_by_kind(board: Board, world: World) -> Floats:
    """How much the receiver of each agreement in force would miss it `[R, K, N(giver), N(receiver)]`, 0 to 1."""
    volume = np.where(in_force(world), snap(world.volume, COARSE), 0.0)
    everybody = total(volume, axis=2)[:, :, None]
    share = np.where(everybody > 0.0, volume / np.where(everybody > 0.0, everybody, 1.0), 0.0)
    return snap(snap(np.minimum(volume, 1.0) * share, COARSE) * board.ties.dependence[:, None, None], COARSE)


def dependence(board: Board, world: World) -> Floats:
    """How much i would miss what j provides `[R, N(receiver), N(giver)]`, 0 to 1."""
    if not board.ties.dependence.any():
        return np.zeros((world.replicas, len(board.states), len(board.states)))
    return np.minimum(np.swapaxes(total(dependence_by_kind(board, world), axis=1), -1, -2), 1.0)
