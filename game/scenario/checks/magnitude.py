"""Effects beyond the scale of what they change (L009) and onlookers moved more than the parties (L010)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for act in visit.own_acts(scenario):
        for effect in visit.act_effects(act):
            yield from _beyond(effect, scenario)
        yield from _louder_than_parties(act, scenario)
    for effect in visit.event_effects(scenario):
        yield from _beyond(effect, scenario)


def _beyond(effect: spec.Effect, scenario: spec.Scenario) -> Iterator[Finding]:
    if isinstance(effect, (spec.RelationEffect, spec.TensionEffect)):
        span, size = effect.span, 100.0
    elif isinstance(effect, spec.AttributeEffect):
        attribute = scenario.attributes[effect.attribute]
        if attribute.minimum is None or attribute.maximum is None:
            return
        span, size = effect.span, attribute.maximum - attribute.minimum
    else:
        return
    amount = effect.amount.central
    if abs(amount) > size:
        yield of_code(
            scenario.path,
            "L009",
            span,
            f"{amount:+g} exceeds the scale ({_scale(effect, size, scenario)})",
            "write a smaller change",
        )


def _scale(effect: spec.Effect, size: float, scenario: spec.Scenario) -> str:
    if isinstance(effect, spec.RelationEffect):
        return f"{-size:g} to {size:g}"
    low = scenario.attributes[effect.attribute].minimum or 0.0 if isinstance(effect, spec.AttributeEffect) else 0.0
    return f"{low:g} to {low + size:g}"


def _louder_than_parties(act: spec.Act, scenario: spec.Scenario) -> Iterator[Finding]:
    moves = [effect for effect in act.effects if isinstance(effect, spec.RelationEffect)]
    direct = [
        abs(each.amount.central) for each in moves if each.source.selector is None and each.target.selector is None
    ]
    if not direct:
        return
    for effect in moves:
        onlooker = effect.source.selector or effect.target.selector
        if onlooker and abs(effect.amount.central) > max(direct):
            theirs, ours = abs(effect.amount.central), max(direct)
            message = f"onlookers are moved more ({theirs:g}) than the parties themselves ({ours:g})"
            yield of_code(scenario.path, "L010", effect.span, message, "swap the amounts, or say why")
