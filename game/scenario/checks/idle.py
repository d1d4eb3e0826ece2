"""States that take turns but may order no act at all (L011)."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    anyone = any(act.roles[0].allowed is None for act in scenario.acts.values())
    able = {name for act in scenario.acts.values() for name in act.roles[0].allowed or ()}
    for state in scenario.states.values():
        if state.plays and not anyone and state.id not in able:
            message = f"{state.id!r} takes turns, but no act may be ordered by it"
            yield of_code(scenario.path, "L011", state.span, message, "name a catalogue, or write plays: false")
