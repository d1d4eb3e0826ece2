"""Choosing: how the slots of a turn are filled, what is answered, and which option of an event is taken.

It is quantal response: the odds of two acts are exp(lambda times the difference of their scores over `spread`), lambda
being the rationality of the state's personality. The noise is one Gumbel draw a possible order, addressed by its name,
so that an option more or less changes no other option's luck. A proposal is accepted by a logistic around zero. The
luck of an answer belongs to the proposal, not to its terms: a better offer never fares worse.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Booleans, Floats, Integers, Words
from game.kernel.draws import ANSWER, CHOICE, OPTION, drawn_words, joined
from game.kernel.numerics import in_hundredths, logarithm_of, on_coarse_grid
from game.kernel.orders import PUBLIC, Orders
from game.kernel.setting import RATIONALITY, Setting
from game.kernel.world import World
from game.policies.reasoner.crisis_bargaining import may_strike
from game.policies.reasoner.deal_terms import FATIGUE, TERM_COUNT, Bid, bid_in, capital_worth, weigh
from game.policies.reasoner.offers import BEYOND, gap, may_propose, offer, tolerance
from game.policies.reasoner.thoughts import Thoughts, Weights, veto_of
from game.policies.reasoner.utility import Params
from game.submodels.event_effects import gain

SLOTS_A_DRAW = 8
"""How many slots the four words of one draw serve, two a word."""

_BITS = np.uint64(0xFFFF)
_HALF = np.uint64(32)
_UPPER = np.uint64(16)


class Lots(NamedTuple):
    """The orders that one state may give `[O]`, with room to spare, in the order of acts and targets.

    What is closed to it takes more than anybody has. `low` and `high` hold the luck of eight slots, sixteen bits each,
    and `done` [N] how much it has done this turn towards each state.
    """

    act: Integers
    target: Integers
    price: Floats  # in hundredths, what is offered with it included
    side_payment: Floats
    score: Floats
    low: Words
    high: Words
    done: Floats


@kernel
def lots(setting: Setting) -> Lots:
    """Room for all orders of one state."""
    states = setting.plays.size
    room = setting.acts.kind.size * states
    return Lots(
        np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int64), np.zeros(room), np.zeros(room), np.zeros(room),
        np.zeros(room, dtype=np.uint64), np.zeros(room, dtype=np.uint64), np.zeros(states),
    )  # fmt: skip


@kernel
def sharpness(setting: Setting, params: Params, state: int) -> float:
    """How a difference in score changes the odds: rationality over spread."""
    return float(setting.sliders[RATIONALITY, state] / params.spread)


@entry
def choose(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    orders: Orders,
) -> None:  # fmt: skip
    """Act, target and offer of every slot: the best by score plus luck, within capital, slot by slot.

    What is legal is narrowed to what the reasoner would do: propose only what may be accepted, and strike only from an
    ultimatum.
    """
    pool = lots(setting)
    for state in range(setting.plays.size):
        count = gather(setting, world, weights, params, thoughts, orders.stance, state, pool)
        left, sharp = in_hundredths(world.capital[state]), sharpness(setting, params, state)
        if count == 0:
            continue
        for slot in range(orders.act.shape[1]):
            if slot % SLOTS_A_DRAW == 0:
                draw(setting, turn, seed, state, slot, pool, count)
            best = _best(weights, params, pool, count, sharp, slot, left, NONE)
            nothing = quiet(setting, turn, seed, weights, params, state, slot)
            if best != NONE and _value(weights, params, pool, best, sharp, slot) > nothing:
                orders.act[state, slot] = pool.act[best]
                orders.target[state, slot] = pool.target[best]
                orders.side_payment[state, slot] = pool.side_payment[best]
                left -= pool.price[best]
                _do(weights, params, pool, count, best)


@kernel
def gather(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, stance: Integers, state: int,
    lots: Lots,
) -> int:  # fmt: skip
    """Write the orders to `lots` that a state may give and pay for; how many there are."""
    acts, legal, left = setting.acts, thoughts.legal, in_hundredths(world.capital[state])
    allowed, count = tolerance(params), 0
    for target in range(lots.done.size):
        lots.done[target] = 0.0
    for act in range(acts.kind.size):
        cost = in_hundredths(acts.cost[act])
        for target in range(legal.shape[2]):
            if not legal[state, act, target]:
                continue
            if not _would(setting, world, weights, params, thoughts, stance, allowed, state, act, target):
                legal[state, act, target] = False
                continue
            made = 0.0
            if acts.kind[act] == DEAL:
                made = offer(setting, params, gap(thoughts, allowed, weights.place[act], state, target))
            price = cost + in_hundredths(made)
            if price <= left:
                lots.act[count], lots.target[count] = act, target
                lots.price[count], lots.side_payment[count] = price, made
                worth = capital_worth(setting.income, params.cost, made)
                lots.score[count] = thoughts.actor[act, state, target] - worth
                count += 1
    return count


@kernel
def _would(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, stance: Integers,
    tolerance: float, state: int, act: int, target: int,
) -> bool:  # fmt: skip
    """Whether the reasoner would do what is legal at all."""
    if not setting.plays[state]:
        return False
    place = weights.place[act]
    if setting.acts.kind[act] == DEAL and not may_propose(weights, params, thoughts, tolerance, place, state, target):
        return False
    return not setting.acts.force[act] or may_strike(setting, world, stance, state, target)


@kernel
def draw(setting: Setting, turn: int, seed: np.uint64, state: int, slot: int, lots: Lots, count: int) -> None:
    """Draw the luck of eight slots from this one on."""
    for lot in range(count):
        place = joined(joined(setting.keys[state], setting.acts.keys[lots.act[lot]]), setting.keys[lots.target[lot]])
        words = drawn_words(seed, turn, CHOICE, _of_slot(place, slot))
        lots.low[lot] = words[0] | (words[1] << _HALF)
        lots.high[lot] = words[2] | (words[3] << _HALF)


@kernel
def _of_slot(place: np.uint64, slot: int) -> np.uint64:
    """The address of what is drawn for eight slots: of the first eight, the plain one."""
    return place if slot < SLOTS_A_DRAW else joined(place, np.uint64(slot))


@kernel
def quiet(
    setting: Setting, turn: int, seed: np.uint64, weights: Weights, params: Params, state: int, slot: int
) -> float:
    """What doing nothing in a slot is worth to a state."""
    words = drawn_words(seed, turn, CHOICE, _of_slot(setting.keys[state], slot - slot % SLOTS_A_DRAW))
    low, high = words[0] | (words[1] << _HALF), words[2] | (words[3] << _HALF)
    drawn = weights.gumbel[_sixteen(low, high, slot)]
    return float(sharpness(setting, params, state) * params.threshold + drawn * params.noise)


@kernel
def _sixteen(low: np.uint64, high: np.uint64, slot: int) -> int:
    """The sixteen bits of a slot of eight."""
    bits = low if slot % SLOTS_A_DRAW < 4 else high
    return int((bits >> (_UPPER * np.uint64(slot % 4))) & _BITS)


@kernel
def luck(weights: Weights, params: Params, lots: Lots, lot: int, slot: int) -> float:
    """The noise of an order in a slot."""
    return float(weights.gumbel[_sixteen(lots.low[lot], lots.high[lot], slot)] * params.noise)


@kernel
def tired(weights: Weights, lots: Lots, lot: int) -> float:
    """What an order's score has lost by what the earlier slots did towards the same state."""
    return float(weights.tiring[lots.act[lot]] * lots.done[lots.target[lot]])


@kernel
def _value(weights: Weights, params: Params, lots: Lots, lot: int, sharpness: float, slot: int) -> float:
    """What an order is worth in a slot, its luck included."""
    score = lots.score[lot] + tired(weights, lots, lot)
    return float(score * sharpness + luck(weights, params, lots, lot, slot))


@kernel
def _best(
    weights: Weights, params: Params, lots: Lots, count: int, sharpness: float, slot: int, left: float, without: int
) -> int:
    """The best order that is left to a state in a slot, the first of equals, `without` one; -1 where there is none."""
    best, greatest = NONE, -np.inf
    for lot in range(count):
        if lots.price[lot] <= left and lot != without:
            value = _value(weights, params, lots, lot, sharpness, slot)
            if value > greatest:
                best, greatest = lot, value
    return best


@kernel
def _do(weights: Weights, params: Params, lots: Lots, count: int, best: int) -> None:
    """Close what an order excludes: no act twice, no smile and frown at one state. It tires of more towards that."""
    act, target = lots.act[best], lots.target[best]
    lots.done[target] += on_coarse_grid(weights.size[act] * params.fatigue)
    for lot in range(count):
        contrary = lots.target[lot] == target and weights.opposite[lots.act[lot]] != weights.opposite[act]
        if contrary or lots.act[lot] == act:
            lots.price[lot] = BEYOND


class Reason(NamedTuple):
    """Why an order was given: its score, its luck in units of score, and the runner-up, -1 where that is nothing."""

    score: float
    chance: float
    act: int
    target: int
    runner_up_score: float
    runner_up_chance: float


@entry
def rationale(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    orders: Orders, state: int, slot: int, terms: Floats,
) -> Reason:  # fmt: skip
    """Why the order in a slot was given, and what would have been given without it; its terms are written to `terms`.

    `orders` are those that came of the same thoughts.
    """
    pool = lots(setting)
    count = gather(setting, world, weights, params, thoughts, orders.stance, state, pool)
    left, chosen = in_hundredths(world.capital[state]), NONE
    for each in range(slot + 1):
        if each % SLOTS_A_DRAW == 0:
            draw(setting, turn, seed, state, each, pool, count)
        if each < slot and orders.act[state, each] != NONE:
            chosen = _lot_of(pool, count, orders.act[state, each], orders.target[state, each])
            left -= pool.price[chosen]
            _do(weights, params, pool, count, chosen)
    chosen = _lot_of(pool, count, orders.act[state, slot], orders.target[state, slot])
    score = weigh(setting, world, weights, params, thoughts, bid_in(orders, state, slot), ACTOR, False, terms)
    terms[FATIGUE] += tired(weights, pool, chosen)
    score += tired(weights, pool, chosen)
    # Without rationality scores decide nothing, and luck is said as it is.
    sharp = sharpness(setting, params, state)
    unit = sharp if sharp > 0.0 else 1.0
    chance = luck(weights, params, pool, chosen, slot) / unit
    nothing = quiet(setting, turn, seed, weights, params, state, slot)
    other = _best(weights, params, pool, count, sharp, slot, left, chosen)
    if other == NONE or _value(weights, params, pool, other, sharp, slot) < nothing:
        return Reason(score, chance, NONE, NONE, params.threshold, nothing / unit - params.threshold)
    second = pool.score[other] + tired(weights, pool, other)
    noise = luck(weights, params, pool, other, slot) / unit
    return Reason(score, chance, pool.act[other], pool.target[other], second, noise)


@kernel
def _lot_of(lots: Lots, count: int, act: int, target: int) -> int:
    """Where an order stands among those that may be given."""
    for lot in range(count):
        if lots.act[lot] == act and lots.target[lot] == target:
            return lot
    return NONE


class Received(NamedTuple):
    """How a proposal is received; `veto` is 1 + the ally that forbids it, 0 for none."""

    score: float
    chance: float  # in units of score
    veto: int
    payable: bool
    accepted: bool


@entry
def reception(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    bid: Bid, left: float, terms: Floats,
) -> Received:  # fmt: skip
    """How the target receives a proposal with the capital `left` to it; what it weighs is written to `terms` [T]."""
    score = weigh(setting, world, weights, params, thoughts, bid, TARGET, False, terms)
    veto = veto_of(weights, thoughts.veto, weights.place[bid.act], bid.target, bid.actor)
    sharp = sharpness(setting, params, bid.target)
    noise = answer_luck(setting, turn, seed, weights, params, bid)
    payable = in_hundredths(-bid.side_payment) <= in_hundredths(left)
    agreed = sharp * score + noise >= 0.0 and veto == 0 and payable
    return Received(score, noise / (sharp if sharp > 0.0 else 1.0), veto, payable, agreed)


@kernel
def answer_luck(setting: Setting, turn: int, seed: np.uint64, weights: Weights, params: Params, bid: Bid) -> float:
    """The luck of an answer, whatever the terms, before it is told in units of score."""
    place = joined(joined(setting.keys[bid.actor], setting.acts.keys[bid.act]), setting.keys[bid.target])
    words = drawn_words(seed, turn, ANSWER, place)
    return float(params.noise * (weights.gumbel[words[0] >> _UPPER] - weights.gumbel[words[1] >> _UPPER]))


@kernel
def unspent(setting: Setting, world: World, orders: Orders, state: int) -> float:
    """The political capital that a state has left besides what its own orders take and offer."""
    taken = 0.0
    for slot in range(orders.act.shape[1]):
        act = orders.act[state, slot]
        cost = 0.0
        if act != NONE:
            cost = on_coarse_grid(setting.acts.cost[act] * setting.office_cost[orders.office[state, slot]])
        taken += on_coarse_grid(cost + max(orders.side_payment[state, slot], 0.0))
    return max(float(world.capital[state]) - taken, 0.0)


@entry
def answer(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    orders: Orders, accepted: Booleans,
) -> None:  # fmt: skip
    """Which proposals their targets accept, written to `accepted` [N, S]."""
    terms = np.zeros(TERM_COUNT)
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            accepted[state, slot] = False
            act = orders.act[state, slot]
            if act != NONE and setting.acts.kind[act] == DEAL:
                bid = bid_in(orders, state, slot)
                left = unspent(setting, world, orders, bid.target)
                found = reception(setting, world, turn, seed, weights, params, thoughts, bid, left, terms)
                accepted[state, slot] = found.accepted


@kernel
def clear(orders: Orders) -> None:
    """Nobody does anything."""
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            orders.act[state, slot], orders.target[state, slot] = NONE, NONE
            orders.scale[state, slot], orders.secret[state, slot] = 1.0, False
            orders.audience[state, slot], orders.office[state, slot] = PUBLIC, 0
            orders.about[state, slot], orders.purpose[state, slot] = NONE, NONE
            orders.side_payment[state, slot], orders.pledge[state, slot] = 0.0, NONE
    for event in range(orders.option.size):
        orders.option[event] = NONE
    for dispute in range(orders.stance.shape[0]):
        for side in range(orders.stance.shape[1]):
            orders.stance[dispute, side] = NONE


@entry
def decide_events(
    setting: Setting, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    pending: Booleans, option: Integers,
) -> None:  # fmt: skip
    """The option taken of each event that is `pending` [E], written to `option` [E].

    The odds go by its weight and by what its decider gains.
    """
    events = setting.events
    for event in range(option.size):
        if not pending[event]:
            continue
        first, greatest = events.first_option[event], -np.inf
        sharp = sharpness(setting, params, events.decider[event])
        slope = thoughts.outlook.relation[events.decider[event]]
        for place in range(first, events.first_option[event + 1]):
            words = drawn_words(seed, turn, OPTION, events.option_keys[place])
            noise = weights.gumbel[words[0] & _BITS] * params.noise
            gained = gain(setting, thoughts.graded, events.keys.size + place, slope) * params.objectives * sharp
            value = logarithm_of(max(events.weight[place], 1e-9)) + gained + noise
            if value > greatest:
                option[event], greatest = place - first, value
