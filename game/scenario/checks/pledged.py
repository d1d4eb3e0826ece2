"""Kinds of pledge that nobody can give (L017)."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    own = list(visit.own_pledge_kinds(scenario))
    # Whoever proposes a deal may add a pledge of any kind to it.
    if not own or any(act.kind == "deal" for act in scenario.acts.values()):
        return
    given = {pledge.kind for pledge in scenario.pledges.values()}
    given |= {kind for act in scenario.acts.values() for kind in act.pledges if kind}
    given |= {each.kind for each in visit.event_effects(scenario) if isinstance(each, spec.PledgeEffect)}
    for kind in own:
        if kind.id not in given:
            message = f"no deal, no act and no event can give {kind.id!r}, and it is not in force at the start"
            yield of_code(scenario.path, "L017", kind.span, message, "give it under pledges:, or by an event")
