"""A bar of controls over a list: a field to search in, switches, and rows that go on where there is no more width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.screen.kit import theme
from game.screen.kit.editing import Stops
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
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


def field(
    frame: Frame, rect: Rect, text: str, typing: bool, message: object, name: str, prompt: str, *,
    icon: str = "search", hint: str = "", style: Style = theme.SMALL,
) -> View:  # fmt: skip
    """A field that is typed in: a stroke stands where the next letter comes, what is selected on a ground of its own.

    Outside of it nothing is typed; a press on it sends the message.
    """
    return tuple(_field(frame, rect, Entry(text, typing, message, name, prompt, icon, hint, style)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A field: its text, whether it is typed in, and what it says and sends where it is not."""

    text: str
    typing: bool
    message: object
    name: str
    prompt: str
    icon: str
    hint: str
    style: Style


def _field(frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    over = held(frame, entry.name, rect)
    ground = theme.mixed(theme.PANEL, theme.INK, 0.4) if not over else theme.RAISED
    yield Panel(rect, ground, radius=6, edge=theme.ACCENT if entry.typing else theme.RULE)
    left = 12.0
    if entry.icon:
        ink = theme.ACCENT if entry.typing else theme.FAINT
        yield Icon(Rect(rect.x + 9, rect.centre[1] - 8, 16, 16), entry.icon, ink)
        left = 34.0
    inner = Rect(rect.x + left, rect.y, max(rect.width - left - 8, 0.0), rect.height)
    if entry.typing:
        yield from _line(frame, rect, inner, entry)
        yield from ring(frame, entry.name, rect)
        return
    yield Words(inner, entry.text or entry.prompt, entry.style, theme.TEXT if entry.text else theme.FAINT)
    yield from ring(frame, entry.name, rect)
    hint = entry.hint or f"Search. Key: {frame.key('search')}"
    if entry.text and frame.measure(entry.text, entry.style) > inner.width:
        hint = f"{entry.text}\n{hint}"
    yield Zone(rect, entry.message, entry.name, hint)


def _line(frame: Frame, rect: Rect, inner: Rect, entry: Entry) -> Iterator[Shape]:
    """The text while it is typed: moved so far to the left that the caret is seen."""
    caret, style = frame.caret.within(entry.text), entry.style
    shown = f"{entry.text[: caret.place]}{caret.composed}{entry.text[caret.place :]}"

    def along(count: int) -> float:
        return frame.measure(shown[:count], style) if count else 0.0

    at = along(caret.place + len(caret.composed))
    shift = max(at - inner.width + 6, 0.0)
    inside: list[Shape] = []
    first, last = caret.ends
    if first != last and not caret.composed:
        inside.append(Panel(Rect(inner.x + along(first) - shift, rect.centre[1] - 10, along(last) - along(first), 20),
                            theme.mixed(theme.RAISED, theme.ACCENT, 0.4), radius=2))  # fmt: skip
    inside.append(Words(Rect(inner.x - shift, inner.y, along(len(shown)) + 4, inner.height), shown, style, theme.TEXT))
    if caret.composed:
        y, start = rect.centre[1] + 9, inner.x - shift + along(caret.place)
        inside.append(Line(((start, y), (inner.x - shift + at, y)), theme.ACCENT, 1.5))
    if frame.clock % 1.0 < 0.6 or not frame.settings.motion:
        inside.append(Panel(Rect(inner.x - shift + at, rect.centre[1] - 9, 1.5, 18), theme.ACCENT))
    yield Clip(Rect(inner.x - 1, rect.y, inner.width + 2, rect.height), tuple(inside))
    places = tuple(inner.x - shift + along(count) for count in range(len(entry.text) + 1))
    yield Zone(rect, entry.message, entry.name, grip=Stops(places))
