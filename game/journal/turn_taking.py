"""A person's seat in a match: what is planned, what may be done, and the turn played with it. Nothing here prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from game.errors import IllegalOrder, InvalidOrder
from game.journal.record import Journal, TurnLine, header_of, line_of
from game.kernel.events import Event
from game.kernel.numerics import hundredths
from game.kernel.orders import Order, Orders, cost_of, is_proposal, parse_order
from game.kernel.world import World, relations
from game.match import history as games
from game.match.match import Match
from game.policies import answered, decided
from game.submodels.information import seen_by
from game.submodels.legality import check_order, permitted
from game.submodels.territory import in_crisis

PERSON = "wait"
"""The policy under which a person's state is entered: left to itself it does nothing."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A match whose coming turn is open, the state a person decides for, and what is planned for it.

    `options` is what the person chose for events that wait for it: index of the event to index of the option.
    `stances` is what it chose in crises; these take no slot.
    """

    match: Match
    state: int
    plan: tuple[Order, ...] = ()
    options: Mapping[int, int] = field(default_factory=dict)
    stances: tuple[Order, ...] = ()
    lines: tuple[TurnLine, ...] = ()

    @classmethod
    def of(cls, match: Match, name: str, lines: Sequence[TurnLine] = ()) -> Seat:
        """The seat of a state, the events of the coming turn having happened."""
        ready = match if match.finished else match.with_history(match.history.open())
        return cls(ready, match.history.board.state(name), lines=tuple(lines))

    @property
    def name(self) -> str:
        """The id of the person's state."""
        return self.match.history.board.states[self.state]

    @property
    def spent(self) -> float:
        """What the plan costs."""
        return sum(cost_of(order, self.match.history.board) for order in self.plan)

    @property
    def left(self) -> float:
        """The political capital the plan leaves."""
        return float(self.match.history.world.capital[0, self.state]) - self.spent

    @property
    def seen(self) -> World:
        """The position as far as the person's state may know it."""
        return seen_by(self.match.history.board, self.match.history.world, self.state)

    @property
    def journal(self) -> Journal:
        """The journal of the turns played."""
        return Journal(header_of(self.match.setup), self.lines)


def planned(seat: Seat, text: str) -> Seat:
    """The seat with one more order, `reassure bora` or in full; InvalidOrder or IllegalOrder when it can't be.

    A choice in a crisis takes the place of the one made before.
    """
    board, world = seat.match.history.board, seat.seen
    order = parse_order(text if ":" in text else f"{seat.name}: {text}", board)
    if order.state != seat.name:
        raise InvalidOrder(f"you decide for {seat.name}, not for {order.state}")
    if order.is_stance:
        check_order(order, board, world, relations(board, world))
        others = tuple(each for each in seat.stances if each.target != order.target)
        return replace(seat, stances=(*others, order))
    if len(seat.plan) >= board.orders:
        raise IllegalOrder(f"all {board.orders} orders of this turn are planned; `drop 1` takes the first back")
    if any((each.act, each.target) == (order.act, order.target) for each in seat.plan):
        raise IllegalOrder(f"{order.act} {order.target} is planned already")
    capital = world.capital.copy()
    capital[0, seat.state] = seat.left
    check_order(order, board, replace(world, capital=capital), relations(board, world))
    return replace(seat, plan=(*seat.plan, order))


def dropped(seat: Seat, number: int) -> Seat:
    """The seat without one of its orders, counted from 1; IllegalOrder when there is no such order."""
    if not 1 <= number <= len(seat.plan):
        raise IllegalOrder(f"there is no order {number} to drop; {len(seat.plan)} planned")
    return replace(seat, plan=seat.plan[: number - 1] + seat.plan[number:])


def committed(seat: Seat) -> Match:
    """The match with what the plan takes gone already: what may be bargained for besides it."""
    history = seat.match.history
    if history.opened is None or not seat.plan:
        return seat.match
    world, ledger = history.opened
    capital = world.capital.copy()
    capital[0, seat.state] = seat.left
    return seat.match.with_history(replace(history, opened=(replace(world, capital=capital), ledger)))


def open_acts(seat: Seat) -> Sequence[tuple[str, float, tuple[str, ...]]]:
    """What may be ordered now: act, cost, the states it may be directed at; what is too dear is left out."""
    board, seen = seat.match.history.board, seat.seen
    legal = permitted(board, seen, relations(board, seen))[0, seat.state]
    taken = {(order.act, order.target) for order in seat.plan}
    found = []
    for index, act in enumerate(board.acts.names):
        cost = float(board.acts.cost[index])
        names = (board.states[target] for target in np.flatnonzero(legal[index]).tolist())
        targets = tuple(name for name in names if (act, name) not in taken)
        if targets and hundredths(cost) <= hundredths(seat.left):
            found.append((act, cost, targets))
    return found


def questions(seat: Seat) -> Sequence[tuple[int, Event]]:
    """The events that wait for the person's choice, with their indices."""
    history = seat.match.history
    waiting = np.flatnonzero(history.world.pending[0]).tolist()
    return [
        (index, history.board.events[index]) for index in waiting if history.board.events[index].decider == seat.state
    ]


def crises(seat: Seat) -> Sequence[int]:
    """The disputes in whose crises the person has yet to choose, by their numbers."""
    board, open_ = seat.match.history.board, in_crisis(seat.match.history.board, seat.match.history.world)[0]
    chosen = {order.target for order in seat.stances}
    return [
        place
        for place, dispute in enumerate(board.disputes)
        if seat.state in dispute.parties and open_[place] and dispute.name not in chosen
    ]


def answers_to(seat: Seat, act: int, actor: int, target: int) -> Sequence[Order]:
    """What the person may say to a rumour about itself: the acts that confirm or deny it, where they are legal now."""
    board, seen = seat.match.history.board, seat.seen
    partner = target if actor == seat.state else actor
    legal = permitted(board, seen, relations(board, seen))[0, seat.state, :, partner]
    able = np.flatnonzero(legal & (board.acts.discloses != 0)).tolist()
    return [Order(seat.name, board.acts.names[each], board.states[partner]) for each in able]


def orders(seat: Seat) -> Orders:
    """The orders of everybody for this turn, the person's own among them."""
    match = seat.match
    board = match.history.board
    others = decided(match.reasoner, match.seats, match.history.view(), match.history.draws)
    every = games.orders_of(board, {seat.state: games.in_slots([*seat.plan, *seat.stances])}, others)
    option = every.option.copy()
    for event, chosen in seat.options.items():
        option[0, event] = chosen
    return replace(every, option=option)


def proposals(seat: Seat) -> Sequence[tuple[int, int, Order]]:
    """What others propose to the person this turn: state, slot and order."""
    board, every = seat.match.history.board, orders(seat)
    mine = np.argwhere(is_proposal(board, every)[0] & (every.target[0] == seat.state)).tolist()
    found = [(state, slot, games.in_words(board, every, state, slot)) for state, slot in mine]
    return [(state, slot, order) for state, slot, order in found if order is not None]


def played(seat: Seat, accepts: Mapping[tuple[int, int], bool]) -> Seat:
    """The seat a turn later; `accepts` says which proposals to the person it agrees to, by state and slot."""
    match, every = seat.match, orders(seat)
    accepted = answered(match.reasoner, match.seats, match.history.view(), every, match.history.draws).copy()
    for (state, slot), answer in accepts.items():
        accepted[0, state, slot] = answer
    after = match.with_history(match.history.play(every, accepted))
    line = line_of(after, after.history.turn)
    return Seat.of(after, seat.name, (*seat.lines, line))


def taken_back(seat: Seat) -> Seat:
    """The seat without its last order or, when none is planned, its last choice in a crisis, or else a turn earlier.

    IllegalOrder at the start.
    """
    if seat.plan:
        return replace(seat, plan=seat.plan[:-1])
    if seat.stances:
        return replace(seat, stances=seat.stances[:-1])
    turns = seat.match.history.turn
    if not turns:
        raise IllegalOrder("this is the start; there is nothing to undo")
    return Seat.of(seat.match.with_history(seat.match.history.back_to(turns - 1)), seat.name, seat.lines[:-1])
