"""script: a state that follows a text, line by line.

    3: ada: reassure bora               in turn 3
    *: ada: praise dena                 in every turn, when it is legal
    4: accept bora                      in turn 4, accept what Bora proposes (`*` and `all` work too)
    5: bora: back_down strait           in turn 5, the choice in a crisis; where none is given, it holds

Everything else is refused. A line that is not legal or affordable in its turn is left out, and `left_out` says why;
lines for every turn wait silently until they are. `#` starts a comment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from game.errors import (
    IllegalOrder,
    InvalidOrder,
    PolicyError,
    nearest,
)
from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans, Integers
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.orders import SLOTTED, STANCES, Order, Orders, cost_of, indices, no_orders, parse_order
from game.kernel.world import CALM, Board
from game.policies.reasoner.utility import View
from game.submodels.legality import check_order, permitted

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a turn (None for every turn), and an order or the state whose proposals are accepted."""

    turn: int | None
    order: Order | None
    accept: str | None


class Script:
    """The policy `script:FILE`."""

    name = "script"
    by_rows = True

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = tuple(lines)

    @classmethod
    def of(cls, text: str, board: Board, place: str = "the script") -> Script:
        """The policy that a text describes; PolicyError names the line that is wrong."""
        lines = []
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.split("#", 1)[0].strip()
            if line:
                lines.append(_line(line, board, f"{place}, line {number}"))
        return cls(lines)

    def orders(self, view: View, draws: Draws) -> Orders:
        """The lines of this turn, as far as they are legal, affordable and fit the slots `[R, N, S]`."""
        board = view.board
        legal = permitted(board, view.world, view.relation)
        nothing = no_orders(board, view.world.replicas)
        given = {name: getattr(nothing, name).copy() for name in SLOTTED}
        left = hundredths(view.world.capital)
        used = np.zeros(left.shape, dtype=np.int64)
        for line in self.lines:
            if line.order is None or line.order.is_stance or line.turn not in (None, view.turn):
                continue
            state, which = board.state(line.order.state), board.acts.act(line.order.act)
            towards = board.state(line.order.target)
            cost = float(hundredths(cost_of(line.order, board)))
            able = legal[:, state, which, towards] & (cost <= left[:, state]) & (used[:, state] < board.orders)
            rows = np.flatnonzero(able)
            for name, number in indices(board, line.order).items():
                given[name][rows, state, used[rows, state]] = number
            used[rows, state] += 1
            left[rows, state] -= cost
            legal[rows, state, which, towards] = False
        return replace(nothing, **given, stance=self._stances(view))

    def _stances(self, view: View) -> Integers:
        """What the lines of this turn choose in crises `[R, D, B]`; of two lines for one crisis the first counts."""
        board, world = view.board, view.world
        stance = np.full(world.rung.shape, NONE, dtype=np.int64)
        for line in self.lines:
            order = line.order
            if order is None or not order.is_stance or line.turn not in (None, view.turn):
                continue
            place = [each.name for each in board.disputes].index(order.target)
            state = board.state(order.state)
            for side, party in enumerate(board.disputes[place].parties):
                able = (world.rung[:, place] != CALM).any(axis=1) & (stance[:, place, side] == NONE)
                able &= (party == state) & world.running & ~world.out[:, party]
                stance[able, place, side] = STANCES.index(order.act)
        return stance

    def left_out(self, view: View) -> list[str]:
        """The lines of this turn that cannot be carried out, each with the reason; replica axis 1."""
        board, orders = view.board, self.orders(view, Draws.of(0))
        reasons = []
        for line in self.lines:
            if line.order is None or line.turn != view.turn:
                continue
            if _carried_out(line.order, orders, board):
                continue
            try:
                check_order(line.order, board, view.world, view.relation)
            except IllegalOrder as error:
                reasons.append(str(error))
            else:
                spent = "the choice was" if line.order.is_stance else "its slots or its capital were"
                reasons.append(f"{line.order}: {spent} spent on the lines before")
        return reasons

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Yes where a line of this turn says so `[R, N, S]`."""
        accepted = np.zeros(orders.act.shape, dtype=bool)
        for line in self.lines:
            if line.accept is not None and line.turn in (None, view.turn):
                rows = slice(None) if line.accept == "all" else view.board.state(line.accept)
                accepted[:, rows] = True
        return np.asarray(accepted & (orders.act != NONE))


def _carried_out(order: Order, orders: Orders, board: Board) -> bool:
    """Whether an order of a script is among those it gives; replica axis 1."""
    if order.is_stance:
        place = [each.name for each in board.disputes].index(order.target)
        side = np.array(board.disputes[place].parties) == board.state(order.state)
        return bool((orders.stance[0, place, side] == STANCES.index(order.act)).any())
    act, target = board.acts.act(order.act), board.state(order.target)
    return bool(((orders.act[0] == act) & (orders.target[0] == target)).any())


def _line(line: str, board: Board, place: str) -> Line:
    head, colon, rest = line.partition(":")
    when = head.strip()
    if not colon or not (when == EVERY or when.isdecimal()):
        raise PolicyError(f"{place}: {line!r} does not begin with a turn; write '3: ada: reassure bora'")
    turn = None if when == EVERY else int(when)
    words = rest.split()
    if words[:1] == ["accept"]:
        who = words[1] if len(words) == 2 else ""
        if who not in (*board.states, "all"):
            close = nearest(who, (*board.states, "all"))
            hint = f"; did you mean {close!r}?" if close else "; write 'accept bora' or 'accept all'"
            raise PolicyError(f"{place}: there is no state called {who!r} to accept proposals of{hint}")
        return Line(turn, None, who)
    try:
        return Line(turn, parse_order(rest.strip(), board), None)
    except InvalidOrder as error:
        raise PolicyError(f"{place}: {error}") from error
