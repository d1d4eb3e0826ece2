"""V6, V6b: where a start table tips, by the rule as it runs, in ensembles of silent states.

Morrison, Kutz and Gabbay (2023), Transitions between peace and systemic war as bifurcations in a signed network
dynamical system, *Network Science* 11(3). Their formulas hold with half of the growth of the leading mode in place of
its eigenvalue, since a state has no regard for itself, and 1 / kept - 1 for the loss, since a turn is not a moment.
"""

from __future__ import annotations

import numpy as np
import pytest

import game
from game.analysis.tipping import peace_root, tipping
from game.analysis.worlds import pull_of
from tests.published.rule_that_runs import bare, played, uniform

HALF_LIFE = 2
SIZES = (3, 4, 6, 12)
STRENGTH = 0.05
"""How strong the leading mode of a table is under the rule, in shares of the scale."""


def weak(states: int):
    """A table in points whose leading mode has that strength."""
    return uniform(states, 100.0 * STRENGTH / (states - 2))


def terms(table):
    """What the rule has of a table: the share of a memory that is kept, its loss, and the strength of its mode."""
    pull = pull_of(game.begin(game.Setup(bare(table, HALF_LIFE))))
    return pull.kept, 1.0 / pull.kept - 1.0, tipping(pull.shares, pull.kept).growth / 2.0


def strengths(table, alphas: list[float], turns: int, shock=None):
    """The strength of the mode of a uniform table after every turn of the published form, a row an alpha."""
    scenario = bare(table, HALF_LIFE, shock=shock, turns=turns)
    given = {"balance.alpha": alphas, "balance.anchor": 0.0, "balance.limit": 1.0}
    return played(scenario, turns, given, runs=len(alphas))[:, :, 0, 1] * (len(table) - 2)


@pytest.mark.parametrize("states", SIZES)
def test_relations_settle_at_the_published_root_below_the_critical_rate_and_run_away_just_above(states):
    kept, loss, strength = terms(weak(states))
    critical = loss / (4.0 * strength)
    # What a reader of the published formula has to know: with a full diagonal and in continuous time the critical rate
    # is lower, and a small table is still at peace there.
    published = (1.0 - kept) / (4.0 * strength * (states - 1) / (states - 2))
    alphas = [0.9 * critical, 1.02 * critical, 1.02 * published]
    below, above, at_published = strengths(weak(states), alphas, 160)
    assert below[-1] == pytest.approx(peace_root(loss, alphas[0], strength), rel=0.01)
    assert above[-1] > 6.0 * strength  # three times where the last resting point was
    assert at_published[-1] == pytest.approx(peace_root(loss, alphas[2], strength), rel=0.01)


@pytest.mark.parametrize("states", SIZES)
def test_on_the_way_back_they_stay_polarised_at_half_the_critical_rate(states):
    _, loss, strength = terms(weak(states))
    alpha = 0.5 * loss / (4.0 * strength)
    unstable = (loss + np.sqrt(loss**2 - 4.0 * alpha * loss * strength)) / (2.0 * alpha)

    def after(share: float) -> float:
        """The strength at last, once a shock has lifted it to a share of the unstable root."""
        shock = uniform(states, 100.0 * (share * unstable - STRENGTH) / (states - 2))
        return float(strengths(weak(states), [alpha, alpha], 30, shock)[0, -1])

    assert after(1.15) > 1.15 * unstable
    assert after(0.85) < 0.85 * unstable


def shipped(name: str):
    """The start table of a shipped scenario in points."""
    return 100.0 * pull_of(game.begin(game.Setup(name))).shares


TABLES = {f"{states} alike": uniform(states, 20.0) for states in SIZES}
SHIPPED = ("classroom-triad", "hegemon-and-five", "south-caucasus-2012")


@pytest.mark.parametrize("name", [*TABLES, *SHIPPED])
def test_a_start_table_is_at_rest_and_loses_its_hold_at_its_own_tipping_point(name):
    table = TABLES[name] if name in TABLES else shipped(name)
    scenario = bare(table, HALF_LIFE)
    pull = pull_of(game.begin(game.Setup(scenario)))
    point = tipping(pull.shares, pull.kept)
    either = {"balance.alpha": [0.98 * point.rate, 1.02 * point.rate], "balance.limit": 1.0}
    calm = np.abs(played(scenario, 10, either, runs=2) - pull.shares)
    shaken = played(bare(table, HALF_LIFE, shock=0.1 * point.mode), 90, either, runs=2)
    below, above = np.abs(shaken - pull.shares).max(axis=(2, 3))
    assert calm.max() < 1e-6
    assert below[-1] < 0.9 * below[30]
    assert above[-1] > 1.1 * above[30]


@pytest.mark.parametrize("states", SIZES)
def test_a_table_in_which_all_stand_alike_tips_at_n_less_1_over_n_less_2(states):
    table = uniform(states, 0.3)
    kept = 0.97
    published = (1.0 / kept - 1.0) / (2.0 * np.linalg.eigvalsh(table)[-1])
    assert tipping(table, kept).rate == pytest.approx(published * (states - 1) / (states - 2))
