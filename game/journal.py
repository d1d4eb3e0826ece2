"""The journal: a game as text, one JSON line a turn. The save file is the journal.

The first line is the header: format, engine, the whole scenario text, seed, parameters, seats. Then each turn has its
orders with their reasons, answers, events, relations in hundredths, the world's digest and now and then a keyframe: the
whole world. The last line counts the turns. Every line carries a check that chains it to the one before, so a line that
was altered, lost or cut is named. A file is replaced whole or not at all.
"""

from __future__ import annotations

import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from errno import EACCES, EEXIST, EISDIR, ELOOP, ENOENT
from hashlib import sha256
from itertools import count
from pathlib import Path
from reprlib import repr as repr_short
from secrets import token_hex
from stat import S_IFREG, S_IMODE, S_ISDIR, S_ISREG
from types import NoneType
from typing import Any, get_args

import numpy as np

from game import history as games
from game.acts import Order, Orders, order_of, parse_order
from game.declare import Booleans, Integers
from game.errors import GameError, InvalidOrder, JournalError, UnknownName
from game.history import History, OrderRecord
from game.match import EventRecord, Match, Setup, Spreads, begin, events_of
from game.numerics import hundredths
from game.parameters import ParameterRange
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
    """Write the whole file or leave the old one as it was; raises OSError, about this path, when that is impossible."""
    target = _target(Path(path))
    temporary = _beside(target, path)
    try:
        with _named(path):
            if target.exists():
                temporary.chmod(S_IMODE(target.stat().st_mode))
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text_of(journal))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def writable(path: str | Path) -> None:
    """Raise the OSError that `write` would raise here, found by trying, with nothing left behind."""
    _beside(_target(Path(path)), path).unlink()


def mend(path: str | Path, recovered: Journal) -> Path:
    """Write what was recovered of a damaged journal in its place; returns where the damaged file is kept."""
    target = _target(Path(path))
    damaged = next(name for name in _damaged_names(target) if not name.exists())
    with damaged.open("xb") as file:
        damaged.chmod(S_IMODE(target.stat().st_mode))
        file.write(target.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    write(target, recovered)
    return damaged


def _damaged_names(target: Path) -> Iterator[Path]:
    yield target.with_name(f"{target.name}.damaged")
    for number in count(2):
        yield target.with_name(f"{target.name}.damaged-{number}")


def _target(path: Path) -> Path:
    """The file behind a path, its links followed; an OSError when a journal must not replace it."""
    with _named(path):
        # Asked of the system and not of the path, which may lead through names that are no files, as /dev/stdout does.
        mode = path.stat().st_mode if path.exists() else S_IFREG
        if S_ISDIR(mode):
            raise IsADirectoryError(EISDIR, "It is a folder; name a file in it")
        if not S_ISREG(mode):
            raise FileExistsError(EEXIST, "It is no regular file, so no journal can replace it; name another")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(EACCES, "It is protected against writing")
        target = Path(os.path.realpath(path))
        if target.is_symlink():
            raise OSError(ELOOP, "Its links lead back to themselves")
        if not target.parent.is_dir():
            raise FileNotFoundError(ENOENT, "There is no such folder")
    return target


def _beside(target: Path, path: str | Path) -> Path:
    """A new empty file beside the one that a path names, with the mode that the system gives to new files."""
    temporary = target.with_name(f".journal-{token_hex(8)}")
    with _named(path):
        temporary.touch(exist_ok=False)
    return temporary


@contextmanager
def _named(path: str | Path) -> Iterator[None]:
    """An OSError inside is about this path: nobody has heard of the temporary file."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or 0, error.strerror or str(error), str(path)) from error


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
            elif ended:
                raise JournalError(f"line {number}: the journal has ended before it", line=number)
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
        if "\\u" in text:
            # An escape may stand for half a character, which no terminal and no file can be given.
            json.dumps(fields, ensure_ascii=False).encode("utf-8")
    except (UnicodeDecodeError, ValueError, RecursionError):
        hint = (
            "; `realpolitik replay --recover` keeps the turns before it"
            if number > 1
            else "; this is not a whole journal"
        )
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
        header = Header(**plain)
        _check_header(header)
    except (TypeError, ValueError) as error:
        raise JournalError(f"line {number}: the header is not complete ({error})", line=number) from error
    return header


def _check_header(header: Header) -> None:
    for value in (header.engine, header.scenario, header.path, header.catalogue):
        _typed(value, str)
    if _typed(header.hash, str) != fingerprint(_typed(header.text, str)):
        raise ValueError("the hash of its scenario is another")
    if not 0 <= _typed(header.seed, int) < 2**63:
        raise ValueError("its seed is out of bounds")
    if header.spreads not in get_args(Spreads):
        raise ValueError(f"its spreads are neither {' nor '.join(get_args(Spreads))}")
    for value in _typed(header.parameters, dict).values():
        _typed(value, int, float)
    for policy in _typed(header.policies, dict).values():
        _typed(policy, str)


def _typed(value: Any, *kinds: type) -> Any:
    """The value, once it is of one of these types and not only of a child of one: `true` is no number here."""
    if type(value) not in kinds:
        raise TypeError(f"{repr_short(value)} is not {' or '.join(kind.__name__ for kind in kinds)}")
    return value


def _turn(fields: Mapping[str, Any], expected: int, number: int) -> TurnLine:
    if fields.get("turn") != expected:
        raise JournalError(f"line {number}: turn {expected} is missing", line=number)
    try:
        return TurnLine(
            expected,
            _typed(fields["date"], str),
            tuple(_event(each) for each in _typed(fields["events"], list)),
            tuple(_order(each) for each in _typed(fields["orders"], list)),
            _typed(fields["ending"], str, NoneType),
            tuple(tuple(_typed(cell, int) for cell in _typed(row, list)) for row in _typed(fields["relations"], list)),
            _typed(fields["digest"], str),
            _frame(fields["keyframe"]),
        )
    except (KeyError, TypeError, ValueError, GameError) as error:
        raise JournalError(f"line {number}: turn {expected} is not complete ({error})", line=number) from error


def _event(fields: Any) -> EventRecord:
    record = EventRecord(**_typed(fields, dict))
    for name in (record.event, record.headline):
        _typed(name, str)
    for chosen in (record.option, record.label):
        _typed(chosen, str, NoneType)
    return record


def _order(fields: Any) -> OrderRecord:
    plain = _typed(fields, dict)
    accepted = _typed(plain["accepted"], bool, NoneType)
    return OrderRecord(order_of(_typed(plain["order"], str)), _typed(plain["slot"], int), accepted, _why(plain["why"]))


def _why(fields: Any) -> Mapping[str, Any] | None:
    if fields is None:
        return None
    why = _typed(fields, dict)
    for terms in (_typed(why["terms"], dict), _typed(why.get("answer", {}), dict)):
        for value in terms.values():
            _typed(value, int, float)
    for name in ("score", "luck", "runner_up_score", "runner_up_luck"):
        _typed(why[name], int, float)
    _typed(why["runner_up"], str, NoneType)
    return dict(why)


def _frame(fields: Any) -> Mapping[str, str] | None:
    if fields is None:
        return None
    return {name: _typed(packed, str) for name, packed in _typed(fields, dict).items()}


def setup_of(journal: Journal) -> Setup:
    """The setup a journal was begun with; JournalError when its own scenario no longer reads."""
    head = journal.header
    reading = read_scenario(head.text, path=head.path)
    if reading.scenario is None:
        raise JournalError(f"line 1: the scenario in the journal has errors: {reading.findings[0]}", line=1)
    if reading.scenario.id != head.scenario:
        raise JournalError(f"line 1: its scenario is {reading.scenario.id}, not {head.scenario!r}", line=1)
    spreads: Spreads = "drawn" if head.spreads == "drawn" else "central"
    return Setup(reading.scenario, head.seed, spreads, head.parameters, head.policies)


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
    except (GameError, ParameterRange) as error:
        raise JournalError(f"line 1: the game cannot be begun again: {error}", line=1) from error


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
        if not 0 <= record.slot < board.orders:
            raise InvalidOrder(f"{order} is in slot {record.slot}; the slots are 0 to {board.orders - 1}")
        if (state, record.slot) in answers:
            raise InvalidOrder(f"{order} is in slot {record.slot}, which has an order already")
        given.setdefault(state, {})[record.slot] = order
        answers[state, record.slot] = bool(record.accepted)
    orders = games.orders_of(board, given)
    accepted = np.zeros(orders.act.shape, dtype=bool)
    for (state, slot), answer in answers.items():
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
    pair = _pair_apart(board.states, _hundredths(board, world), line.relations)
    if found != line.digest:
        where = pair or "no relation differs by a hundredth; something else of the world does"
        raise _error(
            f"turn {line.turn} differs: the digest is {found}, the journal has {line.digest}: {where}{hint}", line
        )
    if pair:
        raise _error(f"turn {line.turn} differs, although its digest agrees: {pair}", line)
    for name, now, recorded in (
        ("date", board.calendar.label(line.turn), line.date),
        ("ending", _ending(board, world), line.ending),
        ("list of events", tuple(events_of(history, history.turns[-1])), line.events),
    ):
        if now != recorded:
            raise _error(f"turn {line.turn} differs, although its digest agrees: its {name} is another", line)


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


__all__ = [
    "FORMAT", "Header", "Journal", "TurnLine", "header_of", "journal_of", "keyframe", "line_of", "mend",
    "read", "replay", "setup_of", "text_of", "unpacked", "writable", "write",
]  # fmt: skip
