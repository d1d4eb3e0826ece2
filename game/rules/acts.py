"""acts: statements, deals and deeds take effect, all of a turn's at once.

Each effect is linear: so much for a party, so much for an onlooker times how much of a rival, friend or neighbour it
is. The catalogue's weights follow the PLOVER mode scores (expert pairwise judgement) and the Goldstein (1992) scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game import acts as catalogue
from game.declare import Floats, Shorts, Value, leaf
from game.ledger import Change, DeedsEntry, Moment
from game.numerics import snap, total


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: acts:`."""

    strength: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly the acts that states order move relations")
    onlookers: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly third parties react to them")
    refusal: Value = leaf(6.0, 0.0, 100.0, "turns", "how much longer a deal that was refused is not proposed again")


def acts(moment: Moment, params: Params) -> Change:
    """Impulses of this turn's deeds to memories, attributes and tension, their cost, and the pause that follows.

    >>> from game.testing import moment, triad
    >>> seen = moment(triad().board, orders=["arda: visit borea"])
    >>> change = acts(seen, Params())
    >>> change.capital.tolist()  # arda has paid for it
    [[-1.0, 0.0, 0.0]]
    >>> bool(change.memories[0, :, 1, 0].sum() > 0)  # borea thinks better of arda
    True
    """
    board, world, deeds = moment.board, moment.world, moment.deeds
    done = weighed(catalogue.impulses(board, moment.graded(), deeds), deeds, params)
    return Change(
        memories=catalogue.summed_regard(board, world.replicas, deeds, done),
        attributes=catalogue.summed_attributes(board, world.replicas, deeds, done),
        tension=catalogue.summed_tension(board, world.replicas, deeds, done),
        capital=_spent(moment),
        pause=_paused(moment, params),
        entries=(DeedsEntry("acts", deeds, done),),
    )


def weighed(done: catalogue.Impulses, deeds: catalogue.Deeds, params: Params) -> catalogue.Impulses:
    """The impulses at the strengths that were set; untouched where both are 1."""
    if all(not isinstance(value, np.ndarray) and value == 1.0 for value in (params.strength, params.onlookers)):
        return done
    each = np.arange(deeds.act.size)
    strength = _of_each(params.strength, deeds)[:, None, None, None]
    onlookers = _of_each(params.onlookers, deeds)[:, None, None, None] * strength
    regard = snap(done.regard * onlookers)
    regard[each, :, catalogue.ACTOR, deeds.target] = snap(
        done.regard[each, :, catalogue.ACTOR, deeds.target] * strength[:, :, 0, 0]
    )
    regard[each, :, catalogue.TARGET, deeds.actor] = snap(
        done.regard[each, :, catalogue.TARGET, deeds.actor] * strength[:, :, 0, 0]
    )
    outward = None if done.outward is None else snap(done.outward * onlookers)
    aside = snap(done.aside * onlookers[..., 0])
    return catalogue.Impulses(regard, outward, aside, done.attributes, done.tension)


def _of_each(value: Value, deeds: catalogue.Deeds) -> Floats:
    """A leaf for each deed's replica `[O]`."""
    return np.asarray(value[deeds.replica] if isinstance(value, np.ndarray) else np.full(deeds.act.size, value))


def _spent(moment: Moment) -> Floats:
    """What the orders cost `[R, N]`, as a change."""
    act = moment.orders.act
    return 0.0 - total(catalogue.entry_of(moment.board.acts.cost, act), axis=2)


def _paused(moment: Moment, params: Params) -> Shorts:
    """One turn less for every pause, and a full one for what was just ordered `[R, A, N, N]`."""
    world, deeds, acts_ = moment.world, moment.deeds, moment.board.acts
    pause = np.maximum(world.pause, 1) - np.int16(1)
    refusal = np.rint(_of_each(params.refusal, deeds)).astype(np.int16)
    length = acts_.pause[deeds.act] + np.where(deeds.refused, refusal, np.int16(0))
    pause[deeds.replica, deeds.act, deeds.actor, deeds.target] = length
    return pause
