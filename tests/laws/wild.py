"""wild: a policy that does any legal act with any terms it can have, so that laws are tried on everything there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.catalogue import DEAL, NONE, STATEMENT
from game.kernel.declare import Booleans
from game.kernel.draws import (
    OPTION,
    Draws,
    combined,
    key,
    keys,
)
from game.kernel.numerics import hundredths
from game.kernel.orders import PRIVATE, PUBLIC, Orders
from game.policies import View
from game.policies.random import Random


class Wild:
    """The baseline `random`, with terms: secrets, audiences, offices, subjects, purposes, offers, clauses, stances."""

    name = "wild"
    by_rows = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """One order a slot, with terms drawn from those that go with it."""
        board = view.board
        plain = Random().orders(view, draws)
        cells = combined(board.keys[:, None], keys(tuple(f"wild {slot}" for slot in range(board.orders)))[None])
        chance = [draws.uniform(view.turn, OPTION, cells + np.uint64(1000 * step)) for step in range(8)]
        given = plain.act != NONE
        kind = np.where(given, board.acts.kind[plain.act], -1) if board.acts.names else np.full(plain.act.shape, -1)
        deal, statement = kind == DEAL, kind == STATEMENT
        signs = given & (board.acts.signs[plain.act] != NONE) if board.acts.names else given
        third = self._third(plain, chance[0])
        secret = given & np.isin(plain.act, board.acts.secrets) & (chance[1] < 0.6)
        audience = np.where(chance[2] < 0.3, PRIVATE, np.where((chance[2] < 0.6) & (third >= 0), third, PUBLIC))
        left = hundredths(view.world.capital)[:, None] / 100.0
        spent = np.where(given, board.acts.cost[plain.act], 0.0).cumsum(axis=1) if board.acts.names else chance[0] * 0.0
        side_payment = np.where(
            chance[3] < 0.4, np.round(np.maximum(left - spent, 0.0) * chance[4] / board.orders, 2), 0.0
        )
        side_payment = np.where(chance[3] > 0.7, -np.round(chance[4], 2), side_payment)
        disputes, pledges = len(board.disputes), len(board.pledges.names)
        return replace(
            plain,
            secret=secret,
            audience=np.where(statement, audience, PUBLIC),
            office=np.where(statement, np.floor(chance[5] * len(board.offices.names)).astype(np.int64), 0)
            * (spent <= left / 3.0),
            about=np.where(statement & (chance[6] < 0.5), third, NONE),
            purpose=np.where(signs & (chance[6] < 0.5), np.floor(chance[7] * disputes).astype(np.int64), NONE)
            if disputes
            else plain.purpose,
            side_payment=np.where(deal, side_payment, 0.0),
            pledge=np.where(deal & (chance[7] < 0.5), np.floor(chance[5] * pledges).astype(np.int64), NONE)
            if pledges
            else plain.pledge,
            stance=self._stances(view, draws),
        )

    def _third(self, plain: Orders, chance: np.ndarray) -> np.ndarray:
        """A state that is no party to the order, -1 where there is none."""
        states = len(plain.act)
        own = np.arange(states)[:, None]
        third = np.floor(chance * states).astype(np.int64)
        return np.where((third != own) & (third != plain.target), third, NONE)

    def _stances(self, view: View, draws: Draws) -> np.ndarray:
        names = [each.name for each in view.board.disputes]
        cells = np.array([[key(f"{name} {side}") for side in range(2)] for name in names], dtype=np.uint64)
        return np.floor(draws.uniform(view.turn, OPTION, cells.reshape(len(names), 2)) * 4.0).astype(np.int64)

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Yes to two in three."""
        cells = combined(view.board.keys[:, None], keys(tuple(f"yes {s}" for s in range(view.board.orders)))[None])
        return np.asarray(draws.uniform(view.turn, OPTION, cells) < 0.67)
