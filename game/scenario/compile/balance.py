"""What structural balance measures a run against: the triads of the opening, and the rate at which it tips."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel import world
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap
from game.kernel.world import Board
from game.measures.balance import triads


def with_balance(board: Board) -> Board:
    """The board with the triads of its opening `[1 or R, N, N]` and its critical rate `[1 or R]`."""
    shares = snap(board.opening / 100.0, COARSE)
    return replace(board, opening_pull=triads(shares), critical_rate=_critical_rate(shares, board.memories))


def _critical_rate(shares: Floats, memories: world.Memories) -> Floats:
    """beta / (2 lambda0): the balance rate of coupling 1, to 9 digits since eigenvalue routines differ in the last."""
    symmetric = (shares + np.swapaxes(shares, -1, -2)) / 2.0
    leading = np.linalg.eigvalsh(symmetric)[:, -1]
    lost = 1.0 - float(memories.factors[memories.names.index("memory")])
    rates = [float(f"{lost / (2.0 * value):.9g}") if value > 1e-6 else 0.0 for value in leading.tolist()]
    return np.array(rates)
