"""What a state wants, as a slope: how much its objectives gain when a relation, an attribute or a tension moves.

Each comparison of an objective is linear in what it names, so its slope is exact. Its urgency is 1 far from being met,
1/2 at the threshold and fades beyond it: a state works for what it lacks and half-heartedly guards what it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel import conditions
from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Integers, Shorts, shaped
from game.kernel.numerics import on_coarse_grid, sigmoid_of
from game.kernel.programs import pulling
from game.kernel.setting import Setting
from game.kernel.world import Board, World
from game.submodels.evaluation import term_value
from game.submodels.information import known_rungs

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


def wants(board: Board) -> tuple[Want, ...]:
    """Every comparison of every objective, with its slope."""
    return tuple(
        _want(board, objective.state, objective.points / 100.0, comparison)
        for objective in board.objectives
        for comparison in pulling(objective.condition)
    )


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


# ---- kernels


@dataclass(frozen=True, slots=True)
class WantTable:
    """The comparisons of all objectives `[W]`, and the slopes of what moves them, one an entry."""

    state: Integers = shaped("W")
    sign: Floats = shaped("W")
    weight: Floats = shaped("W")
    relation: Integers = shaped("EZ", "want, i and j")
    relation_slope: Floats = shaped("E")
    attribute: Integers = shaped("EZ", "want, state and attribute")
    attribute_slope: Floats = shaped("E")
    tension: Integers = shaped("EZ", "want and dispute")
    tension_slope: Floats = shaped("E")
    first: Integers = shaped("N", "where the cells of each state begin, and where the last ends [N + 1]")
    cells: Integers = shaped("CB", "i and j of the relations that any want of a state is about")


@dataclass(frozen=True, slots=True)
class Perspective:
    """What one state puts in numbers, written anew for each: its own affairs as they are, the rest as it shows."""

    relation: Floats = shaped("NN")
    concealed: Floats = shaped("NQ")
    rung: Shorts = shaped("DB")
    urgency: Floats = shaped("W", "points at stake of each want, signed by the way it pulls, in [-weight, weight]")


def want_table(each_want: tuple[Want, ...], states: int) -> WantTable:
    """The wants of so many states as kernels take them."""
    places = list(enumerate(each_want))
    relation = [(place, i, j, slope) for place, want in places for i, j, slope in want.relation]
    attribute = [(place, i, name, slope) for place, want in places for i, name, slope in want.attributes]
    tension = [(place, dispute, slope) for place, want in places for dispute, slope in want.tension]
    cells = sorted({(each_want[place].state, i, j) for place, i, j, _ in relation})
    return WantTable(
        state=_whole([want.state for want in each_want]),
        sign=np.array([want.sign for want in each_want], dtype=np.float64),
        weight=np.array([want.weight for want in each_want], dtype=np.float64),
        relation=_whole([each[:3] for each in relation]).reshape(-1, 3),
        relation_slope=np.array([each[3] for each in relation], dtype=np.float64),
        attribute=_whole([each[:3] for each in attribute]).reshape(-1, 3),
        attribute_slope=np.array([each[3] for each in attribute], dtype=np.float64),
        tension=_whole([each[:2] for each in tension]).reshape(-1, 2),
        tension_slope=np.array([each[2] for each in tension], dtype=np.float64),
        first=_whole(np.searchsorted(_whole([cell[0] for cell in cells]), np.arange(states + 1))),
        cells=_whole([cell[1:] for cell in cells]).reshape(-1, 2),
    )


def perspective_of(setting: Setting, wants: WantTable) -> Perspective:
    """Nobody's perspective yet."""
    states = setting.plays.size
    return Perspective(
        relation=np.zeros((states, states)),
        concealed=np.zeros((states, setting.low.size)),
        rung=np.zeros(setting.start.rung.shape, dtype=np.int16),
        urgency=np.zeros(wants.state.size),
    )


def _whole(values: Any) -> Integers:
    return np.array(values, dtype=np.int64)


@kernel
def urgencies_as_shown(
    setting: Setting, public: World, shown: Floats, now: float, wants: WantTable, urgency: Floats
) -> None:
    """How urgent each want is by what everybody may know, written to `urgency` [W]; `now` is the turn."""
    unconcealed = setting.programs.unconcealed
    for want in range(wants.state.size):
        urgency[want] = _urgency(setting, public, public, shown, unconcealed, public.rung, now, wants, want)


@kernel
def urgencies_as_known(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, now: float, wants: WantTable,
    known: Perspective,
) -> None:  # fmt: skip
    """How urgent each want is by what its own state may know, written to `known`; `now` is the turn."""
    for i in range(shown.shape[0]):
        for j in range(shown.shape[0]):
            known.relation[i, j] = shown[i, j]
    before = -1
    for want in range(wants.state.size):
        state = wants.state[want]
        if state != before:
            _look_as(setting, world, relation, shown, before, state, known)
            before = state
        known.urgency[want] = _urgency(
            setting, world, public, known.relation, known.concealed, known.rung, now, wants, want
        )
    if before >= 0:
        _look_away(shown, before, known)


@kernel
def _look_as(
    setting: Setting, world: World, relation: Floats, shown: Floats, before: int, state: int, known: Perspective
) -> None:
    """Take the perspective of a state, after that of another, -1 for nobody's."""
    if before >= 0:
        _look_away(shown, before, known)
    for other in range(relation.shape[0]):
        known.relation[state, other] = relation[state, other]
        known.relation[other, state] = relation[other, state]
    for attribute in range(known.concealed.shape[1]):
        known.concealed[state, attribute] = world.concealed[state, attribute]
    known_rungs(setting, world, state, known.rung)


@kernel
def _look_away(shown: Floats, state: int, known: Perspective) -> None:
    """Leave nothing of the perspective of a state."""
    for other in range(shown.shape[0]):
        known.relation[state, other] = shown[state, other]
        known.relation[other, state] = shown[other, state]
    for attribute in range(known.concealed.shape[1]):
        known.concealed[state, attribute] = 0.0


@kernel
def _urgency(
    setting: Setting, world: World, public: World, relation: Floats, concealed: Floats, rung: Shorts, now: float,
    wants: WantTable, want: int,
) -> float:  # fmt: skip
    """Points at stake of a want, signed by the way it pulls; 1 far from being met, 1/2 at the threshold."""
    left, right = setting.programs.want_left[want], setting.programs.want_right[want]
    margin = term_value(setting, world, public, relation, concealed, rung, now, left, 0, 0) - term_value(
        setting, world, public, relation, concealed, rung, now, right, 0, 0
    )
    sign = wants.sign[want]
    met = sigmoid_of(sign * margin / SOFTNESS)
    return float(sign * wants.weight[want] * (1.0 - met) / 2.0)


@kernel
def slopes(wants: WantTable, urgency: Floats, relation: Floats, attributes: Floats, tension: Floats) -> None:
    """The slopes of all objectives, written to `relation` [N, N, N], `attributes` [N, N, Q] and `tension` [N, D].

    Cells that no want is about are left as they are.
    """
    _clear(wants, relation, attributes, tension)
    for entry in range(wants.relation.shape[0]):
        want, i, j = wants.relation[entry, 0], wants.relation[entry, 1], wants.relation[entry, 2]
        relation[wants.state[want], i, j] += urgency[want] * wants.relation_slope[entry]
    for entry in range(wants.attribute.shape[0]):
        want, i, name = wants.attribute[entry, 0], wants.attribute[entry, 1], wants.attribute[entry, 2]
        attributes[wants.state[want], i, name] += urgency[want] * wants.attribute_slope[entry]
    for entry in range(wants.tension.shape[0]):
        want, dispute = wants.tension[entry, 0], wants.tension[entry, 1]
        tension[wants.state[want], dispute] += urgency[want] * wants.tension_slope[entry]
    _snap(wants, relation, attributes, tension)


@kernel
def _clear(wants: WantTable, relation: Floats, attributes: Floats, tension: Floats) -> None:
    """Zero for every slope that a want is about."""
    for entry in range(wants.relation.shape[0]):
        want, i, j = wants.relation[entry, 0], wants.relation[entry, 1], wants.relation[entry, 2]
        relation[wants.state[want], i, j] = 0.0
    for entry in range(wants.attribute.shape[0]):
        want, i, name = wants.attribute[entry, 0], wants.attribute[entry, 1], wants.attribute[entry, 2]
        attributes[wants.state[want], i, name] = 0.0
    for entry in range(wants.tension.shape[0]):
        tension[wants.state[wants.tension[entry, 0]], wants.tension[entry, 1]] = 0.0


@kernel
def _snap(wants: WantTable, relation: Floats, attributes: Floats, tension: Floats) -> None:
    """Every slope that a want is about on the coarse grid; to be there twice changes nothing."""
    for entry in range(wants.relation.shape[0]):
        state, i, j = wants.state[wants.relation[entry, 0]], wants.relation[entry, 1], wants.relation[entry, 2]
        relation[state, i, j] = on_coarse_grid(relation[state, i, j])
    for entry in range(wants.attribute.shape[0]):
        state, i, name = wants.state[wants.attribute[entry, 0]], wants.attribute[entry, 1], wants.attribute[entry, 2]
        attributes[state, i, name] = on_coarse_grid(attributes[state, i, name])
    for entry in range(wants.tension.shape[0]):
        state, dispute = wants.state[wants.tension[entry, 0]], wants.tension[entry, 1]
        tension[state, dispute] = on_coarse_grid(tension[state, dispute])
