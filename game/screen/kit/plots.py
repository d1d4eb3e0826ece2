"""Charts as shapes: axes, curves with their names beside them, fans of futures, events, and values at a cursor."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from game.narrative.wording import dated
from game.play.snapshot import colour
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Area,
    Dot,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.theme import Colour

CURVES = tuple(
    colour(code) for code in ("#56b4e9", "#f0b64a", "#e58bbf", "#5fd3a4", "#f2865e", "#f4e98c", "#a9a4f5", "#d9dee8")
)
"""Colours of curves: those of Okabe and Ito (2008), lightened for a dark panel; every curve bears its name besides."""

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles of a fan: four futures in five lie within the outer band, every other one within the inner."""

Value = float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a chart: what it is called, its value after every turn (None where there is none), and its look."""

    name: str
    values: tuple[Value, ...]
    colour: Colour
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """The field of a chart: where it lies, and which turns and values its edges stand for."""

    rect: Rect
    first: float
    last: float
    low: float
    high: float

    def x(self, turn: float) -> float:
        """Where a turn stands."""
        return self.rect.x + self.rect.width * (turn - self.first) / max(self.last - self.first, 1e-9)

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.rect.bottom - self.rect.height * (value - self.low) / max(self.high - self.low, 1e-9)

    def turn(self, x: float) -> int:
        """The turn nearest to a place."""
        share = (x - self.rect.x) / max(self.rect.width, 1e-9)
        return round(min(max(self.first + share * (self.last - self.first), self.first), self.last))


def steps(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round values from below `low` to above `high`, so many at most and two at least."""
    span = max(high - low, 1e-6)
    power = 10.0 ** floor(log10(span / max(most - 1, 1)))
    step = next(
        factor * power
        for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)
        if ceil(high / (factor * power) - 1e-9) - floor(low / (factor * power) + 1e-9) <= max(most - 1, 1)
    )
    start, end = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(step * each for each in range(start, max(end, start + 1) + 1))


def plot(
    rect: Rect, values: Sequence[float], last: float, limits: tuple[float, float] | None = None, least: float = 0.0
) -> Plot:
    """A field in which all values have room, with some air and a `least` height, within the ends of their scale."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = max((high - low) * 0.08, (least - (high - low)) / 2, abs(high) * 1e-3, 1e-3)
    low, high = max(low - air, 0.0) if low >= 0.0 else low - air, high + air
    if limits is not None:
        low, high = max(low, limits[0]), min(high, limits[1])
    marks = steps(low, high, max(int(rect.height // 56), 3))
    return Plot(rect, 0.0, max(last, 1.0), marks[0], marks[-1])


def written(value: float) -> str:
    """A value as it is read off a chart, with as many digits as its size bears: `16,254`, `−12.7`, `0.65`."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2
    text = f"{value:,.{digits}f}"
    plain = text.rstrip("0").rstrip(".") if "." in text and float(text).is_integer() else text
    return plain.replace("-", "" if not float(text.replace(",", "")) else "\N{MINUS SIGN}")


def short(date: str) -> str:
    """A date as there is room for it on an axis: `Feb 2012`; weeks and years stay as they are."""
    month, space, year = dated(date).partition(" ")
    return f"{month[:3]} {year}" if space else month


def axes(field: Plot, dates: Sequence[str], frame: Frame) -> Iterator[Shape]:
    """Lines across at round values, with their numbers, and dates along the foot, as many as have room."""
    marks = steps(field.low, field.high, max(int(field.rect.height // 56), 3))
    for value in marks:
        y = field.y(value)
        strong = value == 0.0 and field.low < 0.0
        yield Line(((field.rect.x, y), (field.rect.right, y)), theme.FAINT if strong else theme.RULE)
        box = Rect(field.rect.x - 58, y - 9, 50, 18)
        yield Words(box, written(value), theme.NOTE, theme.FAINT, "right")
    width = max((frame.measure(date, theme.NOTE) for date in dates), default=40.0) + 22
    room = max(int(field.rect.width // width), 1)
    every = max(ceil((field.last - field.first + 1) / room), 1)
    for turn in range(ceil(field.first), floor(field.last) + 1, every):
        x = field.x(turn)
        yield Line(((x, field.rect.bottom), (x, field.rect.bottom + 5)), theme.FAINT)
        if turn < len(dates):
            box = Rect(x - width / 2, field.rect.bottom + 6, width, 18)
            yield Words(box, dates[turn], theme.NOTE, theme.FAINT, "centre")


def points_of(field: Plot, values: Sequence[Value], first: int = 0) -> Iterator[tuple[Point, ...]]:
    """The points of a curve, cut where it has no value."""
    run: list[Point] = []
    for turn, value in enumerate(values, first):
        if value is None:
            if run:
                yield tuple(run)
            run = []
        else:
            run.append((field.x(turn), field.y(value)))
    if run:
        yield tuple(run)


def curves(field: Plot, shown: Sequence[Curve]) -> Iterator[Shape]:
    """The lines, each with a dot where it ends."""
    for curve in shown:
        for points in points_of(field, curve.values):
            if len(points) > 1:
                yield Line(points, curve.colour, 2.4, curve.dashed)
            yield Dot(points[-1], 3.5, curve.colour)


def names(field: Plot, shown: Sequence[Curve], frame: Frame, room: float) -> Iterator[Shape]:
    """What each curve is called and where it stands now, to the right of the field, kept apart from each other."""
    height = 20.0
    wanted = []
    for curve in shown:
        last = next((value for value in reversed(curve.values) if value is not None), None)
        if last is not None:
            wanted.append((field.y(last), last, curve))
    wanted.sort(key=lambda each: each[0])
    places = apart([y for y, _, _ in wanted], height, field.rect.y, field.rect.bottom)
    for (y, last, curve), place in zip(wanted, places, strict=True):
        x = field.rect.right + 10
        if len(curve.values) > field.last:
            yield Line(((field.rect.right + 5, y), (x + 6, place)), curve.colour)
        yield Panel(Rect(x + 6, place - 6, 4, 12), curve.colour, radius=2)
        box = Rect(x + 16, place - height / 2, room - 28, height)
        value, name = box.end(44)
        yield Words(name, curve.name, theme.NOTE, theme.TEXT)
        yield Words(value, written(last), theme.NOTE, theme.TEXT, "right")


def apart(places: Sequence[float], least: float, low: float, high: float) -> tuple[float, ...]:
    """Places from top to bottom, moved as little as is needed to stand apart, and kept in a stretch where they fit."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + least) if moved else max(place, low + least / 2))
    limit = high - least / 2
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - least
    return tuple(moved)


def quantiles(rows: Sequence[Sequence[float]], shares: Sequence[float] = SHARES) -> tuple[tuple[float, ...], ...]:
    """For every share the value below which that share of the runs lies, turn by turn."""
    columns = [sorted(column) for column in zip(*rows, strict=True)]
    return tuple(tuple(_quantile(column, share) for column in columns) for share in shares)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value at a share of an ordered list, between its two neighbours."""
    place = share * (len(ordered) - 1)
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def fan(field: Plot, rows: Sequence[Sequence[float]], first: int, shade: Colour) -> Iterator[Shape]:
    """Futures from a turn on: a wide band, a narrow one and the middle of them."""
    lines = quantiles(rows)
    for low, high, share in ((0, 4, 0.16), (1, 3, 0.34)):
        upper = [(field.x(first + turn), field.y(value)) for turn, value in enumerate(lines[high])]
        lower = [(field.x(first + turn), field.y(value)) for turn, value in enumerate(lines[low])]
        # Mixed rather than see-through: what lies beneath is one colour, and a solid field is painted at once.
        yield Area((*upper, *reversed(lower)), theme.mixed(theme.PANEL, shade, share))
    yield Line(tuple((field.x(first + turn), field.y(value)) for turn, value in enumerate(lines[2])), shade, 1.5, True)


def marks(field: Plot, events: Mapping[int, str], grave: Container[int] = ()) -> Iterator[Shape]:
    """Turns in which something happened, marked along the upper edge; what it was is said when one rests on a mark.

    A turn that is grave has a diamond and a line down the field, any other a dot.
    """
    for turn, text in events.items():
        x, y = field.x(turn), field.rect.y - 9
        if turn in grave:
            yield Line(((x, y + 5), (x, field.rect.bottom)), theme.mixed(theme.PANEL, theme.ACCENT, 0.45), dashed=True)
            yield Area(((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)), theme.ACCENT)
        else:
            yield Dot((x, y), 2.5, theme.FAINT)
        yield Zone(Rect(x - 9, y - 9, 18, 18), None, f"event {turn}", text, focusable=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A line of the box at the cursor: whose value it is, in which colour, and the value in words."""

    name: str
    value: str
    colour: Colour


def readings(shown: Sequence[Curve], turn: int) -> tuple[Reading, ...]:
    """What every curve is at a turn, the greatest first."""
    found = [(value, curve) for curve in shown if (value := value_at(curve, turn)) is not None]
    found.sort(key=lambda each: -each[0])
    return tuple(Reading(curve.name, written(value), curve.colour) for value, curve in found)


def value_at(curve: Curve, turn: int) -> Value:
    """The value of a curve after a turn, None where it has none."""
    return curve.values[turn] if 0 <= turn < len(curve.values) else None


def cursor(
    field: Plot,
    shown: Sequence[Curve],
    turn: int,
    title: str,
    read: Sequence[Reading],
    frame: Frame,
    notes: Sequence[str] = (),
) -> Iterator[Shape]:
    """A line at a turn, and what there is to read there, in a box beside it."""  # fmt: skip
    x = field.x(turn)
    yield Line(((x, field.rect.y), (x, field.rect.bottom)), theme.FAINT)
    for curve in shown:
        value = value_at(curve, turn)
        if value is not None:
            yield Dot((x, field.y(value)), 4.0, curve.colour, theme.TEXT)
    rows = [frame.measure(each.name, theme.NOTE) + frame.measure(each.value, theme.NOTE) + 34 for each in read]
    texts = [frame.measure(text, theme.NOTE) for text in (title, *notes)]
    width = min(max(*rows, *texts, 60.0) if rows else max(*texts, 60.0), field.rect.width * 0.6) + 20
    height = 28.0 + 18 * (len(read) + len(notes))
    left = x + 12 if x + 12 + width < field.rect.right else x - 12 - width
    box = Rect(max(left, field.rect.x), field.rect.y + 8, width, height)
    yield Panel(box, theme.RAISED, radius=6, edge=theme.RULE, shadow=True, opacity=0.97)
    places = box.inset(10, 5).rows(18)
    for text, place in zip((title, *notes), places, strict=False):
        yield Words(place, text, theme.NOTE, theme.FAINT if text == title else theme.ACCENT)
    for each, row in zip(read, list(box.inset(10, 5).rows(18))[1 + len(notes) :], strict=False):
        yield Panel(Rect(row.x, row.centre[1] - 6, 4, 12), each.colour, radius=2)
        number, name = Rect(row.x + 10, row.y, row.width - 10, row.height).end(
            frame.measure(each.value, theme.NOTE) + 6
        )
        yield Words(name, each.name, theme.NOTE, theme.TEXT)
        yield Words(number, each.value, theme.NOTE, theme.TEXT, "right")


def leaning(rect: Rect, share: float) -> Iterator[Shape]:
    """A bar from the middle to the right for what is above zero, to the left for what is below; `share` of one half."""
    middle, reach = rect.centre[0], rect.width / 2 * min(max(share, -1.0), 1.0)
    yield Panel(rect, theme.RULE, radius=rect.height / 2)
    shade = theme.BANDS[5].dark if share > 0 else theme.BANDS[1].dark
    yield Panel(Rect(min(middle, middle + reach), rect.y, max(abs(reach), 1.0), rect.height), shade)
    yield Line(((middle, rect.y - 3), (middle, rect.bottom + 3)), theme.FAINT)
