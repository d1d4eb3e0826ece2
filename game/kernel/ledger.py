"""What a rule sees and what it says: the moment, the change, and the ledger that keeps every change with its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.kernel import causes
from game.kernel.catalogue import NONE, Actions
from game.kernel.causes import Act, Cause, Origin
from game.kernel.changes import Rows
from game.kernel.declare import Booleans, Floats, Integers, Shorts
from game.kernel.deeds import BY_EVENT, DISCLOSED
from game.kernel.orders import PRIVATE, Order
from game.kernel.phases import RULES
from game.kernel.world import Board


@dataclass(frozen=True, slots=True)
class ActionsEntry:
    """Impulses of deeds to relations, each with the deed that gave it."""

    rule: str
    actions: Actions
    impulses: Impulses
    origins: tuple[Origin, ...] | None = None  # what is behind each deed [O], where it was not an order


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """An impulse to relations from one named cause `[R, L, N, N]`; `hidden` if only the two know of it."""

    rule: str
    cause: Cause
    relation: Floats
    hidden: bool = False


Entry = ActionsEntry | FieldEntry


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule adds (ADDED) and what it sets anew (REPLACED)."""

    memories: Floats | None = None
    hidden: Floats | None = None
    attributes: Floats | None = None
    concealed: Floats | None = None
    tension: Floats | None = None
    capital: Floats | None = None
    kept: Floats | None = None
    broken: Floats | None = None
    agreements: Shorts | None = None
    volume: Floats | None = None
    suspended: Booleans | None = None
    purpose: Shorts | None = None
    pledges: Shorts | None = None
    pledged_on: Shorts | None = None
    solemnity: Floats | None = None
    private_pledge: Booleans | None = None
    secrecy: Shorts | None = None
    stake: Floats | None = None
    suspicion: Floats | None = None
    holder: Shorts | None = None
    recognition: Floats | None = None
    rung: Shorts | None = None
    posture: Shorts | None = None
    last: Shorts | None = None
    out: Booleans | None = None
    cooldown: Shorts | None = None
    fired: Shorts | None = None
    due: Shorts | None = None
    pending: Booleans | None = None
    flags: Booleans | None = None
    over: Shorts | None = None
    entries: tuple[Entry, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Impulses:
    """What deeds do: `regard` [O, L, 2, N] in how each state regards the actor and the target, `outward` likewise for
    how those two regard each state (None where no act does), `aside` [O, L, pairs] between fixed states, `attributes`
    [O, Q, 2] and `tension` [O, D].
    """

    relation: Floats
    outward: Floats | None
    aside: Floats
    attributes: Floats
    tension: Floats


# ---- what kernels wrote


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
