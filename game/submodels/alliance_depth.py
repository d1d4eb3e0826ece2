"""Depth: how much two states really share, apart from what they declare, 0 to 100.

Four parts of 25 points each:

    agreements  25 (c + w) / 2     c the greatest commitment in force between them, w what their agreements add to how
                                   they regard each other, the mean of both ways over 20, 0 to 1
    deliveries  25 v / (1 + v)     v the volume of what is delivered, either way
    access      25 min(1, a / 2)   a what their agreements open of soil and sky, and promise of defence, kinds summed
    relation    25 max(0, x)       x the mean of how the two regard each other, over 100
"""

from __future__ import annotations

from game.kernel.compiled import kernel
from game.kernel.numerics import clipped, on_coarse_grid, on_grid
from game.kernel.relations import counts, unclipped_regard
from game.kernel.setting import Setting
from game.kernel.world import World

PARTS = ("agreements", "deliveries", "access", "relation")
FULL = 25.0
"""The points of each part."""

WORTH = 20.0
"""What agreements add to regard where they count in full, in points of relation."""


@kernel
def depth(setting: Setting, known: World, i: int, j: int) -> float:
    """How much two states share, 0 to 100, in a world as it shows or as it is."""
    agreements, deliveries, access, relation = parts_of_depth(setting, known, i, j)
    return agreements + deliveries + access + relation


@kernel
def parts_of_depth(setting: Setting, known: World, i: int, j: int) -> tuple[float, float, float, float]:
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
def has_open_pact(setting: Setting, public: World, i: int, j: int) -> bool:
    """Whether a pact to defend one another, or one the other, stands openly between two states."""
    for kind in range(setting.agreements.guarantee.size):
        binding = counts(public, kind, i, j) or counts(public, kind, j, i)
        if binding and setting.agreements.guarantee[kind] > 0.0:
            return True
    return False
