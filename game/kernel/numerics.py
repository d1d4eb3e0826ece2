"""Arithmetic with the same last bit on every processor.

Two ideas carry it. Quantities that are added live on a *grid* (multiples of 2**-40, or 2**-20 for what is multiplied):
then every partial sum is exact, so no order of summation, vector width or fused instruction can change a bit. And the
few smooth functions are built here from `+ - * / sqrt`, which are correctly rounded everywhere.

Kernels call the functions of one number; `snap`, `total`, `logarithm` and `hundredths` are for whole arrays.
"""

from __future__ import annotations

from functools import cache
from math import frexp, ldexp, sqrt
from typing import Any

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Floats

GRID = 40
"""Bits after the point of a summed quantity: exact below 2**13."""

COARSE = 20
"""Bits after the point of a factor: a product of two lies on the grid."""


def snap(value: Any, bits: int = GRID) -> Floats:
    """The nearest multiple of 2**-bits, never a negative zero; any shape."""
    scale = float(1 << bits)
    result = np.asarray(np.multiply(value, scale))
    # In place: a division by a power of two is exact, and so is a product with its inverse.
    np.rint(result, out=result)
    np.multiply(result, 1.0 / scale, out=result)
    np.add(result, 0.0, out=result)
    return result


@kernel
def on_grid(value: float) -> float:
    """The nearest multiple of 2**-40, never a negative zero: `snap` of one number, for kernels."""
    return float(np.rint(value * 1099511627776.0) * (1.0 / 1099511627776.0) + 0.0)


@kernel
def on_coarse_grid(value: float) -> float:
    """The nearest multiple of 2**-20, never a negative zero: `snap(value, COARSE)` of one number, for kernels."""
    return float(np.rint(value * 1048576.0) * (1.0 / 1048576.0) + 0.0)


@kernel
def clipped(value: float, low: float, high: float) -> float:
    """The value within the ends of a scale; of two equal numbers the end counts, so that no zero is negative."""
    above = value if value > low else low
    return above if above < high else high


@kernel
def in_hundredths(value: float) -> float:
    """`hundredths` of one number, for kernels."""
    return float(np.rint(value * 100.0))


def total(values: Floats, axis: int | tuple[int, ...]) -> Floats:
    """The exact sum along `axis` of values on the grid whose sum stays below 2**13."""
    return np.asarray(np.add.reduce(values, axis=axis))


@kernel
def sigmoid_of(value: float) -> float:
    """z / sqrt(1 + z**2): odd, slope 1 at 0, bounded by 1."""
    return value / sqrt(1.0 + value * value)


@kernel
def logarithm_of(value: float) -> float:
    """`logarithm` of one number, for kernels: the same operations, so the same bits."""
    mantissa, exponent = frexp(value)
    if mantissa < 0.7071067811865476:
        mantissa = mantissa * 2.0
        exponent = exponent - 1
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = 0.0
    for step in range(10):
        series = series * square + 1.0 / (19 - 2 * step)
    return 2.0 * ratio * series + exponent * 0.6931471805599453


@kernel
def exponential_of(value: float) -> float:
    """The exponential, to 1e-14 relative: exp(k log 2 + r) = 2**k times a polynomial in r."""
    whole = np.rint(value * 1.4426950408889634)
    rest = value - whole * 0.6931471803691238 - whole * 1.9082149292705877e-10
    series = 1.0
    for step in range(13):
        series = series * rest / (13 - step) + 1.0
    return ldexp(series, int(whole))


def logarithm(value: Floats) -> Floats:
    """The natural logarithm of positive values, to 1e-14: log m = 2 artanh((m - 1) / (m + 1)) on [sqrt 1/2, sqrt 2)."""
    mantissa, exponent = np.frexp(value)
    low = mantissa < 0.7071067811865476
    mantissa = np.where(low, mantissa * 2.0, mantissa)
    exponent = exponent - low
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = np.zeros(np.shape(ratio))
    for odd in range(19, 0, -2):
        np.multiply(series, square, out=series)
        np.add(series, 1.0 / odd, out=series)
    return np.asarray(2.0 * ratio * series + exponent * 0.6931471805599453)


@cache
def gumbel_table() -> Floats:
    """The quantiles of the Gumbel distribution at 65,536 equal steps `[65536]`: noise that makes a choice logistic.

    A table, because a choice needs one a possible order, and two logarithms each would be most of a turn's time.
    """
    middles = (np.arange(65536, dtype=np.float64) + 0.5) / 65536.0
    return -logarithm(-logarithm(middles))


@kernel
def half_life_factor(half_life: float) -> float:
    """What one turn leaves of a memory that halves every `half_life` turns."""
    return on_coarse_grid(exponential_of(-0.6931471805599453 / half_life))


def hundredths(value: Any) -> Any:
    """The value in whole hundredths: what thresholds compare, so that a last bit never decides."""
    return np.rint(np.multiply(value, 100.0))
