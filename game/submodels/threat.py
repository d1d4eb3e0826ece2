"""Threat: what a state might do to another, and would: capability, reach and hostility together (Walt 1987).

    menace[k, i] = C[k] max(0, -X[k, i]),   threat to i of k = menace[k, i] reach[k, i]

C is capability in shares of the greatest at the start, X relations over 100.
"""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, on_coarse_grid, snap
from game.kernel.setting import Setting
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


@kernel
def k_hostility(share: float) -> float:
    """How far somebody stands against another, in the unit of the relation given; 0 where it does not."""
    return -share if share < 0.0 else 0.0


@kernel
def k_threat(setting: Setting, shares: Floats, capability: Floats, i: int, k: int) -> float:
    """How much k threatens i, of relations in shares of the scale [N, N] and capabilities [N]."""
    return on_coarse_grid(k_hostility(shares[k, i]) * capability[k] * setting.reach[k, i])
