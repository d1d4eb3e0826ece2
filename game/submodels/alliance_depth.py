"""Depth: how much two states really share, apart from what they declare, 0 to 100.

Four parts of 25 points each:

    ties        25 (c + w) / 2     c the greatest commitment in force between them, w what their agreements add to how
                                   they regard each other, the mean of both ways over 20, 0 to 1
    deliveries  25 v / (1 + v)     v the volume of what is delivered, either way
    access      25 min(1, a / 2)   a what their agreements open of soil and sky, and promise of defence, kinds summed
    relation    25 max(0, x)       x the mean of how the two regard each other, over 100
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats
from game.kernel.numerics import (
    COARSE,
    clipped,
    contraction,
    on_coarse_grid,
    on_grid,
    snap,
    total,
)
from game.kernel.relations import agreed_worth, counts, unclipped_regard
from game.kernel.setting import Setting
from game.kernel.world import (
    Board,
    World,
    agreement_worth,
    in_force,
    relations,
    strongest,
)
from game.submodels.information import open_world

PARTS = ("agreements", "deliveries", "access", "relation")
FULL = 25.0
"""The points of each part."""

WORTH = 20.0
"""What agreements add to regard where they count in full, in points of relation."""


def depth(board: Board, world: World, *, secrets: bool = False) -> Floats:
    """How much i and j share `[R, N, N]`, 0 to 100, as it shows or, with `secrets`, as it is."""
    parts = depth_parts(board, world, secrets=secrets)
    return parts["agreements"] + parts["deliveries"] + parts["access"] + parts["relation"]


def depth_parts(board: Board, world: World, *, secrets: bool = False) -> Mapping[str, Floats]:
    """The four parts of depth, each symmetric `[R, N, N]`, 0 to 25; they sum to it exactly."""
    known = world if secrets else open_world(board, world)
    force = in_force(known)
    either = force | np.swapaxes(force, -1, -2)
    worth = agreement_worth(board, force)
    others = 1.0 - np.eye(len(board.states))
    relation = _mean_of_both(relations(board, known, worth)) / 100.0
    parts = {
        "agreements": (_commitment(board, either) + np.clip(_mean_of_both(worth) / WORTH, 0.0, 1.0)) / 2.0,
        "deliveries": _deliveries(board, known, force),
        "access": np.minimum(_opened(board, either) / 2.0, 1.0),
        "relation": np.maximum(relation, 0.0),
    }
    return {name: snap(FULL * snap(part, COARSE) * others) for name, part in parts.items()}


def declared(board: Board, world: World) -> Booleans:
    """Whether a pact to defend one another, or one the other, stands openly between i and j `[R, N, N]`."""
    force = in_force(open_world(board, world))
    binding = (board.agreements.guarantee[:, None, None] > 0.0) & force
    pledged = binding.any(axis=1)
    return np.asarray(pledged | np.swapaxes(pledged, -1, -2))


def _mean_of_both(pairs: Floats) -> Floats:
    return np.asarray((pairs + np.swapaxes(pairs, -1, -2)) / 2.0)


def _commitment(board: Board, either: Booleans) -> Floats:
    """The greatest commitment in force between two states `[R, N, N]`."""
    return strongest(either, board.agreements.commitment)


def _deliveries(board: Board, world: World, force: Booleans) -> Floats:
    """The volume delivered either way, 1 at half of the scale `[R, N, N]`."""
    delivered = np.asarray(board.agreements.delivers.any(axis=(0, 2)))
    volume = np.where(force & delivered[:, None, None], snap(world.volume, COARSE), 0.0)
    sent = total(volume, axis=1)
    both = sent + np.swapaxes(sent, -1, -2)
    return np.asarray(both / (1.0 + both))


def _opened(board: Board, either: Booleans) -> Floats:
    """What the agreements in force open and promise between two states, kinds summed `[R, N, N]`."""
    given = snap(board.agreements.intrusion + board.agreements.guarantee, COARSE)
    return contraction("k,rkij->rij", given, either.astype(np.float64))


# ---- kernels


@kernel
def k_depth(setting: Setting, known: World, i: int, j: int) -> float:
    """How much two states share, 0 to 100, in a world as it shows or as it is."""
    if i == j:
        return 0.0
    agreements, deliveries = k_depth_of_agreements(setting, known, i, j), k_depth_of_deliveries(setting, known, i, j)
    return agreements + deliveries + k_depth_of_access(setting, known, i, j) + k_depth_of_relation(setting, known, i, j)


@kernel
def k_declared(setting: Setting, public: World, i: int, j: int) -> bool:
    """Whether a pact to defend one another, or one the other, stands openly between two states."""
    for kind in range(setting.agreements.guarantee.size):
        binding = counts(public, kind, i, j) or counts(public, kind, j, i)
        if binding and setting.agreements.guarantee[kind] > 0.0:
            return True
    return False


@kernel
def k_depth_of_agreements(setting: Setting, known: World, i: int, j: int) -> float:
    """The part of depth that agreements make, 0 to 25: the greatest commitment, and what they add to regard."""
    commitment = 0.0
    for kind in range(setting.agreements.commitment.size):
        if counts(known, kind, i, j) or counts(known, kind, j, i):
            commitment = max(commitment, setting.agreements.commitment[kind])
    worth = (agreed_worth(setting, known, i, j) + agreed_worth(setting, known, j, i)) / 2.0
    return _part((commitment + clipped(worth / WORTH, 0.0, 1.0)) / 2.0)


@kernel
def k_depth_of_deliveries(setting: Setting, known: World, i: int, j: int) -> float:
    """The part of depth that deliveries make, either way, 0 to 25."""
    volume = 0.0
    for kind in range(known.volume.shape[0]):
        if _delivers(setting, kind):
            if counts(known, kind, i, j):
                volume += on_coarse_grid(known.volume[kind, i, j])
            if counts(known, kind, j, i):
                volume += on_coarse_grid(known.volume[kind, j, i])
    return _part(volume / (1.0 + volume))


@kernel
def k_depth_of_access(setting: Setting, known: World, i: int, j: int) -> float:
    """The part of depth that is soil and sky opened, and defence promised, 0 to 25."""
    kinds = setting.agreements
    given = 0.0
    for kind in range(kinds.intrusion.size):
        if counts(known, kind, i, j) or counts(known, kind, j, i):
            given += on_coarse_grid(kinds.intrusion[kind] + kinds.guarantee[kind])
    return _part(min(given / 2.0, 1.0))


@kernel
def k_depth_of_relation(setting: Setting, known: World, i: int, j: int) -> float:
    """The part of depth that is how the two regard each other, 0 to 25."""
    there = clipped(unclipped_regard(setting, known, i, j), -100.0, 100.0)
    back = clipped(unclipped_regard(setting, known, j, i), -100.0, 100.0)
    return _part(max((there + back) / 2.0 / 100.0, 0.0))


@kernel
def _part(share: float) -> float:
    """The points of a part of depth, of how far it is had in full."""
    return on_grid(FULL * on_coarse_grid(share))


@kernel
def _delivers(setting: Setting, kind: int) -> bool:
    """Whether an agreement brings the receiver anything from turn to turn."""
    for attribute in range(setting.agreements.delivers.shape[1]):
        if setting.agreements.delivers[kind, attribute] != 0.0:
            return True
    return False
