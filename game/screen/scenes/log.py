"""log: everything that is on record, newest first, turn by turn; what is searched for, and what is kept in sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from game.narrative.wording import dated, signed
from game.play.commands import Pin
from game.play.snapshot import Game, Item, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import (
    low,
    narrow,
    page,
)
from game.screen.kit.plots import leaning
from game.screen.kit.scrolling import Reach, grips, moved
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
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    paragraph,
    relation,
    ring,
    tall,
)
from game.screen.messages import (
    Back,
    Go,
    Gripped,
)

KINDS: Mapping[str, tuple[str, str]] = {
    "act": ("Acts", "send"), "refused": ("Refused", "x"), "event": ("Events", "radio"),
    "comment": ("Comments", "megaphone"), "tidings": ("News", "bell"),
}  # fmt: skip
"""What stands on record: what each kind is called, and its sign."""

ROW = 28.0
DETAIL = 340.0


@dataclass(frozen=True, slots=True)
class Head:
    """The line over the entries of a turn, and how many there are."""

    turn: int
    count: int


Row = Head | int
"""A line of the list: a turn's, or an entry by its number on the record."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the list has, and for which record and which choices it was made."""

    key: tuple[Any, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """What is searched for, what is left out, which turns are folded, and where in the list one is."""

    query: str = ""
    typing: bool = False
    without: frozenset[str] = frozenset()
    state: str | None = None
    pinned: bool = False
    folded: frozenset[int] = frozenset()
    chosen: int | None = None
    top: int = 0
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class Search:
    """Type what is searched for, or stop typing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Show a kind of entry, or leave it out."""

    name: str


@dataclass(frozen=True, slots=True)
class About:
    """Show what has to do with the next state of the list, or the one before; at its ends, with all."""

    step: int


@dataclass(frozen=True, slots=True)
class Pinned:
    """Show only what is pinned, or all."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Fold a turn, or unfold it; all of them where none is named."""

    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """Read an entry in full, or close it."""

    number: int


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    if model.typing:
        return {"back": Search()}
    closing = {} if model.chosen is None else {"back": Choose(model.chosen)}
    return {**closing, "search": Search(), "previous state": About(-1), "next state": About(1)}


def typed(model: Model) -> str:
    """The text of the field."""
    return model.query


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Search, filter, fold, read, keep in sight."""
    if isinstance(message, Go | Back):
        return model, (message,)
    if isinstance(message, Pin):
        return model, (message,)
    changed = _changed(model, message, snapshot)
    if snapshot.game is None:
        return changed, ()
    return replace(changed, found=found(changed, snapshot.game, snapshot.pins)), ()


def _changed(model: Model, message: Any, snapshot: Snapshot) -> Model:
    match message:
        case Search():
            return replace(model, typing=not model.typing)
        case Written(text):
            return replace(model, query=text, top=0)
        case Kind(name):
            return replace(model, without=model.without ^ {name}, top=0)
        case About(step) if snapshot.game is not None:
            names = (None, *(state.id for state in snapshot.game.states))
            return replace(model, state=names[(names.index(model.state) + step) % len(names)], top=0)
        case Pinned():
            return replace(model, pinned=not model.pinned, top=0)
        case Fold(turn) if snapshot.game is not None:
            return replace(model, folded=_folded(model.folded, turn, snapshot.game))
        case Choose(number):
            return replace(model, chosen=None if model.chosen == number else number)
        case Gripped(Reach() as reach, done):
            return replace(model, top=moved(model.top, reach, done))
    return model


def _folded(folded: frozenset[int], turn: int | None, game: Game) -> frozenset[int]:
    if turn is not None:
        return folded ^ {turn}
    return frozenset() if folded else frozenset(item.turn for item in game.record)


def found(model: Model, game: Game, pins: frozenset[int]) -> Found:
    """The rows of the list, newest turn first; those that were found before, where nothing has changed."""
    last = game.record[-1] if game.record else None
    key = (len(game.record), last, model.query, model.without, model.state, model.pinned, model.folded, pins)
    if model.found.key == key:
        return model.found
    words = model.query.casefold().split()
    name = "" if model.state is None else game.state(model.state).name
    turns: dict[int, list[int]] = {}
    for number, item in enumerate(game.record):
        if item.kind in model.without or (model.pinned and number not in pins):
            continue
        if model.state is not None and not (model.state in (item.actor, item.target) or name in item.text):
            continue
        if not words or _said(item, words):
            turns.setdefault(item.turn, []).append(number)
    rows: list[Row] = []
    for turn in sorted(turns, reverse=True):
        rows.append(Head(turn, len(turns[turn])))
        rows += [] if turn in model.folded else turns[turn]
    return Found(key, tuple(rows), sum(len(each) for each in turns.values()))


def _said(item: Item, words: Sequence[str]) -> bool:
    text = item.text.casefold()
    return all(word in text for word in words)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The controls, the list, and the entry that is read in full."""
    game = snapshot.game
    if game is None:
        return page(frame, "Log", "There is no game yet")[0]
    listed = found(model, game, snapshot.pins)
    shapes, inner = page(frame, "Log", f"{listed.count} of {len(game.record)} entries")
    chosen = model.chosen if model.chosen is not None and model.chosen < len(game.record) else None
    if chosen is not None and low(frame):
        return (*shapes, *_detail(chosen, game, snapshot.pins, frame, inner))
    bar, inner = _controls(model, game, frame, inner)
    if chosen is None:
        return (*shapes, *bar, *_list(model, listed, game, snapshot.pins, frame, inner))
    detail, rest = inner.base(inner.height * 0.45) if narrow(frame) else inner.end(DETAIL)
    rest = rest.base(10)[1] if narrow(frame) else rest.end(16)[1]
    return (
        *shapes,
        *bar,
        *_list(model, listed, game, snapshot.pins, frame, rest),
        *_detail(chosen, game, snapshot.pins, frame, detail),
    )


def _controls(model: Model, game: Game, frame: Frame, rect: Rect) -> tuple[View, Rect]:
    """The field to search in, and the switches, in as many rows as they need."""
    faces = [
        toolbar.switch(title, Kind(kind), f"kind {kind}", kind not in model.without)
        for kind, (title, _) in KINDS.items()
    ]
    state = "All states" if model.state is None else game.state(model.state).name
    hint = f"Next: {frame.key('next state')}, before: {frame.key('previous state')}"
    faces += [
        Button(state, About(1), "about", "users", model.state is not None, hint=hint),
        toolbar.switch("Pinned only", Pinned(), "pinned only", model.pinned),
        Button("Unfold all" if model.folded else "Fold all", Fold(), "fold all",
               "chevron-down" if model.folded else "chevron-right"),
    ]  # fmt: skip
    widths = [220.0, *(toolbar.width_of(frame, face) for face in faces)]
    places, rest = toolbar.flowed(rect, widths)
    shapes = [*toolbar.field(frame, places[0], model.query, model.typing, Search(), "search", "Search the log")]
    for face, place in zip(faces, places[1:], strict=True):
        shapes += toolbar.tool(frame, place, face)
    return tuple(shapes), rest.top(4)[1]


def _list(model: Model, listed: Found, game: Game, pins: frozenset[int], frame: Frame, rect: Rect) -> Iterator[Shape]:
    """As many rows as are seen, however many there are."""
    if not listed.rows:
        yield Words(rect.top(40)[0], "Nothing on record fits what you look for.", theme.BODY, theme.FAINT)
        return
    reach = Reach(rect, ROW, len(listed.rows))
    top = reach.first(model.top)
    yield from grips(reach, top)
    shapes: list[Shape] = []
    for row, place in zip(listed.rows[top : top + reach.room], reach.inner.rows(ROW), strict=False):
        if isinstance(row, Head):
            shapes += _head(row, model, game, frame, place)
        else:
            shapes += _entry(row, model, game, pins, frame, place)
    yield Clip(rect, tuple(shapes))


def _head(head: Head, model: Model, game: Game, frame: Frame, place: Rect) -> Iterator[Shape]:
    name, folded = f"turn {head.turn}", head.turn in model.folded
    band = place.inset(0, 2)
    yield Panel(band, theme.RULE if held(frame, name, place) else theme.RAISED, radius=5)
    sign = Rect(band.x + 8, band.centre[1] - 7, 14, 14)
    yield Icon(sign, "chevron-right" if folded else "chevron-down", theme.FAINT)
    count, text = Rect(band.x + 30, band.y, band.width - 40, band.height).end(110)
    yield Words(text, f"{date_of(game, head.turn)}  ·  turn {head.turn}", theme.STRONG, theme.TEXT)
    entries = "1 entry" if head.count == 1 else f"{head.count} entries"
    yield Words(count, entries, theme.NOTE, theme.FAINT, "right")
    yield from ring(frame, name, band)
    yield Zone(place, Fold(head.turn), name)


def date_of(game: Game, turn: int) -> str:
    """When a turn is played."""
    return dated(game.dates[turn]) if turn < len(game.dates) else dated(game.date)


def _entry(number: int, model: Model, game: Game, pins: frozenset[int], frame: Frame, place: Rect) -> Iterator[Shape]:
    item, name = game.record[number], f"entry {number}"
    over = held(frame, name, place)
    if model.chosen == number or over:
        yield Panel(place.inset(0, 1), theme.RULE if model.chosen == number else theme.RAISED, radius=5)
    yield Icon(Rect(place.x + 8, place.centre[1] - 8, 16, 16), KINDS[item.kind][1], theme.FAINT)
    x = place.x + 34
    actor = None if item.actor is None else game.state(item.actor)
    if actor is not None and actor.code:
        yield Flag(Rect(x, place.centre[1] - 8, 24, 16), actor.code, actor.name, actor.colour)
    x += 34
    ends = 60.0
    text = Rect(x, place.y, max(place.right - x - ends, 0.0), place.height)
    yield Words(text, item.text, theme.SMALL, theme.FAINT if item.kind == "refused" else theme.TEXT)
    if abs(item.tone) >= 0.05 and item.kind == "act":
        kind = theme.BANDS[5] if item.tone > 0 else theme.BANDS[1]
        yield Words(Rect(text.right + 4, place.y, 20, place.height), kind.glyph, theme.SMALL, kind.dark, "centre")
    yield from ring(frame, name, place.inset(2))
    yield Zone(place, Choose(number), name, item.text if frame.measure(item.text, theme.SMALL) > text.width else "")
    if number in pins or over:
        sign = Rect(place.right - 28, place.centre[1] - 8, 16, 16)
        yield Icon(sign, "pin", theme.ACCENT if number in pins else theme.FAINT)
        hint = "Let it go" if number in pins else "Keep in sight"
        yield Zone(sign.inset(-4), Pin(number), f"pin {number}", hint, focusable=False)


def _detail(number: int, game: Game, pins: frozenset[int], frame: Frame, rect: Rect) -> Iterator[Shape]:
    """An entry in full: what was done, when, and what spoke for it."""
    item = game.record[number]
    yield Panel(rect, theme.PANEL, radius=10, edge=theme.RULE)
    inner = rect.inset(16, 12)
    head, inner = inner.top(24)
    close, words = head.end(26)
    yield Words(words, f"{date_of(game, item.turn)}  ·  turn {item.turn}", theme.NOTE, theme.FAINT)
    yield from button(frame, close.middle(24, 24), Button("", Choose(number), "close entry", "x", hint="Close"))
    height = min(tall(frame, item.text, theme.BODY, inner.width), inner.height)
    text, inner = inner.top(height)
    yield from paragraph(frame, text, item.text, theme.BODY)
    faces = [Button("Let it go" if number in pins else "Pin", Pin(number), "pin entry", "pin")]
    if item.actor is not None and item.target is not None:
        pair: dict[str, object] = {"first": item.target, "second": item.actor}
        faces.append(Button("Why they stand so", Go("why", pair), "why entry", "circle-help"))
        faces.append(Button("Chart", Go("charts", pair), "chart entry", "chart-line"))
    _, below = toolbar.tools(frame, inner, faces)
    foot, inner = inner.base(inner.height - below.height)
    yield from toolbar.tools(frame, foot, faces)[0]
    space = Rect(inner.x, inner.y + 8, inner.width, max(inner.height - 16, 0))
    stand, space = space.top(52 if item.target is not None else 0)
    yield from _stand(item, game, stand)
    yield from _reasons(item, game, frame, space)


def _stand(item: Item, game: Game, rect: Rect) -> Iterator[Shape]:
    """How the two regard each other now."""
    if item.actor is None or item.target is None:
        return
    for (first, second), row in zip(
        ((item.target, item.actor), (item.actor, item.target)), rect.rows(22), strict=False
    ):
        number, text = row.end(60)
        yield Words(text, f"{game.state(first).name} → {game.state(second).name}, now", theme.SMALL, theme.FAINT)
        yield from relation(number, game.relation(first, second), theme.SMALL, "right")


def _reasons(item: Item, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What spoke for an act and against it, and what would have been done otherwise."""
    if not item.why or rect.height < 44:
        return
    head, rest = rect.top(24)
    yield Line(((head.x, head.y), (head.right, head.y)), theme.RULE)
    yield Words(head, "What spoke for it, and against", theme.NOTE, theme.FAINT)
    if item.runner_up:
        other, rest = rest.base(22)
        yield Words(other, f"Otherwise: {item.runner_up}", theme.SMALL, theme.FAINT)
    most = max(abs(value) for _, value in item.why)
    for (name, value), row in zip(item.why, rest.rows(21), strict=False):
        number, row = row.end(46)
        line, label = row.end(min(row.width * 0.25, 90))
        said = game.phrases.get(name, (name, name))[value < 0]
        yield Words(label, f"{said[:1].upper()}{said[1:]}", theme.NOTE, theme.TEXT)
        yield from leaning(Rect(line.x + 6, line.centre[1] - 3, line.width - 6, 6), value / most)
        yield Words(number, signed(value, 2), theme.NOTE, theme.TEXT, "right")
