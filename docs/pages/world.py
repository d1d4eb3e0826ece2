"""The page about the world: every array that a run can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields
from typing import Any

from docs.pages.markdown import WRITTEN_BY, facts, number, table, text
from game.kernel.changes import ADDED, REPLACED
from game.kernel.world import (
    FOREVER,
    NEVER,
    POSTURES,
    RUNGS,
    World,
)

AXES = {
    "R": "replicas", "N": "states", "A": "acts", "C": "acts that can be kept secret", "K": "kinds of tie",
    "P": "kinds of pledge", "L": "memories", "Q": "attributes", "D": "disputes", "B": "the two sides of a dispute",
    "E": "events", "F": "flags",
}  # fmt: skip


def pages() -> Mapping[str, str]:
    """The page by the name of its file."""
    return {"world.md": text(world_page())}


def arrays() -> list[Field[Any]]:
    """The fields of a world that are arrays, in order."""
    return [each for each in fields(World) if "axes" in each.metadata]


def world_page() -> Iterator[str]:
    """What a run can change."""
    yield from ("# The world", "", WRITTEN_BY.format(source="the fields of `game.kernel.world.World`"))
    yield "Besides these arrays a world has `turn`, how many turns have been played, and `opened`, whether the events"
    yield f"of the next one have happened. {FOREVER} stands for *without end*, {NEVER} for *never*. Relations are not"
    yield "stored: `game.relations(board, world)` derives them."
    yield ""
    rows = [(f"[`{each.name}`](#{each.name})", axes_of(each), each.metadata["doc"]) for each in arrays()]
    yield from table(("field", "axes", "meaning"), rows)
    yield from ("", "## Axes", "")
    yield from table(("axis", "counts"), ((f"`{axis}`", counts) for axis, counts in AXES.items()))
    yield from ("", "## Rungs and postures", "")
    yield from table(("number", "rung of a crisis"), ((str(height), name) for height, name in enumerate(RUNGS)))
    yield ""
    yield from table(("number", "posture"), ((str(which), name) for which, name in enumerate(POSTURES)))
    for each in arrays():
        yield from ("", f"## {each.name}", "", f"{each.metadata['doc'][:1].upper()}{each.metadata['doc'][1:]}.", "")
        yield from facts([
            ("axes", axes_of(each)),
            ("from", number(float(each.metadata["low"]))),
            ("to", number(float(each.metadata["high"]))),
            ("type", str(each.type)),
            ("changed by rules", how_changed(each.name)),
        ])  # fmt: skip


def axes_of(each: Field[Any]) -> str:
    """The axes of an array."""
    return f"`[{', '.join(each.metadata['axes'])}]`"


def how_changed(name: str) -> str:
    """Whether changes of one phase to an array add up, or set it anew."""
    return "they add to it" if name in ADDED else "they set it anew" if name in REPLACED else "by none: derived"
