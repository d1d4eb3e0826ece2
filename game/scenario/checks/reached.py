"""States whose every objective holds before the first turn (L007): nothing is left for them to play for.

A single objective of that kind is fine: it asks its state to keep what it has.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code
from game.scenario.outset import outset
from game.submodels.evaluation import holds


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    wanted = {
        state: [objective.condition.node for objective in objectives]
        for state, objectives in scenario.objectives.items()
        if objectives
    }
    if not wanted:
        return
    start = outset(scenario, [node for nodes in wanted.values() for node in nodes])
    for state, nodes in wanted.items():
        if all(holds(node, start)[0] for node in nodes):
            message = f"{state} has reached all it wants before the first turn"
            yield of_code(
                scenario.path,
                "L007",
                scenario.objectives[state][0].condition.span,
                message,
                "ask for something it lacks",
            )
