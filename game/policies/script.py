"""script: a state that follows a text, line by line.

    3: ada: reassure bora               in turn 3
    *: ada: praise dena                 in every turn, when it is legal
    4: accept bora                      in turn 4, accept what Bora proposes (`*` and `all` work too)
    5: bora: back_down strait           in turn 5, the choice in a crisis; where none is given, it holds

Everything else is refused. A line that is not legal or affordable in its turn is left out, and `left_out` says why;
lines for every turn wait silently until they are. `#` starts a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from game.errors import InvalidOrder, PolicyError, nearest
from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans, Integers
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.orders import STANCES, Order, Orders, cost_of, indices, parse_order
from game.kernel.refusals import message
from game.kernel.world import CALM, Board
from game.policies.view import View
from game.submodels.legality import refusal

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
        """The lines of this turn, as far as they are legal, affordable and fit the slots `[N, S]`."""
        board, orders, legal = view.board, view.nothing(), view.permitted()
        left = hundredths(view.world.capital)
        used = np.zeros(left.shape, dtype=np.int64)
        for order in self._now(view):
            state, which, towards = board.state(order.state), board.acts.act(order.act), board.state(order.target)
            cost = float(hundredths(cost_of(order, board)))
            if legal[state, which, towards] and cost <= left[state] and used[state] < board.orders:
                for name, number in indices(board, order).items():
                    getattr(orders, name)[state, used[state]] = number
                used[state] += 1
                left[state] -= cost
                legal[state, which, towards] = False
        self._choose_stances(view, orders.stance)
        return orders

    def _now(self, view: View, *, stances: bool = False) -> Iterator[Order]:
        """The orders of this turn's lines, or the choices in crises."""
        for line in self.lines:
            if line.order is not None and line.order.is_stance == stances and line.turn in (None, view.turn):
                yield line.order

    def _choose_stances(self, view: View, stance: Integers) -> None:
        """Write what the lines of this turn choose in crises to `stance` [D, 2]; of two for one the first counts."""
        board, world = view.board, view.world
        if view.position.over:
            return
        for order in self._now(view, stances=True):
            place = [each.name for each in board.disputes].index(order.target)
            state = board.state(order.state)
            for side, party in enumerate(board.disputes[place].parties):
                live = (world.rung[place] != CALM).any() and not world.out[party]
                if party == state and live and stance[place, side] == NONE:
                    stance[place, side] = STANCES.index(order.act)

    def left_out(self, view: View) -> list[str]:
        """The lines of this turn that cannot be carried out, each with the reason."""
        board, orders = view.board, self.orders(view, Draws.of(0))
        reasons = []
        for line in self.lines:
            if line.order is None or line.turn != view.turn or _carried_out(line.order, orders, board):
                continue
            refused = refusal(line.order, board, view.world, view.position)
            if refused is None:
                spent = "the choice was" if line.order.is_stance else "its slots or its capital were"
                reasons.append(f"{line.order}: {spent} spent on the lines before")
            else:
                reasons.append(message(line.order, refused, board))
        return reasons

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """Yes where a line of this turn says so `[N, S]`."""
        accepted = np.zeros(orders.act.shape, dtype=bool)
        for line in self.lines:
            if line.accept is not None and line.turn in (None, view.turn):
                accepted[slice(None) if line.accept == "all" else view.board.state(line.accept)] = True
        return np.asarray(accepted & (orders.act != NONE))


def _carried_out(order: Order, orders: Orders, board: Board) -> bool:
    """Whether an order of a script is among those it gives."""
    if order.is_stance:
        place = [each.name for each in board.disputes].index(order.target)
        side = np.array(board.disputes[place].parties) == board.state(order.state)
        return bool((orders.stance[place, side] == STANCES.index(order.act)).any())
    act, target = board.acts.act(order.act), board.state(order.target)
    return bool(((orders.act == act) & (orders.target == target)).any())


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
