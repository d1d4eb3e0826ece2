"""Thinking: what the reasoner orders and answers, by compiled kernels, one world at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from game.kernel.compiled import compiled, entry, packed
from game.kernel.compiled.positions import Position, position
from game.kernel.compiled.readiness import ready
from game.kernel.compiled.workspaces import setting_for
from game.kernel.declare import Booleans, of_replica
from game.kernel.draws import Draws
from game.kernel.orders import STANCES, Orders, no_orders
from game.kernel.records import changed, one_world
from game.kernel.world import Board, World
from game.policies.reasoner.crisis_bargaining import STANCE_TERMS, k_stances
from game.policies.reasoner.offers import k_with_terms
from game.policies.reasoner.reasoner import Reasoner as ByArrays
from game.policies.reasoner.reasoner import k_answer, k_choose, k_decide_events
from game.policies.reasoner.thoughts import thoughts_of, weights_of
from game.policies.reasoner.utility import Params, View, k_appraise
from game.submodels.legality import k_permitted


@dataclass(frozen=True, slots=True)
class Mind:
    """What it takes to think about one world, packed."""

    weights: Any
    params: Any
    thoughts: Any
    legal: Booleans  # [N, A, N] of the thoughts
    noise: float


class Reasoner(ByArrays):
    """The built-in reasoner: it orders and answers by kernels where they are ready, by arrays until then."""

    def __init__(self, board: Board, params: Params) -> None:
        super().__init__(board, params)
        self._thinking: Thinking | None = None

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of every state that plays `[R, N, S]`."""
        return self._thinks().orders(view.world, draws) if ready() else super().orders(view, draws)

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[R, N, S]`."""
        return self._thinks().answer(view.world, orders, draws) if ready() else super().answer(view, orders, draws)

    def _thinks(self) -> Thinking:
        if self._thinking is None:
            self._thinking = Thinking(self.board, self.params)
        return self._thinking

    def __getstate__(self) -> dict[str, Any]:
        """Everything but what it last thought, which is worked out again."""
        return {**self.__dict__, "_thinking": None}


class Thinking:
    """The kernels of one board's reasoner, with what it last thought."""

    def __init__(self, board: Board, params: Params) -> None:
        self.board, self.params = board, params
        self._minds: dict[int, Mind] = {}
        self._last: tuple[World, list[Mind]] | None = None

    def orders(self, world: World, draws: Draws) -> Orders:
        """The orders of every state that plays `[R, N, S]`."""
        orders = writable(no_orders(self.board, world.replicas))
        for replica, here, mind in self._thoughts(world):
            decide(here, mind, draws.seeds[replica], one_world(orders, replica), world.pending[replica])
        return orders

    def answer(self, world: World, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[R, N, S]`."""
        accepted = np.zeros(orders.act.shape, dtype=bool)
        for replica, here, mind in self._thoughts(world):
            given = packed(one_world(orders, replica))
            compiled(k_answer)(*_of_answers(here, mind, draws.seeds[replica], given, accepted[replica]))
        return accepted

    def _thoughts(self, world: World) -> Iterator[tuple[int, Position, Mind]]:
        """Each world with what was thought of it, once."""
        if self._last is None or self._last[0] is not world:
            self._last = world, [self._thought(world, replica) for replica in range(world.replicas)]
        for replica, mind in enumerate(self._last[1]):
            yield replica, position(self.board, world, replica), mind

    def _thought(self, world: World, replica: int) -> Mind:
        here, mind = position(self.board, world, replica), self.mind(replica, alone=world.replicas == 1)
        compiled(k_appraise)(*_of_scores(here, mind))
        return mind

    def mind(self, replica: int, *, alone: bool = True) -> Mind:
        """The weights of a replica, and room for thoughts: the same every time where there is one replica only."""
        if replica in self._minds and alone:
            return self._minds[replica]
        params = of_replica(self.params, replica)
        weights = weights_of(self.board, params, replica)
        thoughts = thoughts_of(setting_for(self.board, replica), weights)
        self._minds[replica] = Mind(packed(weights), packed(params), packed(thoughts), thoughts.legal, params.noise)
        return self._minds[replica]


def writable(orders: Orders) -> Orders:
    """Orders in arrays of their own."""
    return changed(orders, **{each.name: np.array(getattr(orders, each.name)) for each in fields(orders)})


PARTS = (k_appraise, k_permitted, k_stances, k_choose, k_decide_events, k_with_terms, k_answer)
"""The kernels of a decision, in the order they are called."""

for _part in PARTS:
    entry(_part)


def decide(here: Position, mind: Mind, seed: np.uint64, orders: Orders, pending: Booleans) -> None:
    """What all states order in a position that was thought about, written to `orders`."""
    for part, given in _of_choices(here, mind, seed, orders, pending).items():
        compiled(part)(*given)


def _of_scores(here: Position, mind: Mind) -> tuple[Any, ...]:
    """What `k_appraise` takes."""
    moment = here.turn + here.opened
    return (
        here.setting, here.world, here.public, here.relation, here.shown, moment, mind.weights, mind.params,
        mind.thoughts,
    )  # fmt: skip


def _of_choices(
    here: Position, mind: Mind, seed: np.uint64, orders: Orders, pending: Booleans
) -> Mapping[Callable[..., None], tuple[Any, ...]]:
    """What the kernels of a decision take, in the order they are called."""
    sides = (orders.stance.shape[0], 2)
    terms, luck = np.zeros((*sides, STANCE_TERMS, len(STANCES))), np.zeros((*sides, len(STANCES)))
    place = (here.setting, here.world, here.public, here.relation, here.shown)
    given, turn = packed(orders), here.turn + 1
    thought = (mind.weights, mind.params, mind.thoughts)
    return {
        k_permitted: (*place, here.turn, here.opened, mind.legal),
        k_stances: (*place, turn, seed, mind.weights, mind.noise, mind.thoughts, orders.stance, terms, luck),
        k_choose: (here.setting, here.world, turn, seed, *thought, given),
        k_decide_events: (here.setting, turn, seed, *thought, pending, orders.option),
        k_with_terms: (here.setting, here.world, *thought, given),
    }


def _of_answers(here: Position, mind: Mind, seed: np.uint64, orders: Any, accepted: Booleans) -> tuple[Any, ...]:
    """What `k_answer` takes."""
    thought = (mind.weights, mind.params, mind.thoughts)
    return here.setting, here.world, here.turn + 1, seed, *thought, orders, accepted


def arguments(thinking: Thinking, world: World, draws: Draws) -> Mapping[Callable[..., None], tuple[Any, ...]]:
    """What each kernel of the reasoner takes for the first replica, before anything was thought."""
    here, mind = position(thinking.board, world), thinking.mind(0)
    orders = one_world(writable(no_orders(thinking.board)), 0)
    accepted = np.zeros(orders.act.shape, dtype=bool)
    return {
        k_appraise: _of_scores(here, mind),
        **_of_choices(here, mind, draws.seeds[0], orders, world.pending[0]),
        k_answer: _of_answers(here, mind, draws.seeds[0], packed(orders), accepted),
    }
