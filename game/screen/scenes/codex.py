"""codex: what there is to know of the scenario and of what states can do, to be searched and read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from game.play.commands import Consult
from game.play.snapshot import Page, Passage, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame, Measure
from game.screen.kit.geometry import Rect
from game.screen.kit.page import narrow, page
from game.screen.kit.scrolling import Reach, grips, moved
from game.screen.kit.shapes import (
    Clip,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.theme import Style
from game.screen.kit.widgets import (
    Button,
    held,
    ring,
    wrapped,
)
from game.screen.messages import (
    Back,
    Go,
    Gripped,
    Tick,
)

ROW, LINE = 27.0, 22.0
LIST = 320.0
CHAPTERS: Mapping[str, str] = {
    "The scenario": "book-open", "States": "landmark", "Disputes": "swords", "Statements": "message-square",
    "Deals": "handshake", "Deeds": "zap", "Agreements": "file-text", "Pledges": "scroll-text", "Offices": "user",
    "Characters": "users", "Rules": "scale", "Sources": "info",
}  # fmt: skip
"""The signs of chapters."""


@dataclass(frozen=True, slots=True)
class Head:
    """The line over the pages of a chapter, and how many there are."""

    chapter: str
    count: int


@dataclass(frozen=True, slots=True)
class Model:
    """What is searched for, which chapter is open, which page is read, and how far."""

    query: str = ""
    typing: bool = False
    chapter: str = "The scenario"
    chosen: int = 0
    reading: bool = False
    top: int = 0
    line: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Type what is searched for, or stop typing."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Open a chapter, or close it."""

    name: str


@dataclass(frozen=True, slots=True)
class Open:
    """Read a page."""

    number: int


@dataclass(frozen=True, slots=True)
class Contents:
    """In a small window: back to the list of pages."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    if model.typing:
        return {"back": Search()}
    if model.reading:
        return {"search": Search(), "back": Contents()}
    return {"search": Search()}


def typed(model: Model) -> str:
    """The text of the field."""
    return model.query


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Search, open, read."""
    match message:
        case Go() | Back():
            return model, (message,)
        case Tick() if not model.asked:
            return replace(model, asked=True), (Consult(),)
    return _changed(model, message, snapshot), ()


def _changed(model: Model, message: Any, snapshot: Snapshot) -> Model:
    match message:
        case Search():
            return replace(model, typing=not model.typing, reading=False)
        case Written(text):
            return replace(model, query=text, top=0)
        case Chapter(name):
            return replace(model, chapter="" if model.chapter == name else name)
        case Open(number) if number < len(snapshot.codex):
            chapter = snapshot.codex[number].chapter
            return replace(model, chosen=number, line=0, chapter=chapter, reading=True)
        case Contents():
            return replace(model, reading=False)
        case Gripped(Reach(name="contents") as reach, done):
            return replace(model, top=moved(model.top, reach, done))
        case Gripped(Reach(name="page") as reach, done):
            return replace(model, line=moved(model.line, reach, done))
    return model


@lru_cache(maxsize=32)
def rows(codex: tuple[Page, ...], query: str, chapter: str) -> tuple[Head | int, ...]:
    """The list: every chapter that has what is searched for, and the pages of those that are open.

    A page whose title fits comes before those whose text does.
    """
    words = query.casefold().split()
    chapters: dict[str, list[tuple[bool, int]]] = {}
    for number, each in enumerate(codex):
        title = each.title.casefold()
        if all(word in title or any(word in said for said in _texts(each)) for word in words):
            later = bool(words) and not all(word in title for word in words)
            chapters.setdefault(each.chapter, []).append((later, number))
    found: list[Head | int] = []
    for name, pages in chapters.items():
        found.append(Head(name, len(pages)))
        if words or name == chapter:
            found += [number for _, number in sorted(pages)]
    return tuple(found)


@lru_cache(maxsize=512)
def _texts(each: Page) -> tuple[str, ...]:
    return tuple(f"{passage.text} {passage.value}".casefold() for passage in each.passages)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The list on the left, the page on the right; in a small window one of the two."""
    about = snapshot.game.title if snapshot.game is not None else "The standard catalogue"
    shapes, inner = page(frame, "Codex", about)
    codex = snapshot.codex
    if not codex:
        return shapes
    chosen = codex[min(model.chosen, len(codex) - 1)]
    if narrow(frame):
        if model.reading:
            back = Button("Contents", Contents(), "contents", "list")
            bar, rest = toolbar.tools(frame, inner, (back,))
            return (*shapes, *bar, *_page(chosen, model, codex, frame, rest))
        return (*shapes, *_contents(model, codex, frame, inner))
    left, right = inner.left(LIST)
    return (
        *shapes,
        *_contents(model, codex, frame, left),
        *_page(chosen, model, codex, frame, right.end(right.width - 20)[0]),
    )


def _contents(model: Model, codex: tuple[Page, ...], frame: Frame, rect: Rect) -> Iterator[Shape]:
    place, rest = rect.top(toolbar.HEIGHT)
    yield from toolbar.field(frame, place, model.query, model.typing, Search(), "search", "Search the codex")
    _, rest = rest.top(8)
    listed = rows(codex, model.query, model.chapter)
    if not listed:
        yield Words(rest.top(40)[0], "No page has that.", theme.BODY, theme.FAINT)
        return
    reach = Reach(rest, ROW, len(listed), "contents")
    top = reach.first(model.top)
    yield from grips(reach, top)
    shapes: list[Shape] = []
    for row, line in zip(listed[top : top + reach.room], reach.inner.rows(ROW), strict=False):
        if isinstance(row, Head):
            shapes += _head(row, row.chapter == model.chapter or bool(model.query), frame, line)
        else:
            shapes += _title(row, codex[row], model, frame, line)
    yield Clip(rest, tuple(shapes))


def _head(head: Head, unfolded: bool, frame: Frame, place: Rect) -> Iterator[Shape]:
    name = f"chapter {head.chapter}"
    band = place.inset(0, 1)
    yield Panel(band, theme.RULE if held(frame, name, place) else theme.RAISED, radius=5)
    yield Icon(Rect(band.x + 8, band.centre[1] - 8, 16, 16), CHAPTERS.get(head.chapter, "book-open"), theme.ACCENT)
    count, text = Rect(band.x + 34, band.y, band.width - 64, band.height).end(40)
    yield Words(text, head.chapter, theme.STRONG, theme.TEXT)
    yield Words(count, f"{head.count}", theme.NOTE, theme.FAINT, "right")
    sign = Rect(band.right - 22, band.centre[1] - 7, 14, 14)
    yield Icon(sign, "chevron-down" if unfolded else "chevron-right", theme.FAINT)
    yield from ring(frame, name, band.inset(2))
    yield Zone(place, Chapter(head.chapter), name)


def _title(number: int, each: Page, model: Model, frame: Frame, place: Rect) -> Iterator[Shape]:
    name = f"page {number}"
    if number == model.chosen or held(frame, name, place):
        yield Panel(place.inset(0, 1), theme.RULE if number == model.chosen else theme.RAISED, radius=5)
    text = Rect(place.x + 34, place.y, place.width - 44, place.height)
    yield Words(text, each.title, theme.SMALL, theme.TEXT if number == model.chosen else theme.FAINT)
    yield from ring(frame, name, place.inset(2))
    yield Zone(place, Open(number), name, each.title if frame.measure(each.title, theme.SMALL) > text.width else "")


# ---- the page


@dataclass(frozen=True, slots=True)
class Set:
    """A line of a page as it is set: the kind of passage, its words, the value beside it, and what it leads to."""

    kind: str
    text: str
    value: str = ""
    leads: str = ""


@lru_cache(maxsize=64)
def set_lines(passages: tuple[Passage, ...], width: float, measure: Measure) -> tuple[Set, ...]:
    """The passages of a page in lines that fit a width."""
    frame = Frame(Rect(0, 0, width, 0), measure)
    found: list[Set] = []
    before = "head"
    for passage in passages:
        if {before, passage.kind} == {"text", "fact"}:
            found.append(Set("gap", ""))
        before = passage.kind
        match passage.kind:
            case "head":
                found += [Set("gap", ""), Set("head", passage.text)]
            case "fact":
                found += _fact_lines(passage, width, frame)
            case "source":
                cited = list(wrapped(frame, passage.text, theme.SMALL, width - 30))
                found += [Set("more" if number else "source", line) for number, line in enumerate(cited)]
                found += [Set("address", passage.value)] if passage.value else []
            case _:
                found += [
                    Set("text", line, leads=passage.text) for line in wrapped(frame, passage.text, theme.BODY, width)
                ]
    return tuple(found)


def _fact_lines(passage: Passage, width: float, frame: Frame) -> Iterator[Set]:
    names = list(wrapped(frame, passage.text, theme.SMALL, width * 0.42 - 12))
    values = list(wrapped(frame, passage.value, theme.SMALL, width * 0.58 - 8))
    for number in range(max(len(names), len(values))):
        name = names[number] if number < len(names) else ""
        value = values[number] if number < len(values) else ""
        yield Set("fact", name, value, passage.value)


def _page(each: Page, model: Model, codex: tuple[Page, ...], frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Panel(rect, theme.PANEL, radius=10, edge=theme.RULE)
    inner = rect.inset(22 if not narrow(frame) else 14, 14)
    chapter, inner = inner.top(18)
    title, inner = inner.top(34)
    yield Words(chapter, each.chapter, theme.NOTE, theme.ACCENT)
    yield Words(title, each.title, theme.HEADING, theme.TEXT)
    yield Line(((inner.x, inner.y + 4), (inner.right, inner.y + 4)), theme.RULE)
    _, inner = inner.top(12)
    width = min(inner.width - 16, 760.0)
    lines = set_lines(each.passages, width, frame.measure)
    reach = Reach(inner, LINE, len(lines), "page")
    top = reach.first(model.line)
    yield from grips(reach, top)
    pages = {one.title: number for number, one in enumerate(codex)}
    shapes: list[Shape] = []
    for number, (line, place) in enumerate(zip(lines[top : top + reach.room], inner.rows(LINE), strict=False)):
        shapes += _line(line, top + number, pages, frame, Rect(place.x, place.y, width, place.height))
    yield Clip(inner, tuple(shapes))


STYLES: Mapping[str, tuple[Style, theme.Colour]] = {
    "text": (theme.BODY, theme.TEXT), "head": (theme.STRONG, theme.ACCENT), "address": (theme.NOTE, theme.FAINT),
    "source": (theme.SMALL, theme.TEXT), "more": (theme.SMALL, theme.TEXT),
}  # fmt: skip


def _line(line: Set, number: int, pages: Mapping[str, int], frame: Frame, place: Rect) -> Iterator[Shape]:
    objective = pages.get(line.leads)
    if line.kind == "fact":
        name, value = place.left(place.width * 0.42)
        yield Words(name, line.text, theme.SMALL, theme.FAINT)
        yield Words(value, line.value, theme.SMALL, theme.TEXT if objective is None else theme.ACCENT)
    elif line.kind in STYLES:
        style, colour = STYLES[line.kind]
        left = 22.0 if line.kind in ("source", "more", "address") else 0.0
        if line.kind == "source":
            yield Icon(Rect(place.x, place.centre[1] - 7, 14, 14), "book-open", theme.FAINT)
        box = Rect(place.x + left, place.y, place.width - left, place.height)
        yield Words(box, line.text, style, colour if objective is None else theme.ACCENT)
    if objective is not None:
        name_ = f"link {number}"
        yield from ring(frame, name_, place)
        yield Zone(place, Open(objective), name_, f"Read about {line.leads}")
