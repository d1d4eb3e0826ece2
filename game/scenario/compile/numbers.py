"""Spreads become numbers here and nowhere else, each drawn from a stream addressed by the path of its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel import conditions as predicate
from game.kernel.declare import Floats
from game.kernel.draws import SPREAD, Draws, key
from game.kernel.numerics import COARSE, snap
from game.scenario import spec


@dataclass(frozen=True, slots=True)
class Numbers:
    """Turns spreads into numbers: `[1]` where one value serves all replicas, `[R]` where each draws its own."""

    draws: Draws | None

    def array(self, spread: spec.Spread) -> Floats:
        """The value on the coarse grid `[1 or R]`."""
        if self.draws is None or spread.form == "constant":
            return snap(np.array([spread.central]), COARSE)
        cell = np.array([key(spread.path)], dtype=np.uint64)
        return snap(_drawn(spread, self.draws, cell), COARSE)

    def leaf(self, spread: spec.Spread) -> float | Floats:
        """The value as a parameter: a float, or `[R]`."""
        if self.draws is None or spread.form == "constant":
            return spread.central
        return self.array(spread)


def _drawn(spread: spec.Spread, draws: Draws, cell: Any) -> Floats:
    """One draw a replica from the distribution `[R]`; a normal is twelve uniforms less six, so that it has an end."""
    if spread.form == "normal":
        many = np.concatenate([draws.uniform(0, SPREAD, cell + np.uint64(step)) for step in range(12)], axis=1)
        return spread.first + spread.second * (np.cumsum(snap(many), axis=1)[:, -1] - 6.0)
    uniform = draws.uniform(0, SPREAD, cell)[:, 0]
    if spread.form == "flat":
        return spread.first + (spread.second - spread.first) * uniform
    low, mode, high = spread.first, spread.second, spread.third
    width = high - low
    if width == 0.0:
        return np.full(uniform.shape, low)
    rising = low + np.sqrt(uniform * width * (mode - low))
    falling = high - np.sqrt((1.0 - uniform) * width * (high - mode))
    return np.where(uniform * width < mode - low, rising, falling)


def stacked(parts: Mapping[tuple[int, ...], Floats], shape: tuple[int, ...]) -> Floats:
    """An array `[1 or R, *shape]` with the given cells, 0 elsewhere."""
    depth = max((part.shape[0] for part in parts.values()), default=1)
    result = np.zeros((depth, *shape))
    for cell, part in parts.items():
        place: tuple[Any, ...] = (slice(None), *cell)
        result[place] += part
    return result


def entered(cells: dict[tuple[int, ...], Floats], cell: tuple[int, ...], amount: Floats) -> None:
    """Add an amount to a cell."""
    cells[cell] = cells[cell] + amount if cell in cells else amount


def index_of(names: Iterable[str]) -> dict[str, int]:
    """The place of each name."""
    return {name: place for place, name in enumerate(names)}


def all_of(conditions: Sequence[spec.Condition]) -> predicate.Condition:
    """Several conditions that must all hold, as one."""
    nodes = tuple(each.node for each in conditions)
    return nodes[0] if len(nodes) == 1 else predicate.Group("all", nodes)
