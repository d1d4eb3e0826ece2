"""A bar of controls over a list: a field to search in, switches, and rows that go on where there is no more width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import spoken
from game.screen.kit.shapes import (
    Icon,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import Button, held, ring

HEIGHT = 32.0


def flowed(rect: Rect, widths: Sequence[float], gap: float = 6.0) -> tuple[tuple[Rect, ...], Rect]:
    """Places side by side, on as many rows as they need, and what is left below them."""
    places, x, y = [], rect.x, rect.y
    for wanted in widths:
        width = min(wanted, rect.width)
        if x > rect.x and x + width > rect.right + 0.5:
            x, y = rect.x, y + HEIGHT + gap
        places.append(Rect(x, y, width, HEIGHT))
        x += width + gap
    used = y + HEIGHT + gap - rect.y if places else 0.0
    return tuple(places), rect.top(used)[1]


def width_of(frame: Frame, face: Button) -> float:
    """How wide a small button stands."""
    return frame.measure(face.text, theme.SMALL) + (22.0 if face.icon is None else 44.0 if face.text else 14.0)


def switch(text: str, message: object, name: str, on: bool, hint: str = "") -> Button:
    """A control that is on or off, told by a tick as well as by its colour."""
    return Button(text, message, name, "check" if on else "minus", hint=hint)


def tool(frame: Frame, rect: Rect, face: Button) -> View:
    """A quiet button for a bar of many: its sign small, the ground raised where it is on or pressed."""
    return tuple(_tool(frame, rect, face))


def _tool(frame: Frame, rect: Rect, face: Button) -> Iterator[Shape]:
    on = face.main or face.icon == "check"
    ground = theme.RULE if held(frame, face.name, rect) else theme.RAISED if on else theme.PANEL
    yield Panel(rect, ground, radius=6, edge=theme.mixed(theme.RULE, theme.ACCENT, 0.55) if on else theme.RULE)
    inner = rect.inset(10, 0)
    if face.icon is not None:
        size = 15.0
        x = inner.x if face.text else rect.centre[0] - size / 2
        yield Icon(Rect(x, rect.centre[1] - size / 2, size, size), face.icon, theme.ACCENT if on else theme.FAINT)
        inner = Rect(inner.x + size + 7, inner.y, inner.width - size - 7, inner.height)
    yield Words(inner, face.text, theme.SMALL, theme.TEXT if on else theme.FAINT, "left" if face.icon else "centre")
    yield from ring(frame, face.name, rect)
    yield Zone(rect, face.message, face.name, face.hint)


def tools(frame: Frame, rect: Rect, faces: Sequence[Button]) -> tuple[View, Rect]:
    """Quiet buttons in rows, and what is left below them."""
    places, rest = flowed(rect, [width_of(frame, face) for face in faces])
    shapes: list[Shape] = []
    for face, place in zip(faces, places, strict=True):
        shapes += tool(frame, place, face)
    return tuple(shapes), rest


def field(frame: Frame, rect: Rect, text: str, typing: bool, message: object, name: str, prompt: str) -> View:
    """A field for what is searched for; a stroke stands where the next letter comes."""
    return tuple(_field(frame, rect, text, typing, message, name, prompt))


def _field(
    frame: Frame, rect: Rect, text: str, typing: bool, message: object, name: str, prompt: str
) -> Iterator[Shape]:
    over = held(frame, name, rect)
    ground = theme.mixed(theme.PANEL, theme.INK, 0.4) if not over else theme.RAISED
    yield Panel(rect, ground, radius=6, edge=theme.ACCENT if typing else theme.RULE)
    yield Icon(Rect(rect.x + 9, rect.centre[1] - 8, 16, 16), "search", theme.ACCENT if typing else theme.FAINT)
    inner = Rect(rect.x + 34, rect.y, max(rect.width - 42, 0.0), rect.height)
    shown = text
    while shown and frame.measure(shown, theme.SMALL) > inner.width - 4:
        shown = shown[1:]
    if not text and not typing:
        yield Words(inner, prompt, theme.SMALL, theme.FAINT)
    else:
        yield Words(inner, shown, theme.SMALL, theme.TEXT)
    if typing and (frame.clock % 1.0 < 0.6 or not frame.settings.motion):
        x = inner.x + (frame.measure(shown, theme.SMALL) if shown else 0.0) + 1
        yield Panel(Rect(x, rect.centre[1] - 8, 1.5, 16), theme.ACCENT)
    yield from ring(frame, name, rect)
    hint = f"Search. Key: {spoken(frame.settings.key('search'))}" if not typing else ""
    yield Zone(rect, message, name, hint)


def written(text: str, key: str) -> str | None:
    """A text after a key of editing; None for any other key."""
    if key == "backspace":
        return text[:-1]
    if key == "ctrl+backspace":
        return text.rstrip().rpartition(" ")[0]
    return "" if key == "delete" else None
