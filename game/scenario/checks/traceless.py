"""Terms without a trace: deals kept secret that leave nothing (L018), suspensions of what is never signed (L019)."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    signed = {act.signs for act in scenario.acts.values()} | {
        agreement.kind for agreement in scenario.agreements.values()
    }
    for act in visit.own_acts(scenario):
        changes = any(isinstance(each, spec.AttributeEffect) for each in act.effects)
        if act.kind == "deal" and act.secrecy and not (act.signs or any(act.pledges) or changes):
            message = f"{act.id!r} can be secret but leaves nothing to discover: no tie, pledge or delivery"
            yield of_code(scenario.path, "L018", act.span, message, "say what it signs, pledges or delivers")
        for kind in (act.suspends, act.resumes):
            if kind is not None and kind not in signed:
                message = f"no act signs {kind!r} and no tie of the kind is in force, so {act.id!r} can never be done"
                yield of_code(scenario.path, "L019", act.span, message, "have an act sign it, or name another kind")
