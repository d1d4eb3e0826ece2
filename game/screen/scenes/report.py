"""report: what came of the turn: of one's own orders, in relations, in the world, and from everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Proceed
from game.play.snapshot import (
    Game,
    Item,
    Move,
    Outcome,
    Snapshot,
)
from game.screen.kit import panes as pages
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import Choice, choices
from game.screen.kit.panes import Piece
from game.screen.kit.shapes import (
    Icon,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import Button, held, ring
from game.screen.messages import (
    Back,
    Go,
    Gripped,
    Tick,
)

first = "go on"

SECTIONS = {"own": "Our orders", "moves": "What moved", "news": "News", "others": "The others"}
GAP = 26.0
"""Between two lists."""

STEP, GROWTH = 0.12, 0.7
"""Seconds between one relation and the next, and until one is where it is."""


@dataclass(frozen=True, slots=True)
class Model:
    """How far each list is scrolled, which one is shown where there is room for one, and for how long."""

    section: str = "own"
    lists: Mapping[str, int] = field(default_factory=dict)
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """Show one of the lists."""

    name: str


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """Enter and Esc go on."""
    return {"confirm": Proceed(), "back": Proceed(), "end turn": Proceed()}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Read, ask why, go on."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Tick(seconds):
            return replace(model, since=model.since + seconds), ()
        case Proceed():
            return model, (Proceed() if game.phase == "report" else Back(),)
        case Section(name):
            return replace(model, section=name), ()
        case Go():
            return model, (message,)
        case Gripped():
            sizes = {name: len(pieces) for name, pieces in _pieces(model, game, None).items()}
            return replace(model, lists=pages.scrolled(model.lists, message, sizes)), ()
    return model, ()


def told_turn(game: Game) -> int:
    """The turn that the report is about: the last that was played."""
    return len(game.series) - 1


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """Four lists beside one another or, where there is little room, one of them."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    turn = told_turn(game)
    flag = None if game.side is None else game.state(game.side)
    note = f"{dated(game.dates[turn])}  ·  turn {turn} of {game.turns}" if turn else "before the first turn"
    shown = pages.page(frame, "What came of the turn", note, flag, "scroll-text")
    pieces = _pieces(model, game, frame)
    shapes: list[Shape] = list(shown.shapes)
    if pages.narrow(frame):
        tabs, body = shown.body.top(36)
        names = [name for name in SECTIONS if name in pieces]
        section = model.section if model.section in pieces else names[0]
        shapes += choices(
            frame, tabs, tuple(Choice(SECTIONS[name], Section(name), f"tab {name}", name == section) for name in names)
        )
        shapes += _list(model, section, pieces[section], body.top(8)[1])
    else:
        shapes += _beside(model, pieces, shown.body)
    hint = f"Key: {frame.key('confirm')}"
    shapes += pages.buttons(frame, shown.foot, [Button("Go on", Proceed(), "go on", "play", True, hint=hint)])
    return tuple(shapes)


def _beside(model: Model, pieces: Mapping[str, Sequence[Piece]], rect: Rect) -> Iterator[Shape]:
    """Own orders over the news on the left, what moved in the middle, the others on the right."""
    left, middle, right = rect.columns((1, 1, 1), GAP)
    if "own" in pieces:
        own = 30.0 + (sum(piece.height + 8 for piece in pieces["own"]) or 30.0)
        upper, lower = left.top(min(own + 10, left.height * 0.6))
        yield from _titled(model, "own", pieces["own"], upper)
    else:
        lower = left
    yield from _titled(model, "news", pieces["news"], lower)
    yield from _titled(model, "moves", pieces["moves"], middle)
    yield from _titled(model, "others", pieces["others"], right)


def _titled(model: Model, name: str, pieces: Sequence[Piece], rect: Rect) -> Iterator[Shape]:
    head, rest = rect.top(30)
    yield Words(head.top(24)[0], SECTIONS[name], theme.HEADING, theme.TEXT)
    yield from _list(model, name, pieces, rest)


def _list(model: Model, name: str, pieces: Sequence[Piece], rect: Rect) -> View:
    if not pieces:
        return (Words(rect.top(24)[0], EMPTY[name], theme.SMALL, theme.FAINT),)
    return pages.column(rect, pieces, model.lists.get(name, 0), name, 8)


EMPTY = {
    "own": "We gave no orders.", "moves": "No relation moved by as much as half a point.",
    "news": "No news besides.", "others": "Nobody else did anything.",
}  # fmt: skip


def _pieces(model: Model, game: Game, frame: Frame | None) -> Mapping[str, Sequence[Piece]]:
    """The four lists; those who watch have no orders of their own. Without a frame only their lengths are right."""
    turn = told_turn(game)
    items = [item for item in game.record if item.turn == turn] if turn else []
    news = [item for item in items if item.kind in ("event", "comment", "tidings")]
    actions = [item for item in items if item.kind in ("act", "refused") and item.actor not in (None, game.side)]
    own = {"own": [_sized(frame, _own_height, each, _own, game) for each in game.outcomes]} if game.side else {}
    moves = [
        Piece(
            30.0 + 19 * len([row for row in move.rows if abs(row[1]) >= 0.05]),
            _drawn(frame, partial(_move, model, game, move, number)),
        )
        for number, move in enumerate(game.moves)
    ]
    actors = list(dict.fromkeys(item.actor for item in actions if item.actor is not None))
    groups = [(actor, tuple(item for item in actions if item.actor == actor)) for actor in actors]
    return {
        **own,
        "moves": moves,
        "news": [_sized(frame, _news_height, item, _news, game) for item in news],
        "others": [_sized(frame, _group_height, group, _group, game) for group in groups],
    }


def _sized(
    frame: Frame | None,
    height: Callable[[Frame, Any], float],
    thing: Any,
    draw: Callable[..., Iterator[Shape]],
    game: Game,
) -> Piece:
    return Piece(0.0, _nothing) if frame is None else Piece(height(frame, thing), partial(draw, game, thing, frame))


def _drawn(frame: Frame | None, draw: Callable[[Frame, Rect], Iterator[Shape]]) -> Callable[[Rect], Iterator[Shape]]:
    return _nothing if frame is None else partial(draw, frame)


def _nothing(rect: Rect) -> Iterator[Shape]:
    """What a list is drawn as while only its length is asked for."""
    yield from ()


def _width(frame: Frame) -> float:
    """About how wide a list is, to reckon how many lines a text takes."""
    whole = frame.rect.width - 32 if pages.narrow(frame) else (frame.rect.width - 80 - 2 * GAP) / 3
    return whole - pages.SCROLLER


def _own_height(frame: Frame, each: Outcome) -> float:
    return pages.high(frame, each.text, theme.SMALL, _width(frame) - 26, 3) + 12 + 19 * max(len(each.effects), 1)


def _own(game: Game, each: Outcome, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """An order, how it was answered, and whom it moved."""
    sign, ink = ("x", pages.WORSE) if each.accepted is False else ("check", pages.BETTER)
    yield Icon(Rect(rect.x, rect.y + 1, 18, 18), sign, ink)
    drawn, height = pages.lines(frame, rect.left(26)[1], each.text, theme.SMALL, theme.TEXT, 3)
    yield from drawn
    rest = rect.left(26)[1].top(height + 3)[1]
    if not each.effects:
        yield Words(rest.top(19)[0], "No relation moved by it.", theme.SMALL, theme.FAINT)
    rows = [(pages.relation(game, first, second), value) for first, second, value in each.effects]
    yield from pages.terms(frame, rest, rows)


def _move(model: Model, game: Game, move: Move, number: int, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A relation that moved, with what moved it; a click asks why in full."""
    name = f"why {move.first} {move.second}"
    if held(frame, name, rect):
        yield Panel(rect.inset(-3), theme.RAISED, radius=6)
    head, rest = rect.top(24)
    numbers, pair = head.end(124)
    share = min(max((model.since - number * STEP) / GROWTH, 0.0), 1.0) if frame.settings.motion else 1.0
    now = replace(move, after=move.before + (move.after - move.before) * share)
    yield Words(pair, pages.relation(game, move.first, move.second), theme.STRONG, theme.TEXT)
    yield from pages.from_to(frame, numbers, now)
    rows = [row for row in move.rows if abs(row[1]) >= 0.05]
    yield from pages.terms(frame, rest, rows)
    yield from ring(frame, name, rect)
    yield Zone(rect, Go("why", {"first": move.first, "second": move.second}), name, "Why, in full")


def _news_height(frame: Frame, item: Item) -> float:
    return max(pages.high(frame, item.text, theme.SMALL, _width(frame) - 26, 3), 20.0)


def _news(game: Game, item: Item, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Icon(Rect(rect.x, rect.y + 1, 18, 18), pages.SIGNS[item.kind], theme.FAINT)
    yield from pages.lines(frame, rect.left(26)[1], item.text, theme.SMALL, theme.TEXT, 3)[0]


Group = tuple[str, tuple[Item, ...]]


def _group_height(frame: Frame, group: Group) -> float:
    width = _width(frame) - 36
    return sum(pages.high(frame, item.text, theme.SMALL, width, 2) + 3 for item in group[1]) + 4


def _group(game: Game, group: Group, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What a state did, beside its flag; what was done to us stands out."""
    actor, items = group
    yield from pages.emblem(game.state(actor), Rect(rect.x, rect.y + 2, 24, 16))
    _, rest = rect.left(36)
    for item in items:
        ink = theme.TEXT if item.target == game.side and game.side is not None else theme.FAINT
        drawn, height = pages.lines(frame, rest, item.text, theme.SMALL, ink)
        yield from drawn
        _, rest = rest.top(height + 3)
