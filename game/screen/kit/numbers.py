"""How rooms show numbers: changes of relations, terms of a score, each with its sign beside its colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from game.play.snapshot import Game
from game.screen.kit import theme
from game.screen.kit.fields import (
    ARROW,
    MINUS,
    PLUS,
    Listed,
    scrolled,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Flag,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import relation

ROW = 26.0
PLUS_SIGN, MINUS_SIGN = "+", "\N{MINUS SIGN}"


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign; a change too small to show as zero."""
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return f"{PLUS_SIGN if value > 0 else MINUS_SIGN}{text}"


def tone(value: float) -> theme.Colour:
    """The colour of a change, which its sign always stands beside."""
    return PLUS if value > 0 else MINUS


def said(phrases: Mapping[str, tuple[str, str]], name: str, value: float) -> str:
    """A term of a score in words: what it says for an act, or against it."""
    pair = phrases.get(name, (name, name))
    text = pair[0] if value >= 0 else pair[1]
    return f"{text[:1].upper()}{text[1:]}"


def leaning(rect: Rect, value: float, reach: float) -> Iterator[Shape]:
    """A small bar from its middle: to the right for what is gained, to the left for what is lost."""
    middle = rect.centre[0]
    size = rect.width / 2 * min(abs(value) / reach, 1.0) if reach else 0.0
    yield Line(((middle, rect.y + 3), (middle, rect.bottom - 3)), theme.RULE)
    start = middle if value > 0 else middle - size
    yield Panel(Rect(start, rect.centre[1] - 4, max(size, 1.5), 8), tone(value), radius=2)


def terms(
    rect: Rect, found: Sequence[tuple[str, float]], phrases: Mapping[str, tuple[str, str]], first: int = 0
) -> Iterator[Shape]:
    """What speaks for something and against it, the weightiest first."""
    reach = max((abs(value) for _, value in found), default=0.0)
    room = max(int(rect.height // 24), 1)
    start = min(first, max(len(found) - room, 0))
    for (name, value), place in zip(found[start : start + room], rect.rows(24), strict=False):
        number, rest = Rect(place.x, place.y, place.width - 10, place.height).end(42)
        picture, text = rest.end(min(84.0, rest.width * 0.26))
        yield Words(
            Rect(text.x, text.y, text.width - 8, text.height), said(phrases, name, value), theme.SMALL, theme.TEXT
        )
        yield from leaning(picture, value, reach)
        yield Words(number, signed(value, 2), theme.SMALL, theme.TEXT, "right")
    yield from scrolled(rect, len(found), room, start)


def ripple(
    frame: Frame,
    rect: Rect,
    game: Game,
    parties: tuple[str, str],
    moved: Sequence[tuple[str, str, float]],
    tensions: Sequence[tuple[str, float]],
    first: int = 0,
) -> View:
    """What an order would change for everybody, who would not mind it last."""
    rows = tuple(_rippling(game, parties, moved, tensions))
    room = max(int(rect.height // ROW), 1)
    start = min(first, max(len(rows) - room, 0))
    inner = Rect(rect.x, rect.y, rect.width - (10 if len(rows) > room else 0), rect.height)
    reach = max((abs(change) for _, _, change in moved), default=1.0)
    shapes: list[Shape] = [Zone(rect, None, "reactions", focusable=False, grip=Listed("reactions"))]
    for row, place in zip(rows[start : start + room], inner.rows(ROW), strict=False):
        if isinstance(row, str):
            shapes.append(Words(place, row, theme.NOTE, theme.FAINT))
        elif len(row) == 2:
            shapes += _heated(place, *row)
        else:
            shapes += _moved(frame, place, game, row, reach)
    return (Clip(rect, tuple(shapes)), *scrolled(rect, len(rows), room, start))


Rippling = str | tuple[str, float] | tuple[str, str, float]


def _rippling(
    game: Game,
    parties: tuple[str, str],
    moved: Sequence[tuple[str, str, float]],
    tensions: Sequence[tuple[str, float]],
) -> Iterator[Rippling]:
    """The rows of a ripple: between the two, third states, tension, and those who stay as they are."""
    direct = [each for each in moved if each[0] in parties and each[1] in parties]
    others = [each for each in moved if each not in direct]
    for title, some in (("Between the two", direct), ("Third states", others)):
        if some:
            yield title
            yield from some
    if tensions:
        yield "Tension"
        yield from tensions
    touched = {state for one, other, _ in moved for state in (one, other)}
    calm = [state.name for state in game.states if state.id not in touched and state.id not in parties]
    if calm:
        yield f"No change: {', '.join(calm)}"


def _heated(rect: Rect, title: str, change: float) -> Iterator[Shape]:
    number, rest = rect.end(46)
    yield Icon(Rect(rest.x + 3, rest.centre[1] - 8, 16, 16), "gauge", theme.FAINT)
    yield Words(Rect(rest.x + 30, rest.y, rest.width - 30, rest.height), title, theme.SMALL, theme.TEXT)
    yield Words(number, signed(change, 1), theme.SMALL, theme.TEXT, "right")


def _moved(frame: Frame, rect: Rect, game: Game, row: tuple[str, str, float], reach: float) -> Iterator[Shape]:
    one, other, change = row
    number, rest = rect.end(46)
    picture, rest = rest.end(min(76.0, rest.width * 0.2))
    then, rest = rest.end(66)
    yield Flag(
        Rect(rest.x, rest.centre[1] - 7, 21, 14), game.state(one).code, game.state(one).name, game.state(one).colour
    )
    names = Rect(rest.x + 30, rest.y, rest.width - 34, rest.height)
    yield Words(names, f"{game.state(one).name} {ARROW} {game.state(other).name}", theme.SMALL, theme.TEXT)
    yield from relation(then, max(min(game.relation(one, other) + change, 100.0), -100.0), theme.SMALL, "right")
    yield from leaning(picture.inset(6, 0), change, reach)
    yield Words(number, signed(change, 1), theme.SMALL, theme.TEXT, "right")
