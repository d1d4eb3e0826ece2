"""What the terms of an order do to its score: value, offer, pledge, purpose and secrecy, weighed exactly.

A score is linear in its terms. What comes of the act's effects grows with the value at stake; what the agreement is
worth in itself, and its cost, do not. Capital that is offered counts like cost, for one side and against the other. A
pledge is worth to its holder by kind, by the giver's credit and by the suspicion it shelters from, and takes freedom
from its giver. A stated purpose changes what each onlooker makes of it, and secrecy leaves a part of all that: what is
expected to leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.kernel.catalogue import (
    ACTOR,
    NONE,
    TARGET,
    Actions,
)
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Integers,
    Value,
)
from game.kernel.numerics import (
    COARSE,
    contraction,
    flattened,
    on_coarse_grid,
    on_grid,
    snap,
    total,
)
from game.kernel.orders import Orders
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.policies.reasoner.thoughts import Outlook as Seen
from game.policies.reasoner.thoughts import Sparse, Thoughts, Weights, foresight_in
from game.policies.reasoner.utility import (
    TERMS,
    Appraisal,
    Outlook,
    Params,
    View,
    leanings,
)
from game.policies.reasoner.utility_weights import Tables
from game.submodels.audience import USUAL, heard
from game.submodels.reputation import k_trust

OFFER_STEP = 0.1
"""The least political capital that is offered or asked, and the step between two offers."""


@dataclass(frozen=True, slots=True)
class Bids:
    """Orders with their terms, flat over all replicas, each field `[O]`; the names are those of `Orders`."""

    replica: Integers
    actor: Integers
    act: Integers
    target: Integers
    scale: Floats
    secret: Booleans
    purpose: Integers
    side_payment: Floats
    pledge: Integers

    @classmethod
    def plain(cls, replica: Integers, actor: Integers, act: Integers, target: Integers) -> Bids:
        """Orders as they are usually given."""
        none = np.full(act.shape, NONE, dtype=np.int64)
        return cls(
            replica, actor, act, target,
            np.ones(act.shape), np.zeros(act.shape, dtype=bool), none, np.zeros(act.shape), none,
        )  # fmt: skip

    @classmethod
    def of(cls, orders: Orders, cell: tuple[Any, ...]) -> Bids:
        """The orders that stand in some slots: (replica, state, slot)."""
        replica, actor, _ = cell
        taken = {name: getattr(orders, name)[cell] for name in ("act", "target", "scale", "secret", "purpose",
                                                                "side_payment", "pledge")}  # fmt: skip
        return cls(replica=replica, actor=actor, **taken)

    def __len__(self) -> int:
        return int(self.act.size)

    def taken(self, index: Any) -> Bids:
        """Some of them, or each of some several times."""
        return Bids(*(getattr(self, name)[index] for name in self.__slots__))


def weighed(
    view: View, each: Tables, appraisal: Appraisal, params: Params, bids: Bids, role: int = ACTOR, *,
    foreseen: bool = False,
) -> Floats:  # fmt: skip
    """The terms of the score of each order for the party in `role`, in the order of `TERMS` `[O, T]`.

    `foreseen` is what the proposer may foresee of its target's: without what that keeps to itself.
    """
    outlook = appraisal.foresight if foreseen else appraisal.outlook
    own, other = (bids.actor, bids.target) if role == ACTOR else (bids.target, bids.actor)
    weights, row = (each.actor, bids.act) if role == ACTOR else (each.target, each.place[bids.act])
    features = outlook.features[bids.replica, :, own, other]
    stated = np.flatnonzero(bids.purpose != NONE)
    if stated.size:
        features[stated] = _for_a_purpose(view, each, appraisal, outlook, params, bids.taken(stated), role,
                                          features[stated])  # fmt: skip
    parts = weights[bids.replica if weights.shape[0] > 1 else np.zeros_like(row), row] * features
    parts = _sized(parts, each, params, bids)
    if foreseen:
        parts[:, each.segments["posture"]] = 0.0
    found = np.zeros((len(bids), len(TERMS)))
    for term, span in each.segments.items():
        found[:, TERMS.index(term)] = total(parts[:, span], axis=1)
    leaning = leanings(each, params)
    mine = leaning[bids.replica if leaning.shape[0] > 1 else np.zeros_like(row), own, bids.act]
    found[:, TERMS.index("personality")] = mine
    if role == ACTOR and bids.secret.any():
        hiding = view.board.personalities.sliders["deceptiveness"][own] * 2.0 - 1.0
        found[:, TERMS.index("personality")] += np.where(
            bids.secret, snap(of_each(params.personality, bids) * hiding), 0.0
        )
    found[:, TERMS.index("cost")] += (1.0 if role == TARGET else -1.0) * offered(view.board, params, bids)
    _pledged(view, outlook, params, bids, role, found)
    return found


def of_each(value: Value, bids: Bids) -> Floats:
    """A parameter for the replica of each order `[O]`."""
    if isinstance(value, np.ndarray) and value.size > 1:
        return np.asarray(value[bids.replica])
    return np.full(len(bids), value if not isinstance(value, np.ndarray) else value.reshape(-1)[0])


def offered(board: Board, params: Params, bids: Bids) -> Floats:
    """What the capital that is added is worth to either side, on the scale of scores `[O]`."""
    return capital_worth(board, of_each(params.cost, bids), bids.side_payment)


def capital_worth(board: Board, weight: Value, side_payment: Floats) -> Floats:
    """What some political capital is worth, by the weight of cost."""
    return snap(snap(side_payment / max(board.income, 1.0), COARSE) * weight)


def _sized(parts: Floats, each: Tables, params: Params, bids: Bids) -> Floats:
    """Contributions by column `[O, M]`, at the value at stake and as far as others will know."""
    usual = bids.scale == 1.0
    if usual.all() and not bids.secret.any():
        return parts
    scale = np.where(each.scaled[None, :], bids.scale[:, None], 1.0)
    known = np.where(bids.secret[:, None] & each.seen[None, :], of_each(params.leak, bids)[:, None], 1.0)
    return snap(parts * scale * known)


def _pledged(view: View, outlook: Outlook, params: Params, bids: Bids, role: int, found: Floats) -> None:
    """Add what the pledge that the proposer gives with it is worth to the party in `role`."""
    which = np.flatnonzero(bids.pledge != NONE)
    if not which.size or outlook.pledges is None:
        return
    given, kinds = bids.taken(which), view.board.pledges
    kind = given.pledge
    own, other = (given.actor, given.target) if role == ACTOR else (given.target, given.actor)
    worth = outlook.pledges[given.replica, :, own, other]
    solemn = view.world.solemnity[given.replica, kind, given.actor, given.target]
    fresh = np.where(solemn > 0.0, (2.0 - solemn) / 2.0, 1.0)
    honest, weight = kinds.reliability[kind] * fresh, kinds.gravity[kind] / 100.0 * fresh
    shelters = honest * kinds.shelters[kind]

    def add(term: str, value: Floats) -> None:
        found[which, TERMS.index(term)] += snap(value * of_each(getattr(params, term), given))

    if role == TARGET:
        add("security", kinds.reliability[kind] * weight * worth[:, 0] + shelters * worth[:, 1])
    else:
        add("standing", shelters * worth[:, 2])
        add("commitment", weight * worth[:, 3])


def _for_a_purpose(
    view: View, each: Tables, appraisal: Appraisal, outlook: Outlook, params: Params, bids: Bids, role: int,
    features: Floats,
) -> Floats:  # fmt: skip
    """The features `[O, M]` of orders that state a purpose: what onlookers think is made anew, each by its hearing."""
    onlookers = _onlookers(view, appraisal.graded, bids, role)
    own, other = (bids.actor, bids.target) if role == ACTOR else (bids.target, bids.actor)
    wanted = outlook.slope[bids.replica, own]
    place = np.arange(len(bids))
    regarded = np.stack([wanted[place, :, own], wanted[place, :, other]], axis=-1)
    result = features.copy()
    made = {
        "objectives": flattened(contraction("ogkx,oky->ogxy", onlookers, regarded)[:, None])[:, 0],
        "standing": flattened(contraction("ogkx,ok->ogx", onlookers, outlook.standing[bids.replica, own])[:, None])[
            :, 0
        ],
        "security": flattened(contraction("ogkx,ok->ogx", onlookers, outlook.exposure[bids.replica, own])[:, None])[
            :, 0
        ],
    }
    for term, values in made.items():
        result[:, each.onlookers[term]] = snap(values * of_each(getattr(params, term), bids)[:, None], COARSE)
    return result


def _onlookers(view: View, graded: Floats, bids: Bids, role: int) -> Floats:
    """How much each state is which kind of onlooker of each order, as it hears it `[O, G, N, (self, other)]`."""
    place = np.arange(len(bids))
    own, other = (bids.actor, bids.target) if role == ACTOR else (bids.target, bids.actor)
    about = np.stack([graded[bids.replica, :, :, own], graded[bids.replica, :, :, other]], axis=-1)
    hearing = heard(view.board, view.public, _as_actions(changed(bids, secret=np.zeros(len(bids), dtype=bool))))
    known = snap(about * hearing.onlookers[:, None, :, None], COARSE)
    known[place, :, own] = 0.0
    known[place, :, other] = 0.0
    return known


def _as_actions(bids: Bids) -> Actions:
    """The deeds that orders would be, were they done."""
    none = np.full(len(bids), NONE, dtype=np.int64)
    return Actions(
        replica=bids.replica, actor=bids.actor, slot=none, target=bids.target, act=bids.act,
        refused=np.zeros(len(bids), dtype=bool), scale=bids.scale, term=bids.scale, secret=bids.secret,
        audience=none, about=none, purpose=bids.purpose, side_payment=bids.side_payment, pledge=bids.pledge,
    )  # fmt: skip


# ---- kernels

PURPOSE = float(USUAL.purpose)
"""How much more or less a stated purpose makes of an agreement."""

(
    OBJECTIVES, STANDING, SECURITY, CONGRUENCE, RECIPROCITY, BALANCE, MATERIAL, COST, COMMITMENT, FATIGUE, POSTURE,
    PERSONALITY,
) = range(len(TERMS))  # fmt: skip
"""The terms of a score by their numbers."""

TERM_COUNT = len(TERMS)


class Bid(NamedTuple):
    """One order with its terms; the names are those of `Orders`."""

    actor: int
    act: int
    target: int
    scale: float
    secret: bool
    purpose: int
    side_payment: float
    pledge: int


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


@kernel
def k_weigh(
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
    for entry in range(table.first[row], table.first[row + 1]):
        made[table.column[entry]] = outlook.features[table.column[entry], own, other]
    if bid.purpose != NONE:
        _k_for_a_purpose(setting, world, weights, params, thoughts, outlook, bid, own, other, made)
    _k_sum_parts(weights, table, row, params.leak, bid, made, terms)
    if foreseen:
        terms[POSTURE] = 0.0
    terms[PERSONALITY] = thoughts.leaning[own, bid.act]
    if role == ACTOR and bid.secret:
        terms[PERSONALITY] += on_grid(params.personality * (weights.deceptiveness[own] * 2.0 - 1.0))
    if bid.side_payment != 0.0:
        offered = k_capital_worth(setting.income, params.cost, bid.side_payment)
        terms[COST] += offered if role == TARGET else -offered
    if bid.pledge != NONE and weights.words:
        _k_add_pledge(setting, world, params, thoughts, bid, role, terms)
    score = 0.0
    for term in range(terms.size):
        score += terms[term]
    return score


@kernel
def k_capital_worth(income: float, weight: float, side_payment: float) -> float:
    """What some political capital is worth, by the weight of cost."""
    return on_grid(on_coarse_grid(side_payment / max(income, 1.0)) * weight)


@kernel
def _k_sum_parts(
    weights: Weights, table: Sparse, row: int, leak: float, bid: Bid, features: Floats, terms: Floats
) -> None:
    """Weights times features [M], summed term by term, at the value at stake and as far as others will know."""
    starts, term = weights.starts, 0
    usual = bid.scale == 1.0 and not bid.secret
    for each in range(terms.size):
        terms[each] = 0.0
    for entry in range(table.first[row], table.first[row + 1]):
        place = table.column[entry]
        while place >= starts[term + 1]:
            term += 1
        part = table.weight[entry] * features[place]
        if not usual:
            scale = bid.scale if weights.scaled[place] else 1.0
            known = leak if bid.secret and weights.seen[place] else 1.0
            part = on_grid(part * scale * known)
        terms[term] += part


@kernel
def _k_for_a_purpose(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, outlook: Seen, bid: Bid,
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
        heed = k_heed(setting, world, bid, k)
        for column in range(columns):
            known = on_coarse_grid(graded[column // 2, k, own if column % 2 == 0 else other] * heed)
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
def k_heed(setting: Setting, world: World, bid: Bid, k: int) -> float:
    """How much more or less k makes of an agreement with a stated purpose."""
    opposed = setting.disputes.opposed
    if opposed[bid.purpose, bid.actor, k] > 0.0 or opposed[bid.purpose, bid.target, k] > 0.0:
        return on_coarse_grid(1.0 + PURPOSE)
    return on_coarse_grid(1.0 - PURPOSE * k_trust(setting, world, k, bid.target))


@kernel
def _k_add_pledge(
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
