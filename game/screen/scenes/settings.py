"""settings: how large, how lively and how loud the window is, and what its keys do. What is chosen holds at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from game.play.snapshot import Snapshot
from game.screen.keyboard import groups, in_words
from game.screen.kit import theme
from game.screen.kit.frame import KEYS, Frame, Settings, spoken
from game.screen.kit.geometry import Rect
from game.screen.kit.page import (
    Choice,
    choices,
    low,
    narrow,
    page,
)
from game.screen.kit.shapes import (
    Clip,
    Icon,
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
    ring,
)
from game.screen.messages import Back, Key, Wheel

first = "tab window"
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
ROW = 34.0


@dataclass(frozen=True, slots=True)
class Model:
    """Which part is open, and the action whose new key is waited for, with the settings it is to change."""

    part: str = "window"
    catching: str = ""
    settings: Settings | None = None
    refused: str = ""
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Open a part."""

    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Live by other settings."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Catch:
    """Wait for the key that an action is to have."""

    action: str
    settings: Settings


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose, and change keys."""
    match message:
        case Key(name) if model.catching:
            return _caught(model, name)
        case Part(name):
            return Model(part=name), ()
        case Chosen(settings):
            return replace(model, refused=""), (settings,)
        case Catch(action, settings):
            return replace(model, catching=action, settings=settings, refused=""), ()
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps * 2), 0)), ()
        case Back() if model.catching:
            return replace(model, catching=""), ()
        case Back():
            return model, (message,)
    return model, ()


def _caught(model: Model, name: str) -> tuple[Model, tuple[Any, ...]]:
    """The key that was pressed becomes the action's, unless another action has it; Esc leaves things as they are."""
    done = replace(model, catching="", settings=None)
    settings = model.settings
    if settings is None or name == "escape":
        return done, ()
    holder = next((action for action in KEYS if action != model.catching and settings.key(action) == name), None)
    if holder is not None:
        taken = f"{spoken(name)} is the key for {quoted(holder)}."
        return replace(done, refused=f"{taken} Give that another key first."), ()
    return done, (replace(settings, keys={**settings.keys, model.catching: name}),)


def quoted(action: str) -> str:
    """What an action is, in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{in_words(action)}\N{RIGHT DOUBLE QUOTATION MARK}"


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The parts, and what can be chosen in the one that is open."""
    shapes, room = page(frame, "Settings", "What you choose holds at once and is kept")
    tabs, room = room.top(38)
    _, room = room.top(10)
    wide, _ = tabs.left(min(420.0, tabs.width))
    given = (
        Choice("Window and sound", Part("window"), "tab window", model.part == "window"),
        Choice("Keys", Part("keys"), "tab keys", model.part == "keys"),
    )
    inner = _keys(model, frame, room) if model.part == "keys" else _window(model, frame, room)
    return (*shapes, *choices(frame, wide, given), *inner)


def _window(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    settings = frame.settings
    sizes = tuple(
        Choice(f"{size:.0%}", Chosen(replace(settings, scale=size)), f"scale {size:g}",
               abs(settings.scale - size) < 0.01)
        for size in SCALES
    )  # fmt: skip
    rows: tuple[tuple[str, str, tuple[Choice, ...]], ...] = (
        ("Size", "How large text and controls are, at any size of the window", sizes),
        (
            "Motion",
            "Ribbons grow, colours change slowly, the title's map turns",
            _switch("motion", replace(settings, motion=True), replace(settings, motion=False), settings),
        ),
        (
            "Sound",
            "Short tones for a turn, an answer, an alarm",
            _switch("sound", replace(settings, sound=True), replace(settings, sound=False), settings),
        ),
        (
            "Hints",
            "A note beside what the pointer or the focus rests on",
            _switch("tips", replace(settings, tips=True), replace(settings, tips=False), settings),
        ),
    )
    rows += (
        (
            "Ask before a turn ends",
            "Lists unused orders, open decisions and unanswered proposals",
            _switch("asks", replace(settings, asks=True), replace(settings, asks=False), settings),
        ),
    )
    height = 58.0 if low(frame) else 76.0
    shapes: list[Shape] = []
    for number, (name, line, given) in enumerate(rows):
        place = Rect(rect.x, rect.y + number * (height + 8), rect.width, height)
        shapes += _row(frame, place, name, line, given)
    whole = len(rows) * (height + 8)
    up = min(model.scroll * ROW, max(whole - rect.height, 0.0))
    yield Clip(rect.inset(-4), tuple(_moved(shapes, up)))


def _moved(shapes: list[Shape], up: float) -> Iterator[Shape]:
    """Shapes of rows, as far up as the list was turned."""
    for shape in shapes:
        if isinstance(shape, (Panel, Words, Icon, Zone)):
            yield replace(shape, rect=shape.rect.moved(0, -up))
        elif not up:
            yield shape


def _switch(name: str, on: Settings, off: Settings, now: Settings) -> tuple[Choice, ...]:
    return (
        Choice("On", Chosen(on), f"{name} on", on == now),
        Choice("Off", Chosen(off), f"{name} off", off == now),
    )


def _row(frame: Frame, rect: Rect, name: str, line: str, given: tuple[Choice, ...]) -> Iterator[Shape]:
    yield Panel(rect, theme.PANEL, radius=8, edge=theme.RULE)
    inner = rect.inset(16, 0)
    need = 470.0 if len(given) > 2 else 220.0
    controls, words = inner.end(min(need, inner.width * (0.66 if len(given) > 2 else 0.4)))
    above, beneath = words.middle(words.width, 46).top(24)
    yield Words(above, name, theme.STRONG, theme.TEXT)
    yield Words(Rect(beneath.x, beneath.y, beneath.width - 14, beneath.height), line, theme.SMALL, theme.FAINT)
    yield from choices(frame, controls.middle(controls.width, 38), given)


def _keys(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    head, room = rect.top(40)
    reset, said = head.end(190)
    usual = Chosen(replace(frame.settings, keys=dict(KEYS)))
    yield from button(frame, reset, Button("Usual keys", usual, "usual keys", "rotate-ccw"))
    yield from _said(model, frame, Rect(said.x, said.y, said.width - 12, said.height))
    _, room = room.top(10)
    count = 1 if narrow(frame) else 2 if room.width < 1000 else 3
    columns = _dealt(count)
    most = max(len(column) for column in columns) * ROW - room.height
    up = min(model.scroll * ROW, max(most, 0.0))
    inner: list[Shape] = []
    for place, column in zip(room.columns((1,) * count, 16), columns, strict=True):
        for number, (action, words) in enumerate(column):
            row = Rect(place.x, room.y + number * ROW - up, place.width, ROW)
            inner += _key(model, frame, row, action, words)
    yield Clip(room, tuple(inner))


def _said(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What is going on, or why a key was refused."""
    if model.refused:
        yield Icon(Rect(rect.x, rect.centre[1] - 9, 18, 18), "triangle-alert", theme.BANDS[1].dark)
        yield Words(Rect(rect.x + 28, rect.y, rect.width - 28, rect.height), model.refused, theme.BODY, theme.TEXT)
        return
    waiting = f"Press the new key for {quoted(model.catching)}, or Esc."
    text = waiting if model.catching else "Choose an action, then press the key it is to have."
    yield Words(rect, text, theme.BODY, theme.ACCENT if model.catching else theme.FAINT)


def _dealt(count: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Heads (with no action) and actions, in columns of about the same length; a head stays with its actions."""
    columns: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for name, actions in groups().items():
        shortest = min(columns, key=len)
        shortest += [("", name), *actions.items()]
    return tuple(tuple(column) for column in columns)


def _key(model: Model, frame: Frame, row: Rect, action: str, words: str) -> Iterator[Shape]:
    if not action:
        yield Words(Rect(row.x, row.y + 6, row.width, row.height - 6), words, theme.STRONG, theme.ACCENT)
        return
    name, settings = f"key {action}", frame.settings
    waiting = model.catching == action
    place = row.inset(0, 2)
    if waiting or held(frame, name, place):
        yield Panel(place, theme.RAISED, radius=5)
    changed = settings.key(action) != KEYS[action]
    key = "press a key" if waiting else frame.key(action)
    wide = max(frame.measure(key, theme.SMALL) + 20, 34.0)
    cap = Rect(place.right - wide - 6, place.y + 2, wide, place.height - 4)
    yield Words(Rect(place.x + 8, place.y, place.width - wide - 24, place.height), words, theme.BODY, theme.TEXT)
    yield Panel(cap, theme.PANEL, radius=5, edge=theme.ACCENT if waiting or changed else theme.RULE)
    yield Words(cap, key, theme.SMALL, theme.ACCENT if waiting else theme.TEXT, "centre")
    yield from ring(frame, name, place.inset(3))
    yield Zone(place, Catch(action, settings), name, f"The usual key is {spoken(KEYS[action])}" if changed else "")
