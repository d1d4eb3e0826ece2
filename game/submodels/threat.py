"""Threat: what a state might do to another, and would: capability, reach and hostility together (Walt 1987).

    menace[k, i] = C[k] max(0, -X[k, i]),   threat to i of k = menace[k, i] reach[k, i]

C is capability in shares of the greatest at the start, X relations over 100.
"""

from __future__ import annotations

import numpy as np

from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap
from game.kernel.world import Board


def hostility(relation: Floats) -> Floats:
    """How far i stands against j, in the unit of the relations given; 0 where it does not `[R, N, N]`."""
    return np.maximum(0.0, -relation)


def menace(shares: Floats, capability: Floats) -> Floats:
    """What k could do and would, wherever i lies, of capabilities `[R, N]`: `[R, N(k), N(i)]`."""
    return hostility(shares) * capability[:, :, None]


def threats(board: Board, shares: Floats, capability: Floats) -> Floats:
    """How much k threatens i `[R, N(i), N(k)]`."""
    return snap(np.swapaxes(menace(shares, capability) * board.reach, -1, -2), COARSE)
