"""From what was typed to a match: the scenario or the journal read, the names looked up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game import journal as journals
from game.cli.errors import Broken
from game.errors import JournalError
from game.files import path_from_here, scenario_path
from game.journal import Journal
from game.match.match import (
    Match,
    Setup,
    Spreads,
    begin,
)
from game.narrative.wording import counted
from game.scenario import read as read_scenario
from game.scenario.spec import Scenario


def opened(name: str) -> Scenario:
    """The scenario of a name or file.

    Raises UnknownName when there is none, Broken with the findings when it has errors.
    """
    path = scenario_path(name)
    reading = read_scenario(path, path=path_from_here(path), audience="play")
    if reading.scenario is None:
        raise Broken(reading.findings, reading.text)
    return reading.scenario


def begun(
    scenario: Scenario,
    seed: int,
    spreads: Spreads,
    values: Mapping[str, float],
    policies: Mapping[str, str],
    difficulty: str | None = None,
) -> Match:
    """The match before its first turn."""
    return begin(Setup(scenario, seed, spreads, values, policies, difficulty))


def writable(path: Path | None) -> None:
    """Make sure that a journal can be kept there, if one is to be: nobody waits for a run that can't be."""
    if path is not None:
        journals.writable(path)


def repaired(path: Path, recovered: Journal) -> str:
    """Mend a damaged journal, and say so."""
    old = journals.repair(path, recovered)
    whole = counted(len(recovered.turns), "whole turn")
    return f"realpolitik: {path}: {recovered.damage}; {whole} kept, the damaged file is now {path_from_here(old)}"


def replayed(path: Path, *, recover: bool = False) -> tuple[Journal, Match]:
    """The journal in a file and the match it leads to; JournalError, naming the file, when they differ."""
    try:
        read = journals.read(path, recover=recover)
        return read, journals.replay(read)
    except JournalError as error:
        raise JournalError(f"{path}: {error}", line=error.line, turn=error.turn) from error
