"""briefing: what has changed since one planned last, and why, on five cards at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Choose, Proceed
from game.play.snapshot import (
    Card,
    Game,
    Question,
    Snapshot,
)
from game.screen.kit import panes as pages
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.panes import Piece
from game.screen.kit.shapes import (
    Dot,
    Icon,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, button
from game.screen.messages import (
    Back,
    Go,
    Gripped,
    Tick,
)
from game.screen.scenes.board import Look

first = "go on"

CARDS, EVENTS = 5, 2
ROWS = 4
"""How many causes of a change a card names, the sum of the smaller ones among them."""

WORDS, LEAD = 50.0, 148.0
"""How far the words of a card stand from its left edge, and the room that the buttons have at its right."""
GAP = 32.0
GROWTH = 0.8
"""Seconds in which a relation goes from where it was to where it is."""


@dataclass(frozen=True, slots=True)
class Model:
    """How far the cards are scrolled, and how long they have been shown."""

    lists: Mapping[str, int] = field(default_factory=dict)
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Show:
    """Go to the map, and look at a state there."""

    state: str


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """Enter and Esc go on, wherever the focus is not on something else."""
    return {"confirm": Proceed(), "back": Proceed(), "end turn": Proceed()}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Decide, look, go on."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Tick(seconds):
            return replace(model, since=model.since + seconds), ()
        case Proceed():
            return model, (_away(game),)
        case Show(state):
            return model, (Back(Look(state)), *((Proceed(),) if game.phase == "briefing" else ()))
        case Choose() | Go():
            return model, (message,)
        case Gripped():
            return replace(model, lists=pages.scrolled(model.lists, message, {"cards": len(told(game))})), ()
    return model, ()


def _away(game: Game) -> Any:
    """On with the turn where the briefing is part of it, else back to where it was opened."""
    return Proceed() if game.phase == "briefing" else Back()


def told(game: Game) -> tuple[Card, ...]:
    """The cards that are shown: the weightiest, and of what has merely happened no more than two."""
    events = [card for card in game.cards if card.kind == "event"][:EVENTS]
    return tuple(card for card in game.cards if card.kind != "event" or card in events)[:CARDS]


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The cards, one under the other."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    flag = None if game.side is None else game.state(game.side)
    when = f"{dated(game.date)}  ·  turn {game.turn} of {game.turns}"
    shown = pages.page(frame, "What has changed", when, flag, "bell")
    body = shown.body.middle(min(shown.body.width, pages.WIDEST), shown.body.height)
    shapes: list[Shape] = [*shown.shapes]
    cards = told(game)
    if not cards:
        text = "Nothing of weight has changed since you planned last." if game.turn > 1 else "All is as it begins."
        shapes.append(Words(body.top(30)[0], text, theme.BODY, theme.FAINT))
    pieces = [_piece(model, game, card, frame, body.width) for card in cards]
    shapes += pages.column(body, pieces, model.lists.get("cards", 0), "cards", 8)
    hint = f"Key: {frame.key('confirm')}"
    shapes += pages.buttons(frame, shown.foot, [Button("Plan the turn", Proceed(), "go on", "play", True, hint=hint)])
    shapes.append(Words(shown.foot.left(shown.foot.width / 2)[0], _rest(game), theme.SMALL, theme.FAINT))
    return tuple(shapes)


def _rest(game: Game) -> str:
    more = len(game.cards) - CARDS
    return "" if more <= 0 else f"{more} smaller {'matter is' if more == 1 else 'matters are'} in the log."


def _piece(model: Model, game: Game, card: Card, frame: Frame, width: float) -> Piece:
    """A card with the height that its words need."""
    question = next((each for each in game.questions if each.event == card.name), None)
    tight = pages.narrow(frame)
    words = width - pages.SCROLLER - 24 - WORDS - (52 if tight else LEAD + 16)
    if card.move is not None:
        rows = 19.0 * len(pages.folded(card.move.rows, ROWS))
        height = 76.0 + rows if tight else max(rows, 76.0) + 24
    else:
        text = words if tight or not card.effects else (words - GAP) * 5 / 11
        most = 1 if tight and question is not None else 2
        height = (62.0 if card.kind == "question" else 46.0) + pages.high(frame, card.text, theme.SMALL, text, most)
        effects = 19.0 * len(_effects(card, tight))
        height = height + effects if tight else max(height, effects + 24)
    if question is not None:
        height += 40.0 * (len(question.options) if tight else 1) + 6
    return Piece(height, partial(_card, model, game, card, question, frame))


def _card(model: Model, game: Game, card: Card, question: Question | None, frame: Frame, rect: Rect) -> Iterator[Shape]:
    urgent = card.kind in ("question", "crisis")
    ink, tight = theme.ACCENT if urgent else theme.FAINT, pages.narrow(frame)
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.ACCENT if urgent else theme.RULE)
    mark, rest = rect.inset(12, 10).left(WORDS)
    yield Dot((mark.x + 15, mark.y + 16), 15, theme.PANEL, ink)
    yield Icon(Rect(mark.x + 6, mark.y + 7, 18, 18), pages.SIGNS[card.kind], ink)
    side, words = rest.end(40 if tight else LEAD)
    yield from _lead(game, card, frame, side)
    words = words.left(words.width - (12 if tight else 16))[0]
    if question is not None:
        foot, words = words.base(40.0 * (len(question.options) if tight else 1) - 6)
        yield from _options(question, frame, Rect(foot.x, foot.y, rest.right - foot.x, foot.height))
    if card.move is not None:
        yield from _moved(model, game, card, frame, words)
    else:
        yield from _happened(game, card, frame, words, ink)


def _happened(game: Game, card: Card, frame: Frame, rect: Rect, ink: theme.Colour) -> Iterator[Shape]:
    """What has happened, in words, and what it has moved."""
    tight = pages.narrow(frame)
    left, right = rect.columns((5, 6), GAP) if card.effects and not tight else (rect, rect)
    rest = left
    if card.kind == "question":
        kind, rest = left.top(16)
        yield Words(kind, "You decide", theme.NOTE, ink)
    title, rest = rest.top(24)
    yield Words(title, card.title, theme.STRONG, theme.TEXT)
    most = 1 if tight and card.kind == "question" else 2
    drawn, height = pages.lines(frame, rest, card.text, theme.SMALL, theme.FAINT, most)
    yield from drawn
    rows = [(pages.relation(game, first, second), value) for first, second, value in _effects(card, tight)]
    yield from pages.terms(frame, rest.top(height + 4)[1] if tight else right, rows)


def _effects(card: Card, tight: bool) -> tuple[tuple[str, str, float], ...]:
    """What an event has moved; a question leaves it out where there is little room."""
    return () if tight and card.kind == "question" else card.effects


def _lead(game: Game, card: Card, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Where a card leads: to the map and, in a crisis, to its room."""
    tight = pages.narrow(frame)
    places = iter(rect.rows(32, 6))
    if card.kind == "crisis":
        face = Button("" if tight else "Crisis room", Go("crisis", {"dispute": card.name}), f"crisis {card.name}",
                      "swords", hint="Open the crisis room")  # fmt: skip
        yield from button(frame, next(places), face, theme.SMALL)
    place = next(places, None)
    if card.state is not None and place is not None:
        hint = f"Show {game.state(card.state).name} on the map"
        face = Button("" if tight else "Show on map", Show(card.state), f"show {card.kind} {card.name}", "map",
                      hint=hint)  # fmt: skip
        yield from button(frame, place, face, theme.SMALL)


def _moved(model: Model, game: Game, card: Card, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A relation from where it was to where it is, and what moved it."""
    move = card.move
    assert move is not None
    share = min(model.since / GROWTH, 1.0) if frame.settings.motion else 1.0
    tight = pages.narrow(frame)
    left, right = (rect, rect.top(56)[1]) if tight else rect.columns((5, 6), GAP)
    title, rest = left.top(24)
    yield Words(title, card.title, theme.STRONG, theme.TEXT)
    numbers, rest = rest.top(26)
    yield from pages.from_to(frame, numbers, move)
    if not tight:
        yield from pages.shift(rest.top(26)[0].inset(6, 0), move.before, move.after, share)
    yield from pages.terms(frame, right, pages.folded(move.rows, ROWS))


def _options(question: Question, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What one may do about an event; what is chosen carries a tick."""
    count = len(question.options)
    places = list(rect.rows(34, 6)) if pages.narrow(frame) else list(rect.top(34)[0].columns((1,) * count, 10))
    for (option, label), place in zip(question.options, places, strict=False):
        chosen = option == question.chosen
        face = Button(label, Choose(question.event, option), f"choose {question.event} {option}",
                      "check" if chosen else None, chosen, hint=label)  # fmt: skip
        yield from button(frame, place, face, theme.SMALL)
