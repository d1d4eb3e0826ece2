"""unfinished: what is still open before a turn ends, with a way to each matter, and the end of it all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.play.commands import Commit, Revise
from game.play.explained.pending import CRISIS, ORDERS, PROPOSAL, QUESTION, Matter, open_matters
from game.play.snapshot import Game, Snapshot
from game.screen.kit import panes, theme
from game.screen.kit.frame import Frame, Settings
from game.screen.kit.geometry import Rect
from game.screen.kit.page import GROUND
from game.screen.kit.panes import Piece
from game.screen.kit.shapes import (
    Icon,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.toolbar import switch, tool, width_of
from game.screen.kit.widgets import Button, button, tall
from game.screen.map.model import Ask
from game.screen.messages import (
    Back,
    Focus,
    Go,
    Gripped,
)
from game.screen.scenes.inbox import Seek

first = "go to 1"

ICONS = {CRISIS: "triangle-alert", PROPOSAL: "bell", QUESTION: "circle-help", ORDERS: "send"}
WAYS = {CRISIS: "Choose", PROPOSAL: "Answer", QUESTION: "Decide", ORDERS: "Plan"}
WIDE = 640.0


@dataclass(frozen=True, slots=True)
class Model:
    """What is to end the turn, and how far the list is scrolled."""

    command: object = field(default_factory=Commit)
    lists: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anyway:
    """End it with everything left open."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Go where a matter is settled."""

    matter: Matter


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """The key that asked for the end asks for it again: pressed anew, never while it is still held down."""
    return {"end turn": Anyway()}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Go back, go to a matter, or end it."""
    game = snapshot.game
    if game is None:
        return model, (Back(),)
    match message:
        case Anyway():
            return model, (Back(), model.command)
        case Lead(matter):
            return model, _leading(matter, game)
        case Settings() | Back():
            return model, (message,)
        case Gripped():
            return replace(model, lists=panes.scrolled(model.lists, message, {"open": len(open_matters(game))})), ()
    return model, ()


def _leading(matter: Matter, game: Game) -> tuple[Any, ...]:
    """The way to a matter, from the plan or from the inbox, under which the plan lies."""
    inbox = game.phase == "inbox"
    match matter.kind:
        case "crisis":
            return Back(), Go("crisis", {"dispute": matter.name})
        case "question" if not inbox:
            number = next(place for place, each in enumerate(game.questions) if each.event == matter.name)
            option = game.questions[number].options[0][0]
            return Back(Ask(number)), Focus(f"option {matter.name} {option}")
        case "orders":
            return (Back(), Revise()) if inbox else (Back(),)
    return Back(Seek(matter.kind, matter.name)), Focus(_answer(matter, game))


def _answer(matter: Matter, game: Game) -> str:
    """The control in the inbox that settles a matter."""
    if matter.kind == PROPOSAL:
        return f"accept {matter.name}"
    asked = next(each for each in game.questions if each.event == matter.name)
    return f"choose {matter.name} {asked.options[0][0]}"


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The list in a card, and what leads on."""
    game = snapshot.game
    ground = Panel(frame.rect, GROUND)
    return (ground,) if game is None else (ground, *_card(model, game, frame))


def _card(model: Model, game: Game, frame: Frame) -> Iterator[Shape]:
    matters = open_matters(game)
    width = min(WIDE, frame.rect.width - 24)
    pieces = [_piece(matter, number, frame, width - 48) for number, matter in enumerate(matters, 1)]
    listed = sum(piece.height + 8 for piece in pieces)
    box = frame.rect.middle(width, min(128.0 + listed, frame.rect.height - 16))
    yield Panel(box, theme.PANEL, radius=12, edge=theme.ACCENT, shadow=True)
    inner = box.inset(24, 14)
    head, inner = inner.top(38)
    yield Words(head, _title(game), theme.HEADING, theme.TEXT)
    foot, inner = inner.base(44)
    yield from panes.column(inner.base(inner.height - 4)[0], pieces, model.lists.get("open", 0), "open", 8)
    yield from _foot(model, game, frame, foot)


def _title(game: Game) -> str:
    return "Still open before the answers go out" if game.phase == "inbox" else "Still open this turn"


def _piece(matter: Matter, number: int, frame: Frame, width: float) -> Piece:
    text = width - panes.SCROLLER - 36 - 118
    height = panes.high(frame, matter.title, theme.STRONG, text, 2) + tall(frame, matter.otherwise, theme.SMALL, text)
    return Piece(max(height + 18, 52.0), partial(_row, matter, number, frame))


def _row(matter: Matter, number: int, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.RULE)
    inner = rect.inset(12, 8)
    sign, inner = inner.left(30)
    yield Icon(Rect(sign.x, sign.centre[1] - 9, 18, 18), ICONS[matter.kind], theme.ACCENT)
    way, words = inner.end(106)
    words = words.left(words.width - 12)[0]
    drawn, height = panes.lines(frame, words, matter.title, theme.STRONG, theme.TEXT)
    yield from drawn
    yield from panes.lines(frame, words.top(height + 2)[1], matter.otherwise, theme.SMALL, theme.FAINT)[0]
    face = Button(WAYS[matter.kind], Lead(matter), f"go to {number}", "chevron-right")
    yield from button(frame, way.middle(way.width, 34), face, theme.SMALL)


def _foot(model: Model, game: Game, frame: Frame, foot: Rect) -> Iterator[Shape]:
    settings, ends = frame.settings, "Submit anyway" if game.phase == "inbox" else "End turn anyway"
    asks = switch("Always ask", replace(settings, asks=not settings.asks), "always ask", settings.asks,
                  "Ask before a turn ends with something open")  # fmt: skip
    line = foot.middle(foot.width, 36)
    yield from tool(frame, line.left(width_of(frame, asks))[0], asks)
    faces = [
        Button("Back", Back(), "back", "arrow-left", hint=f"Key: {frame.key('back')}"),
        Button(ends, Anyway(), "anyway", "skip-forward", True, hint=f"Key: {frame.key('end turn')}"),
    ]
    yield from panes.buttons(frame, line.base(36)[0].end(line.width - width_of(frame, asks) - 12)[0], faces)
