"""What everybody orders this turn, which of it is proposed to a side, and what waits for its choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.errors import IllegalOrder
from game.kernel.events import Event
from game.kernel.orders import Order, Orders, is_proposal, parse_order
from game.match import history as games
from game.match.match import Match
from game.play.session import Desk, Session
from game.policies import decided


def own_order(session: Session, text: str) -> Order:
    """An order of the side in words; IllegalOrder for an order of another, whose affairs are not the side's to ask."""
    side = session.player
    order = parse_order(text if ":" in text else f"{side}: {text}", session.current.history.board)
    if order.state != side:
        raise IllegalOrder(f"{side} cannot give an order for {order.state}")
    return order


def ordered_by_all(session: Session) -> Orders:
    """Everybody's orders for this turn, those of people from their desks."""
    match = session.current
    board, history = match.history.board, match.history
    others = session.once("decided", lambda: decided(match.reasoner, match.seats, history.view(), history.draws))
    desks = {name: session.desks.get(name, Desk()) for name in session.people}
    given = {board.state(name): games.in_slots([*desk.plan, *desk.stances]) for name, desk in desks.items()}
    every = games.orders_of(board, given, others)
    option = every.option.copy()
    for desk in desks.values():
        for name, chosen in desk.options.items():
            index = [event.name for event in board.events].index(name)
            option[0, index] = [each.name for each in board.events[index].options].index(chosen)
    return replace(every, option=option)


def proposals(match: Match, every: Orders, side: str) -> tuple[tuple[int, int], ...]:
    """What is proposed to a side: who proposes it, and in which slot."""
    board = match.history.board
    mine = np.argwhere(is_proposal(board, every)[0] & (every.target[0] == board.state(side))).tolist()
    return tuple((state, slot) for state, slot in mine)


def waiting(session: Session) -> tuple[Event, ...]:
    """The events that wait for a choice of the side; for those who watch none does."""
    history, side = session.current.history, session.side
    decider = None if side is None else history.board.state(side)
    pending = history.world.pending[0].tolist()
    events = zip(history.board.events, pending, strict=True)
    return tuple(each for each, open_ in events if open_ and decider is not None and each.decider == decider)
