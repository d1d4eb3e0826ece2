"""matrix: how everybody stands to everybody, blocs side by side; depth and trust in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from game.narrative.wording import signed
from game.play.blocs import blocs
from game.play.commands import Explain
from game.play.snapshot import Game, Snapshot, StateCard
from game.screen.kit import theme, toolbar
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import low, narrow, page
from game.screen.kit.shapes import (
    Clip,
    Flag,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import Button, held, ring
from game.screen.messages import (
    Back,
    Drag,
    Go,
    Gripped,
    Wheel,
)

SHOWN: Mapping[str, str] = {"relation": "Relations", "depth": "Depth", "trust": "Trust"}
"""What the table can show, and what it is called."""

MEANING: Mapping[str, str] = {
    "relation": "How the state of a row regards the state of a column. Frames hold blocs together.",
    "depth": "How much two states share: agreements, deliveries, access and regard, from 0 to 100.",
    "trust": "How far the state of a row takes the state of a column at its word, from 0 to 1.",
}
LEAST, MOST = 38.0, 78.0
HEAD = 148.0


@dataclass(frozen=True, slots=True)
class Model:
    """What is shown, and which row and column come first where not all have room."""

    shown: str = "relation"
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Show:
    """Show another quantity."""

    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Ask why one state regards another as it does."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The table as it lies on the screen: how far it can be moved, and how large a cell is."""

    rows: int
    columns: int
    cell: float


@dataclass(frozen=True, slots=True)
class Aside:
    """Move the table by columns, where not all have room."""

    step: int


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    return {"previous state": Aside(-1), "next state": Aside(1)}


ordered = lru_cache(maxsize=8)(blocs)
"""The states in blocs, worked out once for a table."""


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Switch, move about, ask why."""
    match message:
        case Go() | Back():
            return model, (message,)
        case Show(name):
            return replace(model, shown=name), ()
        case Cell(first, second):
            return model, (Explain(first, second), Go("why", {"first": first, "second": second}))
        case Aside(step) if snapshot.game is not None:
            return replace(model, column=min(max(model.column + step, 0), len(snapshot.game.states) - 1)), ()
        case Gripped(Reach() as reach, Wheel(_, _, steps)):
            return _moved(model, reach, -round(steps), 0), ()
        case Gripped(Reach() as reach, Drag(_, _, across, down)):
            return _moved(model, reach, -round(down / reach.cell * 1.4), -round(across / reach.cell * 1.4)), ()
    return model, ()


def _moved(model: Model, reach: Reach, down: int, across: int) -> Model:
    return replace(
        model,
        row=min(max(model.row + down, 0), reach.rows),
        column=min(max(model.column + across, 0), reach.columns),
    )


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The switch, the scale, and the table."""
    game = snapshot.game
    if game is None:
        return page(frame, "Matrix", "There is no game yet")[0]
    shapes, inner = page(frame, "Matrix", "" if low(frame) else MEANING[model.shown])
    faces = [Button(title, Show(name), f"show {name}", main=model.shown == name) for name, title in SHOWN.items()]
    bar, inner = toolbar.tools(frame, inner, faces)
    if model.shown == "relation" and not narrow(frame):
        bar = (*bar, *_legend(frame, Rect(inner.x + 300, inner.y - toolbar.HEIGHT - 6, inner.width - 300, 32)))
    return (*shapes, *bar, *_table(model, game, frame, inner.top(6)[1]))


def _legend(frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The bands by colour, glyph and name, from the right."""
    right = rect.right
    for band in reversed(theme.BANDS):
        wide = frame.measure(band.name, theme.NOTE) + 4
        yield Words(Rect(right - wide, rect.y, wide, rect.height), band.name, theme.NOTE, theme.FAINT)
        chip = Rect(right - wide - 24, rect.centre[1] - 9, 20, 18)
        yield Panel(chip, band.dark, radius=4)
        yield Words(chip, band.glyph, theme.NOTE, ink_on(band.dark), "centre")
        right -= wide + 40


def ink_on(ground: theme.Colour) -> theme.Colour:
    """Dark ink or light, whichever can be read better on a colour."""
    return max((theme.INK, theme.PAPER), key=lambda ink: theme.contrast(ink, ground))


def _table(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    groups = ordered(game.relations)
    order = [state for group in groups for state in group]
    count, head = len(order), min(HEAD, rect.width * 0.24)
    top = 44.0
    cell = min(max(min((rect.width - head) / count, (rect.height - top) / count), LEAST), MOST)
    wide, tall = min(MOST + 14, max(cell, (rect.width - head) / count)), cell
    rows = min(max(int((rect.height - top + 0.5) // tall), 1), count)
    columns = min(max(int((rect.width - head + 0.5) // wide), 1), count)
    row, column = min(model.row, count - rows), min(model.column, count - columns)
    whole = Rect(rect.x, rect.y, head + wide * columns, top + tall * rows)
    yield Zone(whole, None, "table", focusable=False, grip=Reach(count - rows, count - columns, cell))
    seen_rows, seen_columns = order[row : row + rows], order[column : column + columns]
    for place, state in enumerate(seen_columns):
        box = Rect(rect.x + head + wide * place, rect.y, wide, top)
        yield from _column_head(game.states[state], box)
    table = _values(model.shown, game)
    shapes: list[Shape] = []
    for down, first in enumerate(seen_rows):
        line = Rect(rect.x, rect.y + top + tall * down, head, tall)
        yield from _row_head(game.states[first], line, game.side)
        for across, second in enumerate(seen_columns):
            box = Rect(rect.x + head + wide * across, line.y, wide, tall)
            shapes += _cell(model.shown, table[first][second], game, first, second, frame, box)
    field = Rect(rect.x + head, rect.y + top, wide * columns, tall * rows)
    shapes += _frames(groups, field, row, column, wide, tall)
    yield Clip(field.inset(-2), tuple(shapes))
    if rows < count or columns < count:
        text = f"{rows} × {columns} of {count} × {count}"
        yield Words(Rect(rect.x, rect.y, head - 8, top), text, theme.NOTE, theme.FAINT)


def _values(shown: str, game: Game) -> tuple[tuple[float, ...], ...]:
    return {"relation": game.relations, "depth": game.depth, "trust": game.trust}[shown]


def _row_head(state: StateCard, rect: Rect, side: str | None) -> Iterator[Shape]:
    x = rect.x
    if state.code:
        yield Flag(Rect(x, rect.centre[1] - 9, 27, 18), state.code, state.name, state.colour)
    else:
        yield Panel(Rect(x + 4, rect.centre[1] - 7, 18, 14), state.colour, radius=4)
    ink = theme.ACCENT if state.id == side else theme.TEXT
    yield Words(Rect(x + 36, rect.y, rect.width - 42, rect.height), state.name, theme.SMALL, ink)


def _column_head(state: StateCard, rect: Rect) -> Iterator[Shape]:
    flag = Rect(rect.centre[0] - 13.5, rect.y + 2, 27, 18)
    if state.code:
        yield Flag(flag, state.code, state.name, state.colour)
    else:
        yield Panel(flag.inset(4, 2), state.colour, radius=4)
    yield Words(Rect(rect.x + 2, rect.y + 22, rect.width - 4, 18), state.name, theme.NOTE, theme.FAINT, "centre")


def _cell(shown: str, value: float, game: Game, first: int, second: int, frame: Frame, rect: Rect) -> Iterator[Shape]:
    box = rect.inset(1.5)
    if first == second:
        yield Panel(box, theme.mixed(theme.PANEL, theme.INK, 0.35), radius=4)
        return
    one, other = game.states[first], game.states[second]
    text, ground, said = shown_as(shown, value)
    name = f"cell {one.id} {other.id}"
    edge = theme.TEXT if held(frame, name, box) else None
    yield Panel(box, ground, radius=4, edge=edge)
    style = theme.SMALL if rect.width >= 52 else theme.NOTE
    text = text if frame.measure(text, style) <= box.width - 2 else text.replace(" ", "")
    yield Words(box, text, style, ink_on(ground), "centre")
    yield from ring(frame, name, box.inset(2))
    yield Zone(box, Cell(one.id, other.id), name, f"{one.name} → {other.name}: {said}. Press to ask why.")


def shown_as(shown: str, value: float) -> tuple[str, theme.Colour, str]:
    """A cell's text, its ground, and what it says in words."""
    if shown == "relation":
        band = theme.band(value)
        number = signed(value)
        return f"{band.glyph} {number}", band.dark, f"{band.name.lower()}, {number}"
    if shown == "trust":
        share = min(max(value, 0.0), 1.0)
        return f"{value:.2f}", theme.mixed(theme.RAISED, theme.BANDS[6].dark, share), f"trust {value:.2f}"
    share = min(max(value, 0.0) / 100.0, 1.0)
    return f"{value:.0f}", theme.mixed(theme.RAISED, theme.BANDS[6].dark, share), f"depth {value:.0f} of 100"


def _frames(
    groups: tuple[tuple[int, ...], ...], field: Rect, row: int, column: int, wide: float, tall: float
) -> Iterator[Shape]:
    """A frame around every bloc of more than one."""
    start = 0
    for group in groups:
        left, top = field.x + (start - column) * wide, field.y + (start - row) * tall
        if len(group) > 1 and left < field.right - 1 and top < field.bottom - 1:
            right, bottom = left + len(group) * wide, top + len(group) * tall
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            yield Line(corners, theme.ACCENT, 2.0)
        start += len(group)
