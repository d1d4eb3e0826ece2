"""What states are about with each other as a scenario begins, and what their objectives want of one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap
from game.kernel.world import Board
from game.measures.posture import opening_posture
from game.policies.reasoner.objective_gradients import wants
from game.rules.posture import Params


def with_posture(board: Board, params: Params) -> Board:
    """The board with what objectives want, and a first world in which each state is about what suits it."""
    wanting = replace(board, interests=interests(board))
    return replace(wanting, start={**board.start, "posture": opening_posture(wanting, params)})


def interests(board: Board) -> Floats:
    """What the objectives of i want of j `[2, N, N]`, -1 to 1: that they draw closer or j grows; that others keep off.

    A point of a hundred counts for a hundredth, however near it is to being won: an interest outlasts its success.
    """
    states = len(board.states)
    result = np.zeros((2, states, states))
    for want in wants(board):
        pull = want.sign * want.weight
        for first, second, coefficient in want.relation:
            if want.state in (first, second):
                result[0, want.state, second if want.state == first else first] += pull * coefficient
            else:
                result[1, want.state, second] -= pull * coefficient
        for owner, _, coefficient in want.attributes:
            result[0, want.state, owner] += pull * coefficient
    own = np.arange(states)
    result[:, own, own] = 0.0
    return snap(np.clip(snap(result), -1.0, 1.0), COARSE)
