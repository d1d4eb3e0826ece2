"""Effects that can change nothing (L030), since what they are about does not exist or is so already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    effects = list(visit.event_effects(scenario))
    for act in visit.own_acts(scenario):
        yield from _undisputed(act, scenario)
    signed = _signed(scenario, effects)
    secret = any(act.secrecy for act in scenario.acts.values())
    for effect in effects:
        if isinstance(effect, spec.BreakEffect):
            yield from _unbound(effect, scenario, signed)
        elif isinstance(effect, spec.DisclosureEffect) and not secret:
            message = "there is nothing to come out: no act can be kept secret"
            yield of_code(scenario.path, "L030", effect.span, message, "let an act be secret: terms: {secrecy: true}")
        elif isinstance(effect, spec.CedeEffect):
            yield from _held(effect, scenario, effects)


def _undisputed(act: spec.Act, scenario: spec.Scenario) -> Iterator[Finding]:
    """`dispute.tension` in an act between states that have no dispute with each other."""
    first, second = (role.allowed for role in act.roles)
    players = {name for name, state in scenario.states.items() if state.plays}
    if first is not None and (not players & set(first) or (len(first) == 1 and first == second)):
        return  # nobody does it at all
    opposed = any(
        (first is None or a in first) and (second is None or b in second)
        for dispute in scenario.disputes.values()
        for a, b in (dispute.parties, dispute.parties[::-1])
    )
    if opposed:
        return
    for effect in visit.act_effects(act):
        if isinstance(effect, spec.TensionEffect) and effect.dispute == "dispute":
            message = f"no two states that can be the roles of {act.id!r} have a dispute"
            help_ = "name a dispute, such as strait.tension, or widen the roles"
            yield of_code(scenario.path, "L030", effect.span, message, help_)


def _signed(scenario: spec.Scenario, effects: Iterable[spec.Effect]) -> frozenset[str]:
    """The kinds of agreement that an act or an event can still bring about."""
    done = {each.act for each in effects if isinstance(each, spec.ActEffect)}
    found = {
        act.signs for name, act in scenario.acts.items() if name in done or act.cost <= scenario.income + scenario.carry
    }
    return frozenset(each for each in found if each is not None)


def _unbound(effect: spec.BreakEffect, scenario: spec.Scenario, signed: frozenset[str]) -> Iterator[Finding]:
    kinds = signed if effect.kind is None else signed & {effect.kind}
    bound = any(
        {effect.first, effect.second} <= set(agreement.members) and effect.kind in (None, agreement.kind)
        for agreement in scenario.agreements.values()
    )
    if not bound and not kinds:
        what = "agreement" if effect.kind is None else repr(effect.kind)
        message = f"{effect.first} and {effect.second} have no {what} that could end, and no act signs one"
        yield of_code(scenario.path, "L030", effect.span, message, "put it in force under agreements:, or drop this")


def _held(effect: spec.CedeEffect, scenario: spec.Scenario, effects: Iterable[spec.Effect]) -> Iterator[Finding]:
    """A territory that is ceded to its holder, and that no other event takes away before."""
    dispute = scenario.disputes[effect.dispute]
    away = any(
        isinstance(each, spec.CedeEffect) and each.dispute == effect.dispute and each.to != effect.to
        for each in effects
    )
    if dispute.held_by == effect.to and not away:
        message = f"{effect.to!r} holds {effect.dispute!r} already"
        other = next((each for each in dispute.parties if each != effect.to), "the other")
        yield of_code(scenario.path, "L030", effect.span, message, f"cede it to {other!r}, or drop this")
