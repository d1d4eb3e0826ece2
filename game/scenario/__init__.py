"""Scenario files: read, checked and explained. Nothing is imported before it is used."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from game.errors import ScenarioError

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


def load(name: str | os.PathLike[str]) -> Scenario:
    """The scenario of a shipped name or a path.

    Raises ScenarioError when it has errors, UnknownName when there is none.
    """
    from game.files import scenario_path
    from game.scenario import reading

    found = reading.read(scenario_path(name) if isinstance(name, str) else name, audience="play")
    if found.scenario is None:
        raise ScenarioError(found.findings)
    return found.scenario


def check(path: str | os.PathLike[str], audience: Audience = "author") -> tuple[Finding, ...]:
    """Everything there is to mend in a scenario file."""
    from game.files import scenario_path
    from game.scenario import reading

    return reading.read(scenario_path(path) if isinstance(path, str) else path, audience=audience).findings


def explanation(code: str) -> str:
    """The page about a finding's code."""
    from game.scenario.findings import codes

    return codes.explanation(code)
