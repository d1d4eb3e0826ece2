"""A journal on the disk: replaced whole or not at all, read with its damage named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EEXIST, EISDIR, ELOOP, ENOENT
from itertools import count
from pathlib import Path
from secrets import token_hex
from stat import S_IFREG, S_IMODE, S_ISDIR, S_ISREG

from game.errors import JournalError
from game.journal.lines import checked, header_line, turn_line
from game.journal.record import (
    Header,
    Journal,
    TurnLine,
    text_of,
)


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


def repair(path: str | Path, recovered: Journal) -> Path:
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
            fields, check = checked(line, check, number, last=number == len(lines))
            if header is None:
                header = header_line(fields, number)
            elif ended:
                raise JournalError(f"line {number}: the journal has ended before it", line=number)
            elif "end" in fields:
                ended = True
                if fields["end"] != len(turns):
                    raise JournalError(
                        f"line {number}: it counts {fields['end']} turns, the file has {len(turns)}", line=number
                    )
            else:
                turns.append(turn_line(fields, len(turns) + 1, number))
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
