"""Scenario files: read, checked and explained. Nothing is imported before it is used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from game.errors import InvalidArgument, quoted

if TYPE_CHECKING:
    from game.scenario.findings.finding import Audience, Finding
    from game.scenario.reading import Reading
    from game.scenario.spec import Scenario

__all__ = ["check", "explanation", "load", "read"]


def read(source: str | bytes | os.PathLike[str], *, path: str | None = None, audience: Audience = "author") -> Reading:
    """Read a scenario from text, bytes or a file, for an audience: `play`, `author` or `strict`.

    Whatever the file holds comes back as a scenario or as findings; only a file that can't be opened raises OSError.
    """
    from game.scenario import reading

    return reading.read(source, path=path, audience=audience)


def load(given: str | os.PathLike[str] | Scenario) -> Scenario:
    """The scenario of a shipped name or a path; one that is loaded already is itself.

    Raises ScenarioError when it has errors, UnknownName when there is none, InvalidArgument for what is none of the
    three.
    """
    from game.scenario import reading
    from game.scenario.spec import Scenario

    if isinstance(given, Scenario):
        return given
    found = reading.read(_file(given), audience="play")
    if found.scenario is None:
        from game.scenario.findings.finding import ScenarioError

        raise ScenarioError(found.findings)
    return found.scenario


def check(path: str | os.PathLike[str], audience: Audience = "author") -> tuple[Finding, ...]:
    """Everything there is to mend in a scenario file, or in a shipped scenario by its name."""
    from game.scenario import reading

    return reading.read(_file(path), audience=audience).findings


def _file(given: object) -> Path:
    """The file of a name or a path; a Path may have any name, where a text that is one has to look like it."""
    from game.files import scenario_path

    if not isinstance(given, str | os.PathLike):
        raise InvalidArgument(f"a scenario is a name, a path or a loaded scenario, not {quoted(given)}")
    path = Path(os.fsdecode(given))
    return path if not isinstance(given, str) and path.is_file() else scenario_path(os.fsdecode(given))


def explanation(code: str) -> str:
    """The page about a finding's code."""
    from game.scenario.findings import codes

    return codes.explanation(code)
