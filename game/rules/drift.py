"""drift: memories fade, and disputes cool towards where they began.

Each memory halves every half-life: m(t + 1) = m(t) 2^(-1/h). Decay is linear, so every past cause keeps an exact share
of what is left. Tension relaxes to its starting value with a half-life of its own; that of a dispute
which was settled, to a low one.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.changes import HIDDEN, MEMORIES, TENSION
from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Value, leaf
from game.kernel.known import anything
from game.kernel.numerics import half_life_factor, on_coarse_grid, on_grid
from game.kernel.step import Step
from game.submodels.territory import resting


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: drift:`."""

    tension_half_life: Value = leaf(12.0, 0.5, 1000.0, "turns", "how fast a dispute cools to its starting tension")


@kernel
def drift(step: Step, params: Params) -> None:
    """What fading takes from memories, hidden or not, and from tension.

    >>> from dataclasses import replace
    >>> from game.testing import change_by, context, triad
    >>> seen = context(triad().board)
    >>> warm = replace(seen, world=replace(seen.world, tension=seen.world.tension + 8))
    >>> round(float(change_by(drift, warm, Params(tension_half_life=1.0)).tension[0, 0]), 3)
    -4.0
    """
    setting, world = step.setting, step.world
    fading(setting.factors, world.memories, step.changes.world.memories)
    step.changes.added[MEMORIES] = True
    if anything(world.hidden):
        fading(setting.factors, world.hidden, step.changes.world.hidden)
        step.changes.added[HIDDEN] = True
    left = half_life_factor(params.tension_half_life)
    for dispute in range(world.tension.size):
        warmth = world.tension[dispute] - resting(setting, world, dispute)
        step.changes.world.tension[dispute] += on_coarse_grid(warmth * left) - warmth
    step.changes.added[TENSION] = True


@kernel
def fading(factors: Floats, present: Floats, change: Floats) -> None:
    """Add to `change` what a turn takes of each memory of `present`, both `[L, N, N]`."""
    for layer in range(present.shape[0]):
        for i in range(present.shape[1]):
            for j in range(present.shape[2]):
                value = present[layer, i, j]
                change[layer, i, j] += on_grid(value * factors[layer]) - value
