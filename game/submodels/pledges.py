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
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.events import PledgeGiven
from game.kernel.numerics import COARSE, snap
from game.kernel.orders import private
from game.kernel.records import changed
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
