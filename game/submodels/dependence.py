"""Dependence: how much a state would miss what another provides.

    dependence(j on i) = min(1, sum over kinds of d min(1, v) v / V)

d is the kind's `dependence`, v the volume of the agreement from i to j, and V what j has of that kind from everybody: a
sole supplier of the usual volume is missed by all of d, one of two equal ones by half of it.
"""

from __future__ import annotations

from game.kernel.compiled import kernel
from game.kernel.numerics import on_coarse_grid
from game.kernel.relations import counts
from game.kernel.setting import Setting
from game.kernel.world import World


@kernel
def dependence_by_kind(setting: Setting, world: World, kind: int, giver: int, receiver: int) -> float:
    """How much the receiver of an agreement in force would miss it, 0 to 1."""
    weight = setting.agreements.dependence[kind]
    if weight == 0.0 or not counts(world, kind, giver, receiver):
        return 0.0
    volume = on_coarse_grid(world.volume[kind, giver, receiver])
    everybody = 0.0
    for other in range(world.volume.shape[1]):
        if counts(world, kind, other, receiver):
            everybody += on_coarse_grid(world.volume[kind, other, receiver])
    share = volume / everybody if everybody > 0.0 else 0.0
    usual = volume if volume < 1.0 else 1.0
    return on_coarse_grid(on_coarse_grid(usual * share) * weight)


@kernel
def dependence(setting: Setting, world: World, i: int, j: int) -> float:
    """How much i would miss what j provides, 0 to 1."""
    missed = 0.0
    for kind in range(setting.agreements.dependence.size):
        missed += dependence_by_kind(setting, world, kind, j, i)
    return missed if missed < 1.0 else 1.0
