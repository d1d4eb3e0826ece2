"""The list of what may be ordered towards a state: statements, deals and deeds, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.play.commands import Plan
from game.play.explained.barriers import KINDS as BARRIERS
from game.play.snapshot import Game, Option, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Icon,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    ring,
)
from game.screen.map.model import (
    Every,
    Model,
    Open,
    Search,
)

KINDS = (("statement", "Statements", "message-square"), ("deal", "Deals", "handshake"), ("deed", "Deeds", "zap"))
ROW = 28.0
SHORT = 230.0
"""Below this height the list has all the room, and the builders are icons beside the filter."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group of acts."""

    title: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class Barred:
    """The head of acts that one kind of barrier forbids: what it is, and what would lift it."""

    title: str
    lifted: str
    count: int


Row = Heading | Option | Every | Barred


def planned_towards(game: Game, target: str) -> frozenset[str]:
    """The acts that are planned towards a state already."""
    return frozenset(
        part[0] for draft in game.plan if (part := draft.text.partition(": ")[2].split()) and part[1:2] == [target]
    )


def rows_of(model: Model, snapshot: Snapshot) -> tuple[Row, ...]:
    """The list: each group under its head, then what may not be ordered, if that is asked for."""
    sought = model.search.lower().strip()
    options = [
        option for option in snapshot.options.get(model.chosen or "", ())
        if sought in option.title.lower() or sought in option.doc.lower()
    ]  # fmt: skip
    found: list[Row] = []
    for kind, title, icon in KINDS:
        legal = [option for option in options if option.kind == kind and option.legal]
        if legal:
            found += [Heading(title, icon, len(legal)), *legal]
    if any(not option.legal for option in options):
        found.append(Every())
        found += _barred(options) if model.every else []
    return tuple(found)


def _barred(options: Sequence[Option]) -> list[Row]:
    """What may not be ordered, by what forbids it: first what can be lifted soonest."""
    found: list[Row] = []
    for kind, barrier in BARRIERS.items():
        those = [option for option in options if not option.legal and option.barrier == kind]
        if those:
            found += [Barred(barrier.title, barrier.lifted, len(those)), *those]
    return found


def view(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The filter, the list, and the ways to the two builders."""
    line, rest = rect.top(34)
    if rest.height < SHORT:
        line, icons = line.left(line.width - 76)
        yield from _builders(game, frame, icons.inset(4, 0).moved(4, 0), named=False)
    else:
        foot, rest = rest.base(46)
        yield from _builders(game, frame, foot, named=True)
    yield from _filter(model, frame, line.inset(0, 3))
    rows = rows_of(model, snapshot)
    barred = sum(not option.legal for option in snapshot.options.get(model.chosen or "", ()))
    planned = planned_towards(game, model.chosen or "")
    room = max(int(rest.height // ROW), 1)
    first = min(model.scroll, max(len(rows) - room, 0))
    shapes: list[Shape] = []
    inner = rest.left(rest.width - (8 if len(rows) > room else 0))[0]
    for row, place in zip(rows[first : first + room], inner.rows(ROW), strict=False):
        shapes += _row(model, frame, place, row, barred, planned)
    yield Clip(rest, tuple(shapes))
    yield from scroll_bar(rest, first, room, rows)


def scroll_bar(rest: Rect, first: int, room: int, rows: Sequence[object]) -> Iterator[Shape]:
    """Where in the whole of a list its part in view stands."""
    if len(rows) > room:
        strip = Rect(rest.right - 4, rest.y, 4, rest.height)
        yield Panel(strip, theme.RAISED, radius=2)
        top, height = strip.height * first / len(rows), strip.height * room / len(rows)
        yield Panel(Rect(strip.x, strip.y + top, 4, height), theme.FAINT, radius=2)


def _filter(model: Model, frame: Frame, box: Rect) -> Iterator[Shape]:
    hint = "Type to filter the orders; Escape leaves it"
    yield from toolbar.field(frame, box, model.search, model.typing, Search(True), "search",
                             f"Find an order \N{MIDDLE DOT} {frame.key('search')}", hint=hint)  # fmt: skip


def _builders(game: Game, frame: Frame, foot: Rect, *, named: bool) -> Iterator[Shape]:
    statement, deal = ("Statement", "Deal") if named else ("", "")
    faces = (
        Button(statement, Open("statement"), "build statement", "message-square",
               hint=f"Say it your way · {frame.key('statement')}"),
        Button(deal, Open("deal"), "build deal", "handshake",
               hint=f"Negotiate terms · {frame.key('deal')}"),
    )  # fmt: skip
    for face, place in zip(faces, foot.inset(0, 5 if named else 3).columns((1, 1), 8), strict=True):
        yield from button(frame, place, face)


def _row(model: Model, frame: Frame, place: Rect, row: Row, barred: int, planned: frozenset[str]) -> Iterator[Shape]:
    match row:
        case Heading(title, icon, count):
            yield Icon(Rect(place.x + 4, place.centre[1] - 6, 14, 14), icon, theme.ACCENT)
            yield Words(Rect(place.x + 26, place.y + 2, 200, place.height), title, theme.Style("semibold", 13),
                        theme.ACCENT)  # fmt: skip
            yield Words(Rect(place.x, place.y + 2, place.width - 8, place.height), str(count), theme.NOTE, theme.FAINT,
                        "right")  # fmt: skip
        case Barred(title, lifted, count):
            line = Rect(place.x + 26, place.y + 2, place.width - 34, place.height)
            yield Words(line, title, theme.NOTE, theme.FAINT)
            yield Words(line, str(count), theme.NOTE, theme.FAINT, "right")
            yield Zone(place, None, f"barred {title}", lifted, focusable=False)
        case Every():
            text = f"Unavailable, with reasons ({barred})"
            sign = "chevron-up" if model.every else "chevron-down"
            yield Icon(Rect(place.x + 4, place.centre[1] - 6, 14, 14), sign, theme.FAINT)
            yield Words(Rect(place.x + 26, place.y, place.width - 30, place.height), text, theme.SMALL, theme.FAINT)
            yield from ring(frame, "not possible", place.inset(2))
            yield Zone(place, row, "not possible", "What is not possible now, by what stands in the way")
        case Option():
            yield from _option(model, frame, place, row, row.act in planned)


def _option(model: Model, frame: Frame, place: Rect, option: Option, planned: bool) -> Iterator[Shape]:
    """An act: what it is and what it costs; its hint says what it means, or why it may not be done."""
    name = f"act {option.act}"
    if option.legal and (held(frame, name, place) or frame.focus == name):
        yield Panel(place, theme.RAISED, radius=5)
    ink = theme.TEXT if option.legal and not planned else theme.FAINT
    inner = place.inset(8, 0)
    cost, inner = inner.end(30)
    sign = "check" if planned else "" if option.legal else "ban"
    if sign:
        yield Icon(Rect(inner.x - 2, place.centre[1] - 6, 13, 13), sign, theme.FAINT)
    yield Words(Rect(inner.x + 18, inner.y, inner.width - 20, inner.height), option.title, theme.SMALL, ink)
    yield Words(cost, f"{option.cost:g}", theme.SMALL, theme.FAINT, "right")
    yield from ring(frame, name, place.inset(2))
    if not option.legal:
        yield Zone(place, None, name, reason_of(option))
    elif planned:
        yield Zone(place, None, name, "Already planned. Press its chip below to change it.")
    else:
        usual = "\nUses default terms. Open the deal table to change them." if option.kind == "deal" else ""
        yield Zone(place, Plan(f"{option.act} {model.chosen}"), name, f"{option.doc}{usual}")


def reason_of(option: Option) -> str:
    """Why an act may not be ordered, and what would make it possible."""
    barrier = BARRIERS[option.barrier or "other"]
    return "\n".join(text for text in (f"{barrier.title}: {option.why_not}", barrier.lifted) if text)
