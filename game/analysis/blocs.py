"""Blocs: who belongs together, read off a table of how everybody regards everybody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

Table = Sequence[Sequence[float]]

FIRM = 25.0
"""How well two groups must regard each other on average to be one bloc."""


def mutual(table: Table) -> tuple[tuple[float, ...], ...]:
    """The table with the mean of both directions in place of each."""
    size = range(len(table))
    return tuple(tuple((table[i][j] + table[j][i]) / 2 for j in size) for i in size)


def blocs(table: Table, firm: float = FIRM) -> tuple[tuple[int, ...], ...]:
    """The states in blocs, those that go together side by side; states without friends are blocs of one.

    Groups are joined, best first, as long as they regard each other well enough on average (average linkage, Sokal and
    Michener 1958). Blocs and their members stand in the order of the leading axis of the table.
    """
    even = mutual(table)
    groups: list[tuple[int, ...]] = [(state,) for state in range(len(table))]
    while len(groups) > 1:
        score, first, second = max(
            ((_between(even, one, other), -i, -j) for (i, one), (j, other) in combinations(enumerate(groups), 2))
        )
        if score < firm:
            break
        joined = groups[-first] + groups[-second]
        groups = [group for place, group in enumerate(groups) if place not in (-first, -second)] + [joined]
    axis = leading_axis(even)
    members = [tuple(sorted(group, key=lambda state: (-axis[state], state))) for group in groups]
    return tuple(sorted(members, key=lambda group: (-sum(axis[each] for each in group) / len(group), group)))


def _between(even: Table, one: Sequence[int], other: Sequence[int]) -> float:
    """How well two groups regard each other on average."""
    return sum(even[i][j] for i in one for j in other) / (len(one) * len(other))


def leading_axis(even: Table, rounds: int = 200) -> tuple[float, ...]:
    """The eigenvector of the greatest eigenvalue of a symmetric table: those at its two ends are furthest apart.

    By the power method, the table shifted so that its greatest eigenvalue is also the one of greatest size. The first
    state with a place off the middle stands on the side above zero.
    """
    size = range(len(even))
    shift = max((sum(abs(value) for value in row) for row in even), default=0.0)
    vector = [1.0 + state / (len(even) + 1.0) for state in size]
    for _ in range(rounds):
        moved = [shift * vector[i] + sum(even[i][j] * vector[j] for j in size) for i in size]
        length = sum(value * value for value in moved) ** 0.5 or 1.0
        vector = [value / length for value in moved]
    leader = next((value for value in vector if abs(value) > 1e-9), 1.0)
    return tuple(value if leader > 0 else -value for value in vector)
