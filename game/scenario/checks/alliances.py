"""States that are bound to defend each other while they are enemies (L006)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from game.scenario import spec
from game.scenario.finding import Finding, of_code

ENMITY = -40.0
BINDING = 0.9


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for tie in scenario.ties.values():
        kind = scenario.tie_kinds[tie.kind]
        if not kind.mutual or kind.commitment < BINDING:
            continue
        for first, second in combinations(tie.members, 2):
            ways = (scenario.relations.get((first, second)), scenario.relations.get((second, first)))
            if all(way is not None and way.score.central <= ENMITY for way in ways):
                message = f"{first} and {second} are enemies, yet bound by {kind.name}"
                yield of_code(scenario.path, "L006", tie.span, message, "check the relation or the members")
