"""What would have come had an order not been given: the game is played again from its turn, with the same luck.

People do again what they did, as far as it may still be done; everybody else decides anew, for the world is another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event, Thread

import numpy as np

from game.errors import IllegalOrder
from game.kernel.declare import Booleans
from game.kernel.orders import Order, Orders, is_proposal
from game.match import history as games
from game.match import turn_taking
from game.match.history import History, OrderRecord, Played
from game.match.match import Match
from game.match.turn_taking import Plan
from game.measures.objectives import objective_points
from game.narrative.chronicle import Chronicle
from game.play.observation import Sight
from game.play.snapshot import Counterfactual
from game.play.turn_review import impact

TRIED, SHOWN = 6, 3
"""How many orders are tried, those whose own turn they moved most; and how many of them are shown."""

LEAST = 1.0
"""The least difference at the end that is worth telling."""


@dataclass(frozen=True, slots=True)
class Step:
    """An order of a person: its turn, its state, its slot."""

    turn: int
    state: int
    slot: int


def counterfactuals(
    match: Match, people: Sequence[str], stopped: Callable[[], bool] = lambda: False, viewer: str | None = None
) -> tuple[Counterfactual, ...]:
    """The orders without which the game would have come out most differently for those who gave them.

    A `viewer` is told of orders that it may know, and of relations as they showed to it.
    """
    found = []
    for step, record in weighty(match, people, viewer)[:TRIED]:
        if stopped():
            return ()
        other, given_up = without(match, people, step, viewer)
        counterfactual = _counterfactual(match, match.with_history(other), step, record, given_up, viewer)
        if abs(counterfactual.other[-1] - counterfactual.line[-1]) >= LEAST:
            found.append(counterfactual)
    found.sort(key=lambda each: -abs(each.other[-1] - each.line[-1]))
    return tuple(sorted(found[:SHOWN], key=lambda each: each.turn))


def weighty(match: Match, people: Sequence[str], viewer: str | None = None) -> list[tuple[Step, OrderRecord]]:
    """The orders of people, those that moved most in their own turn first; choices in crises are left aside."""
    board, teller, found = match.history.board, Chronicle.of(match, viewer), []
    for turn, played in enumerate(match.history.turns, 1):
        for record in games.recorded(match.history, played, None, ()):
            told = teller.may_know(record.order, turn)
            if told and record.order.state in people and not record.order.is_stance:
                size = float(np.abs(impact(board, played.ledger, record.order)).sum())
                step = Step(turn, board.state(record.order.state), record.slot)
                found.append((-size, turn, record.slot, step, record))
    return [(step, record) for *_, step, record in sorted(found, key=lambda each: each[:3])]


def without(
    match: Match, people: Sequence[str], left_out: Step | None, viewer: str | None = None
) -> tuple[History, int]:
    """The game played again without an order of a person, and how many of people's later ones had to be left out.

    Of these the `viewer` is told of those that it may know.
    """
    turns, teller = match.history.turns, Chronicle.of(match, viewer)
    history, given_up = match.history.back_to(0 if left_out is None else left_out.turn - 1), 0
    for played in turns[history.turn :]:
        if not history.world.running[0]:
            break
        history = history.open()
        orders, lost = _orders(match, history, played, people, left_out)
        given_up += sum(teller.may_know(order, played.turn) for order in lost)
        history = history.play(orders, _answers(match, history, orders, played, people))
    return history, given_up


def _orders(
    match: Match, history: History, played: Played, people: Sequence[str], left_out: Step | None
) -> tuple[Orders, list[Order]]:
    """Everybody's orders in a turn that is played again, and those of people that may not be given any more."""
    board, there = history.board, match.with_history(history)
    given: dict[int, Mapping[int, Order]] = {}
    lost: list[Order] = []
    for name in people:
        state = board.state(name)
        wished = _wished(history, played, state)
        if left_out is not None and (played.turn, state) == (left_out.turn, left_out.state):
            wished = {slot: order for slot, order in wished.items() if slot != left_out.slot}
        given[state] = _permitted(there, name, wished)
        lost += [order for slot, order in wished.items() if slot not in given[state]]
    orders = games.orders_of(board, given, turn_taking.by_policy(there))
    option = orders.option.copy()
    for index, event in enumerate(board.events):
        if event.decider is not None and board.states[event.decider] in people:
            option[0, index] = played.orders.option[0, index]
    return replace(orders, option=option), lost


def _wished(history: History, played: Played, state: int) -> Mapping[int, Order]:
    """What a state ordered in a turn, by slot; choices in crises stand after the last."""
    board = history.board
    slots = ((slot, games.in_words(board, played.orders, state, slot)) for slot in range(board.orders))
    chosen = [order for who, order in games.stances_in_words(board, played.orders.stance) if who == state]
    return {**{slot: order for slot, order in slots if order is not None}, **dict(enumerate(chosen, board.orders))}


def _permitted(match: Match, state: str, wished: Mapping[int, Order]) -> Mapping[int, Order]:
    """Those of a state's orders that may be given in this position, one after the other, in their slots."""
    plan, kept = Plan(), {}
    for slot, order in wished.items():
        try:
            plan = turn_taking.with_order(match, state, plan, order)
        except IllegalOrder:
            continue
        kept[slot] = order
    return kept


def _answers(match: Match, history: History, orders: Orders, played: Played, people: Sequence[str]) -> Booleans:
    """Who agrees to what: people answer a proposal as they answered the same one before."""
    board, there = history.board, match.with_history(history)
    said = {
        (state, int(played.orders.act[0, state, slot]), int(played.orders.target[0, state, slot])):
            bool(played.accepted[0, state, slot])
        for state, slot in np.argwhere(is_proposal(board, played.orders)[0]).tolist()
    }  # fmt: skip
    replies = {}
    for name in people:
        for state, _, order in turn_taking.proposals_to(there, orders, name):
            key = (state, board.acts.act(order.act), board.state(name))
            if key in said:
                replies[order] = said[key]
    return turn_taking.answered(there, orders, replies)


def _counterfactual(
    match: Match, other: Match, step: Step, record: OrderRecord, given_up: int, viewer: str | None
) -> Counterfactual:
    """The two games side by side, for the relation in which they differ most for whoever gave the order."""
    board = match.history.board
    side = board.states[step.state]
    eyes = side if viewer is None else viewer
    lines = [
        [Sight(each, eyes).relation(world) for world in each.history.worlds[step.turn - 1 :]] for each in (match, other)
    ]
    change = np.abs(np.array(lines[1][-1]) - np.array(lines[0][-1]))
    toward = max(range(len(board.states)), key=lambda state: (float(change[state, step.state]), -state))
    points = [float(objective_points(board, each.history.world)[0, step.state]) for each in (match, other)]
    return Counterfactual(
        turn=step.turn,
        date=board.calendar.label(step.turn),
        text=Chronicle.of(match, eyes).action(record),
        state=side,
        first=board.states[toward],
        second=side,
        line=tuple(table[toward][step.state] for table in lines[0]),
        other=tuple(table[toward][step.state] for table in lines[1]),
        points=points[0],
        other_points=points[1],
        given_up=given_up,
        averted=_averted(match, other),
    )


def _averted(match: Match, other: Match) -> bool:
    """Whether an ending was not come to in the other game, or later."""
    if match.ending() is None:
        return False
    return other.ending() != match.ending() or other.history.turn > match.history.turn


class Retracer:
    """Works out the counterfactuals of one finished game for one viewer, in a thread of its own: the window goes on."""

    def __init__(self) -> None:
        self._asked: tuple[Match, str | None] | None = None
        self._work: Retracing | None = None

    def ask(self, match: Match, people: Sequence[str], viewer: str | None = None) -> None:
        """Begin with a game; asked again for the same one and viewer, go on."""
        if self._asked is not None and self._asked[0] is match and self._asked[1] == viewer:
            return
        self.cancel()
        self._asked, self._work = (match, viewer), Retracing(match, tuple(people), viewer)
        self._work.start()

    def answer(self, viewer: str | None = None) -> tuple[Counterfactual, ...] | None:
        """The counterfactuals for a viewer, once they are there."""
        if self._work is None or self._asked is None or self._asked[1] != viewer:
            return None
        if self._work.found is None and not self._work.is_alive():
            raise RuntimeError("the counterfactuals can't be worked out; the error output says where")
        return self._work.found

    def cancel(self) -> None:
        """Give up what is being worked out, and forget what was."""
        if self._work is not None:
            self._work.stop.set()
        self._asked = self._work = None


class Retracing(Thread):
    """The thread for one game: what it finds belongs to no other, however late it comes."""

    def __init__(self, match: Match, people: Sequence[str], viewer: str | None) -> None:
        super().__init__(daemon=True)
        self.match, self.people, self.viewer, self.stop = match, people, viewer, Event()
        self.found: tuple[Counterfactual, ...] | None = None

    def run(self) -> None:
        """Work them out."""
        self.found = counterfactuals(self.match, self.people, self.stop.is_set, self.viewer)
