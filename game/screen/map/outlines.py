"""Outlines of states and disputed areas, read from TopoJSON: borders that two states share are stored, and drawn, once.

Format: Bostock and Metcalf, "The TopoJSON Format Specification", 2013.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.files import asset_path

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One state or area: `id` is its ISO 3166 code, or the name by which a scenario calls its `shape`.

    Of each of the `polygons`, in degrees, the first ring is its edge, the rest are holes. `arcs` numbers its lines.
    """

    id: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]
    arcs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Outlines:
    """A map's outlines: states, disputed areas, and every line with the states on its two sides."""

    states: Mapping[str, Outline]
    disputed: Mapping[str, Outline]
    arcs: tuple[Ring, ...]

    def borders(self) -> tuple[Ring, ...]:
        """The lines between two states; the rest are coasts, or the window's edge."""
        count = [0] * len(self.arcs)
        for state in self.states.values():
            for arc in state.arcs:
                count[arc] += 1
        return tuple(arc for arc, sides in zip(self.arcs, count, strict=True) if sides > 1)


def read_outlines(path: Path | None = None) -> Outlines:
    """The outlines of a file, by default those that come with the game."""
    file = path or asset_path("maps", "region.json")
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = tuple(_unpacked(arc, topology["transform"]) for arc in topology["arcs"])
    states, disputed = (
        {each.id: each for each in (_outline(part, arcs) for part in topology["objects"][layer]["geometries"])}
        for layer in ("states", "disputed")
    )
    return Outlines(states, disputed, arcs)


def _unpacked(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Ring:
    """A line in degrees from its steps on the file's grid."""
    (width, height), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for across, up in arc:
        x, y = x + across, y + up
        points.append((x * width + west, y * height + south))
    return tuple(points)


def _outline(part: Mapping[str, Any], arcs: Sequence[Ring]) -> Outline:
    polygons = [part["arcs"]] if part["type"] == "Polygon" else part["arcs"]
    used = frozenset(arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring)
    rings = tuple(tuple(_ring(ring, arcs) for ring in polygon) for polygon in polygons)
    return Outline(part["properties"]["id"], part["properties"]["name"], rings, used)


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Lines joined end to end; a negative number is a line run backwards."""
    points: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(line[1:] if points else line)
    return tuple(points)
