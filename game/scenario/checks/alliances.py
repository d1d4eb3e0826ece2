"""States that are bound to defend each other while they are enemies (L006)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import combinations

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code

ENMITY = -40.0
BINDING = 0.9


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    hostile = {pair for pair, relation in scenario.relations.items() if relation.score.central <= ENMITY}
    enemies = {pair for pair in hostile if pair < pair[::-1] and pair[::-1] in hostile}
    for agreement in scenario.agreements.values():
        kind = scenario.agreement_kinds[agreement.kind]
        if not kind.mutual or kind.commitment < BINDING:
            continue
        for first, second in _enemies_within(agreement.members, enemies):
            message = f"{first} and {second} are enemies, yet bound by {kind.name}"
            yield of_code(scenario.path, "L006", agreement.span, message, "check the relation or the members")


def _enemies_within(members: Sequence[str], enemies: Set[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The shorter of two searches, since a file may name thousands of members, or of enemies."""
    if len(members) ** 2 > len(enemies):
        bound = set(members)
        return sorted(pair for pair in enemies if bound.issuperset(pair))
    return [pair for pair in combinations(sorted(members), 2) if pair in enemies]
