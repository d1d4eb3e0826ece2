"""Vows: the pledges that deeds and events give. Given again while it lasts, a pledge grows more solemn, not doubly.

    solemnity(1) = 1,   solemnity(n + 1) = (2 + solemnity(n)) / 2

So a pledge that is repeated weighs 1, 3/2, 7/4 ... and never more than 2. What is given in secret or in a private word
is confided: only the two know of it, until it is given again in the open or their secrets come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import (
    ACTOR,
    NONE,
    TARGET,
    Actions,
)
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import Deeds, secretly
from game.kernel.events import PledgeGiven
from game.kernel.numerics import COARSE, on_coarse_grid, snap
from game.kernel.orders import private
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import (
    FOREVER,
    NEVER,
    Board,
    World,
)


@dataclass(frozen=True, slots=True)
class Pledges:
    """The pledges in force, each field `[R, P, N, N]` from giver to holder."""

    pledges: Shorts
    pledged_on: Shorts
    solemnity: Floats
    private_pledge: Booleans

    @classmethod
    def of(cls, world: World) -> Pledges:
        """Those of a world."""
        return cls(world.pledges, world.pledged_on, world.solemnity, world.private_pledge)


def pledged_by_acts(board: Board, present: Pledges, actions: Actions, turn: int) -> Pledges:
    """The pledges in force once the deeds have given theirs; a refused deal gives none."""
    acts, places, terms, closed = board.acts, [], [], []
    only_theirs = private(actions)
    for kinds, giver, holder in (
        (acts.pledges[actions.act, ACTOR], actions.actor, actions.target),
        (acts.pledges[actions.act, TARGET], actions.target, actions.actor),
        (actions.pledge, actions.actor, actions.target),
    ):
        which = (kinds != NONE) & actions.done
        if which.any():
            places.append((actions.replica[which], kinds[which], giver[which], holder[which]))
            terms.append(board.pledges.turns[kinds[which]])
            closed.append(only_theirs[which])
    if not places:
        return present
    place = tuple(np.concatenate(columns) for columns in zip(*places, strict=True))
    return _given(present, place, np.concatenate(terms), np.concatenate(closed), turn)


def pledged_by_events(present: Pledges, pledges: Sequence[tuple[PledgeGiven, Booleans]], turn: int) -> Pledges:
    """The pledges in force once events have had some given, each in the replicas `[R]` where it happened."""
    for pledge, where in pledges:
        replica = np.flatnonzero(where)
        cell = tuple(np.full(replica.size, index) for index in (pledge.kind, pledge.giver, pledge.holder))
        terms, closed = np.full(replica.size, pledge.turns, dtype=np.int16), np.zeros(replica.size, dtype=bool)
        present = _given(present, (replica, *cell), terms, closed, turn)
    return present


def bound_by(board: Board, kind: int, first: int, second: int) -> tuple[PledgeGiven, ...]:
    """What two states pledge each other with an agreement of a kind: what the first act that signs it has them give."""
    acts = board.acts
    signing = np.flatnonzero(acts.signs == kind)
    if not signing.size:
        return ()
    places = ((ACTOR, first, second), (TARGET, second, first))
    given = [(int(acts.pledges[signing[0], role]), giver, holder) for role, giver, holder in places]
    return tuple(
        PledgeGiven(pledge, giver, holder, int(board.pledges.turns[pledge]))
        for pledge, giver, holder in given
        if pledge != NONE
    )


def _given(present: Pledges, place: Any, terms: Shorts, closed: Booleans, turn: int) -> Pledges:
    """The pledges with those at `place` given: the longer term counts, and what is told once is no confidence.

    A pledge that everybody knows of gains nothing by being given again where nobody hears it: that would show.
    """
    heard = ~closed | (present.solemnity[place] == 0.0) | present.private_pledge[place]
    place, terms, closed = tuple(axis[heard] for axis in place), terms[heard], closed[heard]
    pledges, since = present.pledges.copy(), present.pledged_on.copy()
    solemnity, private_pledge = present.solemnity.copy(), present.private_pledge.copy()
    before = present.solemnity[place]
    again = before > 0.0
    solemnity[place] = np.where(again, snap((2.0 + before) / 2.0, COARSE), 1.0)
    np.maximum.at(pledges, place, terms)
    since[place] = turn
    private_pledge[place] |= ~again
    np.logical_and.at(private_pledge, place, closed)
    return Pledges(pledges, since, solemnity, private_pledge)


def run_down(present: Pledges, turn: int) -> Pledges:
    """A turn less for every pledge with an end; one that was given this turn has all its term still before it."""
    running = (present.pledges > 0) & (present.pledges < FOREVER) & (present.pledged_on < turn)
    return changed(present, pledges=np.where(running, present.pledges - np.int16(1), present.pledges))


def without(present: Pledges, ended: Booleans) -> Pledges:
    """The pledges in force without those that have ended `[R, P, N, N]`."""
    return changed(
        present,
        pledges=np.where(ended, np.int16(0), present.pledges),
        pledged_on=np.where(ended, np.int16(NEVER), present.pledged_on),
        solemnity=np.where(ended, 0.0, present.solemnity),
        private_pledge=present.private_pledge & ~ended,
    )


def disclosed(present: Pledges, pairs: Booleans) -> Pledges:
    """The pledges in force once the affairs of some pairs `[R, N, N]` have come out, whoever of the two gave them."""
    both = pairs | np.swapaxes(pairs, -1, -2)
    return changed(present, private_pledge=present.private_pledge & ~both[:, None])


# ---- kernels

BY_ACTOR, BY_TARGET, ATTACHED = range(3)
"""How a deed gives a pledge: its act has the actor give it, or the target, or the actor attaches it."""


@kernel
def k_pledge_by_deeds(
    setting: Setting, pledges: Shorts, pledged_on: Shorts, solemnity: Floats, private_pledge: Booleans, deeds: Deeds,
    turn: int,
) -> None:  # fmt: skip
    """Add the pledges that the deeds give to those in force, all [P, N, N]; a refused deal gives none.

    What several deeds of a turn give is given once, and in the open where one of them is.
    """
    turns = setting.pledges.turns
    for o in range(deeds.count[0]):
        for way in range(3):
            kind = k_pledge_given(setting, deeds, o, way)
            if kind == NONE or _k_given_before(setting, deeds, o, way):
                continue
            giver, holder = deeds.actor[o], deeds.target[o]
            if way == BY_TARGET:
                giver, holder = holder, giver
            closed = not _k_given_openly(setting, deeds, o, kind, giver, holder)
            k_give_pledge(
                pledges, pledged_on, solemnity, private_pledge, kind, giver, holder, turns[kind], closed, turn
            )


@kernel
def k_give_pledge(
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
def k_pledge_given(setting: Setting, deeds: Deeds, o: int, way: int) -> int:
    """The kind of pledge that a deed gives in one of its three ways, -1 for none."""
    if deeds.refused[o]:
        return NONE
    if way == ATTACHED:
        return int(deeds.pledge[o])
    return int(setting.acts.pledges[deeds.act[o], way])


@kernel
def _k_gives(setting: Setting, deeds: Deeds, o: int, way: int, kind: int, giver: int, holder: int) -> bool:
    """Whether a deed gives just this pledge in this way."""
    if k_pledge_given(setting, deeds, o, way) != kind:
        return False
    actor, target = deeds.actor[o], deeds.target[o]
    if way == BY_TARGET:
        return bool(actor == holder and target == giver)
    return bool(actor == giver and target == holder)


@kernel
def _k_given_before(setting: Setting, deeds: Deeds, o: int, way: int) -> bool:
    """Whether an earlier deed, or the same in an earlier way, gives the same pledge."""
    kind, giver, holder = k_pledge_given(setting, deeds, o, way), deeds.actor[o], deeds.target[o]
    if way == BY_TARGET:
        giver, holder = holder, giver
    for other in range(o + 1):
        for earlier in range(way if other == o else 3):
            if _k_gives(setting, deeds, other, earlier, kind, giver, holder):
                return True
    return False


@kernel
def _k_given_openly(setting: Setting, deeds: Deeds, o: int, kind: int, giver: int, holder: int) -> bool:
    """Whether this deed or a later one gives a pledge for all to hear."""
    for other in range(o, deeds.count[0]):
        if secretly(deeds, other):
            continue
        for way in range(3):
            if _k_gives(setting, deeds, other, way, kind, giver, holder):
                return True
    return False


@kernel
def k_signing(setting: Setting, kind: int) -> int:
    """The first act that signs a kind of agreement, -1 for none."""
    signs = setting.acts.signs
    for act in range(signs.size):
        if signs[act] == kind:
            return act
    return NONE


@kernel
def k_run_down(pledges: Shorts, pledged_on: Shorts, turn: int) -> None:
    """Take a turn off every pledge [P, N, N] with an end; one that was given this turn has all its term before it."""
    for kind in range(pledges.shape[0]):
        for giver in range(pledges.shape[1]):
            for holder in range(pledges.shape[2]):
                left = pledges[kind, giver, holder]
                if 0 < left < FOREVER and pledged_on[kind, giver, holder] < turn:
                    pledges[kind, giver, holder] = left - 1


@kernel
def k_end_pledge(
    pledges: Shorts, pledged_on: Shorts, solemnity: Floats, private_pledge: Booleans, kind: int, giver: int, holder: int
) -> None:
    """End a pledge of those in force [P, N, N]."""
    pledges[kind, giver, holder] = 0
    pledged_on[kind, giver, holder] = NEVER
    solemnity[kind, giver, holder] = 0.0
    private_pledge[kind, giver, holder] = False


@kernel
def k_disclose(private_pledge: Booleans, first: int, second: int) -> None:
    """Tell everybody of the pledges [P, N, N] of two states whose affairs have come out, whoever of them gave them."""
    for kind in range(private_pledge.shape[0]):
        private_pledge[kind, first, second] = False
        private_pledge[kind, second, first] = False
