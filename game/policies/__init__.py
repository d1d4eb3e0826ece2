"""Who decides for a state: a policy gives orders and answers proposals, for all states of one run at once.

`reasoner` is the built-in one, `wait` and `random` are baselines, `script:FILE` follows a text. To add one, write a
file with a class of the form below and name it in `named`. `decided` and `answered` ask policies for every run of a
batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Protocol

import numpy as np

from game.errors import UnknownName
from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans
from game.kernel.draws import Draws
from game.kernel.orders import SLOTTED, Orders
from game.kernel.records import one_world
from game.kernel.world import Board, World
from game.policies.random import Random
from game.policies.reasoner.reasoner import Reasoner
from game.policies.script import Script
from game.policies.view import View, observe
from game.policies.wait import Wait

NAMES = ("reasoner", "random", "wait", "script:FILE")


class Policy(Protocol):
    """What decides: pure in the view and the draws, which are those of one run.

    A policy is asked once for each state it is seated for, and gets what that state may know. One that says
    `by_rows = True` promises to take for each row only what that row's state may know, as `View` describes it: it gets
    the view of all states at once, and is asked once.
    """

    name: str

    def orders(self, view: View, draws: Draws) -> Orders:
        """Orders of every state `[N, S]`; only those of the states it is seated for are taken."""
        ...

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals it would accept in each target's place `[N, S]`."""
        ...


Seats = Mapping[int, Policy]
"""The policy of each state that does not follow the default."""


def named(word: str, board: Board, default: Policy, scripts: Mapping[str, str]) -> Policy:
    """The policy a word stands for: `reasoner`, `random`, `wait` or `script:FILE`, whose text is in `scripts`."""
    if word == "reasoner":
        return default
    if word == "wait":
        return Wait()
    if word == "random":
        return Random()
    if word.startswith("script:"):
        file = word.removeprefix("script:")
        return Script.of(scripts[file], board, file)
    raise UnknownName("policy", word, NAMES)


def decided(default: Policy, seats: Seats, board: Board, world: World, draws: Draws) -> Orders:
    """The orders of all states in every run `[R, N, S]`: each seat's own policy, the default elsewhere."""
    runs = [
        _decided(default, seats, observe(board, world, replica), draws.run(replica))
        for replica in range(world.replicas)
    ]
    return Orders(**{each.name: np.stack([getattr(run, each.name) for run in runs]) for each in fields(Orders)})


def answered(
    default: Policy, seats: Seats, board: Board, world: World, orders: Orders, draws: Draws
) -> Booleans:  # fmt: skip
    """Which proposals their targets accept in every run `[R, N, S]`."""
    return np.stack([
        _answered(default, seats, observe(board, world, replica), one_world(orders, replica), draws.run(replica))
        for replica in range(world.replicas)
    ])  # fmt: skip


def _decided(default: Policy, seats: Seats, view: View, draws: Draws) -> Orders:
    orders = default.orders(view, draws)
    for policy, states, seen in _asked(seats, view):
        own = policy.orders(seen, draws)
        mine = np.isin(np.arange(len(view.board.states)), states)[:, None] & view.board.plays[:, None]
        deciders = np.array([event.decider in states for event in view.board.events], dtype=bool)
        orders = replace(
            orders,
            **{name: np.where(mine, getattr(own, name), getattr(orders, name)) for name in SLOTTED},
            option=np.where(deciders, own.option, orders.option),
            stance=np.where(_sides(view.board, states), own.stance, orders.stance),
        )
    return orders


def _answered(default: Policy, seats: Seats, view: View, orders: Orders, draws: Draws) -> Booleans:
    accepted = default.answer(view, orders, draws)
    for policy, states, seen in _asked(seats, view):
        own = policy.answer(seen, orders if seen is view else _known(view, orders, states), draws)
        accepted = np.where(np.isin(orders.target, states), own, accepted)
    return np.asarray(accepted & (orders.act != NONE))


def _asked(seats: Seats, view: View) -> Iterator[tuple[Policy, list[int], View]]:
    """Each policy with the states it is asked for at once, and what these may know."""
    grouped: dict[int, tuple[Policy, list[int]]] = {}
    for state, policy in seats.items():
        if getattr(policy, "by_rows", False):
            grouped.setdefault(id(policy), (policy, []))[1].append(state)
        else:
            yield policy, [state], view.of(state)
    for policy, states in grouped.values():
        yield policy, states, view


def _known(view: View, orders: Orders, states: Sequence[int]) -> Orders:
    """The orders without those in which none of some states has a part."""
    theirs = np.isin(orders.target, states) | np.isin(np.arange(len(view.board.states)), states)[:, None]
    nothing = view.nothing()
    return replace(
        nothing, **{name: np.where(theirs, getattr(orders, name), getattr(nothing, name)) for name in SLOTTED}
    )


def _sides(board: Board, states: Sequence[int]) -> Any:
    """Which sides of the disputes are these states' `[D, 2]`."""
    parties = np.array([each.parties for each in board.disputes], dtype=np.int64).reshape(-1, 2)
    return np.isin(parties, states)


__all__ = ["NAMES", "Policy", "Reasoner", "Seats", "View", "answered", "decided", "named", "observe"]
