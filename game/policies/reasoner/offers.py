"""What a proposer makes of its orders' terms: what it adds, how much is at stake, what for, and who may know.

A deal is proposed where the other would take it as far as its proposer can tell, or is so little short of it that some
political capital makes up for it. Then the value, a purpose or secrecy are chosen where the proposer gains by them and
the other would still agree.
"""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.compiled import entry, kernel
from game.kernel.numerics import in_hundredths, on_grid
from game.kernel.orders import Orders
from game.kernel.setting import Setting
from game.kernel.world import World
from game.policies.reasoner.deal_terms import (
    OFFER_STEP,
    TERM_COUNT,
    Bid,
    bid_in,
    capital_worth,
    varied,
    weigh,
)
from game.policies.reasoner.thoughts import Thoughts, Weights, veto_of
from game.policies.reasoner.utility import Params
from game.policies.reasoner.utility_weights import VALUE_STEPS

BLIND = 1e6
"""No score is below this: who does not foresee answers proposes anything."""


# ---- kernels

STEPS = float(round(1.0 / OFFER_STEP))
"""The steps of an offer in one unit of political capital."""

BEYOND = np.inf
"""What an offer takes that would be more than the most that is given."""


@kernel
def tolerance(params: Params) -> float:
    """How far below zero an answer may be foreseen: not at all with full insight, anything with none."""
    insight = params.insight
    return on_grid((1.0 - insight) / max(insight, 1.0 / BLIND) if insight > 0.0 else BLIND)


@kernel
def gap(thoughts: Thoughts, tolerance: float, deal: int, actor: int, target: int) -> float:
    """By how much a deal falls short of what its target would take, as far as its proposer can tell, in score."""
    return max(-float(thoughts.foreseen[deal, target, actor]) - tolerance, 0.0)


@kernel
def may_propose(
    weights: Weights, params: Params, thoughts: Thoughts, tolerance: float, deal: int, actor: int, target: int
) -> bool:
    """Whether a deal may be proposed: its target would take it, or would with a little more, and no ally forbids it."""
    if gap(thoughts, tolerance, deal, actor, target) > params.cost * params.generosity:
        return False
    return params.insight <= 0.0 or veto_of(weights, thoughts.foreseen_veto, deal, target, actor) == 0


@kernel
def offer(setting: Setting, params: Params, gap: float) -> float:
    """The political capital that is added to a deal: the least on its grid that makes up for what it falls short of.

    BEYOND where that is more than the most that is given.
    """
    if gap <= 0.0:
        return 0.0
    income = max(setting.income, 1.0)
    steps = np.ceil(gap * income / (max(params.cost, 1.0 / BLIND) * OFFER_STEP))
    if capital_worth(setting.income, params.cost, np.rint(steps) / STEPS) < gap:
        steps += 1.0
    offer = np.rint(steps) / STEPS
    return BEYOND if in_hundredths(offer) > in_hundredths(params.generosity * income) else offer


@entry
def with_terms(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, orders: Orders
) -> None:
    """Give the orders the terms that their states choose for them: a value first, then secrecy or a purpose."""
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            for veiled in range(2):
                if orders.act[state, slot] != NONE:
                    made = _best(setting, world, weights, params, thoughts, bid_in(orders, state, slot), veiled == 1)
                    orders.scale[state, slot] = made.scale
                    orders.secret[state, slot], orders.purpose[state, slot] = made.secret, made.purpose


@kernel
def _best(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, bid: Bid, veiled: bool
) -> Bid:
    """Of an order's variants, the first of which is the order as it stands, the best that its target would still take.

    The further from it, the more it has to gain.
    """
    best, greatest, bearable = bid, -np.inf, 0.0
    count = _variants(setting, weights, bid.act, veiled)
    if count == 1:
        return best
    terms, deal = np.zeros(TERM_COUNT), setting.acts.kind[bid.act] == DEAL
    for number in range(count):
        if veiled and not _is_able(setting, bid, number):
            continue
        made, effort = _variant(weights, bid, veiled, number)
        score = weigh(setting, world, weights, params, thoughts, made, ACTOR, False, terms)
        score -= params.departure * effort
        if score <= greatest:
            continue
        answer = 0.0
        if deal:
            answer = weigh(setting, world, weights, params, thoughts, made, TARGET, True, terms)
        if number == 0:
            bearable = min(answer, -tolerance(params))
        if answer >= bearable:
            best, greatest = made, score
    return best


@kernel
def _variants(setting: Setting, weights: Weights, act: int, veiled: bool) -> int:
    """How many variants an act has, the usual one counted: values, or ways to be kept from others or said to be for."""
    if veiled:
        veils = setting.acts.secret_place[act] != NONE or setting.acts.signs[act] != NONE
        return 2 + int(setting.disputes.parties.shape[0]) if veils else 1
    for place in range(weights.values.shape[1]):
        if weights.values[act, place] != 1.0:
            return int(weights.values.shape[1])
    return 1


@kernel
def _variant(weights: Weights, bid: Bid, veiled: bool, number: int) -> tuple[Bid, float]:
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
def _is_able(setting: Setting, bid: Bid, number: int) -> bool:
    """Whether an order may be given in the open, in secret (1), or for a purpose that concerns one of its parties."""
    if number < 2:
        return number == 0 or bool(setting.acts.secret_place[bid.act] != NONE)
    if setting.acts.signs[bid.act] == NONE:
        return False
    first, second = setting.disputes.parties[number - 2, 0], setting.disputes.parties[number - 2, 1]
    return bid.actor in (first, second) or bid.target in (first, second)
