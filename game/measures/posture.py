"""Postures read off worlds: what speaks for each, and how states begin."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np

from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import positions
from game.kernel.declare import Floats, Shorts, of_replica
from game.kernel.setting import setting_like, setting_of
from game.kernel.world import POSTURES, Board, World
from game.rules import posture


def posture_terms(board: Board, world: World, params: posture.Params) -> Floats:
    """What speaks for a posture of i towards j, for what i may know `[R, M, N, N]`, in the order of TERMS."""
    found = np.zeros((world.replicas, len(posture.TERMS), len(board.states), len(board.states)))
    for replica, at in enumerate(positions(board, world)):
        weight = of_replica(params, replica).objectives
        compiled(posture.posture_terms)(at.setting, at.world, at.relation, weight, found[replica])
    return found


def posture_scores(board: Board, world: World, params: posture.Params) -> Floats:
    """The score of each posture of i towards j, for what i may know `[R, 5, N, N]`."""
    found = np.zeros((world.replicas, len(POSTURES), len(board.states), len(board.states)))
    for replica, at in enumerate(positions(board, world)):
        weight = of_replica(params, replica).objectives
        compiled(posture.posture_scores)(at.setting, at.world, at.relation, weight, found[replica])
    return found


def opening_posture(board: Board, params: posture.Params) -> Shorts:
    """What each state is about with each other before the first turn `[1 or R, N, N]`."""
    given = (board.opening, *board.start.values(), *(np.atleast_1d(value) for value in astuple(params)))
    found = np.zeros((max(len(each) for each in given), len(board.states), len(board.states)), dtype=np.int16)
    first = setting_of(board)
    for replica, result in enumerate(found):
        setting, numbers = setting_like(first, board, replica, at_the_start=True), packed(of_replica(params, replica))
        compiled(posture.opening_posture)(packed(setting), numbers, result)
    return found
