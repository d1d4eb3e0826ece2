"""What a state wants, as a slope: how much its objectives gain when a relation, an attribute or a tension moves.

Each comparison of an objective is linear in what it names, so its slope is exact. Its urgency is 1 far from being met,
1/2 at the threshold and fades beyond it: a state works for what it lacks and half-heartedly guards what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from game.kernel import conditions
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, sigmoid, snap
from game.kernel.world import Board
from game.submodels import evaluation

SOFTNESS = 20.0
"""How far from its threshold a goal's urgency still changes, on the scale of relations."""

Slope = Mapping[conditions.Term, float]
"""The linear coefficient of each quantity a term names."""


@dataclass(frozen=True, slots=True)
class Want:
    """One comparison of an objective: whose, how many points of 100, and the slope of how well it is met."""

    state: int
    weight: float
    left: conditions.Term
    right: conditions.Term
    sign: float
    relation: tuple[tuple[int, int, float], ...]  # (i, j, coefficient)
    attributes: tuple[tuple[int, int, float], ...]  # (state, attribute, coefficient)
    tension: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Slopes:
    """What each state gains: `regard` [R, N, N, N] when p's regard of q rises by 100, `attributes` [R, N, N, Q] and
    `tension` [R, N, D] when one of them does.
    """

    relation: Floats
    attributes: Floats
    tension: Floats


def wants(board: Board) -> tuple[Want, ...]:
    """Every comparison of every objective, with its slope."""
    return tuple(
        _want(board, objective.state, objective.points / 100.0, comparison)
        for objective in board.objectives
        for comparison in comparisons(objective.condition)
    )


def comparisons(condition: conditions.Condition) -> Iterator[conditions.Comparison]:
    """The comparisons of a condition that pull one way; a `none` block or an equality pulls no way."""
    if isinstance(condition, conditions.Comparison) and condition.operator in ("<", "<=", ">", ">="):
        yield condition
    if isinstance(condition, conditions.Group) and condition.mode != "none":
        for member in condition.members:
            yield from comparisons(member)


def _want(board: Board, state: int, weight: float, comparison: conditions.Comparison) -> Want:
    sign = 1.0 if comparison.operator in (">", ">=") else -1.0
    slope = linear(conditions.Arithmetic("-", comparison.left, comparison.right))
    relation, attributes, tension = [], [], []
    disputes = [each.name for each in board.disputes]
    for term, coefficient in slope.items():
        match term:
            case conditions.Relation(first, second):
                relation.append((board.state(first), board.state(second), coefficient))
            case conditions.Attribute(owner, name):
                attributes.append((board.state(owner), board.attributes.names.index(name), coefficient))
            case conditions.Tension(dispute):
                tension.append((disputes.index(dispute), coefficient))
            case _:
                pass
    parts = tuple(relation), tuple(attributes), tuple(tension)
    return Want(state, weight, comparison.left, comparison.right, sign, *parts)


def linear(term: conditions.Term) -> Slope:
    """The linear coefficients of a term; a product or quotient of two quantities has none."""
    if not isinstance(term, conditions.Arithmetic):
        return {} if isinstance(term, conditions.Number | conditions.Turn) else {term: 1.0}
    left, right = linear(term.left), linear(term.right)
    if term.operator in "+-":
        sign = 1.0 if term.operator == "+" else -1.0
        joined = dict(left)
        for each, coefficient in right.items():
            joined[each] = joined.get(each, 0.0) + sign * coefficient
        return joined
    if isinstance(term.right, conditions.Number) and term.right.value:
        factor = term.right.value if term.operator == "*" else 1.0 / term.right.value
        return {each: coefficient * factor for each, coefficient in left.items()}
    if isinstance(term.left, conditions.Number) and term.operator == "*":
        return {each: coefficient * term.left.value for each, coefficient in right.items()}
    return {}


def slopes(board: Board, each_want: tuple[Want, ...], sight_of: Callable[[int], evaluation.Sight]) -> Slopes:
    """The slopes of all objectives, each at the world that its state may know."""
    sights = {state: sight_of(state) for state in dict.fromkeys((0, *(want.state for want in each_want)))}
    replicas, states = sights[0].world.replicas, len(board.states)
    relation = np.zeros((replicas, states, states, states))
    attributes = np.zeros((replicas, states, states, len(board.attributes.names)))
    tension = np.zeros((replicas, states, len(board.disputes)))
    urgencies = _urgencies(each_want, sights)
    for place, want in enumerate(each_want):
        urgency = urgencies[:, place]
        for first, second, coefficient in want.relation:
            relation[:, want.state, first, second] += urgency * coefficient
        for state, attribute, coefficient in want.attributes:
            attributes[:, want.state, state, attribute] += urgency * coefficient
        for dispute, coefficient in want.tension:
            tension[:, want.state, dispute] += urgency * coefficient
    return Slopes(snap(relation, COARSE), snap(attributes, COARSE), snap(tension, COARSE))


def _urgencies(each_want: tuple[Want, ...], sights: Mapping[int, evaluation.Sight]) -> Floats:
    """Points at stake of each want, signed by the way it pulls, in [-weight, weight] `[R, wants]`."""
    margin = np.empty((sights[0].world.replicas, len(each_want)))
    for place, want in enumerate(each_want):
        sight = sights[want.state]
        margin[:, place] = (evaluation.value(want.left, sight) - evaluation.value(want.right, sight))[:, 0, 0]
    sign, weight = np.array([want.sign for want in each_want]), np.array([want.weight for want in each_want])
    met = sigmoid(sign * margin / SOFTNESS)
    return np.asarray(sign * weight * (1.0 - met) / 2.0)
