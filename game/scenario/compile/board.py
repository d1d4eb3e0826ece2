"""The board of a scenario: states, how they stand, what binds and divides them, and the first world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np

from game import happenings, predicate, world
from game.acts import Catalogue
from game.declare import Booleans, Floats, Shorts
from game.draws import keys
from game.numerics import COARSE, half_life_factor, snap
from game.rules.balance import triads
from game.scenario import spec
from game.scenario.compile.acts import SLIDERS, compiled_acts
from game.scenario.compile.events import Names, compiled_events, first_due
from game.scenario.compile.numbers import Numbers, all_of, index_of, stacked
from game.world import CALM, FOREVER, HEDGE, NEVER, OPEN, Board

RANGE_OF_POWER = 1500.0
"""Kilometres after which a state's reach has halved."""


def compiled_board(scenario: spec.Scenario, numbers: Numbers) -> Board:
    """The board of a scenario, its first world included."""
    states = tuple(scenario.states)
    index = index_of(states)
    memories = _memories(scenario)
    attributes = _attributes(scenario)
    kinds = _tie_kinds(scenario, numbers, attributes)
    disputes = _disputes(scenario, index)
    calm = stacked(
        {(place,): numbers.array(each.tension) for place, each in enumerate(scenario.disputes.values())},
        (len(disputes),),
    )
    opening = np.clip(_opening(scenario, numbers, index), -100.0, 100.0)
    ties = _starting_ties(scenario, kinds, index)
    start_attributes = _starting_attributes(scenario, numbers, attributes)
    power, power_scale = _power(scenario, start_attributes)
    shares = snap(opening / 100.0, COARSE)
    acts = compiled_acts(scenario, numbers, index, memories, attributes, kinds)
    names = Names(scenario, index, memories, attributes, kinds, acts, numbers)
    events = compiled_events(scenario, names)
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
        scars=memories.names.index("scar") if "scar" in memories.names else memories.names.index("memory"),
        attributes=attributes,
        power=power,
        power_scale=power_scale,
        ties=kinds,
        pledges=_pledge_kinds(scenario),
        offices=_offices(scenario),
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
        endings=tuple(happenings.Ending(each.id, all_of(each.when), each.text) for each in scenario.endings.values()),
        personalities=_personalities(scenario),
        calendar=world.Calendar(
            scenario.start.year, scenario.start.month, scenario.start.day, scenario.turn, scenario.turns
        ),
        start=_start(scenario, ties, start_attributes, calm, numbers, acts, disputes),
    )
    worth = world.tie_worth(board, ties > 0)
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
    numbers: Numbers,
    acts: Catalogue,
    disputes: Sequence[world.Dispute],
) -> Mapping[str, Any]:
    """The first world's arrays, each `[1 or R, ...]`."""
    states, layers, events = len(scenario.states), len(scenario.memories), len(scenario.events)
    pairs, secrets, kinds = (1, states, states), (1, len(acts.secrets), states, states), (1, 0, states, states)
    return {
        "memories": np.zeros((1, layers, states, states)),
        "ties": ties,
        "attributes": attributes,
        "tension": calm,
        "capital": np.full((1, states), snap(scenario.income, COARSE)),
        "pause": np.zeros((1, len(acts.names), states, states), dtype=np.int16),
        "fired": np.full((1, events), NEVER, dtype=np.int16),
        "due": first_due(scenario, numbers),
        "pending": np.zeros((1, events), dtype=bool),
        "flags": np.zeros((1, len(scenario.flags)), dtype=bool),
        "over": np.full(1, NEVER, dtype=np.int16),
        "last": np.full((1, len(acts.names), states, states), NEVER, dtype=np.int16),
        "volume": np.where(ties > 0, 1.0, 0.0),
        "suspended": np.zeros(ties.shape, dtype=bool),
        "purpose": np.full(ties.shape, NEVER, dtype=np.int16),
        "pledges": np.zeros(kinds, dtype=np.int16),
        "vowed": np.full(kinds, NEVER, dtype=np.int16),
        "solemnity": np.zeros(kinds),
        "confided": np.zeros(kinds, dtype=bool),
        "kept": np.zeros(pairs),
        "broken": np.zeros(pairs),
        "secrecy": np.full(secrets, OPEN, dtype=np.int16),
        "stake": np.zeros(secrets),
        "hidden": np.zeros((1, layers, states, states)),
        "concealed": np.zeros((1, states, len(scenario.attributes))),
        "suspicion": np.zeros(pairs),
        "holder": np.array([[NEVER if each.holder is None else each.holder for each in disputes]], dtype=np.int16),
        "recognition": np.zeros((1, len(disputes), states)),
        "rung": np.full((1, len(disputes), 2), CALM, dtype=np.int16),
        "posture": np.full(pairs, HEDGE, dtype=np.int16),
        "out": np.zeros((1, states), dtype=bool),
    }


def _pledge_kinds(scenario: spec.Scenario) -> world.PledgeKinds:
    nothing = np.zeros(0)
    return world.PledgeKinds((), (), (), np.zeros(0, dtype=np.int16), nothing, nothing, nothing, nothing)


def _offices(scenario: spec.Scenario) -> world.Offices:
    return world.Offices(("government",), ("The government",), np.ones(1), np.ones(1))


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
    start = stacked(cells, (len(scenario.states), len(scenario.attributes)))
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
        stacked(delivers, (len(kinds), len(attributes.names))),
        every=np.ones(len(kinds), dtype=np.int16),
        intrusion=np.zeros(len(kinds)),
        dependence=np.zeros(len(kinds)),
        guarantee=np.zeros(len(kinds)),
        mediates=np.zeros(len(kinds), dtype=bool),
        settles=np.array([kind.settles for kind in kinds], dtype=bool),
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
            None if each.recognised is None else index[each.recognised],
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
    return stacked(cells, (len(index), len(index)))


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
