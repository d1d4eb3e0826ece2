"""From the typed file to arrays: a scenario becomes a Board, the first World and the Parameters.

Spreads are drawn here and nowhere else, each from a stream addressed by the path of its value, so that adding an event
does not reshuffle the rest; one interactive game takes the central values instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np

from game import acts as catalogue
from game import happenings, predicate, world
from game.declare import Booleans, Floats, Shorts
from game.draws import SPREAD, Draws, key, keys
from game.numerics import COARSE, half_life_factor, snap
from game.parameters import Parameters, defaults, with_values
from game.rules.balance import triads
from game.scenario import spec
from game.world import FOREVER, NEVER, Board

SLIDERS = ("assertive", "trusting", "risk", "deceptive", "domestic")
"""The sliders of a personality that acts appeal to; `rationality` is apart."""

SCALE = 10_000
"""The end of the scale of relations, in hundredths."""

RANGE_OF_POWER = 1500.0
"""Kilometres after which a state's reach has halved."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a run needs: the board, with its first world's arrays, and the parameters the file sets."""

    board: Board
    parameters: Parameters
    scenario: spec.Scenario


def compiled(scenario: spec.Scenario, draws: Draws | None = None) -> Compiled:
    """Arrays of a scenario: with `draws` every spread is drawn for each replica, without it takes its central value."""
    numbers = Numbers(draws)
    values = {path: numbers.leaf(spread) for path, spread in scenario.parameters.items()}
    return Compiled(_board(scenario, numbers), with_values(defaults(), values), scenario)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Turns spreads into numbers: `[1]` where one value serves all replicas, `[R]` where each draws its own."""

    draws: Draws | None

    def array(self, spread: spec.Spread) -> Floats:
        """The value on the coarse grid `[1 or R]`."""
        if self.draws is None or spread.form == "constant":
            return snap(np.array([spread.central]), COARSE)
        cell = np.array([key(spread.path)], dtype=np.uint64)
        return snap(_drawn(spread, self.draws, cell), COARSE)

    def leaf(self, spread: spec.Spread) -> float | Floats:
        """The value as a parameter: a float, or `[R]`."""
        if self.draws is None or spread.form == "constant":
            return spread.central
        return self.array(spread)


def _drawn(spread: spec.Spread, draws: Draws, cell: Any) -> Floats:
    """One draw a replica from the distribution `[R]`; a normal is twelve uniforms less six, so that it has an end."""
    if spread.form == "normal":
        many = np.concatenate([draws.uniform(0, SPREAD, cell + np.uint64(step)) for step in range(12)], axis=1)
        return spread.first + spread.second * (np.cumsum(snap(many), axis=1)[:, -1] - 6.0)
    uniform = draws.uniform(0, SPREAD, cell)[:, 0]
    if spread.form == "flat":
        return spread.first + (spread.second - spread.first) * uniform
    low, mode, high = spread.first, spread.second, spread.third
    width = high - low
    if width == 0.0:
        return np.full(uniform.shape, low)
    rising = low + np.sqrt(uniform * width * (mode - low))
    falling = high - np.sqrt((1.0 - uniform) * width * (high - mode))
    return np.where(uniform * width < mode - low, rising, falling)


def _stacked(parts: Mapping[tuple[int, ...], Floats], shape: tuple[int, ...]) -> Floats:
    """An array `[1 or R, *shape]` with the given cells, 0 elsewhere."""
    depth = max((part.shape[0] for part in parts.values()), default=1)
    result = np.zeros((depth, *shape))
    for cell, part in parts.items():
        place: tuple[Any, ...] = (slice(None), *cell)
        result[place] += part
    return result


def _index(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _board(scenario: spec.Scenario, numbers: Numbers) -> Board:
    states = tuple(scenario.states)
    index = _index(states)
    memories = _memories(scenario)
    attributes = _attributes(scenario)
    kinds = _tie_kinds(scenario, numbers, attributes)
    disputes = _disputes(scenario, index)
    calm = _stacked(
        {(place,): numbers.array(each.tension) for place, each in enumerate(scenario.disputes.values())},
        (len(disputes),),
    )
    opening = np.clip(_opening(scenario, numbers, index), -100.0, 100.0)
    ties = _starting_ties(scenario, kinds, index)
    start_attributes = _starting_attributes(scenario, numbers, attributes)
    power, power_scale = _power(scenario, start_attributes)
    shares = snap(opening / 100.0, COARSE)
    acts = _acts(scenario, numbers, index, memories, attributes, kinds)
    names = Names(scenario, index, memories, attributes, kinds, acts, numbers)
    events = _events(scenario, names)
    board = Board(
        scenario=scenario.id,
        title=scenario.title,
        states=states,
        names=tuple(state.name for state in scenario.states.values()),
        plays=np.array([state.plays for state in scenario.states.values()]),
        keys=keys(states),
        borders=_borders(scenario, index),
        reach=_reach(scenario, index),
        baseline=np.zeros(1),
        opening=opening,
        opening_pull=triads(shares),
        critical_rate=_critical_rate(shares, memories),
        memories=memories,
        lasting=memories.names.index("memory"),
        recent=memories.names.index("mood"),
        attributes=attributes,
        power=power,
        power_scale=power_scale,
        ties=kinds,
        disputes=disputes,
        opposed=_opposed(disputes, len(states)),
        calm=calm,
        orders=scenario.orders,
        income=scenario.income,
        carry=scenario.carry,
        acts=acts,
        events=events,
        event_keys=keys(tuple(scenario.events)),
        flags=scenario.flags,
        goals=_goals(scenario, index),
        endings=tuple(happenings.Ending(each.id, _joined(each.when), each.text) for each in scenario.endings.values()),
        personalities=_personalities(scenario),
        calendar=world.Calendar(
            scenario.start.year, scenario.start.month, scenario.start.day, scenario.turn, scenario.turns
        ),
        start=_start(scenario, ties, start_attributes, calm, events, numbers, len(acts.names)),
    )
    worth = world.tie_worth(board, ties)
    return _with_baseline(board, opening - worth)


def _with_baseline(board: Board, baseline: Floats) -> Board:
    """The board whose relations at the start are what the table says, ties included; nothing of a state to itself."""
    states = np.arange(len(board.states))
    baseline[:, states, states] = 0.0
    return replace(board, baseline=baseline)


def _start(
    scenario: spec.Scenario,
    ties: Shorts,
    attributes: Floats,
    calm: Floats,
    events: Sequence[happenings.Event],
    numbers: Numbers,
    acts: int,
) -> Mapping[str, Any]:
    """The first world's arrays, each `[1 or R, ...]`."""
    states, layers = len(scenario.states), len(scenario.memories)
    due = _first_due(scenario, numbers)
    return {
        "memories": np.zeros((1, layers, states, states)),
        "ties": ties,
        "attributes": attributes,
        "tension": calm,
        "capital": np.full((1, states), snap(scenario.income, COARSE)),
        "pause": np.zeros((1, acts, states, states), dtype=np.int16),
        "fired": np.full((1, len(events)), NEVER, dtype=np.int16),
        "due": due,
        "pending": np.zeros((1, len(events)), dtype=bool),
        "flags": np.zeros((1, len(scenario.flags)), dtype=bool),
        "over": np.full(1, NEVER, dtype=np.int16),
    }


def _memories(scenario: spec.Scenario) -> world.Memories:
    lives = tuple(each.half_life for each in scenario.memories.values())
    return world.Memories(tuple(scenario.memories), lives, half_life_factor(np.array(lives)))


def _attributes(scenario: spec.Scenario) -> world.Attributes:
    each = scenario.attributes.values()
    return world.Attributes(
        tuple(scenario.attributes),
        tuple(attribute.unit for attribute in each),
        np.array([-np.inf if attribute.minimum is None else attribute.minimum for attribute in each]),
        np.array([np.inf if attribute.maximum is None else attribute.maximum for attribute in each]),
    )


def _starting_attributes(scenario: spec.Scenario, numbers: Numbers, attributes: world.Attributes) -> Floats:
    cells: dict[tuple[int, ...], Floats] = {}
    for row, state in enumerate(scenario.states.values()):
        for column, attribute in enumerate(scenario.attributes.values()):
            spread = state.stats.get(attribute.id, attribute.start)
            if spread is not None:
                cells[row, column] = numbers.array(spread)
    start = _stacked(cells, (len(scenario.states), len(scenario.attributes)))
    return np.clip(start, attributes.low, attributes.high)


def _power(scenario: spec.Scenario, attributes: Floats) -> tuple[predicate.Term, Floats]:
    """What the rules read as capability (nothing, where the file names none), and its greatest value at the start."""
    if scenario.power is None:
        return predicate.Number(1.0), np.ones(1)
    scale = _term_of_actor(scenario.power, list(scenario.attributes), attributes).max(axis=1)
    return scenario.power, np.maximum(scale, 1e-6)


def _term_of_actor(term: predicate.Term, names: list[str], attributes: Floats) -> Floats:
    """A capability formula for every state at the start `[1 or R, N]`."""
    match term:
        case predicate.Number(constant):
            return np.full(attributes.shape[:2], constant)
        case predicate.Attribute(_, name):
            return np.asarray(attributes[:, :, names.index(name)])
        case predicate.Arithmetic(operator, left, right):
            first, second = (_term_of_actor(part, names, attributes) for part in (left, right))
            return predicate.arithmetic(operator, first, second)
        case _:
            raise ValueError(f"a capability formula holds attributes and numbers only, not {predicate.text(term)!r}")


def _tie_kinds(scenario: spec.Scenario, numbers: Numbers, attributes: world.Attributes) -> world.TieKinds:
    kinds = scenario.tie_kinds.values()
    delivers: dict[tuple[int, ...], Floats] = {
        (row, attributes.names.index(name)): numbers.array(spread)
        for row, kind in enumerate(kinds)
        for name, spread in kind.delivers.items()
        if name in attributes.names
    }
    return world.TieKinds(
        tuple(scenario.tie_kinds),
        tuple(kind.name for kind in kinds),
        np.array([kind.mutual for kind in kinds], dtype=bool),
        snap(np.array([kind.giver for kind in kinds]), COARSE),
        snap(np.array([0.0 if kind.mutual else kind.receiver for kind in kinds]), COARSE),
        snap(np.array([kind.commitment for kind in kinds]), COARSE),
        _stacked(delivers, (len(kinds), len(attributes.names))),
    )


def _starting_ties(scenario: spec.Scenario, kinds: world.TieKinds, index: Mapping[str, int]) -> Shorts:
    states = len(index)
    ties = np.zeros((1, len(kinds.names), states, states), dtype=np.int16)
    for tie in scenario.ties.values():
        kind = kinds.names.index(tie.kind)
        members = [index[member] for member in tie.members]
        left = FOREVER if tie.turns is None else tie.turns
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                ties[0, kind, first, second] = max(left, ties[0, kind, first, second])
                if kinds.mutual[kind]:
                    ties[0, kind, second, first] = ties[0, kind, first, second]
    return ties


def _disputes(scenario: spec.Scenario, index: Mapping[str, int]) -> tuple[world.Dispute, ...]:
    return tuple(
        world.Dispute(
            each.id,
            each.name,
            each.kind,
            tuple(index[party] for party in each.parties),
            None if each.held_by is None else index[each.held_by],
            None if each.claimed_by is None else index[each.claimed_by],
        )
        for each in scenario.disputes.values()
    )


def _opposed(disputes: Sequence[world.Dispute], states: int) -> Floats:
    opposed = np.zeros((len(disputes), states, states))
    for place, dispute in enumerate(disputes):
        for first in dispute.parties:
            for second in dispute.parties:
                opposed[place, first, second] = float(first != second)
    return opposed


def _opening(scenario: spec.Scenario, numbers: Numbers, index: Mapping[str, int]) -> Floats:
    cells: dict[tuple[int, ...], Floats] = {
        (index[first], index[second]): numbers.array(relation.score)
        for (first, second), relation in scenario.relations.items()
    }
    return _stacked(cells, (len(index), len(index)))


def _borders(scenario: spec.Scenario, index: Mapping[str, int]) -> Booleans:
    borders = np.zeros((len(index), len(index)), dtype=bool)
    for state in scenario.states.values():
        for other in state.borders:
            borders[index[state.id], index[other]] = borders[index[other], index[state.id]] = True
    return borders


def _reach(scenario: spec.Scenario, index: Mapping[str, int]) -> Floats:
    """How far i's power reaches j: 1 next door, less with distance between capitals, 1/2 where no place is given."""
    reach = np.full((len(index), len(index)), 0.5)
    borders = _borders(scenario, index)
    places = [state.capital for state in scenario.states.values()]
    for row, first in enumerate(places):
        for column, second in enumerate(places):
            if borders[row, column]:
                reach[row, column] = 1.0
            elif first is not None and second is not None:
                reach[row, column] = RANGE_OF_POWER / (RANGE_OF_POWER + _distance(first, second))
    np.fill_diagonal(reach, 0.0)
    return snap(np.round(reach, 3), COARSE)


def _distance(first: spec.City, second: spec.City) -> float:
    """Kilometres between two cities on a sphere, to the nearest: the last bits of a sine must not matter."""
    one, other = radians(first.latitude), radians(second.latitude)
    across = sin(radians(second.longitude - first.longitude) / 2) ** 2
    along = sin((other - one) / 2) ** 2
    return float(round(2 * 6371 * asin(sqrt(along + cos(one) * cos(other) * across))))


def _critical_rate(shares: Floats, memories: world.Memories) -> Floats:
    """beta / (2 lambda0): the balance rate of coupling 1, to 9 digits since eigenvalue routines differ in the last."""
    symmetric = (shares + np.swapaxes(shares, -1, -2)) / 2.0
    leading = np.linalg.eigvalsh(symmetric)[:, -1]
    lost = 1.0 - float(memories.factors[memories.names.index("memory")])
    rates = [float(f"{lost / (2.0 * value):.9g}") if value > 1e-6 else 0.0 for value in leading.tolist()]
    return np.array(rates)


def _personalities(scenario: spec.Scenario) -> world.Personalities:
    chosen = [scenario.personalities.get(state.personality or "") for state in scenario.states.values()]

    def slider(name: str, default: float) -> Floats:
        return snap(np.array([each.sliders.get(name, default) if each else default for each in chosen]), COARSE)

    sliders = {name: slider(name, 0.5) for name in SLIDERS} | {"rationality": slider("rationality", 1.5)}
    return world.Personalities(sliders, tuple(each.id if each else "none" for each in chosen))


def _goals(scenario: spec.Scenario, index: Mapping[str, int]) -> tuple[happenings.Goal, ...]:
    return tuple(
        happenings.Goal(index[state], goal.condition.node, goal.label, goal.points, goal.hidden)
        for state, goals in scenario.goals.items()
        for goal in goals
    )


def _joined(conditions: Sequence[spec.Condition]) -> predicate.Condition:
    """Several conditions that must all hold, as one."""
    nodes = tuple(each.node for each in conditions)
    return nodes[0] if len(nodes) == 1 else predicate.Group("all", nodes)


def _acts(
    scenario: spec.Scenario,
    numbers: Numbers,
    index: Mapping[str, int],
    memories: world.Memories,
    attributes: world.Attributes,
    kinds: world.TieKinds,
) -> catalogue.Catalogue:
    acts = tuple(scenario.acts.values())
    count = len(acts)
    effects = _ActEffects(scenario, numbers, index, memories, attributes)
    for place, act in enumerate(acts):
        effects.add(place, act, act.effects)
        effects.add(count + place, act, act.refused)
    kind_index = _index(kinds.names)
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
        usual=np.array([value.usual if value else 1.0 for value in values]),
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
        direct=_stacked(effects.direct, (2 * count, layers, 2)),
        onlook=_stacked(effects.onlook, onlook),
        outward=_stacked(effects.outward, onlook) if effects.outward else None,
        pairs=tuple(effects.pairs),
        aside=_stacked(effects.aside, (2 * count, layers, len(effects.pairs))),
        attributes=_stacked(effects.attributes, (2 * count, len(attributes.names), 2)),
        tension=_stacked(effects.tension, (2 * count, len(scenario.disputes))),
        opposed=_stacked(effects.opposed, (2 * count,)),
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
        self.disputes = _index(scenario.disputes)
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
                    _enter(self.attributes, cell, self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute in self.disputes:
                    _enter(self.tension, (row, self.disputes[effect.dispute]), self.numbers.array(effect.amount))
                case spec.TensionEffect() if effect.dispute == "dispute":
                    _enter(self.opposed, (row,), self.numbers.array(effect.amount))
                case _:
                    pass

    def _regard(self, row: int, effect: spec.RegardEffect, roles: Mapping[str, int]) -> None:
        amount = self.numbers.array(effect.amount)
        layer = self.memories.index(effect.memory)
        source, target = effect.source, effect.target
        if self._is_role(source, roles) and self._is_role(target, roles):
            _enter(self.direct, (row, layer, 0 if roles[target.name] == catalogue.ACTOR else 1), amount)
        elif source.name in self.index and target.name in self.index:
            _enter(self.aside, (row, layer, self._pair(source.name, target.name)), amount)
        elif self._is_role(target, roles):
            selector, reference = self._selector(source, roles)
            _enter(self.onlook, (row, layer, selector, reference, roles[target.name]), amount)
        else:
            selector, reference = self._selector(target, roles)
            _enter(self.outward, (row, layer, selector, reference, roles[source.name]), amount)

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


def _enter(cells: dict[tuple[int, ...], Floats], cell: tuple[int, ...], amount: Floats) -> None:
    cells[cell] = cells[cell] + amount if cell in cells else amount


@dataclass(frozen=True, slots=True)
class Names:
    """What the effects of events refer to."""

    scenario: spec.Scenario
    index: Mapping[str, int]
    memories: world.Memories
    attributes: world.Attributes
    kinds: world.TieKinds
    acts: catalogue.Catalogue
    numbers: Numbers


def _events(scenario: spec.Scenario, names: Names) -> tuple[happenings.Event, ...]:
    order = _index(scenario.events)
    return tuple(_event(event, names, order) for event in scenario.events.values())


def _event(event: spec.Event, names: Names, order: Mapping[str, int]) -> happenings.Event:
    trigger = event.trigger
    rate = None if trigger.mean_turns is None else 1.0 / np.maximum(names.numbers.array(trigger.mean_turns), 1e-6)
    return happenings.Event(
        name=event.id,
        headline=event.headline,
        text=event.text,
        rate=rate,
        after_event=None if trigger.after_event is None else order[trigger.after_event],
        after_act=None if trigger.after_act is None else names.acts.act(trigger.after_act),
        after_actor=None if trigger.after_actor is None else names.index[trigger.after_actor],
        after_target=None if trigger.after_target is None else names.index[trigger.after_target],
        delay=trigger.delay,
        when=_joined(event.when) if event.when else None,
        chance=names.numbers.array(event.chance),
        repeats=event.repeats,
        effects=_effects(event.effects, names),
        decider=None if event.decider is None else names.index[event.decider],
        options=tuple(
            happenings.Option(option.id, option.label, option.weight, _effects(option.effects, names))
            for option in event.options
        ),
    )


def _effects(effects: Sequence[spec.Effect], names: Names) -> happenings.Effects:
    states = len(names.index)
    regard: dict[tuple[int, ...], Floats] = {}
    attributes: dict[tuple[int, ...], Floats] = {}
    tension: dict[tuple[int, ...], Floats] = {}
    onlookers, attributes_set, tension_set, deeds, breaks, flags = [], [], [], [], [], []
    disputes = _index(names.scenario.disputes)
    for effect in effects:
        match effect:
            case spec.RegardEffect() if effect.source.selector is None and effect.target.selector is None:
                layer = names.memories.names.index(effect.memory)
                cell = (layer, names.index[effect.source.name], names.index[effect.target.name])
                _enter(regard, cell, names.numbers.array(effect.amount))
            case spec.RegardEffect():
                onlookers.append(_onlookers(effect, names))
            case spec.AttributeEffect():
                place = (names.index[effect.owner.name], names.attributes.names.index(effect.attribute))
                if effect.absolute:
                    attributes_set.append((*place, names.numbers.array(effect.amount)))
                else:
                    _enter(attributes, place, names.numbers.array(effect.amount))
            case spec.TensionEffect():
                dispute = disputes[effect.dispute]
                if effect.absolute:
                    tension_set.append((dispute, names.numbers.array(effect.amount)))
                else:
                    _enter(tension, (dispute,), names.numbers.array(effect.amount))
            case spec.ActEffect():
                deeds.append(_deed(effect, names))
            case spec.BreakEffect():
                kind = None if effect.kind is None else names.kinds.names.index(effect.kind)
                breaks.append((kind, names.index[effect.first], names.index[effect.second]))
            case spec.FlagEffect():
                flags.append((names.scenario.flags.index(effect.flag), effect.value))
    layers, quantities = len(names.memories.names), len(names.attributes.names)
    return happenings.Effects(
        regard=_stacked(regard, (layers, states, states)) if regard else None,
        onlookers=tuple(onlookers),
        attributes=_stacked(attributes, (states, quantities)) if attributes else None,
        attributes_set=tuple(attributes_set),
        tension=_stacked(tension, (len(disputes),)) if tension else None,
        tension_set=tuple(tension_set),
        deeds=tuple(deeds),
        breaks=tuple(breaks),
        flags=tuple(flags),
    )


def _onlookers(effect: spec.RegardEffect, names: Names) -> happenings.Onlookers:
    outward = effect.target.selector is not None
    party, other = (effect.target, effect.source) if outward else (effect.source, effect.target)
    assert party.selector is not None
    return happenings.Onlookers(
        selector=catalogue.SELECTORS.index(party.selector),
        reference=names.index.get(party.name, names.index[other.name]),
        other=names.index[other.name],
        memory=names.memories.names.index(effect.memory),
        amount=names.numbers.array(effect.amount),
        outward=outward,
    )


def _deed(effect: spec.ActEffect, names: Names) -> happenings.Deed:
    act = names.acts.act(effect.act)
    scale = np.ones(1)
    if effect.value is not None:
        scale = names.numbers.array(effect.value) / names.acts.usual[act]
    return happenings.Deed(act, names.index[effect.actor], names.index[effect.target], scale)


def _first_due(scenario: spec.Scenario, numbers: Numbers) -> Shorts:
    """The turn each dated event is set for `[1 or R, E]`."""
    columns: dict[tuple[int, ...], Floats] = {}
    for place, event in enumerate(scenario.events.values()):
        trigger = event.trigger
        if trigger.at is not None:
            columns[(place,)] = np.array([float(turn_of(trigger.at, scenario))])
        elif trigger.window is not None:
            columns[(place,)] = np.maximum(np.rint(numbers.array(trigger.window)), 1.0)
    due = _stacked({cell: value - NEVER for cell, value in columns.items()}, (len(scenario.events),)) + NEVER
    return np.asarray(due.astype(np.int16))


def turn_of(at: spec.Date | int, scenario: spec.Scenario) -> int:
    """The turn that a date falls in; the first turn that is played is 1."""
    if isinstance(at, int):
        return at
    start = scenario.start
    months = (at.year - start.year) * 12 + at.month - start.month
    if scenario.turn == "month":
        return months + 1
    if scenario.turn == "quarter":
        return months // 3 + 1
    if scenario.turn == "year":
        return at.year - start.year + 1
    days = date(at.year, at.month, at.day) - date(start.year, start.month, start.day)
    return days.days // 7 + 1
