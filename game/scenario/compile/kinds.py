"""The kinds of things a scenario has: memories, attributes, agreements, pledges, offices, personalities."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from game.kernel import conditions, world
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, half_life_factor, snap
from game.kernel.world import FOREVER
from game.scenario import spec
from game.scenario.build.pledges import ROLES
from game.scenario.compile.numbers import Numbers, stacked
from game.scenario.schema.declarations import NO_PERSONALITY, SLIDERS

ROLE_NAMES = dict(zip(ROLES, (conditions.ACTOR, conditions.TARGET), strict=True))


def memories_of(scenario: spec.Scenario) -> world.Memories:
    """The decaying traces."""
    lives = tuple(each.half_life for each in scenario.memories.values())
    return world.Memories(tuple(scenario.memories), lives, np.array([half_life_factor(life) for life in lives]))


def attributes_of(scenario: spec.Scenario) -> world.Attributes:
    """What states have."""
    each = scenario.attributes.values()
    return world.Attributes(
        tuple(scenario.attributes),
        tuple(attribute.unit for attribute in each),
        np.array([-np.inf if attribute.minimum is None else attribute.minimum for attribute in each]),
        np.array([np.inf if attribute.maximum is None else attribute.maximum for attribute in each]),
    )


def agreement_kinds_of(scenario: spec.Scenario, numbers: Numbers, attributes: world.Attributes) -> world.AgreementKinds:
    """The kinds of agreement."""
    kinds = scenario.agreement_kinds.values()
    delivers: dict[tuple[int, ...], Floats] = {
        (row, attributes.names.index(name)): numbers.array(spread)
        for row, kind in enumerate(kinds)
        for name, spread in kind.delivers.items()
        if name in attributes.names
    }
    return world.AgreementKinds(
        tuple(scenario.agreement_kinds),
        tuple(kind.name for kind in kinds),
        np.array([kind.mutual for kind in kinds], dtype=bool),
        snap(np.array([kind.giver for kind in kinds]), COARSE),
        snap(np.array([0.0 if kind.mutual else kind.receiver for kind in kinds]), COARSE),
        snap(np.array([kind.commitment for kind in kinds]), COARSE),
        stacked(delivers, (len(kinds), len(attributes.names))),
        every=np.array([kind.every for kind in kinds], dtype=np.int16),
        intrusion=_shares(kind.intrusion for kind in kinds),
        dependence=_shares(kind.dependence for kind in kinds),
        guarantee=_shares(kind.guarantee for kind in kinds),
        mediates=np.array([kind.mediates for kind in kinds], dtype=bool),
        settles=np.array([kind.settles for kind in kinds], dtype=bool),
        sorts=tuple(kind.sort for kind in kinds),
    )


def pledge_kinds_of(scenario: spec.Scenario) -> world.PledgeKinds:
    """The kinds of pledge; who breaks one is the actor of its breach, and its holder the target."""
    kinds = scenario.pledge_kinds.values()
    return world.PledgeKinds(
        names=tuple(scenario.pledge_kinds),
        titles=tuple(kind.name for kind in kinds),
        breach=tuple(_breach(kind) for kind in kinds),
        turns=np.array([FOREVER if kind.turns is None else kind.turns for kind in kinds], dtype=np.int16),
        verifiable=_shares(kind.verifiable for kind in kinds),
        reliability=_shares(kind.reliability for kind in kinds),
        gravity=_shares(kind.gravity for kind in kinds),
        shelters=_shares(kind.shelters for kind in kinds),
    )


def _breach(kind: spec.PledgeKind) -> conditions.Condition:
    """What breaks a pledge, over actor and target; never, where nothing is left of it."""
    nodes = tuple(conditions.renamed(each.node, ROLE_NAMES) for each in kind.breach)
    return nodes[0] if len(nodes) == 1 else conditions.Group("all" if nodes else "any", nodes)


def offices_of(scenario: spec.Scenario) -> world.Offices:
    """Who may speak for a state."""
    offices = scenario.offices.values()
    return world.Offices(
        tuple(scenario.offices),
        tuple(office.name for office in offices),
        _shares(office.weight for office in offices),
        _shares(office.cost for office in offices),
    )


def personalities_of(scenario: spec.Scenario) -> world.Personalities:
    """How each state decides."""
    chosen = [scenario.personalities.get(state.personality or "") for state in scenario.states.values()]

    def slider(name: str, unstated: float) -> Floats:
        return snap(np.array([each.sliders[name] if each else unstated for each in chosen]), COARSE)

    even, rationality = NO_PERSONALITY
    sliders = {name: slider(name, even) for name in SLIDERS} | {"rationality": slider("rationality", rationality)}
    return world.Personalities(sliders, tuple(each.id if each else "none" for each in chosen))


def _shares(values: Iterable[float]) -> Floats:
    return snap(np.array(list(values), dtype=np.float64), COARSE)
