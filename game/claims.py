"""Claims: who holds a disputed territory, and whose side other states take, after the deeds of a turn."""

from __future__ import annotations

import numpy as np

from game.acts import ACTOR, NONE, Deeds
from game.declare import Floats, Shorts
from game.world import Board


def ceded(board: Board, holder: Shorts, deeds: Deeds) -> Shorts:
    """Who holds each territory once those who give theirs up have left `[R, D]`."""
    which = board.acts.cedes[deeds.act] & deeds.done
    if not which.any():
        return holder
    result = holder.copy()
    for place, dispute in enumerate(board.disputes):
        for one, other in (dispute.parties, dispute.parties[::-1]):
            leaving = which & (deeds.actor == one) & (deeds.target == other)
            leaving &= holder[deeds.replica, place] == one
            result[deeds.replica[leaving], place] = other
    return result


def recognised(board: Board, recognition: Floats, deeds: Deeds) -> Floats:
    """Whose side each state takes, claims recognised: 1 the second party's, -1 the first's `[R, D, N]`."""
    side = board.acts.recognises[deeds.act]
    which = (side != NONE) & deeds.done
    if not which.any():
        return recognition
    result = recognition.copy()
    party = np.where(side == ACTOR, deeds.actor, deeds.target)
    for place, dispute in enumerate(board.disputes):
        if len(dispute.parties) == 2:
            for sign, member in ((-1.0, dispute.parties[0]), (1.0, dispute.parties[1])):
                taking = which & (party == member) & ((deeds.purpose == NONE) | (deeds.purpose == place))
                if sign < 0.0 and dispute.claimant is not None:
                    taking &= deeds.purpose == place
                result[deeds.replica[taking], place, deeds.actor[taking]] = sign
    return result
