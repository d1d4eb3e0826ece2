"""What a condition can be, reasoned from the ranges of its quantities; compared, as in a world, on hundredths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isinf

from game.kernel import conditions
from game.kernel.world import CALM, RUNGS
from game.scenario import spec

ENDLESS = float("inf")
_MIRRORED: Mapping[str, conditions.Comparator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high, both included."""

    low: float
    high: float

    @property
    def empty(self) -> bool:
        return self.low > self.high

    @property
    def rounded(self) -> Interval:
        """Its ends as comparisons see them."""
        return _rounded(self.low, self.high)


def reach(term: conditions.Term, scenario: spec.Scenario) -> Interval:
    """The values a term can have."""
    match term:
        case conditions.Number(value):
            return Interval(value, value)
        case conditions.Relation():
            return Interval(-100.0, 100.0)
        case conditions.Tension() | conditions.Depth():
            return Interval(0.0, 100.0)
        case conditions.Suspicion():
            return Interval(-100.0, 100.0)
        case conditions.Trust():
            return Interval(0.0, 1.0)
        case conditions.Rung():
            return Interval(float(CALM), float(len(RUNGS) - 1))
        case conditions.Turn():
            return Interval(0.0, float(scenario.turns))
        case conditions.Attribute(_, name):
            attribute = scenario.attributes.get(name)
            low = attribute.minimum if attribute else None
            high = attribute.maximum if attribute else None
            return Interval(-ENDLESS if low is None else low, ENDLESS if high is None else high)
        case conditions.Arithmetic(operator, left, right):
            return _combined(operator, reach(left, scenario), reach(right, scenario))


def verdict(comparison: conditions.Comparison, scenario: spec.Scenario) -> bool | None:
    """Whether a comparison holds always (True) or never (False); None when it depends."""
    left, right = reach(comparison.left, scenario), reach(comparison.right, scenario)
    return _compared(comparison.operator, left.rounded, right.rounded)


def starting_verdict(comparison: conditions.Comparison, scenario: spec.Scenario) -> bool | None:
    """Whether a comparison holds (True) or not (False) before the first turn; None where the numbers leave it open."""
    left, right = _starting(comparison.left, scenario), _starting(comparison.right, scenario)
    return _compared(comparison.operator, left.rounded, right.rounded)


def possible_at_first(condition: conditions.Condition, scenario: spec.Scenario) -> bool:
    """Whether a condition may hold before the first turn, as far as the numbers of the file say."""
    match condition:
        case conditions.Comparison():
            return starting_verdict(condition, scenario) is not False
        case conditions.Happened() | conditions.Ended() | conditions.Flag() | conditions.Did() | conditions.Crisis():
            return False
        case conditions.Group("all", members):
            return all(possible_at_first(member, scenario) for member in members)
        case conditions.Group("any", members):
            return any(possible_at_first(member, scenario) for member in members)
        case _:
            return True


def _starting(term: conditions.Term, scenario: spec.Scenario) -> Interval:
    """The values a term may have before the first turn: about the number in the file, where there is one."""
    match term:
        case conditions.Relation(first, second) if (first, second) in scenario.relations:
            return _about(scenario.relations[first, second].score.central)
        case conditions.Tension(dispute) if dispute in scenario.disputes:
            return _about(scenario.disputes[dispute].tension.central)
        case conditions.Attribute(owner, name) if owner in scenario.states and name in scenario.states[owner].stats:
            return _about(scenario.states[owner].stats[name].central)
        case conditions.Arithmetic(operator, left, right):
            return _combined(operator, _starting(left, scenario), _starting(right, scenario))
        case _:
            return reach(term, scenario)


def _about(value: float) -> Interval:
    """A number, as far as rounding can move it on the way into a world."""
    return Interval(value - 0.01, value + 0.01)


def bound(comparison: conditions.Comparison) -> tuple[conditions.Term, conditions.Comparator, float] | None:
    """A comparison with a constant as term, comparator and number, whichever way round it is written."""
    if isinstance(comparison.right, conditions.Number):
        return comparison.left, comparison.operator, comparison.right.value
    if isinstance(comparison.left, conditions.Number):
        return comparison.right, _MIRRORED[comparison.operator], comparison.left.value
    return None


def narrowed(interval: Interval, comparator: conditions.Comparator, value: float) -> Interval:
    """What is left of an interval, on hundredths: above a number begins a hundredth beyond it."""
    low, high = interval.rounded.low, interval.rounded.high
    number = _hundredths(value)
    if comparator in (">", ">=", "=="):
        low = max(low, (number + (comparator == ">")) / 100.0)
    if comparator in ("<", "<=", "=="):
        high = min(high, (number - (comparator == "<")) / 100.0)
    return Interval(low, high)


@lru_cache(maxsize=4096)
def _rounded(low: float, high: float) -> Interval:
    """The interval between two ends on hundredths; most comparisons ask of the same few."""
    return Interval(_hundredths(low) / 100.0, _hundredths(high) / 100.0)


def _hundredths(value: float) -> float:
    """Whole hundredths, halves to the even one, as `game.kernel.numerics.hundredths`."""
    scaled = value * 100.0
    return scaled if isinf(scaled) else round(scaled)


def _compared(operator: conditions.Comparator, left: Interval, right: Interval) -> bool | None:
    if operator in (">", ">="):
        return _compared(_MIRRORED[operator], right, left)
    if operator == "<":
        return True if left.high < right.low else False if left.low >= right.high else None
    if operator == "<=":
        return True if left.high <= right.low else False if left.low > right.high else None
    apart = left.high < right.low or right.high < left.low
    same = left.low == left.high == right.low == right.high
    if operator == "==":
        return False if apart else True if same else None
    return True if apart else False if same else None


def _combined(operator: str, left: Interval, right: Interval) -> Interval:
    if operator == "+":
        return Interval(left.low + right.low, left.high + right.high)
    if operator == "-":
        return Interval(left.low - right.high, left.high - right.low)
    if ENDLESS in (left.high, right.high, -left.low, -right.low) or (operator == "/" and right.low <= 0 <= right.high):
        return Interval(-ENDLESS, ENDLESS)
    pairs = [(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    ends = [a * b if operator == "*" else a / b for a, b in pairs]
    return Interval(min(ends), max(ends))
