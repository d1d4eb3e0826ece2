"""What a proposer makes of its orders' terms: what it adds, how much is at stake, what for, and who may know.

A deal is proposed where the other would take it as far as its proposer can tell, or is so little short of it that some
political capital makes up for it. Then the value, a purpose or secrecy are chosen where the proposer gains by them and
the other would still agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Value,
    per_replica,
)
from game.kernel.numerics import hundredths, in_hundredths, on_grid, snap, total
from game.kernel.orders import Orders
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.policies.reasoner.deal_terms import (
    OFFER_STEP,
    TERM_COUNT,
    Bid,
    Bids,
    bid_in,
    capital_worth,
    k_capital_worth,
    k_weigh,
    of_each,
    varied,
    weighed,
)
from game.policies.reasoner.thoughts import Thoughts, Weights, veto_of
from game.policies.reasoner.utility import Appraisal, Params, View
from game.policies.reasoner.utility_weights import VALUE_STEPS, Tables

BLIND = 1e6
"""No score is below this: who does not foresee answers proposes anything."""


@dataclass(frozen=True, slots=True)
class Proposable:
    """Which deals may be proposed `[R, P, N(actor), N(target)]`, and by how much each falls short, in score."""

    allowed: Booleans
    gap: Floats


def proposable(appraisal: Appraisal, params: Params) -> Proposable:
    """The deals that their targets would take, or would with a little more, as far as their proposers can tell."""
    gap = np.maximum(-appraisal.foreseen - per_replica(_tolerance(params), 4), 0.0)
    known = np.asarray(per_replica(params.insight, 4)) > 0.0
    allowed = (gap <= per_replica(_most(params), 4)) & ((appraisal.foreseen_veto == 0.0) | ~known)
    return Proposable(np.swapaxes(allowed, -1, -2), np.swapaxes(gap, -1, -2))


def _tolerance(params: Params) -> Value:
    """How far below zero an answer may be foreseen: not at all with full insight, anything with none."""
    insight = np.asarray(params.insight, dtype=np.float64)
    found = np.where(insight > 0.0, (1.0 - insight) / np.maximum(insight, 1.0 / BLIND), BLIND)
    return snap(found) if found.ndim else float(snap(found))


def _most(params: Params) -> Value:
    """What the most that is offered is worth, in score."""
    return params.cost * params.generosity


def offers(
    board: Board, each: Tables, params: Params, willing: Proposable, bids: Bids
) -> tuple[Floats, Floats, Floats]:
    """The political capital that each order adds, what it takes in all in hundredths, and the offer's worth `[O]`.

    The offer is the least on its grid that makes up for what the deal falls short of; what would be more than the most
    it gives takes more than anybody has.
    """
    price = hundredths(board.acts.cost)[bids.act]
    deals = np.flatnonzero(board.acts.kind[bids.act] == DEAL)
    some, gap = bids.taken(deals), np.zeros(len(bids))
    gap[deals] = willing.gap[some.replica, each.place[some.act], some.actor, some.target]
    short = np.flatnonzero(gap > 0.0)
    side_payment, worth = np.zeros(len(bids)), np.zeros(len(bids))
    if short.size:
        few = bids.taken(short)
        weight = of_each(params.cost, few)
        steps = np.ceil(gap[short] * max(board.income, 1.0) / (np.maximum(weight, 1.0 / BLIND) * OFFER_STEP))
        steps = steps + (capital_worth(board, weight, _on_grid(steps)) < gap[short])
        side_payment[short] = _on_grid(steps)
        worth[short] = capital_worth(board, weight, side_payment[short])
        beyond = hundredths(side_payment[short]) > hundredths(of_each(params.generosity, few) * max(board.income, 1.0))
        price = price.copy()
        price[short] = np.where(beyond, np.inf, price[short] + hundredths(side_payment[short]))
    return side_payment, price, worth


def _on_grid(steps: Floats) -> Floats:
    """So many steps of an offer, as the text of an order holds them."""
    return np.asarray(np.rint(steps) / round(1.0 / OFFER_STEP))


def with_terms(view: View, each: Tables, appraisal: Appraisal, params: Params, orders: Orders) -> Orders:
    """The orders with the terms their states choose for them."""
    board = view.board
    cell = np.nonzero(orders.act != NONE)
    bids = Bids.of(orders, cell)
    choosing = _Choosing(view, each, appraisal, params)
    flexible = np.flatnonzero((each.values[bids.act] != 1.0).any(axis=1))
    veiled = np.flatnonzero(np.isin(bids.act, board.acts.secrets) | (board.acts.signs[bids.act] != NONE))
    scale, secret, purpose = bids.scale.copy(), bids.secret.copy(), bids.purpose.copy()
    if flexible.size:
        scale[flexible] = choosing.values(bids.taken(flexible)).scale
    if veiled.size:
        found = choosing.veils(changed(bids, scale=scale).taken(veiled))
        secret[veiled], purpose[veiled] = found.secret, found.purpose
    if not flexible.size and not veiled.size:
        return orders
    parts = {name: getattr(orders, name).copy() for name in ("scale", "secret", "purpose")}
    parts["scale"][cell], parts["secret"][cell], parts["purpose"][cell] = scale, secret, purpose
    return changed(orders, **parts)


class _Choosing:
    """The choice among a few variants of each order: the best for its proposer that its target would still take."""

    def __init__(self, view: View, each: Tables, appraisal: Appraisal, params: Params) -> None:
        self.view, self.each, self.appraisal, self.params = view, each, appraisal, params

    def values(self, bids: Bids) -> Bids:
        """Each order at the best of some values; the further from the usual one, the more it has to gain."""
        usual = VALUE_STEPS
        columns = np.array([usual, *(place for place in range(2 * usual + 1) if place != usual)])
        far = np.abs(columns - usual) / usual
        made = bids.taken(np.repeat(np.arange(len(bids)), columns.size))
        variants = changed(made, scale=self.each.values[bids.act][:, columns].reshape(-1))
        return self._best(variants, np.broadcast_to(far * far, (len(bids), columns.size)))

    def veils(self, bids: Bids) -> Bids:
        """Each order in the open, in secret, or for a purpose."""
        acts, disputes = self.view.board.acts, self.view.board.disputes
        count = 2 + len(disputes)
        made = bids.taken(np.repeat(np.arange(len(bids)), count))
        variant = np.tile(np.arange(count), len(bids))
        able = np.ones((len(bids), count), dtype=bool)
        able[:, 1] = np.isin(bids.act, acts.secrets)
        for place, dispute in enumerate(disputes):
            concerned = np.isin(bids.actor, dispute.parties) | np.isin(bids.target, dispute.parties)
            able[:, 2 + place] = concerned & (acts.signs[bids.act] != NONE)
        variants = changed(made, secret=variant == 1, purpose=np.where(variant >= 2, variant - 2, NONE))
        kept = np.flatnonzero(able.reshape(-1))
        effort = np.where(able, (np.arange(count) > 0) * 1.0, np.inf)
        return self._best(variants, effort, kept)

    def _best(self, variants: Bids, effort: Floats, kept: Any = None) -> Bids:
        """Of each order's variants, the first of which is the order as it stands, the best `[O]`."""
        count = effort.shape[1]
        some = np.arange(len(variants)) if kept is None else kept
        few = variants.taken(some)
        score, answer = np.full(len(variants), -np.inf), np.zeros(len(variants))
        gain = total(weighed(self.view, self.each, self.appraisal, self.params, few), axis=1)
        departed = of_each(self.params.departure, few) * effort.reshape(-1)[some]
        score[some] = gain - departed
        deal = np.flatnonzero(self.view.board.acts.kind[few.act] == DEAL)
        answered = weighed(self.view, self.each, self.appraisal, self.params, few.taken(deal), TARGET, foreseen=True)
        answer[some[deal]] = total(answered, axis=1)
        foreseen = answer.reshape(-1, count)
        bearable = np.minimum(foreseen[:, :1], -of_each(_tolerance(self.params), variants).reshape(-1, count)[:, :1])
        open_ = np.where(foreseen >= bearable, score.reshape(-1, count), -np.inf)
        best = open_.argmax(axis=1)
        return variants.taken(np.arange(best.size) * count + best)


# ---- kernels

STEPS = float(round(1.0 / OFFER_STEP))
"""The steps of an offer in one unit of political capital."""

BEYOND = np.inf
"""What an offer takes that would be more than the most that is given."""


@kernel
def k_tolerance(params: Params) -> float:
    """How far below zero an answer may be foreseen: not at all with full insight, anything with none."""
    insight = params.insight
    return on_grid((1.0 - insight) / max(insight, 1.0 / BLIND) if insight > 0.0 else BLIND)


@kernel
def k_gap(thoughts: Thoughts, tolerance: float, deal: int, actor: int, target: int) -> float:
    """By how much a deal falls short of what its target would take, as far as its proposer can tell, in score."""
    return max(-float(thoughts.foreseen[deal, target, actor]) - tolerance, 0.0)


@kernel
def k_may_propose(
    weights: Weights, params: Params, thoughts: Thoughts, tolerance: float, deal: int, actor: int, target: int
) -> bool:
    """Whether a deal may be proposed: its target would take it, or would with a little more, and no ally forbids it."""
    if k_gap(thoughts, tolerance, deal, actor, target) > params.cost * params.generosity:
        return False
    return params.insight <= 0.0 or veto_of(weights, thoughts.foreseen_veto, deal, target, actor) == 0


@kernel
def k_offer(setting: Setting, params: Params, gap: float) -> float:
    """The political capital that is added to a deal: the least on its grid that makes up for what it falls short of.

    BEYOND where that is more than the most that is given.
    """
    if gap <= 0.0:
        return 0.0
    income = max(setting.income, 1.0)
    steps = np.ceil(gap * income / (max(params.cost, 1.0 / BLIND) * OFFER_STEP))
    if k_capital_worth(setting.income, params.cost, np.rint(steps) / STEPS) < gap:
        steps += 1.0
    offer = np.rint(steps) / STEPS
    return BEYOND if in_hundredths(offer) > in_hundredths(params.generosity * income) else offer


@kernel
def k_with_terms(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, orders: Orders
) -> None:
    """Give the orders the terms that their states choose for them: a value first, then secrecy or a purpose."""
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            for veiled in range(2):
                if orders.act[state, slot] != NONE:
                    made = _k_best(setting, world, weights, params, thoughts, bid_in(orders, state, slot), veiled == 1)
                    orders.scale[state, slot] = made.scale
                    orders.secret[state, slot], orders.purpose[state, slot] = made.secret, made.purpose


@kernel
def _k_best(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, bid: Bid, veiled: bool
) -> Bid:
    """Of an order's variants, the first of which is the order as it stands, the best that its target would still take.

    The further from it, the more it has to gain.
    """
    best, greatest, bearable = bid, -np.inf, 0.0
    count = _k_variants(setting, weights, bid.act, veiled)
    if count == 1:
        return best
    terms, deal = np.zeros(TERM_COUNT), setting.acts.kind[bid.act] == DEAL
    for number in range(count):
        if veiled and not _k_is_able(setting, bid, number):
            continue
        made, effort = _k_variant(weights, bid, veiled, number)
        score = k_weigh(setting, world, weights, params, thoughts, made, ACTOR, False, terms)
        score -= params.departure * effort
        if score <= greatest:
            continue
        answer = 0.0
        if deal:
            answer = k_weigh(setting, world, weights, params, thoughts, made, TARGET, True, terms)
        if number == 0:
            bearable = min(answer, -k_tolerance(params))
        if answer >= bearable:
            best, greatest = made, score
    return best


@kernel
def _k_variants(setting: Setting, weights: Weights, act: int, veiled: bool) -> int:
    """How many variants an act has, the usual one counted: values, or ways to be kept from others or said to be for."""
    if veiled:
        veils = setting.acts.secret_place[act] != NONE or setting.acts.signs[act] != NONE
        return 2 + int(setting.disputes.parties.shape[0]) if veils else 1
    for place in range(weights.values.shape[1]):
        if weights.values[act, place] != 1.0:
            return int(weights.values.shape[1])
    return 1


@kernel
def _k_variant(weights: Weights, bid: Bid, veiled: bool, number: int) -> tuple[Bid, float]:
    """A variant of an order, and how far it is from the usual."""
    if veiled:
        purpose = number - 2 if number >= 2 else NONE
        return varied(bid, bid.scale, number == 1, purpose), 1.0 if number > 0 else 0.0
    place = number if number > VALUE_STEPS else number - 1
    if number == 0:
        place = VALUE_STEPS
    far = abs(place - VALUE_STEPS) / VALUE_STEPS
    return varied(bid, weights.values[bid.act, place], bid.secret, bid.purpose), far * far


@kernel
def _k_is_able(setting: Setting, bid: Bid, number: int) -> bool:
    """Whether an order may be given in the open, in secret (1), or for a purpose that concerns one of its parties."""
    if number < 2:
        return number == 0 or bool(setting.acts.secret_place[bid.act] != NONE)
    if setting.acts.signs[bid.act] == NONE:
        return False
    first, second = setting.disputes.parties[number - 2, 0], setting.disputes.parties[number - 2, 1]
    return bid.actor in (first, second) or bid.target in (first, second)
