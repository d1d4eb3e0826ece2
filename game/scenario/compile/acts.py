"""The catalogue of a scenario as arrays: what each act does, to whom, and when it may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from game import acts as catalogue
from game import predicate, world
from game.declare import Booleans, Floats, Shorts
from game.draws import keys
from game.numerics import COARSE, snap
from game.scenario import spec
from game.scenario.compile.numbers import Numbers, entered, index_of, stacked
from game.world import FOREVER

SLIDERS = ("assertive", "trusting", "risk", "deceptive", "domestic")
"""The sliders of a personality that acts appeal to; `rationality` is apart."""

SCALE = 10_000
"""The end of the scale of relations, in hundredths."""


def compiled_acts(
    scenario: spec.Scenario,
    numbers: Numbers,
    index: Mapping[str, int],
    memories: world.Memories,
    attributes: world.Attributes,
    kinds: world.TieKinds,
) -> catalogue.Catalogue:
    """The catalogue of a scenario as arrays."""
    acts = tuple(scenario.acts.values())
    count = len(acts)
    effects = _ActEffects(scenario, numbers, index, memories, attributes)
    for place, act in enumerate(acts):
        effects.add(place, act, act.effects)
        effects.add(count + place, act, act.refused)
    kind_index = index_of(kinds.names)
    requires = _requires(acts)
    floor, ceiling, further = _limits(requires, count)
    values = [act.value for act in acts]
    selectors = len(catalogue.SELECTORS) + len(effects.named)
    layers, states = len(memories.names), len(index)
    onlook = (2 * count, layers, selectors, 2, 2)
    return catalogue.Catalogue(
        names=tuple(scenario.acts),
        titles=tuple(act.name for act in acts),
        texts=tuple(act.text for act in acts),
        roles=tuple((act.roles[0].name, act.roles[1].name) for act in acts),
        kind=np.array([catalogue.KINDS.index(act.kind) for act in acts], dtype=np.int8),
        cost=snap(np.array([act.cost for act in acts]), COARSE),
        pause=np.array([act.pause for act in acts], dtype=np.int16),
        usual=np.array([float(f"{value.usual:.6g}") if value else 1.0 for value in values]),
        low=np.array([value.low if value else 1.0 for value in values]),
        high=np.array([value.high if value else 1.0 for value in values]),
        units=tuple(value.unit if value else None for value in values),
        signs=np.array([kind_index[act.signs] if act.signs else catalogue.NONE for act in acts], dtype=np.int16),
        turns=np.array([FOREVER if act.turns is None else act.turns for act in acts], dtype=np.int16),
        breaks=np.array([_breaks(act, kind_index) for act in acts], dtype=np.int16),
        may_act=np.array([_allowed(act.roles[0], index) for act in acts], dtype=bool).reshape(count, states),
        may_receive=np.array([_allowed(act.roles[1], index) for act in acts], dtype=bool).reshape(count, states),
        requires=requires,
        floor=floor,
        ceiling=ceiling,
        further=further,
        named=tuple(effects.named),
        direct=stacked(effects.direct, (2 * count, layers, 2)),
        onlook=stacked(effects.onlook, onlook),
        outward=stacked(effects.outward, onlook) if effects.outward else None,
        pairs=tuple(effects.pairs),
        aside=stacked(effects.aside, (2 * count, layers, len(effects.pairs))),
        attributes=stacked(effects.attributes, (2 * count, len(attributes.names), 2)),
        tension=stacked(effects.tension, (2 * count, len(scenario.disputes))),
        opposed=stacked(effects.opposed, (2 * count,)),
        subject=np.zeros((1, 2 * count, layers, 2, 2)),
        secrets=(),
        vows=np.full((count, 2), catalogue.NONE, dtype=np.int16),
        suspends=np.full(count, catalogue.NONE, dtype=np.int16),
        resumes=np.full(count, catalogue.NONE, dtype=np.int16),
        discloses=np.zeros(count, dtype=np.int16),
        cedes=np.zeros(count, dtype=bool),
        recognises=np.full(count, catalogue.NONE, dtype=np.int16),
        credible=np.zeros(count, dtype=bool),
        force=np.zeros(count, dtype=bool),
        weight=snap(np.array([act.weight / 10.0 for act in acts]), COARSE),
        character=snap(
            np.array([[act.character.get(name, 0.0) for name in SLIDERS] for act in acts]).reshape(count, len(SLIDERS)),
            COARSE,
        ),
        sliders=SLIDERS,
        keys=keys(tuple(scenario.acts)),
    )


def _breaks(act: spec.Act, kinds: Mapping[str, int]) -> int:
    if act.breaks is None:
        return catalogue.NONE
    return catalogue.ALL_KINDS if act.breaks == "all" else kinds[act.breaks]


def _allowed(role: spec.Role, index: Mapping[str, int]) -> Booleans:
    if role.allowed is None:
        return np.ones(len(index), dtype=bool)
    return np.isin(np.arange(len(index)), [index[name] for name in role.allowed])


def _requires(acts: Sequence[spec.Act]) -> tuple[tuple[Booleans, predicate.Condition], ...]:
    """Each distinct requirement once, with the acts that share it."""
    found: dict[predicate.Condition, Booleans] = {}
    for place, act in enumerate(acts):
        for condition in act.requires:
            node = predicate.renamed(
                condition.node, {act.roles[0].name: predicate.ACTOR, act.roles[1].name: predicate.TARGET}
            )
            found.setdefault(node, np.zeros(len(acts), dtype=bool))[place] = True
    return tuple((which, node) for node, which in found.items())


def _limits(
    requires: Sequence[tuple[Booleans, predicate.Condition]], count: int
) -> tuple[Shorts, Shorts, tuple[tuple[Booleans, predicate.Condition], ...]]:
    """Requirements on how the two parties regard each other as bounds in hundredths `[2, A]`, and all others."""
    floor, ceiling = np.full((2, count), -SCALE, dtype=np.int16), np.full((2, count), SCALE, dtype=np.int16)
    further = []
    for which, condition in requires:
        match condition:
            case predicate.Comparison(operator, predicate.Regard(first, second), predicate.Number(value)) if {
                first,
                second,
            } == {predicate.ACTOR, predicate.TARGET} and operator in ("<", "<=", ">", ">="):
                side = int(first == predicate.TARGET)
                exact = round(value * 100.0) + {"<": -1, ">": 1}.get(operator, 0)
                bound = np.int16(max(-SCALE - 1, min(SCALE + 1, exact)))
                if operator in (">", ">="):
                    floor[side, which] = np.maximum(floor[side, which], bound)
                else:
                    ceiling[side, which] = np.minimum(ceiling[side, which], bound)
            case _:
                further.append((which, condition))
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

    def add(self, row: int, act: spec.Act, effects: Sequence[spec.Effect]) -> None:
        """Enter the effects of one act, done or refused."""
        roles = {act.roles[0].name: catalogue.ACTOR, act.roles[1].name: catalogue.TARGET}
        for effect in effects:
            match effect:
                case spec.RegardEffect():
                    self._regard(row, effect, roles)
                case spec.AttributeEffect() if effect.attribute in self.attribute_names:
                    cell = (row, self.attribute_names.index(effect.attribute), roles[effect.owner.name])
                    entered(self.attributes, cell, self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute in self.disputes:
                    entered(self.tension, (row, self.disputes[effect.dispute]), self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute == "dispute":
                    entered(self.opposed, (row,), self.numbers.array(effect.amount))
                case _:
                    pass

    def _regard(self, row: int, effect: spec.RegardEffect, roles: Mapping[str, int]) -> None:
        amount = self.numbers.array(effect.amount)
        layer = self.memories.index(effect.memory)
        source, target = effect.source, effect.target
        if self._is_role(source, roles) and self._is_role(target, roles):
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
