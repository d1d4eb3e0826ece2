"""Contest: who would win if two states came to blows, and what the blows cost.

    P(a beats b) = C_a^m / (C_a^m + C_b^m),  m = 0.4

m was fitted on 77 decisive interstate wars, with composite capability. C is a state's capability and what its
guarantors add, each its own capability times how far it is bound to fight, how it regards the ward (0 to 1) and how far
its power reaches it. Who is bound to both sides fights for neither.
"""

from __future__ import annotations

import numpy as np

from game.kernel.changes import filled
from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.known import anything
from game.kernel.numerics import COARSE, clipped, exponential_of, logarithm_of, on_coarse_grid
from game.kernel.programs import ATTRIBUTE
from game.kernel.relations import counts
from game.kernel.setting import Setting
from game.kernel.world import World
from game.submodels.evaluation import power, whole_power

EXPONENT = 0.4
"""How much capability decides; 0 would be a coin, 1 a draw in proportion."""

LEAST = 1.0 / (1 << COARSE)
"""What the weakest state has, so that odds are always defined."""

GREATEST = 8.0
"""More than so many times the greatest power at the start no side can bring to bear."""


@kernel
def relative_power(setting: Setting, world: World, state: int) -> float:
    """A state's power as its attributes show it, in shares of the greatest at the start."""
    return on_coarse_grid(power(setting, world, state) / setting.power_scale[0])


@kernel
def strength(setting: Setting, world: World, state: int) -> float:
    """A state's own capability, in shares of the greatest at the start; what is concealed counts."""
    share = on_coarse_grid(whole_power(setting, world, state) / setting.power_scale[0])
    return clipped(share, LEAST, GREATEST)


@kernel
def guarantee(setting: Setting, world: World, i: int, j: int) -> float:
    """How far i is bound to fight for j; nobody is who is at war already, or for itself."""
    if i == j or world.out[i]:
        return 0.0
    guarantee = setting.agreements.guarantee
    bound = 0.0
    for kind in range(guarantee.size):
        if guarantee[kind] > bound and counts(world, kind, i, j):
            bound = guarantee[kind]
    return bound


@kernel
def committed(setting: Setting, world: World, relation: Floats, guarantor: int, ward: int) -> float:
    """The share of its capability that a guarantor would add to that of its ward, by how it regards it `[N, N]`."""
    if relation[guarantor, ward] <= 0.0:
        return 0.0
    bound = guarantee(setting, world, guarantor, ward)
    if bound == 0.0:
        return 0.0
    will = on_coarse_grid(bound * clipped(relation[guarantor, ward] / 100.0, 0.0, 1.0))
    return on_coarse_grid(will * setting.reach[guarantor, ward])


@kernel
def neutral(setting: Setting, world: World, guarantor: int, other: int) -> bool:
    """Whether a guarantor is free to fight against another: who is bound to both sides fights for neither."""
    return guarantor != other and guarantee(setting, world, guarantor, other) == 0.0


@kernel
def backing(setting: Setting, world: World, relation: Floats, around: World, i: int, j: int) -> float:
    """What guarantors would add to the capability of i against j.

    Who is bound to i and how it regards i `[N, N]` is taken from `world`; how strong it is, and whether it is bound to
    j, from `around`, which may be the same.
    """
    added = 0.0
    for guarantor in range(relation.shape[0]):
        share = committed(setting, world, relation, guarantor, i)
        if share > 0.0 and neutral(setting, around, guarantor, j):
            added += on_coarse_grid(strength(setting, around, guarantor) * share)
    return added


@kernel
def capability(setting: Setting, world: World, relation: Floats, around: World, i: int, j: int) -> float:
    """What i can bring to bear against j, its guarantors' part included; `around` as in `backing`."""
    return min(strength(setting, world, i) + backing(setting, world, relation, around, i, j), GREATEST)


@kernel
def odds(own: float, other: float) -> float:
    """How likely the first of two capabilities prevails, 0 to 1.

    >>> odds(0.5, 0.5), round(odds(0.8, 0.2), 3)
    (0.5, 0.635)
    """
    return 1.0 / (1.0 + exponential_of(EXPONENT * (logarithm_of(other) - logarithm_of(own))))


@kernel
def chance(setting: Setting, world: World, relation: Floats, i: int, j: int) -> float:
    """How likely i beats j, by what is true, known or not; of how i regards j `[N, N]`."""
    own = capability(setting, world, relation, world, i, j)
    return odds(own, capability(setting, world, relation, world, j, i))


@kernel
def expected(setting: Setting, world: World, public: World, relation: Floats, shown: Floats, i: int, j: int) -> float:
    """How likely i thinks that it beats j: its own affairs as they are, and of the others what shows.

    `relation` [N, N] is how i regards j, `shown` [N, N] how it seems to.
    """
    own = capability(setting, world, relation, public, i, j)
    return odds(own, capability(setting, public, shown, public, j, i))


@kernel
def guarded(setting: Setting, public: World, shown: Floats, i: int, j: int) -> bool:
    """Whether everybody knows of a guarantor that would fight for j against i."""
    return backing(setting, public, shown, public, j, i) > 0.0


@kernel
def peril(setting: Setting, public: World, shown: Floats, peril: Floats) -> None:
    """How much i has to fear of using force on j, written to `peril` [N, N].

    0 to 1: 1 - 2 odds where it expects to lose to one that is guarded, by what shows of the world, and of how i regards
    j `[N, N]`.
    """
    filled(peril, 0.0)
    if not anything(setting.agreements.guarantee):
        return
    backing, strengths = np.zeros(peril.shape), np.zeros(peril.shape[0])
    for state in range(strengths.size):
        strengths[state] = strength(setting, public, state)
    backings(setting, public, shown, strengths, backing)
    for i in range(strengths.size):
        for j in range(strengths.size):
            if backing[j, i] > 0.0:
                own, other = min(strengths[i] + backing[i, j], GREATEST), min(strengths[j] + backing[j, i], GREATEST)
                peril[i, j] = on_coarse_grid(max(1.0 - 2.0 * odds(own, other), 0.0))


@kernel
def backings(setting: Setting, world: World, relation: Floats, strength: Floats, backing: Floats) -> None:
    """Add to `backing` [N, N] what guarantors, each of a strength [N], would add to the capability of i against j."""
    for guarantor in range(strength.size):
        for i in range(strength.size):
            share = committed(setting, world, relation, guarantor, i)
            if share > 0.0:
                helped = on_coarse_grid(strength[guarantor] * share)
                for j in range(strength.size):
                    if neutral(setting, world, guarantor, j):
                        backing[i, j] += helped


@kernel
def makes_power(setting: Setting, attribute: int) -> bool:
    """Whether a state's power is made of an attribute, whoever has it."""
    programs = setting.programs
    for step in range(programs.first[programs.power[0]], programs.first[programs.power[0] + 1]):
        if programs.steps[step, 0] == ATTRIBUTE and programs.steps[step, 2] == attribute:
            return True
    return False


@kernel
def losses(setting: Setting, world: World, share: Floats, change: Floats) -> None:
    """Take from `change` [N, Q] what states lose of the attributes that make their power, from shares `[N]`."""
    for attribute in range(setting.low.size):
        if makes_power(setting, attribute):
            low = setting.low[attribute] if np.isfinite(setting.low[attribute]) else 0.0
            for state in range(share.size):
                above = world.attributes[state, attribute] - low
                if above > 0.0:
                    change[state, attribute] -= on_coarse_grid(above * share[state])
