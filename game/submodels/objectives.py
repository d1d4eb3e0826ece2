"""Objectives: what each state has achieved; points are held while the objective's condition holds.

War is no prize: its parties share a loss of `WAR_LOSS` points, or of all that their objectives could bring where
that is more, so that no state at war ever holds any. No rule: objectives change nothing, they are read.
"""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import filled
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Booleans, Floats
from game.kernel.setting import Setting
from game.kernel.world import World
from game.submodels.evaluation import condition_holds
from game.submodels.information import known_rungs

WAR_LOSS = 100.0
"""The points that a war costs each of its parties, at the least."""


@entry
def objectives_met(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, met: Booleans
) -> None:
    """Which objectives hold now, written to `met` [objectives]; of queries, those that their state knows of."""
    programs, rung = setting.programs, np.zeros_like(world.rung)
    for place in range(met.size):
        known_rungs(setting, world, programs.owner[place], rung)
        met[place] = condition_holds(
            setting, world, public, relation, world.concealed, rung, turn, opened, NONE, programs.objective[place], 0, 0
        )


@entry
def objective_points(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, points: Floats
) -> None:
    """The points each state holds, written to `points` [N]."""
    programs = setting.programs
    met = np.zeros(programs.objective.size, dtype=np.bool_)
    objectives_met(setting, world, public, relation, turn, opened, met)
    filled(points, 0.0)
    for place in range(met.size):
        if met[place]:
            points[programs.owner[place]] += programs.points[place]
    for state in range(points.size):
        if world.out[state]:
            points[state] -= _shared_loss(setting, state)


@kernel
def _shared_loss(setting: Setting, state: int) -> float:
    """What a war takes from one of its parties."""
    attainable = 0.0
    for place in range(setting.programs.points.size):
        if setting.programs.owner[place] == state:
            attainable += max(setting.programs.points[place], 0.0)
    return max(attainable, WAR_LOSS)
