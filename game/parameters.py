"""Every number of the model that may be set, by one name: `balance.coupling` in YAML, in `--set` and in a sweep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from game.errors import GameError, UnknownName, quoted
from game.kernel.declare import Leaf, Value, leaves
from game.policies.reasoner import reasoner
from game.rules import PARAMS

BLOCKS: Mapping[str, type[Any]] = {**PARAMS, "reasoner": reasoner.Params}
"""The `Params` of every rule, and of the built-in reasoner."""

Parameters = Mapping[str, Any]


class ParameterRange(GameError, ValueError):
    """A value outside the bounds that its parameter declares."""


def declared() -> Mapping[str, Mapping[str, Leaf]]:
    """Every declaration, by block and name."""
    return {block: leaves(params) for block, params in BLOCKS.items()}


def paths() -> Mapping[str, Leaf]:
    """Every declaration, by path."""
    return {f"{block}.{name}": leaf for block, names in declared().items() for name, leaf in names.items()}


def defaults() -> Parameters:
    """Every parameter at its default."""
    return {block: params() for block, params in BLOCKS.items()}


def with_values(parameters: Parameters, values: Mapping[str, Value]) -> Parameters:
    """The parameters with some set by path; a value is a float, or one a replica `[R]`.

    Raises UnknownName for a path that does not exist, ParameterRange for a value outside its bounds.
    """
    result = dict(parameters)
    known = paths()
    for path, value in values.items():
        if path not in known:
            raise UnknownName("parameter", path, known)
        if not isinstance(value, np.ndarray | int | float):
            raise ParameterRange(f"{path} is a number, not {quoted(value)}")
        check_bounds(path, known[path], value)
        block, name = path.split(".")
        result[block] = replace(result[block], **{name: value})
    return result


def check_bounds(path: str, leaf: Leaf, value: Value) -> None:
    """Raise ParameterRange where a value, or one of those of an array, lies outside its bounds."""
    if np.all((np.asarray(value) >= leaf.low) & (np.asarray(value) <= leaf.high)):
        return
    unit = "" if leaf.unit == "1" else f" {leaf.unit}"
    raise ParameterRange(f"{path} lies between {leaf.low:g} and {leaf.high:g}{unit}, not at {value}")
