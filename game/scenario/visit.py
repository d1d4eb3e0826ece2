"""Everywhere a scenario states conditions or effects, so that each check need not know the format."""

from __future__ import annotations

from collections.abc import Iterator

from game.kernel import conditions
from game.scenario import spec


def own_acts(scenario: spec.Scenario) -> Iterator[spec.Act]:
    """The acts written in the scenario's own file."""
    inherited = scenario.inherited.get("acts", frozenset())
    return (act for name, act in scenario.acts.items() if name not in inherited)


def own_pledge_kinds(scenario: spec.Scenario) -> Iterator[spec.PledgeKind]:
    """The kinds of pledge written in the scenario's own file."""
    inherited = scenario.inherited.get("pledge_kinds", frozenset())
    return (kind for name, kind in scenario.pledge_kinds.items() if name not in inherited)


def conjunctions(scenario: spec.Scenario) -> Iterator[tuple[spec.Condition, ...]]:
    """Every set of conditions that must hold together, in the scenario's own file."""
    for act in own_acts(scenario):
        yield act.requires
    for kind in own_pledge_kinds(scenario):
        yield kind.breach
    for event in scenario.events.values():
        yield event.when
    for objectives in scenario.objectives.values():
        for objective in objectives:
            yield (objective.condition,)
    for ending in scenario.endings.values():
        yield ending.when


def event_effects(scenario: spec.Scenario) -> Iterator[spec.Effect]:
    """Every effect of an event or of one of its options."""
    for event in scenario.events.values():
        yield from event.effects
        for option in event.options:
            yield from option.effects


def act_effects(act: spec.Act) -> Iterator[spec.Effect]:
    """Every effect of an act, done or refused."""
    yield from act.effects
    yield from act.refused


def nodes(condition: conditions.Condition) -> Iterator[conditions.Condition]:
    """A condition and every condition inside it."""
    yield condition
    if isinstance(condition, conditions.Group):
        for member in condition.members:
            yield from nodes(member)


def all_nodes(scenario: spec.Scenario) -> Iterator[conditions.Condition]:
    """Every node of every condition, the catalogue's included."""
    inherited = [
        *(act.requires for act in scenario.acts.values()),
        *(kind.breach for kind in scenario.pledge_kinds.values()),
    ]
    for together in inherited:
        for condition in together:
            yield from nodes(condition.node)
    for together in conjunctions(scenario):
        for condition in together:
            yield from nodes(condition.node)


def terms(condition: conditions.Condition) -> Iterator[conditions.Term]:
    """Every term a comparison is made of."""
    if isinstance(condition, conditions.Comparison):
        yield from parts(condition.left)
        yield from parts(condition.right)


def parts(term: conditions.Term) -> Iterator[conditions.Term]:
    """A term and every term inside it."""
    yield term
    if isinstance(term, conditions.Arithmetic):
        yield from parts(term.left)
        yield from parts(term.right)
