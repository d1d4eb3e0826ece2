"""The built-in reasoner: quantal response over scores that are sums of named terms.

For every legal act towards every state it has a score (`utility`). A proposal is made only if the other side would
accept it by the same terms, with a little political capital added where that is just short (`offers`). What it then
does and answers is chosen by `choosing`, in crises by `crisis_bargaining`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ACTOR, NONE
from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import Position, position_of
from game.kernel.compiled.workspaces import setting_for
from game.kernel.declare import Booleans, Floats, Integers, is_swept, of_replica
from game.kernel.draws import Draws
from game.kernel.orders import STANCES, Orders
from game.kernel.records import changed
from game.kernel.world import Board
from game.policies.reasoner.choosing import (
    answer,
    choose,
    decide_events,
    rationale,
    reception,
)
from game.policies.reasoner.crisis_bargaining import STANCE_TERMS, Choices, no_choices, stances, weigh_stances
from game.policies.reasoner.deal_terms import TERM_COUNT, Bid, weigh
from game.policies.reasoner.offers import with_terms
from game.policies.reasoner.thoughts import Thoughts, Weights, thoughts_of, weights_of
from game.policies.reasoner.utility import TERMS, Params, appraise
from game.policies.view import View
from game.submodels.legality import permitted

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
    """The orders of all states `[N, S]`, and what is needed to explain them."""

    orders: Orders
    legal: Booleans  # [N, A, N] what they might do, of what they would do at all
    choices: Choices  # in crises
    seed: np.uint64


@dataclass(frozen=True, slots=True)
class Reception:
    """How proposals are received, each field `[O]`.

    `score` is the sum of `terms` [O, T] to the target, `chance` its luck in units of score. It agrees where their sum
    is not below zero, no ally forbids it (`veto`, 1 + the ally) and it has left what is asked of it.
    """

    terms: Floats
    score: Floats
    chance: Floats
    veto: Integers
    payable: Booleans
    accepted: Booleans


@dataclass(slots=True)
class Mind:
    """What it takes to think about the world of one replica, and what was last thought."""

    weights: Weights
    params: Params
    thoughts: Thoughts
    packed: tuple[Any, Any, Any]  # the three
    seen: Position | None = None  # of the view that was last thought about
    here: Position | None = None  # the same, on the reasoner's own board


class Reasoner:
    """Decides for any state. It keeps nothing between turns but what it last thought of the world of each replica."""

    name = "reasoner"
    by_rows = True

    def __init__(self, board: Board, params: Params) -> None:
        self.board, self.params = board, params
        self._minds: dict[int, Mind] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Everything but what it last thought, which is worked out again."""
        return {**self.__dict__, "_minds": {}}

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of every state that plays `[N, S]`."""
        return self.decide(view, draws).orders

    def decide(self, view: View, draws: Draws) -> Decision:
        """Up to S orders for every state that plays, and what they choose in crises and of events that wait."""
        (here, mind), made = self._thought(view), self.choices(view, draws)
        orders = changed(view.nothing(), stance=made.stance)
        for part, given in _of_orders(here, mind, draws.seed, orders, view.world.pending).items():
            compiled(part)(*given)
        return Decision(orders, mind.thoughts.legal.copy(), made, draws.seed)

    def choices(self, view: View, draws: Draws) -> Choices:
        """What every side of every crisis chooses."""
        (here, mind), made = self._thought(view), no_choices(len(self.board.disputes))
        compiled(stances)(*_of_stances(here, mind, draws.seed, made))
        return made

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[N, S]`."""
        here, mind = self._thought(view)
        accepted = np.zeros(orders.act.shape, dtype=bool)
        compiled(answer)(*_of_answers(here, mind, draws.seed, orders, accepted))
        return accepted

    def appraisal(self, view: View) -> Thoughts:
        """The scores of a position, until another one with the same number is looked at."""
        return self._thought(view)[1].thoughts

    def worth(self, view: View, bids: Sequence[Bid], role: int = ACTOR, *, foreseen: bool = False) -> Floats:
        """The terms of what orders are worth to the party in `role`, in the order of `TERMS` `[O, T]`.

        `foreseen` is what the proposer may foresee of its target's: without what that keeps to itself.
        """
        here, mind = self._thought(view)
        terms = np.zeros((len(bids), TERM_COUNT))
        for bid, row in zip(bids, terms, strict=True):
            compiled(weigh)(here.setting, here.world, *mind.packed, bid, role, foreseen, row)
        return terms

    def reception(self, view: View, bids: Sequence[Bid], draws: Draws, left: Floats | None = None) -> Reception:
        """How their targets receive proposals this turn, with the capital `left` [N] that their own orders leave."""
        (here, mind), capital = self._thought(view), view.world.capital if left is None else left
        terms, found = np.zeros((len(bids), TERM_COUNT)), []
        for bid, row in zip(bids, terms, strict=True):
            place, able = (here.setting, here.world, view.turn, draws.seed), float(capital[bid.target])
            found.append(compiled(reception)(*place, *mind.packed, bid, able, row))
        return Reception(
            terms,
            np.array([each.score for each in found], dtype=np.float64),
            np.array([each.chance for each in found], dtype=np.float64),
            np.array([each.veto for each in found], dtype=np.int64),
            np.array([each.payable for each in found], dtype=bool),
            np.array([each.accepted for each in found], dtype=bool),
        )

    def sharpness(self, view: View, state: int) -> float:
        """How a difference in score changes a state's odds: rationality over spread."""
        params = self._mind(view.replica).params
        return float(self.board.personalities.sliders["rationality"][state] / params.spread)

    def rationale(self, view: View, decision: Decision, state: int, slot: int) -> Rationale:
        """Why the order in a slot was given, and what would have been given without it."""
        (here, mind), terms = self._thought(view), np.zeros(TERM_COUNT)
        np.copyto(mind.thoughts.legal, decision.legal)
        found = compiled(rationale)(
            here.setting, here.world, view.turn, decision.seed, *mind.packed, packed(decision.orders), state, slot,
            terms,
        )  # fmt: skip
        names = self.board.acts.names, self.board.states
        other = None if found.act == NONE else f"{names[0][found.act]} {names[1][found.target]}"
        return Rationale(
            float(found.score), float(found.chance), by_name(terms),
            other, float(found.runner_up_score), float(found.runner_up_chance),
        )  # fmt: skip

    def stance_terms(self, view: View, dispute: int, side: int) -> Floats:
        """What each stance would be worth to one side of a dispute, were it a crisis, term by term `[T, 4]`."""
        (here, mind), terms = self._thought(view), np.zeros((STANCE_TERMS, len(STANCES)))
        compiled(weigh_stances)(
            here.setting, here.world, here.public, here.relation, here.shown, mind.packed[0],
            mind.thoughts.trust_level, dispute, side, terms,
        )  # fmt: skip
        return terms

    def _thought(self, view: View) -> tuple[Position, Mind]:
        """What is thought of a view, worked out once, and where: a view may be of another board than the reasoner's."""
        mind = self._mind(view.replica)
        if mind.here is None or mind.seen is not view.position:
            own = view.board is self.board
            here = view.position if own else position_of(self.board, view.world, view.replica)
            mind.here = mind.seen = None
            compiled(appraise)(*_of_scores(here, mind))
            mind.here, mind.seen = here, view.position
        return mind.here, mind

    def _mind(self, replica: int) -> Mind:
        """The mind of a replica; all share weights and parameters where they share all numbers."""
        found = self._minds.get(replica)
        if found is None:
            first = self._minds.get(0) if self.board.drawn == 1 and not is_swept(self.params) else None
            params = of_replica(self.params, replica) if first is None else first.params
            weights = weights_of(self.board, params, replica) if first is None else first.weights
            thoughts = thoughts_of(setting_for(self.board, replica), weights)
            shared = (packed(weights), packed(params)) if first is None else first.packed[:2]
            self._minds[replica] = found = Mind(weights, params, thoughts, (*shared, packed(thoughts)))
        return found


def by_name(terms: Floats) -> Mapping[str, float]:
    """The terms of one score `[T]` by their names."""
    return dict(zip(TERMS, terms.tolist(), strict=True))


PARTS: tuple[Callable[..., None], ...] = (
    appraise, permitted, stances, choose, decide_events, with_terms, answer,
)  # fmt: skip
"""The kernels of a decision."""

EXPLANATIONS: tuple[Callable[..., Any], ...] = (weigh, reception, rationale, weigh_stances)
"""The kernels that tell why."""


def _of_scores(here: Position, mind: Mind) -> tuple[Any, ...]:
    """What `appraise` takes."""
    moment = here.turn + here.opened
    return here.setting, here.world, here.public, here.relation, here.shown, moment, *mind.packed


def _of_stances(here: Position, mind: Mind, seed: np.uint64, made: Choices) -> tuple[Any, ...]:
    """What `stances` takes."""
    weights, _, thoughts = mind.packed
    return (
        here.setting, here.world, here.public, here.relation, here.shown, here.turn + 1, seed, weights,
        mind.params.noise, thoughts, made.stance, made.terms, made.chance,
    )  # fmt: skip


def _of_orders(
    here: Position, mind: Mind, seed: np.uint64, orders: Orders, pending: Booleans
) -> Mapping[Callable[..., None], tuple[Any, ...]]:
    """What the kernels of a decision take that come after the choices in crises, in the order they are called."""
    place = (here.setting, here.world, here.public, here.relation, here.shown)
    given, turn, thought = packed(orders), here.turn + 1, mind.packed
    return {
        permitted: (*place, here.turn, here.opened, mind.thoughts.legal),
        choose: (here.setting, here.world, turn, seed, *thought, given),
        decide_events: (here.setting, turn, seed, *thought, pending, orders.option),
        with_terms: (here.setting, here.world, *thought, given),
    }


def _of_answers(here: Position, mind: Mind, seed: np.uint64, orders: Orders, accepted: Booleans) -> tuple[Any, ...]:
    """What `answer` takes."""
    return here.setting, here.world, here.turn + 1, seed, *mind.packed, packed(orders), accepted


def arguments(reasoner: Reasoner, view: View, draws: Draws) -> Mapping[Callable[..., Any], tuple[Any, ...]]:
    """What each kernel of the reasoner takes for a view, before anything was thought of it."""
    mind, here, orders = reasoner._mind(view.replica), view.position, view.nothing()
    made, seed, bid = no_choices(len(view.board.disputes)), draws.seed, Bid(0, 0, 0)
    place, terms = (here.setting, here.world), np.zeros(TERM_COUNT)
    sides = np.zeros((STANCE_TERMS, len(STANCES)))
    known = (here.public, here.relation, here.shown, mind.packed[0], mind.thoughts.trust_level)
    return {
        appraise: _of_scores(here, mind),
        stances: _of_stances(here, mind, seed, made),
        **_of_orders(here, mind, seed, orders, view.world.pending),
        answer: _of_answers(here, mind, seed, orders, np.zeros(orders.act.shape, dtype=bool)),
        weigh: (*place, *mind.packed, bid, ACTOR, False, terms),
        reception: (*place, view.turn, seed, *mind.packed, bid, 0.0, terms),
        rationale: (*place, view.turn, seed, *mind.packed, packed(orders), 0, 0, terms),
        weigh_stances: (*place, *known, 0, 0, sides),
    }
