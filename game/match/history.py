"""A game in progress without any shell: the worlds so far, what was done in each turn, and the ledgers that explain it.

Everything that plays one game (the Mesa model, a journal's replay, the window) goes through `History`, so that they
cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from game import turn
from game.errors import InvalidOrder, NoSuchTurn
from game.kernel.catalogue import NONE, TARGET
from game.kernel.declare import Booleans, Floats, Integers
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.orders import (
    PRIVATE,
    SLOTTED,
    STANCES,
    Order,
    Orders,
    indices,
    is_proposal,
    no_orders,
)
from game.kernel.records import one_world
from game.kernel.world import Board, World, digest, start_world
from game.measures.relations import relations
from game.policies import View, observe
from game.policies.reasoner.crisis_bargaining import stance_rationale
from game.policies.reasoner.deal_terms import bid_in
from game.policies.reasoner.reasoner import Decision, Reasoner, by_name


@dataclass(frozen=True, slots=True)
class Played:
    """One turn that was played: what was ordered and answered, and the ledger of what came of it."""

    turn: int
    orders: Orders
    accepted: Booleans
    opened: World  # what everybody decided on
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class History:
    """One game, replica axis 1: `worlds[t]` after t turns, `turns[t - 1]` how turn t was played."""

    board: Board
    parameters: turn.Parameters
    draws: Draws
    worlds: tuple[World, ...]
    turns: tuple[Played, ...] = ()
    opened: tuple[World, Ledger] | None = field(default=None)

    @classmethod
    def begin(cls, board: Board, parameters: turn.Parameters, draws: Draws) -> History:
        """A game before its first turn."""
        return cls(board, parameters, draws, (start_world(board),))

    @property
    def world(self) -> World:
        """The position now: with the events of the turn that is open, or as the last turn left it."""
        return self.opened[0] if self.opened else self.worlds[-1]

    @property
    def turn(self) -> int:
        """How many turns have been played."""
        return len(self.turns)

    @property
    def relations(self) -> Floats:
        """How i regards j now `[N, N]`."""
        return np.asarray(relations(self.board, self.world)[0])

    def open(self) -> History:
        """The same game once the events of the coming turn have happened."""
        if self.opened:
            return self
        return replace(self, opened=turn.opening(self.board, self.worlds[-1], self.parameters, self.draws))

    def view(self) -> View:
        """What everybody decides on."""
        return observe(self.board, self.world)

    def play(self, orders: Orders, accepted: Booleans) -> History:
        """The game a turn later."""
        ready = self.open()
        assert ready.opened is not None
        world, first = ready.opened
        after, ledger = turn.step(self.board, world, orders, accepted, self.parameters, self.draws)
        played = Played(self.turn + 1, orders, accepted, world, first + ledger)
        return replace(self, worlds=(*self.worlds, after), turns=(*self.turns, played), opened=None)

    def back_to(self, turns: int) -> History:
        """The game as it stood after that many turns; NoSuchTurn when there are fewer."""
        if not 0 <= turns <= self.turn:
            raise NoSuchTurn(f"the game has {self.turn} turns; there is no turn {turns} to go back to")
        return replace(self, worlds=self.worlds[: turns + 1], turns=self.turns[:turns], opened=None)

    def series(self) -> Floats:
        """Relations after every turn, turn 0 first `[T + 1, N, N]`."""
        return np.stack([relations(self.board, world)[0] for world in self.worlds])

    def digests(self) -> Sequence[str]:
        """The digest after every turn, turn 0 first."""
        return [digest(world) for world in self.worlds]


def orders_of(board: Board, given: Mapping[int, Mapping[int, Order]], base: Orders | None = None) -> Orders:
    """Orders in arrays: those of `base`, with the rows of some states replaced by orders in words, by slot.

    A choice in a crisis may stand in any slot and takes none; a state that is given orders and no choice holds.
    """
    start, nothing = base or no_orders(board), no_orders(board)
    parts = {name: getattr(start, name).copy() for name in (*SLOTTED, "stance")}
    for state, orders in given.items():
        for name in SLOTTED:
            parts[name][0, state] = getattr(nothing, name)[0, state]
        for place, dispute in enumerate(board.disputes):
            parts["stance"][0, place, [party == state for party in dispute.parties]] = NONE
        for slot, order in orders.items():
            if order.is_stance:
                _stand(board, order, parts["stance"])
            else:
                for name, value in indices(board, order).items():
                    parts[name][0, state, slot] = value
    return replace(start, **parts)


def in_slots(orders: Sequence[Order]) -> Mapping[int, Order]:
    """Orders by slot, choices in crises after the last."""
    return dict(enumerate(sorted(orders, key=lambda order: order.is_stance)))


def _stand(board: Board, order: Order, stance: Any) -> None:
    place = [each.name for each in board.disputes].index(order.target)
    parties = board.disputes[place].parties
    if board.state(order.state) not in parties:
        raise InvalidOrder(f"{order}: {order.state} is no party to {board.disputes[place].title}")
    stance[0, place, parties.index(board.state(order.state))] = STANCES.index(order.act)


def in_words(board: Board, orders: Orders, state: int, slot: int, replica: int = 0) -> Order | None:
    """The order in a slot, by names; None where the slot is empty."""
    cell = (replica, state, slot)
    act = int(orders.act[cell])
    if act == NONE:
        return None
    value = None
    if board.acts.units[act] is not None:
        value = float(f"{float(orders.scale[cell] * board.acts.usual[act]):.6g}")

    def name(names: Sequence[str], number: int) -> str | None:
        return None if number < 0 else names[number]

    audience, office = int(orders.audience[cell]), int(orders.office[cell])
    return Order(
        state=board.states[state],
        act=board.acts.names[act],
        target=board.states[int(orders.target[cell])],
        value=value,
        side_payment=float(f"{float(orders.side_payment[cell]):.6g}"),
        secret=bool(orders.secret[cell]),
        audience="private" if audience == PRIVATE else name(board.states, audience),
        office=board.offices.names[office] if office else None,
        about=name(board.states, int(orders.about[cell])),
        purpose=name([each.name for each in board.disputes], int(orders.purpose[cell])),
        pledge=name(board.pledges.names, int(orders.pledge[cell])),
    )


def stances_in_words(board: Board, stance: Integers, replica: int = 0) -> Iterator[tuple[int, Order]]:
    """What each side chose in the crises of a turn, from `[R, D, 2]`: the number of the state, and its choice."""
    for place, dispute in enumerate(board.disputes):
        for side, state in enumerate(dispute.parties):
            chosen = int(stance[replica, place, side])
            if chosen != NONE:
                yield state, Order(board.states[state], STANCES[chosen], dispute.name)


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order of a turn, how it was answered (None: no answer was needed), and why a reasoner gave it.

    A choice in a crisis is recorded in a slot after the last, one a dispute: see `stance_slot`.
    """

    order: Order
    slot: int
    accepted: bool | None
    why: Mapping[str, Any] | None


def recorded(history: History, played: Played, reasoner: Reasoner | None, reasoned: Sequence[int]) -> list[OrderRecord]:
    """The orders of a turn with their reasons, then the choices in crises.

    `reasoned` names the states that the reasoner decided for.
    """
    board = history.board
    proposals = is_proposal(board, played.orders)
    view = observe(board, played.opened)
    decision = reasoner.decide(view, history.draws) if reasoner else None
    records = []
    for state in range(len(board.states)):
        for slot in range(board.orders):
            order = in_words(board, played.orders, state, slot)
            if order is None:
                continue
            why = None
            if reasoner and decision and state in reasoned:
                why = _reasons(reasoner, view, decision, played, state, slot)
            answer = bool(played.accepted[0, state, slot]) if proposals[0, state, slot] else None
            records.append(OrderRecord(order, slot, answer, why))
    for _, order in stances_in_words(board, played.orders.stance):
        reasoned_by = decision if board.state(order.state) in reasoned else None
        records.append(OrderRecord(order, stance_slot(board, order), None, _stance_reasons(board, reasoned_by, order)))
    return records


def stance_slot(board: Board, order: Order) -> int:
    """The slot in which a choice in a crisis is recorded: those after the last belong to the disputes, in order."""
    return board.orders + [each.name for each in board.disputes].index(order.target)


def _reasons(
    reasoner: Reasoner, view: View, decision: Decision, played: Played, state: int, slot: int
) -> Mapping[str, Any] | None:
    """Score, terms, runner-up, and the answer's terms of a proposal; None if the reasoner would not have given it."""
    own = decision.orders
    same = (own.act[state, slot], own.target[state, slot]) == (
        played.orders.act[0, state, slot],
        played.orders.target[0, state, slot],
    )
    if not same:
        return None
    found = reasoner.rationale(view, decision, state, slot)
    why: dict[str, Any] = {
        "score": _short(found.score),
        "terms": {name: _short(value) for name, value in found.terms.items()},
        "chance": _short(found.chance),
        "runner_up": found.runner_up,
        "runner_up_score": _short(found.runner_up_score),
        "runner_up_chance": _short(found.runner_up_chance),
    }
    if is_proposal(view.board, played.orders)[0, state, slot]:
        bid = bid_in(one_world(played.orders, 0), state, slot)
        answer = by_name(reasoner.worth(view, [bid], TARGET)[0])
        why["answer"] = {name: _short(value) for name, value in answer.items()}
    return why


def _stance_reasons(board: Board, decision: Decision | None, order: Order) -> Mapping[str, Any] | None:
    """Score, terms and runner-up of a choice in a crisis; None if the reasoner would not have made it."""
    if decision is None:
        return None
    place = [each.name for each in board.disputes].index(order.target)
    side = board.disputes[place].parties.index(board.state(order.state))
    if int(decision.choices.stance[place, side]) != STANCES.index(order.act):
        return None
    found = stance_rationale(decision.choices, place, side)
    return {
        "score": _short(found.score),
        "terms": {name: _short(value) for name, value in found.terms.items()},
        "chance": _short(found.chance),
        "runner_up": f"{found.runner_up} {order.target}",
        "runner_up_score": _short(found.runner_up_score),
        "runner_up_chance": _short(found.runner_up_chance),
    }


def _short(value: float) -> float:
    """Six digits: what a reader needs, on every machine the same."""
    return float(f"{value:.6g}") + 0.0
