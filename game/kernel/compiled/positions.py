"""Positions: the worlds of a batch one by one, as kernels take them, with what follows from each.

For views and analyses, which look at a batch of worlds from outside. What is worked out of a world is kept for as long
as the batch lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import finalize

import numpy as np

from game.kernel.compiled import compiled, packed, until_renewed
from game.kernel.compiled.workspaces import packed_setting
from game.kernel.declare import Floats
from game.kernel.known import gradings, mask
from game.kernel.records import one_world
from game.kernel.relations import regards
from game.kernel.step import public_of
from game.kernel.world import Board, World


@dataclass(frozen=True, slots=True)
class Position:
    """One world of a batch: setting, world and what everybody may know of it are packed.

    `public` is `world` itself, and `shown` [N, N] is `relation` [N, N], where nothing is secret.
    """

    setting: Any
    world: Any
    public: Any
    relation: Floats
    shown: Floats
    graded: Floats  # [G, N, N]
    turn: int  # turns played
    opened: bool
    over: bool


_KNOWN: dict[int, dict[tuple[int, int], Position]] = {}
"""The positions of boards that are still there, by the board's identity, then by the world's and the replica."""


@until_renewed
def _forget() -> None:
    for known in _KNOWN.values():
        known.clear()


def positions(board: Board, world: World) -> Iterator[Position]:
    """The position of each replica."""
    return (position(board, world, replica) for replica in range(world.replicas))


def position(board: Board, world: World, replica: int = 0) -> Position:
    """The position of one replica."""
    known = _KNOWN.get(id(board))
    if known is None:
        _KNOWN[id(board)] = known = {}
        finalize(board, _KNOWN.pop, id(board), None)
    key = id(world), replica
    found = known.get(key)
    if found is None:
        known[key] = found = position_of(board, one_world(world, replica), replica)
        finalize(world, known.pop, key, None)
    return found


def position_of(board: Board, world: World, replica: int = 0) -> Position:
    """The position of a world without an axis for replicas, the numbers of the board being those of a replica."""
    states = len(board.states)
    setting, whole, public = packed_setting(board, replica), packed(world), packed(public_of(world))
    relation, shown = np.zeros((states, states)), np.zeros((states, states))
    compiled(regards)(setting, whole, relation)
    if compiled(mask)(setting, whole, public):
        compiled(regards)(setting, public, shown)
    else:
        public, shown = whole, relation
    graded = np.zeros((4 + len(board.acts.named), states, states))
    compiled(gradings)(setting, shown, graded)
    return Position(setting, whole, public, relation, shown, graded, world.turn, world.opened, bool(world.over[0] >= 0))
