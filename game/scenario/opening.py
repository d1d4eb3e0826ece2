"""The world before its first turn, at central values: what holds then, and which turn a date is."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from math import nan

from game.kernel import conditions
from game.kernel.world import CALM
from game.scenario import spec
from game.submodels.reputation import HONOURED, PRIOR

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def turn_of(date: spec.Date, scenario: spec.Scenario) -> int:
    """The turn a date falls into, from 1; below 1 before the start."""
    start = scenario.start
    months = (date.year - start.year) * 12 + date.month - start.month
    if scenario.turn == "week":
        return (dt.date(date.year, date.month, date.day) - dt.date(start.year, start.month, start.day)).days // 7 + 1
    return months // {"month": 1, "quarter": 3, "year": 12}[scenario.turn] + 1


def side_taken(dispute: spec.Dispute, state: str) -> str | None:
    """The party of a dispute whose side a state takes at the start; each party takes its own."""
    if state in dispute.parties:
        return state
    return dispute.recognised_by.get(state, dispute.recognised)


def holds_at_start(node: conditions.Condition, scenario: spec.Scenario) -> bool:
    """Whether a condition without roles holds before the first turn."""
    match node:
        case conditions.Comparison(comparator, left, right):
            return _COMPARE[comparator](round(_value(left, scenario), 2), round(_value(right, scenario), 2))
        case conditions.Pact(first, second, kind):
            return any(
                {first, second} <= set(agreement.members) and kind in (None, agreement.kind)
                for agreement in scenario.agreements.values()
            )
        case conditions.Border(first, second):
            return second in scenario.states[first].borders or first in scenario.states[second].borders
        case conditions.Group(mode, members):
            held = [holds_at_start(member, scenario) for member in members]
            return all(held) if mode == "all" else any(held) if mode == "any" else not any(held)
        case conditions.Pledge(first, second, kind):
            return any(
                (each.giver, each.to) == (first, second) and kind in (None, each.kind)
                for each in scenario.pledges.values()
            )
        case conditions.Holds(state, name):
            return scenario.disputes[name].held_by == state
        case conditions.Recognises(first, second, name):
            return side_taken(scenario.disputes[name], first) == second
        case _:
            return False


def _value(term: conditions.Term, scenario: spec.Scenario) -> float:
    match term:
        case conditions.Number(value):
            return value
        case conditions.Relation(first, second):
            relation = scenario.relations.get((first, second))
            return 0.0 if relation is None else relation.score.central
        case conditions.Attribute(owner, name):
            return _attribute(owner, name, scenario)
        case conditions.Tension(dispute):
            return scenario.disputes[dispute].tension.central
        case conditions.Turn() | conditions.Suspicion():
            return 0.0
        case conditions.Rung():
            return float(CALM)
        case conditions.Trust(first, second):
            return _trust(first, second, scenario)
        case conditions.Depth():
            # Known only once there are arrays; a comparison with it does not hold.
            return nan
        case conditions.Arithmetic(sign, left, right):
            a, b = _value(left, scenario), _value(right, scenario)
            if sign == "/":
                return a / b if b else 0.0
            return a + b if sign == "+" else a - b if sign == "-" else a * b


def _trust(first: str, second: str, scenario: spec.Scenario) -> float:
    """As `game.submodels.reputation` works it out, before there are arrays."""
    shares = [kind.reliability for kind in scenario.pledge_kinds.values()]
    honoured = sum(shares) / len(shares) if shares else HONOURED
    record = scenario.trust.get((first, second))
    kept, broken = (record.kept, record.broken) if record else (0.0, 0.0)
    return (PRIOR * honoured + kept) / (PRIOR + kept + broken)


def _attribute(owner: str, name: str, scenario: spec.Scenario) -> float:
    attribute, state = scenario.attributes[name], scenario.states[owner]
    found = state.stats.get(name) or attribute.start
    return found.central if found is not None else attribute.minimum or 0.0
