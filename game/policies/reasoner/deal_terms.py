"""What the terms of an order do to its score: value, offer, pledge, purpose and secrecy, weighed exactly.

A score is linear in its terms. What comes of the act's effects grows with the value at stake; what the agreement is
worth in itself, and its cost, do not. Capital that is offered counts like cost, for one side and against the other. A
pledge is worth to its holder by kind, by the giver's credit and by the suspicion it shelters from, and takes freedom
from its giver. A stated purpose changes what each onlooker makes of it, and secrecy leaves a part of all that: what is
expected to leak.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.kernel.catalogue import ACTOR, NONE, TARGET
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Floats
from game.kernel.numerics import on_coarse_grid, on_grid
from game.kernel.orders import Orders
from game.kernel.setting import Setting
from game.kernel.world import World
from game.policies.reasoner.thoughts import Outlook, Sparse, Thoughts, Weights, foresight_in
from game.policies.reasoner.utility import TERMS, Params
from game.submodels.audience import FOR_A_PURPOSE
from game.submodels.reputation import trust

OFFER_STEP = 0.1
"""The least political capital that is offered or asked, and the step between two offers."""


# ---- kernels

(
    OBJECTIVES, STANDING, SECURITY, CONGRUENCE, RECIPROCITY, BALANCE, MATERIAL, COST, COMMITMENT, FATIGUE, POSTURE,
    PERSONALITY,
) = range(len(TERMS))  # fmt: skip
"""The terms of a score by their numbers."""

TERM_COUNT = len(TERMS)


class Bid(NamedTuple):
    """One order with its terms; the names are those of `Orders`. Without any it is given as it usually is."""

    actor: int
    act: int
    target: int
    scale: float = 1.0
    secret: bool = False
    purpose: int = NONE
    side_payment: float = 0.0
    pledge: int = NONE


@kernel
def bid_in(orders: Orders, state: int, slot: int) -> Bid:
    """The order that a state gives in a slot."""
    return Bid(
        state, orders.act[state, slot], orders.target[state, slot], orders.scale[state, slot],
        orders.secret[state, slot], orders.purpose[state, slot], orders.side_payment[state, slot],
        orders.pledge[state, slot],
    )  # fmt: skip


@kernel
def varied(bid: Bid, scale: float, secret: bool, purpose: int) -> Bid:
    """The same order at another value, in secret or for a purpose."""
    return Bid(bid.actor, bid.act, bid.target, scale, secret, purpose, bid.side_payment, bid.pledge)


@entry
def weigh(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, bid: Bid, role: int,
    foreseen: bool, terms: Floats,
) -> float:  # fmt: skip
    """The score of an order for the party in `role`; its terms, in the order of `TERMS`, are written to `terms` [T].

    `foreseen` is what the proposer may foresee of its target's: without what that keeps to itself.
    """
    own, other = (bid.actor, bid.target) if role == ACTOR else (bid.target, bid.actor)
    outlook = foresight_in(thoughts) if foreseen else thoughts.outlook
    table, row = (weights.doing, bid.act) if role == ACTOR else (weights.taking, weights.place[bid.act])
    made = np.zeros(weights.scaled.size)
    for item in range(table.first[row], table.first[row + 1]):
        made[table.column[item]] = outlook.features[table.column[item], own, other]
    if bid.purpose != NONE:
        _for_a_purpose(setting, world, weights, params, thoughts, outlook, bid, own, other, made)
    _sum_parts(weights, table, row, params.leak, bid, made, terms)
    if foreseen:
        terms[POSTURE] = 0.0
    terms[PERSONALITY] = thoughts.leaning[own, bid.act]
    if role == ACTOR and bid.secret:
        terms[PERSONALITY] += on_grid(params.personality * (weights.deceptiveness[own] * 2.0 - 1.0))
    if bid.side_payment != 0.0:
        offered = capital_worth(setting.income, params.cost, bid.side_payment)
        terms[COST] += offered if role == TARGET else -offered
    if bid.pledge != NONE and weights.words:
        _add_pledge(setting, world, params, thoughts, bid, role, terms)
    score = 0.0
    for term in range(terms.size):
        score += terms[term]
    return score


@kernel
def capital_worth(income: float, weight: float, side_payment: float) -> float:
    """What some political capital is worth, by the weight of cost."""
    return on_grid(on_coarse_grid(side_payment / max(income, 1.0)) * weight)


@kernel
def _sum_parts(
    weights: Weights, table: Sparse, row: int, leak: float, bid: Bid, features: Floats, terms: Floats
) -> None:
    """Weights times features [M], summed term by term, at the value at stake and as far as others will know."""
    starts, term = weights.starts, 0
    usual = bid.scale == 1.0 and not bid.secret
    for each in range(terms.size):
        terms[each] = 0.0
    for item in range(table.first[row], table.first[row + 1]):
        place = table.column[item]
        while place >= starts[term + 1]:
            term += 1
        part = table.weight[item] * features[place]
        if not usual:
            scale = bid.scale if weights.scaled[place] else 1.0
            known = leak if bid.secret and weights.seen[place] else 1.0
            part = on_grid(part * scale * known)
        terms[term] += part


@kernel
def _for_a_purpose(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, outlook: Outlook, bid: Bid,
    own: int, other: int, made: Floats,
) -> None:  # fmt: skip
    """The features `made` [M] of an order that states a purpose: what onlookers think, each by its hearing, anew."""
    graded, slope = thoughts.graded, outlook.relation
    objectives, standing = weights.onlookers[OBJECTIVES], weights.onlookers[STANDING]
    security = weights.onlookers[SECURITY]
    columns = 2 * graded.shape[0]
    for column in range(columns):
        made[objectives + 2 * column] = 0.0
        made[objectives + 2 * column + 1] = 0.0
        made[standing + column] = 0.0
        made[security + column] = 0.0
    for k in range(graded.shape[1]):
        if k in (own, other):
            continue
        heeded = heed(setting, world, bid, k)
        for column in range(columns):
            known = on_coarse_grid(graded[column // 2, k, own if column % 2 == 0 else other] * heeded)
            if known != 0.0:
                made[objectives + 2 * column] += known * slope[own, k, own]
                made[objectives + 2 * column + 1] += known * slope[own, k, other]
                made[standing + column] += known * outlook.standing[own, k]
                made[security + column] += known * outlook.exposure[own, k]
    for column in range(columns):
        made[objectives + 2 * column] = on_coarse_grid(made[objectives + 2 * column] * params.objectives)
        made[objectives + 2 * column + 1] = on_coarse_grid(made[objectives + 2 * column + 1] * params.objectives)
        made[standing + column] = on_coarse_grid(made[standing + column] * params.standing)
        made[security + column] = on_coarse_grid(made[security + column] * params.security)


@kernel
def heed(setting: Setting, world: World, bid: Bid, k: int) -> float:
    """How much more or less k makes of an agreement with a stated purpose."""
    opposed = setting.disputes.opposed
    if opposed[bid.purpose, bid.actor, k] > 0.0 or opposed[bid.purpose, bid.target, k] > 0.0:
        return on_coarse_grid(1.0 + FOR_A_PURPOSE)
    return on_coarse_grid(1.0 - FOR_A_PURPOSE * trust(setting, world, k, bid.target))


@kernel
def _add_pledge(
    setting: Setting, world: World, params: Params, thoughts: Thoughts, bid: Bid, role: int, terms: Floats
) -> None:
    """Add what the pledge that the proposer gives with an order is worth to the party in `role`."""
    kinds, worth, kind = setting.pledges, thoughts.pledges, bid.pledge
    own, other = (bid.actor, bid.target) if role == ACTOR else (bid.target, bid.actor)
    solemn = world.solemnity[kind, bid.actor, bid.target]
    fresh = (2.0 - solemn) / 2.0 if solemn > 0.0 else 1.0
    weight = kinds.gravity[kind] / 100.0 * fresh
    shelters = kinds.reliability[kind] * fresh * kinds.shelters[kind]
    if role == TARGET:
        safety = kinds.reliability[kind] * weight * worth[0, own, other] + shelters * worth[1, own, other]
        terms[SECURITY] += on_grid(safety * params.security)
    else:
        terms[STANDING] += on_grid(shelters * worth[2, own, other] * params.standing)
        terms[COMMITMENT] += on_grid(weight * worth[3, own, other] * params.commitment)
