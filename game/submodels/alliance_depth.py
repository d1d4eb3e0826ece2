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
from game.kernel.relations import counts, unclipped_regard
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
    agreements, deliveries, access, relation = k_depth_parts(setting, known, i, j)
    return agreements + deliveries + access + relation


@kernel
def k_depth_parts(setting: Setting, known: World, i: int, j: int) -> tuple[float, float, float, float]:
    """The parts of depth that agreements, deliveries, access and regard make, 0 to 25 each; they sum to it exactly."""
    if i == j:
        return 0.0, 0.0, 0.0, 0.0
    kinds = setting.agreements
    commitment, worth, volume, opened = 0.0, 0.0, 0.0, 0.0
    for kind in range(kinds.giver.size):
        given, taken = counts(known, kind, i, j), counts(known, kind, j, i)
        if given or taken:
            commitment = max(commitment, kinds.commitment[kind])
            opened += on_coarse_grid(kinds.intrusion[kind] + kinds.guarantee[kind])
            worth += (kinds.giver[kind] + kinds.receiver[kind]) * (2.0 if given and taken else 1.0)
            volume += _delivered(setting, known, kind, i, j, given, taken)
    there, back = unclipped_regard(setting, known, i, j), unclipped_regard(setting, known, j, i)
    regard = (clipped(there, -100.0, 100.0) + clipped(back, -100.0, 100.0)) / 2.0
    return (
        _part((commitment + clipped(worth / 2.0 / WORTH, 0.0, 1.0)) / 2.0),
        _part(volume / (1.0 + volume)),
        _part(min(opened / 2.0, 1.0)),
        _part(max(regard / 100.0, 0.0)),
    )


@kernel
def _delivered(setting: Setting, known: World, kind: int, i: int, j: int, given: bool, taken: bool) -> float:
    """The volume of what an agreement delivers between two states, either way."""
    delivers = setting.agreements.delivers
    anything = False
    for attribute in range(delivers.shape[1]):
        anything = anything or delivers[kind, attribute] != 0.0
    if not anything:
        return 0.0
    sent = on_coarse_grid(known.volume[kind, i, j]) if given else 0.0
    return sent + on_coarse_grid(known.volume[kind, j, i]) if taken else sent


@kernel
def _part(share: float) -> float:
    """The points of a part of depth, of how far it is had in full."""
    return on_grid(FULL * on_coarse_grid(share))


@kernel
def k_declared(setting: Setting, public: World, i: int, j: int) -> bool:
    """Whether a pact to defend one another, or one the other, stands openly between two states."""
    for kind in range(setting.agreements.guarantee.size):
        binding = counts(public, kind, i, j) or counts(public, kind, j, i)
        if binding and setting.agreements.guarantee[kind] > 0.0:
            return True
    return False
