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
    Deeds,
)
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.events import Vow
from game.kernel.numerics import COARSE, snap
from game.kernel.records import changed
from game.kernel.world import (
    FOREVER,
    NEVER,
    Board,
    World,
)
from game.submodels.secrecy import private


@dataclass(frozen=True, slots=True)
class Promises:
    """The pledges in force, each field `[R, P, N, N]` from giver to holder."""

    pledges: Shorts
    vowed: Shorts
    solemnity: Floats
    confided: Booleans

    @classmethod
    def of(cls, world: World) -> Promises:
        """Those of a world."""
        return cls(world.pledges, world.vowed, world.solemnity, world.confided)


def promised(board: Board, present: Promises, deeds: Deeds, turn: int) -> Promises:
    """The pledges in force once the deeds have given theirs; a refused deal gives none."""
    acts, places, terms, closed = board.acts, [], [], []
    only_theirs = private(deeds)
    for kinds, giver, holder in (
        (acts.vows[deeds.act, ACTOR], deeds.actor, deeds.target),
        (acts.vows[deeds.act, TARGET], deeds.target, deeds.actor),
        (deeds.clause, deeds.actor, deeds.target),
    ):
        which = (kinds != NONE) & deeds.done
        if which.any():
            places.append((deeds.replica[which], kinds[which], giver[which], holder[which]))
            terms.append(board.pledges.turns[kinds[which]])
            closed.append(only_theirs[which])
    if not places:
        return present
    place = tuple(np.concatenate(columns) for columns in zip(*places, strict=True))
    return _given(present, place, np.concatenate(terms), np.concatenate(closed), turn)


def vowed(present: Promises, vows: Sequence[tuple[Vow, Booleans]], turn: int) -> Promises:
    """The pledges in force once events have had some given, each in the replicas `[R]` where it happened."""
    for vow, where in vows:
        replica = np.flatnonzero(where)
        cell = tuple(np.full(replica.size, index) for index in (vow.kind, vow.giver, vow.holder))
        terms, closed = np.full(replica.size, vow.turns, dtype=np.int16), np.zeros(replica.size, dtype=bool)
        present = _given(present, (replica, *cell), terms, closed, turn)
    return present


def bound_by(board: Board, kind: int, first: int, second: int) -> tuple[Vow, ...]:
    """What two states pledge each other with an agreement of a kind: what the first act that signs it has them give."""
    acts = board.acts
    signing = np.flatnonzero(acts.signs == kind)
    if not signing.size:
        return ()
    places = ((ACTOR, first, second), (TARGET, second, first))
    given = [(int(acts.vows[signing[0], role]), giver, holder) for role, giver, holder in places]
    return tuple(
        Vow(pledge, giver, holder, int(board.pledges.turns[pledge]))
        for pledge, giver, holder in given
        if pledge != NONE
    )


def _given(present: Promises, place: Any, terms: Shorts, closed: Booleans, turn: int) -> Promises:
    """The pledges with those at `place` given: the longer term counts, and what is told once is no confidence.

    A pledge that everybody knows of gains nothing by being given again where nobody hears it: that would show.
    """
    heard = ~closed | (present.solemnity[place] == 0.0) | present.confided[place]
    place, terms, closed = tuple(axis[heard] for axis in place), terms[heard], closed[heard]
    pledges, since = present.pledges.copy(), present.vowed.copy()
    solemnity, confided = present.solemnity.copy(), present.confided.copy()
    before = present.solemnity[place]
    again = before > 0.0
    solemnity[place] = np.where(again, snap((2.0 + before) / 2.0, COARSE), 1.0)
    np.maximum.at(pledges, place, terms)
    since[place] = turn
    confided[place] |= ~again
    np.logical_and.at(confided, place, closed)
    return Promises(pledges, since, solemnity, confided)


def run_down(present: Promises, turn: int) -> Promises:
    """A turn less for every pledge with an end; one that was given this turn has all its term still before it."""
    running = (present.pledges > 0) & (present.pledges < FOREVER) & (present.vowed < turn)
    return changed(present, pledges=np.where(running, present.pledges - np.int16(1), present.pledges))


def without(present: Promises, ended: Booleans) -> Promises:
    """The pledges in force without those that have ended `[R, P, N, N]`."""
    return changed(
        present,
        pledges=np.where(ended, np.int16(0), present.pledges),
        vowed=np.where(ended, np.int16(NEVER), present.vowed),
        solemnity=np.where(ended, 0.0, present.solemnity),
        confided=present.confided & ~ended,
    )


def disclosed(present: Promises, pairs: Booleans) -> Promises:
    """The pledges in force once the affairs of some pairs `[R, N, N]` have come out, whoever of the two gave them."""
    both = pairs | np.swapaxes(pairs, -1, -2)
    return changed(present, confided=present.confided & ~both[:, None])
