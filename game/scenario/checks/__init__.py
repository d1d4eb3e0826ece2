"""What is well formed and yet looks wrong: one check a file, found by their place in this folder.

Each module has a pure function `check(scenario) -> Iterable[Finding]`. To add a check, add a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from game.scenario import spec
from game.scenario.findings.finding import Finding

Check = Callable[[spec.Scenario], Iterable[Finding]]


@cache
def checks() -> tuple[Check, ...]:
    """Every check, in order of its file's name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").check for name in names)


def concerns(scenario: spec.Scenario) -> Iterator[Finding]:
    """What every check finds."""
    for check in checks():
        yield from check(scenario)
