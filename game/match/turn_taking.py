"""Taking turns: what may be planned, what everybody orders and answers, and the turn that is played with it.

The prompt, the window and the Mesa model all go through these functions, so that they cannot disagree on what may be
ordered or on what comes of it. Each judges by what the state that plans may know of the position, and by no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from game import policies
from game.errors import IllegalOrder
from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans
from game.kernel.events import Event
from game.kernel.numerics import hundredths
from game.kernel.orders import Order, Orders, cost_of, is_proposal, parse_order
from game.kernel.world import World
from game.match import history as games
from game.match.match import Match
from game.measures.information import seen_by
from game.measures.legality import check_order, permitted
from game.measures.territory import in_crisis

PERSON = "wait"
"""The policy under which a person's state is entered: left to itself it does nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one state plans for the coming turn.

    `orders` fill its slots, in order; `stances` are its choices in crises, which take none. `options` are what it
    chose for events that wait for it: id of the event to id of the option. `replies` are its answers to proposals,
    each by the order that proposes it, so that none is an answer to other terms.
    """

    orders: tuple[Order, ...] = ()
    stances: tuple[Order, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[Order, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A match whose coming turn is open, the number of the state a person decides for, and what it plans."""

    match: Match
    state: int
    plan: Plan = field(default_factory=Plan)

    @classmethod
    def of(cls, match: Match, name: str) -> Seat:
        """The seat of a state, the events of the coming turn having happened."""
        return cls(opened(match), match.history.board.state(name))

    @property
    def name(self) -> str:
        """The id of the person's state."""
        return self.match.history.board.states[self.state]

    @property
    def left(self) -> float:
        """The political capital the plan leaves."""
        return remaining_capital(self.match, self.name, self.plan)

    @property
    def seen(self) -> World:
        """The position as far as the person's state may know it."""
        return seen_by(self.match.history.board, self.match.history.world, self.state)


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that a state might add to its plan.

    `refusal` is why it may not, as `with_order` gives it, None where it may. `barred` is why it may not whatever is
    planned but for what that costs: it leaves slots and repeats aside.
    """

    act: str
    refusal: IllegalOrder | None
    barred: IllegalOrder | None


def opened(match: Match) -> Match:
    """The match once the events of the coming turn have happened; as it is where no turn is to come."""
    return match if match.finished else match.with_history(match.history.open())


def own_order(match: Match, state: str, line: str | Order) -> Order:
    """The order of a state that a line means, `reassure bora` or in full; the state need not be named.

    An Order is taken to be well formed.

    Raises InvalidOrder where the line has another form, IllegalOrder where it is an order of another state.
    """
    order = line if isinstance(line, Order) else parse_order(_in_full(state, line), match.history.board)
    if order.state != state:
        raise IllegalOrder(f"{state} cannot give an order for {order.state}")
    return order


def _in_full(state: str, line: str) -> str:
    return line if ":" in line else f"{state}: {line}"


def with_order(match: Match, state: str, plan: Plan, line: str | Order) -> Plan:
    """The plan with one more order, or with a choice in a crisis, which takes the place of the one made before.

    Raises InvalidOrder (not well formed), IllegalOrder (no slot is free, planned already, not allowed now; says why),
    UnaffordableOrder.
    """
    order = own_order(match, state, line)
    if order.is_stance:
        _check_rules(match, order, _position(match, state, plan))
        others = tuple(each for each in plan.stances if each.target != order.target)
        return replace(plan, stances=(*others, order))
    _check_plan(match, plan, order)
    _check_rules(match, order, _position(match, state, plan))
    return replace(plan, orders=(*plan.orders, order))


def with_stance(match: Match, state: str, plan: Plan, stance: str, dispute: str) -> Plan:
    """The plan with a choice in the crisis over a dispute, in place of the one made before; see `with_order`."""
    return with_order(match, state, plan, f"{state}: {stance} {dispute}")


def without_order(plan: Plan, number: int) -> Plan:
    """The plan without one of its orders, counted from 1; IllegalOrder when there is no such order."""
    if not 1 <= number <= len(plan.orders):
        raise IllegalOrder(f"there is no order {number} to take back; {len(plan.orders)} planned")
    return replace(plan, orders=plan.orders[: number - 1] + plan.orders[number:])


def with_option(match: Match, state: str, plan: Plan, event: str, option: str) -> Plan:
    """The plan with the option that is taken of an event; IllegalOrder where that does not wait for the state."""
    waiting = next((each for each in questions(match, state) if each.name == event), None)
    if waiting is None:
        raise IllegalOrder(f"no event called {event!r} waits for an answer")
    if option not in [each.name for each in waiting.options]:
        raise IllegalOrder(f"{waiting.headline} leaves no choice called {option!r}")
    return replace(plan, options={**plan.options, event: option})


def with_reply(match: Match, state: str, plan: Plan, orders: Orders, proposal: Order, accept: bool) -> Plan:
    """The plan with an answer to what another proposes to the state; IllegalOrder where nobody proposes that.

    `orders` are those of everybody this turn, see `collected`.
    """
    if proposal not in [order for *_, order in proposals_to(match, orders, state)]:
        raise IllegalOrder(f"{proposal} is not among the proposals of this turn")
    return replace(plan, replies={**plan.replies, proposal: accept})


def remaining_capital(match: Match, state: str, plan: Plan) -> float:
    """The political capital that a plan leaves."""
    board = match.history.board
    own = float(match.history.world.capital[0, board.state(state)])
    return own - sum(cost_of(order, board) for order in plan.orders)


def choices(match: Match, state: str, plan: Plan, target: str) -> Sequence[Choice]:
    """Every act with the reason why it may not be ordered towards a state besides the plan, as `with_order` gives it.

    They are those of its usual terms.
    """
    board, left = match.history.board, _position(match, state, plan)
    legal, found = permitted(board, left), []
    for act in board.acts.names:
        order = Order(state, act, target)
        barred = _refused(partial(_check_rules, match, order, left, legal))
        found.append(Choice(act, _refused(partial(_check_plan, match, plan, order)) or barred, barred))
    return found


def refusal(match: Match, state: str, plan: Plan, order: Order) -> IllegalOrder | None:
    """Why an order may not be added to a plan, None where it may."""
    return _refused(partial(with_order, match, state, plan, order))


def _refused(check: Callable[[], object]) -> IllegalOrder | None:
    try:
        check()
    except IllegalOrder as error:
        return error
    return None


def open_acts(match: Match, state: str, plan: Plan) -> Sequence[tuple[str, float, tuple[str, ...]]]:
    """What may be added to the plan: act, cost, the states it may be directed at; what is too dear is left out."""
    board, left = match.history.board, _position(match, state, plan)
    number = board.state(state)
    if len(plan.orders) >= board.orders or not board.plays[number]:
        return []
    legal = permitted(board, left)[0, number]
    taken, found = {(order.act, order.target) for order in plan.orders}, []
    for index, act in enumerate(board.acts.names):
        cost = float(board.acts.cost[index])
        names = (board.states[target] for target in np.flatnonzero(legal[index]).tolist())
        targets = tuple(name for name in names if (act, name) not in taken)
        if targets and hundredths(cost) <= hundredths(float(left.capital[0, number])):
            found.append((act, cost, targets))
    return found


def answers_to(match: Match, state: str, act: int, actor: int, target: int) -> Sequence[Order]:
    """What a state may say to a rumour about itself: the acts that confirm or deny it, where they are legal now."""
    board, number = match.history.board, match.history.board.state(state)
    seen = seen_by(board, match.history.world, number)
    partner = target if actor == number else actor
    legal = permitted(board, seen)[0, number, :, partner]
    able = np.flatnonzero(legal & (board.acts.discloses != 0)).tolist()
    return [Order(state, board.acts.names[each], board.states[partner]) for each in able]


def questions(match: Match, state: str) -> Sequence[Event]:
    """The events that wait for a state's choice."""
    board = match.history.board
    pending = match.history.world.pending[0].tolist()
    decider = board.state(state)
    return [each for each, on in zip(board.events, pending, strict=True) if on and each.decider == decider]


def open_crises(match: Match, state: str, plan: Plan) -> Sequence[int]:
    """The disputes in whose crises a state has yet to choose, by their numbers."""
    board = match.history.board
    on, number = in_crisis(board, match.history.world)[0], board.state(state)
    chosen = {order.target for order in plan.stances}
    return [
        place
        for place, dispute in enumerate(board.disputes)
        if number in dispute.parties and on[place] and dispute.name not in chosen
    ]


def committed(match: Match, state: str, plan: Plan) -> Match:
    """The match with what a plan takes gone already: what may be bargained for besides it."""
    history = match.history
    if history.opened is None or not plan.orders:
        return match
    world, ledger = history.opened
    capital = world.capital.copy()
    capital[0, history.board.state(state)] = remaining_capital(match, state, plan)
    return match.with_history(replace(history, opened=(replace(world, capital=capital), ledger)))


def by_policy(match: Match) -> Orders:
    """The orders that the policies of all states give this turn, those of people's seats included."""
    history = match.history
    return policies.decided(match.reasoner, match.seats, history.board, history.world, history.draws)


def collected(match: Match, plans: Mapping[str, Plan], others: Orders | None = None) -> Orders:
    """Everybody's orders for this turn: the plans of those who have one, by state, and policies for the rest.

    `others` is what `by_policy` gives, where the caller has it already.
    """
    board, rest = match.history.board, by_policy(match) if others is None else others
    if not plans:
        return rest
    given = {board.state(name): dict(enumerate((*plan.orders, *plan.stances))) for name, plan in plans.items()}
    every = games.orders_of(board, given, rest)
    option, names = every.option.copy(), [event.name for event in board.events]
    for plan in plans.values():
        for event, chosen in plan.options.items():
            index = names.index(event)
            option[0, index] = [each.name for each in board.events[index].options].index(chosen)
    return replace(every, option=option)


def proposals_to(match: Match, orders: Orders, state: str) -> Sequence[tuple[int, int, Order]]:
    """What others propose to a state this turn: the number of the state that does, the slot, and the order."""
    board = match.history.board
    asked = is_proposal(board, orders)[0] & (orders.target[0] == board.state(state))
    return _proposed(match, orders, asked)


def _proposed(match: Match, orders: Orders, which: Booleans) -> Sequence[tuple[int, int, Order]]:
    board, cells = match.history.board, np.argwhere(which).tolist()
    found = [(actor, slot, games.in_words(board, orders, actor, slot)) for actor, slot in cells]
    return [(actor, slot, order) for actor, slot, order in found if order is not None]


def replies_in(plans: Iterable[Plan]) -> Mapping[Order, bool]:
    """All answers that plans give to proposals."""
    return {order: accept for plan in plans for order, accept in plan.replies.items()}


def answered(match: Match, orders: Orders, replies: Mapping[Order, bool]) -> Booleans:
    """Which proposals are accepted `[1, N, S]`: as the replies say, and as their targets' policies do for the rest."""
    history = match.history
    accepted = policies.answered(match.reasoner, match.seats, history.board, history.world, orders, history.draws)
    if not replies:
        return accepted
    accepted = accepted.copy()
    for actor, slot, order in _proposed(match, orders, is_proposal(history.board, orders)[0]):
        accepted[0, actor, slot] = replies.get(order, accepted[0, actor, slot])
    return np.asarray(accepted & (orders.act != NONE))


def played(
    match: Match, plans: Mapping[str, Plan], replies: Mapping[Order, bool] | None = None, orders: Orders | None = None
) -> Match:
    """The match a turn later: plans by state, and policies for the rest.

    `replies` settles the answers to further proposals, `orders` is what `collected` gives where the caller has it.
    """
    ready = match.with_history(match.history.open())
    every = collected(ready, plans) if orders is None else orders
    said = {**replies_in(plans.values()), **(replies or {})}
    return ready.with_history(ready.history.play(every, answered(ready, every, said)))


def _position(match: Match, state: str, plan: Plan) -> World:
    """The position as a state may know it, with what its plan takes gone already."""
    board, number = match.history.board, match.history.board.state(state)
    seen = seen_by(board, match.history.world, number)
    capital = seen.capital.copy()
    capital[0, number] = remaining_capital(match, state, plan)
    return replace(seen, capital=capital)


def _check_plan(match: Match, plan: Plan, order: Order) -> None:
    """Raise IllegalOrder when a plan has no room for an order, whatever the rules say of it."""
    board = match.history.board
    if len(plan.orders) >= board.orders:
        raise IllegalOrder(f"all {board.orders} orders of this turn are planned; take one back first")
    if any((each.act, each.target) == (order.act, order.target) for each in plan.orders):
        raise IllegalOrder(f"{order.act} {order.target} is planned already")


def _check_rules(match: Match, order: Order, left: World, legal: Booleans | None = None) -> None:
    """Raise IllegalOrder, or its child UnaffordableOrder, when the rules do not allow an order.

    `left` is the position besides the plan, `legal` what is permitted in it `[1, N, A, N]`, where that is known.
    """
    board = match.history.board
    if not board.plays[board.state(order.state)]:
        raise IllegalOrder(f"{order.state} takes no turns in this scenario")
    check_order(order, board, left, legal)
