"""Balance read off tables of relations: how the friends and enemies of each pair stand towards it."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled
from game.kernel.declare import Floats
from game.rules import balance


def triads(shares: Floats) -> Floats:
    """S(X) of `game.rules.balance` `[R, N, N]`, of relations in shares of the scale, on the coarse grid `[R, N, N]`."""
    drawn = np.zeros(shares.shape)
    for share, result in zip(np.ascontiguousarray(shares), drawn, strict=True):
        compiled(balance.triads)(share, result)
    return drawn
