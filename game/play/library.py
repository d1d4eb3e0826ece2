"""The library: scenario files and kept games, read into what the window says of them; a file is read once a version."""

from __future__ import annotations

import re
from datetime import datetime
from errno import EINVAL, ENOENT
from functools import lru_cache
from logging import getLogger
from pathlib import Path

from game import journal as journals
from game.errors import GameError, IllegalOrder
from game.files import SUFFIXES, shipped_scenarios, usual_scenario
from game.kernel.world import Calendar
from game.match.match import Setup, begin
from game.match.turn_taking import PERSON
from game.play.commands import Begin
from game.play.observation import rows_of
from game.play.snapshot import Entry, Figure, Inspection, Problem, Save, Sketch, colour
from game.scenario import load, read
from game.scenario.findings.finding import Finding, ScenarioError
from game.scenario.reading import Reading
from game.scenario.spec import Objective, Scenario, State

QUICK = "quick-save.jsonl"
"""The file of the quick save."""
LONGEST = 5_000_000
"""Bytes; a larger file is no scenario that anybody wrote."""
USUAL_SEED = 3
"""The seed of a game that is played unless another is asked for."""

TURNS = re.compile(r"(?m)^turns:[ \t]*\d+")

LOG = getLogger(__name__)
SENT = "Please send the file, and what was written to the error output, to those who make Realpolitik."

Stamp = tuple[int, int]
"""When a file was changed last, in nanoseconds, and its size: another stamp is another version."""


def stamp_of(path: Path) -> Stamp:
    """The version of a file."""
    try:
        found = path.stat()
    except ValueError as error:
        raise FileNotFoundError(ENOENT, "there can be no such file", str(path)) from error
    return found.st_mtime_ns, found.st_size


def own_folder(games: Path) -> Path:
    """Where a person's own scenarios lie: beside the games."""
    return games.parent / "scenarios"


def entries(games: Path) -> tuple[Entry, ...]:
    """The scenarios that come with the game, then the person's own."""
    shipped = [_entry(path, False) for path in shipped_scenarios().values()]
    folder = own_folder(games)
    try:
        own = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    except FileNotFoundError:
        return tuple(shipped)
    except OSError as error:
        return (*shipped, _broken(folder, True, f"This folder can't be read: {error.strerror}"))
    return (*shipped, *(_entry(path, True) for path in own))


def _entry(path: Path, own: bool) -> Entry:
    """A scenario as the browser shows it; one that can't be opened is listed with the reason and hides no other."""
    try:
        return _read_entry(path, stamp_of(path), own)
    except OSError as error:
        return _broken(path, own, f"It can't be opened: {error.strerror}")
    except GameError as error:
        return _broken(path, own, f"It can't be played: {error}")
    except Exception as error:
        LOG.exception("a bug, not a fault of %s", path)
        return _unplayable(path, own, bug_of(error))


def _broken(path: Path, own: bool, message: str) -> Entry:
    """A scenario that can't be played, with the reason."""
    return _unplayable(path, own, Problem(1, 1, "error", "", message, "", ""))


def _unplayable(path: Path, own: bool, problem: Problem) -> Entry:
    return Entry(path.stem, _plain(path), "", (), str(path), 0, (), (problem,), own=own)


@lru_cache(maxsize=64)
def _read_entry(path: Path, stamp: Stamp, own: bool) -> Entry:
    reading = _reading(path, stamp, "play")
    if reading.scenario is None:
        return Entry(path.stem, _plain(path), "", (), str(path), 0, (), problems_of(reading), own=own)
    spec = reading.scenario
    states = tuple(
        (name, each.name, str(each.codes.get("iso3", ""))) for name, each in spec.states.items() if each.plays
    )
    calendar = Calendar(spec.start.year, spec.start.month, spec.start.day, spec.turn, spec.turns)
    return Entry(
        spec.id, spec.title, spec.summary, spec.authors, str(path), spec.turns, states, (), own=own,
        sources=tuple(each.cite for each in spec.sources.values()), licence=spec.license or "", step=spec.turn,
        dates=tuple(calendar.label(turn) for turn in range(spec.turns + 1)), sketch=sketch_of(spec),
    )  # fmt: skip


def _reading(path: Path, stamp: Stamp, audience: str) -> Reading:
    if not path.is_file():
        raise OSError(EINVAL, "it is no file", str(path))
    if stamp[1] > LONGEST:
        raise OSError(27, "it is too large to be a scenario", str(path))
    return read(path, audience="play" if audience == "play" else "author")


def _plain(path: Path) -> str:
    """A file's name as a title."""
    return path.stem.replace("-", " ").replace("_", " ").capitalize()


def problems_of(reading: Reading) -> tuple[Problem, ...]:
    """The findings of a reading, each with the line it is about."""
    lines = reading.text.split("\n")
    return tuple(_problem(each, lines) for each in reading.findings)


def _problem(finding: Finding, lines: list[str]) -> Problem:
    span = finding.span
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    shown = "".join(each if each.isprintable() else " " for each in line).strip()
    return Problem(
        span.line, span.column, finding.severity, finding.code, finding.message, finding.help or "", shown[:160]
    )


def sketch_of(spec: Scenario) -> Sketch:
    """The board of turn 0, as a scenario sets it."""
    figures = tuple(_figure(name, each, spec.objectives.get(name, ())) for name, each in spec.states.items())
    rows = rows_of(begin(Setup(spec, 1)).history.relations)
    areas = tuple((each.shape, each.held_by) for each in spec.disputes.values() if each.shape is not None)
    claims = (
        party
        for each in spec.disputes.values()
        if each.shape is not None
        for party in each.parties
        if party != each.held_by and spec.states[party].plays
    )
    return Sketch(figures, rows, areas, view_of(spec.map.get("view")), next(claims, ""))


def _figure(name: str, state: State, objectives: tuple[Objective, ...]) -> Figure:
    place = None if state.capital is None else (state.capital.longitude, state.capital.latitude)
    return Figure(
        id=name,
        name=state.name,
        code=str(state.codes.get("iso3", "")),
        colour=colour(state.colour or "#7a8296"),
        place=place,
        off_map=state.off_map,
        plays=state.plays,
        objectives=tuple(
            (objective.label, float(objective.points)) for objective in objectives if not objective.hidden
        ),
        secrets=tuple((objective.label, float(objective.points)) for objective in objectives if objective.hidden),
    )


def view_of(value: object) -> tuple[float, float, float, float] | None:
    """A window of degrees as a scenario gives it: west, south, east, north."""
    if not isinstance(value, dict) or not value:
        return None
    west, south, east, north = (float(value[name]) for name in ("west", "south", "east", "north"))
    return west, south, east, north


def shortened(scenario: Scenario, turns: int) -> Scenario:
    """A scenario that ends earlier. Its text says so too, since that is what a kept game goes on from."""
    if turns >= scenario.turns:
        return scenario
    text = TURNS.sub(f"turns: {turns}", scenario.text, count=1)
    reading = read(text, path=scenario.path, audience="play")
    if reading.scenario is None:
        raise ScenarioError(reading.findings)
    if reading.scenario.turns != turns:
        raise IllegalOrder(f"{scenario.title} can't be shortened: its `turns:` stands on no line of its own")
    return reading.scenario


def inspected(path: Path, before: Inspection | None) -> Inspection:
    """A scenario file for its author: all findings, and the board of its last version without errors.

    A file that has not changed since is not read again.
    """
    last = before if before is not None and before.path == str(path) else None
    stamp = None
    try:
        stamp = stamp_of(path)
        if last is not None and last.stamp == stamp:
            return last
        reading = _reading(path, stamp, "author")
        sketch = None if reading.scenario is None else sketch_of(reading.scenario)
    except OSError as error:
        stamp = None
        problems: tuple[Problem, ...] = (opened_not(error, "Check the name and the folder."),)
    except Exception as error:
        LOG.exception("a bug, not a fault of %s", path)
        problems = (bug_of(error),)
    else:
        problems = problems_of(reading)
        if sketch is not None and reading.scenario is not None:
            return Inspection(str(path), stamp, problems, sketch, whole=True, title=reading.scenario.title)
    return Inspection(str(path), stamp, problems, None if last is None else last.sketch)


def opened_not(error: OSError, advice: str = "") -> Problem:
    """Why a file can't be opened."""
    return Problem(1, 1, "error", "", f"It can't be opened: {error.strerror}", advice, "")


def bug_of(error: Exception) -> Problem:
    """A bug that a file has brought to light, shown as what it is."""
    said = f"This is a bug of Realpolitik, not a fault of the file: {type(error).__name__}: {error}"
    return Problem(1, 1, "error", "", said[:300], SENT, "")


def saves(games: Path) -> tuple[Save, ...]:
    """The kept games, the one played last first; what is no game is listed with what is wrong with it."""
    found = []
    for path in games.glob("*.jsonl"):
        try:
            found.append((path, stamp_of(path)))
        except OSError:
            continue  # it went away while the folder was read
    return tuple(_save(path, stamp) for path, stamp in sorted(found, key=lambda each: -each[1][0]))


@lru_cache(maxsize=256)
def _save(path: Path, stamp: Stamp) -> Save:
    kept_at, title = _last_changed(stamp[0]), "".join(each if each.isprintable() else "?" for each in path.stem)
    quick = path.name == QUICK
    try:
        kept = journals.glance(path)
    except (GameError, OSError) as error:
        return Save(str(path), "", title, "", 0, "", kept_at, quick, broken_in_words(error))
    people = [name for name, policy in kept.header.policies.items() if policy == PERSON]
    return Save(
        str(path), kept.header.scenario, title, ", ".join(people), kept.turns, kept.date, kept_at, quick,
        repaired=kept.damage or "",
    )  # fmt: skip


def _last_changed(nanoseconds: int) -> str:
    """When a file was changed last, empty where its clock shows no time that a calendar has."""
    try:
        return f"{datetime.fromtimestamp(nanoseconds / 1e9).astimezone():%Y-%m-%d %H:%M}"
    except (OverflowError, OSError, ValueError):
        return ""


def broken_in_words(error: Exception) -> str:
    """What is wrong with a file that can't be loaded."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"This is no game that can be loaded: {said}"


def usual() -> Begin:
    """The game that is played unless another is asked for."""
    name = usual_scenario()
    seat = load(name).seat
    return Begin(name, () if seat is None else (seat,), USUAL_SEED)
