"""The built-in reasoner: quantal response over scores that are sums of named terms.

For every legal act towards every state it has a score (`appraisal`); the odds of two acts are exp(lambda times the
difference over `spread`), lambda being the rationality of its personality. The noise is one Gumbel draw a possible
order, addressed by its name, so that an option more or less changes no other option's luck. A proposal is made only if
the other side would accept it by the same terms, and accepted by a logistic around zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.acts import NONE, TARGET, gradings
from game.consequences import regard_of
from game.declare import Booleans, Floats, Integers, Value, per_replica
from game.draws import ANSWER, CHOICE, OPTION, Draws, Words, combined, keys
from game.happenings import Effects
from game.numerics import COARSE, gumbel_table, hundredths, logarithm, snap, total
from game.orders import Orders, by_state, is_proposal, no_orders, permitted_by_act
from game.policies.appraisal import (
    Appraisal,
    Params,
    Tables,
    View,
    accepts_in_principle,
    appraise,
    contributions,
    tables,
)
from game.policies.brinkmanship import Choices, choices, may_strike
from game.policies.wants import slopes
from game.world import CALM, Board

__all__ = ["Params", "Rationale", "Reasoner"]


@dataclass(frozen=True, slots=True)
class Rationale:
    """Why an order was given: its score, the terms that sum to it, its luck in units of score, and the runner-up.

    The runner-up is what the same slot would have been used for without the order: another order, or nothing (None, at
    the score of the threshold). Score and luck together of the order are never below those of the runner-up.
    """

    score: float
    luck: float
    terms: Mapping[str, float]
    runner_up: str | None
    runner_up_score: float
    runner_up_luck: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The orders of all states, and what is needed to explain them."""

    orders: Orders
    appraisal: Appraisal
    legal: Booleans  # [R, N, A, N]
    options: Options
    choices: Choices | None = None  # in crises, where there are any


@dataclass(frozen=True, slots=True)
class SlotTurn:
    """One slot of every owner: which options were open `[O]`, the index of the best, and whether it was worth it."""

    open: Booleans
    index: Integers
    going: Booleans


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
    utility: Floats
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
        self.tables: Tables = tables(board)
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
        board, world = self.board, view.world
        appraisal = self.appraisal(view)
        by_act = permitted_by_act(board, world, view.regard) & board.plays[:, None]
        by_act[self.tables.deals] &= np.swapaxes(accepts_in_principle(appraisal), 0, 1)
        crises = choices(view, self.params.noise, draws) if (world.rung != CALM).any() else None
        nothing = no_orders(board, world.replicas)
        stance = nothing.stance if crises is None else crises.stance
        if board.acts.force.any():
            by_act[board.acts.force] &= may_strike(board, world, stance)
        legal = by_state(by_act)
        options = self._possible(view, appraisal, legal, draws)
        chosen = self._chosen(options, view)
        option = self._options(view, draws) if world.pending.any() else nothing.option
        orders = replace(nothing, act=chosen[0], target=chosen[1], option=option, stance=stance)
        return Decision(orders, appraisal, legal, options, crises)

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of every state that plays `[R, N, S]`."""
        return self.decide(view, draws).orders

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[R, N, S]`."""
        board = self.board
        proposals = is_proposal(board, orders)
        replica, actor, slot = np.nonzero(proposals)
        accepted = np.zeros(orders.act.shape, dtype=bool)
        if not replica.size:
            return accepted
        appraisal = self.appraisal(view)
        act, target = orders.act[replica, actor, slot], orders.target[replica, actor, slot]
        deal = self.tables.place[act]
        score = appraisal.target[replica, deal, target, actor]
        veto = appraisal.veto[replica, deal, target, actor]
        words = draws.words(view.turn, ANSWER, self.keys[actor, act, target], replica)
        table = gumbel_table()
        noise = table[words[0] >> np.uint64(16)] - table[words[1] >> np.uint64(16)]
        sharpness = _of_replica(_sharpness(board, self.params), replica)[np.arange(replica.size), target]
        leaning = sharpness * score + _of_replica(self.params.noise, replica) * noise
        accepted[replica, actor, slot] = (leaning >= 0.0) & (veto == 0.0)
        return accepted

    def _chosen(self, options: Options, view: View) -> tuple[Integers, Integers]:
        """Act and target of every slot `[R, N, S]`: the best by score plus noise, within capital, slot by slot."""
        full = (view.world.replicas, len(self.board.states), self.board.orders)
        act = np.full((full[0] * full[1], full[2]), NONE, dtype=np.int64)
        target = act.copy()
        for slot, turn in enumerate(self._turns(options, view)):
            act[options.owner, slot] = np.where(turn.going, options.act[turn.index], NONE)
            target[options.owner, slot] = np.where(turn.going, options.target[turn.index], NONE)
        return act.reshape(full), target.reshape(full)

    def _turns(self, options: Options, view: View) -> Iterator[SlotTurn]:
        """Slot by slot, what each owner may still do and does: no act twice, no smile and frown at one state."""
        left = hundredths(view.world.capital).reshape(-1)
        cost, tone = hundredths(self.board.acts.cost), self.tables.opposite
        open_ = np.ones(options.act.size, dtype=bool)
        for slot in range(self.board.orders if options.act.size else 0):
            open_ = open_ & (cost[options.act] <= left[options.decider])
            index, best = _best(np.where(open_, options.utility + options.noise[slot], -np.inf), options)
            going = best > options.quiet[slot]
            yield SlotTurn(open_, index, going)
            chosen, towards = options.act[index], options.target[index]
            left[options.owner] -= np.where(going, cost[chosen], 0.0)
            contrary = (options.target == towards[options.place]) & (tone[options.act] != tone[chosen][options.place])
            open_ = open_ & ~(going[options.place] & ((options.act == chosen[options.place]) | contrary))

    def _possible(self, view: View, appraisal: Appraisal, legal: Booleans, draws: Draws) -> Options:
        """Every legal order of every state, with its score in units of noise and one noise a slot."""
        params, board = self.params, self.board
        replica, state, act, target = np.nonzero(legal)
        decider = replica * legal.shape[1] + state
        first = np.flatnonzero(np.diff(decider, prepend=-1))
        owner = decider[first]
        place = np.repeat(np.arange(first.size), np.diff(np.append(first, decider.size)))
        sharpness = np.broadcast_to(_sharpness(board, params), legal.shape[:2]).reshape(-1)
        utility = appraisal.actor[replica, act, state, target] * sharpness[decider]
        threshold = np.broadcast_to(per_replica(params.threshold, 2), legal.shape[:2]).reshape(-1)
        share = np.broadcast_to(per_replica(params.noise, 2), legal.shape[:2]).reshape(-1)
        cells = np.concatenate([self.keys[state, act, target], board.keys[state[first]]])
        words = draws.words(view.turn, CHOICE, cells, np.concatenate([replica, replica[first]]))
        table = gumbel_table()
        noise, quiet = [], []
        for slot in range(board.orders):
            drawn = table[_sixteen(words, slot)]
            noise.append(drawn[: decider.size] * share[decider])
            quiet.append((sharpness * threshold)[owner] + drawn[decider.size :] * share[owner])
        return Options(act, target, decider, first, owner, place, utility, noise, quiet)

    def _options(self, view: View, draws: Draws) -> Integers:
        """The option taken of each event that waits: odds by weight and by what its decider gains `[R, E]`."""
        board, world = self.board, view.world
        slope = slopes(board, self.tables.wants, view.sight).regard
        graded = gradings(board, view.shown)
        taken = np.full((world.replicas, len(board.events)), NONE, dtype=np.int64)
        for index in np.flatnonzero(world.pending.any(axis=0)).tolist():
            event = board.events[index]
            sharpness = _sharpness(board, self.params)[:, event.decider]
            cells = combined(board.event_keys[index : index + 1], keys(tuple(each.name for each in event.options)))
            noise = gumbel_table()[_sixteen(draws.words(view.turn, OPTION, cells), 0)]
            noise = noise * per_replica(self.params.noise, 2)
            gains = [_gain(board, graded, option.effects, slope[:, event.decider]) for option in event.options]
            gain = np.stack(gains, axis=1) * per_replica(self.params.goals, 2) * sharpness[:, None]
            weights = np.array([max(option.weight, 1e-9) for option in event.options])
            taken[:, index] = (logarithm(weights) + gain + noise).argmax(axis=1)
        return np.where(world.pending, taken, NONE)

    def rationale(self, view: View, decision: Decision, replica: int, state: int, slot: int) -> Rationale:
        """Why the order in a slot was given, and what would have been given without it."""
        act, target = (int(part[replica, state, slot]) for part in (decision.orders.act, decision.orders.target))
        terms = contributions(self.tables, decision.appraisal, self.params, (replica, state, act, target))
        options = decision.options
        owner = int(np.flatnonzero(options.owner == replica * len(self.board.states) + state)[0])
        turn = next(each for number, each in enumerate(self._turns(options, view)) if number == slot)
        mine = options.place == owner
        value = np.where(mine & turn.open, options.utility + options.noise[slot], -np.inf)
        chosen = int(turn.index[owner])
        sharpness = float(_of_replica(_sharpness(self.board, self.params), np.array([replica]))[0, state])
        score = float(decision.appraisal.actor[replica, act, state, target])
        luck = float(options.noise[slot][chosen]) / sharpness
        value[chosen] = -np.inf
        other = int(value.argmax())
        quiet = float(options.quiet[slot][owner])
        if value[other] < quiet:
            threshold = float(np.asarray(_of_replica(self.params.threshold, np.array([replica]))).flat[0])
            return Rationale(score, luck, terms, None, threshold, quiet / sharpness - threshold)
        name = f"{self.board.acts.names[options.act[other]]} {self.board.states[options.target[other]]}"
        second = float(decision.appraisal.actor[replica, options.act[other], state, options.target[other]])
        return Rationale(score, luck, terms, name, second, float(options.noise[slot][other]) / sharpness)

    def answer_terms(self, view: View, replica: int, actor: int, act: int, target: int) -> Mapping[str, float]:
        """The terms of the target's answer to a proposal; it leans to accept where their sum is not below zero."""
        cell = (replica, target, act, actor)
        return contributions(self.tables, self.appraisal(view), self.params, cell, TARGET)


def _gain(board: Board, graded: Floats, effects: Effects, slope: Floats) -> Floats:
    """What the effects on relations are worth by the slope of one state's objectives `[R]`."""
    impulse = regard_of(board, graded, effects)
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


def _sixteen(words: Words, slot: int) -> Words:
    """The sixteen bits of a slot, two slots a word."""
    shift = np.uint64(16 * (slot % 2))
    return np.asarray((words[slot // 2] >> shift) & np.uint64(0xFFFF))
