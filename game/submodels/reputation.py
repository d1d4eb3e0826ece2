"""Trust: how far one state takes another at its word, a Beta count that starts from the published record.

    trust(i, j) = (PRIOR h + kept) / (PRIOR + kept + broken)

h is the share of such pledges that history shows honoured: of one kind, or of all kinds of the scenario on average.
`kept` and `broken` are what i has seen of j. The mean of a Beta distribution after that many successes and failures
(Jøsang and Ismail 2002, The Beta reputation system), with a prior worth `PRIOR` pledges.
"""

from __future__ import annotations

from game.kernel.compiled import kernel
from game.kernel.numerics import clipped, on_coarse_grid
from game.kernel.setting import NEVER_CERTAIN, Setting
from game.kernel.world import World

PRIOR = 4.0
"""How many pledges the published record counts for."""


@kernel
def trust(setting: Setting, world: World, i: int, j: int) -> float:
    """How far i trusts the word of j in general, between 0 and 1."""
    return _count(setting.honoured, world.kept[i, j], world.broken[i, j])


@kernel
def trust_in(setting: Setting, world: World, kind: int, i: int, j: int) -> float:
    """How far i trusts the word of j in a kind of pledge, between 0 and 1."""
    honoured = clipped(setting.pledges.reliability[kind], NEVER_CERTAIN, 1.0 - NEVER_CERTAIN)
    return _count(honoured, world.kept[i, j], world.broken[i, j])


@kernel
def _count(honoured: float, kept: float, broken: float) -> float:
    """The share of a word that is expected to be kept, after so much was kept and broken."""
    return on_coarse_grid((PRIOR * honoured + kept) / (PRIOR + kept + broken))


@kernel
def credit(setting: Setting, world: World, i: int, j: int) -> float:
    """How much more or less than usual the word of j counts with i; 1 where nothing has been seen."""
    if world.kept[i, j] == 0.0 and world.broken[i, j] == 0.0:
        return 1.0
    return on_coarse_grid(trust(setting, world, i, j) / setting.honoured)
