"""What the terms of an order do to its score: value, offer, pledge, purpose and secrecy, weighed exactly.

A score is linear in its terms. What comes of the act's effects grows with the value at stake; what the agreement is
worth in itself, and its cost, do not. Capital that is offered counts like cost, for one side and against the other. A
pledge is worth to its holder by kind, by the giver's credit and by the suspicion it shelters from, and takes freedom
from its giver. A stated purpose changes what each onlooker makes of it, and secrecy leaves a part of all that: what is
expected to leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import (
    ACTOR,
    NONE,
    TARGET,
    Actions,
)
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
    snap,
    total,
)
from game.kernel.orders import Orders
from game.kernel.records import changed
from game.kernel.world import Board
from game.policies.reasoner.utility import (
    TERMS,
    Appraisal,
    Outlook,
    Params,
    View,
    leanings,
)
from game.policies.reasoner.utility_weights import Tables
from game.submodels.audience import heard

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
