"""Difficulty: how far ahead the states that the computer leads look, and whether they foresee how they are answered.

It never touches dice or resources: on every level the same draws are made and everybody has the same capital. A level
is a handful of parameters of the reasoner, and a journal keeps them as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.errors import UnknownName

LEVELS: Mapping[str, Mapping[str, float]] = {
    "novice": {"reasoner.horizon": 2.0, "reasoner.insight": 0.0},
    "normal": {"reasoner.horizon": 6.0, "reasoner.insight": 1.0},
    "expert": {"reasoner.horizon": 12.0, "reasoner.insight": 1.0},
}
"""Each level's parameters: turns looked ahead, and whether a state proposes only what it foresees to be accepted."""


def at_level(level: str | None, parameters: Mapping[str, float]) -> dict[str, float]:
    """The parameters of a level, and those that were set besides, which count before it; None is no level.

    Raises UnknownName when there is no such level.
    """
    if level is None:
        return dict(parameters)
    if level not in LEVELS:
        raise UnknownName("level of difficulty", level, tuple(LEVELS))
    return {**LEVELS[level], **parameters}
