"""title: where everything begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.screen import theme
from game.screen.commands import Load
from game.screen.frame import Frame
from game.screen.geometry import Rect
from game.screen.mapping import framing
from game.screen.messages import Go, Quit, Swap
from game.screen.shapes import Ground, Panel, Shape, View, Words
from game.screen.snapshot import Snapshot
from game.screen.widgets import Button, button


@dataclass(frozen=True, slots=True)
class Model:
    """Nothing to remember."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on with the game that was played last."""


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Go where a button leads."""
    if isinstance(message, Continue) and snapshot.saves:
        return model, (Load(snapshot.saves[0].path), Swap("board"))
    return model, (message,) if isinstance(message, (Go, Quit, Swap)) else ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The map under a veil, the name, and what one can do."""
    camera = framing(22, 25, 62, 47, round(frame.rect.width), round(frame.rect.height))
    shapes: list[Shape] = [
        Ground(frame.rect, camera, TINTS),
        Panel(frame.rect, theme.PANEL, opacity=0.55),
    ]
    column = Rect(frame.rect.x + 72, frame.rect.y + 90, 420, frame.rect.height - 150)
    name, rest = column.top(64)
    line, rest = rest.top(34)
    shapes += [
        Words(name, "Realpolitik", theme.DISPLAY, theme.TEXT),
        Words(line, "A regional alliance simulation", theme.HEADING, theme.FAINT),
    ]
    _, rest = rest.top(28)
    narrow, _ = rest.left(280)
    for face, place in zip(_buttons(snapshot), narrow.rows(44, 10), strict=False):
        shapes += button(frame, place, face)
    foot, _ = frame.rect.inset(20, 12).base(20)
    shapes.append(Words(foot, CREDIT, theme.NOTE, theme.FAINT, "right"))
    return tuple(shapes)


TINTS = (
    ("AZE", theme.tint(14)), ("ISR", theme.tint(62)), ("IRN", theme.tint(-46)), ("ARM", theme.tint(-88)),
    ("TUR", theme.tint(80)), ("GEO", theme.tint(52)), ("RUS", theme.tint(12)),
)  # fmt: skip
CREDIT = "Outlines: Natural Earth. Disputed areas are schematic and no statement on any border."


def _buttons(snapshot: Snapshot) -> tuple[Button, ...]:
    last = snapshot.saves[0] if snapshot.saves else None
    hint = "" if last is None else f"{last.title}: {last.state or 'watched'}, turn {last.turn}"
    return (
        Button("Continue", Continue(), "continue", "play", main=last is not None, live=last is not None, hint=hint),
        Button("New game", Go("browser"), "new game", "flag", main=last is None),
        Button("Watch", Go("browser", {"watching": True}), "watch", "eye"),
        Button("Quit", Quit(), "quit", "log-out"),
    )
