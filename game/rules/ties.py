"""ties: agreements are broken, signed, renewed, suspended and resumed; each in force delivers, and runs out.

A tie is worth something to the relation of its members only while it is in force: that share is recomputed, never
remembered. What `delivers` names goes to the receiver's attributes, times the volume that was agreed: every turn, or
in tranches, every so many turns, what the turns between add up to. A suspended tie delivers nothing and waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.agreements import Agreements, agreed
from game.apparent import secret_ties
from game.declare import Floats, Shorts
from game.ledger import Change, Moment
from game.numerics import COARSE, contraction, snap, total
from game.world import FOREVER, Board, World, in_force


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
    standing = replace(Agreements.of(world), ties=_shorter(world))
    after = agreed(board, standing, moment.deeds)
    attributes, concealed = _delivered(moment)
    return Change(
        ties=after.ties, volume=after.volume, suspended=after.suspended, purpose=after.purpose,
        attributes=attributes, concealed=concealed,
    )  # fmt: skip


def _shorter(world: World) -> Shorts:
    """A turn less for every tie that has an end and is not suspended."""
    running = (world.ties > 0) & (world.ties < FOREVER) & ~world.suspended
    return np.where(running, world.ties - np.int16(1), world.ties)


def _delivered(moment: Moment) -> tuple[Floats | None, Floats | None]:
    """What ties in force add to the receivers' attributes `[R, N, Q]`, known and concealed; None where nothing."""
    board, world = moment.board, moment.world
    if not board.ties.delivers.any():
        return None, None
    every = board.ties.every[:, None, None]
    turn_of_it = in_force(world) & (world.ties % every == 0)
    amount = np.where(turn_of_it, world.volume * every, 0.0)
    closed = secret_ties(board, world) if world.secrecy.any() else None
    if closed is None or not closed.any():
        return _received(board, amount), None
    return _received(board, np.where(closed, 0.0, amount)), _received(board, np.where(closed, amount, 0.0))


def _received(board: Board, amount: Floats) -> Floats:
    """What amounts of each kind, from i to j `[R, K, N, N]`, bring to each receiver `[R, N, Q]`."""
    received = total(snap(amount, COARSE), axis=2)
    delivers = board.ties.delivers
    broadcast = np.broadcast_to(delivers, (received.shape[0], *delivers.shape[1:]))
    return snap(contraction("rkj,rkq->rjq", received, broadcast), COARSE)
