"""Files that are replaced whole or grown by whole pieces: what a call has written is on the disk when it returns.

Every step is a function of `os`, so that a test can let each of them fail.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EACCES, EEXIST, EFBIG, EINVAL, EISDIR, ELOOP, ENOENT, ENOTSUP
from pathlib import Path
from secrets import token_hex
from stat import S_IFREG, S_IMODE, S_ISDIR, S_ISREG
from typing import BinaryIO

TEMPORARY = re.compile(r"\.journal-[0-9a-f]{16}")
"""What a file is called until it takes the place of another."""

BINARY = getattr(os, "O_BINARY", 0)
AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody writes to is opened all the same, and told apart, instead of being waited for."""

Stamp = tuple[int, int, int, int]
"""Which file it is, and which version of it: device, number, size, and when it was changed last."""


def stamp_of(path: Path) -> Stamp | None:
    """The version of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def target_of(path: Path) -> Path:
    """The file behind a path, its links followed; an OSError when it must not be replaced."""
    with named(path):
        # Asked of the system and not of the path, which may lead through names that are no files, as /dev/stdout does.
        mode = path.stat().st_mode if path.exists() else S_IFREG
        if S_ISDIR(mode):
            raise IsADirectoryError(EISDIR, "It is a folder; name a file in it")
        if not S_ISREG(mode):
            raise FileExistsError(EEXIST, "It is no regular file, so none can replace it; name another")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(EACCES, "It is protected against writing")
        target = Path(os.path.realpath(path))
        if target.is_symlink():
            raise OSError(ELOOP, "Its links lead back to themselves")
        if not target.parent.is_dir():
            raise FileNotFoundError(ENOENT, "There is no such folder")
    return target


def replaced(target: Path, content: bytes) -> None:
    """Let a file hold `content` or, where that is impossible, leave it as it was."""
    with _temporary(target.parent) as (temporary, descriptor, held):
        if target.exists():
            temporary.chmod(S_IMODE(target.stat().st_mode))
        _written(descriptor, content)
        os.fsync(descriptor)
        if os.name == "nt":
            held.close()  # an open file can't be renamed there
        temporary.replace(target)
    synced(target.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or leave the old one as it was; OSError, about this path, when that is impossible."""
    target = target_of(path)
    with named(path):
        replaced(target, content)


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a regular file; OSError, about this path, when it can't be read or has more than so many."""
    with opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(EFBIG, f"It has more than {most} bytes", str(path))
    return content


def grown(target: Path, at: int, content: bytes, tail: bytes) -> None:
    """Write `content` over the last bytes of a file, `tail`, which begin at `at`; where that fails they stand again."""
    descriptor = os.open(target, os.O_WRONLY | BINARY)
    try:
        try:
            os.lseek(descriptor, at, os.SEEK_SET)
            _written(descriptor, content)
            os.fsync(descriptor)
        except BaseException:
            with suppress(OSError):
                os.lseek(descriptor, at, os.SEEK_SET)
                _written(descriptor, tail)
                os.ftruncate(descriptor, at + len(tail))
                os.fsync(descriptor)
            raise
    finally:
        os.close(descriptor)


def probed(folder: Path) -> None:
    """Raise the OSError that a file replaced in this folder would raise, found by trying, with nothing left behind."""
    with _temporary(folder):
        pass


def synced(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, as far as the system can say so."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Some folders may be written to and not be read, and some file systems keep names in order by themselves.
        if error.errno not in (EACCES, EINVAL, ENOTSUP):
            raise


def swept(folder: Path) -> None:
    """Remove what programs that were killed have left of files that were to replace others; never anything else."""
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if TEMPORARY.fullmatch(path.name):
                with suppress(OSError):
                    _removed_if_left(path)


def _removed_if_left(path: Path) -> None:
    """Remove a file that is ours, holds the beginning of what we write, and is written by nobody any more."""
    descriptor = os.open(path, os.O_RDWR | BINARY | AT_ONCE | getattr(os, "O_NOFOLLOW", 0))
    try:
        found = os.fstat(descriptor)
        ours = S_ISREG(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())
        if not ours or os.read(descriptor, 1) not in (b"", b"{") or not _locked(descriptor):
            return
        if os.name != "nt":
            path.unlink()
    finally:
        os.close(descriptor)
    if os.name == "nt":
        path.unlink()  # which Windows refuses while anybody has it open


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file to be read; OSError for what is none, however long one might wait for it or read in it."""
    with named(path), ExitStack() as held:
        descriptor = os.open(path, os.O_RDONLY | BINARY | AT_ONCE)
        held.callback(os.close, descriptor)
        mode = os.fstat(descriptor).st_mode
        if S_ISDIR(mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if not S_ISREG(mode):
            raise FileExistsError(EEXIST, "Is no regular file")
        yield held.enter_context(os.fdopen(descriptor, "rb", closefd=False))


@contextmanager
def named(path: str | Path) -> Iterator[None]:
    """An OSError inside is about this path: nobody has heard of the temporary file."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or 0, error.strerror or str(error), str(path)) from error
    except ValueError as error:
        if "\0" not in str(path) and not isinstance(error, UnicodeEncodeError):
            raise
        raise FileNotFoundError(ENOENT, "There can be no such file", str(path)) from error


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[Path, int, ExitStack]]:
    """A new file with the mode that the system gives to new files; gone afterwards, unless it has another name then.

    It is locked, so that nobody takes it for one that was left, for as long as the stack that comes with it is open.
    """
    path = folder / f".journal-{token_hex(8)}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o666)
    try:
        with ExitStack() as held:
            held.callback(os.close, descriptor)
            _locked(descriptor)
            yield path, descriptor, held
    finally:
        with suppress(OSError):
            path.unlink()


def _written(descriptor: int, content: bytes) -> None:
    """Write all of it; a system may take a part at a time."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


if sys.platform == "win32":

    def _locked(descriptor: int) -> bool:
        """Whether the file is free: an open one can't be removed there, so nothing needs to be locked."""
        return True

else:
    import fcntl

    def _locked(descriptor: int) -> bool:
        """Lock a file for as long as it is open; False where somebody else has."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True
