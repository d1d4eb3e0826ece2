"""random: a state that does any legal act with equal odds, half the time nothing; it accepts half of all proposals.

In a crisis it climbs, holds, offers a way out or backs down, each one time in four.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans, Integers
from game.kernel.draws import (
    ANSWER,
    CHOICE,
    STANCE,
    Draws,
    combined,
    keys,
)
from game.kernel.numerics import hundredths
from game.kernel.orders import STANCES, Orders, no_orders
from game.policies.reasoner.utility import View
from game.submodels.legality import permitted
from game.submodels.territory import in_crisis


class Random:
    """The policy `random`: a baseline to measure others against."""

    name = "random"
    by_rows = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """One order a slot, drawn evenly from what is legal and affordable `[R, N, S]`."""
        board = view.board
        legal = permitted(board, view.world, view.relation)
        nothing = no_orders(board, view.world.replicas)
        act, target = nothing.act.copy(), nothing.target.copy()
        left, cost = hundredths(view.world.capital), hundredths(board.acts.cost)
        flat = legal.reshape(*legal.shape[:2], -1)
        slots = combined(board.keys[:, None], keys(tuple(f"slot {slot}" for slot in range(board.orders)))[None])
        drawn = draws.uniform(view.turn, CHOICE, slots)
        for slot in range(board.orders if board.acts.names else 0):
            affordable = np.repeat(cost[None, None, :] <= left[:, :, None], len(board.states), axis=2)
            able = flat & affordable
            count = able.cumsum(axis=2)
            number = count[:, :, -1]
            wanted = np.floor((drawn[:, :, slot] * 2.0 - 1.0) * number) + 1.0
            chosen = (count >= wanted[:, :, None]).argmax(axis=2)
            going = (drawn[:, :, slot] >= 0.5) & (number > 0) & (wanted >= 1.0)
            act[:, :, slot] = np.where(going, chosen // len(board.states), NONE)
            target[:, :, slot] = np.where(going, chosen % len(board.states), NONE)
            left = left - np.where(going, cost[act[:, :, slot]], 0.0)
            replica, state = np.nonzero(going)
            flat[replica, state, chosen[replica, state]] = False
        return replace(nothing, act=act, target=target, stance=self._stances(view, draws))

    def _stances(self, view: View, draws: Draws) -> Integers:
        """In every crisis any of the four choices, with equal odds `[R, D, B]`."""
        board, world = view.board, view.world
        live = in_crisis(board, world)
        if not live.any():
            return np.full(world.rung.shape, NONE, dtype=np.int64)
        parties = np.array([each.parties for each in board.disputes], dtype=np.int64)
        cells = combined(board.keys[parties], keys(tuple(each.name for each in board.disputes))[:, None])
        drawn = np.floor(draws.uniform(view.turn, STANCE, cells) * len(STANCES)).astype(np.int64)
        return np.where(live[..., None] & board.plays[parties], drawn, NONE)

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """A fair coin for each proposal `[R, N, S]`."""
        board = view.board
        slots = combined(board.keys[:, None], keys(tuple(f"slot {slot}" for slot in range(board.orders)))[None])
        return np.asarray(draws.uniform(view.turn, ANSWER, slots) < 0.5)
