"""Relations that differ by more than 60 between the two directions (L005): rare, and often a slip of sign."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec
from game.scenario.findings.finding import Finding, Label, of_code

WIDEST = 60.0


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for (source, target), relation in scenario.relations.items():
        back = scenario.relations.get((target, source))
        if back is None or relation.span <= back.span:
            continue
        there, here = relation.score.central, back.score.central
        if abs(there - here) > WIDEST:
            message = f"{source} -> {target} is {there:g}, the way back {here:g}"
            label = Label(back.span, "the way back")
            yield of_code(scenario.path, "L005", relation.span, message, "check the signs", (label,))
