"""Who decides for a state: a policy gives orders and answers proposals, for all states and replicas at once.

`reasoner` is the built-in one, `wait` and `random` are baselines, `script:FILE` follows a text. To add one, write a
file with a class of the form below and name it in `named`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from game.acts import NONE
from game.declare import Booleans
from game.draws import Draws
from game.errors import UnknownName
from game.orders import SLOTTED, Orders
from game.policies.appraisal import View, observe
from game.policies.random import Random
from game.policies.reasoner import Reasoner
from game.policies.script import Script
from game.policies.wait import Wait
from game.world import Board

NAMES = ("reasoner", "random", "wait", "script:FILE")


class Policy(Protocol):
    """What decides: pure in the view and the draws, vectorised over replicas and states."""

    name: str

    def orders(self, view: View, draws: Draws) -> Orders:
        """Orders of every state `[R, N, S]`; only those of the states it is seated for are taken."""
        ...

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Which proposals it would accept in each target's place `[R, N, S]`."""
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


def decided(default: Policy, seats: Seats, view: View, draws: Draws) -> Orders:
    """The orders of all states: each seat's own policy, the default elsewhere. A policy is asked once."""
    orders = default.orders(view, draws)
    for policy, states in _by_policy(seats):
        own = policy.orders(view, draws)
        playing = [state for state in states if view.board.plays[state]]
        mine = _rows(playing, orders.act.shape)
        deciders = np.array([event.decider in states for event in view.board.events], dtype=bool)
        orders = replace(
            orders,
            **{name: np.where(mine, getattr(own, name), getattr(orders, name)) for name in SLOTTED},
            option=np.where(deciders, own.option, orders.option),
            stance=np.where(_sides(view.board, states), own.stance, orders.stance),
        )
    return orders


def answered(default: Policy, seats: Seats, view: View, orders: Orders, draws: Draws) -> Booleans:
    """Which proposals their targets accept `[R, N, S]`."""
    accepted = default.answer(view, orders, draws)
    for policy, states in _by_policy(seats):
        own = policy.answer(view, orders, draws)
        accepted = np.where(np.isin(orders.target, states), own, accepted)
    return np.asarray(accepted & (orders.act != NONE))


def _by_policy(seats: Seats) -> Sequence[tuple[Policy, list[int]]]:
    """Each policy once, with the states it decides for."""
    grouped: dict[int, tuple[Policy, list[int]]] = {}
    for state, policy in seats.items():
        grouped.setdefault(id(policy), (policy, []))[1].append(state)
    return list(grouped.values())


def _sides(board: Board, states: Sequence[int]) -> Any:
    """Which sides of the disputes are these states' `[D, 2]`."""
    parties = np.array([each.parties for each in board.disputes], dtype=np.int64).reshape(-1, 2)
    return np.isin(parties, states)


def _rows(states: Sequence[int], shape: tuple[int, ...]) -> Any:
    return np.isin(np.arange(shape[1]), states)[None, :, None]


__all__ = ["NAMES", "Policy", "Reasoner", "Seats", "View", "answered", "decided", "named", "observe"]
