"""What a session keeps on the disk: its game after every turn, copies under a name, and the list of what there is."""

from __future__ import annotations

from pathlib import Path

from game import journal as journals
from game.errors import GameError
from game.files import shipped_scenarios
from game.scenario import read
from game.screen import commands as wanted
from game.screen.messages import Answered
from game.screen.session import Session
from game.screen.snapshot import Entry, Save
from game.seat import PERSON

QUICK = "quick-save.jsonl"


def keep(session: Session) -> None:
    """Write the game down; what is on the disk is never older than the last turn that was played."""
    if session.match is not None and session.path is not None:
        journals.write(session.path, journals.Journal(journals.header_of(session.match.setup), session.lines))


def save(session: Session, command: wanted.Save) -> Answered:
    """Keep a copy under a name."""
    path = session.folder / (QUICK if command.name is None else f"{command.name}.jsonl")
    journals.write(path, journals.Journal(journals.header_of(session.current.setup), session.lines))
    return Answered(f"The game is kept as {path.name}.")


def refresh(session: Session, command: wanted.Refresh) -> None:
    """Read the scenarios and the kept games anew."""
    session.entries = tuple(entry_of(path) for path in shipped_scenarios().values())
    session.folder.mkdir(parents=True, exist_ok=True)
    kept = sorted(session.folder.glob("*.jsonl"), key=lambda path: -path.stat().st_mtime)
    session.saves = tuple(each for each in (_save_of(path) for path in kept) if each is not None)


def entry_of(path: Path) -> Entry:
    """A scenario as the browser shows it, with its findings where it can't be played."""
    reading = read(path, audience="play")
    found = tuple(str(each) for each in reading.findings)
    if reading.scenario is None:
        return Entry(path.stem, path.stem.replace("-", " "), "", (), str(path), 0, (), found)
    spec = reading.scenario
    states = tuple(
        (name, each.name, str(each.codes.get("iso3", ""))) for name, each in spec.states.items() if each.plays
    )
    return Entry(spec.id, spec.title, spec.summary, spec.authors, str(path), spec.turns, states, ())


def free_name(folder: Path, scenario: str) -> Path:
    """The first name in the folder that no game has."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (path := folder / f"{scenario}-{number}.jsonl").exists():
        number += 1
    return path


def _save_of(path: Path) -> Save | None:
    """What a kept game says of itself; None for a file that is no journal."""
    try:
        kept = journals.read(path, recover=True)
    except (GameError, OSError):
        return None
    people = [name for name, policy in kept.header.policies.items() if policy == PERSON]
    date = kept.turns[-1].date if kept.turns else ""
    return Save(str(path), kept.header.scenario, path.stem, ", ".join(people), len(kept.turns), date)
