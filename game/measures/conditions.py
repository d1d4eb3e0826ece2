"""Conditions and terms of any kind, asked of worlds from outside: of these the boards need not have any themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import Position, positions
from game.kernel.compiled.workspaces import setting_for
from game.kernel.conditions import Condition, Term
from game.kernel.declare import Booleans, Floats
from game.kernel.programs import programs_of
from game.kernel.records import changed
from game.kernel.world import Board, World
from game.submodels import evaluation


def holds(condition: Condition, board: Board, world: World) -> Booleans:
    """Where a condition without roles holds `[R]`."""
    found = [
        compiled(evaluation.holds)(
            setting, at.world, at.public, at.relation, at.turn, at.opened, NONE, place, NONE, NONE
        )
        for setting, place, at in _asked(condition, board, world)
    ]
    return np.array(found, dtype=bool)


def value(term: Term, board: Board, world: World) -> Floats:
    """What a term without roles comes to `[R]`."""
    found = [
        compiled(evaluation.value)(setting, at.world, at.public, at.relation, at.turn, at.opened, place, NONE, NONE)
        for setting, place, at in _asked(term, board, world)
    ]
    return np.array(found, dtype=np.float64)


def _asked(asked: Condition | Term, board: Board, world: World) -> Iterator[tuple[Any, int, Position]]:
    """The setting of each replica with the program of what is asked, its place, and the replica's position."""
    programs = programs_of(board, (asked,))
    settings = [packed(changed(setting_for(board, replica), programs=programs)) for replica in range(board.drawn)]
    for replica, at in enumerate(positions(board, world)):
        yield settings[replica if board.drawn > 1 else 0], int(programs.asked[0]), at
