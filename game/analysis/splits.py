"""All splits of up to some twenty states into two camps, in arrays: their energies, and where descents come to rest.

A split has a number: state k is in the second camp where bit k - 1 is set, the first state never is. So there are
2^(N-1) of them, every split and its mirror image being one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.kernel.declare import Booleans, Floats, Integers

ROUNDING = 1e-10
"""Energies that differ by less than this share of all there is between the states are equal."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Splits of equal energy that single switches connect and from which none leads down.

    `first` is the lowest number among them, `share` the share of all splits whose steepest descent ends here, `free`
    [N] marks the states that may switch without leaving.
    """

    first: int
    share: float
    free: Booleans


def rounding(weights: Floats) -> float:
    """Up to which difference energies are equal, from what each pair adds if it is apart [N, N]."""
    return ROUNDING * float(np.abs(weights).sum()) / 2.0


def split(number: int, states: int) -> Booleans:
    """The camps [N] of the split of a number: True for the camp of the first state.

    >>> split(0b10, 3).tolist()
    [True, True, False]
    """
    return np.concatenate([[True], (number >> np.arange(states - 1)) & 1 == 0])


def energies(weights: Floats) -> Floats:
    """The energy of every split [2^(N-1)], by its number, from what each pair adds if it is apart [N, N].

    >>> energies(np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 0.0], [5.0, 0.0, 0.0]])).tolist()
    [0.0, 1.0, 5.0, 6.0]
    """
    found = np.zeros(1)
    for k in range(1, len(weights)):
        # What the states before k that are in the second camp weigh to it, by the number of their split.
        second = np.zeros(1)
        for j in range(1, k):
            second = np.concatenate([second, second + weights[k, j]])
        found = np.concatenate([found + second, found + (weights[k, :k].sum() - second)])
    return found


def resting_places(level: Floats, states: int, equal: float) -> list[Rest]:
    """Where steepest descents come to rest, from the energy of every split [2^(N-1)].

    Where several switches are equally steep, a descent takes each of them in equal shares. One that comes to a level
    stretch without a way down walks to the nearest way off it.
    """
    down = np.full(len(level), np.inf)
    for state in _switches(states):
        np.minimum(down, _after_switch(level, state), out=down)
    flat = ~(down < level - equal)
    label = _labels(level, flat, states, equal)
    distance = _distances(level, flat, states, equal)
    final = flat & (distance == np.iinfo(np.int64).max)
    down[flat] = -np.inf  # these have no way down, only along
    source, goal = _steps(level, down + equal, flat, distance, states, equal)
    mass = _settled(source, goal, len(level))
    places, owner = np.unique(label[final], return_inverse=True)
    shares = np.bincount(owner, weights=mass[final], minlength=len(places)) / len(level)
    free = _free(level, final, owner, len(places), states, equal)
    return [Rest(int(first), float(share), loose) for first, share, loose in zip(places, shares, free, strict=True)]


def _switches(states: int) -> range:
    """The states whose switch leads to another split: a state alone has none."""
    return range(states if states > 1 else 0)


def _after_switch(of: Floats | Integers | Booleans, state: int) -> Floats:
    """A value of every split [2^(N-1)], at the split that the switch of a state leads to.

    A switch of the first state is one of all others, since it is what the camps are named by.
    """
    if state == 0:
        return np.asarray(of[::-1])
    return np.asarray(of.reshape(-1, 2, 1 << (state - 1))[:, ::-1].reshape(-1))


def _beside(numbers: Integers, state: int, states: int) -> Integers:
    """The number of the split that the switch of a state leads to."""
    return np.asarray(numbers ^ ((1 << (states - 1)) - 1 if state == 0 else 1 << (state - 1)))


def _level_steps(level: Floats, flat: Booleans, states: int, equal: float) -> Iterator[tuple[int, Integers, Integers]]:
    """State by state, the splits without a way down that its switch leaves at their level, and where it leads."""
    numbers = np.flatnonzero(flat)
    for state in _switches(states):
        other = _beside(numbers, state, states)
        same = np.abs(level[other] - level[numbers]) <= equal
        yield state, numbers[same], other[same]


def _labels(level: Floats, flat: Booleans, states: int, equal: float) -> Integers:
    """For every split without a way down the lowest number on its level stretch `[2^(N-1)]`."""
    label = np.arange(len(level))
    steps = [(one[flat[other]], other[flat[other]]) for _, one, other in _level_steps(level, flat, states, equal)]
    steps = [(one, other) for one, other in steps if one.size]
    moved = True
    while moved:
        moved = False
        for one, other in steps:
            lower = label[other] < label[one]
            moved = moved or bool(lower.any())
            label[one[lower]] = label[other[lower]]
    return label


def _distances(level: Floats, flat: Booleans, states: int, equal: float) -> Integers:
    """How many level steps every split without a way down is from one with such a way; the greatest number: no way."""
    never = np.iinfo(np.int64).max
    distance = np.where(flat, never, 0)
    steps = [(one, other) for _, one, other in _level_steps(level, flat, states, equal) if one.size]
    ahead = True
    reached = 0
    while ahead:
        ahead = False
        for one, other in steps:
            near = (distance[other] == reached) & (distance[one] > reached + 1)
            ahead = ahead or bool(near.any())
            distance[one[near]] = reached + 1
        reached += 1
    return distance


def _steps(
    level: Floats, least: Floats, flat: Booleans, distance: Integers, states: int, equal: float
) -> tuple[Integers, Integers]:
    """Every step of a steepest descent: from which split, to which."""
    steps = []
    for state in _switches(states):
        steep = np.flatnonzero(_after_switch(level, state) <= least)
        steps.append((steep, _beside(steep, state, states)))
    for _, one, other in _level_steps(level, flat, states, equal):
        nearer = distance[other] < distance[one]
        steps.append((one[nearer], other[nearer]))
    nowhere = [np.zeros(0, dtype=np.int64)]
    return np.concatenate([one for one, _ in steps] or nowhere), np.concatenate([goal for _, goal in steps] or nowhere)


def _settled(source: Integers, goal: Integers, splits: int) -> Floats:
    """Where the weight of 1 on every split [2^(N-1)] has gone when all descents have ended."""
    ways = np.bincount(source, minlength=splits)
    arrived = ways == 0
    mass: Floats = np.ones(splits)
    rest: Floats = arrived.astype(np.float64)
    while source.size:
        mass = np.asarray(np.bincount(goal, weights=mass[source] / ways[source], minlength=splits), dtype=np.float64)
        rest[arrived] += mass[arrived]
        on = mass[source] > 0.0
        source, goal = source[on], goal[on]
    return rest


def _free(level: Floats, final: Booleans, owner: Integers, places: int, states: int, equal: float) -> Booleans:
    """Which states [places, N] may switch without leaving a resting place."""
    place = np.zeros(len(level), dtype=np.int64)
    place[final] = owner
    free = np.zeros((places, states), dtype=np.bool_)
    for state, one, _ in _level_steps(level, final, states, equal):
        free[place[one], state] = True
    return free
