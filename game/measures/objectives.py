"""Objectives read off worlds: which hold, and the points that states have by them."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled
from game.kernel.compiled.positions import positions
from game.kernel.declare import Booleans, Floats
from game.kernel.world import Board, World
from game.submodels import objectives


def objectives_met(board: Board, world: World) -> Booleans:
    """Which objectives hold now `[R, objectives]`, in the board's order; of queries, those their state knows of."""
    found = np.zeros((world.replicas, len(board.objectives)), dtype=bool)
    for met, at in zip(found, positions(board, world), strict=True):
        compiled(objectives.objectives_met)(at.setting, at.world, at.public, at.relation, at.turn, at.opened, met)
    return found


def objective_points(board: Board, world: World) -> Floats:
    """The points each state holds `[R, N]`.

    >>> from game.testing import triad
    >>> from game.kernel.world import start_world
    >>> wish = "objectives: {arda: {public: [{when: borea -> arda >= 50, points: 30, label: A friend}]}}"
    >>> board = triad(objectives=wish).board
    >>> objective_points(board, start_world(board)).tolist()
    [[30.0, 0.0, 0.0]]
    >>> from dataclasses import replace
    >>> at_war = replace(start_world(board), out=start_world(board).out | [True, False, False])
    >>> objective_points(board, at_war).tolist()
    [[-70.0, 0.0, 0.0]]
    """
    found = np.zeros((world.replicas, len(board.states)))
    for points, at in zip(found, positions(board, world), strict=True):
        compiled(objectives.objective_points)(at.setting, at.world, at.public, at.relation, at.turn, at.opened, points)
    return found
