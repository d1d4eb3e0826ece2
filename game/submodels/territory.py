"""Claims: who holds a disputed territory, whose side other states take, and what is settled by it.

A dispute is settled once both parties take the same side and what that side claims is in its hands. What tension a
dispute cools to, and whether a crisis over it waits for the choices of its sides, is said here too.
"""

from __future__ import annotations

from game.kernel.catalogue import ACTOR, NONE
from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Shorts
from game.kernel.deeds import Deeds
from game.kernel.setting import Setting
from game.kernel.world import CALM, NEVER, WAR, World

SETTLED = 5.0
"""The tension that is left of a dispute once its parties agree who holds what."""


@kernel
def settled(setting: Setting, dispute: int, holder: Shorts, recognition: Floats) -> bool:
    """Whether a dispute is settled: both parties take the same side, and what it claims is in its hands.

    `holder` [D] is who holds each territory, `recognition` [D, N] whose side states take.
    """
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    side = recognition[dispute, first]
    if side == 0.0 or side != recognition[dispute, second]:
        return False
    owner = second if side > 0.0 else first
    return bool(holder[dispute] == NEVER or holder[dispute] == owner)


@kernel
def resting(setting: Setting, world: World, dispute: int) -> float:
    """The tension that a dispute cools to: that of the start; a low one when settled since; 100 in a war."""
    if max(world.rung[dispute, 0], world.rung[dispute, 1]) == WAR:
        return 100.0
    calm = setting.disputes.calm[dispute]
    start = setting.start
    if settled(setting, dispute, world.holder, world.recognition) and not settled(
        setting, dispute, start.holder, start.recognition
    ):
        return float(min(calm, SETTLED))
    return float(calm)


@kernel
def cede(setting: Setting, world: World, holder: Shorts, deeds: Deeds) -> None:
    """Give each territory in `holder` [D] to the other party where who holds it in `world` gives it up to that one."""
    acts, parties = setting.acts, setting.disputes.parties
    for o in range(deeds.count[0]):
        if not acts.cedes[deeds.act[o]] or deeds.refused[o]:
            continue
        actor, target = deeds.actor[o], deeds.target[o]
        for dispute in range(holder.size):
            first, second = parties[dispute, 0], parties[dispute, 1]
            between = (actor == first and target == second) or (actor == second and target == first)
            if between and world.holder[dispute] == actor:
                holder[dispute] = target


@kernel
def recognise(setting: Setting, recognition: Floats, deeds: Deeds) -> None:
    """Set whose side actors take in `recognition` [D, N], where their deeds recognise a claim.

    Who recognises the claims of both parties of a dispute in one turn takes the second one's side.
    """
    acts = setting.acts
    for side in range(2):
        for o in range(deeds.count[0]):
            recognised_party = acts.recognises[deeds.act[o]]
            if recognised_party == NONE or deeds.refused[o]:
                continue
            party = deeds.actor[o] if recognised_party == ACTOR else deeds.target[o]
            for dispute in range(recognition.shape[0]):
                if setting.disputes.parties[dispute, side] == party and _meant(setting, deeds, o, dispute, side):
                    recognition[dispute, deeds.actor[o]] = 1.0 if side else -1.0


@kernel
def _meant(setting: Setting, deeds: Deeds, o: int, dispute: int, side: int) -> bool:
    """Whether a deed that takes the side of a party does so in this dispute.

    Where only the second party claims anything, the first one's side is taken by naming the dispute alone.
    """
    if deeds.purpose[o] == dispute:
        return True
    return deeds.purpose[o] == NONE and (side == 1 or setting.disputes.claimant[dispute] == NONE)


@kernel
def conceded(setting: Setting, before: Floats, after: Floats, dispute: int, side: int) -> bool:
    """Whether a party has come to take the other's side, of recognition [D, N]: what a settlement is made of."""
    member, other = setting.disputes.parties[dispute, side], -1.0 if side else 1.0
    return bool(after[dispute, member] == other and before[dispute, member] != other)


@kernel
def in_crisis(setting: Setting, world: World, dispute: int) -> bool:
    """Whether a crisis waits for the choices of its sides: short of war, and neither of them is out."""
    level = max(world.rung[dispute, 0], world.rung[dispute, 1])
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    return CALM < level < WAR and not world.out[first] and not world.out[second]
