"""What a rule sees and what it says: the moment, the change, and the ledger that keeps every change with its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from game.kernel import causes
from game.kernel.catalogue import ACTOR, NONE, TARGET, Actions
from game.kernel.causes import Act, Cause, Origin
from game.kernel.changes import Rows
from game.kernel.declare import Booleans, Floats, Integers, Shorts
from game.kernel.deeds import BY_EVENT, DISCLOSED
from game.kernel.orders import PRIVATE, Order, private
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


def _latest(board: Board, before: Any, values: Sequence[Any]) -> Any:
    """The greatest: none of the rules that share such a field ever lowers it."""
    return np.maximum.reduce(values)


def stakes_together(board: Board, before: Floats, values: Sequence[Floats]) -> Floats:
    """What is at stake `[R, C, N, N]` where several rules of a phase have added to it, in whatever order.

    Of an agreement signed twice the greater value counts, and what passes adds up.
    """
    stacked = np.stack(values)
    lasting = board.acts.signs[list(board.acts.secrets)] != NONE
    # Sorted, because a sum of three may depend on their order in its last bit.
    after = before
    for added in np.sort(stacked - before, axis=0):
        after = after + added
    return np.asarray(np.where(lasting[:, None, None], stacked.max(axis=0), after))


MERGED: Mapping[str, Callable[[Board, Any, Sequence[Any]], Any]] = {
    "last": _latest,
    "due": _latest,
    "secrecy": _latest,
    "stake": stakes_together,
}
"""How the values join that rules of one phase set for the same field, from the board, the value before and theirs; in
any order. Any other field that is replaced belongs to one rule of each phase."""


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
    """Every change of a turn, in order, by rule; `limits` is what the ends of the scales took."""

    turn: int
    changes: tuple[tuple[str, Change], ...] = field(default=())
    parts: tuple[tuple[Rows, ...], ...] = field(default=())  # what kernels wrote, part by part, one a replica

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(other.turn, self.changes + other.changes, self.parts + other.parts)

    def rows(self, board: Board, first: int, second: int, replica: int = 0) -> Iterator[Row]:
        """The impulses to how `first` regards `second`, in the order they came; decay is not among them."""
        for _, change in self.changes:
            for entry in change.entries:
                if isinstance(entry, FieldEntry):
                    yield from _field_rows(entry, first, second, replica)
                else:
                    yield from _action_rows(entry, board, first, second, replica)
        for part in self.parts:
            places = part[replica].places
            which = np.flatnonzero((places[:, 7] == first) & (places[:, 8] == second))
            yield from _written_rows(part[replica], board, which)

    def named(self, board: Board, replica: int = 0) -> Iterator[tuple[int, int, Row]]:
        """Every impulse that is not one act's, with who regards whom, in the order they came."""
        for _, change in self.changes:
            for entry in change.entries:
                if isinstance(entry, FieldEntry):
                    for first, second in np.argwhere(entry.relation[replica].any(axis=0)).tolist():
                        for row in _field_rows(entry, first, second, replica):
                            yield first, second, row
        for part in self.parts:
            rows = part[replica]
            which = np.flatnonzero(rows.places[:, 1] != causes.ACT)
            pairs = rows.places[which, 7:9].tolist()
            for (first, second), row in zip(pairs, _written_rows(rows, board, which), strict=True):
                yield first, second, row


def _field_rows(entry: FieldEntry, first: int, second: int, replica: int) -> Iterator[Row]:
    for layer, impulse in enumerate(entry.relation[replica, :, first, second].tolist()):
        if impulse:
            yield Row(entry.rule, entry.cause, layer, impulse, entry.hidden)


def _action_rows(entry: ActionsEntry, board: Board, first: int, second: int, replica: int) -> Iterator[Row]:
    actions, done = entry.actions, entry.impulses
    for index in (actions.replica == replica).nonzero()[0].tolist():
        actor, target = int(actions.actor[index]), int(actions.target[index])
        for party, side in ((actor, ACTOR), (target, TARGET)):
            if party == second:
                yield from _layers(entry, board, index, done.relation[index, :, side, first])
            if done.outward is not None and party == first:
                yield from _layers(entry, board, index, done.outward[index, :, side, second])
        if (first, second) in board.acts.pairs:
            place = board.acts.pairs.index((first, second))
            yield from _layers(entry, board, index, done.aside[index, :, place])


def _layers(entry: ActionsEntry, board: Board, index: int, impulses: Any) -> Iterator[Row]:
    closed = private(entry.actions)
    for layer, impulse in enumerate(impulses.tolist()):
        if impulse:
            yield Row(entry.rule, act_of(entry, board, index), layer, impulse, bool(closed[index]))


def act_of(entry: ActionsEntry, board: Board, index: int) -> Act:
    """The order behind a deed, or what it would be, and what had it done; the office is not told."""
    actions, acts = entry.actions, board.acts
    act, audience = int(actions.act[index]), int(actions.audience[index])

    def name(names: Sequence[str], number: int) -> str | None:
        return None if number < 0 else names[number]

    value = None if acts.units[act] is None else float(f"{float(actions.term[index] * acts.usual[act]):.6g}")
    order = Order(
        board.states[actions.actor[index]], acts.names[act], board.states[actions.target[index]], value,
        side_payment=float(f"{float(actions.side_payment[index]):.6g}"),
        secret=bool(actions.secret[index]),
        audience="private" if audience == PRIVATE else name(board.states, audience),
        about=name(board.states, int(actions.about[index])),
        purpose=name([each.name for each in board.disputes], int(actions.purpose[index])),
        pledge=name(board.pledges.names, int(actions.pledge[index])),
    )  # fmt: skip
    return Act(order, bool(actions.refused[index]), None if entry.origins is None else entry.origins[index])


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


def _written_rows(rows: Rows, board: Board, which: Integers) -> Iterator[Row]:
    """Some rows with their causes as values; rows of one cause share it."""
    known: dict[tuple[int, ...], Cause] = {}
    for place in which.tolist():
        rule, *named, layer, hidden, _, _ = rows.places[place].tolist()
        cause = tuple(named)
        if cause not in known:
            known[cause] = cause_of(cause, rows, board)
        yield Row(RULES[rule], known[cause], layer, float(rows.amounts[place]), bool(hidden))


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
