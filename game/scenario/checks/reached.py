"""States whose every objective holds before the first turn (L007): nothing is left for them to play for.

A single objective of that kind is fine: it asks its state to keep what it has. Most scenarios are cleared by the
numbers they begin with; only where these leave it open is the first world worked out.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.kernel import conditions
from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code
from game.scenario.intervals import possible_at_first


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    wanted = {
        state: [objective.condition.node for objective in objectives]
        for state, objectives in scenario.objectives.items()
        if objectives and all(possible_at_first(objective.condition.node, scenario) for objective in objectives)
    }
    for state in _content(scenario, wanted) if wanted else ():
        message = f"{state} has reached all it wants before the first turn"
        span = scenario.objectives[state][0].condition.span
        yield of_code(scenario.path, "L007", span, message, "ask for something it lacks")


def _content(scenario: spec.Scenario, wanted: dict[str, list[conditions.Condition]]) -> Iterable[str]:
    """The states all of whose conditions hold in the first world."""
    # Imported here: it needs numpy, and few scenarios need it.
    from game.scenario.outset import outset

    nodes = [(state, node) for state, several in wanted.items() for node in several]
    held = outset(scenario, [node for _, node in nodes])
    short = {state for (state, _), found in zip(nodes, held, strict=True) if not found}
    return [state for state in wanted if state not in short]
