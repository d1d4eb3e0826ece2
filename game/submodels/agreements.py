"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ALL_KINDS, NONE, Actions
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.records import changed
from game.kernel.world import Board, World


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements of a world, each field `[R, K, N, N]` from giver to receiver."""

    agreements: Shorts
    volume: Floats
    suspended: Booleans
    purpose: Shorts

    @classmethod
    def of(cls, world: World) -> Agreements:
        """Those of a world."""
        return cls(world.agreements, world.volume, world.suspended, world.purpose)


def agreed(board: Board, present: Agreements, actions: Actions) -> Agreements:
    """Agreements after the deeds' breaking, then signing and renewing, then suspending and resuming.

    A renewed agreement keeps the longer term and the greater volume, and is no longer suspended; one that was broken or
    has run out begins afresh.
    """
    if not len(actions):
        return tidied(present)
    standing = tidied(changed(present, agreements=_broken(board, present.agreements, actions)))
    signed = _signed(board, standing, actions)
    return changed(signed, suspended=_held_up(board, signed.suspended, actions) & (signed.agreements > 0))


def cut(board: Board, shape: tuple[int, ...], actions: Actions) -> Booleans:
    """Which agreements a deed of their giver suspends or breaks, in force or not `[R, K, N, N]`."""
    result = np.zeros(shape, dtype=bool)
    breaks = board.acts.breaks[actions.act]
    every = (breaks == ALL_KINDS) & actions.done
    result[actions.replica[every], :, actions.actor[every], actions.target[every]] = True
    for kinds in (breaks, board.acts.suspends[actions.act]):
        which = (kinds >= 0) & actions.done
        result[actions.replica[which], kinds[which], actions.actor[which], actions.target[which]] = True
    return result


def _broken(board: Board, agreements: Shorts, actions: Actions) -> Shorts:
    """Turns left `[R, K, N, N]`, none of what the deeds break."""
    breaks = board.acts.breaks[actions.act]
    which = (breaks != NONE) & actions.done
    if not which.any():
        return agreements
    result = agreements.copy()
    every = (breaks == ALL_KINDS) & actions.done
    for one, other in ((actions.actor, actions.target), (actions.target, actions.actor)):
        result[actions.replica[every], :, one[every], other[every]] = 0
    for where in _bound(board, actions, breaks, (breaks >= 0) & actions.done):
        result[where] = 0
    return result


def _signed(board: Board, standing: Agreements, actions: Actions) -> Agreements:
    """The agreements with those that the deeds sign or renew."""
    kinds = board.acts.signs[actions.act]
    signing = (kinds != NONE) & actions.done
    if not signing.any():
        return standing
    agreements, volume = standing.agreements.copy(), standing.volume.copy()
    suspended, purpose = standing.suspended.copy(), standing.purpose.copy()
    term = board.acts.turns[actions.act[signing]]
    given, returned = _bound(board, actions, kinds, signing)
    mutual = board.agreements.mutual[kinds[signing]]
    for where, which in ((given, np.ones_like(mutual)), (returned, mutual)):
        np.maximum.at(agreements, where, term[which])
        np.maximum.at(volume, where, actions.term[signing][which])
        suspended[where] = False
        stated = actions.purpose[signing][which].astype(purpose.dtype)
        said = tuple(axis[stated != NONE] for axis in where)
        purpose[said] = NONE
        # Of two purposes stated for one agreement in one turn the later dispute of the file stands, whoever stated it.
        np.maximum.at(purpose, said, stated[stated != NONE])
    return Agreements(agreements, volume, suspended, purpose)


def _held_up(board: Board, suspended: Booleans, actions: Actions) -> Booleans:
    """Which agreements are suspended once the deeds have suspended some and resumed others `[R, K, N, N]`."""
    result = suspended
    for kinds, value in ((board.acts.suspends[actions.act], True), (board.acts.resumes[actions.act], False)):
        which = (kinds != NONE) & actions.done
        if which.any():
            result = result.copy()
            for where in _bound(board, actions, kinds, which):
                result[where] = value
    return result


def tidied(agreements: Agreements) -> Agreements:
    """What is not in force has no volume, no purpose, and is not suspended."""
    force = agreements.agreements > 0
    return Agreements(
        agreements.agreements,
        np.where(force, agreements.volume, 0.0),
        agreements.suspended & force,
        np.where(force, agreements.purpose, np.int16(NONE)),
    )


def _bound(board: Board, actions: Actions, kinds: Shorts, which: Booleans) -> tuple[Any, Any]:
    """Where the ties of some deeds stand, `(replica, kind, giver, receiver)`: as given, and back if they are mutual."""
    place = (actions.replica[which], kinds[which], actions.actor[which], actions.target[which])
    replica, kind, actor, target = (each[board.agreements.mutual[place[1]]] for each in place)
    return place, (replica, kind, target, actor)
