"""S17. "Time will tell the extent and depth of these alliances": depth, tension and balance as series."""

from __future__ import annotations

import numpy as np

from game.analysis.alliance_depth import depth_series as depths
from game.measures.balance import triads
from tests.source_event.scene import dispute, shipped, staged


def played(turns: int = 12):
    """A year of the scenario as states play it."""
    return staged(turns=turns, spec=shipped(), wait=False, seed=5)


def test_depth_is_a_series_that_moves_with_the_deal() -> None:
    model = played()
    series = depths(model.history)
    israel, azerbaijan, iran, armenia = (
        model.board.state(each) for each in ("israel", "azerbaijan", "iran", "armenia")
    )
    assert series.shape == (13, 12, 12)
    assert (series >= 0).all()
    assert (series <= 100).all()
    assert np.array_equal(series, np.swapaxes(series, 1, 2))
    assert series[-1, israel, azerbaijan] > series[0, israel, azerbaijan]
    assert series[:, israel, azerbaijan].min() > series[:, israel, iran].max()
    assert series[:, azerbaijan, armenia].max() < series[:, israel, azerbaijan].min()


def test_tension_is_a_series_between_calm_and_force() -> None:
    model = played()
    tension = np.stack([world.tension[0] for world in model.history.worlds])
    assert tension.shape == (13, 5)
    assert ((tension >= 0) & (tension <= 100)).all()
    assert np.ptp(tension[:, dispute(model, "karabakh")]) > 1


def test_balance_is_a_series_and_the_triangle_of_the_report_is_balanced_all_along() -> None:
    model = played()
    signs = np.sign(model.history.series())
    israel, azerbaijan, iran = (model.board.state(each) for each in ("israel", "azerbaijan", "iran"))
    products = signs[:, israel, azerbaijan] * signs[:, azerbaijan, iran] * signs[:, iran, israel]
    assert (products > 0).all()
    pull = np.stack([triads(table[None] / 100.0)[0, iran, azerbaijan] for table in model.history.series()])
    assert (pull < 0).all()  # the rest of the table pulls Iran and Azerbaijan apart
