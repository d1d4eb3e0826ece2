"""Boards with kinds of pledge of a test's own, and worlds in which some are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from game.kernel.conditions import (
    ACTOR,
    TARGET,
    Comparison,
    Number,
    Pact,
    Regard,
)
from game.kernel.numerics import COARSE, snap
from game.kernel.world import (
    FOREVER,
    NEVER,
    OPEN,
    PledgeKinds,
    start_world,
)

KINDS = {
    "no_pact": {"title": "No pact with Cestia", "breach": Pact(ACTOR, "cestia"), "turns": 12, "verifiable": 0.5,
                "reliability": 0.74, "gravity": 12.0},
    "goodwill": {"title": "Goodwill", "breach": Comparison("<", Regard(ACTOR, TARGET), Number(-90.0)), "turns": 4,
                 "verifiable": 1.0, "reliability": 0.41, "gravity": 8.0},
}  # fmt: skip
NO_PACT, GOODWILL = range(2)


def pledged(board, kinds=KINDS, vows: Mapping[str, str] = {}, secrets: Sequence[str] = ()):
    """The board with these kinds of pledge; `vows` are acts by which the actor gives one, `secrets` may be secret."""
    states, count = len(board.states), len(kinds)

    def column(name, dtype=float):
        return np.array([each[name] for each in kinds.values()], dtype=dtype)

    table = PledgeKinds(
        names=tuple(kinds),
        titles=tuple(column("title", object)),
        breach=tuple(column("breach", object)),
        turns=column("turns", np.int16),
        verifiable=snap(column("verifiable"), COARSE),
        reliability=snap(column("reliability"), COARSE),
        gravity=column("gravity"),
        shelters=np.zeros(count),
    )
    given = np.full((len(board.acts.names), 2), -1, dtype=np.int16)
    for act, kind in vows.items():
        given[board.acts.act(act), 0] = list(kinds).index(kind)
    shape, hidden = (1, count, states, states), (1, len(secrets), states, states)
    start = {
        **board.start,
        "pledges": np.zeros(shape, dtype=np.int16),
        "vowed": np.full(shape, NEVER, dtype=np.int16),
        "solemnity": np.zeros(shape),
        "confided": np.zeros(shape, dtype=bool),
        "secrecy": np.full(hidden, OPEN, dtype=np.int16),
        "stake": np.zeros(hidden),
    }
    acts = replace(board.acts, vows=given, secrets=tuple(board.acts.act(act) for act in secrets))
    return replace(board, pledges=table, acts=acts, start=start)


def promise(board, world, kind, giver, holder, *, turns=FOREVER, vowed=1, solemnity=1.0, confided=False):
    """The world with a pledge in force."""
    cell = (slice(None), list(board.pledges.names).index(kind), board.state(giver), board.state(holder))
    values = {"pledges": turns, "vowed": vowed, "solemnity": solemnity, "confided": confided}
    arrays = {name: getattr(world, name).copy() for name in values}
    for name, value in values.items():
        arrays[name][cell] = value
    return replace(world, **arrays)


def tied(board, world, kind, giver, receiver, turns=FOREVER):
    """The world with an agreement in force."""
    which, i, j = board.ties.names.index(kind), board.state(giver), board.state(receiver)
    ties = world.ties.copy()
    ties[:, which, i, j] = turns
    if board.ties.mutual[which]:
        ties[:, which, j, i] = turns
    return replace(world, ties=ties)


def at(board, turn, replicas=1):
    """The world of the start, as turn `turn` is about to be played."""
    return replace(start_world(board, replicas), turn=turn - 1)
