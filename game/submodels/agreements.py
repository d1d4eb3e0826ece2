"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume."""

from __future__ import annotations

from game.kernel.catalogue import ALL_KINDS, NONE
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import Deeds
from game.kernel.setting import Setting


@kernel
def agree(
    setting: Setting, agreements: Shorts, volume: Floats, suspended: Booleans, purpose: Shorts, deeds: Deeds
) -> None:
    """Carry out the deeds' breaking, then signing and renewing, then suspending and resuming, all [K, N, N].

    A renewed agreement keeps the longer term and the greater volume, and is no longer suspended; one that was broken or
    has run out begins afresh.
    """
    for o in range(deeds.count[0]):
        if not deeds.refused[o]:
            _break(setting, agreements, deeds, o)
    tidy(agreements, volume, suspended, purpose)
    _sign(setting, agreements, volume, suspended, purpose, deeds)
    for back in range(2):
        _state_purposes(setting, purpose, deeds, back == 1)
    for resuming in range(2):
        for o in range(deeds.count[0]):
            if not deeds.refused[o]:
                _hold_up(setting, agreements, suspended, deeds, o, resuming == 1)


@kernel
def tidy(agreements: Shorts, volume: Floats, suspended: Booleans, purpose: Shorts) -> None:
    """What is not in force has no volume, no purpose, and is not suspended, all [K, N, N]."""
    # One array at a time, so that many cells are done at once.
    for place in range(agreements.size):
        volume.flat[place] = volume.flat[place] if agreements.flat[place] > 0 else 0.0
    for place in range(agreements.size):
        suspended.flat[place] &= agreements.flat[place] > 0
    for place in range(agreements.size):
        purpose.flat[place] = purpose.flat[place] if agreements.flat[place] > 0 else NONE


@kernel
def break_all(agreements: Shorts, first: int, second: int) -> None:
    """Break agreements of every kind between two states [K, N, N]."""
    for kind in range(agreements.shape[0]):
        agreements[kind, first, second] = 0
        agreements[kind, second, first] = 0


@kernel
def cut(setting: Setting, deeds: Deeds, kind: int, giver: int, receiver: int) -> bool:
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
def _break(setting: Setting, agreements: Shorts, deeds: Deeds, o: int) -> None:
    """Break what a deed breaks."""
    kind, actor, target = setting.acts.breaks[deeds.act[o]], deeds.actor[o], deeds.target[o]
    if kind == ALL_KINDS:
        break_all(agreements, actor, target)
    elif kind != NONE:
        agreements[kind, actor, target] = 0
        if setting.agreements.mutual[kind]:
            agreements[kind, target, actor] = 0


@kernel
def _sign(
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
def _state_purposes(setting: Setting, purpose: Shorts, deeds: Deeds, back: bool) -> None:
    """Write down what the deeds that sign say agreements are for [K, N, N]: as given, or back if they are mutual.

    Of two purposes stated for one agreement in one turn the later dispute of the file stands, whoever stated it.
    """
    for o in range(deeds.count[0]):
        if _states_purpose(setting, deeds, o, back):
            kind, (giver, receiver) = setting.acts.signs[deeds.act[o]], _ends(deeds, o, back)
            purpose[kind, giver, receiver] = NONE
    for o in range(deeds.count[0]):
        if _states_purpose(setting, deeds, o, back):
            kind, (giver, receiver) = setting.acts.signs[deeds.act[o]], _ends(deeds, o, back)
            purpose[kind, giver, receiver] = max(purpose[kind, giver, receiver], deeds.purpose[o])


@kernel
def _ends(deeds: Deeds, o: int, back: bool) -> tuple[int, int]:
    """Giver and receiver of the agreement that a deed signs, or of what comes back with it."""
    if back:
        return deeds.target[o], deeds.actor[o]
    return deeds.actor[o], deeds.target[o]


@kernel
def _states_purpose(setting: Setting, deeds: Deeds, o: int, back: bool) -> bool:
    """Whether a deed signs an agreement, or where it is to come back a mutual one, and says what it is for."""
    kind = setting.acts.signs[deeds.act[o]]
    if kind == NONE or deeds.refused[o] or deeds.purpose[o] == NONE:
        return False
    return not back or setting.agreements.mutual[kind]


@kernel
def _hold_up(setting: Setting, agreements: Shorts, suspended: Booleans, deeds: Deeds, o: int, resuming: bool) -> None:
    """Suspend what a deed suspends, or resume what it resumes: as given, and back if it is mutual."""
    acts, act, actor, target = setting.acts, deeds.act[o], deeds.actor[o], deeds.target[o]
    kind = acts.resumes[act] if resuming else acts.suspends[act]
    if kind != NONE:
        suspended[kind, actor, target] = not resuming and agreements[kind, actor, target] > 0
        if setting.agreements.mutual[kind]:
            suspended[kind, target, actor] = not resuming and agreements[kind, target, actor] > 0
