"""Causes in words: as people read them, and with the ids of the scenario for data that programs read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from game.kernel.causes import (
    ANSWERED,
    IN_DEFENCE,
    UNEXCUSED,
    Act,
    AgreementInForce,
    BackedDown,
    Baseline,
    Cause,
    Clash,
    DenialExposed,
    Disclosure,
    Escalation,
    Happening,
    PledgeBroken,
    PledgeHonoured,
    ScaleEnd,
    SecretReleased,
    Suspicion,
    TriadBalance,
    War,
    Withheld,
)
from game.kernel.orders import Order
from game.kernel.world import OPEN, RUMOURED, RUNGS, Board

STAGES = {RUMOURED: "rumour", OPEN: "in the open"}
"""What onlookers react to, by the stage it has come to; any other stage is a denial."""

EXCUSES = {UNEXCUSED: "", ANSWERED: " (the other broke first)", IN_DEFENCE: " (in defence)"}
"""What is said of a breach that counts in full, and of those that count for less."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What states, events and acts are called."""

    states: Sequence[str]
    happening: Callable[[Happening], str]
    act: Callable[[Order, bool], str]


def worded(cause: Cause, board: Board, act: Callable[[Order, bool], str]) -> str:
    """A cause for people: states by their names, events by their headlines, and what `act` says of an order.

    `act` gets the order and whether it was refused.
    """

    def happening(each: Happening) -> str:
        event = board.events[each.event]
        return event.headline if each.option is None else f"{event.headline}: {event.options[each.option].label}"

    return _said(cause, board, _Names(board.names, happening, act))


def in_ids(cause: Cause, board: Board) -> str:
    """A cause with the ids of the scenario: `arda: praise borea (refused)`, `which_side: neither`."""

    def happening(each: Happening) -> str:
        event = board.events[each.event]
        return event.name if each.option is None else f"{event.name}: {event.options[each.option].name}"

    return _said(cause, board, _Names(board.states, happening, _ordered))


def _ordered(order: Order, refused: bool) -> str:
    return f"{order} (refused)" if refused else str(order)


def _said(cause: Cause, board: Board, names: _Names) -> str:
    match cause:
        case Act(order, refused, origin):
            done = names.act(order, refused)
            return done if origin is None else f"{_origin(origin, names)}: {done}"
        case Happening():
            return names.happening(cause)
        case DenialExposed(act, actor, target):
            order = Order(board.states[actor], board.acts.names[act], board.states[target])
            return f"denied what was true: {names.act(order, False)}"
        case Clash() | Escalation() | BackedDown() | War():
            return _fought(cause, board, names.states)
        case PledgeHonoured(kind):
            return f"kept: {board.pledges.titles[kind]}"
        case PledgeBroken(kind, excuse, holder):
            owed = "" if holder is None else f", owed to {board.names[holder]}"
            return f"broken: {board.pledges.titles[kind]}{owed}{EXCUSES[excuse]}"
        case AgreementInForce(kind):
            return f"agreement in force: {board.agreements.titles[kind]}"
        case Suspicion(of, more):
            state = names.states[of]
            return f"suspicion of {state}" if more else f"less suspicion of {state} than at the start"
    return _plain(cause)


def _origin(origin: Happening | Disclosure, names: _Names) -> str:
    if isinstance(origin, Disclosure):
        return STAGES.get(origin.stage, "denied")
    return names.happening(origin)


def _fought(cause: Clash | Escalation | BackedDown | War, board: Board, states: Sequence[str]) -> str:
    """What came of a dispute."""
    title = board.disputes[cause.dispute].title
    match cause:
        case Clash(_, winner, loser):
            return f"clash over {title}: {states[winner]} won, {states[loser]} lost"
        case Escalation(_, state, rung, accident):
            verb = "is carried by an accident" if accident else "climbs"
            return f"crisis over {title}: {states[state]} {verb} to {RUNGS[rung]}"
        case BackedDown(_, state):
            return f"crisis over {title}: {states[state]} backs down"
        case War():
            return f"war over {title}"
    assert_never(cause)


def _plain(cause: TriadBalance | Withheld | SecretReleased | ScaleEnd | Baseline) -> str:
    """The causes that say nothing but what they are."""
    match cause:
        case TriadBalance():
            return "balance of triads"
        case Withheld():
            return "what it depends on is withheld"
        case SecretReleased():
            return "what was kept secret comes out"
        case ScaleEnd():
            return "the end of the scale"
        case Baseline():
            return "as the scenario begins"
    assert_never(cause)
