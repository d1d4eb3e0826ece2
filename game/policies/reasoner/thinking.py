"""Thinking: what the reasoner orders and answers, by compiled kernels, one world at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from game.kernel.compiled import compiled, kernel, packed
from game.kernel.declare import Booleans, Floats, of_replica
from game.kernel.draws import Draws
from game.kernel.orders import STANCES, Orders, no_orders
from game.kernel.positions import Position, position
from game.kernel.records import changed, one_world
from game.kernel.setting import Setting
from game.kernel.workspaces import setting_for
from game.kernel.world import Board, World
from game.policies.reasoner.crisis_bargaining import STANCE_TERMS, k_stances
from game.policies.reasoner.offers import k_with_terms
from game.policies.reasoner.reasoner import k_answer, k_choose, k_decide_events
from game.policies.reasoner.thoughts import Thoughts, thoughts_of, weights_of
from game.policies.reasoner.utility import Params, k_appraise
from game.submodels.legality import k_permitted


@dataclass(frozen=True, slots=True)
class Mind:
    """What it takes to think about one world, packed."""

    weights: Any
    params: Any
    thoughts: Any
    noise: float


class Thinking:
    """The reasoner of one board, with what it last thought."""

    def __init__(self, board: Board, params: Params) -> None:
        self.board, self.params = board, params
        self._minds: dict[int, Mind] = {}
        self._last: tuple[World, list[Mind]] | None = None

    def orders(self, world: World, draws: Draws) -> Orders:
        """The orders of every state that plays `[R, N, S]`."""
        orders = writable(no_orders(self.board, world.replicas))
        turn = world.turn + 1
        for replica, here, mind in self._thoughts(world):
            decide(here, mind, turn, draws.seeds[replica], one_world(orders, replica), world.pending[replica])
        return orders

    def answer(self, world: World, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals their targets accept `[R, N, S]`."""
        accepted = np.zeros(orders.act.shape, dtype=bool)
        for replica, here, mind in self._thoughts(world):
            compiled(k_answer)(
                here.setting, here.world, world.turn + 1, draws.seeds[replica], mind.weights, mind.params,
                mind.thoughts, packed(one_world(orders, replica)), accepted[replica],
            )  # fmt: skip
        return accepted

    def _thoughts(self, world: World) -> Iterator[tuple[int, Position, Mind]]:
        """Each world with what was thought of it, once."""
        if self._last is None or self._last[0] is not world:
            self._last = world, [self._thought(world, replica) for replica in range(world.replicas)]
        for replica, mind in enumerate(self._last[1]):
            yield replica, position(self.board, world, replica), mind

    def _thought(self, world: World, replica: int) -> Mind:
        here, mind = position(self.board, world, replica), self._mind(replica, alone=world.replicas == 1)
        compiled(k_appraise)(
            here.setting, here.world, here.public, here.relation, here.shown, world.turn + world.opened, mind.weights,
            mind.params, mind.thoughts,
        )  # fmt: skip
        return mind

    def _mind(self, replica: int, *, alone: bool) -> Mind:
        """The weights of a replica, and room for thoughts: the same every time where there is one replica only."""
        if replica in self._minds and alone:
            return self._minds[replica]
        params = of_replica(self.params, replica)
        weights = weights_of(self.board, params, replica)
        thoughts = thoughts_of(setting_for(self.board, replica), weights)
        self._minds[replica] = Mind(packed(weights), packed(params), packed(thoughts), params.noise)
        return self._minds[replica]


def writable(orders: Orders) -> Orders:
    """Orders in arrays of their own."""
    return changed(orders, **{each.name: np.array(getattr(orders, each.name)) for each in fields(orders)})


@kernel
def judge(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, opened: bool,
    thoughts: Thoughts,
) -> None:  # fmt: skip
    """What is legal, as part of what was thought."""
    k_permitted(setting, world, public, relation, shown, turn, opened, thoughts.legal)


def decide(here: Position, mind: Mind, turn: int, seed: np.uint64, orders: Orders, pending: Booleans) -> None:
    """What all states order in a position that was thought about, written to `orders`."""
    sides = (orders.stance.shape[0], 2)
    terms, luck = np.zeros((*sides, STANCE_TERMS, len(STANCES))), np.zeros((*sides, len(STANCES)))
    given = packed(orders)
    compiled(judge)(here.setting, here.world, here.public, here.relation, here.shown, turn - 1, here.opened, mind.thoughts)
    compiled(k_stances)(
        here.setting, here.world, here.public, here.relation, here.shown, turn, seed, mind.weights,
        mind.noise, mind.thoughts, orders.stance, terms, luck,
    )  # fmt: skip
    compiled(k_choose)(here.setting, here.world, turn, seed, mind.weights, mind.params, mind.thoughts, given)
    compiled(k_decide_events)(
        here.setting, turn, seed, mind.weights, mind.params, mind.thoughts, pending, orders.option
    )
    compiled(k_with_terms)(here.setting, here.world, mind.weights, mind.params, mind.thoughts, given)
