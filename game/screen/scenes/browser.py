"""browser: the scenarios there are; broken ones are listed with what is wrong with them, and can't be played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from game.screen import theme
from game.screen.commands import Begin
from game.screen.frame import Frame
from game.screen.messages import Back, Swap
from game.screen.shapes import Flag, Panel, Shape, View, Words
from game.screen.snapshot import Entry, Snapshot
from game.screen.widgets import Button, Row, button, card, listing, paragraph


@dataclass(frozen=True, slots=True)
class Model:
    """Which scenario is looked at, and whether it is to be watched."""

    chosen: int = 0
    watching: bool = False
    side: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Choose:
    """Look at a scenario."""

    number: int


@dataclass(frozen=True, slots=True)
class Side:
    """Decide for a state."""

    number: int


@dataclass(frozen=True, slots=True)
class Start:
    """Begin."""


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look at one, choose a side, begin."""
    match message:
        case Choose(number):
            return replace(model, chosen=number, side=0), ()
        case Side(number):
            return replace(model, side=number), ()
        case Start():
            entry = snapshot.entries[model.chosen]
            seats = () if model.watching else (entry.states[model.side][0],)
            return model, (Begin(entry.id, seats, model.seed), Swap("board"))
        case Back():
            return model, (message,)
    return model, ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The list on the left, what is chosen on the right."""
    shapes: list[Shape] = [Panel(frame.rect, theme.PANEL)]
    page = frame.rect.inset(40, 30)
    head, page = page.top(48)
    shapes.append(Words(head, "Watch a scenario" if model.watching else "New game", theme.TITLE, theme.TEXT))
    left, right = page.columns((1, 2), 20)
    panel, inner = card(left, "Scenarios", theme.RAISED)
    rows = [
        Row((entry.title,), f"scenario {entry.id}", Choose(number), theme.FAINT if entry.findings else theme.TEXT)
        for number, entry in enumerate(snapshot.entries)
    ]
    chosen = snapshot.entries[model.chosen] if snapshot.entries else None
    name = None if chosen is None else f"scenario {chosen.id}"
    shapes += [*panel, *listing(frame, inner, rows, (1,), height=34, chosen=name, style=theme.BODY)]
    if chosen is not None:
        shapes += _about(model, chosen, frame, right)
    return tuple(shapes)


def _about(model: Model, entry: Entry, frame: Frame, rect: Any) -> View:
    shapes: list[Shape] = []
    panel, inner = card(rect, entry.title, theme.RAISED)
    shapes += panel
    foot, inner = inner.base(46)
    text, inner = inner.top(120)
    if entry.findings:
        shapes += paragraph(frame, text, "\n".join(entry.findings), theme.SMALL, theme.BANDS[1].dark)
        return tuple(shapes)
    shapes += paragraph(frame, text, entry.summary)
    if not model.watching:
        shapes += _sides(model, entry, frame, inner)
    back, rest = foot.left(140)
    start, _ = rest.end(220)
    shapes += button(frame, back, Button("Back", Back(), "back", "arrow-left"))
    label = "Watch" if model.watching else f"Play {entry.states[model.side][1]}"
    shapes += button(frame, start, Button(label, Start(), "start", "play", main=True))
    return tuple(shapes)


def _sides(model: Model, entry: Entry, frame: Frame, rect: Any) -> View:
    label, grid = rect.top(28)
    shapes: list[Shape] = [Words(label, "You decide for", theme.STRONG, theme.FAINT)]
    columns = grid.columns((1, 1, 1), 12)
    for number, (name, title, code) in enumerate(entry.states):
        places = list(columns[number % 3].rows(40, 8))
        if number // 3 < len(places):
            place = places[number // 3]
            shapes += button(frame, place, Button(title, Side(number), f"side {name}", main=number == model.side))
            if code:
                flag = place.left(44)[0].middle(30, 20)
                shapes.append(Flag(flag, code))
    return tuple(shapes)
