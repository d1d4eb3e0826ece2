"""Widgets: buttons, cards, bars, lists and tables, each a function from values to shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.narrative.wording import signed
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Align,
    Clip,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
    texts_at,
)
from game.screen.kit.theme import (
    BODY,
    NOTE,
    SMALL,
    STRONG,
    Colour,
    Style,
)

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def held(frame: Frame, name: str, rect: Rect) -> bool:
    """Whether the pointer rests on a rectangle."""
    return frame.pointer is not None and rect.holds(*frame.pointer)


def ring(frame: Frame, name: str, rect: Rect) -> View:
    """The ring around what has the focus."""
    if frame.focus != name:
        return ()
    grown = rect.inset(-3)
    corners = ((grown.x, grown.y), (grown.right, grown.y), (grown.right, grown.bottom), (grown.x, grown.bottom))
    return (Line((*corners, corners[0]), theme.ACCENT, 2),)


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its words, what it sends, and how much it wants to be pressed."""

    text: str
    message: object
    name: str
    icon: str | None = None
    main: bool = False
    live: bool = True
    hint: str = ""


def button(frame: Frame, rect: Rect, face: Button, style: Style = STRONG) -> View:
    """A button in a box; one that is not live is greyed and sends nothing."""
    over = face.live and held(frame, face.name, rect)
    ground, ink = (theme.ACCENT, theme.INK) if face.main else (theme.RAISED, theme.TEXT)
    if over:
        ground = theme.mixed(ground, theme.TEXT, 0.14)
    if not face.live:
        ground, ink = theme.PANEL, theme.DULL
    shapes: list[Shape] = [Panel(rect, ground, radius=6, edge=None if face.main else theme.RULE)]
    inner = rect.inset(10, 0)
    if face.icon is not None:
        size = min(rect.height - 12, 20.0)
        wide = frame.measure(face.text, style) if face.text else 0.0
        start = inner.x + max((inner.width - wide - size - 8) / 2, 0.0) if face.text else rect.centre[0] - size / 2
        shapes.append(Icon(Rect(start, rect.centre[1] - size / 2, size, size), face.icon, ink))
        inner = Rect(start + size + 8, rect.y, inner.right - start - size - 8, rect.height)
        if face.text:
            shapes.append(Words(inner, face.text, style, ink))
    else:
        shapes.append(Words(inner, face.text, style, ink, "centre"))
    if face.live:
        shapes += [*ring(frame, face.name, rect), Zone(rect, face.message, face.name, face.hint)]
    return tuple(shapes)


def card(rect: Rect, title: str = "", colour: Colour = theme.PANEL) -> tuple[View, Rect]:
    """A panel with a title, and the room inside it."""
    shapes: list[Shape] = [Panel(rect, colour, radius=10, edge=theme.RULE, shadow=True)]
    inner = rect.inset(14, 12)
    if title:
        head, inner = inner.top(26)
        shapes.append(Words(head, title, theme.HEADING, theme.TEXT))
        _, inner = inner.top(8)
    return tuple(shapes), inner


def paragraph(frame: Frame, rect: Rect, text: str, style: Style = BODY, colour: Colour = theme.TEXT) -> View:
    """Text set in lines that fit a width; what has no room is left out, the last line ending in an ellipsis."""
    height = style.size * 1.45
    lines = list(wrapped(frame, text, style, rect.width))
    room = max(int(rect.height // height), 1)
    shown = lines[:room]
    if len(lines) > room:
        shown[-1] = _ending(frame, shown[-1], style, rect.width)
    whole = text if len(lines) > room else ""
    return tuple(
        Words(Rect(rect.x, rect.y + number * height, rect.width, height), line, style, colour, whole=whole)
        for number, line in enumerate(shown)
    )


def _ending(frame: Frame, line: str, style: Style, width: float) -> str:
    """A line that says that there is more, with as many of its words as leave room for it."""
    words = line.split()
    while len(words) > 1 and frame.measure(" ".join((*words, ELLIPSIS)), style) > width:
        words.pop()
    return " ".join((*words, ELLIPSIS))


def wrapped(frame: Frame, text: str, style: Style, width: float) -> Iterator[str]:
    """A text cut into lines that fit a width, between words."""
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}" if line else word
            if line and frame.measure(longer, style) > width:
                yield line
                line = word
            else:
                line = longer
        yield line


def tall(frame: Frame, text: str, style: Style, width: float) -> float:
    """How high a text stands when it is set in lines of a width."""
    return len(list(wrapped(frame, text, style, width))) * style.size * 1.45


def relation(rect: Rect, value: float, style: Style = STRONG, align: Align = "left") -> View:
    """A relation as glyph and signed number: its colour never stands alone."""
    found = theme.band(value)
    return (Words(rect, f"{found.glyph} {signed(value)}", style, theme.legible(found.dark, theme.RAISED), align),)


def bar(rect: Rect, share: float, colour: Colour, ground: Colour = theme.RULE) -> View:
    """A bar filled from the left by a share of its width."""
    filled, _ = rect.left(rect.width * min(max(share, 0.0), 1.0))
    return (Panel(rect, ground, radius=rect.height / 2), Panel(filled, colour, radius=rect.height / 2))


def scale_bar(rect: Rect, value: float, low: float = -100.0, high: float = 100.0) -> View:
    """A bar from the middle of a scale to a value."""
    middle = rect.x + rect.width * (0.0 - low) / (high - low)
    place = rect.x + rect.width * (min(max(value, low), high) - low) / (high - low)
    left, right = min(middle, place), max(middle, place)
    return (
        Panel(rect, theme.RULE, radius=rect.height / 2),
        Panel(Rect(left, rect.y, max(right - left, 2.0), rect.height), theme.band(value).dark),
        Line(((middle, rect.y - 2), (middle, rect.bottom + 2)), theme.FAINT),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its cells, and what a click on it sends."""

    cells: tuple[str, ...]
    name: str
    message: object | None = None
    colour: Colour = theme.TEXT
    icon: str | None = None
    hint: str = ""


def listing(
    frame: Frame,
    rect: Rect,
    rows: Sequence[Row],
    shares: Sequence[float],
    *,
    first: int = 0,
    height: float = 26.0,
    right: frozenset[int] = frozenset(),
    chosen: str | None = None,
    style: Style = SMALL,
) -> View:
    """Rows in columns from the `first` on, as many as fit; a bar at the side shows where in the whole they stand."""
    room = max(int(rect.height // height), 1)
    bar_room = 8.0 if len(rows) > room else 0.0
    inner, side = rect.left(rect.width - bar_room)
    shapes: list[Shape] = []
    for row, place in zip(rows[first : first + room], inner.rows(height), strict=False):
        shapes += _row(frame, place, row, shares, right, chosen == row.name, style)
    if bar_room:
        share, start = room / len(rows), first / len(rows)
        shapes += [
            Panel(Rect(side.x + 3, rect.y, 4, rect.height), theme.RAISED, radius=2),
            Panel(Rect(side.x + 3, rect.y + rect.height * start, 4, rect.height * share), theme.FAINT, radius=2),
        ]
    return (Clip(rect, tuple(shapes)),)


def _row(
    frame: Frame, place: Rect, row: Row, shares: Sequence[float], right: frozenset[int], chosen: bool, style: Style
) -> Iterator[Shape]:
    if chosen or (row.message is not None and held(frame, row.name, place)):
        yield Panel(place, theme.RAISED if not chosen else theme.RULE, radius=4)
    inner = place.inset(6, 0)
    if row.icon is not None:
        yield Icon(Rect(inner.x, place.centre[1] - 8, 16, 16), row.icon, row.colour)
        _, inner = inner.left(24)
    for number, (cell, box) in enumerate(zip(row.cells, inner.columns(shares, 8), strict=False)):
        yield Words(box, cell, style, row.colour, "right" if number in right else "left")
    if row.message is not None:
        yield from ring(frame, row.name, place.inset(2))
        yield Zone(place, row.message, row.name, row.hint)


def cut_at(frame: Frame, shapes: View, x: float, y: float) -> str:
    """The whole of a text that is shown cut short under a point; empty where none is."""
    for said in reversed(tuple(texts_at(shapes, x, y))):
        if said.whole:
            return said.whole
        if not said.spacing and frame.measure(said.text, said.style) > said.rect.width + 0.5:
            return said.text
    return ""


def tip(frame: Frame, text: str, at: tuple[float, float], top: float | None = None) -> View:
    """A note under the pointer, kept within the window: where there is no room, above it or above `top`."""
    width = min(max(frame.measure(line, NOTE) for line in text.split("\n")) + 20, 360.0)
    height = tall(frame, text, NOTE, width - 20) + 12
    x = min(at[0] + 14, frame.rect.right - width - 6)
    y = at[1] + 18 if at[1] + 18 + height < frame.rect.bottom else (at[1] if top is None else top) - height - 10
    box = Rect(max(x, 4.0), max(y, 4.0), width, height)
    return (Panel(box, theme.INK, radius=5, edge=theme.RULE), *paragraph(frame, box.inset(10, 6), text, NOTE))
