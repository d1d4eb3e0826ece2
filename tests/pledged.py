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
    Relation,
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
    "goodwill": {"title": "Goodwill", "breach": Comparison("<", Relation(ACTOR, TARGET), Number(-90.0)), "turns": 4,
                 "verifiable": 1.0, "reliability": 0.41, "gravity": 8.0},
}  # fmt: skip
NO_PACT, GOODWILL = range(2)


def pledged(board, kinds=KINDS, pledges: Mapping[str, str] = {}, secrets: Sequence[str] = ()):
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
    for act, kind in pledges.items():
        given[board.acts.act(act), 0] = list(kinds).index(kind)
    shape, hidden = (1, count, states, states), (1, len(secrets), states, states)
    start = {
        **board.start,
        "pledges": np.zeros(shape, dtype=np.int16),
        "pledged_on": np.full(shape, NEVER, dtype=np.int16),
        "solemnity": np.zeros(shape),
        "private_pledge": np.zeros(shape, dtype=bool),
        "secrecy": np.full(hidden, OPEN, dtype=np.int16),
        "stake": np.zeros(hidden),
    }
    acts = replace(board.acts, pledges=given, secrets=tuple(board.acts.act(act) for act in secrets))
    return replace(board, pledges=table, acts=acts, start=start)


def pledge(board, world, kind, giver, holder, *, turns=FOREVER, pledged_on=1, solemnity=1.0, private_pledge=False):
    """The world with a pledge in force."""
    cell = (slice(None), list(board.pledges.names).index(kind), board.state(giver), board.state(holder))
    values = {"pledges": turns, "pledged_on": pledged_on, "solemnity": solemnity, "private_pledge": private_pledge}
    arrays = {name: getattr(world, name).copy() for name in values}
    for name, value in values.items():
        arrays[name][cell] = value
    return replace(world, **arrays)


def tied(board, world, kind, giver, receiver, turns=FOREVER):
    """The world with an agreement in force."""
    which, i, j = board.agreements.names.index(kind), board.state(giver), board.state(receiver)
    agreements = world.agreements.copy()
    agreements[:, which, i, j] = turns
    if board.agreements.mutual[which]:
        agreements[:, which, j, i] = turns
    return replace(world, agreements=agreements)


def at(board, turn, replicas=1):
    """The world of the start, as turn `turn` is about to be played."""
    return replace(start_world(board, replicas), turn=turn - 1)
