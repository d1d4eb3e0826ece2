"""Suspicion read off a board: what suspicions rest on as a scenario begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.compiled import compiled, packed
from game.kernel.setting import CLOSE, KNOWN, MENACE, SHELTERED, setting_like, setting_of
from game.kernel.world import Board, Grounds
from game.rules import suspicion


def wary(board: Board) -> Board:
    """The board with what suspicions rest on at the start."""
    replicas = max(np.shape(given)[0] for given in (board.opening, *board.start.values()))
    opening = np.broadcast_to(board.opening, (replicas, *board.opening.shape[1:]))
    grounds = np.zeros((4, *opening.shape))
    first = setting_of(board)
    for replica, relation in enumerate(np.ascontiguousarray(opening)):
        setting, found = setting_like(first, board, replica, at_the_start=True), np.zeros((4, *relation.shape))
        compiled(suspicion.grounds)(packed(setting), packed(setting.start), relation, found)
        grounds[:, replica] = found
    return replace(board, wariness=Grounds(grounds[MENACE], grounds[KNOWN], grounds[CLOSE], grounds[SHELTERED]))
