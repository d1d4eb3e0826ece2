"""Legality read off worlds: which orders may be given, and why one may not."""

from __future__ import annotations

import numpy as np

from game.errors import IllegalOrder, UnaffordableOrder
from game.kernel.compiled import compiled
from game.kernel.compiled.positions import position, positions
from game.kernel.declare import Booleans
from game.kernel.orders import Order
from game.kernel.records import one_world
from game.kernel.refusals import Refusal, TooCostly, message
from game.kernel.world import Board, World
from game.submodels import legality


def permitted(board: Board, world: World) -> Booleans:
    """Which orders are legal now, whatever they cost `[R, N, A, N]`."""
    states = len(board.states)
    found = np.zeros((world.replicas, states, len(board.acts.names), states), dtype=bool)
    for able, at in zip(found, positions(board, world), strict=True):
        place = at.setting, at.world, at.public, at.relation, at.shown, at.turn, at.opened
        compiled(legality.permitted)(*place, able)
    return found


def check_order(order: Order, board: Board, world: World, legal: Booleans | None = None) -> None:
    """Raise IllegalOrder, or its child UnaffordableOrder, when the order may not be given now, with its refusal.

    `legal` is what `permitted` gives, where the caller has it already.
    """
    found = refusal_of(order, board, world, legal)
    if found is not None:
        kind = UnaffordableOrder if isinstance(found, TooCostly) else IllegalOrder
        raise kind(message(order, found, board), found)


def refusal_of(order: Order, board: Board, world: World, legal: Booleans | None = None) -> Refusal | None:
    """Why an order may not be given now in the first replica; None where it may.

    `legal` is what `permitted` gives, where the caller has it already.
    """
    able = None if legal is None else legal[0]
    return legality.refusal(order, board, one_world(world, 0), position(board, world), able)
