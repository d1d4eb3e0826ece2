"""A journal on the disk: replaced whole or grown by whole lines, read within bounds and with its damage named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import EFBIG
from itertools import count
from pathlib import Path
from reprlib import repr as repr_short
from stat import S_IMODE
from typing import Any, BinaryIO

from game.errors import JournalError
from game.files import disk
from game.journal.lines import checked, header_line, turn_line
from game.journal.record import (
    Header,
    Journal,
    TurnLine,
    chained,
    end_text,
    header_text,
    turn_text,
)

LARGEST = 128 * 2**20
"""Bytes of a whole journal: ten thousand turns among fifteen states, reasons and keyframes included."""

LONGEST = 16 * 2**20
"""Bytes of a line: a keyframe of two hundred states with room to spare."""

MOST_TURNS = 10_000
"""As many as a run may have."""

MOST_VALUES = 8_000_000
"""Commas of a whole journal: what it comes to in memory goes by their number more than by its size."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A journal as it was left on the disk, so that the next turn is written behind the last without the rest."""

    path: str
    target: Path
    header: Header
    turns: int
    last: TurnLine | None
    check: str  # of the line before the one that counts the turns
    at: int  # where that line begins
    values: int
    stamp: disk.Stamp | None


def write(path: str | Path, journal: Journal) -> None:
    """Write the whole file or leave the old one as it was; raises OSError, about this path, when that is impossible."""
    keep(path, journal)


def keep(path: str | Path, journal: Journal, before: Kept | None = None) -> Kept:
    """Write what is not on the disk yet: the turns since `before`, or everything where the file is another one now.

    It is on the disk when this returns. Raises OSError, about this path, when that is impossible; what was kept before
    is there then, as it was or, after the machine itself has failed in mid-write, with a torn last line to recover.
    """
    target = disk.target_of(Path(path))
    if before is None or not _goes_on(before, target, journal):
        lines = [header_text(journal.header)]
        return _kept(path, target, journal, lines, None)
    if len(journal.turns) == before.turns:
        return before
    return _kept(path, target, journal, [], before)


def _goes_on(before: Kept, target: Path, journal: Journal) -> bool:
    """Whether the file is still as it was left, and holds the first turns of this journal."""
    known = journal.turns[before.turns - 1 : before.turns]
    return (
        len(journal.turns) >= before.turns
        and (known[0] is before.last if known and before.turns else before.last is None)
        and journal.header == before.header
        and target == before.target
        and disk.stamp_of(target) == before.stamp
    )


def _kept(path: str | Path, target: Path, journal: Journal, bodies: list[str], before: Kept | None) -> Kept:
    """Write the lines of some bodies, of the turns since, and the last line, which counts the turns."""
    first, check, at = (0, "", 0) if before is None else (before.turns, before.check, before.at)
    bodies.extend(turn_text(turn) for turn in journal.turns[first:])
    lines = []
    for body in bodies:
        line, check = chained(body, check)
        lines.append(line)
    content = "".join(lines).encode()
    end = chained(end_text(len(journal.turns)), check)[0].encode()
    values = content.count(b",") + (0 if before is None else before.values)
    if at + len(content) + len(end) > LARGEST or len(journal.turns) > MOST_TURNS or values > MOST_VALUES:
        said = f"A journal has {MOST_TURNS} turns and {LARGEST // 2**20} MiB at most, and this one is full"
        raise OSError(EFBIG, said, str(path))
    with disk.named(path):
        if before is None:
            disk.replaced(target, content + end)
        else:
            disk.grown(target, at, content + end, chained(end_text(before.turns), before.check)[0].encode())
    last = journal.turns[-1] if journal.turns else None
    stamp = disk.stamp_of(target)
    return Kept(str(path), target, journal.header, len(journal.turns), last, check, at + len(content), values, stamp)


def writable(path: str | Path) -> None:
    """Raise the OSError that `write` would raise here, found by trying, with nothing left behind.

    What programs that were killed have left there is removed.
    """
    target = disk.target_of(Path(path))
    with disk.named(path):
        disk.probed(target.parent)
    disk.swept(target.parent)


def repair(path: str | Path, recovered: Journal) -> Path:
    """Write what was recovered of a damaged journal in its place; returns where the damaged file is kept."""
    target = disk.target_of(Path(path))
    damaged = next(name for name in _damaged_names(target) if not name.exists())
    with disk.opened(target) as file:
        content = file.read(LARGEST + 1)
    with disk.named(path):
        disk.replaced(damaged, content)
        damaged.chmod(S_IMODE(target.stat().st_mode))
    write(target, recovered)
    return damaged


def _damaged_names(target: Path) -> Iterator[Path]:
    yield target.with_name(f"{target.name}.damaged")
    for number in count(2):
        yield target.with_name(f"{target.name}.damaged-{number}")


def read(path: str | Path, *, recover: bool = False) -> Journal:
    """The journal in a file.

    Raises JournalError with the line that is cut or altered; with `recover` whatever is whole before it is kept. Raises
    OSError when the file cannot be read, is no regular file, or is larger than any journal.
    """
    with disk.opened(Path(path)) as file:
        return _read(file, recover)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list of kept games says of a journal: its header, how many turns are whole, and the date of the last."""

    header: Header
    turns: int
    date: str
    damage: str | None


def glance(path: str | Path) -> Glance:
    """What is whole of a journal, in brief: no turn is kept in memory. Raises as `read` does."""
    with disk.opened(Path(path)) as file:
        found = _found(file, True)
        header, turns, date, damage = _header(found), 0, "", None
        for each in found:
            if isinstance(each, TurnLine):
                turns, date = turns + 1, each.date
            else:
                damage = str(each)
    return Glance(header, turns, date, damage)


def _read(file: BinaryIO, recover: bool) -> Journal:
    found = _found(file, recover)
    header, turns, damage = _header(found), [], None
    for each in found:
        if isinstance(each, TurnLine):
            turns.append(each)
        else:
            damage = str(each)
    return Journal(header, tuple(turns), damage)


def _header(found: Iterator[Header | TurnLine | JournalError]) -> Header:
    """What comes first: `_found` raises where that is no header."""
    header = next(found)
    assert isinstance(header, Header)
    return header


def _found(file: BinaryIO, recover: bool) -> Iterator[Header | TurnLine | JournalError]:
    """The header of a journal, its turns, and what is wrong behind the last whole one, where that is to be put up with.

    A file that is no journal, or larger than any, is refused all the same: there is nothing to recover.
    """
    check, turns, number, ended, begun = "", 0, 0, False, False
    line = b"\n"
    for number, line in enumerate(_lines(file), 1):
        try:
            fields, check = checked(line.removesuffix(b"\n"), check, number, last=not line.endswith(b"\n"))
            found = None if begun and "end" in fields else _told(fields, turns, number, begun=begun)
            if ended:
                raise JournalError(f"line {number}: the journal has ended before it", line=number)
            if found is None:
                _check_count(fields["end"], turns, number)
        except JournalError as error:
            if not recover or not begun:
                raise
            yield error
            return
        if found is None:
            ended = True
            continue
        yield found
        turns, begun = turns + begun, True
    if not begun:
        raise JournalError("line 1: the file is empty", line=1)
    if not ended:
        number += line.endswith(b"\n")
        cut = JournalError(
            f"line {number}: the file is cut off after turn {turns}: its last line is missing", line=number
        )
        if not recover:
            raise cut
        yield cut


def _told(fields: Mapping[str, Any], turns: int, number: int, *, begun: bool) -> Header | TurnLine:
    return turn_line(fields, turns + 1, number) if begun else header_line(fields, number)


def _check_count(counted: object, turns: int, number: int) -> None:
    if type(counted) is not int or counted != turns:
        said = repr_short(counted)
        raise JournalError(f"line {number}: it counts {said} turns, the file has {turns}", line=number)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, as long as they are no more and no longer than those of a journal; JournalError then."""
    size, values = os.fstat(file.fileno()).st_size, 0
    if size > LARGEST:
        raise JournalError(f"it has {size / 2**20:.0f} MiB, and no journal has more than {LARGEST // 2**20}")
    for number in count(1):
        line = file.readline(LONGEST + 1)
        if not line:
            return
        values += line.count(b",")
        if len(line) > LONGEST:
            raise JournalError(f"line {number}: it is longer than any line of a journal", line=number)
        if values > MOST_VALUES or number > MOST_TURNS + 2:
            raise JournalError(f"line {number}: it is more than any journal holds", line=number)
        yield line
