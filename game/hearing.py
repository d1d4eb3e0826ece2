"""Hearing: who takes note of a deed, and how much they make of it.

A private word is for its target alone; what is said in a third capital counts twice there, and its host comes to feel
towards the target a share of what was said, by the credit of the speaker. What is secret moves nobody else. An
agreement with a stated purpose alarms those whom it is for, and calms the rest as far as they believe it. A pledge that
is given again adds half of what the last time added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.acts import ACTOR, NONE, TARGET, Deeds, Hearing
from game.declare import Floats, Value
from game.numerics import COARSE, snap
from game.orders import PRIVATE
from game.trust import credit, trust
from game.world import Board, World


@dataclass(frozen=True, slots=True)
class Manners:
    """How hearing works; each a number, or one a replica."""

    abroad: Value = 2.0
    echo: Value = 0.25
    purpose: Value = 0.5


USUAL = Manners()


def heard(board: Board, world: World, deeds: Deeds, manners: Manners = USUAL) -> Hearing:
    """Who takes note of each deed, and how much."""
    count, states = len(deeds), len(board.states)
    onlookers, echo = np.ones((count, states)), np.zeros((count, states))
    faith = credit(board, world) if board.acts.credible.any() or (deeds.audience >= 0).any() else None
    _in_private(deeds, onlookers)
    if faith is not None:
        _in_a_third_capital(deeds, faith, manners, onlookers, echo)
    _for_a_purpose(board, world, deeds, manners, onlookers)
    gain = _repeated(board, world, deeds)
    onlookers *= gain[:, None]
    open_ = np.where(deeds.secret | (deeds.audience == PRIVATE), 0.0, gain)
    believed = np.ones(count)
    if faith is not None:
        plain = board.acts.credible[deeds.act]
        believed[plain] = faith[deeds.replica, deeds.target, deeds.actor][plain]
    return Hearing(snap(onlookers, COARSE), snap(believed, COARSE), gain, open_, snap(echo, COARSE))


def _of_each(value: Value, deeds: Deeds) -> Floats:
    """A number for each deed's replica `[O]`."""
    return np.asarray(value[deeds.replica] if isinstance(value, np.ndarray) else np.full(len(deeds), value))


def _in_private(deeds: Deeds, onlookers: Floats) -> None:
    onlookers[deeds.secret | (deeds.audience == PRIVATE)] = 0.0


def _in_a_third_capital(deeds: Deeds, faith: Floats, manners: Manners, onlookers: Floats, echo: Floats) -> None:
    abroad = np.flatnonzero(deeds.audience >= 0)
    host = deeds.audience[abroad]
    onlookers[abroad, host] *= _of_each(manners.abroad, deeds)[abroad]
    believed = np.minimum(faith[deeds.replica[abroad], host, deeds.actor[abroad]], 2.0)
    echo[abroad, host] = _of_each(manners.echo, deeds)[abroad] * believed


def _for_a_purpose(board: Board, world: World, deeds: Deeds, manners: Manners, onlookers: Floats) -> None:
    """Those opposed to a party in the dispute are alarmed by the share, the others calmed by it times their trust."""
    stated = np.flatnonzero(deeds.purpose != NONE)
    if not stated.size:
        return
    share = _of_each(manners.purpose, deeds)[stated][:, None]
    against = np.zeros((stated.size, onlookers.shape[1]))
    for party in (deeds.actor, deeds.target):
        against = np.maximum(against, board.opposed[deeds.purpose[stated], party[stated]])
    belief = trust(board, world)[deeds.replica[stated], :, deeds.target[stated]]
    onlookers[stated] *= 1.0 + share * against - share * belief * (1.0 - against)


def _repeated(board: Board, world: World, deeds: Deeds) -> Floats:
    """1, or for the giving of a pledge in force the part that is still added: half, a quarter ... `[O]`."""
    gain = np.ones(len(deeds))
    for side, giver, holder in ((ACTOR, deeds.actor, deeds.target), (TARGET, deeds.target, deeds.actor)):
        kind = board.acts.vows[deeds.act, side]
        which = np.flatnonzero((kind != NONE) & deeds.done & (board.acts.signs[deeds.act] == NONE))
        solemn = world.solemnity[deeds.replica[which], kind[which], giver[which], holder[which]]
        gain[which] = np.minimum(gain[which], np.where(solemn > 0.0, (2.0 - solemn) / 2.0, 1.0))
    return snap(gain, COARSE)
