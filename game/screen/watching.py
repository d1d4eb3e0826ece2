"""Watching a game that plays itself: on and off, one turn, five speeds, and what it stops for.

It is a part of the board for those who decide for nobody: the board keeps a `Watching`, gives it every message of this
module and every Tick, and draws `view` in its foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.play.commands import Advance
from game.play.snapshot import Game
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    ring,
)
from game.screen.messages import Tick

PACES: Mapping[int, float] = {1: 4.0, 2: 2.0, 3: 1.0, 4: 0.5, 5: 0.2}
"""Seconds between two turns at each speed."""

STOPS: Mapping[str, str] = {
    "crisis": "A crisis begins, climbs or ends", "broken": "A pledge is broken", "war": "War breaks out",
    "clash": "Forces clash", "event": "An event happens",
}  # fmt: skip
"""What a game may stop for, besides what is done to a state that is chosen."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Whether the game goes on by itself, how fast, what it stops for, and what it last stopped for."""

    playing: bool = False
    speed: int = 2
    stops: frozenset[str] = frozenset({"crisis", "broken", "war"})
    towards: str | None = None
    waited: float = 0.0
    turn: int = -1
    reason: str = ""
    choosing: bool = False


@dataclass(frozen=True, slots=True)
class Toggle:
    """Go on, or pause."""


@dataclass(frozen=True, slots=True)
class Step:
    """Play one turn, and pause."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Play at a speed, 1 to 5."""

    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop for a kind of happening, or no longer."""

    kind: str


@dataclass(frozen=True, slots=True)
class Towards:
    """Stop for what is done to the next state in the list, after the last one for nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Show or hide the list of what the game stops for."""


Wish = Toggle | Step | Speed | Stop | Towards | Choosing


def keys() -> Mapping[str, Any]:
    """What the keys do for those who watch."""
    return {"pause": Toggle(), "one turn": Step(), **{f"speed {number}": Speed(number) for number in PACES}}


def update(watching: Watching, message: Any, game: Game) -> tuple[Watching, tuple[Any, ...]]:
    """Go on when it is time, and stop for what one wants to see."""
    match message:
        case Tick(seconds):
            return _passed(watching, seconds, game)
        case Toggle():
            return replace(watching, playing=not watching.playing and not game.finished, reason="", waited=0.0), ()
        case Step():
            return replace(watching, playing=False, reason=""), () if game.finished else (Advance(),)
        case Speed(number):
            return replace(watching, speed=number), ()
        case Stop(kind):
            return replace(watching, stops=watching.stops ^ {kind}), ()
        case Towards():
            names = (None, *(state.id for state in game.states))
            return replace(watching, towards=names[(names.index(watching.towards) + 1) % len(names)]), ()
        case Choosing():
            return replace(watching, choosing=not watching.choosing), ()
    return watching, ()


def _passed(watching: Watching, seconds: float, game: Game) -> tuple[Watching, tuple[Any, ...]]:
    """The next turn once the pause between two is over; none in the turn that brought what one waits for."""
    if not watching.playing:
        return (watching if watching.turn == game.turn else replace(watching, turn=game.turn)), ()
    fresh = watching.turn not in (-1, game.turn)
    reason = stopping(watching, game) if fresh else ""
    if reason or game.finished:
        return replace(watching, playing=False, reason=reason, turn=game.turn, waited=0.0), ()
    waited = watching.waited + seconds
    if waited < PACES[watching.speed]:
        return replace(watching, waited=waited, turn=game.turn), ()
    return replace(watching, waited=0.0, turn=game.turn), (Advance(),)


def stopping(watching: Watching, game: Game) -> str:
    """What the last turn brought that the game is to stop for; empty where there is nothing."""
    last = len(game.series) - 1
    for item in game.record:
        if item.turn != last:
            continue
        if item.topic in watching.stops or (item.kind == "event" and "event" in watching.stops):
            return item.text
        if watching.towards is not None and item.target == watching.towards and item.kind in ("act", "refused"):
            return item.text
    return ""


def view(watching: Watching, game: Game, frame: Frame, rect: Rect) -> View:
    """The controls in a strip: play or pause, one turn, the speeds, what it stops for, and why it stopped."""
    return tuple(_strip(watching, game, frame, rect))


def _strip(watching: Watching, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    size = min(rect.height, 40.0)
    line = Rect(rect.x, rect.centre[1] - size / 2, rect.width, size)
    play, rest = line.left(size + 8)
    step, rest = Rect(rest.x + 8, rest.y, rest.width - 8, size).left(size + 8)
    live = not game.finished
    icon, word = ("pause", "Pause") if watching.playing else ("play", "Go on")
    hint = f"{word}. Key: {frame.key('pause')}"
    yield from button(frame, play, Button("", Toggle(), "watch play", icon, live=live, hint=hint))
    hint = f"One turn. Key: {frame.key('one turn')}"
    yield from button(frame, step, Button("", Step(), "watch step", "skip-forward", live=live, hint=hint))
    speeds, rest = Rect(rest.x + 8, rest.y, rest.width - 8, size).left(5 * 34)
    for number, place in zip(PACES, speeds.columns((1,) * 5, 4), strict=True):
        hint = f"Speed {number}. Key: {frame.key(f'speed {number}')}"
        face = Button(f"{number}", Speed(number), f"watch speed {number}", main=watching.speed == number, hint=hint)
        yield from button(frame, place, face)
    wide = rest.width > 140
    choose, rest = Rect(rest.x + 8, rest.y, rest.width - 8, size).left(130 if wide else 44)
    text, hint = ("Stops for", "") if wide else ("", "What it stops for")
    face = Button(text, Choosing(), "watch stops", "bell", main=watching.choosing, hint=hint)
    yield from button(frame, choose, face, theme.SMALL)
    if watching.reason:
        yield from _reason(f"Paused: {watching.reason}", frame, line, rest)
    if watching.choosing:
        yield from _choices(watching, game, frame, choose)


def _reason(said: str, frame: Frame, line: Rect, beside: Rect) -> Iterator[Shape]:
    """Why the game stopped: beside the controls or, where there is no room, in a strip over them."""
    if beside.width > 180:
        yield Words(Rect(beside.x + 14, beside.y, beside.width - 22, beside.height), said, theme.SMALL, theme.TEXT)
        return
    width = min(frame.measure(said, theme.SMALL) + 28, frame.rect.width - 2 * line.x)
    box = Rect(line.x, line.y - 46, width, 30)
    yield Panel(box, theme.RAISED, radius=8, edge=theme.ACCENT, shadow=True)
    yield Words(box.inset(12, 0), said, theme.SMALL, theme.TEXT)


def _choices(watching: Watching, game: Game, frame: Frame, above: Rect) -> Iterator[Shape]:
    """What the game may stop for, in a card over the strip."""
    height, width = 30.0, 300.0
    tall = height * (len(STOPS) + 1) + 20
    box = Rect(min(above.x, frame.rect.right - width - 8), max(above.y - tall - 8, frame.rect.y), width, tall)
    yield Panel(box, theme.RAISED, radius=8, edge=theme.RULE, shadow=True)
    rows = list(box.inset(10).rows(height))
    for (kind, text), row in zip(STOPS.items(), rows, strict=False):
        yield from _choice(frame, row, text, kind in watching.stops, Stop(kind), f"stop {kind}")
    chosen = "a chosen state" if watching.towards is None else game.state(watching.towards).name
    last = rows[len(STOPS)] if len(rows) > len(STOPS) else None
    if last is not None:
        yield Line(((last.x, last.y), (last.right, last.y)), theme.RULE)
        text, on = f"Something is done to {chosen}", watching.towards is not None
        yield from _choice(frame, last, text, on, Towards(), "stop towards", "Press for the next state")


def _choice(frame: Frame, row: Rect, text: str, on: bool, message: Any, name: str, hint: str = "") -> Iterator[Shape]:
    if held(frame, name, row):
        yield Panel(row, theme.RULE, radius=4)
    tick = Rect(row.x + 6, row.centre[1] - 8, 16, 16)
    yield Panel(tick, theme.PANEL, radius=4, edge=theme.FAINT)
    if on:
        yield Icon(tick.inset(2), "check", theme.ACCENT)
    yield Words(Rect(row.x + 32, row.y, row.width - 38, row.height), text, theme.SMALL, theme.TEXT)
    yield from ring(frame, name, row.inset(2))
    yield Zone(row, message, name, hint)
