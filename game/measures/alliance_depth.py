"""Depth read off worlds: how much states really share, and what they declare."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from game.kernel.compiled import compiled, entry
from game.kernel.compiled.positions import positions
from game.kernel.declare import Booleans, Floats
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.submodels.alliance_depth import PARTS, has_open_pact, parts_of_depth


def depth(board: Board, world: World, *, secrets: bool = False) -> Floats:
    """How much i and j share `[R, N, N]`, 0 to 100, as it shows or, with `secrets`, as it is."""
    agreements, deliveries, access, relation = depth_parts(board, world, secrets=secrets).values()
    return np.asarray(agreements + deliveries + access + relation)


def depth_parts(board: Board, world: World, *, secrets: bool = False) -> Mapping[str, Floats]:
    """The four parts of depth, each symmetric `[R, N, N]`, 0 to 25; they sum to it exactly."""
    found = np.zeros((world.replicas, len(PARTS), len(board.states), len(board.states)))
    for parts, at in zip(found, positions(board, world), strict=True):
        compiled(_depths)(at.setting, at.world if secrets else at.public, parts)
    return {name: found[:, place] for place, name in enumerate(PARTS)}


def declared(board: Board, world: World) -> Booleans:
    """Whether a pact to defend one another, or one the other, stands openly between i and j `[R, N, N]`."""
    found = np.zeros((world.replicas, len(board.states), len(board.states)), dtype=bool)
    for pacts, at in zip(found, positions(board, world), strict=True):
        compiled(_pacts)(at.setting, at.public, pacts)
    return found


@entry
def _depths(setting: Setting, known: World, parts: Floats) -> None:
    """The parts of depth of every two states, written to `parts` [4, N, N]."""
    for i in range(parts.shape[1]):
        for j in range(parts.shape[2]):
            parts[0, i, j], parts[1, i, j], parts[2, i, j], parts[3, i, j] = parts_of_depth(setting, known, i, j)


@entry
def _pacts(setting: Setting, public: World, pacts: Booleans) -> None:
    """Where a pact of defence stands openly, written to `pacts` [N, N]."""
    for i in range(pacts.shape[0]):
        for j in range(pacts.shape[1]):
            pacts[i, j] = has_open_pact(setting, public, i, j)
