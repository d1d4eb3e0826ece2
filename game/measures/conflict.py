"""Contest: who would win if two states came to blows, and who is bound to fight for whom."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled, entry
from game.kernel.compiled.positions import positions
from game.kernel.compiled.workspaces import by_replica
from game.kernel.declare import Floats
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.submodels.conflict import chance, guarantee
from game.submodels.evaluation import power


def chances(board: Board, world: World) -> Floats:
    """How likely i beats j, by what is true, known or not `[R, N, N]`."""
    found = np.zeros((world.replicas, len(board.states), len(board.states)))
    for replica, at in enumerate(positions(board, world)):
        compiled(_chances)(at.setting, at.world, at.relation, found[replica])
    return found


def guarantees(board: Board, world: World) -> Floats:
    """How far i is bound to fight for j `[R, N, N]`; nobody does who is at war already, or for itself."""
    found = np.zeros((world.replicas, len(board.states), len(board.states)))
    for replica, setting, own in by_replica(board, world):
        compiled(_guarantees)(setting, own, found[replica])
    return found


def powers(board: Board, world: World) -> Floats:
    """Each state's power as its attributes show it `[R, N]`."""
    found = np.zeros((world.replicas, len(board.states)))
    for replica, setting, own in by_replica(board, world):
        compiled(_powers)(setting, own, found[replica])
    return found


@entry
def _chances(setting: Setting, world: World, relation: Floats, likelihood: Floats) -> None:
    """How likely i beats j, written to `chance` [N, N], of how i regards j `[N, N]`."""
    for i in range(likelihood.shape[0]):
        for j in range(likelihood.shape[1]):
            likelihood[i, j] = chance(setting, world, relation, i, j)


@entry
def _guarantees(setting: Setting, world: World, bound: Floats) -> None:
    """How far i is bound to fight for j, written to `bound` [N, N]."""
    for i in range(bound.shape[0]):
        for j in range(bound.shape[1]):
            bound[i, j] = guarantee(setting, world, i, j)


@entry
def _powers(setting: Setting, world: World, found: Floats) -> None:
    """Each state's power, written to `found` [N]."""
    for state in range(found.size):
        found[state] = power(setting, world, state)
