"""Secrets: what is kept from the world when an act is done in secret, until it comes out."""

from __future__ import annotations

from game.kernel.catalogue import NONE
from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Shorts
from game.kernel.deeds import Deeds, secretly
from game.kernel.known import secret_agreement
from game.kernel.orders import PRIVATE
from game.kernel.setting import Setting
from game.kernel.world import DENIED_BY_ACTOR, DENIED_BY_BOTH, DENIED_BY_TARGET, SECRET, World


@kernel
def keep_secret(setting: Setting, world: World, secrecy: Shorts, stake: Floats, deeds: Deeds) -> None:
    """Keep the secret deeds in `secrecy` and `stake` [C, N, N]; a refusal leaves nothing to hide but the talk of it.

    What is done once more adds to what is secret, but not to what `world` knows as a rumour already: that would show.
    """
    acts = setting.acts
    for o in range(deeds.count[0]):
        if not deeds.secret[o] or deeds.refused[o] or _in_the_open(setting, world, deeds, o):
            continue
        place, actor, target = acts.secret_place[deeds.act[o]], deeds.actor[o], deeds.target[o]
        if world.secrecy[place, actor, target] > SECRET:
            continue
        secrecy[place, actor, target] = SECRET
        if acts.signs[deeds.act[o]] != NONE:
            stake[place, actor, target] = max(stake[place, actor, target], deeds.scale[o])
        elif not _done_before(deeds, o):
            _add_stake(setting, world, stake, deeds, o)


@kernel
def _add_stake(setting: Setting, world: World, stake: Floats, deeds: Deeds, o: int) -> None:
    """Add what is at stake in a secret deed, and in those that do the same again, to `stake` [C, N, N]."""
    act, actor, target = deeds.act[o], deeds.actor[o], deeds.target[o]
    place = setting.acts.secret_place[act]
    before, present = world.stake[place, actor, target], stake[place, actor, target]
    after = before
    for other in range(o, deeds.count[0]):
        if _same_secret(deeds, o, other):
            after += deeds.scale[other]
    if present == before:
        stake[place, actor, target] = after
    else:
        # Another rule has added to it: the lesser first, because a sum of three may depend on its order.
        one, two = present - before, after - before
        stake[place, actor, target] = before + min(one, two) + max(one, two)


@kernel
def _same_secret(deeds: Deeds, o: int, other: int) -> bool:
    """Whether two deeds are the same act between the same two, both done in secret."""
    same = deeds.act[other] == deeds.act[o] and deeds.actor[other] == deeds.actor[o]
    return same and deeds.target[other] == deeds.target[o] and deeds.secret[other] and not deeds.refused[other]


@kernel
def _done_before(deeds: Deeds, o: int) -> bool:
    """Whether an earlier deed is the same secret one."""
    for other in range(o):
        if _same_secret(deeds, o, other):
            return True
    return False


@kernel
def _in_the_open(setting: Setting, world: World, deeds: Deeds, o: int) -> bool:
    """Whether a deed signs what everybody knows of already, or sees signed in the same turn: no secret any more."""
    kind, actor, target = setting.acts.signs[deeds.act[o]], deeds.actor[o], deeds.target[o]
    if kind == NONE:
        return False
    if _known(setting, world, deeds, kind, actor, target):
        return True
    return setting.agreements.mutual[kind] and _known(setting, world, deeds, kind, target, actor)


@kernel
def _known(setting: Setting, world: World, deeds: Deeds, kind: int, giver: int, receiver: int) -> bool:
    """Whether everybody knows of an agreement, or sees it signed by one of the deeds."""
    if world.agreements[kind, giver, receiver] > 0 and not secret_agreement(setting, world, kind, giver, receiver):
        return True
    for o in range(deeds.count[0]):
        same = deeds.actor[o] == giver and deeds.target[o] == receiver and setting.acts.signs[deeds.act[o]] == kind
        if same and not deeds.refused[o] and not secretly(deeds, o):
            return True
    return False


@kernel
def denied(stage: int, side: int) -> bool:
    """Whether the actor, side 0, or the target, side 1, denies what is at a stage."""
    return stage == DENIED_BY_BOTH or stage == (DENIED_BY_TARGET if side else DENIED_BY_ACTOR)


@kernel
def left_by_denials(stage: int, doubts_actor: float, doubts_target: float) -> float:
    """What denials leave of a rumour with whoever doubts the word of its two parties so far."""
    left = doubts_actor if denied(stage, 0) else 1.0
    return left * (doubts_target if denied(stage, 1) else 1.0)


@kernel
def noted(last: Shorts, deeds: Deeds, turn: int) -> None:
    """Write down in `last` [A, N, N] that the deeds are done this turn; a private word leaves nothing to point at."""
    for o in range(deeds.count[0]):
        if not deeds.refused[o] and deeds.audience[o] != PRIVATE:
            last[deeds.act[o], deeds.actor[o], deeds.target[o]] = turn
