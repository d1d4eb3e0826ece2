"""What is asked of a session: why a relation is as it is, what may be ordered, how a deal would be received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from game.analysis.bargaining import Bargain, the_most_to_ask, what_would_it_take
from game.analysis.explain import explain as accounted
from game.errors import IllegalOrder
from game.kernel.catalogue import DEAL
from game.kernel.orders import Order, Orders, cost_of, is_proposal
from game.kernel.world import Board, World
from game.match import history as games
from game.match import turn_taking
from game.match.information import Estimate, estimate
from game.measures.relations import relations
from game.narrative.chronicle import Chronicle
from game.narrative.refusals import blocker_worded, worded
from game.play import commands as wanted
from game.play import deal_view
from game.play.explained.barriers import barrier_of
from game.play.session import Session
from game.play.snapshot import (
    Account,
    Answer,
    Cause,
    Option,
    Preview,
)
from game.turn import step

RIPPLES = 6
"""How many relations a planned order shows."""

TOLD = 0.5
"""Less than this is not told of a planned order."""

LEAST = 0.05
"""Less than this is no change."""

Ripple = tuple[tuple[str, str, float], ...]


def explain(session: Session, command: wanted.Explain) -> None:
    """Account for a relation, and for the other direction of it."""
    session.account = _account(session, command.first, command.second, command.turn)
    session.back = _account(session, command.second, command.first, command.turn)


def _account(session: Session, first: str, second: str, turn: int | None) -> Account:
    match, viewer = session.current, session.side
    found = accounted(match.history, first, second, turn, viewer=viewer)
    teller = Chronicle.of(match, viewer)
    rows = tuple(
        Cause(teller.cause(row.cause), row.turn, row.rule, row.left, row.impulse, row.gone) for row in found.rows
    )
    return Account(found.first, found.second, found.turn, found.relation, rows)


def survey(session: Session, command: wanted.Survey) -> None:
    """What may be ordered towards a state now, and why the rest may not."""
    match, side = session.known, session.player
    board, found = match.history.board, []
    for index, choice in enumerate(turn_taking.choices(match, side, session.plan, command.target)):
        name, act = choice.act, match.setup.scenario.acts[choice.act]
        reason = "" if choice.barred is None else _said(choice.barred, board)
        kind = int(board.acts.signs[index])
        gives, gets = deal_view.goods(match, index)
        found.append(
            Option(
                act=name, title=act.name, kind=act.kind, cost=float(board.acts.cost[index]), doc=act.doc,
                legal=not reason, why_not=reason, barrier=_barrier(choice.barred),
                unit=board.acts.units[index], low=float(board.acts.low[index]),
                high=float(board.acts.high[index]), usual=float(board.acts.usual[index]),
                secret=index in board.acts.secrets, signs=None if kind < 0 else board.agreements.titles[kind],
                turns=deal_view.lasting(board, index), gives=gives, gets=gets,
            )
        )  # fmt: skip
    session.options[command.target] = tuple(found)


def _barrier(barred: IllegalOrder | None) -> str:
    """What kind of thing forbids an order; empty where nothing does."""
    return "" if barred is None else barrier_of(barred.refusal)


def _said(refused: IllegalOrder, board: Board) -> str:
    """A refusal in words, with what states are called."""
    return str(refused) if refused.refusal is None else worded(refused.refusal, board)


def sound(session: Session, command: wanted.Sound) -> None:
    """How a deal would seem to be received and, where it is asked, what it would take and the most to ask."""
    match = session.current
    order = turn_taking.own_order(match, session.player, command.text)
    found, veto = _received(session, order)
    take = most = Bargain(())
    if command.packages:
        take = what_would_it_take(match, order.state, order.act, order.target)
        most = the_most_to_ask(match, order.state, order.act, order.target)
    teller = Chronicle.of(match)
    session.answer = Answer(
        text=str(order),
        accepted=found is None or (found.accepted and not veto),
        score=0.0 if found is None else found.score,
        terms=() if found is None else ranked(found.terms),
        blocker=blocker_worded(take.blocker, match.history.board) if take.blocker else "",
        ripple=changes(session, order).relation,
        packages=tuple((str(each.order), teller.terms(each.order) or " as it is") for each in take.packages),
        most="; ".join(teller.terms(each.order).strip(" ,") or "nothing more" for each in most.packages),
        chance=1.0 if found is None else 0.0 if veto else found.chance,
        veto=veto,
    )


def _received(session: Session, order: Order) -> tuple[Estimate | None, str]:
    """What the side can tell of the answer to its order, and what forbids it whatever the terms say.

    An order that asks nobody has no answer.
    """
    match = session.known
    board, target = match.history.board, match.history.board.state(order.target)
    if order.is_stance or board.acts.kind[board.acts.act(order.act)] != DEAL:
        return None, ""
    found = estimate(match, order)
    if target in match.seats:
        return found, f"{board.names[target]} answers for itself"
    if not found.payable:
        return found, f"{board.names[target]} may not have so much political capital"
    return found, "" if found.veto is None else f"A pact with {board.names[found.veto]} forbids it"


def consider(session: Session, command: wanted.Consider) -> None:
    """What an order would change for everybody, and why it can't be given where that is so."""
    match, side = session.known, session.player
    board = match.history.board
    order = turn_taking.own_order(match, side, command.text)
    others = tuple(each for each in session.plan.orders if (each.act, each.target) != (order.act, order.target))
    refused = turn_taking.refusal(match, side, replace(session.plan, orders=others), order)
    problem = "" if refused is None else _said(refused, board)
    found, cost = changes(session, order), cost_of(order, board)
    sentence = Chronicle.of(match).action(as_record(order))
    session.preview = Preview(str(order), sentence, cost, found.relation, found.tensions, problem)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an order alone would move, luck aside: regard, largest first, and the tension of disputes."""

    relation: Ripple
    tensions: tuple[tuple[str, float], ...]


def ripple(session: Session, order: Order) -> Ripple:
    """How the relations that move most would stand otherwise after a turn with this order alone."""
    found = changes(session, order).relation
    return tuple(each for each in found if abs(each[2]) >= TOLD)[:RIPPLES]


def retrace(session: Session, command: wanted.Retrace) -> None:
    """Have worked out how a finished game would have come without its most decisive orders."""
    if not session.current.finished:
        raise IllegalOrder("what might have been is looked at once the game is over")
    session.retracer.ask(session.current, session.people, session.side)


def changes(session: Session, order: Order) -> Changes:
    """What would stand otherwise after a turn with this order alone."""
    return session.once(("changes", session.side, str(order)), lambda: _changes(session, order))


def _changes(session: Session, order: Order) -> Changes:
    board = session.known.history.board
    quiet = session.once(("quiet", session.side), lambda: _after(session, games.orders_of(board, {})))
    after = _after(session, games.orders_of(board, {board.state(order.state): {0: order}}))
    change = relations(board, after)[0] - relations(board, quiet)[0]
    cells = sorted(np.argwhere(np.abs(change) >= LEAST).tolist(), key=lambda cell: -abs(change[cell[0], cell[1]]))
    heat = (after.tension - quiet.tension)[0].tolist()
    return Changes(
        tuple((board.states[i], board.states[j], float(change[i, j])) for i, j in cells),
        tuple((each.title, moved) for each, moved in zip(board.disputes, heat, strict=True) if abs(moved) >= LEAST),
    )


def _after(session: Session, orders: Orders) -> World:
    """What the side knows of the world, a turn on, if some orders are given, all is agreed to and nobody else acts."""
    history = session.known.history
    consent = is_proposal(history.board, orders)
    return step(history.board, history.open().world, orders, consent, history.parameters, history.draws)[0]


def as_record(order: Order) -> games.OrderRecord:
    """An order that was not given yet, as one of those that were."""
    return games.OrderRecord(order, 0, None, None)


def ranked(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Terms that count for something, the weightiest first."""
    found = sorted(terms.items(), key=lambda term: -abs(term[1]))
    return tuple((name, float(value)) for name, value in found if abs(value) >= 0.005)
