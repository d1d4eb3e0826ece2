"""The ledger: every impulse of a turn with its cause, as values.

Kernels write rows of numbers (`game.kernel.changes.Rows`); here they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.kernel import causes
from game.kernel.catalogue import NONE
from game.kernel.causes import Act, Cause
from game.kernel.changes import Rows
from game.kernel.declare import Integers
from game.kernel.deeds import BY_EVENT, DISCLOSED
from game.kernel.orders import PRIVATE, Order
from game.kernel.phases import RULES
from game.kernel.world import Board


@dataclass(frozen=True, slots=True)
class Row:
    """One cause's impulse to one relation in one turn: `impulse`, the `layer` it went to, and if it is `hidden`."""

    rule: str
    cause: Cause
    layer: int
    impulse: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every impulse to relations of a turn, in the order they came: parts of a turn, each with rows for each replica.

    Rows of the rule `limits` are what the ends of the scales took. Decay is not among the rows.
    """

    turn: int
    parts: tuple[tuple[Rows, ...], ...] = field(default=())

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(other.turn, self.parts + other.parts)

    def rows(self, board: Board, first: int, second: int, replica: int = 0) -> Iterator[Row]:
        """The impulses to how `first` regards `second`, in the order they came."""
        for part in self.parts:
            rows = part[replica]
            yield from _rows(rows, board, np.flatnonzero((rows.places[:, 7] == first) & (rows.places[:, 8] == second)))

    def every(self, board: Board, replica: int = 0) -> Iterator[tuple[int, int, Row]]:
        """Every impulse with the two states it went to: how the first regards the second."""
        for part in self.parts:
            rows = part[replica]
            pairs = rows.places[:, 7:9].tolist()
            for (first, second), row in zip(pairs, _rows(rows, board, np.arange(len(pairs))), strict=True):
                yield first, second, row


def _rows(rows: Rows, board: Board, which: Integers) -> Iterator[Row]:
    """Some rows in words; rows of one cause share it."""
    known: dict[tuple[int, ...], Cause] = {}
    for place in which.tolist():
        rule, *named, layer, hidden, _, _ = rows.places[place].tolist()
        cause = tuple(named)
        if cause not in known:
            known[cause] = cause_of(cause, rows, board)
        yield Row(RULES[rule], known[cause], layer, float(rows.amounts[place]), bool(hidden))


def cause_of(named: tuple[int, ...], rows: Rows, board: Board) -> Cause:
    """The cause that a row names by its kind and numbers."""
    kind, first, second, third = named
    match kind:
        case causes.HAPPENING:
            return causes.Happening(first, None if second == NONE else second)
        case causes.ACT:
            return logged_act(rows, first, board)
        case causes.TRIAD_BALANCE:
            return causes.TriadBalance()
        case causes.WITHHELD:
            return causes.Withheld()
        case causes.CLASH:
            return causes.Clash(first, second, third)
        case causes.ESCALATION | causes.ACCIDENT:
            return causes.Escalation(first, second, third, kind == causes.ACCIDENT)
        case causes.BACKED_DOWN:
            return causes.BackedDown(first, second)
        case causes.WAR:
            return causes.War(first)
        case causes.PLEDGE_HONOURED:
            return causes.PledgeHonoured(first)
        case causes.PLEDGE_BROKEN:
            return causes.PledgeBroken(first, second, None if third == NONE else third)
        case causes.DENIAL_EXPOSED:
            return causes.DenialExposed(first, second, third)
        case causes.SECRET_RELEASED:
            return causes.SecretReleased()
        case causes.SCALE_END:
            return causes.ScaleEnd()
    raise ValueError(f"no cause has the number {kind}")


def logged_act(rows: Rows, place: int, board: Board) -> Act:
    """The order behind a deed that was logged, or what it would be, and what had it done; the office is not told."""
    actor, target, act, refused, secret, audience, about, purpose, pledge, origin, event, option = rows.deeds[
        place, :12
    ].tolist()
    _, term, side_payment = rows.values[place].tolist()
    acts = board.acts

    def name(names: Sequence[str], number: int) -> str | None:
        return None if number < 0 else names[number]

    order = Order(
        board.states[actor], acts.names[act], board.states[target],
        None if acts.units[act] is None else float(f"{term * float(acts.usual[act]):.6g}"),
        side_payment=float(f"{side_payment:.6g}"), secret=bool(secret),
        audience="private" if audience == PRIVATE else name(board.states, audience),
        about=name(board.states, about), purpose=name([each.name for each in board.disputes], purpose),
        pledge=name(board.pledges.names, pledge),
    )  # fmt: skip
    if origin == BY_EVENT:
        return Act(order, bool(refused), causes.Happening(event, None if option == NONE else option))
    return Act(order, bool(refused), causes.Disclosure(event) if origin == DISCLOSED else None)
