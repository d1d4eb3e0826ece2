"""Tables of how states stand towards each other: what every analysis asks of one, and how it says what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from game.errors import InvalidArgument, quoted
from game.kernel.declare import Floats

MOST = 1000
"""How many states a table may have: analyses beyond it would not end in a sitting."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its states: `values` [N, N] from the row's state to the column's, `sizes` [N] of the states."""

    names: tuple[str, ...]
    values: Floats
    sizes: Floats


def square(table: ArrayLike, names: Sequence[str] | None = None) -> Floats:
    """The table [N, N] as numbers, its diagonal set to 0, since nobody has a relation to itself.

    >>> square([[7, 1], [2, 7]]).tolist()
    [[0.0, 1.0], [2.0, 0.0]]

    Raises InvalidArgument for what is not square, not finite, empty or of more than `MOST` states.
    """
    values = _numbers(table, "the table")
    if values.ndim != 2 or values.shape[0] != values.shape[1]:
        raise InvalidArgument(f"the table is {_shape(values)}; give it a row and a column for every state")
    _counted(len(values))
    _named(names, len(values))
    _finite(values, names)
    values = values.copy()
    np.fill_diagonal(values, 0.0)
    return values


def symmetric(table: ArrayLike, names: Sequence[str] | None = None) -> Floats:
    """The table [N, N] as `square` gives it, where both states of every pair have the same number.

    >>> symmetric([[0, 3], [3, 0]]).tolist()
    [[0.0, 3.0], [3.0, 0.0]]

    Raises InvalidArgument as `square` does, and for the first pair whose two numbers differ by more than rounding.
    """
    values = square(table, names)
    apart = np.abs(values - values.T) > 1e-9 * max(1.0, float(np.abs(values).max()))
    if apart.any():
        i, j = (int(each) for each in np.argwhere(apart)[0])
        raise InvalidArgument(
            f"{_pair(i, j, names)} is {values[i, j]:g} and {_pair(j, i, names)} is {values[j, i]:g}; "
            "this needs one number for a pair: make them equal, or take the mean of both directions"
        )
    return mutual(values)


def mutual(values: Floats) -> Floats:
    """The mean of both directions [..., N, N], in which every pair has one number.

    >>> mutual(np.array([[0.0, 1.0], [3.0, 0.0]])).tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    return np.asarray((values + np.swapaxes(values, -1, -2)) / 2.0)


def sizes_of(sizes: ArrayLike | None, states: int, names: Sequence[str] | None = None) -> Floats:
    """The sizes [N] of the states; all 1 where none are given.

    >>> sizes_of(None, 2).tolist()
    [1.0, 1.0]

    Raises InvalidArgument for a wrong number of them, and for one that is no finite number or below 0.
    """
    if sizes is None:
        return np.ones(states)
    values = _numbers(sizes, "the sizes")
    if values.shape != (states,):
        raise InvalidArgument(f"there are {states} states and the sizes are {_shape(values)}; give one for every state")
    wrong = ~(np.isfinite(values) & (values >= 0.0))
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        raise InvalidArgument(f"the size of {_name(i, names)} is {values[i]:g}; give a finite number of 0 or more")
    return values


def camps_of(camps: ArrayLike, states: int) -> Floats:
    """The side [N] of each state as +1 or -1, from booleans, or from any two numbers of which one is above 0.

    >>> camps_of([True, False, True], 3).tolist()
    [1.0, -1.0, 1.0]

    Raises InvalidArgument for a wrong number of sides.
    """
    sides = _numbers(camps, "the camps")
    if sides.shape != (states,):
        raise InvalidArgument(f"there are {states} states and the camps are {_shape(sides)}; give one for every state")
    return np.where(sides > 0.0, 1.0, -1.0)


def _numbers(given: ArrayLike, what: str) -> Floats:
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidArgument(
            f"{what} {quoted(given)} is not an array of numbers; give every row the same length and only numbers"
        ) from None


def _counted(states: int) -> None:
    if not 1 <= states <= MOST:
        raise InvalidArgument(f"the table has {states:,} states; give it 1 to {MOST:,}")


def _named(names: Sequence[str] | None, states: int) -> None:
    if names is not None and len(names) != states:
        raise InvalidArgument(f"the table has {states} states and {len(names)} names; give a name for every state")


def _finite(values: Floats, names: Sequence[str] | None) -> None:
    wrong = ~np.isfinite(values)
    np.fill_diagonal(wrong, False)
    if wrong.any():
        i, j = (int(each) for each in np.argwhere(wrong)[0])
        raise InvalidArgument(f"{_pair(i, j, names)} is {values[i, j]}; put a finite number there, 0 for no tie")


def _shape(values: Floats) -> str:
    return " × ".join(map(str, values.shape)) if values.ndim else "a single number"


def _name(i: int, names: Sequence[str] | None) -> str:
    return f"state {i + 1}" if names is None else names[i]


def _pair(i: int, j: int, names: Sequence[str] | None) -> str:
    return f"row {i + 1}, column {j + 1}" if names is None else f"{names[i]} -> {names[j]}"
