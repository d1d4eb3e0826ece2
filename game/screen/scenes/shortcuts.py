"""shortcuts: every key and what it does, by group, as it is set now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from game.play.snapshot import Snapshot
from game.screen.keyboard import groups
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import page
from game.screen.kit.shapes import (
    Clip,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, button
from game.screen.messages import Back, Go, Wheel

first = "change keys"
ROW, HEAD, APART = 25.0, 34.0, 14.0


@dataclass(frozen=True, slots=True)
class Model:
    """How far the list has been turned, where it does not fit."""

    scroll: int = 0


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Turn the list, leave, or go and change the keys."""
    match message:
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps * 2), 0)), ()
        case Back() | Go():
            return model, (message,)
    return model, ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The groups in as many columns as there is width for."""
    shapes, room = page(frame, "Keys", "Every key can be changed")
    foot, room = room.base(42)
    _, room = room.base(8)
    change, _ = foot.end(200)
    face = Button("Change keys", Go("settings", {"part": "keys"}), "change keys", "keyboard", main=True)
    count = max(min(int(room.width // 270), 4), 1)
    columns = _dealt(count)
    whole = max(sum(_height(group) for _, group in column) for column in columns)
    most = max(whole - room.height, 0.0)
    up = min(model.scroll * ROW, most)
    inner: list[Shape] = []
    for place, column in zip(room.columns((1,) * count, 14), columns, strict=True):
        inner += _column(frame, place.moved(0, -up), column)
    return (*shapes, Clip(room, tuple(inner)), *button(frame, change, face))


Group = tuple[str, tuple[tuple[str, str], ...]]


def _dealt(count: int) -> tuple[tuple[Group, ...], ...]:
    """The groups in columns of about the same height, in order."""
    columns: list[list[Group]] = [[] for _ in range(count)]
    for name, actions in groups().items():
        group = (name, tuple(actions.items()))
        shortest = min(columns, key=lambda column: sum(_height(each[1]) for each in column))
        shortest.append(group)
    return tuple(tuple(column) for column in columns)


def _height(group: tuple[tuple[str, str], ...]) -> float:
    return HEAD + ROW * len(group) + APART


def _column(frame: Frame, place: Rect, column: tuple[Group, ...]) -> Iterator[Shape]:
    y = place.y
    for name, actions in column:
        box = Rect(place.x, y, place.width, _height(actions) - APART + 4)
        yield Panel(box, theme.PANEL, radius=8, edge=theme.RULE)
        yield Words(Rect(box.x + 12, y + 4, box.width - 24, HEAD - 8), name, theme.STRONG, theme.ACCENT)
        for number, (action, said) in enumerate(actions):
            row = Rect(box.x + 12, y + HEAD - 2 + number * ROW, box.width - 24, ROW)
            yield from _line(frame, row, said, frame.key(action))
        y += _height(actions) + 4


def _line(frame: Frame, row: Rect, said: str, key: str) -> Iterator[Shape]:
    wide = max(frame.measure(key, theme.NOTE) + 14, 26.0)
    cap, words = row.end(wide)
    yield Words(Rect(words.x, words.y, words.width - 8, words.height), said, theme.SMALL, theme.TEXT)
    yield Panel(cap.inset(0, 3), theme.RAISED, radius=5, edge=theme.RULE)
    yield Words(cap, key, theme.NOTE, theme.TEXT, "centre")
