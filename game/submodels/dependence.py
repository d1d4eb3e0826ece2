"""Dependence: how much a state would miss what another provides.

    dependence(j on i) = min(1, sum over kinds of d min(1, v) v / V)

d is the kind's `dependence`, v the volume of the agreement from i to j, and V what j has of that kind from everybody: a
sole supplier of the usual volume is missed by all of d, one of two equal ones by half of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap, total
from game.kernel.world import Board, World, in_force


def dependence_by_kind(board: Board, world: World) -> Floats:
    """How much the receiver of each agreement in force would miss it `[R, K, N(giver), N(receiver)]`, 0 to 1."""
    return _missed(board, world, slice(None))


def _missed(board: Board, world: World, kinds: Any) -> Floats:
    """The same of some kinds."""
    volume = np.where(in_force(world)[:, kinds], snap(world.volume[:, kinds], COARSE), 0.0)
    everybody = total(volume, axis=2)[:, :, None]
    share = np.where(everybody > 0.0, volume / np.where(everybody > 0.0, everybody, 1.0), 0.0)
    return snap(snap(np.minimum(volume, 1.0) * share, COARSE) * board.agreements.dependence[kinds, None, None], COARSE)


def dependence(board: Board, world: World) -> Floats:
    """How much i would miss what j provides `[R, N(receiver), N(giver)]`, 0 to 1."""
    kinds = np.flatnonzero(board.agreements.dependence)
    if not kinds.size:
        return np.zeros((world.replicas, len(board.states), len(board.states)))
    return np.minimum(np.swapaxes(total(_missed(board, world, kinds), axis=1), -1, -2), 1.0)
