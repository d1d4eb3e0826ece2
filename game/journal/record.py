"""What a journal holds, and how it is written as text."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from game.kernel.numerics import hundredths
from game.kernel.world import ARRAYS, Board, World, digest
from game.match.history import OrderRecord
from game.match.match import EventRecord, Match, Setup
from game.measures.relations import relations
from game.version import ENGINE

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
        ending_of(history.board, world),
        in_hundredths(history.board, world),
        digest(world),
        keyframe(world) if turn % KEYFRAME == 0 else None,
    )


def ending_of(board: Board, world: World) -> str | None:
    """The ending a world has come to."""
    over = int(world.over[0])
    return None if over < 0 else board.endings[over].name


def in_hundredths(board: Board, world: World) -> tuple[tuple[int, ...], ...]:
    """The relations of a world in hundredths, row regards column."""
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
    """The world of a keyframe; shapes and types are those of any world of the same board.

    Raises KeyError, ValueError or zlib.error for what is no keyframe of such a world, however much it would unpack to.
    """
    arrays = {}
    for name in ARRAYS:
        model = getattr(like, name)
        raw = np.frombuffer(_inflated(frame[name], model.nbytes), model.dtype.newbyteorder("<"))
        arrays[name] = raw.astype(model.dtype).reshape(model.shape)
    return World(turn=int(frame["turn"]), opened=False, **arrays)


def _inflated(packed: str, size: int) -> bytes:
    """So many bytes and no more: a small text may stand for any number of them."""
    stream = zlib.decompressobj()
    plain = stream.decompress(b64decode(packed, validate=True), size + 1)
    if len(plain) != size or not stream.eof:
        raise ValueError(f"it is not {size} bytes")
    return plain


def text_of(journal: Journal) -> str:
    """The journal as text, every line with its check."""
    bodies = [header_text(journal.header), *map(turn_text, journal.turns), end_text(len(journal.turns))]
    lines, check = [], ""
    for body in bodies:
        line, check = chained(body, check)
        lines.append(line)
    return "".join(lines)


def header_text(header: Header) -> str:
    """The first line of a journal, without its check."""
    return _object({"journal": asdict(header)})


def turn_text(turn: TurnLine) -> str:
    """The line of a turn, without its check."""
    return _object({"turn": turn.turn} | _plain(turn))


def end_text(turns: int) -> str:
    """The last line of a journal, without its check."""
    return _object({"end": turns})


def chained(body: str, check: str) -> tuple[str, str]:
    """A line whole, with its check, which follows from that of the line before; and the check for the next."""
    found = fingerprint(check + body)
    return f'{body[:-1]},"check":"{found}"}}\n', found


def _object(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _plain(turn: TurnLine) -> dict[str, Any]:
    plain = asdict(turn)
    plain["orders"] = [
        {"order": str(each.order), "slot": each.slot, "accepted": each.accepted, "why": each.why}
        for each in turn.orders
    ]
    return plain
