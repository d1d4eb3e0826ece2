"""The bar above the map: whose turn it is and when, what may be spent, the worst crisis, and the other screens."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from game.narrative.wording import dated
from game.play.snapshot import DisputeView, Game, colour
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
    Icon,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import bar, held, ring
from game.screen.map.model import Open
from game.screen.messages import Go

SCREENS = (
    ("log", "list", "Log", "log"), ("charts", "chart-line", "Charts", "charts"),
    ("matrix", "grid-3x3", "All relations", "matrix"), ("timeline", "history", "Timeline", "timeline"),
    ("codex", "book-open", "Codex", "codex"), ("saves", "folder-open", "Saved games", "load"),
    ("settings", "settings", "Settings", ""), ("shortcuts", "keyboard", "Keys", "keys"),
)  # fmt: skip
"""The other screens: name, icon, what they are called, and the action whose key opens them."""
SIDE = 34.0
MOST_PIPS = 6
"""With more political capital than this there is the number alone."""


def crisis_of(game: Game) -> DisputeView | None:
    """The crisis that has gone furthest, if there is one."""
    found = [each for each in game.disputes if max(each.rungs) >= 0]
    return max(found, key=lambda each: (game.side in each.parties, max(each.rungs)), default=None)


def view(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The bar, with as much as there is room for."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.bottom), (rect.right, rect.bottom)), theme.RULE)
    inner = rect.inset(14, 0)
    icons, rest = inner.end(min(SIDE * len(SCREENS), inner.width * 0.5))
    yield from _screens(frame, icons)
    who, rest = rest.left(min(_wide(game, frame), rest.width))
    yield from _who(game, frame, who)
    turn = f"turn {min(game.turn, game.turns)} of {game.turns}"
    when = f"{dated(game.date)}  ·  {turn}"
    long = frame.measure(when, theme.STRONG) + 26
    if rest.width < long:
        when, long = turn, frame.measure(turn, theme.STRONG) + 26
    if rest.width < long:
        return
    place, rest = rest.left(long)
    yield Words(place, when, theme.STRONG, theme.FAINT)
    crisis = crisis_of(game)
    if crisis is not None and rest.width > 190:
        badge, rest = rest.end(min(230.0, rest.width))
        yield from _crisis(frame, crisis, badge.inset(6, 7))
    if game.side is not None and rest.width > 160:
        pips, rest = rest.left(160)
        yield from _pips(game, frame, pips)
    if crisis is None and rest.width > 190 and game.disputes:
        yield from _tension(frame, max(game.disputes, key=lambda each: each.tension), rest)


def _wide(game: Game, frame: Frame) -> float:
    name = "Watching" if game.side is None else game.state(game.side).name
    return frame.measure(name, theme.HEADING) + 72


def _who(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    line = Rect(rect.x + 44, rect.y, rect.width - 50, rect.height)
    if game.side is None:
        yield Icon(Rect(rect.x + 4, rect.centre[1] - 12, 24, 24), "eye", theme.ACCENT)
        yield Words(line, "Watching", theme.HEADING, theme.TEXT)
        return
    state = game.state(game.side)
    if state.code:
        yield Flag(Rect(rect.x, rect.centre[1] - 11, 33, 22), state.code, state.name, state.colour)
    else:
        yield Dot((rect.x + 16, rect.centre[1]), 11, state.colour, theme.PAPER)
    yield Words(line, state.name, theme.HEADING, theme.TEXT)


def _pips(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Political capital: the number, and a pip for each point, filled as far as it is left."""
    number = f"{game.left:g}/{game.capital:g}"
    yield Icon(Rect(rect.x, rect.centre[1] - 8, 16, 16), "coins", theme.FAINT)
    wide = frame.measure(number, theme.STRONG) + 8
    yield Words(Rect(rect.x + 22, rect.y, wide, rect.height), number, theme.STRONG, theme.TEXT)
    many = ceil(game.capital)
    if 0 < many <= MOST_PIPS:
        x, y = rect.x + 22 + wide, rect.centre[1]
        for place in range(many):
            pip = Rect(x + place * 13, y - 5, 10, 10)
            yield Panel(pip, theme.PANEL, radius=5, edge=theme.FAINT)
            share = min(max(game.left - place, 0.0), 1.0)
            if share > 0.04:
                yield Clip(Rect(pip.x, pip.y, pip.width * share, pip.height), (Panel(pip, theme.ACCENT, radius=5),))
    hint = f"Political capital: {game.left:g} of {game.capital:g} left to spend this turn"
    yield Zone(Rect(rect.x, rect.y + 6, rect.width - 8, rect.height - 12), None, "capital", hint, focusable=False)


def _tension(frame: Frame, worst: DisputeView, rect: Rect) -> Iterator[Shape]:
    inner = rect.inset(12, 0)
    number, inner = inner.end(28)
    yield Words(number, f"{worst.tension:.0f}", theme.STRONG, theme.TEXT, "right")
    gauge, inner = inner.end(min(90.0, inner.width * 0.3))
    yield from bar(Rect(gauge.x + 8, rect.centre[1] - 3, gauge.width - 8, 6), worst.tension / 100, theme.BANDS[1].dark)
    yield Words(inner, worst.title, theme.SMALL, theme.FAINT, "right")
    yield Zone(rect.inset(8, 6), None, "tension", f"Most tense dispute: {worst.title}", focusable=False)


def _crisis(frame: Frame, crisis: DisputeView, box: Rect) -> Iterator[Shape]:
    """The badge of a crisis, which leads to its room."""
    yield Panel(box, theme.mixed(colour("#7a2410"), theme.TEXT, 0.12 if held(frame, "crisis", box) else 0.0),
                radius=7, edge=theme.BANDS[1].dark)  # fmt: skip
    yield Icon(Rect(box.x + 9, box.centre[1] - 8, 16, 16), "triangle-alert", theme.TEXT)
    yield Words(Rect(box.x + 32, box.y, box.width - 40, box.height), f"Crisis: {crisis.title}", theme.SMALL, theme.TEXT)
    yield from ring(frame, "crisis", box)
    hint = f"The crisis room · {frame.key('crisis')}"
    yield Zone(box, Go("crisis", {"dispute": crisis.id}), "crisis", hint)


def _screens(frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A button for each other screen."""
    for (name, icon, title, action), place in zip(SCREENS, rect.columns((1,) * len(SCREENS), 2), strict=True):
        box = place.middle(min(place.width, 32), 32)
        if held(frame, name, box):
            yield Panel(box, theme.RAISED, radius=7)
        yield Icon(box.middle(19, 19), icon, theme.TEXT if held(frame, name, box) else theme.FAINT)
        yield from ring(frame, f"open {name}", box)
        key = f" · {frame.key(action)}" if action else ""
        yield Zone(box, Open(name), f"open {name}", f"{title}{key}")
