"""drift: memories fade, and disputes cool towards where they began.

Each memory halves every half-life: m(t + 1) = m(t) 2^(-1/h). Decay is linear, so every past cause keeps an exact share
of what is left. Tension relaxes to its starting value with a half-life of its own; that of a dispute
which was settled, to a low one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.declare import Value, leaf, per_replica
from game.kernel.ledger import Change
from game.kernel.numerics import COARSE, half_life_factor, snap
from game.submodels.context import StepContext
from game.submodels.territory import resting


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: drift:`."""

    tension_half_life: Value = leaf(12.0, 0.5, 1000.0, "turns", "how fast a dispute cools to its starting tension")


def drift(context: StepContext, params: Params) -> Change:
    """What fading takes from memories, hidden or not `[R, L, N, N]`, and from tension `[R, D]`.

    >>> from dataclasses import replace
    >>> from game.testing import context, triad
    >>> seen = context(triad().board)
    >>> warm = replace(seen, world=replace(seen.world, tension=seen.world.tension + 8))
    >>> round(float(drift(warm, Params(tension_half_life=1.0)).tension[0, 0]), 3)
    -4.0
    """
    board, world = context.board, context.world
    factors = board.memories.factors[:, None, None]
    cooling = per_replica(np.asarray(half_life_factor(params.tension_half_life)), 2)
    warmth = world.tension - resting(board, world)
    return Change(
        memories=snap(world.memories * factors) - world.memories,
        hidden=snap(world.hidden * factors) - world.hidden if world.hidden.any() else None,
        tension=snap(warmth * cooling, COARSE) - warmth,
    )
