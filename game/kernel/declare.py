"""How a number declares itself: bounds, unit, meaning and source, beside its default.

A rule's `Params` is a frozen dataclass whose fields are made by `leaf`; the checker, the reference page, `--set` and
sweeps all read the same declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int16]
Booleans = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
Value: TypeAlias = Any
"""What a leaf of a `Params` holds: a float or, where replicas differ, one float each `[R]`; in kernels a float."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One declared parameter."""

    default: float
    low: float
    high: float
    unit: str
    doc: str
    source: str


def leaf(default: float, low: float, high: float, unit: str, doc: str, source: str = "ours") -> Any:
    """A dataclass field that carries its declaration; its value is a float, or one float a replica `[R]`."""
    return field(default=default, metadata={"leaf": Leaf(default, low, high, unit, doc, source)})


def leaves(params: type[Any]) -> Mapping[str, Leaf]:
    """The declarations of a `Params` class, in order."""
    return {each.name: each.metadata["leaf"] for each in fields(params)}


def is_swept(params: Any) -> bool:
    """Whether any value of a `Params` is one a replica."""
    return any(isinstance(getattr(params, each.name), np.ndarray) for each in fields(params))


def of_replica(params: Any, replica: int) -> Any:
    """A `Params` with each value as one number, that of a replica."""
    values = {}
    for each in fields(params):
        value = getattr(params, each.name)
        values[each.name] = float(value[replica] if isinstance(value, np.ndarray) and value.ndim else value)
    return type(params)(**values)


def shaped(axes: str, doc: str = "") -> Any:
    """A field of a record that kernels take: an array with these axes; R or V in front are replicas outside kernels."""
    return field(metadata={"axes": tuple(axes), "doc": doc})


def axes_within(declared: Any) -> tuple[str, ...]:
    """The axes of a declared field as a kernel sees it, for one world."""
    names: tuple[str, ...] = declared.metadata["axes"]
    return names[1:] if names[:1] in (("R",), ("V",)) else names


DTYPES: Mapping[str, Any] = {
    "Floats": np.float64,
    "Integers": np.int64,
    "Shorts": np.int16,
    "Booleans": np.bool_,
    "Words": np.uint64,
}
"""What the arrays of a record hold, by the name of their type."""
