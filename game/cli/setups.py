"""From what was typed to a match: the scenario read, the names looked up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from game.cli.faults import Broken
from game.files import scenario_path
from game.match import Match, Setup, Spreads, begin
from game.parameters import ParameterRange
from game.scenario import read
from game.scenario.spec import Scenario


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except ValueError:
        return str(path)


def opened(name: str) -> Scenario:
    """The scenario of a name or file.

    Raises UnknownName when there is none, Broken with the findings when it has errors.
    """
    path = scenario_path(name)
    reading = read(path, path=shown(path), audience="play")
    if reading.scenario is None:
        raise Broken(reading.findings, reading.text)
    return reading.scenario


def begun(
    scenario: Scenario, seed: int, spreads: Spreads, values: Mapping[str, float], policies: Mapping[str, str]
) -> Match:
    """The match before its first turn; a parameter out of its bounds is a fault of usage."""
    try:
        return begin(Setup(scenario, seed, spreads, values, policies))
    except ParameterRange as error:
        raise click.UsageError(str(error)) from error


def writable(path: Path | None) -> Path | None:
    """The path, once it is sure that its folder is there: nobody waits for a run that can't be kept."""
    if path is None:
        return None
    if path.is_dir():
        raise IsADirectoryError(21, "Is a folder; name a file in it", str(path))
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(2, "There is no such folder", str(path.parent))
    return path
