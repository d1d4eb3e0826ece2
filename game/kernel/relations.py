"""Relations: how i regards j, derived from what is between them and never stored."""

from __future__ import annotations

from game.kernel.compiled import entry, kernel
from game.kernel.declare import Floats
from game.kernel.numerics import clipped
from game.kernel.setting import Setting
from game.kernel.world import World


@kernel
def counts(world: World, kind: int, giver: int, receiver: int) -> bool:
    """Whether an agreement counts: it has turns left and is not suspended."""
    return world.agreements[kind, giver, receiver] > 0 and not world.suspended[kind, giver, receiver]


@kernel
def agreed_worth(setting: Setting, world: World, i: int, j: int) -> float:
    """What the agreements in force between two states add to how i regards j."""
    kinds = setting.agreements
    worth = 0.0
    for kind in range(kinds.giver.size):
        if counts(world, kind, i, j):
            worth += kinds.giver[kind]
        if counts(world, kind, j, i):
            worth += kinds.receiver[kind]
    return worth


@entry
def unclipped_regard(setting: Setting, world: World, i: int, j: int) -> float:
    """Baseline, agreements, suspicion and memories together, before the scale ends at 100."""
    regard = setting.baseline[i, j] + agreed_worth(setting, world, i, j)
    left = 0.0
    for layer in range(world.memories.shape[0]):
        left += world.memories[layer, i, j]
    regard = regard + left - world.suspicion[i, j]
    left = 0.0
    for layer in range(world.hidden.shape[0]):
        left += world.hidden[layer, i, j]
    return float(regard + left)


@kernel
def regards(setting: Setting, world: World, relation: Floats) -> None:
    """How i regards j, -100 enmity to 100 alliance, written to `relation` [N, N]. The diagonal is 0."""
    for i in range(relation.shape[0]):
        for j in range(relation.shape[1]):
            relation[i, j] = clipped(unclipped_regard(setting, world, i, j), -100.0, 100.0)
