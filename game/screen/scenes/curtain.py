"""curtain: the game goes to another person, and shows nothing but whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.play.commands import Proceed
from game.play.snapshot import Snapshot
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import GROUND
from game.screen.kit.panes import emblem
from game.screen.kit.shapes import (
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, button, paragraph
from game.screen.messages import Back

first = "raise"


@dataclass(frozen=True, slots=True)
class Model:
    """Nothing to remember."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The curtain is not left but by raising it."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """There is no way back from here: under it lies what the other person saw. No page can be opened over it."""
    return {"confirm": Proceed(), "press": Proceed(), "back": Stay(), "codex": Stay()}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Raise it."""
    if isinstance(message, Proceed):
        return model, (message,)
    return model, (Back(),) if snapshot.game is None else ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """Whose turn it is, and nothing else."""
    shapes: list[Shape] = [Panel(frame.rect, GROUND)]
    game = snapshot.game
    if game is None or game.side is None:
        return tuple(shapes)
    state = game.state(game.side)
    box = frame.rect.middle(min(520.0, frame.rect.width - 32), min(330.0, frame.rect.height - 24))
    shapes.append(Panel(box, theme.PANEL, radius=14, edge=theme.RULE, shadow=True))
    inner = box.inset(30, 26)
    foot, inner = inner.base(46)
    shapes += emblem(state, Rect(inner.centre[0] - 48, inner.y, 96, 64))
    _, rest = inner.top(78)
    name, rest = rest.top(42)
    line, rest = rest.top(24)
    shapes += [
        Words(name, state.name, theme.TITLE, theme.TEXT, "centre"),
        Words(line, "It is your turn", theme.STRONG, theme.ACCENT, "centre"),
    ]
    text = f"Pass the computer to whoever plays {state.name}. Everyone else, please look away."
    width = min(frame.measure(text, theme.SMALL), rest.width)
    _, rest = rest.top(6)
    shapes += paragraph(frame, rest.middle(width, rest.height), text, theme.SMALL, theme.FAINT)
    hint = f"Key: {frame.key('confirm')}"
    face = Button(f"I'm playing {state.name}", Proceed(), "raise", "eye", main=True, hint=hint)
    wide = min(frame.measure(face.text, theme.STRONG) + 80, foot.width)
    shapes += button(frame, foot.middle(wide, 44), face)
    return tuple(shapes)
