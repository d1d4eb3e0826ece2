"""V1, V2, V10: landscape theory against what is published of it.

Axelrod and Bennett (1993), A landscape theory of aggregation, *British Journal of Political Science* 23(2), 211-233.
Axelrod and Furnas (2016), the same theory on the Middle East. The propensities of 1936 are our own reconstruction from
public data, made knowing the published answer: that it leads to that answer shows the method, not the prediction.
"""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from game.analysis.landscape import energy, frustrations, gains, landscape
from game.cli import realpolitik
from tests.published.tables import EUROPE, ISIS, NATIONS, camp_of, europe, table_of

ALLIES = {"Britain", "Czechoslovakia", "Denmark", "France", "Greece", "Soviet Union", "Yugoslavia"}


def told(*arguments: str) -> dict[str, object]:
    done = CliRunner().invoke(realpolitik, [*arguments, "--format", "json"])
    assert done.exit_code == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_middle_east_of_2016_has_one_resting_place():
    table = table_of(ISIS)
    found = landscape(table.values, table.sizes, lowest=3)
    assert found.splits == 1024
    assert [minimum.energy for minimum in found.minima] == [-83_200]
    assert camp_of(table, found.minima[0].camps) == {"Turkey", "ISIS", "Nusra"}
    assert [level for level, _ in found.lowest] == [-83_200, -82_400, -81_200]
    assert found.mean == pytest.approx(-46_400)


def test_the_command_finds_the_same():
    found = told("landscape", str(ISIS))
    assert [minimum["energy"] for minimum in found["minima"]] == [-83_200]
    assert found["minima"][0]["camps"][1] == ["Turkey", "ISIS", "Nusra"]


def test_europe_in_1936_rests_as_published_and_in_one_other_way():
    table = europe(1936)
    found = landscape(table.values, table.sizes)
    assert found.splits == 65_536
    assert [minimum.energy for minimum in found.minima] == pytest.approx([-2806.65, -2607.9], abs=0.05)
    # Wrong on Poland and Portugal, as published.
    assert camp_of(table, found.minima[0].camps) == set(table.names) - ALLIES
    assert camp_of(table, found.minima[1].camps) == {"Germany", "Hungary", "Soviet Union"}
    assert sum(minimum.basin for minimum in found.minima) == pytest.approx(1.0)


def test_the_command_finds_the_same_of_europe():
    found = told("landscape", str(EUROPE), "--sizes", f"{NATIONS}:cinc1936_pct")
    assert [minimum["energy"] for minimum in found["minima"]] == pytest.approx([-2806.65, -2607.9], abs=0.05)
    assert set(found["minima"][0]["camps"][0]) == ALLIES


def test_with_the_sizes_of_1938_only_the_published_split_is_left_and_romania_changes_sides():
    table = europe(1938)
    (only,) = landscape(table.values, table.sizes).minima
    assert camp_of(table, only.camps) == set(table.names) - ALLIES - {"Romania"}


def propensities(states: int = 6):
    """Symmetric tables and sizes of several states."""
    table = arrays.arrays(np.float64, (states, states), elements=st.integers(-5, 5).map(float))
    sizes = arrays.arrays(np.float64, states, elements=st.integers(1, 9).map(float))
    return st.tuples(table.map(lambda values: values + values.T), sizes)


@given(propensities(), st.lists(st.booleans(), min_size=6, max_size=6), st.integers(0, 5))
def test_a_switch_changes_the_energy_by_twice_the_size_times_the_change_of_frustration(given_, camps, state):
    table, sizes = given_
    after = [side != (place == state) for place, side in enumerate(camps)]
    suffered = frustrations(table, after, sizes)[state] - frustrations(table, camps, sizes)[state]
    assert energy(table, after, sizes) - energy(table, camps, sizes) == pytest.approx(2 * sizes[state] * suffered)
    assert gains(table, camps, sizes)[state] == pytest.approx(-suffered)


@given(propensities())
def test_a_minimum_is_a_split_from_which_no_switch_leads_down(given_):
    table, sizes = given_
    found = landscape(table, sizes)
    levels = {}
    for camps in product([True, False], repeat=5):
        levels[True, *camps] = energy(table, [True, *camps], sizes)
    assert found.minima[0].energy == pytest.approx(min(levels.values()))
    assert found.mean == pytest.approx(np.mean([*levels.values()]))
    assert sum(minimum.basin for minimum in found.minima) == pytest.approx(1.0)
    for minimum in found.minima:
        assert (gains(table, minimum.camps, sizes) <= 1e-9).all()
