"""Arithmetic with the same last bit on every processor.

Two ideas carry it. Quantities that are added live on a *grid* (multiples of 2**-40, or 2**-20 for what is multiplied):
then every partial sum is exact, so no order of summation, vector width or fused instruction can change a bit, and even
a matrix product by any BLAS is exact. And the few smooth functions are built here from `+ - * / sqrt`, which are
correctly rounded everywhere.
"""

from __future__ import annotations

from functools import cache
from math import frexp, ldexp, sqrt
from typing import Any

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Value

GRID = 40
"""Bits after the point of a summed quantity: exact below 2**13."""

COARSE = 20
"""Bits after the point of a factor: a product of two lies on the grid."""

UNTHREADED = 1 << 18
"""The multiplications of one matrix product up to which no BLAS calls in threads: here these cost far more than they
save."""


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


def product(left: Floats, right: Floats) -> Floats:
    """The exact matrix product of factors on the coarse grid whose partial sums stay below 2**13."""
    step = UNTHREADED // max(left.shape[-2] * left.shape[-1], 1)
    if right.shape[-1] <= step:
        return np.asarray(np.matmul(left, right))
    step = max(step, 1)
    rows = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    result = np.empty((*rows, left.shape[-2], right.shape[-1]))
    for first in range(0, right.shape[-1], step):
        part = (..., slice(first, first + step))
        np.matmul(left, right[part], out=result[part])
    return result


def contraction(subscripts: str, *factors: Floats) -> Floats:
    """The exact Einstein sum of two factors on the coarse grid whose partial sums stay below 2**13."""
    return np.asarray(np.einsum(subscripts, *factors))


def flattened(values: Floats) -> Floats:
    """All axes from the third on as one, also where there is nothing `[a, b, c * d * ...]`."""
    size = 1
    for length in values.shape[2:]:
        size *= length
    return values.reshape(*values.shape[:2], size)


def sigmoid(value: Floats) -> Floats:
    """z / sqrt(1 + z**2): odd, slope 1 at 0, bounded by 1."""
    return np.asarray(value / np.sqrt(1.0 + value * value))


@kernel
def sigmoid_of(value: float) -> float:
    """`sigmoid` of one number, for kernels."""
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
    """`exponential` of one number, for kernels: the same operations, so the same bits."""
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


def exponential(value: Floats) -> Floats:
    """The exponential, to 1e-14 relative: exp(k log 2 + r) = 2**k times a polynomial in r."""
    whole = np.rint(value * 1.4426950408889634)
    rest = value - whole * 0.6931471803691238 - whole * 1.9082149292705877e-10
    series = np.ones(np.shape(rest))
    for divisor in range(13, 0, -1):
        np.multiply(series, rest, out=series)
        np.divide(series, divisor, out=series)
        np.add(series, 1.0, out=series)
    return np.asarray(np.ldexp(series, whole.astype(np.int64)))


@cache
def gumbel_table() -> Floats:
    """The quantiles of the Gumbel distribution at 65,536 equal steps `[65536]`: noise that makes a choice logistic.

    A table, because a choice needs one a possible order, and two logarithms each would be most of a turn's time.
    """
    middles = (np.arange(65536, dtype=np.float64) + 0.5) / 65536.0
    return -logarithm(-logarithm(middles))


def half_life_factor(half_life: Value) -> Floats:
    """What one turn leaves of a memory that halves every `half_life` turns."""
    return snap(exponential(np.asarray(-0.6931471805599453 / np.asarray(half_life, dtype=np.float64))), COARSE)


def hundredths(value: Any) -> Any:
    """The value in whole hundredths: what thresholds compare, so that a last bit never decides."""
    return np.rint(np.multiply(value, 100.0))
