"""Vows: the pledges that deeds and events give. Given again while it lasts, a pledge grows more solemn, not doubly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.acts import ACTOR, NONE, TARGET, Deeds
from game.declare import Booleans, Floats, Shorts
from game.happenings import Vow
from game.world import Board, World


@dataclass(frozen=True, slots=True)
class Promises:
    """The pledges in force, each field `[R, P, N, N]` from giver to holder."""

    pledges: Shorts
    vowed: Shorts
    solemnity: Floats

    @classmethod
    def of(cls, world: World) -> Promises:
        """Those of a world."""
        return cls(world.pledges, world.vowed, world.solemnity)


def promised(board: Board, present: Promises, deeds: Deeds, turn: int) -> Promises:
    """The pledges in force once the deeds have given theirs; a refused deal gives none."""
    acts, places, terms = board.acts, [], []
    for kinds, giver, holder in (
        (acts.vows[deeds.act, ACTOR], deeds.actor, deeds.target),
        (acts.vows[deeds.act, TARGET], deeds.target, deeds.actor),
        (deeds.clause, deeds.actor, deeds.target),
    ):
        which = (kinds != NONE) & deeds.done
        if which.any():
            places.append((deeds.replica[which], kinds[which], giver[which], holder[which]))
            terms.append(board.pledges.turns[kinds[which]])
    if not places:
        return present
    place = tuple(np.concatenate(columns) for columns in zip(*places, strict=True))
    return _given(present, place, np.concatenate(terms), turn)


def vowed(present: Promises, vows: Sequence[tuple[Vow, Booleans]], turn: int) -> Promises:
    """The pledges in force once events have had some given, each in the replicas `[R]` where it happened."""
    for vow, where in vows:
        replica = np.flatnonzero(where)
        cell = tuple(np.full(replica.size, index) for index in (vow.kind, vow.giver, vow.holder))
        present = _given(present, (replica, *cell), np.full(replica.size, vow.turns, dtype=np.int16), turn)
    return present


def _given(present: Promises, place: Any, terms: Shorts, turn: int) -> Promises:
    pledges, since = present.pledges.copy(), present.vowed.copy()
    solemnity = present.solemnity.copy()
    again = pledges[place] > 0
    solemnity[place] = np.where(again, (2.0 + solemnity[place]) / 2.0, 1.0)
    np.maximum.at(pledges, place, terms)
    since[place] = turn
    return Promises(pledges, since, solemnity)
