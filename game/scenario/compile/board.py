"""The board of a scenario: states, how they stand, what binds and divides them, and the first world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

import numpy as np

from game.kernel import conditions, events, world
from game.kernel.declare import Booleans, Floats
from game.kernel.draws import keys
from game.kernel.numerics import COARSE, snap
from game.kernel.records import one_world
from game.kernel.relations import agreed_worth
from game.kernel.setting import Setting, setting_of
from game.kernel.world import Board
from game.scenario import spec
from game.scenario.compile.acts import compiled_acts
from game.scenario.compile.events import Names, compiled_events
from game.scenario.compile.kinds import (
    agreement_kinds_of,
    attributes_of,
    memories_of,
    offices_of,
    personalities_of,
    pledge_kinds_of,
)
from game.scenario.compile.numbers import (
    Numbers,
    all_of,
    index_of,
    stacked,
)
from game.scenario.compile.start import first_world, starting_attributes
from game.submodels.evaluation import power

RANGE_OF_POWER = 1500.0
"""Kilometres after which a state's reach has halved."""


def compiled_board(scenario: spec.Scenario, numbers: Numbers) -> Board:
    """The board of a scenario, its first world included; what rules and policies make of the start follows."""
    states, index = tuple(scenario.states), index_of(scenario.states)
    memories, attributes = memories_of(scenario), attributes_of(scenario)
    kinds = agreement_kinds_of(scenario, numbers, attributes)
    acts = compiled_acts(scenario, numbers, index, memories, attributes, kinds)
    start = first_world(scenario, numbers, kinds, acts, starting_attributes(scenario, numbers, attributes))
    disputes = _disputes(scenario, index)
    board = Board(
        scenario=scenario.id,
        title=scenario.title,
        states=states,
        names=tuple(state.name for state in scenario.states.values()),
        plays=np.array([state.plays for state in scenario.states.values()]),
        keys=keys(states),
        borders=_borders(scenario, index),
        reach=_reach(scenario, index),
        memories=memories,
        lasting=memories.names.index("memory"),
        recent=memories.names.index("mood"),
        scars=memories.names.index("scar") if "scar" in memories.names else memories.names.index("memory"),
        attributes=attributes,
        power=conditions.Number(1.0) if scenario.power is None else scenario.power,
        power_scale=np.ones(1),
        agreements=kinds,
        pledges=pledge_kinds_of(scenario),
        offices=offices_of(scenario),
        disputes=disputes,
        opposed=_opposed(disputes, len(states)),
        calm=start["tension"],
        orders=scenario.orders,
        income=scenario.income,
        carry=scenario.carry,
        acts=acts,
        events=compiled_events(scenario, Names(scenario, index, memories, attributes, kinds, acts, numbers)),
        event_keys=keys(tuple(scenario.events)),
        flags=scenario.flags,
        objectives=_objectives(scenario, index),
        endings=tuple(events.Ending(each.id, all_of(each.when), each.text) for each in scenario.endings.values()),
        personalities=personalities_of(scenario),
        calendar=_calendar(scenario),
        start=start,
        baseline=np.zeros(1),
        opening=np.clip(_opening(scenario, numbers, index), -100.0, 100.0),
        opening_pull=np.zeros((1, 1, 1)),
        critical_rate=np.zeros(1),
        drawn=1 if numbers.draws is None else int(numbers.draws.seeds.size),
    )
    setting = setting_of(board)
    return _with_power_scale(_with_baseline(board, setting), setting)


def _calendar(scenario: spec.Scenario) -> world.Calendar:
    date = scenario.start
    return world.Calendar(date.year, date.month, date.day, scenario.turn, scenario.turns)


def _with_baseline(board: Board, setting: Setting) -> Board:
    """The board whose relations at the start are what the table says, ties included; nothing of a state to itself."""
    states = range(len(board.states))
    agreed = [[agreed_worth(setting, setting.start, i, j) for j in states] for i in states]
    baseline = board.opening - np.array(agreed)
    baseline[:, states, states] = 0.0
    return replace(board, baseline=baseline)


def _with_power_scale(board: Board, setting: Setting) -> Board:
    """The board that knows the greatest power of the start; power is made of attributes, and these may be drawn."""
    start, states = world.start_world(board, max(map(len, board.start.values()))), range(len(board.states))
    drawn = [one_world(start, replica) for replica in range(len(board.start["attributes"]))]
    greatest = [max(power(setting, single, state) for state in states) for single in drawn]
    return replace(board, power_scale=np.maximum(greatest, 1e-6))


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
            float(snap(np.array(each.stake), COARSE)),
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


def _objectives(scenario: spec.Scenario, index: Mapping[str, int]) -> tuple[events.Objective, ...]:
    return tuple(
        events.Objective(index[state], objective.condition.node, objective.label, objective.points, objective.hidden)
        for state, objectives in scenario.objectives.items()
        for objective in objectives
    )
