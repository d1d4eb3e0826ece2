"""balance: how far the ties of a region agree with two camps.

Heider (1946): of three states the friend of a friend is a friend, the enemy of a friend an enemy. Cartwright and Harary
(1956): where that holds of all, the states fall into two camps, friendly within and hostile between. The frustration
index (Harary 1959; Aref and Wilson 2018) is the least number of ties that are out of place in any split.

A tie is friendly (+1) above a threshold, hostile (-1) below its negative, and missing (0) between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from game.analysis.landscape import EXACT, landscape
from game.analysis.tables import camps_of, mutual, square, symmetric
from game.errors import InvalidArgument
from game.kernel.declare import Booleans, Integers


@dataclass(frozen=True, slots=True)
class Triads:
    """How many triangles of ties have 3, 2, 1 and 0 friendly ones; those with 3 or 1 are balanced."""

    friends: int  # +++
    two_friends: int  # ++-: a state has two friends who are enemies
    one_friend: int  # +--: two friends have an enemy in common
    enemies: int  # ---

    @property
    def counted(self) -> int:
        """All triangles."""
        return self.friends + self.two_friends + self.one_friend + self.enemies

    @property
    def balanced(self) -> float:
        """The share of them that is balanced; 1 where there is none."""
        return (self.friends + self.one_friend) / self.counted if self.counted else 1.0


@dataclass(frozen=True, slots=True)
class Frustration:
    """The split with the fewest ties out of place.

    `index` is their number, `camps` [N] is True for the camp of the first state, `out_of_place` has the pairs (i, j), i
    before j. `exact` is whether no split does better; if not, none has fewer than `bound`. `ties` is how many there
    are.
    """

    index: int
    camps: Booleans
    out_of_place: tuple[tuple[int, int], ...]
    ties: int
    exact: bool
    bound: int

    @property
    def share(self) -> float:
        """The index over half of all ties, which no network exceeds: 0 is balance, 1 as far from it as can be."""
        return 2.0 * self.index / self.ties if self.ties else 0.0


def ties(relations: ArrayLike, threshold: float = 0.0, names: Sequence[str] | None = None) -> Integers:
    """The sign of every tie [N, N], -1, 0 or 1, from relations [N, N]; of both directions the mean counts.

    `threshold`, in the unit of the relations, is how far from 0 one must be to be a tie.

    >>> ties([[0, 40], [-10, 0]]).tolist(), ties([[0, 40], [-10, 0]], 20).tolist()
    ([[0, 1], [1, 0]], [[0, 0], [0, 0]])

    Raises InvalidArgument for a table that is not square or not finite, and for a threshold below 0.
    """
    if not (np.isfinite(threshold) and threshold >= 0.0):
        raise InvalidArgument(f"the threshold of a tie is {threshold:g}; give a finite number of 0 or more")
    values = mutual(square(relations, names))
    return np.where(np.abs(values) > threshold, np.sign(values), 0.0).astype(np.int64)


def triads(signs: ArrayLike) -> Triads:
    """The triangles of ties [N, N] by their signs. Symmetric; only the signs count. Heider (1946).

    >>> triads([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    Triads(friends=0, two_friends=1, one_friend=0, enemies=0)

    Raises InvalidArgument for a table that is not square, finite and symmetric.
    """
    tie = np.sign(symmetric(signs))
    good, bad = (tie > 0).astype(np.float64), (tie < 0).astype(np.float64)
    # Each closed walk of three steps goes round a triangle, from any of its corners, either way.
    within, across = good @ good, bad @ bad
    walks = ((within * good).sum() / 6, (within * bad).sum() / 2, (across * good).sum() / 2, (across * bad).sum() / 6)
    return Triads(*(round(float(each)) for each in walks))


def out_of_place(signs: ArrayLike, camps: ArrayLike) -> tuple[tuple[int, int], ...]:
    """The ties that a split is at odds with: friendly ones between camps, hostile ones within.

    `signs` is [N, N] and symmetric, `camps` [N] booleans.

    >>> out_of_place([[0, 1, 1], [1, 0, -1], [1, -1, 0]], [True, True, True])
    ((1, 2),)

    Raises InvalidArgument as `triads` does.
    """
    tie = np.sign(symmetric(signs))
    side = camps_of(camps, len(tie))
    wrong = np.triu(tie * np.outer(side, side) < 0.0, 1)
    return tuple((int(i), int(j)) for i, j in np.argwhere(wrong))


def frustration(signs: ArrayLike, *, names: Sequence[str] | None = None, seconds: float = 60.0) -> Frustration:
    """The frustration index, and a split that has it.

    `signs` is [N, N] and symmetric; only the signs count. Up to 20 states all splits are looked at; above, a
    mixed-integer programme is solved for `seconds` at most, which needs scipy. Aref and Wilson (2018), Measuring
    partial balance in signed networks, *Journal of Complex Networks* 6(4), 566-595.

    The textbook case: a state has two friends who are enemies.

    >>> found = frustration([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    >>> found.index, found.exact, round(found.share, 3)
    (1, True, 0.667)

    Raises InvalidArgument as `triads` does, for seconds that are not above 0, and where scipy is needed and missing.
    """
    if not (np.isfinite(seconds) and seconds > 0.0):
        raise InvalidArgument(f"the time for the search is {seconds:g} seconds; give a finite number above 0")
    tie = np.sign(symmetric(signs, names))
    if len(tie) <= EXACT:
        camps = landscape(tie).minima[0].camps
        bound = len(out_of_place(tie, camps))
    else:
        # Loads scipy, which small tables have no need of.
        from game.analysis.frustration import fewest_out_of_place

        camps, bound = fewest_out_of_place(tie, seconds)
    wrong = out_of_place(tie, camps)
    return Frustration(len(wrong), camps, wrong, int(np.count_nonzero(np.triu(tie, 1))), len(wrong) == bound, bound)


@dataclass(frozen=True, slots=True)
class LeadingCamps:
    """The camps [N] by the leading eigenvector, True for that of the first state it places, and its `eigenvalue`.

    `undecided` [N] marks states that it leaves at 0, such as those without ties; `camps` has them with the first.
    """

    camps: Booleans
    eigenvalue: float
    undecided: Booleans


def leading_camps(relations: ArrayLike, names: Sequence[str] | None = None) -> LeadingCamps:
    """The two camps that the signs of the leading eigenvector of relations make.

    `relations` is [N, N]; of both directions the mean counts. Marvel, Kleinberg, Kleinberg and Strogatz (2011): what a
    table tips into.

    >>> found = leading_camps([[0, 50, -50], [50, 0, -50], [-50, -50, 0]])
    >>> found.camps.tolist(), round(found.eigenvalue, 9), found.undecided.tolist()
    ([True, True, False], 100.0, [False, False, False])

    Raises InvalidArgument for a table that is not square or not finite.
    """
    values, vectors = np.linalg.eigh(mutual(square(relations, names)))
    vector = vectors[:, -1]
    small = 1e-9 * float(np.abs(vector).max())
    anchor = next((each for each in vector.tolist() if abs(each) > small), 1.0)
    return LeadingCamps(vector * np.sign(anchor) >= -small, float(values[-1]), np.abs(vector) <= small)
