"""The pages around a turn: what its scenes are built of, from the head with its flag down to the row of buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.play.snapshot import Game, Move, StateCard
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import GROUND
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.theme import Colour, Style
from game.screen.kit.widgets import (
    Button,
    button,
    tall,
    wrapped,
)
from game.screen.messages import Gripped, Wheel

NARROW = 900.0
"""Below this width a page has one column."""

LOW = 480.0
"""Below this height the head and the foot of a page are made smaller."""

SCROLLER = 12.0
"""What a column keeps free at its right for the bar that shows where one is."""

WIDEST = 1160.0
"""What is read line by line is never set wider than this."""

MINUS = "\N{MINUS SIGN}"
BETTER, WORSE = theme.BANDS[5].dark, theme.BANDS[1].dark
SIGNS = {
    "question": "circle-help", "crisis": "triangle-alert", "pledge": "scroll-text", "rumour": "eye",
    "relation": "users", "event": "radio", "comment": "megaphone", "tidings": "bell", "act": "send", "refused": "x",
}  # fmt: skip
"""The sign of each kind of news."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page: what is drawn already, and the room that is left."""

    shapes: View
    body: Rect
    foot: Rect


def narrow(frame: Frame) -> bool:
    """Whether a page has room for one column only."""
    return frame.rect.width < NARROW


def page(frame: Frame, title: str, note: str, flag: StateCard | None = None, sign: str = "") -> Page:
    """A page's ground with its head: flag or sign, title, and a note beside or beneath it."""
    low = frame.rect.height < LOW
    inner = frame.rect.inset(16 if narrow(frame) else 40, 10 if low else 22)
    head, rest = inner.top(40 if low else 54)
    foot, body = rest.base(44 if low else 54)
    shapes: list[Shape] = [Panel(frame.rect, GROUND)]
    left = head
    if flag is not None:
        shapes += emblem(flag, Rect(head.x, head.centre[1] - 15, 45, 30))
        _, left = head.left(60)
    elif sign:
        shapes.append(Icon(Rect(head.x, head.centre[1] - 14, 28, 28), sign, theme.ACCENT))
        _, left = head.left(44)
    style = theme.HEADING if low else theme.TITLE
    width = min(frame.measure(title, style) + 18, left.width)
    name, beside = left.left(width)
    shapes.append(Words(name, title, style, theme.TEXT))
    shapes.append(Words(beside, note, theme.SMALL if low else theme.BODY, theme.FAINT, "right"))
    shapes.append(Line(((inner.x, head.bottom), (inner.right, head.bottom)), theme.RULE))
    _, body = body.top(10 if low else 16)
    return Page(tuple(shapes), body.base(8)[1], foot)


def emblem(state: StateCard, rect: Rect) -> View:
    """A state's flag; one that has none is shown by its colour and first letters."""
    return (Flag(rect, state.code, state.name, state.colour),)


def buttons(frame: Frame, rect: Rect, faces: Sequence[Button], gap: float = 10.0) -> View:
    """Buttons from the right edge on, each as wide as its words; what has no room is set without words."""
    place = Rect(rect.x, rect.bottom - min(rect.height, 40), rect.width, min(rect.height, 40))
    widths = [frame.measure(face.text, theme.STRONG) + (66 if face.icon else 36) for face in faces]
    shapes: list[Shape] = []
    if sum(widths) + gap * (len(faces) - 1) > rect.width:
        faces = [
            Button("" if face.icon and not face.main else face.text, face.message, face.name, face.icon, face.main,
                   face.live, face.hint or face.text)
            for face in faces
        ]  # fmt: skip
        widths = [frame.measure(face.text, theme.STRONG) + 66 if face.text else 40.0 for face in faces]
    right = place.right
    for face, width in zip(reversed(faces), reversed(widths), strict=True):
        shapes += button(frame, Rect(right - width, place.y, width, place.height), face)
        right -= width + gap
    return tuple(shapes)


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign: `+8`, `−18`, `0`."""
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else f"{'+' if value > 0 else MINUS}{text}"


def legible(shade: Colour, ground: Colour = theme.RAISED) -> Colour:
    """A colour that can be read on a ground: made paler until it can."""
    for step in range(20):
        paler = theme.mixed(shade, theme.TEXT, step / 20)
        if theme.contrast(paler, ground) >= 4.5:
            return paler
    return theme.TEXT


def told(value: float) -> str:
    """A relation by its glyph and its number."""
    return f"{theme.band(value).glyph} {signed(value)}"


def ink_of(value: float, ground: Colour = theme.RAISED) -> Colour:
    """The colour of a relation, as it can be read."""
    return legible(theme.band(value).dark, ground)


def change_ink(value: float) -> Colour:
    """The colour of what adds, and of what takes away; the sign beside it says the same."""
    return legible(BETTER if value > 0 else WORSE)


def terms(frame: Frame, rect: Rect, rows: Sequence[tuple[str, float]], digits: int = 1, height: float = 19.0) -> View:
    """Named numbers, one a line, as many as fit; what rounds to nothing is left out."""
    shown = [(name, value) for name, value in rows if float(f"{abs(value):.{digits}f}")]
    shapes: list[Shape] = []
    for (name, value), place in zip(shown, rect.rows(height), strict=False):
        number, text = place.end(48)
        shapes.append(Words(text, name, theme.SMALL, theme.FAINT))
        shapes.append(Words(number, signed(value, digits), theme.SMALL, change_ink(value), "right"))
    return tuple(shapes)


def folded(rows: Sequence[tuple[str, float]], most: int) -> tuple[tuple[str, float], ...]:
    """At most so many rows, with the same sum: the smallest in one."""
    if len(rows) <= most:
        return tuple(rows)
    rest = sum(value for _, value in rows[most - 1 :])
    return (*rows[: most - 1], ("smaller matters", rest))


def weights(frame: Frame, rect: Rect, rows: Sequence[tuple[str, float]], most: float, height: float = 20.0) -> View:
    """Named weights, one a line: the number, a bar for its size beside the weightiest, and its name."""
    shapes: list[Shape] = []
    for (name, value), place in zip(rows, rect.rows(height), strict=False):
        number, rest = place.left(46)
        track, text = rest.left(min(92.0, rest.width / 3))
        ink = change_ink(value)
        length = max((track.width - 20) * min(abs(value) / most, 1.0), 2.0) if most else 2.0
        shapes += [
            Words(number, signed(value, 2), theme.SMALL, ink, "right"),
            Panel(Rect(track.x + 10, track.centre[1] - 3, length, 6), ink, radius=3),
            Words(text, name, theme.SMALL, theme.TEXT),
        ]
    return tuple(shapes)


def shift(rect: Rect, before: float, after: float, share: float = 1.0) -> View:
    """A relation on its way along the scale, from where it was; `share` of the way is gone."""
    now = before + (after - before) * share
    start, end, middle = (
        rect.x + rect.width * (min(max(value, -100.0), 100.0) + 100.0) / 200.0 for value in (before, now, 0.0)
    )
    y = rect.centre[1]
    return (
        Line(((rect.x, y), (rect.right, y)), theme.RULE, 3),
        Line(((middle, y - 6), (middle, y + 6)), theme.FAINT),
        Line(((start, y), (end, y)), change_ink(after - before), 4),
        Dot((start, y), 3.5, theme.PANEL, theme.FAINT),
        Dot((end, y), 5.5, theme.band(now).dark, theme.TEXT),
    )


def from_to(frame: Frame, rect: Rect, move: Move, style: Style = theme.STRONG) -> View:
    """The relation as it was, an arrow, and as it is."""
    before, after = told(move.before), told(move.after)
    first = frame.measure(before, style) + 8
    arrow, second = 20.0, frame.measure(after, style) + 8
    x, y, height = rect.x, rect.y, rect.height
    return (
        Words(Rect(x, y, first, height), before, style, ink_of(move.before)),
        Words(Rect(x + first, y, arrow, height), "\N{RIGHTWARDS ARROW}", style, theme.FAINT, "centre"),
        Words(Rect(x + first + arrow + 6, y, second, height), after, style, ink_of(move.after)),
    )


def lines(frame: Frame, rect: Rect, text: str, style: Style, colour: Colour, most: int = 2) -> tuple[View, float]:
    """A text in at most so many lines, and how high it stands; the last line is cut where there is more."""
    height = style.size * 1.4
    found = list(wrapped(frame, text, style, rect.width))
    shown = found[:most]
    if len(found) > most:
        shown[-1] = f"{shown[-1]}\N{HORIZONTAL ELLIPSIS}"
    whole = text if len(found) > most else ""
    return tuple(
        Words(Rect(rect.x, rect.y + number * height, rect.width, height), line, style, colour, whole=whole)
        for number, line in enumerate(shown)
    ), len(shown) * height


def high(frame: Frame, text: str, style: Style, width: float, most: int) -> float:
    """How high a text stands in at most so many lines of a width."""
    return min(tall(frame, text, style, width) / 1.45 * 1.4, most * style.size * 1.4)


# ---- a column of things of different heights, scrolled thing by thing

Drawn = Callable[[Rect], Iterator[Shape]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing in a column: how high it stands, and what draws it."""

    height: float
    draw: Drawn


def column(rect: Rect, pieces: Sequence[Piece], first: int, grip: object, gap: float = 10.0) -> View:
    """Pieces one under the other from the `first` on; a bar at the side where they do not all fit."""
    first = min(first, furthest(rect.height, [piece.height for piece in pieces], gap))
    room = rect.left(rect.width - SCROLLER)[0]
    y, shapes = rect.y, []
    for piece in pieces[first:]:
        if y >= rect.bottom:
            break
        shapes += list(piece.draw(Rect(room.x, y, room.width, piece.height)))
        y += piece.height + gap
    inside = (Zone(rect, None, f"list {grip}", focusable=False, grip=grip), *shapes)
    return (Clip(Rect(rect.x - 4, rect.y, rect.width + 8, rect.height), inside), *_scroller(rect, pieces, first, gap))


def _scroller(rect: Rect, pieces: Sequence[Piece], first: int, gap: float) -> Iterator[Shape]:
    whole = sum(piece.height + gap for piece in pieces) - gap
    if whole > rect.height:
        above = sum(piece.height + gap for piece in pieces[:first])
        track = Rect(rect.right - 4, rect.y, 4, rect.height)
        height = max(rect.height * rect.height / whole, 20.0)
        start = min(rect.height * above / whole, rect.height - height)
        yield Panel(track, theme.RAISED, radius=2)
        yield Panel(Rect(track.x, track.y + start, 4, height), theme.FAINT, radius=2)


def furthest(room: float, heights: Sequence[float], gap: float) -> int:
    """The last piece that a column may begin with: all after it fit."""
    left, first = room, len(heights)
    while first > 0 and heights[first - 1] <= left:
        left -= heights[first - 1] + gap
        first -= 1
    return min(first, max(len(heights) - 1, 0))


def scrolled(first: Mapping[str, int], done: Gripped, sizes: Mapping[str, int]) -> Mapping[str, int]:
    """Where each list begins once the wheel was turned over one of them."""
    name = str(done.grip)
    if not isinstance(done.done, Wheel) or name not in sizes:
        return first
    step = -1 if done.done.steps > 0 else 1
    steps = step * max(round(abs(done.done.steps)), 1)
    place = min(max(first.get(name, 0) + steps, 0), max(sizes[name] - 1, 0))
    return {**first, name: place}


def name_of(game: Game, state: str | None) -> str:
    """What a state is called; empty where there is none."""
    return "" if state is None else game.state(state).name


def relation(game: Game, first: str, second: str) -> str:
    """Whose regard of whom: `Bora → us`."""
    one = "We" if first == game.side else name_of(game, first)
    other = "us" if second == game.side else name_of(game, second)
    return f"{one} \N{RIGHTWARDS ARROW} {other}"
