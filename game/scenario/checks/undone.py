"""Acts that nobody can do (L029): too dear for anybody, or with roles that no two states can take."""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    most = scenario.income + scenario.carry
    caused = {each.act for each in visit.event_effects(scenario) if isinstance(each, spec.ActEffect)}
    cheapest = min((office.cost for office in scenario.offices.values() if office.cost > 0), default=1.0)
    players = frozenset(state.id for state in scenario.states.values() if state.plays)
    for name in sorted(scenario.written.get("acts", frozenset()) & scenario.acts.keys() - caused):
        act = scenario.acts[name]
        cost = act.cost * (cheapest if act.kind == "statement" else 1.0)
        if cost > most:
            message = f"{name!r} costs {act.cost:g}, and nobody ever has more than {most:g}"
            help_ = f"lower its cost to {most:g} or less, or raise capital: {{income, carry}}"
            yield of_code(scenario.path, "L029", act.span, message, help_)
            continue
        reason = _nobody(act, scenario, players)
        if reason:
            yield of_code(scenario.path, "L029", act.span, f"{name!r} can never be done: {reason}", _WIDER)


_WIDER = "let other states take its roles, or write 'any'"


def _nobody(act: spec.Act, scenario: spec.Scenario, players: frozenset[str]) -> str:
    """Why no two states can take the roles of an act; empty where some can."""
    first, second = (role.allowed for role in act.roles)
    actors = players if first is None else players.intersection(first)
    if not actors:
        return f"no state that takes turns may be {act.roles[0].name!r}"
    targets = frozenset(scenario.states) if second is None else frozenset(second)
    if len(actors) == 1 and targets <= actors:
        return "no two states can be its roles"
    return ""
