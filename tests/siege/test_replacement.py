"""What passes `check` runs: a sample of every replacement in the small files, and every case that was found before."""

from __future__ import annotations

import warnings
from itertools import islice

import numpy as np
import pytest

from game.kernel.world import Calendar
from game.match.match import Setup, begin
from game.parameters import paths
from game.scenario import read
from tests.siege.replacement import BARE, SMALL, SOURCES, cases, plays

SHARES = 12
"""In how many parts the sample is taken, so that a part that fails says which."""
EACH = 25
"""Every so many cases are tried here; `python -m tests.siege.replacement` tries all."""


@pytest.mark.parametrize("share", range(SHARES))
def test_what_passes_the_check_plays_two_turns(share):
    sample = list(islice(cases(SOURCES), 0, None, EACH))[share::SHARES]
    for case in sample:
        try:
            plays(case.text)
        except Exception as error:
            raise AssertionError(str(case)) from error


def small(before: str, after: str) -> str:
    assert before in SMALL
    return SMALL.replace(before, after)


def bounded(low: int, high: int, *, ada: str, bora: str) -> str:
    """The small file with other bounds of an attribute, and what two states have of it within them."""
    text = small("arms: {unit: index}", f"arms: {{unit: index, min: {low}, max: {high}}}")
    for before, after in (("arms: 5}", f"arms: {ada}}}"), ("arms: {low: 1, mode: 2, high: 5}", f"arms: {bora}")):
        assert before in text
        text = text.replace(before, after)
    return text


FOUND = {
    "an attribute that ends at nought": bounded(-100, 0, ada="-5", bora="{low: -9, mode: -2, high: 0}"),
    "one below nought": bounded(-100, -5, ada="-5", bora="{low: -90, mode: -50, high: -6}"),
    "one that can't change": bounded(7, 7, ada="7", bora="7"),
    "no rationality": small("rationality: 2", "rationality: 0"),
    "more slots than a draw has words": small("orders: 2", "orders: 20").replace("income: 4, carry: 2", "income: 900"),
    "a formula of many factors": small("power: gdp * 0.5 + arms", "power: " + " * ".join(["gdp"] * 30)),
    "a quotient of nearly nothing": small("power: gdp * 0.5 + arms", "power: gdp" + " / 0.000000000000001" * 8),
    "a condition of many factors": small("when: ada.gdp > 1", "when: " + " * ".join(["ada.gdp"] * 18) + " > 1"),
    "weeks beyond the year 9999": BARE.replace("2012-02", "9999-12-30").replace("turns: 2", "turn: week\nturns: 1200"),
    "a window beyond all turns": small("window: {low: 1, high: 2}", "window: {low: 1e8, high: 1e9}"),
    "a date beyond all turns": small("at: 2012-04", "at: 9999-12"),
    "a date before all turns": small("at: 2012-04", "at: 0001-01"),
    "a parameter drawn beyond its range": small("coupling: 1", "coupling: {mean: 0, sd: 100}"),
    "chances drawn beyond theirs": small("chance: 50%", "chance: {mean: 0.5, sd: 50}"),
    "turns drawn below nought": small("mean_turns: {mean: 2, sd: 0.1}", "mean_turns: {mean: 2, sd: 1e6}"),
    "options of no weight": small("weight: 2, effects: {bora", "weight: 0, effects: {bora"),
    "nobody who plays": BARE.replace("{name:", "{plays: false, name:"),
}
REFUSED = {
    "no states": BARE.partition("  ada")[0],
    "a memory but not those that are needed": BARE + "memories: {grudge: {half_life: 12}}\n",
    "no memory": BARE + "memories: {}\n",
    "memories left empty": BARE + "memories:\n",
    "a number without measure": small("gdp: 30", "gdp: 1e308"),
    "a spread without measure": small("sd: 2}", "sd: 1e300}"),
    "such a number in a condition": small("when: ada.gdp > 1", f"when: ada.gdp > {'9' * 100}"),
}


@pytest.mark.parametrize("what", FOUND)
def test_a_case_that_was_found_plays(what):
    assert plays(FOUND[what])


@pytest.mark.parametrize("what", REFUSED)
def test_a_case_that_was_found_is_refused(what):
    assert not plays(REFUSED[what])


@pytest.mark.parametrize("turn", range(6))
def test_every_parameter_may_stand_at_either_end(turn):
    scenario = read(SMALL, audience="play").scenario
    assert scenario is not None
    chosen = {path: leaf.high if (hash_of(path) >> turn) % 2 else leaf.low for path, leaf in paths().items()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        match = begin(Setup(scenario, turn, "drawn", chosen)).advance().advance()
    assert all(np.isfinite(array).all() for _, array in match.history.world.arrays())


def hash_of(path: str) -> int:
    """A number that depends on a path alone."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(path))


@pytest.mark.parametrize("unit", ["week", "month", "quarter", "year"])
def test_every_turn_of_every_calendar_has_a_label_of_its_own(unit):
    for start in ((1, 1, 1), (2012, 2, 29), (9999, 12, 31)):
        calendar = Calendar(*start, unit, 1200)
        labels = [calendar.label(turn) for turn in range(1, 10_001)]
        assert len(set(labels)) == len(labels)


def test_weeks_are_those_of_the_calendar():
    calendar = Calendar(2012, 2, 27, "week", 100)
    assert [calendar.label(turn) for turn in (1, 44, 45)] == ["2012-W09", "2012-W52", "2013-W01"]
