"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.acts import ALL_KINDS, NONE, Deeds
from game.declare import Booleans, Floats, Shorts
from game.world import Board, World


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements of a world, each field `[R, K, N, N]` from giver to receiver."""

    ties: Shorts
    volume: Floats
    suspended: Booleans
    purpose: Shorts

    @classmethod
    def of(cls, world: World) -> Agreements:
        """Those of a world."""
        return cls(world.ties, world.volume, world.suspended, world.purpose)


def agreed(board: Board, present: Agreements, deeds: Deeds) -> Agreements:
    """Agreements after the deeds' breaking, then signing and renewing, then suspending and resuming.

    A renewed agreement keeps the longer term and the greater volume.
    """
    acts = board.acts
    ties, volume = present.ties.copy(), present.volume.copy()
    suspended, purpose = present.suspended.copy(), present.purpose.copy()
    breaks = acts.breaks[deeds.act]
    every = (breaks == ALL_KINDS) & deeds.done
    for one, other in ((deeds.actor, deeds.target), (deeds.target, deeds.actor)):
        ties[deeds.replica[every], :, one[every], other[every]] = 0
    for where in _bound(board, deeds, breaks, (breaks >= 0) & deeds.done):
        ties[where] = 0
    signing = (acts.signs[deeds.act] != NONE) & deeds.done
    kinds, term = acts.signs[deeds.act], acts.turns[deeds.act[signing]]
    given, returned = _bound(board, deeds, kinds, signing)
    mutual = board.ties.mutual[kinds[signing]]
    for where, which in ((given, np.ones_like(mutual)), (returned, mutual)):
        np.maximum.at(ties, where, term[which])
        np.maximum.at(volume, where, deeds.term[signing][which])
        stated = deeds.purpose[signing][which]
        said = stated != NONE
        purpose[tuple(axis[said] for axis in where)] = stated[said]
    for kinds_, value in ((acts.suspends[deeds.act], True), (acts.resumes[deeds.act], False)):
        for where in _bound(board, deeds, kinds_, (kinds_ != NONE) & deeds.done):
            suspended[where] = value
    return tidied(Agreements(ties, volume, suspended, purpose))


def tidied(agreements: Agreements) -> Agreements:
    """What is not in force has no volume, no purpose, and is not suspended."""
    force = agreements.ties > 0
    return Agreements(
        agreements.ties,
        np.where(force, agreements.volume, 0.0),
        agreements.suspended & force,
        np.where(force, agreements.purpose, np.int16(NONE)),
    )


def _bound(board: Board, deeds: Deeds, kinds: Shorts, which: Booleans) -> tuple[Any, Any]:
    """Where the ties of some deeds stand, `(replica, kind, giver, receiver)`: as given, and back if they are mutual."""
    place = (deeds.replica[which], kinds[which], deeds.actor[which], deeds.target[which])
    replica, kind, actor, target = (each[board.ties.mutual[place[1]]] for each in place)
    return place, (replica, kind, target, actor)
