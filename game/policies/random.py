"""random: a state that does any legal act with equal odds, half the time nothing; it accepts half of all proposals.

In a crisis it climbs, holds, offers a way out or backs down, each one time in four.
"""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.compiled import compiled, entry, kernel, packed
from game.kernel.declare import Booleans, Floats, Integers, Words
from game.kernel.draws import ANSWER, CHOICE, STANCE, Draws, drawn_uniform, joined, keys
from game.kernel.numerics import in_hundredths
from game.kernel.orders import STANCES, Orders
from game.kernel.setting import Setting
from game.kernel.world import World
from game.policies.reasoner.choosing import clear
from game.policies.view import View
from game.submodels.legality import permitted
from game.submodels.territory import in_crisis


class Random:
    """The policy `random`: a baseline to measure others against."""

    name = "random"
    by_rows = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """One order a slot, drawn evenly from what is legal and affordable `[N, S]`."""
        orders, here = view.nothing(), view.position
        legal = np.zeros((len(view.board.states), len(view.board.acts.names), len(view.board.states)), dtype=bool)
        compiled(random_orders)(
            here.setting, here.world, here.public, here.relation, here.shown, view.turn, here.opened, draws.seed,
            slot_keys(view.board.orders), legal, packed(orders),
        )  # fmt: skip
        return orders

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """A fair coin for each proposal `[N, S]`."""
        accepted = np.zeros(orders.act.shape, dtype=bool)
        slots = slot_keys(view.board.orders)
        compiled(random_answers)(view.position.setting, view.turn, draws.seed, slots, accepted)
        return accepted


def slot_keys(orders: int) -> Words:
    """The addresses of so many slots `[S]`."""
    return keys(tuple(f"slot {slot}" for slot in range(orders)))


@entry
def random_orders(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, opened: bool,
    seed: np.uint64, slots: Words, legal: Booleans, orders: Orders,
) -> None:  # fmt: skip
    """One order a slot for every state, drawn evenly from what is legal and affordable, and stances; writes `orders`.

    `legal` [N, A, N] is room for what is; `turn` is the one that is decided, from 1, and `slots` are `slot_keys`.
    """
    clear(orders)
    random_stances(setting, world, turn, seed, orders.stance)
    permitted(setting, world, public, relation, shown, turn - 1, opened, legal)
    for state in range(legal.shape[0]):
        left = in_hundredths(world.capital[state])
        for slot in range(slots.size):
            drawn = drawn_uniform(seed, turn, CHOICE, joined(setting.keys[state], slots[slot]))
            if drawn >= 0.5:
                number = _count(setting, legal, state, left)
                left -= _take(setting, legal, state, slot, left, np.floor((drawn * 2.0 - 1.0) * number) + 1.0, orders)


@kernel
def _count(setting: Setting, legal: Booleans, state: int, left: float) -> int:
    """How many orders a state may give with the capital that is left to it."""
    number = 0
    for act in range(legal.shape[1]):
        if in_hundredths(setting.acts.cost[act]) <= left:
            for target in range(legal.shape[2]):
                number += legal[state, act, target]
    return number


@kernel
def _take(
    setting: Setting, legal: Booleans, state: int, slot: int, left: float, wanted: float, orders: Orders
) -> float:
    """Give the order of the number that is wanted, from 1, if there is one; what it takes, in hundredths."""
    number = 0
    for act in range(legal.shape[1]):
        cost = in_hundredths(setting.acts.cost[act])
        if cost > left:
            continue
        for target in range(legal.shape[2]):
            if legal[state, act, target]:
                number += 1
                if number == wanted:
                    orders.act[state, slot], orders.target[state, slot] = act, target
                    legal[state, act, target] = False
                    return cost
    return 0.0


@kernel
def random_stances(setting: Setting, world: World, turn: int, seed: np.uint64, stance: Integers) -> None:
    """In every crisis any of the four choices, with equal odds, written to `stance` [D, 2]."""
    for dispute in range(stance.shape[0]):
        live = in_crisis(setting, world, dispute)
        for side in range(2):
            state = setting.disputes.parties[dispute, side]
            stance[dispute, side] = NONE
            if live and setting.plays[state]:
                drawn = drawn_uniform(seed, turn, STANCE, joined(setting.keys[state], setting.disputes.keys[dispute]))
                stance[dispute, side] = int(drawn * len(STANCES))


@entry
def random_answers(setting: Setting, turn: int, seed: np.uint64, slots: Words, accepted: Booleans) -> None:
    """A fair coin for each proposal, written to `accepted` [N, S]."""
    for state in range(accepted.shape[0]):
        for slot in range(accepted.shape[1]):
            drawn = drawn_uniform(seed, turn, ANSWER, joined(setting.keys[state], slots[slot]))
            accepted[state, slot] = drawn < 0.5
