"""States whose every objective holds before the first turn (L007): nothing is left for them to play for.

A single objective of that kind is fine: it asks its state to keep what it has.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code
from game.scenario.opening import holds_at_start


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for state, objectives in scenario.objectives.items():
        if objectives and all(holds_at_start(objective.condition.node, scenario) for objective in objectives):
            message = f"{state} has reached all it wants before the first turn"
            yield of_code(scenario.path, "L007", objectives[0].condition.span, message, "ask for something it lacks")
