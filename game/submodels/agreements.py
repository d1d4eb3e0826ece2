"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ALL_KINDS, NONE, Actions
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import Deeds
from game.kernel.records import changed
from game.kernel.setting import Setting
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


# ---- kernels


@kernel
def k_agree(
    setting: Setting, agreements: Shorts, volume: Floats, suspended: Booleans, purpose: Shorts, deeds: Deeds
) -> None:
    """Carry out the deeds' breaking, then signing and renewing, then suspending and resuming, all [K, N, N].

    A renewed agreement keeps the longer term and the greater volume, and is no longer suspended; one that was broken or
    has run out begins afresh.
    """
    for o in range(deeds.count[0]):
        if not deeds.refused[o]:
            _k_break(setting, agreements, deeds, o)
    k_tidy(agreements, volume, suspended, purpose)
    _k_sign(setting, agreements, volume, suspended, purpose, deeds)
    for back in range(2):
        _k_state_purposes(setting, purpose, deeds, back == 1)
    for resuming in range(2):
        for o in range(deeds.count[0]):
            if not deeds.refused[o]:
                _k_hold_up(setting, agreements, suspended, deeds, o, resuming == 1)


@kernel
def k_tidy(agreements: Shorts, volume: Floats, suspended: Booleans, purpose: Shorts) -> None:
    """What is not in force has no volume, no purpose, and is not suspended, all [K, N, N]."""
    # One array at a time, so that many cells are done at once.
    for place in range(agreements.size):
        volume.flat[place] = volume.flat[place] if agreements.flat[place] > 0 else 0.0
    for place in range(agreements.size):
        suspended.flat[place] &= agreements.flat[place] > 0
    for place in range(agreements.size):
        purpose.flat[place] = purpose.flat[place] if agreements.flat[place] > 0 else NONE


@kernel
def k_break_all(agreements: Shorts, first: int, second: int) -> None:
    """Break agreements of every kind between two states [K, N, N]."""
    for kind in range(agreements.shape[0]):
        agreements[kind, first, second] = 0
        agreements[kind, second, first] = 0


@kernel
def k_cut(setting: Setting, deeds: Deeds, kind: int, giver: int, receiver: int) -> bool:
    """Whether a deed of its giver suspends or breaks an agreement, in force or not."""
    acts = setting.acts
    for o in range(deeds.count[0]):
        if deeds.actor[o] == giver and deeds.target[o] == receiver and not deeds.refused[o]:
            breaks = acts.breaks[deeds.act[o]]
            this_one = breaks == kind or acts.suspends[deeds.act[o]] == kind
            if this_one or breaks == ALL_KINDS:
                return True
    return False


@kernel
def _k_break(setting: Setting, agreements: Shorts, deeds: Deeds, o: int) -> None:
    """Break what a deed breaks."""
    kind, actor, target = setting.acts.breaks[deeds.act[o]], deeds.actor[o], deeds.target[o]
    if kind == ALL_KINDS:
        k_break_all(agreements, actor, target)
    elif kind != NONE:
        agreements[kind, actor, target] = 0
        if setting.agreements.mutual[kind]:
            agreements[kind, target, actor] = 0


@kernel
def _k_sign(
    setting: Setting, agreements: Shorts, volume: Floats, suspended: Booleans, purpose: Shorts, deeds: Deeds
) -> None:
    """Sign or renew what the deeds sign: as given, and back if it is mutual."""
    acts = setting.acts
    for o in range(deeds.count[0]):
        kind = acts.signs[deeds.act[o]]
        if kind == NONE or deeds.refused[o]:
            continue
        giver, receiver = deeds.actor[o], deeds.target[o]
        for _ in range(2 if setting.agreements.mutual[kind] else 1):
            agreements[kind, giver, receiver] = max(agreements[kind, giver, receiver], acts.turns[deeds.act[o]])
            volume[kind, giver, receiver] = max(volume[kind, giver, receiver], deeds.term[o])
            suspended[kind, giver, receiver] = False
            giver, receiver = receiver, giver


@kernel
def _k_state_purposes(setting: Setting, purpose: Shorts, deeds: Deeds, back: bool) -> None:
    """Write down what the deeds that sign say agreements are for [K, N, N]: as given, or back if they are mutual.

    Of two purposes stated for one agreement in one turn the later dispute of the file stands, whoever stated it.
    """
    for o in range(deeds.count[0]):
        if _k_states_purpose(setting, deeds, o, back):
            kind, (giver, receiver) = setting.acts.signs[deeds.act[o]], _k_ends(deeds, o, back)
            purpose[kind, giver, receiver] = NONE
    for o in range(deeds.count[0]):
        if _k_states_purpose(setting, deeds, o, back):
            kind, (giver, receiver) = setting.acts.signs[deeds.act[o]], _k_ends(deeds, o, back)
            purpose[kind, giver, receiver] = max(purpose[kind, giver, receiver], deeds.purpose[o])


@kernel
def _k_ends(deeds: Deeds, o: int, back: bool) -> tuple[int, int]:
    """Giver and receiver of the agreement that a deed signs, or of what comes back with it."""
    if back:
        return deeds.target[o], deeds.actor[o]
    return deeds.actor[o], deeds.target[o]


@kernel
def _k_states_purpose(setting: Setting, deeds: Deeds, o: int, back: bool) -> bool:
    """Whether a deed signs an agreement, or where it is to come back a mutual one, and says what it is for."""
    kind = setting.acts.signs[deeds.act[o]]
    if kind == NONE or deeds.refused[o] or deeds.purpose[o] == NONE:
        return False
    return not back or setting.agreements.mutual[kind]


@kernel
def _k_hold_up(setting: Setting, agreements: Shorts, suspended: Booleans, deeds: Deeds, o: int, resuming: bool) -> None:
    """Suspend what a deed suspends, or resume what it resumes: as given, and back if it is mutual."""
    acts, act, actor, target = setting.acts, deeds.act[o], deeds.actor[o], deeds.target[o]
    kind = acts.resumes[act] if resuming else acts.suspends[act]
    if kind != NONE:
        suspended[kind, actor, target] = not resuming and agreements[kind, actor, target] > 0
        if setting.agreements.mutual[kind]:
            suspended[kind, target, actor] = not resuming and agreements[kind, target, actor] > 0
