"""The catalogue of a scenario as arrays: what each act does, to whom, and when it may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.kernel import catalogue, conditions, world
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.draws import keys
from game.kernel.numerics import COARSE, snap
from game.kernel.world import FOREVER
from game.scenario import spec
from game.scenario.build.effects import SUBJECT
from game.scenario.compile.numbers import (
    Numbers,
    entered,
    index_of,
    stacked,
)
from game.scenario.schema.declarations import SLIDERS

SCALE = 10_000
"""The end of the scale of relations, in hundredths."""


def compiled_acts(
    scenario: spec.Scenario,
    numbers: Numbers,
    index: Mapping[str, int],
    memories: world.Memories,
    attributes: world.Attributes,
    kinds: world.AgreementKinds,
) -> catalogue.Catalogue:
    """The catalogue of a scenario as arrays."""
    acts = tuple(scenario.acts.values())
    effects = _ActEffects(scenario, numbers, index, memories, attributes)
    for place, act in enumerate(acts):
        effects.add(place, act, act.effects)
        effects.add(len(acts) + place, act, act.refused)
    return catalogue.Catalogue(
        names=tuple(scenario.acts),
        titles=tuple(act.name for act in acts),
        texts=tuple(act.text for act in acts),
        roles=tuple((act.roles[0].name, act.roles[1].name) for act in acts),
        kind=np.array([catalogue.KINDS.index(act.kind) for act in acts], dtype=np.int8),
        keys=keys(tuple(scenario.acts)),
        **_terms(acts),
        **_permissions(acts, index),
        **_agreements(acts, index_of(kinds.names), index_of(scenario.pledge_kinds)),
        **effects.tables(len(acts)),
        **_leanings(acts),
    )


def _terms(acts: Sequence[spec.Act]) -> dict[str, Any]:
    """What acts cost and what is at stake in them."""
    values = [act.value for act in acts]
    return {
        "cost": snap(np.array([act.cost for act in acts]), COARSE),
        "cooldown": np.array([act.cooldown for act in acts], dtype=np.int16),
        "usual": np.array([float(f"{value.usual:.6g}") if value else 1.0 for value in values]),
        "low": np.array([value.low if value else 1.0 for value in values]),
        "high": np.array([value.high if value else 1.0 for value in values]),
        "units": tuple(value.unit if value else None for value in values),
        "turns": np.array([FOREVER if act.turns is None else act.turns for act in acts], dtype=np.int16),
        "secrets": tuple(place for place, act in enumerate(acts) if act.secrecy),
    }


def _permissions(acts: Sequence[spec.Act], index: Mapping[str, int]) -> dict[str, Any]:
    """Who may do what to whom, and when."""
    shape, requires = (len(acts), len(index)), _requires(acts)
    floor, ceiling, further = _limits(requires, len(acts))
    return {
        "may_act": np.array([_allowed(act.roles[0], index) for act in acts], dtype=bool).reshape(shape),
        "may_receive": np.array([_allowed(act.roles[1], index) for act in acts], dtype=bool).reshape(shape),
        "requires": requires,
        "floor": floor,
        "ceiling": ceiling,
        "further": further,
    }


def _agreements(acts: Sequence[spec.Act], agreements: Mapping[str, int], pledges: Mapping[str, int]) -> dict[str, Any]:
    """What acts do to agreements, pledges, secrets and claims."""
    said = {None: 0, "confirm": 1, "deny": -1}
    return {
        "signs": _places([act.signs for act in acts], agreements),
        "breaks": _places([act.breaks for act in acts], {**agreements, "all": catalogue.ALL_KINDS}),
        "suspends": _places([act.suspends for act in acts], agreements),
        "resumes": _places([act.resumes for act in acts], agreements),
        "pledges": _places([kind for act in acts for kind in act.pledges], pledges).reshape(len(acts), 2),
        "discloses": np.array([said[act.discloses] for act in acts], dtype=np.int16),
        "cedes": np.array([act.cedes for act in acts], dtype=bool),
        "recognises": np.array([_role(act) for act in acts], dtype=np.int16),
        "credible": np.array([act.credible for act in acts], dtype=bool),
        "force": np.array([act.force for act in acts], dtype=bool),
    }


def _leanings(acts: Sequence[spec.Act]) -> dict[str, Any]:
    """The scores acts are grounded on, and who leans to them."""
    pulls = np.array([[act.personality.get(name, 0.0) for name in SLIDERS] for act in acts])
    return {
        "weight": snap(np.array([act.weight / 10.0 for act in acts]), COARSE),
        "personality": snap(pulls.reshape(len(acts), len(SLIDERS)), COARSE),
        "sliders": SLIDERS,
    }


def _places(named: Sequence[str | None], index: Mapping[str, int]) -> Shorts:
    """The index of each name, `NONE` where there is none."""
    return np.array([catalogue.NONE if name is None else index[name] for name in named], dtype=np.int16)


def _role(act: spec.Act) -> int:
    """Whose side an act takes: ACTOR or TARGET, or `NONE`."""
    roles = [role.name for role in act.roles]
    return catalogue.NONE if act.recognises is None else roles.index(act.recognises)


def _allowed(role: spec.Role, index: Mapping[str, int]) -> Booleans:
    if role.allowed is None:
        return np.ones(len(index), dtype=bool)
    return np.isin(np.arange(len(index)), [index[name] for name in role.allowed])


def _requires(acts: Sequence[spec.Act]) -> tuple[tuple[Booleans, conditions.Condition], ...]:
    """Each distinct requirement once, with the acts that share it."""
    found: dict[conditions.Condition, Booleans] = {}
    for place, act in enumerate(acts):
        for condition in act.requires:
            node = conditions.renamed(
                condition.node, {act.roles[0].name: conditions.ACTOR, act.roles[1].name: conditions.TARGET}
            )
            found.setdefault(node, np.zeros(len(acts), dtype=bool))[place] = True
    return tuple((which, node) for node, which in found.items())


def _limits(
    requires: Sequence[tuple[Booleans, conditions.Condition]], count: int
) -> tuple[Shorts, Shorts, tuple[tuple[Booleans, conditions.Condition, bool], ...]]:
    """Requirements on how the two parties regard each other as bounds in hundredths `[2, A]`, and all others."""
    floor, ceiling = np.full((2, count), -SCALE, dtype=np.int16), np.full((2, count), SCALE, dtype=np.int16)
    further = []
    for which, condition in requires:
        match condition:
            case conditions.Comparison(operator, conditions.Relation(first, second), conditions.Number(value)) if {
                first,
                second,
            } == {conditions.ACTOR, conditions.TARGET} and operator in ("<", "<=", ">", ">="):
                side = int(first == conditions.TARGET)
                exact = round(value * 100.0) + {"<": -1, ">": 1}.get(operator, 0)
                bound = np.int16(max(-SCALE - 1, min(SCALE + 1, exact)))
                if operator in (">", ">="):
                    floor[side, which] = np.maximum(floor[side, which], bound)
                else:
                    ceiling[side, which] = np.minimum(ceiling[side, which], bound)
            case _:
                further.append((which, condition, conditions.names_others(condition)))
    return floor, ceiling, tuple(further)


class _ActEffects:
    """Collects the cells of the catalogue's effect tables."""

    def __init__(
        self,
        scenario: spec.Scenario,
        numbers: Numbers,
        index: Mapping[str, int],
        memories: world.Memories,
        attributes: world.Attributes,
    ) -> None:
        self.scenario, self.numbers, self.index = scenario, numbers, index
        self.memories, self.attribute_names = memories.names, attributes.names
        self.disputes = index_of(scenario.disputes)
        self.named: list[int] = []
        self.pairs: list[tuple[int, int]] = []
        self.aside: dict[tuple[int, ...], Floats] = {}
        self.direct: dict[tuple[int, ...], Floats] = {}
        self.onlook: dict[tuple[int, ...], Floats] = {}
        self.outward: dict[tuple[int, ...], Floats] = {}
        self.attributes: dict[tuple[int, ...], Floats] = {}
        self.tension: dict[tuple[int, ...], Floats] = {}
        self.opposed: dict[tuple[int, ...], Floats] = {}
        self.subject: dict[tuple[int, ...], Floats] = {}

    def tables(self, count: int) -> dict[str, Any]:
        """The effect tables of so many acts; their second half is for deals that were refused."""
        rows, layers, quantities = 2 * count, len(self.memories), len(self.attribute_names)
        onlook = (rows, layers, len(catalogue.SELECTORS) + len(self.named), 2, 2)
        return {
            "named": tuple(self.named),
            "pairs": tuple(self.pairs),
            "direct": stacked(self.direct, (rows, layers, 2)),
            "onlook": stacked(self.onlook, onlook),
            "outward": stacked(self.outward, onlook) if self.outward else None,
            "aside": stacked(self.aside, (rows, layers, len(self.pairs))),
            "attributes": stacked(self.attributes, (rows, quantities, 2)),
            "tension": stacked(self.tension, (rows, len(self.disputes))),
            "opposed": stacked(self.opposed, (rows,)),
            "subject": stacked(self.subject, (rows, layers, 2, 2)),
        }

    def add(self, row: int, act: spec.Act, effects: Sequence[spec.Effect]) -> None:
        """Enter the effects of one act, done or refused."""
        roles = {act.roles[0].name: catalogue.ACTOR, act.roles[1].name: catalogue.TARGET}
        for effect in effects:
            match effect:
                case spec.RelationEffect():
                    self._relation(row, effect, roles)
                case spec.AttributeEffect() if effect.attribute in self.attribute_names:
                    cell = (row, self.attribute_names.index(effect.attribute), roles[effect.owner.name])
                    entered(self.attributes, cell, self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute in self.disputes:
                    entered(self.tension, (row, self.disputes[effect.dispute]), self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute == "dispute":
                    entered(self.opposed, (row,), self.numbers.array(effect.amount))
                case _:
                    pass

    def _relation(self, row: int, effect: spec.RelationEffect, roles: Mapping[str, int]) -> None:
        amount = self.numbers.array(effect.amount)
        layer = self.memories.index(effect.memory)
        source, target = effect.source, effect.target
        if SUBJECT in (source.name, target.name):
            outward = target.name == SUBJECT
            party = source if outward else target
            entered(self.subject, (row, layer, roles[party.name], int(outward)), amount)
        elif self._is_role(source, roles) and self._is_role(target, roles):
            entered(self.direct, (row, layer, 0 if roles[target.name] == catalogue.ACTOR else 1), amount)
        elif source.name in self.index and target.name in self.index:
            entered(self.aside, (row, layer, self._pair(source.name, target.name)), amount)
        elif self._is_role(target, roles):
            selector, reference = self._selector(source, roles)
            entered(self.onlook, (row, layer, selector, reference, roles[target.name]), amount)
        else:
            selector, reference = self._selector(target, roles)
            entered(self.outward, (row, layer, selector, reference, roles[source.name]), amount)

    def _is_role(self, party: spec.Party, roles: Mapping[str, int]) -> bool:
        return party.selector is None and party.name in roles

    def _pair(self, source: str, target: str) -> int:
        """The number of a fixed pair of states."""
        pair = (self.index[source], self.index[target])
        if pair not in self.pairs:
            self.pairs.append(pair)
        return self.pairs.index(pair)

    def _selector(self, party: spec.Party, roles: Mapping[str, int]) -> tuple[int, int]:
        """The selector's number and what it is relative to: actor or target."""
        if party.selector is not None:
            return catalogue.SELECTORS.index(party.selector), roles.get(party.name, catalogue.ACTOR)
        state = self.index[party.name]
        if state not in self.named:
            self.named.append(state)
        return len(catalogue.SELECTORS) + self.named.index(state), catalogue.ACTOR
