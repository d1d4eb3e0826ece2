"""Threat: what a state might do to another, and would: capability, reach and hostility together (Walt 1987).

    threat to i of k = C[k] reach[k, i] max(0, -X[k, i])

C is capability in shares of the greatest at the start, reach how far the power of k reaches i, X relations over 100.
"""

from __future__ import annotations

from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.numerics import on_coarse_grid
from game.kernel.setting import Setting


@kernel
def hostility(share: float) -> float:
    """How far somebody stands against another, in the unit of the relation given; 0 where it does not."""
    return -share if share < 0.0 else 0.0


@kernel
def threat(setting: Setting, shares: Floats, capability: Floats, i: int, k: int) -> float:
    """How much k threatens i, of relations in shares of the scale [N, N] and capabilities [N]."""
    return on_coarse_grid(hostility(shares[k, i]) * capability[k] * setting.reach[k, i])
