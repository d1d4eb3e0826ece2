"""Crises read off worlds: what the choices of their sides would come to, by the rule itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.kernel.changes import RUNG
from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import positions
from game.kernel.compiled.workspaces import workspace
from game.kernel.declare import Booleans, Floats, Shorts, of_replica
from game.kernel.draws import Draws
from game.kernel.numerics import total
from game.kernel.orders import Orders
from game.kernel.world import Board, World
from game.rules import crises
from game.turn import begin, gather, settle


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the choices of a turn in crises change by themselves."""

    relation: Floats  # [N, N]
    capital: Floats  # [N]
    tension: Floats  # [D]
    rung: Shorts  # [D, 2] afterwards


def mediation(board: Board, world: World) -> Booleans:
    """Where a third state that is at peace mediates for either side `[R, D]`."""
    return np.array(
        [
            [compiled(crises.mediated)(at.setting, at.world, place) for place in range(len(board.disputes))]
            for at in positions(board, world)
        ],
        dtype=bool,
    ).reshape(world.replicas, len(board.disputes))


def consequences(board: Board, world: World, orders: Orders, params: crises.Params, draws: Draws) -> Consequences:
    """What orders would come to in the crises of a batch's first world, if no accident happened."""
    with workspace(board, 0) as work:
        work.load(world, 0, int(draws.seeds[0]))
        work.order(orders, np.zeros(orders.act.shape, dtype=bool), 0)
        compiled(begin)(work.packed, world.turn + 1)
        compiled(gather)(work.packed)
        compiled(crises.crises)(work.packed, packed(of_replica(replace(params, accident=0.0), 0)))
        changes, present = work.step.changes, work.step.world
        made = changes.world
        rung = made.rung if changes.set[RUNG] else present.rung
        found = Consequences(total(made.memories, axis=0), made.capital.copy(), made.tension.copy(), rung.copy())
        compiled(settle)(work.packed)  # a workspace is given back with no changes left in it
    return found
