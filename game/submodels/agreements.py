"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ALL_KINDS, NONE, Deeds
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.records import changed
from game.kernel.world import Board, World


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

    A renewed agreement keeps the longer term and the greater volume, and is no longer suspended; one that was broken or
    has run out begins afresh.
    """
    if not len(deeds):
        return tidied(present)
    standing = tidied(changed(present, ties=_broken(board, present.ties, deeds)))
    signed = _signed(board, standing, deeds)
    return changed(signed, suspended=_held_up(board, signed.suspended, deeds) & (signed.ties > 0))


def cut(board: Board, shape: tuple[int, ...], deeds: Deeds) -> Booleans:
    """Which agreements a deed of their giver suspends or breaks, in force or not `[R, K, N, N]`."""
    result = np.zeros(shape, dtype=bool)
    breaks = board.acts.breaks[deeds.act]
    every = (breaks == ALL_KINDS) & deeds.done
    result[deeds.replica[every], :, deeds.actor[every], deeds.target[every]] = True
    for kinds in (breaks, board.acts.suspends[deeds.act]):
        which = (kinds >= 0) & deeds.done
        result[deeds.replica[which], kinds[which], deeds.actor[which], deeds.target[which]] = True
    return result


def _broken(board: Board, ties: Shorts, deeds: Deeds) -> Shorts:
    """Turns left `[R, K, N, N]`, none of what the deeds break."""
    breaks = board.acts.breaks[deeds.act]
    which = (breaks != NONE) & deeds.done
    if not which.any():
        return ties
    result = ties.copy()
    every = (breaks == ALL_KINDS) & deeds.done
    for one, other in ((deeds.actor, deeds.target), (deeds.target, deeds.actor)):
        result[deeds.replica[every], :, one[every], other[every]] = 0
    for where in _bound(board, deeds, breaks, (breaks >= 0) & deeds.done):
        result[where] = 0
    return result


def _signed(board: Board, standing: Agreements, deeds: Deeds) -> Agreements:
    """The agreements with those that the deeds sign or renew."""
    kinds = board.acts.signs[deeds.act]
    signing = (kinds != NONE) & deeds.done
    if not signing.any():
        return standing
    ties, volume = standing.ties.copy(), standing.volume.copy()
    suspended, purpose = standing.suspended.copy(), standing.purpose.copy()
    term = board.acts.turns[deeds.act[signing]]
    given, returned = _bound(board, deeds, kinds, signing)
    mutual = board.ties.mutual[kinds[signing]]
    for where, which in ((given, np.ones_like(mutual)), (returned, mutual)):
        np.maximum.at(ties, where, term[which])
        np.maximum.at(volume, where, deeds.term[signing][which])
        suspended[where] = False
        stated = deeds.purpose[signing][which].astype(purpose.dtype)
        said = tuple(axis[stated != NONE] for axis in where)
        purpose[said] = NONE
        # Of two purposes stated for one agreement in one turn the later dispute of the file stands, whoever stated it.
        np.maximum.at(purpose, said, stated[stated != NONE])
    return Agreements(ties, volume, suspended, purpose)


def _held_up(board: Board, suspended: Booleans, deeds: Deeds) -> Booleans:
    """Which agreements are suspended once the deeds have suspended some and resumed others `[R, K, N, N]`."""
    result = suspended
    for kinds, value in ((board.acts.suspends[deeds.act], True), (board.acts.resumes[deeds.act], False)):
        which = (kinds != NONE) & deeds.done
        if which.any():
            result = result.copy()
            for where in _bound(board, deeds, kinds, which):
                result[where] = value
    return result


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
