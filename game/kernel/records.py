"""Records: frozen dataclasses, changed by making another that differs in some fields."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record")


def changed(record: Record, **values: Any) -> Record:
    """What `dataclasses.replace` makes, in a quarter of its time: a turn makes dozens of records of thirty fields.

    For records with slots whose fields are all given when they are made; AttributeError for one that does not exist.
    """
    kind: Any = type(record)
    names, present = _fields_of(kind)
    made: Record = object.__new__(kind)
    for name, value in zip(names, present(record), strict=True):
        object.__setattr__(made, name, value)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], Any]:
    """The names of a record's fields, of which there are several, and what takes their values."""
    names = tuple(each.name for each in fields(kind))
    return names, attrgetter(*names)


def one_world(record: Record, replica: int) -> Record:
    """A record of arrays `[R, ...]` without the replica axis: the arrays of one replica, over the same memory.

    What is one number a replica becomes an array of one `[1]`; what all replicas share (V of length 1) is taken as is.
    """
    values: dict[str, Any] = {}
    kind: Any = type(record)
    for each in fields(kind):
        value = getattr(record, each.name)
        axes = each.metadata.get("axes", ())
        if axes[:1] in (("R",), ("V",)):
            place = replica if value.shape[0] > 1 else 0
            values[each.name] = value[place] if value.ndim > 1 else value[place : place + 1]
        elif not axes and is_dataclass(value) and not isinstance(value, type):
            values[each.name] = one_world(value, replica)
    return changed(record, **values) if values else record
