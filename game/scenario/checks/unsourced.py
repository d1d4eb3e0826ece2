"""Numbers about the world that name no source (L012); looked for only when asked to be strict."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for state in scenario.states.values():
        if state.stats and not state.sources:
            yield _unsourced("state", state, scenario)
    for dispute in scenario.disputes.values():
        if not dispute.sources:
            yield _unsourced("dispute", dispute, scenario)


def _unsourced(kind: str, record: spec.State | spec.Dispute, scenario: spec.Scenario) -> Finding:
    message = f"the numbers of the {kind} {record.id!r} name no source"
    return of_code(scenario.path, "L012", record.span, message, "add sources: [id of a source]")
