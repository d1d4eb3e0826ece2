"""goals: what each state has achieved; points are held while the goal's condition holds.

Not a phase: goals change nothing, they are read.
"""

from __future__ import annotations

import numpy as np

from game.declare import Booleans, Floats
from game.predicate import Sight, holds
from game.world import Board, World, relations


def goals_met(board: Board, world: World) -> Booleans:
    """Which goals hold now `[R, goals]`, in the board's order."""
    sight = Sight(board, world, relations(board, world))
    columns = [holds(goal.condition, sight) for goal in board.goals]
    return np.stack(columns, axis=1) if columns else np.zeros((world.replicas, 0), dtype=bool)


def goal_points(board: Board, world: World) -> Floats:
    """The points each state holds `[R, N]`.

    >>> from game.testing import triad
    >>> from game.world import start_world
    >>> wish = "objectives: {arda: {public: [{goal: borea -> arda >= 50, points: 30, label: A friend}]}}"
    >>> board = triad(objectives=wish).board
    >>> goal_points(board, start_world(board)).tolist()
    [[30.0, 0.0, 0.0]]
    """
    points = np.zeros((world.replicas, len(board.states)))
    met = goals_met(board, world)
    for index, goal in enumerate(board.goals):
        points[:, goal.state] += np.where(met[:, index], goal.points, 0.0)
    return points
