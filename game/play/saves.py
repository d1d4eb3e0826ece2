"""What a session keeps on the disk: its game after every turn, copies under a name, and the list of what there is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from game import journal as journals
from game.errors import IllegalOrder, JournalError
from game.files.disk import write_whole
from game.play import commands as wanted
from game.play import debrief_page, library
from game.play.commands import Answered
from game.play.presentation import snapshot_of
from game.play.session import Session

QUICK = library.QUICK


def keep(session: Session) -> None:
    """Write the game down; what is on the disk is never older than the last turn that was played."""
    if session.match is None or session.path is None:
        return
    try:
        session.path.parent.mkdir(parents=True, exist_ok=True)
        journal = journals.Journal(journals.header_of(session.match.setup), session.lines)
        session.kept = journals.keep(session.path, journal, session.kept)
    except OSError as error:
        # A game goes on even where it can't be written down; whoever plays is told.
        session.unsaved = f"This game can't be kept in {session.path.parent}: {error.strerror or error}."


def save(session: Session, command: wanted.Save) -> Answered:
    """Keep a copy under a name."""
    path = session.folder / (QUICK if command.name is None else f"{spelled(command.name)}.jsonl")
    match = session.current
    path.parent.mkdir(parents=True, exist_ok=True)
    journals.write(path, journals.Journal(journals.header_of(match.setup), session.lines))
    session.saves = library.saves(session.folder)
    return Answered("Saved." if command.name is None else f"Saved as {path.stem}.")


def spelled(name: str) -> str:
    """A name as a file may have it on any system; IllegalOrder where nothing is left of it."""
    kept = "".join(each for each in name if each.isalnum() or each in " -_.,").strip(" .")
    if not kept:
        raise IllegalOrder("a saved game needs a name with a letter or a number in it")
    return kept[:60]


def delete(session: Session, command: wanted.Delete) -> Answered:
    """Throw a kept game away."""
    path = Path(command.path)
    if path not in session.folder.glob("*.jsonl"):
        raise IllegalOrder(f"{path.name} is not one of the saved games")
    if session.match is not None and path == session.path:
        raise IllegalOrder("this is the game that is being played")
    path.unlink()
    session.saves = library.saves(session.folder)
    return Answered("The saved game is deleted.")


def read_saved(path: Path) -> journals.Journal:
    """The journal in a file, as far as it is whole; JournalError or OSError with what is wrong with it."""
    if path.name == QUICK and not path.exists():
        raise JournalError("there is no quick save yet")
    return journals.read(path, recover=True)


def repair(session: Session, path: Path, kept: journals.Journal) -> None:
    """Set what was damaged aside before the game is written over it."""
    if kept.damage is None:
        return
    try:
        journals.repair(path, kept)
    except OSError as error:
        session.unsaved = f"The damaged file can't be set aside in {path.parent}: {error.strerror or error}."


def inspect(session: Session, command: wanted.Inspect) -> None:
    """Read a scenario file for its author, if it has changed since."""
    path = Path(command.path)
    with suppress(RuntimeError):  # whose home it is nobody knows
        path = path.expanduser()
    session.inspection = library.inspected(path, session.inspection)


def export(session: Session, command: wanted.Export) -> Answered:
    """Write the debrief of a finished game as a page, beside the game itself."""
    shown = snapshot_of(session)
    if shown.game is None or not shown.game.finished:
        raise IllegalOrder("a debrief is written once the game is over")
    stem = session.path.stem if session.path is not None else shown.game.scenario
    path = session.folder / f"{stem}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, debrief_page.page(shown.game, shown.counterfactuals or ()).encode())
    return Answered(f"The debrief is kept as {path}.")


def refresh(session: Session, command: wanted.Refresh) -> None:
    """Read the scenarios and the kept games anew."""
    session.entries = library.entries(session.folder)
    session.saves = library.saves(session.folder) if session.folder.is_dir() else ()


def free_name(folder: Path, scenario: str) -> Path:
    """The first name in the folder that no game has."""
    number = 1
    while (path := folder / f"{scenario}-{number}.jsonl").exists():
        number += 1
    return path
