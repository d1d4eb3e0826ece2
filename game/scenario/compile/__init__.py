"""From the typed file to arrays: a scenario becomes a Board, the first World and the Parameters.

Spreads are drawn here and nowhere else, each from a stream addressed by the path of its value, so that adding an event
does not reshuffle the rest; one interactive game takes the central values instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from game.kernel.declare import Leaf, Value
from game.kernel.draws import Draws
from game.kernel.world import Board
from game.parameters import paths
from game.scenario import spec
from game.scenario.compile.board import compiled_board
from game.scenario.compile.numbers import Numbers

if TYPE_CHECKING:
    from game.parameters import Parameters

__all__ = ["Compiled", "compiled"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a run needs: the board, with its first world's arrays, and the parameters the file sets."""

    board: Board
    parameters: Parameters
    scenario: spec.Scenario


def compiled(scenario: spec.Scenario, draws: Draws | None = None) -> Compiled:
    """Arrays of a scenario: with `draws` every spread is drawn for each replica, without it takes its central value."""
    # Late, because a check compiles the start alone and needs none of the rules and policies.
    from game.measures.suspicion import wary
    from game.parameters import defaults, with_values
    from game.scenario.compile.balance import with_balance
    from game.scenario.compile.posture import with_posture

    numbers = Numbers(draws)
    known = paths()
    values = {path: _within(known[path], numbers.leaf(spread)) for path, spread in scenario.parameters.items()}
    parameters = with_values(defaults(), values)
    board = with_balance(compiled_board(scenario, numbers))
    board = wary(with_posture(board, parameters["posture"]))
    return Compiled(board, parameters, scenario)


def _within(declared: Leaf, value: Value) -> Value:
    """A value or its draws within the bounds of its parameter, beyond which a spread may reach, as a state's may."""
    return np.clip(value, declared.low, declared.high) if isinstance(value, np.ndarray) else value
