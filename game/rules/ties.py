"""ties: agreements are broken, signed and renewed; each in force delivers, and runs out.

A tie is worth something to the relation of its members only while it lasts: that share is recomputed, never remembered.
What `delivers` names goes to the receiver's attributes every turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.acts import agreed_ties
from game.declare import Floats, Shorts
from game.ledger import Change, Moment
from game.numerics import COARSE, contraction, snap
from game.world import FOREVER


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: terms are the acts' and the scenario's."""


def ties(moment: Moment, params: Params) -> Change:
    """Ties after this turn `[R, K, N, N]`, and what those in force delivered.

    >>> from game.testing import moment, triad
    >>> board = triad(ties="ties: {old_friends: {kind: defence_pact, members: [arda, borea], turns: 5}}").board
    >>> pact = board.ties.names.index("defence_pact")
    >>> ties(moment(board), Params()).ties[0, pact].tolist()
    [[0, 4, 0], [4, 0, 0], [0, 0, 0]]
    """
    board, world = moment.board, moment.world
    standing = _shorter(world.ties)
    return Change(ties=agreed_ties(board, standing, moment.deeds), attributes=_delivered(moment))


def _shorter(left: Shorts) -> Shorts:
    """A turn less for every tie that has an end."""
    return np.where((left > 0) & (left < FOREVER), left - np.int16(1), left)


def _delivered(moment: Moment) -> Floats | None:
    """What ties in force add to the receivers' attributes `[R, N, Q]`, None when no kind delivers."""
    delivers = moment.board.ties.delivers
    if not delivers.any():
        return None
    force = (moment.world.ties > 0).astype(np.float64)
    received = force.sum(axis=2, dtype=np.int64).astype(np.float64)
    broadcast = np.broadcast_to(delivers, (force.shape[0], *delivers.shape[1:]))
    return snap(contraction("rkj,rkq->rjq", received, broadcast), COARSE)
