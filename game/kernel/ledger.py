"""The ledger of a turn: every impulse to relations, with its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """Every impulse to relations in a turn, with its cause; `limits` is what the ends of the scales took."""

    turn: int
    parts: tuple[tuple[Rows, ...], ...] = field(default=())  # part by part, one a replica

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(other.turn, self.parts + other.parts)

    def rows(self, board: Board, first: int, second: int, replica: int = 0) -> Iterator[Row]:
        """The impulses to how `first` regards `second`, in the order they came; decay is not among them."""
        for part in self.parts:
            places = part[replica].places
            which = np.flatnonzero((places[:, 7] == first) & (places[:, 8] == second))
            yield from (row for *_, row in _written_rows(part[replica], board, which))

    def every(self, board: Board, replica: int = 0) -> Iterator[tuple[int, int, Row]]:
        """Every impulse with who regards whom, in the order they came."""
        for part in self.parts:
            yield from _written_rows(part[replica], board, np.arange(part[replica].amounts.size))

    def named(self, board: Board, replica: int = 0) -> Iterator[tuple[int, int, Row]]:
        """Every impulse that is not one act's, with who regards whom, in the order they came."""
        for part in self.parts:
            yield from _written_rows(part[replica], board, np.flatnonzero(part[replica].places[:, 1] != causes.ACT))


def _written_rows(rows: Rows, board: Board, which: Integers) -> Iterator[tuple[int, int, Row]]:
    """Some rows with their causes as values, and with who regards whom; rows of one cause share it."""
    known: dict[tuple[int, ...], Cause] = {}
    for place in which.tolist():
        rule, *named, layer, hidden, first, second = rows.places[place].tolist()
        cause = tuple(named)
        if cause not in known:
            known[cause] = cause_of(cause, rows, board)
        yield first, second, Row(RULES[rule], known[cause], layer, float(rows.amounts[place]), bool(hidden))


def cause_of(named: tuple[int, ...], rows: Rows, board: Board) -> Cause:
    """The cause that a row names by its kind and numbers; KeyError for a number that is no kind."""
    kind, *numbers = named
    if kind == causes.ACT:
        return logged_act(rows, numbers[0], board)
    return _CAUSES[kind](*numbers)


def _given(number: int) -> int | None:
    return None if number == NONE else number


_CAUSES: Mapping[int, Callable[[int, int, int], Cause]] = {
    causes.HAPPENING: lambda event, option, _: causes.Happening(event, _given(option)),
    causes.TRIAD_BALANCE: lambda *_: causes.TriadBalance(),
    causes.WITHHELD: lambda *_: causes.Withheld(),
    causes.CLASH: causes.Clash,
    causes.ESCALATION: causes.Escalation,
    causes.ACCIDENT: lambda dispute, state, rung: causes.Escalation(dispute, state, rung, accident=True),
    causes.BACKED_DOWN: lambda dispute, state, _: causes.BackedDown(dispute, state),
    causes.WAR: lambda dispute, *_: causes.War(dispute),
    causes.PLEDGE_HONOURED: lambda kind, *_: causes.PledgeHonoured(kind),
    causes.PLEDGE_BROKEN: lambda kind, excuse, holder: causes.PledgeBroken(kind, excuse, _given(holder)),
    causes.DENIAL_EXPOSED: causes.DenialExposed,
    causes.SECRET_RELEASED: lambda *_: causes.SecretReleased(),
    causes.SCALE_END: lambda *_: causes.ScaleEnd(),
}
"""What each kind of cause is made of the numbers that follow it."""


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
