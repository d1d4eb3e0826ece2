"""Hearing: who takes note of a deed, and how much they make of it.

- What is secret or said in private is for the two alone: onlookers, tension and third states learn nothing of it.
- What is said in a third capital counts `abroad` times there, and its host comes to feel towards the target the share
  `echo` of what the target comes to feel towards the speaker, times the speaker's credit with the host.
- An agreement with a stated purpose: those opposed to one of its parties in that dispute make `1 + purpose` times as
  much of it, all others `1 - purpose t`, where t is how far they trust the receiver to use it for that alone.
- What is credible by its nature counts with its target by the speaker's credit there.
- A pledge that is given again adds half of what it added the last time: 1, 1/2, 1/4 ..., never twice in all.

Credit is trust over the usual trust, 1 where nothing has been seen (`game.submodels.reputation`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import (
    ACTOR,
    NONE,
    TARGET,
    Deeds,
    Hearing,
    plainly_heard,
)
from game.kernel.declare import (
    Booleans,
    Floats,
    Integers,
    Value,
)
from game.kernel.numerics import COARSE, snap
from game.kernel.world import Board, World
from game.submodels.reputation import credit, trust
from game.submodels.secrecy import private


@dataclass(frozen=True, slots=True)
class Manners:
    """How hearing works; each a number, or one a replica."""

    abroad: Value = 2.0
    echo: Value = 0.25
    purpose: Value = 0.5


USUAL = Manners()


def heard(board: Board, world: World, deeds: Deeds, manners: Manners = USUAL) -> Hearing:
    """Who takes note of each deed, and how much."""
    closed = private(deeds)
    abroad = np.flatnonzero(deeds.audience >= 0)
    stated = np.flatnonzero(deeds.purpose != NONE)
    credible = np.flatnonzero(board.acts.credible[deeds.act])
    vowing = ((board.acts.vows[deeds.act] != NONE).any(axis=1)) & (board.acts.signs[deeds.act] == NONE)
    if not (closed.any() or abroad.size or stated.size or credible.size or vowing.any()):
        return plainly_heard(board, deeds)
    count, states = len(deeds), len(board.states)
    gain, told = _gain(board, world.solemnity, deeds, vowing), np.where(world.confided, 0.0, world.solemnity)
    noted = np.where(closed, 0.0, _gain(board, told, deeds, vowing))
    believed = np.ones(count)
    onlookers, echo = np.ones((count, states)), np.zeros((count, states))
    if abroad.size or credible.size:
        faith = credit(board, world)
        believed[credible] = faith[deeds.replica, deeds.target, deeds.actor][credible]
        host = deeds.audience[abroad]
        onlookers[abroad, host] = _of_each(manners.abroad, deeds, abroad)
        echo[abroad, host] = (
            _of_each(manners.echo, deeds, abroad) * faith[deeds.replica[abroad], host, deeds.actor[abroad]]
        )
    if stated.size:
        onlookers[stated] *= _for_a_purpose(board, world, deeds, stated, manners)
    onlookers = snap(onlookers * noted[:, None], COARSE)
    return Hearing(onlookers, snap(believed, COARSE), gain, noted, snap(echo, COARSE))


def _of_each(value: Value, deeds: Deeds, which: Integers) -> Floats:
    """A number for the replica of each of some deeds."""
    return np.asarray(value[deeds.replica[which]] if isinstance(value, np.ndarray) else np.full(which.size, value))


def _for_a_purpose(board: Board, world: World, deeds: Deeds, stated: Integers, manners: Manners) -> Floats:
    """How much more or less each state makes of agreements with a stated purpose `[which, N]`."""
    share = _of_each(manners.purpose, deeds, stated)[:, None]
    dispute = deeds.purpose[stated]
    against = np.maximum(board.opposed[dispute, deeds.actor[stated]], board.opposed[dispute, deeds.target[stated]])
    belief = trust(board, world)[deeds.replica[stated], :, deeds.target[stated]]
    return np.where(against > 0.0, 1.0 + share, 1.0 - share * belief)


def _gain(board: Board, solemnity: Floats, deeds: Deeds, vowing: Booleans) -> Floats:
    """1, or for the giving of a pledge that is in force already the part that is still added `[O]`."""
    gain = np.ones(len(deeds))
    for side, giver, holder in ((ACTOR, deeds.actor, deeds.target), (TARGET, deeds.target, deeds.actor)):
        kind = board.acts.vows[deeds.act, side]
        which = np.flatnonzero(vowing & deeds.done & (kind != NONE))
        solemn = solemnity[deeds.replica[which], kind[which], giver[which], holder[which]]
        gain[which] = np.minimum(gain[which], np.where(solemn > 0.0, (2.0 - solemn) / 2.0, 1.0))
    return snap(gain, COARSE)
