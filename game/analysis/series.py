"""Series: blocs, balance, frustration, polarisation and brokerage of a region, turn by turn.

All take relations `[T, N, N]` from -100 to 100, as `History.series()` or an ensemble's `series[r]` have them, and give
a value a turn. Alliance depth is in `game.analysis.alliance_depth`, tension in `game.analysis.worlds`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from game.analysis.balance import frustration, leading_camps, ties, triads
from game.analysis.blocs import FIRM, blocs
from game.analysis.tables import mutual, square
from game.errors import InvalidArgument
from game.kernel.declare import Floats, Integers

Blocs = tuple[tuple[int, ...], ...]

FRIENDLY = 10.0
"""From where on relations are a friendly tie, where nothing else is said: warm, as the bands of the game have it."""


def bloc_series(relations: ArrayLike, firm: float = FIRM) -> list[Blocs]:
    """The blocs after each turn: groups, as numbers of states, that regard each other at `firm` or more on average.

    Average linkage (Sokal and Michener 1958), of both directions the mean.

    >>> bloc_series([[[0, 50, -50], [50, 0, -50], [-50, -50, 0]], [[0, 0, 0], [0, 0, 60], [0, 60, 0]]])
    [((0, 1), (2,)), ((1, 2), (0,))]

    Raises InvalidArgument for relations that are not a series of square tables of finite numbers.
    """
    return [blocs(table.tolist(), firm) for table in _tables(relations)]


def balance_series(relations: ArrayLike, threshold: float = 0.0) -> Floats:
    """The share of triads in balance after each turn [T], 0 to 1; ties as in `game.analysis.balance.ties`.

    >>> balance_series([[[0, 5, 5], [5, 0, 5], [5, 5, 0]], [[0, 5, 5], [5, 0, -5], [5, -5, 0]]]).tolist()
    [1.0, 0.0]

    Raises InvalidArgument as `bloc_series` does.
    """
    return np.array([triads(ties(table, threshold)).balanced for table in _tables(relations)])


def frustration_series(relations: ArrayLike, threshold: float = 0.0, seconds: float = 60.0) -> Integers:
    """The frustration index after each turn [T], in ties; for `seconds` see `game.analysis.balance.frustration`.

    >>> frustration_series([[[0, 5, 5], [5, 0, 5], [5, 5, 0]], [[0, 5, 5], [5, 0, -5], [5, -5, 0]]]).tolist()
    [0, 1]

    Raises InvalidArgument as `bloc_series` does, and where scipy is needed and missing.
    """
    return np.array([frustration(ties(table, threshold), seconds=seconds).index for table in _tables(relations)])


def polarisation(relations: ArrayLike) -> float:
    """How far a region has come apart in two: half of how much better states are regarded within than across camps.

    From 0 (one camp, or no difference) to 1 (all at 100 within and -100 between); the camps are those of the leading
    eigenvector, and a camp of one has no relations within. In shares of the scale; our own measure, in the sense of
    Morrison, Kutz and Gabbay (2023).

    >>> polarisation([[0, 100, -100], [100, 0, -100], [-100, -100, 0]])
    1.0
    >>> polarisation([[0, 100, 100], [100, 0, 100], [100, 100, 0]])
    0.0

    Raises InvalidArgument for a table that is not square or not finite.
    """
    table = mutual(square(relations))
    camps = leading_camps(table).camps
    if camps.all():
        return 0.0
    together = camps[:, None] == camps
    within = table[together & ~np.eye(len(table), dtype=np.bool_)]
    gap = (within.mean() if within.size else 0.0) - table[~together].mean()
    return float(max(0.0, gap) / 200.0)


def polarisation_series(relations: ArrayLike) -> Floats:
    """`polarisation` after each turn [T], 0 to 1.

    >>> polarisation_series([[[0, 100], [100, 0]], [[0, -100], [-100, 0]]]).tolist()
    [0.0, 0.5]

    Raises InvalidArgument as `bloc_series` does.
    """
    return np.array([polarisation(table) for table in _tables(relations)])


def brokerage(relations: ArrayLike, threshold: float = FRIENDLY) -> Floats:
    """How much each state stands between others [N]: its betweenness among friendly ties, 0 to 1.

    The share of shortest ways along ties above `threshold` (of both directions the mean) between two others that lead
    through it. Freeman (1977), A set of measures of centrality based on betweenness, *Sociometry* 40(1), 35-41. One
    state is the friend of two that are none of each other:

    >>> brokerage([[0, 50, 50], [50, 0, -50], [50, -50, 0]]).tolist()
    [1.0, 0.0, 0.0]

    Raises InvalidArgument for a table that is not square or not finite, and without networkx.
    """
    try:
        import networkx as nx
    except ImportError:
        raise InvalidArgument("brokerage takes networkx; pip install 'realpolitik[data]'") from None
    friendly = ties(relations, threshold) > 0
    graph = nx.from_numpy_array(friendly.astype(np.int64))
    found = nx.betweenness_centrality(graph)
    return np.array([found[state] for state in range(len(friendly))], dtype=np.float64)


def brokerage_series(relations: ArrayLike, threshold: float = FRIENDLY) -> Floats:
    """`brokerage` after each turn [T, N], 0 to 1.

    >>> brokerage_series([[[0, 50, 50], [50, 0, -50], [50, -50, 0]]]).tolist()
    [[1.0, 0.0, 0.0]]

    Raises InvalidArgument as `bloc_series` does, and without networkx.
    """
    return np.stack([brokerage(table, threshold) for table in _tables(relations)])


def _tables(relations: ArrayLike) -> Sequence[Floats]:
    """The tables of a series, checked one by one."""
    try:
        series = np.asarray(relations, dtype=np.float64)
    except (TypeError, ValueError):
        series = np.zeros(0)
    if series.ndim != 3 or not len(series):
        raise InvalidArgument(
            "the relations are no series of tables; give them as turns × states × states, all tables of one size"
        )
    found = []
    for turn, table in enumerate(series):
        try:
            found.append(square(table))
        except InvalidArgument as error:
            raise InvalidArgument(f"turn {turn}: {error}") from error
    return found
