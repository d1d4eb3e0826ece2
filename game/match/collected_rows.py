"""The rows a data collector of Mesa's holds: dropped with the turns that are undone, there again with those redone.

Mesa only ever appends. How much there was before a turn is a `Mark`; a whole copy is `Rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

Place = tuple[str, ...]
Rows = Mapping[Place, Any]
Mark = Mapping[Place, int]

GROWING = ("_agent_records", "_agenttype_records", "_collection_steps")
"""Where a collector keeps what it adds to besides the columns of models and tables; not every version has all."""


def rows_of(collector: Any) -> Rows:
    """Everything a collector holds, as it is now."""
    return {place: held.copy() for place, held in _holders(collector)}


def mark_of(collector: Any) -> Mark:
    """How much a collector holds."""
    # The columns of models grow together, and there are as many of them as pairs of states: the first speaks for all.
    return {_spoken_for(place): len(held) for place, held in reversed([*_holders(collector)])}


def put_back(collector: Any, rows: Rows, mark: Mark | None) -> None:
    """Make a collector hold what it held at a mark, or with None all of it."""
    first: dict[Place, int] = {}
    for place, held in rows.items():
        first.setdefault(_spoken_for(place), len(held))
    for place, held in _holders(collector):
        whole = rows.get(place, held.copy())
        total = first.get(_spoken_for(place), len(whole))
        later = 0 if mark is None else total - mark.get(_spoken_for(place), 0)
        left = max(0, len(whole) - later)
        if isinstance(held, dict):
            kept = dict(islice(whole.items(), left))
            held.clear()
            held.update(kept)
        else:
            held[:] = whole[:left]


def _spoken_for(place: Place) -> Place:
    return place[:1] if place[0] == "model_vars" else place


def _holders(collector: Any) -> Iterator[tuple[Place, Any]]:
    """Every list and dict that a collector adds to, by where it is."""
    for name, column in getattr(collector, "model_vars", {}).items():
        yield ("model_vars", name), column
    for table, columns in getattr(collector, "tables", {}).items():
        for name, column in columns.items():
            yield ("tables", table, name), column
    for name in GROWING:
        if hasattr(collector, name):
            yield (name,), getattr(collector, name)
