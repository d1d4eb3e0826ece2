"""A journal played again, turn by turn, and held to what it recorded."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from math import isclose, prod
from reprlib import repr as repr_short
from typing import Any

import numpy as np

from game.errors import (
    GameError,
    InvalidOrder,
    JournalError,
    UnknownName,
)
from game.journal.record import (
    Journal,
    TurnLine,
    ending_of,
    in_hundredths,
    unpacked,
)
from game.kernel.declare import Booleans, Integers
from game.kernel.orders import Order, Orders, parse_order
from game.kernel.world import (
    ARRAYS,
    Board,
    World,
    digest,
)
from game.match import history as games
from game.match.history import History, OrderRecord
from game.match.match import (
    EventRecord,
    Match,
    Setup,
    Spreads,
    begin,
    events_of,
)
from game.scenario import read as read_scenario
from game.scenario.spec import Scenario
from game.version import ENGINE

BYTES = {"Floats": 8, "Shorts": 2, "Booleans": 1}
"""Of a number of an array, by its kind."""

WEIGHING = 64
"""Bytes that weighing every act towards every state takes, for a pair of states and an act."""

MOST_AT_ONCE, MOST_IN_ALL = 512 * 2**20, 4 * 2**30
"""Bytes of a turn that is played, and of all turns of a game, which stay in memory."""


def setup_of(journal: Journal) -> Setup:
    """The setup a journal was begun with; JournalError when its own scenario no longer reads."""
    head = journal.header
    reading = read_scenario(head.text, path=head.path)
    if reading.scenario is None:
        raise JournalError(f"line 1: the scenario in the journal has errors: {reading.findings[0]}", line=1)
    if reading.scenario.id != head.scenario:
        raise JournalError(f"line 1: its scenario is {reading.scenario.id}, not {repr_short(head.scenario)}", line=1)
    spreads: Spreads = "drawn" if head.spreads == "drawn" else "central"
    try:
        return Setup(reading.scenario, head.seed, spreads, head.parameters, head.policies)
    except GameError as error:
        raise _unbegun(error) from error


def replay(journal: Journal, *, turns: int | None = None) -> Match:
    """Play a journal again, turn by turn, from its own orders and answers, and verify everything it recorded.

    The reasons of orders that the reasoner gave are worked out anew and held to those that are written down, unless the
    journal is `of_another_kind`. Why people and scripts gave theirs is nowhere recorded: such orders have no reasons,
    and one that claims some is refused.

    Raises JournalError naming the first turn that differs and, where a relation or a reason does, which.
    """
    setup = setup_of(journal)
    check_memory(setup.scenario, len(journal.turns) if turns is None else turns)
    scripted = [name for name, policy in setup.policies.items() if policy.startswith("script:")]
    policies = {name: "wait" if name in scripted else policy for name, policy in setup.policies.items()}
    match = _begun(replace(setup, policies=policies))
    history, other = match.history, of_another_kind(journal, setup)
    for line in journal.turns[: turns if turns is not None else len(journal.turns)]:
        try:
            history = replayed_line(history, line)
        except GameError as error:
            raise _error(f"turn {line.turn} cannot be played again: {error}", line) from error
        _verify(history, line, f"; {other}" if other else "")
        verify_records(match.with_history(history).records(line.turn), line, reasons=not other)
    return replace(match, setup=setup, history=history)


def check_memory(scenario: Scenario, turns: int) -> None:
    """Raise JournalError where a game would take more memory than any does: a small file may ask for any amount."""
    world = world_bytes(scenario)
    weighing = WEIGHING * len(scenario.states) ** 2 * len(scenario.acts)
    if world + weighing > MOST_AT_ONCE or world * (turns + 1) > MOST_IN_ALL:
        size = max(world + weighing, world * (turns + 1)) / 2**20
        counts = (
            f"{len(scenario.states)} states, {len(scenario.acts)} acts and "
            f"{len(scenario.agreement_kinds)} kinds of agreement"
        )
        raise JournalError(f"line 1: its scenario has {counts}, for which {size:.0f} MiB are too many", line=1)


def world_bytes(scenario: Scenario) -> int:
    """The bytes of one world of a scenario, by the axes that its arrays declare."""
    sizes = {
        "R": 1, "N": len(scenario.states), "A": len(scenario.acts), "K": len(scenario.agreement_kinds),
        "C": len(scenario.acts), "P": len(scenario.pledge_kinds), "B": 2, "L": len(scenario.memories),
        "Q": len(scenario.attributes), "D": len(scenario.disputes), "E": len(scenario.events),
        "F": len(scenario.flags),
    }  # fmt: skip
    arrays = [each for each in fields(World) if "axes" in each.metadata]
    return sum(BYTES[str(each.type)] * prod(sizes[axis] for axis in each.metadata["axes"]) for each in arrays)


def _begun(setup: Setup) -> Match:
    try:
        return begin(setup)
    except GameError as error:
        raise _unbegun(error) from error


def _unbegun(error: GameError) -> JournalError:
    return JournalError(f"line 1: the game cannot be begun again: {error}", line=1)


def _error(message: str, line: TurnLine) -> JournalError:
    """An error about a turn and, as the header is the first line, its line."""
    number = line.turn + 1
    return JournalError(f"line {number}: {message}", line=number, turn=line.turn)


def replayed_line(history: History, line: TurnLine) -> History:
    """The game a turn later, by the orders, answers and options of one line."""
    board = history.board
    orders, accepted = _orders(board, line.orders)
    return history.open().play(replace(orders, option=_options(board, line.events, orders.option)), accepted)


def _orders(board: Board, records: Sequence[OrderRecord]) -> tuple[Orders, Booleans]:
    """The orders of a turn and their answers in arrays; InvalidOrder when one is not of this board."""
    given: dict[int, dict[int, Order]] = {}
    answers = {}
    for record in records:
        order = parse_order(str(record.order), board)
        state = board.state(order.state)
        if order.is_stance:
            expected = games.stance_slot(board, order)
            if record.slot != expected or record.accepted is not None:
                raise InvalidOrder(f"{order} is a choice in a crisis; its slot is {expected}, and nobody answers it")
        elif not 0 <= record.slot < board.orders:
            raise InvalidOrder(f"{order} is in slot {record.slot}; the slots are 0 to {board.orders - 1}")
        if (state, record.slot) in answers:
            raise InvalidOrder(f"{order} is in slot {record.slot}, which has an order already")
        given.setdefault(state, {})[record.slot] = order
        answers[state, record.slot] = bool(record.accepted)
    orders = games.orders_of(board, given)
    accepted = np.zeros(orders.act.shape, dtype=bool)
    for (state, slot), answer in answers.items():
        if slot < board.orders:
            accepted[0, state, slot] = answer
    return orders, accepted


def _options(board: Board, records: Sequence[EventRecord], drawn: Integers) -> Integers:
    """The options that were taken of a turn's events; UnknownName when one does not exist."""
    taken = drawn.copy()
    names = [event.name for event in board.events]
    for record in records:
        if record.event not in names:
            raise UnknownName("event", record.event, names)
        index = names.index(record.event)
        known = [option.name for option in board.events[index].options]
        if record.option is None:
            continue
        if record.option not in known:
            raise UnknownName(f"option of {record.event}", record.option, known)
        taken[0, index] = known.index(record.option)
    return taken


def _verify(history: History, line: TurnLine, hint: str) -> None:
    """Raise JournalError where the turn just played is not the one that was recorded."""
    board, world = history.board, history.worlds[-1]
    found = digest(world)
    pair = _pair_apart(board.states, in_hundredths(board, world), line.relations)
    if found != line.digest:
        where = pair or "no relation differs by a hundredth; something else of the world does"
        raise _error(
            f"turn {line.turn} differs: the digest is {found}, the journal has {line.digest}: {where}{hint}", line
        )
    if pair:
        raise _error(f"turn {line.turn} differs, although its digest agrees: {pair}", line)
    for name, now, recorded in (
        ("date", board.calendar.label(line.turn), line.date),
        ("ending", ending_of(board, world), line.ending),
        ("list of events", tuple(events_of(history, history.turns[-1])), line.events),
    ):
        if now != recorded:
            raise _error(f"turn {line.turn} differs, although its digest agrees: its {name} is another", line)
    if line.keyframe is not None and not _same_world(line, world):
        raise _error(f"turn {line.turn} differs, although its digest agrees: its keyframe is another world", line)


def _same_world(line: TurnLine, world: World) -> bool:
    """Whether the keyframe of a turn holds the world that was played; one that cannot be unpacked does not."""
    assert line.keyframe is not None
    if line.keyframe.keys() != {"turn", *ARRAYS}:
        return False
    try:
        return digest(unpacked(line.keyframe, world)) == line.digest
    except (KeyError, ValueError, zlib.error):
        return False


def verify_records(found: Sequence[OrderRecord], line: TurnLine, *, reasons: bool) -> None:
    """Raise JournalError where the answers or, if asked for, the reasons of a turn are not those just found."""
    if [(each.order, each.slot, each.accepted) for each in found] != [
        (each.order, each.slot, each.accepted) for each in line.orders
    ]:
        raise _error(
            f"turn {line.turn} differs, although its digest agrees: its orders or their answers are others", line
        )
    for now, recorded in zip(found, line.orders, strict=True):
        if recorded.why is None or not reasons:
            continue
        if now.why is None:
            apart: str | None = "it has reasons, and the reasoner did not give it"
        else:
            apart = _reason_apart(now.why, recorded.why)
        if apart:
            raise _error(f"turn {line.turn} differs: {recorded.order}: {apart}", line)


def _reason_apart(now: Mapping[str, Any], recorded: Mapping[str, Any], within: str = "") -> str | None:
    """The first of the reasons that differs, in words; None where all agree."""
    for name in sorted({*now, *recorded}):
        here, there, said = now.get(name), recorded.get(name), f"{within}{name}"
        if isinstance(here, Mapping) and isinstance(there, Mapping):
            apart = _reason_apart(here, there, f"{said} ")
            if apart:
                return apart
        elif isinstance(here, int | float) and isinstance(there, int | float):
            # Six digits are written down, and the last of them may be rounded otherwise on another machine.
            if not isclose(here, there, rel_tol=2e-5, abs_tol=1e-6):
                return f"its {said} is {here:g}, the journal has {there:g}"
        elif here != there:
            words = ["nothing" if each is None else repr_short(each) for each in (here, there)]
            return f"its {said} is {words[0]}, the journal has {words[1]}"
    return None


def _pair_apart(states: Sequence[str], now: Sequence[Sequence[int]], recorded: Sequence[Sequence[int]]) -> str | None:
    """The first relation that differs, in words; None where all agree."""
    if [len(row) for row in recorded] != [len(states)] * len(states):
        return f"its relations are no table of {len(states)} by {len(states)}"
    for i, first in enumerate(states):
        for j, second in enumerate(states):
            if now[i][j] != recorded[i][j]:
                return f"{first} -> {second} is {now[i][j] / 100:g}, the journal has {recorded[i][j] / 100:g}"
    return None


def of_another_kind(journal: Journal, setup: Setup) -> str:
    """Why a replay may differ through nobody's fault, and reasons be others: empty where there is no such cause."""
    head = journal.header
    if head.engine != ENGINE:
        return f"it was written by engine {repr_short(head.engine)}, this is {ENGINE}"
    if head.catalogue != setup.scenario.catalogue_hash:
        return "the standard catalogue has changed since"
    return ""
