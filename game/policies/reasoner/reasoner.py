"""The built-in reasoner: quantal response over scores that are sums of named terms.

For every legal act towards every state it has a score (`appraisal`); the odds of two acts are exp(lambda times the
difference over `spread`), lambda being the rationality of its personality. The noise is one Gumbel draw a possible
order, addressed by its name, so that an option more or less changes no other option's luck. A proposal is made only if
the other side would accept it by the same terms, with a little political capital added where that is just short, and
accepted by a logistic around zero. The luck of an answer belongs to the proposal, not to its terms: a better offer
never fares worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Integers,
    Value,
    Words,
    per_replica,
)
from game.kernel.draws import (
    ANSWER,
    CHOICE,
    OPTION,
    Draws,
    combined,
    drawn_words,
    joined,
    keys,
)
from game.kernel.events import Effects
from game.kernel.numerics import (
    COARSE,
    gumbel_table,
    hundredths,
    in_hundredths,
    logarithm,
    logarithm_of,
    on_coarse_grid,
    snap,
    total,
)
from game.kernel.orders import PUBLIC, Orders, is_proposal, no_orders, unspent
from game.kernel.records import changed
from game.kernel.setting import RATIONALITY, Setting
from game.kernel.world import CALM, Board, World
from game.policies.reasoner.crisis_bargaining import Choices, choices, k_may_strike, may_strike
from game.policies.reasoner.deal_terms import (
    FATIGUE,
    TERM_COUNT,
    Bid,
    Bids,
    bid_in,
    k_capital_worth,
    k_weigh,
    weighed,
)
from game.policies.reasoner.offers import (
    BEYOND,
    Proposable,
    k_gap,
    k_may_propose,
    k_offer,
    k_tolerance,
    offers,
    proposable,
    with_terms,
)
from game.policies.reasoner.thoughts import Thoughts, Weights, veto_of
from game.policies.reasoner.utility import (
    TERMS,
    Appraisal,
    Params,
    View,
    appraise,
)
from game.policies.reasoner.utility_weights import Tables, tables
from game.submodels.evaluation import Sight
from game.submodels.event_effects import k_gain, relation_of
from game.submodels.impulses import gradings
from game.submodels.legality import by_state, permitted_by_act

__all__ = ["Decision", "Params", "Rationale", "Reasoner", "Reception"]


@dataclass(frozen=True, slots=True)
class Rationale:
    """Why an order was given: its score, the terms that sum to it, its luck in units of score, and the runner-up.

    The runner-up is what the same slot would have been used for without the order: another order, or nothing (None, at
    the score of the threshold). Score and luck together of the order are never below those of the runner-up.
    """

    score: float
    chance: float
    terms: Mapping[str, float]
    runner_up: str | None
    runner_up_score: float
    runner_up_chance: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The orders of all states, and what is needed to explain them."""

    orders: Orders
    appraisal: Appraisal
    legal: Booleans  # [R, N, A, N]
    options: Options
    choices: Choices | None = None  # in crises, where there are any


@dataclass(frozen=True, slots=True)
class Reception:
    """How proposals are received, each field `[O]`.

    `score` is the sum of `terms` [O, T] to the target, `luck` in units of score. It agrees where their sum is not
    below zero, no ally forbids it (`veto`, 1 + the ally) and it has left what is asked of it.
    """

    terms: Floats
    score: Floats
    chance: Floats
    veto: Integers
    payable: Booleans
    accepted: Booleans


@dataclass(frozen=True, slots=True)
class SlotTurn:
    """One slot of every owner: which options were open `[O]`, the index of the best, and whether it was worth it.

    `tired` [O] is what each option's score has lost by what the earlier slots did towards the same state.
    """

    open: Booleans
    index: Integers
    going: Booleans
    tired: Floats


@dataclass(frozen=True, slots=True)
class Options:
    """All legal orders, flat `[O]`, those of one state in one replica side by side.

    `decider` numbers the state over all replicas; `first` is where each decider's options begin, `owner` who it is, and
    `place` which of these an option belongs to.
    """

    act: Integers
    target: Integers
    decider: Integers
    first: Integers
    owner: Integers
    place: Integers
    side_payment: Floats  # the political capital it adds, so that the other would agree
    price: Floats  # what it takes in all, in hundredths
    score: Floats
    sharpness: Floats
    noise: list[Floats]
    quiet: list[Floats]  # what doing nothing is worth to each owner, one a slot


def _best(values: Floats, options: Options) -> tuple[Integers, Floats]:
    """The index of each owner's best option, the first of equals, and its value."""
    best = np.maximum.reduceat(values, options.first)
    numbers = np.arange(values.size)
    index = np.minimum.reduceat(np.where(values == best[options.place], numbers, values.size), options.first)
    return index, best


class Reasoner:
    """Decides for any state, in all replicas at once. It keeps nothing between turns but the last view's appraisal."""

    name = "reasoner"
    by_rows = True

    def __init__(self, board: Board, params: Params) -> None:
        self.board, self.params = board, params
        self.tables: Tables = tables(board, params.horizon)
        states, acts = len(board.states), len(board.acts.names)
        pairs = combined(board.keys[:, None, None], board.acts.keys[None, :, None])
        self.keys = combined(np.broadcast_to(pairs, (states, acts, 1)), board.keys[None, None, :])
        self._last: tuple[View, Appraisal] | None = None

    def appraisal(self, view: View) -> Appraisal:
        """The scores of a position, made once a view."""
        if self._last is None or self._last[0] is not view:
            self._last = (view, appraise(view, self.tables, self.params))
        return self._last[1]

    def decide(self, view: View, draws: Draws) -> Decision:
        """Up to S orders for every state that plays."""
        board, params, world = self.board, self.params, view.world
        appraisal = self.appraisal(view)
        shown = None if view.all_is_open else Sight(board, view.public, view.shown)
        by_act = permitted_by_act(board, world, view.relation, shown) & board.plays[:, None]
        willing = proposable(appraisal, params)
        by_act[self.tables.deals] &= np.swapaxes(willing.allowed, 0, 1)
        crises = choices(view, params.noise, draws) if (world.rung != CALM).any() else None
        nothing = no_orders(board, world.replicas)
        stance = nothing.stance if crises is None else crises.stance
        if board.acts.force.any():
            by_act[board.acts.force] &= may_strike(board, world, stance)
        legal = by_state(by_act)
        options = self._possible(view, appraisal, legal, willing, draws)
        option = self._options(view, draws) if world.pending.any() else nothing.option
        orders = changed(self._chosen(options, view, nothing), option=option, stance=stance)
        orders = with_terms(view, self.tables, appraisal, params, orders)
        return Decision(orders, appraisal, legal, options, crises)

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of every state that plays `[R, N, S]`."""
        return self.decide(view, draws).orders

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[R, N, S]`."""
        cell = np.nonzero(is_proposal(self.board, orders))
        accepted = np.zeros(orders.act.shape, dtype=bool)
        if cell[0].size:
            left = unspent(self.board, view.world, orders)
            accepted[cell] = self.reception(view, Bids.of(orders, cell), draws, left).accepted
        return accepted

    def reception(self, view: View, bids: Bids, draws: Draws, left: Floats | None = None) -> Reception:
        """How their targets receive proposals this turn, with the capital `left` [R, N] that their own orders leave."""
        params, appraisal = self.params, self.appraisal(view)
        terms = weighed(view, self.tables, appraisal, params, bids, TARGET)
        score = total(terms, axis=1)
        veto = appraisal.veto[bids.replica, self.tables.place[bids.act], bids.target, bids.actor]
        sharpness, noise = self.chance(view, bids, draws)
        able = (view.world.capital if left is None else left)[bids.replica, bids.target]
        payable = hundredths(-bids.side_payment) <= hundredths(able)
        agreed = (sharpness * score + noise >= 0.0) & (veto == 0.0) & payable
        chance = noise / np.where(sharpness > 0.0, sharpness, 1.0)
        return Reception(terms, score, chance, veto.astype(np.int64), payable, agreed)

    def chance(self, view: View, bids: Bids, draws: Draws) -> tuple[Floats, Floats]:
        """How sharply each target tells scores apart, and its luck in the same units, whatever the terms `[O]`."""
        words = draws.words(view.turn, ANSWER, self.keys[bids.actor, bids.act, bids.target], bids.replica)
        table = gumbel_table()
        noise = table[words[0] >> np.uint64(16)] - table[words[1] >> np.uint64(16)]
        sharpness = _of_replica(_sharpness(self.board, self.params), bids.replica)
        return sharpness[np.arange(len(bids)), bids.target], _of_replica(self.params.noise, bids.replica) * noise

    def worth(self, view: View, bids: Bids) -> Floats:
        """The terms of what proposals are worth to those who make them `[O, T]`."""
        return weighed(view, self.tables, self.appraisal(view), self.params, bids)

    def _chosen(self, options: Options, view: View, nothing: Orders) -> Orders:
        """Act, target and offer of every slot: the best by score plus noise, within capital, slot by slot."""
        full = nothing.act.shape
        flat = (full[0] * full[1], full[2])
        act, target, side_payment = (
            np.full(flat, NONE, dtype=np.int64),
            np.full(flat, NONE, dtype=np.int64),
            np.zeros(flat),
        )
        for slot, turn in enumerate(self._turns(options, view)):
            act[options.owner, slot] = np.where(turn.going, options.act[turn.index], NONE)
            target[options.owner, slot] = np.where(turn.going, options.target[turn.index], NONE)
            side_payment[options.owner, slot] = np.where(turn.going, options.side_payment[turn.index], 0.0)
        return changed(
            nothing, act=act.reshape(full), target=target.reshape(full), side_payment=side_payment.reshape(full)
        )

    def _turns(self, options: Options, view: View) -> Iterator[SlotTurn]:
        """Slot by slot, what each owner may still do and does: no act twice, no smile and frown at one state.

        What it has done towards a state this turn tires it of doing more, as what it did lately does.
        """
        left = hundredths(view.world.capital).reshape(-1)
        tone, tiring = self.tables.opposite, self.tables.tiring
        open_ = np.ones(options.act.size, dtype=bool)
        done = np.zeros((options.owner.size, len(self.board.states)))
        replica = options.owner // max(len(self.board.states), 1)
        mine = np.arange(options.owner.size)
        for slot in range(self.board.orders if options.act.size else 0):
            open_ = open_ & (options.price <= left[options.decider])
            tired = tiring[options.act] * done[options.place, options.target]
            value = (options.score + tired) * options.sharpness + options.noise[slot]
            index, best = _best(np.where(open_, value, -np.inf), options)
            going = best > options.quiet[slot]
            yield SlotTurn(open_, index, going, tired)
            chosen, towards = options.act[index], options.target[index]
            left[options.owner] -= np.where(going, options.price[index], 0.0)
            size = snap(self.tables.size[chosen] * _of_replica(self.params.fatigue, replica), COARSE)
            done[mine, towards] += np.where(going, size, 0.0)
            contrary = (options.target == towards[options.place]) & (tone[options.act] != tone[chosen][options.place])
            open_ = open_ & ~(going[options.place] & ((options.act == chosen[options.place]) | contrary))

    def _possible(
        self, view: View, appraisal: Appraisal, legal: Booleans, willing: Proposable, draws: Draws
    ) -> Options:
        """Every legal order of every state, with its score and one noise a slot."""
        params, board = self.params, self.board
        replica, state, act, target = np.nonzero(legal)
        decider = replica * legal.shape[1] + state
        first = np.flatnonzero(np.diff(decider, prepend=-1))
        owner = decider[first]
        place = np.repeat(np.arange(first.size), np.diff(np.append(first, decider.size)))
        sharpness = np.broadcast_to(_sharpness(board, params), legal.shape[:2]).reshape(-1)
        side_payment, price, worth = offers(
            board, self.tables, params, willing, Bids.plain(replica, state, act, target)
        )
        score = appraisal.actor[replica, act, state, target] - worth
        threshold = np.broadcast_to(per_replica(params.threshold, 2), legal.shape[:2]).reshape(-1)
        share = np.broadcast_to(per_replica(params.noise, 2), legal.shape[:2]).reshape(-1)
        cells = np.concatenate([self.keys[state, act, target], board.keys[state[first]]])
        mine, further = np.concatenate([replica, replica[first]]), range(SLOTS_A_DRAW, board.orders, SLOTS_A_DRAW)
        places = [cells, *(combined(cells, np.array([slot], dtype=np.uint64)) for slot in further)]
        words = [draws.words(view.turn, CHOICE, each, mine) for each in places]
        table = gumbel_table()
        noise, quiet = [], []
        for slot in range(board.orders):
            drawn = table[_sixteen(words[slot // SLOTS_A_DRAW], slot % SLOTS_A_DRAW)]
            noise.append(drawn[: decider.size] * share[decider])
            quiet.append((sharpness * threshold)[owner] + drawn[decider.size :] * share[owner])
        lots = act, target, decider, first, owner, place, side_payment, price, score, sharpness[decider]
        return Options(*lots, noise, quiet)

    def _options(self, view: View, draws: Draws) -> Integers:
        """The option taken of each event that waits: odds by weight and by what its decider gains `[R, E]`."""
        board, world = self.board, view.world
        slope = self.appraisal(view).outlook.slope
        graded = gradings(board, view.shown)
        taken = np.full((world.replicas, len(board.events)), NONE, dtype=np.int64)
        for index in np.flatnonzero(world.pending.any(axis=0)).tolist():
            event = board.events[index]
            sharpness = _sharpness(board, self.params)[:, event.decider]
            cells = combined(board.event_keys[index : index + 1], keys(tuple(each.name for each in event.options)))
            noise = gumbel_table()[_sixteen(draws.words(view.turn, OPTION, cells), 0)]
            noise = noise * per_replica(self.params.noise, 2)
            gains = [_gain(board, graded, option.effects, slope[:, event.decider]) for option in event.options]
            gain = np.stack(gains, axis=1) * per_replica(self.params.objectives, 2) * sharpness[:, None]
            weights = np.array([max(option.weight, 1e-9) for option in event.options])
            taken[:, index] = (logarithm(weights) + gain + noise).argmax(axis=1)
        return np.where(world.pending, taken, NONE)

    def rationale(self, view: View, decision: Decision, replica: int, state: int, slot: int) -> Rationale:
        """Why the order in a slot was given, and what would have been given without it."""
        options = decision.options
        owner = int(np.flatnonzero(options.owner == replica * len(self.board.states) + state)[0])
        turn = next(each for number, each in enumerate(self._turns(options, view)) if number == slot)
        chosen = int(turn.index[owner])
        terms = self._terms(view, decision.orders, replica, state, slot)
        terms["fatigue"] += float(turn.tired[chosen])
        score = float(total(np.array(list(terms.values())), axis=0))
        sharpness = float(options.sharpness[chosen])
        # Without rationality scores decide nothing, and luck is said as it is.
        unit = sharpness if sharpness > 0.0 else 1.0
        chance = float(options.noise[slot][chosen]) / unit
        mine = (options.place == owner) & turn.open
        mine[chosen] = False
        value = np.where(mine, (options.score + turn.tired) * options.sharpness + options.noise[slot], -np.inf)
        other = int(value.argmax())
        quiet = float(options.quiet[slot][owner])
        if value[other] < quiet:
            threshold = float(np.asarray(_of_replica(self.params.threshold, np.array([replica]))).flat[0])
            return Rationale(score, chance, terms, None, threshold, quiet / unit - threshold)
        name = f"{self.board.acts.names[options.act[other]]} {self.board.states[options.target[other]]}"
        second = float(options.score[other] + turn.tired[other])
        return Rationale(score, chance, terms, name, second, float(options.noise[slot][other]) / unit)

    def _terms(self, view: View, orders: Orders, replica: int, state: int, slot: int) -> dict[str, float]:
        """What the order in a slot is worth to the one who gave it, term by term."""
        row = self.worth(view, _single(orders, replica, state, slot))[0]
        return dict(zip(TERMS, row.tolist(), strict=True))

    def answer_terms(self, view: View, orders: Orders, replica: int, state: int, slot: int) -> Mapping[str, float]:
        """The terms of the target's answer to the proposal in a slot.

        It leans to accept where their sum is not below zero.
        """
        bid = _single(orders, replica, state, slot)
        row = weighed(view, self.tables, self.appraisal(view), self.params, bid, TARGET)[0]
        return dict(zip(TERMS, row.tolist(), strict=True))


def _single(orders: Orders, replica: int, state: int, slot: int) -> Bids:
    """The order in one slot."""
    return Bids.of(orders, (np.array([replica]), np.array([state]), np.array([slot])))


def _gain(board: Board, graded: Floats, effects: Effects, slope: Floats) -> Floats:
    """What the effects on relations are worth by the slope of one state's objectives `[R]`."""
    impulse = relation_of(board, graded, effects)
    if impulse is None:
        return np.zeros(graded.shape[0])
    moved = snap(total(impulse, axis=1) / 100.0, COARSE)
    return total(moved * slope, axis=(1, 2))


def _sharpness(board: Board, params: Params) -> Floats:
    """How a difference in score changes the odds, by state: rationality over spread `[1 or R, N]`."""
    return np.asarray(board.personalities.sliders["rationality"][None, :] / per_replica(params.spread, 2))


def _of_replica(value: Value | Floats, replica: Integers) -> Any:
    """A leaf, or the rows of an array that may be shared, for each of some replicas."""
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return value
    return value[replica if value.shape[0] > 1 else np.zeros_like(replica)]


SLOTS_A_DRAW = 8
"""How many slots the four words of one draw serve, two a word."""


def _sixteen(words: Words, slot: int) -> Words:
    """The sixteen bits of a slot, two slots a word."""
    shift = np.uint64(16 * (slot % 2))
    return np.asarray((words[slot // 2] >> shift) & np.uint64(0xFFFF))


# ---- kernels

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
def k_lots(setting: Setting) -> Lots:
    """Room for all orders of one state."""
    states = setting.plays.size
    room = setting.acts.kind.size * states
    return Lots(
        np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int64), np.zeros(room), np.zeros(room), np.zeros(room),
        np.zeros(room, dtype=np.uint64), np.zeros(room, dtype=np.uint64), np.zeros(states),
    )  # fmt: skip


@kernel
def k_sharpness(setting: Setting, params: Params, state: int) -> float:
    """How a difference in score changes the odds: rationality over spread."""
    return float(setting.sliders[RATIONALITY, state] / params.spread)


@kernel
def k_choose(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    orders: Orders,
) -> None:  # fmt: skip
    """Act, target and offer of every slot: the best by score plus luck, within capital, slot by slot.

    What is legal is narrowed to what the reasoner would do: propose only what may be accepted, and strike only from an
    ultimatum.
    """
    lots = k_lots(setting)
    for state in range(setting.plays.size):
        count = _k_gather(setting, world, weights, params, thoughts, orders.stance, state, lots)
        left, sharpness = in_hundredths(world.capital[state]), k_sharpness(setting, params, state)
        if count == 0:
            continue
        for slot in range(orders.act.shape[1]):
            if slot % SLOTS_A_DRAW == 0:
                _k_draw(setting, turn, seed, state, slot, lots, count)
            best = _k_best(weights, params, lots, count, sharpness, slot, left, NONE)
            quiet = k_quiet(setting, turn, seed, weights, params, state, slot)
            if best != NONE and _k_value(weights, params, lots, best, sharpness, slot) > quiet:
                orders.act[state, slot] = lots.act[best]
                orders.target[state, slot] = lots.target[best]
                orders.side_payment[state, slot] = lots.side_payment[best]
                left -= lots.price[best]
                _k_do(weights, params, lots, count, best)


@kernel
def _k_gather(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, stance: Integers, state: int,
    lots: Lots,
) -> int:  # fmt: skip
    """Write the orders to `lots` that a state may give and pay for; how many there are."""
    acts, legal, left = setting.acts, thoughts.legal, in_hundredths(world.capital[state])
    tolerance, count = k_tolerance(params), 0
    for target in range(lots.done.size):
        lots.done[target] = 0.0
    for act in range(acts.kind.size):
        cost = in_hundredths(acts.cost[act])
        for target in range(legal.shape[2]):
            if not legal[state, act, target]:
                continue
            if not _k_would(setting, world, weights, params, thoughts, stance, tolerance, state, act, target):
                legal[state, act, target] = False
                continue
            offer = 0.0
            if acts.kind[act] == DEAL:
                offer = k_offer(setting, params, k_gap(thoughts, tolerance, weights.place[act], state, target))
            price = cost + in_hundredths(offer)
            if price <= left:
                lots.act[count], lots.target[count] = act, target
                lots.price[count], lots.side_payment[count] = price, offer
                worth = k_capital_worth(setting.income, params.cost, offer)
                lots.score[count] = thoughts.actor[act, state, target] - worth
                count += 1
    return count


@kernel
def _k_would(
    setting: Setting, world: World, weights: Weights, params: Params, thoughts: Thoughts, stance: Integers,
    tolerance: float, state: int, act: int, target: int,
) -> bool:  # fmt: skip
    """Whether the reasoner would do what is legal at all."""
    if not setting.plays[state]:
        return False
    place = weights.place[act]
    if setting.acts.kind[act] == DEAL and not k_may_propose(weights, params, thoughts, tolerance, place, state, target):
        return False
    return not setting.acts.force[act] or k_may_strike(setting, world, stance, state, target)


@kernel
def _k_draw(setting: Setting, turn: int, seed: np.uint64, state: int, slot: int, lots: Lots, count: int) -> None:
    """Draw the luck of eight slots from this one on."""
    for lot in range(count):
        place = joined(joined(setting.keys[state], setting.acts.keys[lots.act[lot]]), setting.keys[lots.target[lot]])
        words = drawn_words(seed, turn, CHOICE, _k_of_slot(place, slot))
        lots.low[lot] = words[0] | (words[1] << _HALF)
        lots.high[lot] = words[2] | (words[3] << _HALF)


@kernel
def _k_of_slot(place: np.uint64, slot: int) -> np.uint64:
    """The address of what is drawn for eight slots: of the first eight, the plain one."""
    return place if slot < SLOTS_A_DRAW else joined(place, np.uint64(slot))


@kernel
def k_quiet(
    setting: Setting, turn: int, seed: np.uint64, weights: Weights, params: Params, state: int, slot: int
) -> float:
    """What doing nothing in a slot is worth to a state."""
    words = drawn_words(seed, turn, CHOICE, _k_of_slot(setting.keys[state], slot - slot % SLOTS_A_DRAW))
    low, high = words[0] | (words[1] << _HALF), words[2] | (words[3] << _HALF)
    drawn = weights.gumbel[_k_sixteen(low, high, slot)]
    return float(k_sharpness(setting, params, state) * params.threshold + drawn * params.noise)


@kernel
def _k_sixteen(low: np.uint64, high: np.uint64, slot: int) -> int:
    """The sixteen bits of a slot of eight."""
    bits = low if slot % SLOTS_A_DRAW < 4 else high
    return int((bits >> (_UPPER * np.uint64(slot % 4))) & _BITS)


@kernel
def _k_luck(weights: Weights, params: Params, lots: Lots, lot: int, slot: int) -> float:
    """The noise of an order in a slot."""
    return float(weights.gumbel[_k_sixteen(lots.low[lot], lots.high[lot], slot)] * params.noise)


@kernel
def _k_tired(weights: Weights, lots: Lots, lot: int) -> float:
    """What an order's score has lost by what the earlier slots did towards the same state."""
    return float(weights.tiring[lots.act[lot]] * lots.done[lots.target[lot]])


@kernel
def _k_value(weights: Weights, params: Params, lots: Lots, lot: int, sharpness: float, slot: int) -> float:
    """What an order is worth in a slot, its luck included."""
    score = lots.score[lot] + _k_tired(weights, lots, lot)
    return float(score * sharpness + _k_luck(weights, params, lots, lot, slot))


@kernel
def _k_best(
    weights: Weights, params: Params, lots: Lots, count: int, sharpness: float, slot: int, left: float, without: int
) -> int:
    """The best order that is left to a state in a slot, the first of equals, `without` one; -1 where there is none."""
    best, greatest = NONE, -np.inf
    for lot in range(count):
        if lots.price[lot] <= left and lot != without:
            value = _k_value(weights, params, lots, lot, sharpness, slot)
            if value > greatest:
                best, greatest = lot, value
    return best


@kernel
def _k_do(weights: Weights, params: Params, lots: Lots, count: int, best: int) -> None:
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


@kernel
def k_rationale(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    orders: Orders, state: int, slot: int, terms: Floats,
) -> Reason:  # fmt: skip
    """Why the order in a slot was given, and what would have been given without it; its terms are written to `terms`.

    `orders` are those that came of the same thoughts.
    """
    lots = k_lots(setting)
    count = _k_gather(setting, world, weights, params, thoughts, orders.stance, state, lots)
    left, chosen = in_hundredths(world.capital[state]), NONE
    for each in range(slot + 1):
        if each % SLOTS_A_DRAW == 0:
            _k_draw(setting, turn, seed, state, each, lots, count)
        if each < slot and orders.act[state, each] != NONE:
            chosen = _k_lot_of(lots, count, orders.act[state, each], orders.target[state, each])
            left -= lots.price[chosen]
            _k_do(weights, params, lots, count, chosen)
    chosen = _k_lot_of(lots, count, orders.act[state, slot], orders.target[state, slot])
    score = k_weigh(setting, world, weights, params, thoughts, bid_in(orders, state, slot), ACTOR, False, terms)
    terms[FATIGUE] += _k_tired(weights, lots, chosen)
    score += _k_tired(weights, lots, chosen)
    # Without rationality scores decide nothing, and luck is said as it is.
    sharpness = k_sharpness(setting, params, state)
    unit = sharpness if sharpness > 0.0 else 1.0
    chance = _k_luck(weights, params, lots, chosen, slot) / unit
    quiet = k_quiet(setting, turn, seed, weights, params, state, slot)
    other = _k_best(weights, params, lots, count, sharpness, slot, left, chosen)
    if other == NONE or _k_value(weights, params, lots, other, sharpness, slot) < quiet:
        return Reason(score, chance, NONE, NONE, params.threshold, quiet / unit - params.threshold)
    second = lots.score[other] + _k_tired(weights, lots, other)
    luck = _k_luck(weights, params, lots, other, slot) / unit
    return Reason(score, chance, lots.act[other], lots.target[other], second, luck)


@kernel
def _k_lot_of(lots: Lots, count: int, act: int, target: int) -> int:
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


@kernel
def k_reception(
    setting: Setting, world: World, turn: int, seed: np.uint64, weights: Weights, params: Params, thoughts: Thoughts,
    bid: Bid, left: float, terms: Floats,
) -> Received:  # fmt: skip
    """How the target receives a proposal with the capital `left` to it; what it weighs is written to `terms` [T]."""
    score = k_weigh(setting, world, weights, params, thoughts, bid, TARGET, False, terms)
    veto = veto_of(weights, thoughts.veto, weights.place[bid.act], bid.target, bid.actor)
    sharpness = k_sharpness(setting, params, bid.target)
    noise = k_answer_luck(setting, turn, seed, weights, params, bid)
    payable = in_hundredths(-bid.side_payment) <= in_hundredths(left)
    agreed = sharpness * score + noise >= 0.0 and veto == 0 and payable
    return Received(score, noise / (sharpness if sharpness > 0.0 else 1.0), veto, payable, agreed)


@kernel
def k_answer_luck(setting: Setting, turn: int, seed: np.uint64, weights: Weights, params: Params, bid: Bid) -> float:
    """The luck of an answer, whatever the terms, before it is told in units of score."""
    place = joined(joined(setting.keys[bid.actor], setting.acts.keys[bid.act]), setting.keys[bid.target])
    words = drawn_words(seed, turn, ANSWER, place)
    return float(params.noise * (weights.gumbel[words[0] >> _UPPER] - weights.gumbel[words[1] >> _UPPER]))


@kernel
def k_unspent(setting: Setting, world: World, orders: Orders, state: int) -> float:
    """The political capital that a state has left besides what its own orders take and offer."""
    taken = 0.0
    for slot in range(orders.act.shape[1]):
        act = orders.act[state, slot]
        cost = 0.0
        if act != NONE:
            cost = on_coarse_grid(setting.acts.cost[act] * setting.office_cost[orders.office[state, slot]])
        taken += on_coarse_grid(cost + max(orders.side_payment[state, slot], 0.0))
    return max(float(world.capital[state]) - taken, 0.0)


@kernel
def k_answer(
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
                left = k_unspent(setting, world, orders, bid.target)
                found = k_reception(setting, world, turn, seed, weights, params, thoughts, bid, left, terms)
                accepted[state, slot] = found.accepted


@kernel
def k_clear(orders: Orders) -> None:
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


@kernel
def k_decide_events(
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
        sharpness = k_sharpness(setting, params, events.decider[event])
        slope = thoughts.outlook.relation[events.decider[event]]
        for place in range(first, events.first_option[event + 1]):
            words = drawn_words(seed, turn, OPTION, events.option_keys[place])
            noise = weights.gumbel[words[0] & _BITS] * params.noise
            gain = k_gain(setting, thoughts.graded, events.keys.size + place, slope) * params.objectives * sharpness
            value = logarithm_of(max(events.weight[place], 1e-9)) + gain + noise
            if value > greatest:
                option[event], greatest = place - first, value
