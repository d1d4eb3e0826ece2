"""A journal played again, turn by turn, and held to what it recorded."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

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
from game.kernel.world import Board, World, digest
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
from game.version import ENGINE


def setup_of(journal: Journal) -> Setup:
    """The setup a journal was begun with; JournalError when its own scenario no longer reads."""
    head = journal.header
    reading = read_scenario(head.text, path=head.path)
    if reading.scenario is None:
        raise JournalError(f"line 1: the scenario in the journal has errors: {reading.findings[0]}", line=1)
    if reading.scenario.id != head.scenario:
        raise JournalError(f"line 1: its scenario is {reading.scenario.id}, not {head.scenario!r}", line=1)
    spreads: Spreads = "drawn" if head.spreads == "drawn" else "central"
    try:
        return Setup(reading.scenario, head.seed, spreads, head.parameters, head.policies)
    except GameError as error:
        raise _unbegun(error) from error


def replay(journal: Journal, *, turns: int | None = None) -> Match:
    """Play a journal again, turn by turn, from its own orders and answers, and verify everything it recorded.

    Raises JournalError naming the first turn that differs and, where a relation does, the pair.
    """
    setup = setup_of(journal)
    scripted = [name for name, policy in setup.policies.items() if policy.startswith("script:")]
    policies = {name: "wait" if name in scripted else policy for name, policy in setup.policies.items()}
    match = _begun(replace(setup, policies=policies))
    history = match.history
    for line in journal.turns[: turns if turns is not None else len(journal.turns)]:
        try:
            history = _replayed(history, line)
        except (GameError, ValueError) as error:
            raise _error(f"turn {line.turn} cannot be played again: {error}", line) from error
        _verify(history, line, _hint(journal, setup))
    return replace(match, setup=setup, history=history)


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


def _replayed(history: History, line: TurnLine) -> History:
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
    try:
        return digest(unpacked(line.keyframe, world)) == line.digest
    except (KeyError, ValueError, zlib.error):
        return False


def _pair_apart(states: Sequence[str], now: Sequence[Sequence[int]], recorded: Sequence[Sequence[int]]) -> str | None:
    """The first relation that differs, in words; None where all agree."""
    if [len(row) for row in recorded] != [len(states)] * len(states):
        return f"its relations are no table of {len(states)} by {len(states)}"
    for i, first in enumerate(states):
        for j, second in enumerate(states):
            if now[i][j] != recorded[i][j]:
                return f"{first} -> {second} is {now[i][j] / 100:g}, the journal has {recorded[i][j] / 100:g}"
    return None


def _hint(journal: Journal, setup: Setup) -> str:
    """Why a replay may differ through nobody's fault."""
    head = journal.header
    if head.engine != ENGINE:
        return f"; it was written by engine {head.engine}, this is {ENGINE}"
    if head.catalogue != setup.scenario.catalogue_hash:
        return "; the standard catalogue has changed since"
    return ""
