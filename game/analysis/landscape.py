"""landscape: every way to fall into two camps, how ill it suits the states, and where it comes to rest.

Axelrod and Bennett (1993), A landscape theory of aggregation, *British Journal of Political Science* 23(2), 211–233.
With the propensity p[i, j] of two states to stand together, their sizes s[i], and d[i, j] 1 where they are in different
camps and 0 where they share one,

    frustration  F[i] = sum over j of s[j] p[i, j] d[i, j]        energy  E = sum over i of s[i] F[i]

so that a pair counts twice. A state switches if that lowers its frustration, which lowers the energy by 2 s[i] times as
much (p is symmetric): every sequence of such switches comes to rest in a local minimum.

Splits of up to `EXACT` states are all looked at; of more, descents from many splits find minima, and a bound on the
energy of any split says how far the best of them can be from the best there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from game.analysis import splits as every_split
from game.analysis.descents import SEARCH_STEPS, SEARCHES, STARTS, best_found, descend, energy_bound, random_sides
from game.analysis.tables import camps_of, sizes_of, symmetric
from game.kernel.declare import Booleans, Floats

EXACT = 20
"""Up to how many states all splits are looked at: half a million of them."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """A split from which no single switch leads down.

    `camps` [N] is True for the camp of the first state; `energy`; `basin` the share of all splits that come to rest
    here by steepest descent (of all descents that were tried, where not every split was looked at); `free` [N] marks
    states that may stand on either side without changing the energy.
    """

    camps: Booleans
    energy: float
    basin: float
    free: Booleans


@dataclass(frozen=True, slots=True)
class Landscape:
    """The minima, lowest first, and how the other splits lie around them.

    `splits` is how many there are, `mean` their mean energy. `exact` says whether all were looked at; if not, no split
    has an energy below `bound`, and `gap` is how far the lowest minimum lies above that. `lowest` has the lowest
    splits, minima or not, as (energy, camps), where all were looked at.
    """

    minima: tuple[Minimum, ...]
    splits: int
    mean: float
    exact: bool
    bound: float
    lowest: tuple[tuple[float, Booleans], ...] = ()

    @property
    def gap(self) -> float:
        """How far the lowest minimum may be above the lowest energy there is; 0 where that is known."""
        return self.minima[0].energy - self.bound


def energy(propensities: ArrayLike, camps: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """The energy of a split, in propensity times size squared.

    `propensities` is [N, N] and symmetric, `camps` [N] booleans, `sizes` [N], all 1 unless given. Axelrod and Bennett
    (1993), equation 3. Two friends and their enemy, in the split that suits all:

    >>> energy([[0, 1, -1], [1, 0, -1], [-1, -1, 0]], [True, True, False])
    -4.0

    Raises InvalidArgument for a table that is not square, finite and symmetric, and for sizes or camps that do not fit.
    """
    values = symmetric(propensities)
    size = sizes_of(sizes, len(values))
    return float(size @ _frustrations(values, size, camps_of(camps, len(values))))


def frustrations(propensities: ArrayLike, camps: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    """What each state suffers from a split [N], in propensity times size; below 0 it is well placed.

    Arguments, source and errors as in `energy`.

    >>> frustrations([[0, 1, -1], [1, 0, -1], [-1, -1, 0]], [True, False, False]).tolist()
    [0.0, 1.0, -1.0]
    """
    values = symmetric(propensities)
    return _frustrations(values, sizes_of(sizes, len(values)), camps_of(camps, len(values)))


def gains(propensities: ArrayLike, camps: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    """By how much each state would lower its frustration if it alone switched camps [N]; above 0 it will.

    Arguments, source and errors as in `energy`. The energy falls by twice its size times as much. The enemy of two
    friends, in one camp with the first:

    >>> gains([[0, 1, -1], [1, 0, -1], [-1, -1, 0]], [True, False, True]).tolist()
    [2.0, 0.0, 0.0]
    """
    values = symmetric(propensities)
    size, sides = sizes_of(sizes, len(values)), camps_of(camps, len(values))
    # After a switch a state is apart from those it was with, and the other way round.
    return np.asarray(-sides * (values @ (size * sides))) + 0.0


def landscape(
    propensities: ArrayLike,
    sizes: ArrayLike | None = None,
    *,
    names: Sequence[str] | None = None,
    exact: bool | None = None,
    starts: int = STARTS,
    lowest: int = 0,
) -> Landscape:
    """Every split of N states into two camps, and the local minima among them.

    `propensities` is [N, N] and symmetric, `sizes` [N], all 1 unless given; `names` [N] are for what errors say.
    `exact` is whether all 2^(N-1) splits are looked at, for up to `EXACT` states unless told; otherwise `starts`
    descents are. `lowest` is how many of the lowest splits to list. Axelrod and Bennett (1993).

    Splits that differ by states whose side makes no difference are one minimum. Where several switches lead down
    equally steeply, a descent takes each of them in equal shares, so that the order of states never matters.

    >>> found = landscape([[0, 1, -1], [1, 0, -1], [-1, -1, 0]])
    >>> [(each.energy, each.camps.tolist(), each.basin) for each in found.minima]
    [(-4.0, [True, True, False], 1.0)]

    Raises InvalidArgument as `energy` does.
    """
    values = symmetric(propensities, names)
    size = sizes_of(sizes, len(values), names)
    weights = 2.0 * np.outer(size, size) * values
    if len(values) <= EXACT if exact is None else exact:
        return _all_splits(weights, lowest)
    return _many_descents(weights, starts)


def _frustrations(values: Floats, size: Floats, sides: Floats) -> Floats:
    apart = sides[:, None] != sides
    return np.asarray((values * apart) @ size) + 0.0


def _all_splits(weights: Floats, lowest: int) -> Landscape:
    states, level = len(weights), every_split.energies(weights)
    rest = every_split.resting_places(level, states, every_split.rounding(weights))
    minima = [
        Minimum(every_split.split(place.first, states), float(level[place.first]), place.share, place.free)
        for place in rest
    ]
    listed = np.lexsort((np.arange(len(level)), level))[:lowest]
    return Landscape(
        _in_order(minima), len(level), float(level.mean()), True, float(level.min()),
        tuple((float(level[number]), every_split.split(int(number), states)) for number in listed),
    )  # fmt: skip


def _many_descents(weights: Floats, starts: int) -> Landscape:
    states = len(weights)
    equal = every_split.rounding(weights)
    sides = random_sides(states, starts)
    sought = best_found(weights, sides[:SEARCHES], SEARCH_STEPS * states)
    # What searches find counts as a minimum, not as a descent that came to it.
    ends = np.concatenate([descend(weights, sides, equal), descend(weights, sought, equal)])
    rests, owner = np.unique(ends, axis=0, return_inverse=True)
    counts = np.bincount(owner.ravel()[:starts], minlength=len(rests))
    level = [float(np.sum(weights[side[:, None] != side]) / 2.0) for side in rests]
    free = np.abs(rests * (rests @ weights)) <= equal
    minima = [
        Minimum(side > 0.0, each, count / starts, loose)
        for side, each, count, loose in zip(rests, level, counts.tolist(), free, strict=True)
    ]
    # A pair is apart in half of all splits.
    return Landscape(
        _in_order(minima), 2 ** (states - 1), float(weights.sum() / 4.0), False,
        min(energy_bound(weights), min(level)),
    )  # fmt: skip


def _in_order(minima: Sequence[Minimum]) -> tuple[Minimum, ...]:
    return tuple(sorted(minima, key=lambda each: (each.energy, -each.basin, each.camps.tolist())))
