"""acts: statements, deals and deeds take effect, all of a turn's at once.

Each effect is linear: so much for a party, so much for an onlooker times how much of a rival, friend or neighbour it
is. The catalogue's weights follow the PLOVER mode scores (expert pairwise judgement) and the Goldstein (1992) scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel import catalogue
from game.kernel.declare import (
    Floats,
    Shorts,
    Value,
    leaf,
)
from game.kernel.ledger import Change, DeedsEntry, Moment
from game.kernel.numerics import COARSE, snap, total
from game.kernel.orders import costs
from game.kernel.records import changed
from game.submodels.audience import Manners, heard
from game.submodels.event_effects import moved
from game.submodels.secrecy import kept_secret, noted

COARSE_STEP = 1.0 / (1 << COARSE)


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: acts:`."""

    strength: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly the acts that states order move relations")
    onlookers: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly third parties react to them")
    refusal: Value = leaf(6.0, 0.0, 100.0, "turns", "how much longer a deal that was refused is not proposed again")
    abroad: Value = leaf(2.0, 0.0, 10.0, "times", "how strongly a statement works in the third capital it is made in")
    echo: Value = leaf(
        0.25, 0.0, 1.0, "share", "of what its target feels towards the speaker, what its host feels towards the target"
    )
    purpose: Value = leaf(
        0.5, 0.0, 1.0, "share", "how much a stated purpose alarms those it is for, and calms those who believe it"
    )


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
    manners = Manners(params.abroad, params.echo, params.purpose)
    heard_by = heard(board, world, deeds, manners)
    done = weighed(catalogue.impulses(board, moment.graded, deeds, heard_by), deeds, params)
    secrets = kept_secret(board, world, deeds)
    return changed(
        moved(board, world.replicas, deeds, done),
        capital=_paid(moment),
        pause=_paused(moment, params),
        last=noted(world.last, deeds, moment.turn),
        secrecy=secrets.secrecy,
        stake=secrets.stake,
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


def _paid(moment: Moment) -> Floats:
    """What orders cost, and what is paid between the parties of deals that are agreed `[R, N]`, as a change.

    Where more is asked of a state than it has left, every asker gets the same share of what it asked.
    """
    board, deeds = moment.board, moment.deeds
    spent = total(costs(board, moment.orders), axis=2)
    offered = np.where(deeds.done, deeds.offer, 0.0)
    if not offered.any():
        return 0.0 - spent
    given, asked = np.zeros_like(spent), np.zeros_like(spent)
    np.add.at(given, (deeds.replica, deeds.actor), np.maximum(offered, 0.0))
    np.add.at(asked, (deeds.replica, deeds.target), np.maximum(-offered, 0.0))
    left = np.maximum(moment.world.capital - spent - given, 0.0)
    able = snap(np.minimum(left / np.maximum(asked, COARSE_STEP), 1.0), COARSE)
    paid = np.where(offered < 0.0, snap(offered * able[deeds.replica, deeds.target], COARSE), offered)
    received = np.zeros_like(spent)
    np.add.at(received, (deeds.replica, deeds.target), paid)
    np.add.at(received, (deeds.replica, deeds.actor), -paid)
    return received - spent


def _paused(moment: Moment, params: Params) -> Shorts:
    """One turn less for every pause, and a full one for what was just ordered `[R, A, N, N]`."""
    world, deeds, acts_ = moment.world, moment.deeds, moment.board.acts
    pause = np.maximum(world.pause, 1) - np.int16(1)
    refusal = np.rint(_of_each(params.refusal, deeds)).astype(np.int16)
    length = acts_.pause[deeds.act] + np.where(deeds.refused, refusal, np.int16(0))
    pause[deeds.replica, deeds.act, deeds.actor, deeds.target] = length
    return pause
