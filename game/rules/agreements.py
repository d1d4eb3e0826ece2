"""ties: agreements are broken, signed, renewed, suspended and resumed; each in force delivers, and runs out.

A tie is worth something to the relation of its members only while it is in force: that share is recomputed, never
remembered. What `delivers` names goes to the receiver's attributes, times the volume that was agreed: every turn, or
in tranches, whenever the turns left are a multiple of `every` (without an end: the turn of the game), each what the
`every` turns together bring. A suspended tie delivers nothing, counts for nothing and waits. Who breaks or suspends
what another depends on is not forgiven soon:

    change of memory[j, i] = -withheld sum over kinds cut of dependence(j on i by that kind)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import ALL_KINDS, NONE
from game.kernel.declare import (
    Floats,
    Shorts,
    Value,
    leaf,
    per_replica,
)
from game.kernel.ledger import Change, FieldEntry, Moment
from game.kernel.numerics import (
    COARSE,
    contraction,
    snap,
    total,
)
from game.kernel.records import changed
from game.kernel.world import (
    FOREVER,
    Board,
    World,
    in_force,
)
from game.submodels.agreements import Agreements, agreed, cut
from game.submodels.dependence import dependence_by_kind
from game.submodels.information import secret_ties


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: ties:`; terms are the acts' and the scenario's."""

    withheld: Value = leaf(
        12.0, 0.0, 100.0, "points", "what suspending or breaking an agreement costs its giver with one wholly dependent"
    )


def ties(moment: Moment, params: Params) -> Change:
    """Ties after this turn `[R, K, N, N]`, what those in force delivered, and what it costs to cut one off.

    >>> from game.testing import moment, triad
    >>> board = triad(ties="ties: {old_friends: {kind: defence_pact, members: [arda, borea], turns: 5}}").board
    >>> pact = board.ties.names.index("defence_pact")
    >>> ties(moment(board), Params()).ties[0, pact].tolist()
    [[0, 4, 0], [4, 0, 0], [0, 0, 0]]
    """
    board, world = moment.board, moment.world
    standing = changed(Agreements.of(world), ties=_shorter(world))
    after = agreed(board, standing, moment.deeds)
    attributes, concealed = _delivered(moment)
    change = Change(
        ties=after.ties, volume=after.volume, suspended=after.suspended, purpose=after.purpose,
        attributes=attributes, concealed=concealed,
    )  # fmt: skip
    return _with_resentment(moment, params, change)


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
    clock = np.where(world.ties < FOREVER, world.ties, np.int16(moment.turn))
    amount = np.where(in_force(world) & (clock % every == 0), world.volume * every, 0.0)
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


def _with_resentment(moment: Moment, params: Params, change: Change) -> Change:
    """The change with what receivers make of agreements they depend on being suspended or broken by their givers."""
    board, world, deeds = moment.board, moment.world, moment.deeds
    if not board.ties.dependence.any() or not len(deeds):
        return change
    breaks, suspends = board.acts.breaks[deeds.act], board.acts.suspends[deeds.act]
    if not ((breaks >= 0) | (breaks == ALL_KINDS) | (suspends != NONE)).any():
        return change
    gone, closed = cut(board, world.ties.shape, deeds), secret_ties(board, world)
    felt = _resented(moment, params, np.where(gone & ~closed, dependence_by_kind(board, moment.public), 0.0))
    between = _resented(moment, params, np.where(gone & closed, dependence_by_kind(board, world), 0.0))
    cause = "what it depends on is withheld"
    traces = ((felt, False), (between, True))
    entries = tuple(FieldEntry("ties", cause, each, hidden) for each, hidden in traces if each is not None)
    return changed(change, memories=felt, hidden=between, entries=entries)


def _resented(moment: Moment, params: Params, missed: Floats) -> Floats | None:
    """The impulse for what is missed of each agreement `[R, K, N(giver), N(receiver)]`, None where it is nothing."""
    if not missed.any():
        return None
    impulse = np.zeros(moment.world.memories.shape)
    lost = np.swapaxes(total(missed, axis=1), -1, -2)
    impulse[:, moment.board.lasting] = snap(-per_replica(params.withheld, 3) * lost)
    return impulse
