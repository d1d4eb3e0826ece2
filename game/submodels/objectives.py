"""goals: what each state has achieved; points are held while the goal's condition holds.

War is no prize: its parties share a loss of `WAR_LOSS` points, or of all that their goals could bring where that is
more, so that no state at war ever holds any. Not a phase: goals change nothing, they are read.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import filled
from game.kernel.compiled import entry, kernel
from game.kernel.conditions import names_crises
from game.kernel.declare import Booleans, Floats
from game.kernel.events import Objective
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import Board, World, relations
from game.submodels.evaluation import Sight, condition_holds, holds, rungs_known
from game.submodels.information import known_rungs, whole

WAR_LOSS = 100.0
"""The points that a war costs each of its parties, at the least."""


def objectives_met(board: Board, world: World) -> Booleans:
    """Which goals hold now `[R, goals]`, in the board's order; of queries, those that their state knows of."""
    sight = Sight(board, whole(board, world), relations(board, world))
    columns = [holds(objective.condition, _sight(sight, objective)) for objective in board.objectives]
    return np.stack(columns, axis=1) if columns else np.zeros((world.replicas, 0), dtype=bool)


def _sight(sight: Sight, objective: Objective) -> Sight:
    """What a goal looks at: a query in which its state has no part is none to it."""
    if not names_crises(objective.condition):
        return sight
    known = known_rungs(sight.board, sight.world, objective.state)
    return sight if known is sight.world.rung else replace(sight, world=changed(sight.world, rung=known))


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
    points = np.zeros((world.replicas, len(board.states)))
    met = objectives_met(board, world)
    for index, objective in enumerate(board.objectives):
        points[:, objective.state] += np.where(met[:, index], objective.points, 0.0)
    return np.where(world.out, points - _shared_loss(board), points)


def _shared_loss(board: Board) -> Floats:
    """What a war takes from each of its parties `[N]`."""
    attainable = np.zeros(len(board.states))
    for objective in board.objectives:
        attainable[objective.state] += max(objective.points, 0.0)
    return np.maximum(attainable, WAR_LOSS)


# ---- kernels


@entry
def k_objectives_met(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, met: Booleans
) -> None:
    """Which objectives hold now, written to `met` [objectives]; of queries, those that their state knows of."""
    programs, rung = setting.programs, np.zeros_like(world.rung)
    for place in range(met.size):
        rungs_known(setting, world, programs.owner[place], rung)
        met[place] = condition_holds(
            setting, world, public, relation, world.concealed, rung, turn, opened, NONE, programs.objective[place], 0, 0
        )


@entry
def k_objective_points(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, points: Floats
) -> None:
    """The points each state holds, written to `points` [N]."""
    programs = setting.programs
    met = np.zeros(programs.objective.size, dtype=np.bool_)
    k_objectives_met(setting, world, public, relation, turn, opened, met)
    filled(points, 0.0)
    for place in range(met.size):
        if met[place]:
            points[programs.owner[place]] += programs.points[place]
    for state in range(points.size):
        if world.out[state]:
            points[state] -= _k_shared_loss(setting, state)


@kernel
def _k_shared_loss(setting: Setting, state: int) -> float:
    """What a war takes from one of its parties."""
    attainable = 0.0
    for place in range(setting.programs.points.size):
        if setting.programs.owner[place] == state:
            attainable += max(setting.programs.points[place], 0.0)
    return max(attainable, WAR_LOSS)
