"""February to June 2012 as states play it, over many runs: what was so on the record is so in the mean."""

from __future__ import annotations

import numpy as np
import pytest

from game.study.ensembles import Ensemble, ensemble
from tests.source_event.scene import shipped

RUNS = range(2012, 2060)


@pytest.fixture(scope="module")
def half_year() -> Ensemble:
    return ensemble(shipped(), RUNS, turns=5, spreads="drawn", keep=["series", "worlds"])


def course(runs: Ensemble, pair: str) -> np.ndarray:
    """How a relation goes in the mean of all runs: January, then February to June."""
    first, second = (runs.states.index(each) for each in pair.split(" -> "))
    return np.asarray(runs.series[:, :, first, second].mean(axis=0))


@pytest.mark.parametrize("pair", ["iran -> azerbaijan", "azerbaijan -> iran"])
def test_iran_and_azerbaijan_are_at_their_worst_in_february_and_may_and_recover_after_each(
    half_year: Ensemble, pair: str
) -> None:
    january, february, march, april, may, june = course(half_year, pair)
    assert february < january - 4
    assert march > february + 1
    assert may < april - 4
    assert june > may + 2


def test_israel_and_cyprus_end_the_half_year_closer_and_so_do_azerbaijan_and_turkey(half_year: Ensemble) -> None:
    for pair in ("israel -> cyprus", "cyprus -> israel", "azerbaijan -> turkiye", "turkiye -> azerbaijan"):
        months = course(half_year, pair)
        assert months[-1] > months[0] + 3
        assert months.min() >= months[0] - 0.5


def test_israel_and_turkey_fall_from_month_to_month(half_year: Ensemble) -> None:
    for pair in ("israel -> turkiye", "turkiye -> israel"):
        months = course(half_year, pair)
        assert (np.diff(months)[:4] < 0).all()
        assert months[-1] < months[0] - 5


def test_nobody_but_armenia_and_azerbaijan_comes_to_blows(half_year: Ensemble) -> None:
    force = 5
    for board, world in half_year.worlds:
        names = [each.name for each in board.disputes]
        others = [place for place, name in enumerate(names) if name != "karabakh"]
        assert (world.rung[:, others] < force).all()
        strikes = world.last[:, np.flatnonzero(board.acts.force)] > 0
        allowed = [board.state("armenia"), board.state("azerbaijan")]
        strikes[:, :, allowed[0], allowed[1]] = strikes[:, :, allowed[1], allowed[0]] = False
        assert not strikes.any()
