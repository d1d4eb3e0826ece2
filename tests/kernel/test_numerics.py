"""numerics: exact sums and products, and smooth functions built from correctly rounded operations."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from game.kernel.numerics import (
    COARSE,
    clipped,
    exponential_of,
    gumbel_table,
    half_life_factor,
    hundredths,
    in_hundredths,
    logarithm,
    logarithm_of,
    on_coarse_grid,
    on_grid,
    sigmoid_of,
    snap,
    total,
)

LOGARITHMS = [
    "-0x1.4b927f32bffb8p+4",
    "-0x1.34378fcbda720p+0",
    "0x0.0p+0",
    "0x1.d5240f0e0e077p-1",
    "0x1.1600e874c323bp+2",
]
EXPONENTIALS = [
    "0x1.39f38a5498fe2p-14",
    "0x1.cf46d99d52b3ap-1",
    "0x1.0000000000000p+0",
    "0x1.5bf0a8b14576ap+1",
    "0x1.ceb088b68e804p+28",
]

SIGMOIDS = ["-0x1.ec4cddeae0557p-1", "0x1.263e862c542d4p-2", "0x1.6a09e667f3bccp-1", "0x1.fff4f2abac380p-1"]

EDGES = (
    0.0,
    -0.0,
    1e-300,
    -1e-300,
    2.0**-41,
    -(2.0**-41),
    3 * 2.0**-41,
    2.0**-21,
    0.005,
    -0.015,
    0.5,
    1.0,
    -100.0,
    100.0,
)
"""Zeros of both signs, and values half way between two steps of a grid."""

values = arrays(np.float64, st.integers(2, 60), elements=st.floats(-100, 100))


@given(values, st.randoms())
def test_a_sum_on_the_grid_does_not_depend_on_its_order(drawn, random):
    on_grid = snap(drawn)
    shuffled = on_grid.tolist()
    random.shuffle(shuffled)
    assert total(on_grid, 0) == total(np.array(shuffled), 0) == math.fsum(on_grid.tolist())


@given(values, st.randoms())
def test_a_sum_of_products_of_coarse_factors_does_not_depend_on_its_order(drawn, random):
    left, right = snap(drawn / 100.0, COARSE).tolist(), snap(drawn[::-1] / 100.0, COARSE).tolist()
    products = [one * other for one, other in zip(left, right, strict=True)]
    assert all(on_grid(each) == each for each in products)
    shuffled = products.copy()
    random.shuffle(shuffled)
    assert total(np.array(products), 0) == total(np.array(shuffled), 0) == math.fsum(products)


@given(st.floats(-8000, 8000))
def test_snapping_moves_by_less_than_half_a_step_and_only_once(value):
    snapped = snap(value)
    assert abs(snapped - value) <= 2.0**-41
    assert snap(snapped) == snapped


def test_there_is_no_negative_zero():
    assert math.copysign(1, float(snap(-1e-30))) == 1


@given(st.floats(1e-300, 1e300))
def test_the_logarithm_is_the_logarithm(value):
    assert float(logarithm(np.array(value))) == pytest.approx(math.log(value), rel=1e-14, abs=1e-14)


@given(st.floats(-700, 700))
def test_the_exponential_is_the_exponential(value):
    assert exponential_of(value) == pytest.approx(math.exp(value), rel=1e-14)


def test_smooth_functions_give_pinned_bits():
    points = np.array([1e-9, 0.3, 1.0, 2.5, 77.0])
    assert [value.hex() for value in logarithm(points).tolist()] == LOGARITHMS
    assert [exponential_of(value).hex() for value in (-9.5, -0.1, 0.0, 1.0, 20.0)] == EXPONENTIALS
    assert [sigmoid_of(value).hex() for value in (-3.5, 0.3, 1.0, 77.0)] == SIGMOIDS


@given(st.floats(-1e6, 1e6))
def test_the_sigmoid_is_odd_and_bounded(value):
    assert sigmoid_of(value) == -sigmoid_of(-value)
    assert abs(sigmoid_of(value)) <= 1


def test_gumbel_noise_has_its_mean_and_spread():
    table = gumbel_table()
    assert table.mean() == pytest.approx(0.5772, abs=1e-3)
    assert table.std() == pytest.approx(math.pi / math.sqrt(6), abs=2e-3)
    assert (np.diff(table) > 0).all()


def test_a_half_life_halves():
    factor = half_life_factor(24.0)
    assert factor**24 == pytest.approx(0.5, abs=1e-5)


def test_hundredths_are_whole():
    assert hundredths(1.005) in (100, 101)
    assert hundredths(-0.014999) == -1


# ---- one number at a time, for kernels


def many(low: float, high: float) -> Iterator[float]:
    """Many values within some bounds, small and great ones, and those of EDGES that lie there."""
    chance = np.random.default_rng(40)
    yield from (value for value in EDGES if low <= value <= high)
    yield from chance.uniform(low, high, 4000).tolist()
    spread = 10.0 ** chance.uniform(-12, 0, 4000)
    yield from (spread * chance.uniform(low, high, 4000)).clip(low, high).tolist()


SCALARS = {
    "on_grid": (on_grid, snap, -8000, 8000),
    "on_coarse_grid": (on_coarse_grid, lambda values: snap(values, COARSE), -8000, 8000),
    "in_hundredths": (in_hundredths, hundredths, -200, 200),
    "logarithm_of": (logarithm_of, logarithm, 1e-300, 1e9),
    "clipped": (lambda value: clipped(value, -1.5, 9.0), lambda values: np.clip(values, -1.5, 9.0), -20, 20),
}


@pytest.mark.parametrize("name", SCALARS)
def test_one_number_gives_the_bits_that_it_gives_within_an_array(name):
    scalar, of_array, low, high = SCALARS[name]
    given = [*many(low, high)]
    expected = of_array(np.array(given))
    assert len(given) > 8000
    assert np.array([scalar(value) for value in given]).tobytes() == np.asarray(expected, dtype=np.float64).tobytes()


@given(st.floats(-1e4, 1e4))
def test_so_does_any_number(value):
    assert on_grid(value).hex() == float(snap(value)).hex()
    assert on_coarse_grid(value).hex() == float(snap(value, COARSE)).hex()
    assert in_hundredths(value).hex() == float(hundredths(value)).hex()


@pytest.mark.parametrize("value", [0.0, -0.0])
@pytest.mark.parametrize("end", [0.0, -0.0])
def test_at_the_end_of_a_scale_a_zero_has_the_sign_of_the_end(value, end):
    assert math.copysign(1, clipped(value, end, 5.0)) == math.copysign(1, end)
    assert math.copysign(1, clipped(value, -5.0, end)) == math.copysign(1, end)


def test_a_value_within_a_scale_stays():
    assert [clipped(value, -1.0, 1.0) for value in (-3.0, -1.0, 0.25, 1.0, 9.0)] == [-1.0, -1.0, 0.25, 1.0, 1.0]
    assert clipped(math.inf, 0.0, math.inf) == math.inf
