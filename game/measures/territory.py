"""Crises: which of them wait for the choices of their sides."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled, entry
from game.kernel.compiled.workspaces import by_replica
from game.kernel.declare import Booleans
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.submodels.territory import in_crisis as in_crisis_kernel


def in_crisis(board: Board, world: World) -> Booleans:
    """Where a crisis waits for the choices of its sides: short of war, and neither of them is out `[R, D]`."""
    found = np.zeros((world.replicas, len(board.disputes)), dtype=bool)
    for replica, setting, own in by_replica(board, world):
        compiled(_in_crisis)(setting, own, found[replica])
    return found


@entry
def _in_crisis(setting: Setting, world: World, waits: Booleans) -> None:
    """Where a crisis waits for the choices of its sides, written to `waits` [D]."""
    for dispute in range(waits.size):
        waits[dispute] = in_crisis_kernel(setting, world, dispute)
