"""Events that hardly ever happen, by their chance or by how long they are waited for (L025)."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code

RARE = 0.01
"""The share of runs below which an event might as well not be written."""


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for event in scenario.events.values():
        chance = event.chance.central
        if chance <= 0 and event.chance.form == "constant":
            message = f"{event.id!r} never happens: its chance is 0"
            yield of_code(scenario.path, "L025", event.chance.span, message, "raise the chance, or remove the event")
            continue
        mean = event.trigger.mean_turns
        share = chance if mean is None else chance * (1 - exp(-scenario.turns / mean.central))
        if share < RARE:
            span = event.chance.span if mean is None or chance < RARE else mean.span
            message = f"{event.id!r} happens in {share:.1%} of runs at most"
            help_ = f"the run has {scenario.turns} turns; make it likelier, or remove it"
            yield of_code(scenario.path, "L025", span, message, help_)
