"""Claims: who holds a disputed territory, and whose side other states take, after the deeds of a turn."""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import ACTOR, NONE, Actions
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import Deeds
from game.kernel.setting import Setting
from game.kernel.world import (
    CALM,
    NEVER,
    WAR,
    Board,
    World,
)

SETTLED = 5.0
"""The tension that is left of a dispute once its parties agree who holds what."""


def ceded(board: Board, holder: Shorts, actions: Actions) -> Shorts:
    """Who holds each territory once those who give theirs up have left `[R, D]`."""
    which = board.acts.cedes[actions.act] & actions.done
    if not which.any():
        return holder
    result = holder.copy()
    for place, dispute in enumerate(board.disputes):
        for one, other in (dispute.parties, dispute.parties[::-1]):
            leaving = which & (actions.actor == one) & (actions.target == other)
            leaving &= holder[actions.replica, place] == one
            result[actions.replica[leaving], place] = other
    return result


def recognised(board: Board, recognition: Floats, actions: Actions) -> Floats:
    """Whose side each state takes, claims recognised: 1 the second party's, -1 the first's `[R, D, N]`."""
    side = board.acts.recognises[actions.act]
    which = (side != NONE) & actions.done
    if not which.any():
        return recognition
    result = recognition.copy()
    party = np.where(side == ACTOR, actions.actor, actions.target)
    for place, dispute in enumerate(board.disputes):
        if len(dispute.parties) == 2:
            for sign, member in ((-1.0, dispute.parties[0]), (1.0, dispute.parties[1])):
                taking = which & (party == member) & ((actions.purpose == NONE) | (actions.purpose == place))
                if sign < 0.0 and dispute.claimant is not None:
                    taking &= actions.purpose == place
                result[actions.replica[taking], place, actions.actor[taking]] = sign
    return result


def settled(board: Board, holder: Shorts, recognition: Floats) -> Booleans:
    """Which disputes are settled: both parties take the same side, and what it claims is in its hands `[R, D]`."""
    result = np.zeros(holder.shape, dtype=bool)
    for place, dispute in enumerate(board.disputes):
        first, second = dispute.parties
        side = recognition[:, place, first]
        owner = np.where(side > 0.0, second, first)
        agreed = (side != 0.0) & (side == recognition[:, place, second])
        result[:, place] = agreed & ((holder[:, place] == NEVER) | (holder[:, place] == owner))
    return result


def resting(board: Board, world: World) -> Floats:
    """The tension that each dispute cools to `[R, D]`: that of the start; a low one when settled; 100 in a war."""
    closed, war = settled(board, world.holder, world.recognition), world.rung.max(axis=2, initial=CALM) == WAR
    if not closed.any() and not war.any():
        return board.calm
    start = settled(board, board.start["holder"], board.start["recognition"])
    calm = np.where(closed & ~start, np.minimum(board.calm, SETTLED), board.calm)
    return np.where(war, 100.0, calm)


def conceded(board: Board, before: Floats, after: Floats) -> Booleans:
    """Which parties have come to take the other's side `[R, D, 2]`: what a settlement is made of."""
    result = np.zeros((*after.shape[:2], 2), dtype=bool)
    for place, dispute in enumerate(board.disputes):
        for side, (member, sign) in enumerate(zip(dispute.parties, (1.0, -1.0), strict=True)):
            result[:, place, side] = (after[:, place, member] == sign) & (before[:, place, member] != sign)
    return result


def in_crisis(board: Board, world: World) -> Booleans:
    """Where a crisis waits for the choices of its sides: short of war, and neither of them is out `[R, D]`."""
    level = world.rung.max(axis=2, initial=CALM)
    parties = np.array([each.parties for each in board.disputes], dtype=np.int64).reshape(-1, 2)
    return np.asarray((level > CALM) & (level < WAR) & ~world.out[:, parties].any(axis=2))


# ---- kernels


@kernel
def k_settled(setting: Setting, dispute: int, holder: Shorts, recognition: Floats) -> bool:
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
def k_resting(setting: Setting, world: World, dispute: int) -> float:
    """The tension that a dispute cools to: that of the start; a low one when settled since; 100 in a war."""
    if max(world.rung[dispute, 0], world.rung[dispute, 1]) == WAR:
        return 100.0
    calm = setting.disputes.calm[dispute]
    start = setting.start
    if k_settled(setting, dispute, world.holder, world.recognition) and not k_settled(
        setting, dispute, start.holder, start.recognition
    ):
        return float(min(calm, SETTLED))
    return float(calm)


@kernel
def k_cede(setting: Setting, world: World, holder: Shorts, deeds: Deeds) -> None:
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
def k_recognise(setting: Setting, recognition: Floats, deeds: Deeds) -> None:
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
                if setting.disputes.parties[dispute, side] == party and _k_meant(setting, deeds, o, dispute, side):
                    recognition[dispute, deeds.actor[o]] = 1.0 if side else -1.0


@kernel
def _k_meant(setting: Setting, deeds: Deeds, o: int, dispute: int, side: int) -> bool:
    """Whether a deed that takes the side of a party does so in this dispute.

    Where only the second party claims anything, the first one's side is taken by naming the dispute alone.
    """
    if deeds.purpose[o] == dispute:
        return True
    return deeds.purpose[o] == NONE and (side == 1 or setting.disputes.claimant[dispute] == NONE)


@kernel
def k_conceded(setting: Setting, before: Floats, after: Floats, dispute: int, side: int) -> bool:
    """Whether a party has come to take the other's side, of recognition [D, N]: what a settlement is made of."""
    member, other = setting.disputes.parties[dispute, side], -1.0 if side else 1.0
    return bool(after[dispute, member] == other and before[dispute, member] != other)


@kernel
def k_in_crisis(setting: Setting, world: World, dispute: int) -> bool:
    """Whether a crisis waits for the choices of its sides: short of war, and neither of them is out."""
    level = max(world.rung[dispute, 0], world.rung[dispute, 1])
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    return CALM < level < WAR and not world.out[first] and not world.out[second]
