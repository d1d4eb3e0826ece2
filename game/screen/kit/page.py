"""A page: the ground, the head and the way back of every scene that fills the window."""

from __future__ import annotations

from dataclasses import dataclass

from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Line,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, button
from game.screen.messages import Back

LOW, NARROW = 520.0, 860.0
"""A window that is lower or narrower than this has no room to spare."""
GROUND = theme.mixed(theme.PANEL, theme.INK, 0.55)


def low(frame: Frame) -> bool:
    """Whether there is little height."""
    return frame.rect.height < LOW


def narrow(frame: Frame) -> bool:
    """Whether there is little width."""
    return frame.rect.width < NARROW


def page(frame: Frame, title: str, line: str = "") -> tuple[View, Rect]:
    """The ground with a head that leads back, and the room under it."""
    tight = low(frame)
    outer = frame.rect.inset(14 if narrow(frame) else 32, 8 if tight else 20)
    head, rest = outer.top(40 if tight else 52)
    _, rest = rest.top(8 if tight else 14)
    arrow, words = head.left(40)
    back = Button("", Back(), "back", "arrow-left", hint=f"Back ({frame.key('back')})")
    style = theme.HEADING if tight else theme.TITLE
    _, words = words.left(14)
    wide = min(frame.measure(title, style) + 20, words.width)
    name, beside = words.left(wide)
    shapes: list[Shape] = [Panel(frame.rect, GROUND), *button(frame, arrow.middle(36, 36), back)]
    shapes.append(Words(name, title, style, theme.TEXT))
    if line and beside.width > 90:
        shapes.append(Words(beside.moved(0, 3), line, theme.BODY, theme.FAINT))
    shapes.append(Line(((outer.x, head.bottom + 4), (outer.right, head.bottom + 4)), theme.RULE))
    return tuple(shapes), rest


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few: its words, what choosing it sends, its name, and a line that explains it."""

    text: str
    message: object
    name: str
    chosen: bool = False
    hint: str = ""


def choices(frame: Frame, rect: Rect, given: tuple[Choice, ...], gap: float = 6.0) -> View:
    """Choices side by side, the one that is taken marked by a tick as well as by its colour."""
    shapes: list[Shape] = []
    roomy = sum(frame.measure(each.text, theme.STRONG) + 26 for each in given) + 28 < rect.width - gap * len(given)
    style = theme.STRONG if roomy else theme.SMALL
    widths = [frame.measure(each.text, style) + (52 if each.chosen else 24) for each in given]
    for each, place in zip(given, rect.columns(widths or (1,), gap), strict=False):
        face = Button(
            each.text, each.message, each.name, "check" if each.chosen else None, each.chosen, True, each.hint
        )
        shapes += button(frame, place, face, style)
    return tuple(shapes)
