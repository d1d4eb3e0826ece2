"""What a condition can be, from the ranges of its quantities: by hand, and against every value that there is."""

from __future__ import annotations

from itertools import product
from math import inf
from operator import eq, ge, gt, le, lt, ne

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kernel import conditions
from game.kernel.conditions import (
    Arithmetic,
    Attribute,
    Comparison,
    Number,
    Relation,
    Tension,
)
from game.scenario import read, spec
from game.scenario.dates import turn_of
from game.scenario.intervals import (
    Interval,
    bound,
    narrowed,
    reach,
    verdict,
)
from game.testing import TRIAD

SIGNS = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}
ARITHMETIC = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}


@pytest.fixture(scope="module")
def scenario() -> spec.Scenario:
    found = read(TRIAD).scenario
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("comparator", "value", "left"),
    [
        (">", 10.0, (10.01, 50.0)),
        (">=", 10.0, (10.0, 50.0)),
        ("<", 10.0, (-50.0, 9.99)),
        ("<=", 10.0, (-50.0, 10.0)),
        ("==", 10.0, (10.0, 10.0)),
        ("!=", 10.0, (-50.0, 50.0)),
        (">", -60.0, (-50.0, 50.0)),
        (">=", 60.0, (60.0, 50.0)),
    ],
)
def test_a_comparison_leaves_the_hundredths_beyond_it(comparator, value, left):
    found = narrowed(Interval(-50.0, 50.0), comparator, value)
    assert (found.low, found.high) == pytest.approx(left)
    assert found.empty == (left[0] > left[1])


def test_a_single_value_is_no_empty_interval():
    assert not Interval(3.0, 3.0).empty
    assert Interval(3.01, 3.0).empty
    assert narrowed(narrowed(Interval(0.0, 100.0), ">", 49.99), "<=", 50.0) == Interval(50.0, 50.0)
    assert narrowed(narrowed(Interval(0.0, 100.0), ">", 50.0), "<", 50.01).empty


@pytest.mark.parametrize("comparator", SIGNS)
def test_a_comparison_is_read_from_either_side(comparator):
    quantity = Tension("islet")
    assert bound(Comparison(comparator, quantity, Number(5.0))) == (quantity, comparator, 5.0)
    term, sign, number = bound(Comparison(comparator, Number(5.0), quantity))
    assert (term, number) == (quantity, 5.0)
    for value in (4.0, 5.0, 6.0):
        assert SIGNS[sign](value, 5.0) == SIGNS[comparator](5.0, value)
    assert bound(Comparison(comparator, quantity, quantity)) is None


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        (Relation("arda", "borea"), -100.0, 100.0),
        (Tension("islet"), 0.0, 100.0),
        (conditions.Depth("arda", "borea"), 0.0, 100.0),
        (conditions.Suspicion("arda", "borea"), -100.0, 100.0),
        (conditions.Trust("arda", "borea"), 0.0, 1.0),
        (conditions.Rung("islet"), -1.0, 6.0),
        (conditions.Turn(), 0.0, 12.0),
        (Attribute("arda", "military"), 0.0, 100.0),
        (Attribute("arda", "no such thing"), -inf, inf),
        (Number(4.0), 4.0, 4.0),
    ],
)
def test_every_quantity_has_its_range(scenario, term, low, high):
    assert reach(term, scenario) == Interval(low, high)


RANGES = st.tuples(st.integers(-4, 4), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))


class Given:
    """A scenario whose attributes have the ranges of a test."""

    def __init__(self, **ranges):
        self.turns = 12
        self.attributes = {name: Ranged(*pair) for name, pair in ranges.items()}


class Ranged:
    def __init__(self, low, high):
        self.minimum, self.maximum = float(low), float(high)


@settings(max_examples=300)
@given(RANGES, RANGES, st.sampled_from(sorted(SIGNS)))
def test_what_is_called_always_or_never_true_is_so_for_every_value(first, second, sign):
    left, right = (range(low, high + 1) for low, high in (first, second))
    held = {SIGNS[sign](a, b) for a, b in product(left, right)}
    found = verdict(Comparison(sign, Attribute("x", "a"), Attribute("x", "b")), Given(a=first, b=second))
    if found is not None:
        assert held == {found}
    elif sign not in ("==", "!="):
        # Of an order the ends decide; two ranges may miss each other's values without lying apart.
        assert held == {True, False}


@settings(max_examples=300)
@given(RANGES, RANGES, st.sampled_from(sorted(ARITHMETIC)))
def test_the_range_of_a_sum_or_product_is_reached_and_not_left(first, second, operator):
    if operator == "/" and second[0] <= 0 <= second[1]:
        assert reach(_made(operator), Given(a=first, b=second)) == Interval(-inf, inf)
        return
    found = reach(_made(operator), Given(a=first, b=second))
    every = [ARITHMETIC[operator](a, b) for a in range(first[0], first[1] + 1) for b in range(second[0], second[1] + 1)]
    assert (found.low, found.high) == pytest.approx((min(every), max(every)))


def _made(operator):
    return Arithmetic(operator, Attribute("x", "a"), Attribute("x", "b"))


@pytest.mark.parametrize(
    ("unit", "start", "date", "turn"),
    [
        ("month", "2001-03", "2001-03", 1),
        ("month", "2001-03", "2002-02", 12),
        ("month", "2001-03", "2001-02", 0),
        ("quarter", "2001-01", "2001-03", 1),
        ("quarter", "2001-01", "2001-04", 2),
        ("year", "2001-01", "2001-12", 1),
        ("year", "2001-01", "2003-01", 3),
        ("week", "2001-01-01", "2001-01-07", 1),
        ("week", "2001-01-01", "2001-01-08", 2),
        ("week", "2001-01-01", "2000-12-31", 0),
    ],
)
def test_a_date_falls_into_its_turn(unit, start, date, turn):
    text = TRIAD.replace("start: 2001-01", f"start: {start}").replace("turn: month", f"turn: {unit}")
    found = read(text + f"events: {{flood: {{headline: A flood, at: {date}}}}}").scenario
    assert found is not None
    assert turn_of(found.events["flood"].trigger.at, found) == turn
