"""agreements: they are broken, signed, renewed, suspended and resumed; each in force delivers, and runs out.

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
from game.kernel.causes import Withheld
from game.kernel.declare import (
    Floats,
    Shorts,
    Value,
    leaf,
    per_replica,
)
from game.kernel.ledger import Change, FieldEntry
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
from game.submodels.context import StepContext
from game.submodels.dependence import dependence_by_kind
from game.submodels.information import secret_agreements


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: agreements:`; terms are the acts' and the scenario's."""

    withheld: Value = leaf(
        12.0, 0.0, 100.0, "points", "what suspending or breaking an agreement costs its giver with one wholly dependent"
    )


def agreements(context: StepContext, params: Params) -> Change:
    """Ties after this turn `[R, K, N, N]`, what those in force delivered, and what it costs to cut one off.

    >>> from game.testing import context, triad
    >>> pact = "agreements: {old_friends: {kind: defence_pact, members: [arda, borea], turns: 5}}"
    >>> board = triad(agreements=pact).board
    >>> kind = board.agreements.names.index("defence_pact")
    >>> agreements(context(board), Params()).agreements[0, kind].tolist()
    [[0, 4, 0], [4, 0, 0], [0, 0, 0]]
    """
    board, world = context.board, context.world
    standing = changed(Agreements.of(world), agreements=_shorter(world))
    after = agreed(board, standing, context.actions)
    attributes, concealed = _delivered(context)
    change = Change(
        agreements=after.agreements, volume=after.volume, suspended=after.suspended, purpose=after.purpose,
        attributes=attributes, concealed=concealed,
    )  # fmt: skip
    return _with_resentment(context, params, change)


def _shorter(world: World) -> Shorts:
    """A turn less for every tie that has an end and is not suspended."""
    running = (world.agreements > 0) & (world.agreements < FOREVER) & ~world.suspended
    return np.where(running, world.agreements - np.int16(1), world.agreements)


def _delivered(context: StepContext) -> tuple[Floats | None, Floats | None]:
    """What ties in force add to the receivers' attributes `[R, N, Q]`, known and concealed; None where nothing."""
    board, world = context.board, context.world
    if not board.agreements.delivers.any():
        return None, None
    every = board.agreements.every[:, None, None]
    clock = np.where(world.agreements < FOREVER, world.agreements, np.int16(context.turn))
    amount = np.where(in_force(world) & (clock % every == 0), world.volume * every, 0.0)
    closed = secret_agreements(board, world) if world.secrecy.any() else None
    if closed is None or not closed.any():
        return _received(board, amount), None
    return _received(board, np.where(closed, 0.0, amount)), _received(board, np.where(closed, amount, 0.0))


def _received(board: Board, amount: Floats) -> Floats:
    """What amounts of each kind, from i to j `[R, K, N, N]`, bring to each receiver `[R, N, Q]`."""
    received = total(snap(amount, COARSE), axis=2)
    delivers = board.agreements.delivers
    broadcast = np.broadcast_to(delivers, (received.shape[0], *delivers.shape[1:]))
    return snap(contraction("rkj,rkq->rjq", received, broadcast), COARSE)


def _with_resentment(context: StepContext, params: Params, change: Change) -> Change:
    """The change with what receivers make of agreements they depend on being suspended or broken by their givers."""
    board, world, actions = context.board, context.world, context.actions
    if not board.agreements.dependence.any() or not len(actions):
        return change
    breaks, suspends = board.acts.breaks[actions.act], board.acts.suspends[actions.act]
    if not ((breaks >= 0) | (breaks == ALL_KINDS) | (suspends != NONE)).any():
        return change
    gone, closed = cut(board, world.agreements.shape, actions), secret_agreements(board, world)
    felt = _resented(context, params, np.where(gone & ~closed, dependence_by_kind(board, context.public), 0.0))
    between = _resented(context, params, np.where(gone & closed, dependence_by_kind(board, world), 0.0))
    traces = ((felt, False), (between, True))
    entries = tuple(FieldEntry("agreements", Withheld(), each, hidden) for each, hidden in traces if each is not None)
    return changed(change, memories=felt, hidden=between, entries=entries)


def _resented(context: StepContext, params: Params, missed: Floats) -> Floats | None:
    """The impulse for what is missed of each agreement `[R, K, N(giver), N(receiver)]`, None where it is nothing."""
    if not missed.any():
        return None
    impulse = np.zeros(context.world.memories.shape)
    lost = np.swapaxes(total(missed, axis=1), -1, -2)
    impulse[:, context.board.lasting] = snap(-per_replica(params.withheld, 3) * lost)
    return impulse
