"""Pledges: what deeds and events have states give. Given again while it lasts, a pledge grows more solemn, not doubly.

    solemnity(1) = 1,   solemnity(n + 1) = (2 + solemnity(n)) / 2

So a pledge that is repeated weighs 1, 3/2, 7/4 ... and never more than 2. What is given in secret or in a private word
is private: only the two know of it, until it is given again in the open or their secrets come out.
"""

from __future__ import annotations

from game.kernel.catalogue import NONE
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import Deeds, secretly
from game.kernel.numerics import on_coarse_grid
from game.kernel.setting import Setting
from game.kernel.world import FOREVER, NEVER

BY_ACTOR, BY_TARGET, ATTACHED = range(3)
"""How a deed gives a pledge: its act has the actor give it, or the target, or the actor attaches it."""


@kernel
def pledge_by_deeds(
    setting: Setting, pledges: Shorts, pledged_on: Shorts, solemnity: Floats, private_pledge: Booleans, deeds: Deeds,
    turn: int,
) -> None:  # fmt: skip
    """Add the pledges that the deeds give to those in force, all [P, N, N]; a refused deal gives none.

    What several deeds of a turn give is given once, and in the open where one of them is.
    """
    turns = setting.pledges.turns
    for o in range(deeds.count[0]):
        for way in range(3):
            kind = pledge_given(setting, deeds, o, way)
            if kind == NONE or _given_before(setting, deeds, o, way):
                continue
            giver, holder = deeds.actor[o], deeds.target[o]
            if way == BY_TARGET:
                giver, holder = holder, giver
            closed = not _given_openly(setting, deeds, o, kind, giver, holder)
            give_pledge(pledges, pledged_on, solemnity, private_pledge, kind, giver, holder, turns[kind], closed, turn)


@kernel
def give_pledge(
    pledges: Shorts, pledged_on: Shorts, solemnity: Floats, private_pledge: Booleans, kind: int, giver: int,
    holder: int, turns: int, closed: bool, turn: int,
) -> None:  # fmt: skip
    """Add a pledge for so many turns to those in force [P, N, N]: the longer term counts.

    A pledge that everybody knows of gains nothing by being given again where nobody hears it, `closed`: that would
    show. What is told once is no confidence.
    """
    before = solemnity[kind, giver, holder]
    if closed and before != 0.0 and not private_pledge[kind, giver, holder]:
        return
    solemnity[kind, giver, holder] = on_coarse_grid((2.0 + before) / 2.0) if before > 0.0 else 1.0
    pledges[kind, giver, holder] = max(pledges[kind, giver, holder], turns)
    pledged_on[kind, giver, holder] = turn
    private_pledge[kind, giver, holder] = closed


@kernel
def pledge_given(setting: Setting, deeds: Deeds, o: int, way: int) -> int:
    """The kind of pledge that a deed gives in one of its three ways, -1 for none."""
    if deeds.refused[o]:
        return NONE
    if way == ATTACHED:
        return int(deeds.pledge[o])
    return int(setting.acts.pledges[deeds.act[o], way])


@kernel
def _gives(setting: Setting, deeds: Deeds, o: int, way: int, kind: int, giver: int, holder: int) -> bool:
    """Whether a deed gives just this pledge in this way."""
    if pledge_given(setting, deeds, o, way) != kind:
        return False
    actor, target = deeds.actor[o], deeds.target[o]
    if way == BY_TARGET:
        return bool(actor == holder and target == giver)
    return bool(actor == giver and target == holder)


@kernel
def _given_before(setting: Setting, deeds: Deeds, o: int, way: int) -> bool:
    """Whether an earlier deed, or the same in an earlier way, gives the same pledge."""
    kind, giver, holder = pledge_given(setting, deeds, o, way), deeds.actor[o], deeds.target[o]
    if way == BY_TARGET:
        giver, holder = holder, giver
    for other in range(o + 1):
        for earlier in range(way if other == o else 3):
            if _gives(setting, deeds, other, earlier, kind, giver, holder):
                return True
    return False


@kernel
def _given_openly(setting: Setting, deeds: Deeds, o: int, kind: int, giver: int, holder: int) -> bool:
    """Whether this deed or a later one gives a pledge for all to hear."""
    for other in range(o, deeds.count[0]):
        if secretly(deeds, other):
            continue
        for way in range(3):
            if _gives(setting, deeds, other, way, kind, giver, holder):
                return True
    return False


@kernel
def signing(setting: Setting, kind: int) -> int:
    """The first act that signs a kind of agreement, -1 for none."""
    signs = setting.acts.signs
    for act in range(signs.size):
        if signs[act] == kind:
            return act
    return NONE


@kernel
def run_down(pledges: Shorts, pledged_on: Shorts, turn: int) -> None:
    """Take a turn off every pledge [P, N, N] with an end; one that was given this turn has all its term before it."""
    for kind in range(pledges.shape[0]):
        for giver in range(pledges.shape[1]):
            for holder in range(pledges.shape[2]):
                left = pledges[kind, giver, holder]
                if 0 < left < FOREVER and pledged_on[kind, giver, holder] < turn:
                    pledges[kind, giver, holder] = left - 1


@kernel
def end_pledge(
    pledges: Shorts, pledged_on: Shorts, solemnity: Floats, private_pledge: Booleans, kind: int, giver: int, holder: int
) -> None:
    """End a pledge of those in force [P, N, N]."""
    pledges[kind, giver, holder] = 0
    pledged_on[kind, giver, holder] = NEVER
    solemnity[kind, giver, holder] = 0.0
    private_pledge[kind, giver, holder] = False


@kernel
def disclose(private_pledge: Booleans, first: int, second: int) -> None:
    """Tell everybody of the pledges [P, N, N] of two states whose affairs have come out, whoever of them gave them."""
    for kind in range(private_pledge.shape[0]):
        private_pledge[kind, first, second] = False
        private_pledge[kind, second, first] = False
