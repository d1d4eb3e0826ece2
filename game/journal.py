"""The journal: a game as text, one JSON line a turn. The save file is the journal.

The first line is the header: format, engine, the whole scenario text, seed, parameters, seats. Then each turn has its
orders with their reasons, answers, events, relations in hundredths, the world's digest and now and then a keyframe: the
whole world. The last line counts the turns. Every line carries a check that chains it to the one before, so a line that
was altered, lost or cut is named. A file is replaced whole or not at all.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from game import history as games
from game.acts import Order, order_of, parse_order
from game.errors import GameError, JournalError
from game.history import History, OrderRecord
from game.match import EventRecord, Match, Setup, Spreads, begin
from game.numerics import hundredths
from game.scenario import read as read_scenario
from game.version import ENGINE
from game.world import ARRAYS, Board, World, digest, relations

FORMAT = 1
KEYFRAME = 12
"""Every how many turns the whole world is stored."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a journal begins with."""

    format: int
    engine: str
    scenario: str
    path: str
    text: str
    hash: str
    catalogue: str
    seed: int
    spreads: str
    parameters: Mapping[str, float]
    policies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One turn as it is written."""

    turn: int
    date: str
    events: tuple[EventRecord, ...]
    orders: tuple[OrderRecord, ...]
    ending: str | None
    relations: tuple[tuple[int, ...], ...]  # hundredths, row regards column
    digest: str
    keyframe: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A whole journal; `damage` says what was wrong with the file it was recovered from."""

    header: Header
    turns: tuple[TurnLine, ...]
    damage: str | None = None


def header_of(setup: Setup) -> Header:
    """The header of a match."""
    scenario = setup.scenario
    return Header(
        FORMAT, ENGINE, scenario.id, Path(scenario.path).name, scenario.text, fingerprint(scenario.text),
        scenario.catalogue_hash, setup.seed, setup.spreads, dict(setup.parameters), dict(setup.policies),
    )  # fmt: skip


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that name a text."""
    return sha256(text.encode()).hexdigest()[:16]


def line_of(match: Match, turn: int) -> TurnLine:
    """A turn of a match, as it is written."""
    history = match.history
    world = history.worlds[turn]
    return TurnLine(
        turn,
        history.board.calendar.label(turn),
        tuple(match.events(turn)),
        tuple(match.records(turn)),
        _ending(history.board, world),
        _hundredths(history.board, world),
        digest(world),
        keyframe(world) if turn % KEYFRAME == 0 else None,
    )


def _ending(board: Board, world: World) -> str | None:
    over = int(world.over[0])
    return None if over < 0 else board.endings[over].name


def _hundredths(board: Board, world: World) -> tuple[tuple[int, ...], ...]:
    rows = hundredths(relations(board, world)[0]).astype(int).tolist()
    return tuple(tuple(row) for row in rows)


def journal_of(match: Match, known: Sequence[TurnLine] = ()) -> Journal:
    """The journal of a match; lines of turns that are known already are not made again."""
    first = len(known) + 1
    lines = (*known, *(line_of(match, turn) for turn in range(first, match.history.turn + 1)))
    return Journal(header_of(match.setup), lines)


def keyframe(world: World) -> Mapping[str, str]:
    """The whole world as text: each array's bytes, little-endian, packed."""
    packed = {"turn": str(world.turn)}
    for name, array in world.arrays():
        plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
        packed[name] = b64encode(zlib.compress(plain.tobytes(), 6)).decode()
    return packed


def unpacked(frame: Mapping[str, str], like: World) -> World:
    """The world of a keyframe; shapes and types are those of any world of the same board."""
    arrays = {}
    for name in ARRAYS:
        model = getattr(like, name)
        raw = np.frombuffer(zlib.decompress(b64decode(frame[name])), model.dtype.newbyteorder("<"))
        arrays[name] = raw.astype(model.dtype).reshape(model.shape)
    return World(turn=int(frame["turn"]), opened=False, **arrays)


def text_of(journal: Journal) -> str:
    """The journal as text, every line with its check."""
    objects: list[dict[str, Any]] = [{"journal": asdict(journal.header)}]
    objects.extend({"turn": turn.turn} | _plain(turn) for turn in journal.turns)
    objects.append({"end": len(journal.turns)})
    lines, check = [], ""
    for each in objects:
        body = json.dumps(each, ensure_ascii=False, separators=(",", ":"))
        check = fingerprint(check + body)
        lines.append(f'{body[:-1]},"check":"{check}"}}')
    return "\n".join(lines) + "\n"


def _plain(turn: TurnLine) -> dict[str, Any]:
    plain = asdict(turn)
    plain["orders"] = [
        {"order": str(each.order), "slot": each.slot, "accepted": each.accepted, "why": each.why}
        for each in turn.orders
    ]
    return plain


def write(path: str | Path, journal: Journal) -> None:
    """Write the whole file or leave the old one as it was; raises OSError when the disk is full or closed to us."""
    target = Path(path)
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text_of(journal))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: str | Path, *, recover: bool = False) -> Journal:
    """The journal in a file.

    Raises JournalError with the line that is cut or altered; with `recover` whatever is whole before it is kept. Raises
    OSError when the file cannot be read.
    """
    raw = Path(path).read_bytes()
    turns: list[TurnLine] = []
    header: Header | None = None
    damage: str | None = None
    check, ended = "", False
    lines = raw.split(b"\n")
    for number, line in enumerate(lines, 1):
        if number == len(lines) and not line:
            break
        try:
            fields, check = _checked(line, check, number, last=number == len(lines))
            if header is None:
                header = _header(fields, number)
            elif "end" in fields:
                ended = True
                if fields["end"] != len(turns):
                    raise JournalError(
                        f"line {number}: it counts {fields['end']} turns, the file has {len(turns)}", line=number
                    )
            else:
                turns.append(_turn(fields, len(turns) + 1, number))
        except JournalError as error:
            if not recover or header is None:
                raise
            damage = str(error)
            break
    if header is None:
        raise JournalError("line 1: the file is empty", line=1)
    if not ended and damage is None:
        damage = f"line {len(lines)}: the file is cut off after turn {len(turns)}: its last line is missing"
        if not recover:
            raise JournalError(damage, line=len(lines))
    return Journal(header, tuple(turns), damage)


def _checked(line: bytes, check: str, number: int, *, last: bool) -> tuple[dict[str, Any], str]:
    """One line's fields, and its check, once both are found whole."""
    cut = "is cut off" if last else "is not whole"
    try:
        text = line.decode("utf-8")
        fields = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError):
        hint = "; `--recover` keeps the turns before it" if number > 1 else "; this is not a whole journal"
        raise JournalError(f"line {number} {cut}{hint}", line=number) from None
    if not isinstance(fields, dict) or not isinstance(fields.get("check"), str):
        raise JournalError(f"line {number} is not a line of a journal", line=number)
    found = fields.pop("check")
    body, comma, _ = text.rpartition(',"check":"')
    expected = fingerprint(check + body + "}")
    if not comma or found != expected:
        reason = "was altered, or follows a line that was"
        raise JournalError(f"line {number} {reason}: its check is {found}, not {expected}", line=number)
    return fields, found


def _header(fields: Mapping[str, Any], number: int) -> Header:
    plain = fields.get("journal")
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise JournalError(f"line {number}: this is not a journal of format {FORMAT}", line=number)
    try:
        return Header(**plain)
    except TypeError as error:
        raise JournalError(f"line {number}: the header is incomplete ({error})", line=number) from error


def _turn(fields: Mapping[str, Any], expected: int, number: int) -> TurnLine:
    if fields.get("turn") != expected:
        raise JournalError(f"line {number}: turn {expected} is missing", line=number)
    try:
        return TurnLine(
            expected,
            str(fields["date"]),
            tuple(EventRecord(**each) for each in fields["events"]),
            tuple(_order(each) for each in fields["orders"]),
            fields["ending"],
            tuple(tuple(int(cell) for cell in row) for row in fields["relations"]),
            str(fields["digest"]),
            fields["keyframe"],
        )
    except (KeyError, TypeError, ValueError, GameError) as error:
        raise JournalError(f"line {number}: turn {expected} is not complete ({error})", line=number) from error


def _order(fields: Mapping[str, Any]) -> OrderRecord:
    return OrderRecord(order_of(fields["order"]), fields["slot"], fields["accepted"], fields["why"])


def setup_of(journal: Journal) -> Setup:
    """The setup a journal was begun with; JournalError when its own scenario no longer reads."""
    head = journal.header
    reading = read_scenario(head.text, path=head.path)
    if reading.scenario is None:
        raise JournalError(f"line 1: the scenario in the journal has errors: {reading.findings[0]}", line=1)
    spreads: Spreads = "drawn" if head.spreads == "drawn" else "central"
    return Setup(reading.scenario, head.seed, spreads, head.parameters, head.policies)


def replay(journal: Journal, *, turns: int | None = None) -> Match:
    """Play a journal again, turn by turn, from its own orders and answers, and verify every digest.

    Raises JournalError naming the first turn that differs and, where a relation does, the pair.
    """
    setup = setup_of(journal)
    match = begin(replace(setup, policies={}))
    for line in journal.turns[: turns if turns is not None else len(journal.turns)]:
        match = match.with_history(_replayed(match.history, line))
        _verify(match, line, journal)
    scripted = [name for name, policy in setup.policies.items() if policy.startswith("script:")]
    policies = {name: "wait" if name in scripted else policy for name, policy in setup.policies.items()}
    again = begin(replace(setup, policies=policies))
    return replace(again, setup=setup, history=match.history)


def _replayed(history: History, line: TurnLine) -> History:
    """The game a turn later, by the orders, answers and options of one line."""
    board = history.board
    given: dict[int, dict[int, Order]] = {}
    for record in line.orders:
        order = parse_order(str(record.order), board)
        given.setdefault(board.state(order.state), {})[record.slot] = order
    ready = history.open()
    orders = games.orders_of(board, given)
    accepted = np.zeros(orders.act.shape, dtype=bool)
    for record in line.orders:
        accepted[0, board.state(record.order.state), record.slot] = bool(record.accepted)
    option = orders.option.copy()
    for index, event in enumerate(board.events):
        for fired in line.events:
            if fired.event == event.name and fired.option is not None:
                option[0, index] = [each.name for each in event.options].index(fired.option)
    return ready.play(replace(orders, option=option), accepted)


def _verify(match: Match, line: TurnLine, journal: Journal) -> None:
    history = match.history
    world = history.worlds[-1]
    found = digest(world)
    if found == line.digest:
        return
    states = history.board.states
    now = _hundredths(history.board, world)
    where = "no relation differs by a hundredth; something else of the world does"
    for i, row in enumerate(line.relations):
        for j, recorded in enumerate(row):
            if now[i][j] != recorded:
                where = f"{states[i]} -> {states[j]} is {now[i][j] / 100:g}, the journal has {recorded / 100:g}"
                break
        else:
            continue
        break
    hint = ""
    if journal.header.engine != ENGINE:
        hint = f"; it was written by engine {journal.header.engine}, this is {ENGINE}"
    elif journal.header.catalogue != match.setup.scenario.catalogue_hash:
        hint = "; the standard catalogue has changed since"
    raise JournalError(
        f"turn {line.turn} differs: the digest is {found}, the journal has {line.digest}: {where}{hint}",
        line=line.turn + 1,
        turn=line.turn,
    )


__all__ = [
    "FORMAT", "Header", "Journal", "TurnLine", "header_of", "journal_of", "keyframe", "line_of", "read",
    "replay", "setup_of", "text_of", "unpacked", "write",
]  # fmt: skip
