"""The panel beside the map: the state that is looked at and its pages; without one, one's own aims and the news."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.snapshot import Game, Snapshot, StateCard
from game.screen.board import dossier, orders
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Dot,
    Flag,
    Icon,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    ring,
)
from game.screen.map.model import (
    TABS,
    Look,
    Model,
    Tab,
)
from game.screen.map.modes import relation_text

ICONS = {"orders": "send", "relation": "scale", "aims": "target", "agreements": "handshake", "history": "history",
         "knowledge": "eye"}  # fmt: skip
TITLES = {"orders": "Orders", "relation": "Relation", "aims": "Goals", "agreements": "Commitments",
          "history": "History", "knowledge": "Intelligence"}  # fmt: skip
HINTS = {
    "orders": "What you may say, offer and do", "relation": "Why they regard us as they do",
    "aims": "What they want and fear", "agreements": "Agreements and pledges of both sides",
    "history": "What has passed",
    "knowledge": "What is known and rumoured",
}  # fmt: skip


SHORT = 340.0
"""Below this height the panel says less."""


def tabs_of(model: Model, game: Game) -> tuple[str, ...]:
    """The pages there are: orders only for others, and only for those who decide."""
    own = model.chosen == game.side
    if game.side is None:
        return tuple(tab for tab in TABS if tab != "orders")
    return tuple(tab for tab in TABS if tab not in ("orders", "relation")) if own else TABS


def tab_of(model: Model, game: Game) -> str:
    """The page that is open, or the first where that one is missing."""
    tabs = tabs_of(model, game)
    return model.tab if model.tab in tabs else tabs[0]


def view(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The panel."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.x, rect.bottom)), theme.RULE)
    yield Zone(rect, None, "panel", focusable=False, grip="panel")
    inner = rect.inset(14, 10 if rect.height >= SHORT else 4)
    if model.chosen is None:
        yield from _nobody(model, game, frame, inner)
        return
    short = rect.height < SHORT
    head, rest = inner.top(34 if short else 68)
    yield from _head(game, frame, game.state(model.chosen), head)
    row, rest = rest.top(36 if short else 42)
    yield from _tabs(model, game, frame, row.inset(0, 4))
    tab = tab_of(model, game)
    if tab == "orders":
        yield from orders.view(model, snapshot, game, frame, rest)
    else:
        yield from dossier.page(model, tab, snapshot, game, frame, rest)


def _nobody(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    own = dossier.objectives(game.side, game)[: 1 + _count(game)] if game.side is not None else []
    rows = [*own, *dossier.news(game)]
    head, rest = rect.top(26)
    yield Words(head, "Select a state", theme.STRONG, theme.FAINT)
    yield from dossier.entries(frame, rest, rows, model.scroll)


def _count(game: Game) -> int:
    return max(sum(objective.state == game.side for objective in game.objectives), 1)


def _head(game: Game, frame: Frame, state: StateCard, rect: Rect) -> Iterator[Shape]:
    """The state's flag and name, and how it and the side regard each other."""
    if state.code:
        yield Flag(Rect(rect.x, rect.y + 3, 39, 26), state.code, state.name, state.colour)
    else:
        yield Dot((rect.x + 18, rect.y + 16), 13, state.colour, theme.PAPER)
    shut = Rect(rect.right - 24, rect.y + 2, 24, 24)
    name = Rect(rect.x + 50, rect.y, shut.x - rect.x - 56, 30)
    yield Words(name, state.name, theme.HEADING, theme.TEXT)
    if held(frame, "close", shut):
        yield Panel(shut, theme.RAISED, radius=6)
    yield Icon(shut.middle(15, 15), "x", theme.FAINT)
    yield from ring(frame, "close state", shut)
    yield Zone(shut, Look(None), "close state", "Look at no state")
    if rect.height < 60:
        return
    line = Rect(rect.x, rect.y + 38, rect.width, 22)
    if game.side is None or state.id == game.side:
        note = f"{state.city}" if state.city else ""
        points = f"{state.points:.0f} points" if game.side is None or state.id == game.side else ""
        yield Words(line, "  ·  ".join(text for text in (note, points) if text), theme.SMALL, theme.FAINT)
        return
    there, back = line.columns((1, 1), 8)
    for label, place, first, second in (
        ("Their view", there, state.id, game.side), ("Our view", back, game.side, state.id)
    ):  # fmt: skip
        yield Words(place, label, theme.NOTE, theme.FAINT)
        x = place.x + frame.measure(label, theme.NOTE) + 15
        yield Dot((x, place.centre[1]), 5.5, theme.tint(game.relation(first, second)), theme.PAPER)
        text = Rect(x + 12, place.y, place.right - x - 12, place.height)
        yield Words(text, relation_text(game, first, second), theme.SMALL, theme.TEXT)


def _tabs(model: Model, game: Game, frame: Frame, row: Rect) -> Iterator[Shape]:
    """A button for each page; the open one also has its name."""
    tabs, open_ = tabs_of(model, game), tab_of(model, game)
    named = row.width > 300
    shares = [3.0 if tab == open_ and named else 1.0 for tab in tabs]
    for tab, place in zip(tabs, row.columns(shares, 5), strict=True):
        text = TITLES[tab] if tab == open_ and named else ""
        key = f" · {frame.key('dossier')}" if tab == "relation" else ""
        face = Button(text, Tab(tab), f"tab {tab}", ICONS[tab], main=tab == open_, hint=f"{HINTS[tab]}{key}")
        yield from button(frame, place, face, theme.SMALL)
