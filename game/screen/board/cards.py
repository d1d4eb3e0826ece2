"""Cards over the map: the question of an event, and what is known of the state under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.commands import Choose
from game.play.snapshot import Game, Question
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Dot,
    Flag,
    Icon,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.theme import HEADING, SMALL
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    paragraph,
    ring,
    tall,
)
from game.screen.map.model import Ask, Model, centre_of
from game.screen.map.modes import relation_text

LATER = -1
"""What `Model.asked` is while questions are put off."""


def question_shown(model: Model, game: Game) -> int | None:
    """Which question lies over the map: the one asked for, else the first that waits; none while they are put off."""
    if model.asked == LATER:
        return None
    if 0 < model.asked <= len(game.questions):
        return model.asked - 1
    return next((number for number, each in enumerate(game.questions) if each.chosen is None), None)


def question(model: Model, game: Game, frame: Frame, chart: Rect, clear: float) -> Iterator[Shape]:
    """An event that waits for the side's choice, with its options; `clear` of what lies to the left where it can be."""
    number = question_shown(model, game)
    if number is None:
        return
    asked = game.questions[number]
    width = min(480.0, chart.width - 16)
    room = chart.height - 16
    titles = tall(frame, asked.headline, HEADING, width - 36)
    fixed = 24 + 24 + titles + 38.0 * len(asked.options) + 6
    text = max(min(tall(frame, asked.text, SMALL, width - 36) + 8 if asked.text else 0.0, room - fixed), 0.0)
    height = min(fixed + text, room)
    x = min(max(chart.centre[0] - width / 2, clear), chart.right - width - 8)
    box = Rect(x, max(chart.bottom - height - 14, chart.y + 8), width, height)
    yield Panel(box, theme.PANEL, radius=11, edge=theme.ACCENT, shadow=True)
    yield Zone(box, None, "question", focusable=False)
    inner = box.inset(18, 12)
    head, inner = inner.top(24)
    yield from _above(frame, game, number, head)
    title, inner = inner.top(titles + 4)
    yield from paragraph(frame, title, asked.headline, HEADING)
    body, inner = inner.top(text)
    if text >= SMALL.size * 1.45:
        yield from paragraph(frame, body, asked.text, SMALL, theme.FAINT)
    yield from _options(frame, asked, inner)


def _above(frame: Frame, game: Game, number: int, head: Rect) -> Iterator[Shape]:
    """Whose decision it is, and a way to put it off."""
    yield Icon(Rect(head.x, head.y + 2, 15, 15), "circle-help", theme.ACCENT)
    many = f"Your decision, {number + 1} of {len(game.questions)}" if len(game.questions) > 1 else "Your decision"
    yield Words(Rect(head.x + 22, head.y, head.width - 60, 19), many, theme.NOTE, theme.ACCENT)
    shut = Rect(head.right - 20, head.y - 4, 26, 26)
    yield from button(frame, shut, Button("", Ask(LATER - 1), "close question", "x", hint="Decide later"))


def _options(frame: Frame, asked: Question, rect: Rect) -> Iterator[Shape]:
    for (name, label), place in zip(asked.options, rect.rows(32, 6), strict=False):
        chosen = asked.chosen == name
        zone = f"option {asked.event} {name}"
        ground = (
            theme.ACCENT if chosen else theme.mixed(theme.RAISED, theme.TEXT, 0.12 if held(frame, zone, place) else 0)
        )
        ink = theme.INK if chosen else theme.TEXT
        yield Panel(place, ground, radius=6, edge=None if chosen else theme.RULE)
        yield Icon(Rect(place.x + 10, place.centre[1] - 7, 14, 14), "check" if chosen else "chevron-right", ink)
        yield Words(Rect(place.x + 32, place.y, place.width - 42, place.height), label, theme.STRONG, ink)
        yield from ring(frame, zone, place)
        yield Zone(place, Choose(asked.event, name), zone, label if frame.measure(label, theme.STRONG) > 380 else "")


def hovered(model: Model, game: Game, frame: Frame, chart: Rect, name: str) -> Iterator[Shape]:
    """A small card on the state under the pointer: how it and the state in the middle regard each other."""
    assert frame.pointer is not None
    state, centre = game.state(name), game.side or centre_of(model, game)
    rows = []
    if name != centre:
        other = "us" if centre == game.side else game.state(centre).name
        rows = [
            (f"Its view of {other}", name, centre),
            (f"{'Our' if other == 'us' else 'The other'} view", centre, name),
        ]
    wars = [each.title for each in game.disputes if name in each.parties]
    note = wars[0] if wars else ""
    width = max(frame.measure(state.name, theme.STRONG) + 62, 190.0, min(frame.measure(note, theme.NOTE) + 28, 300.0))
    height = 38.0 + 20 * len(rows) + (20 if note else 0)
    x, y = frame.pointer[0] + 18, frame.pointer[1] + 18
    box = Rect(min(x, chart.right - width - 6), y if y + height < chart.bottom - 6 else y - height - 30, width, height)
    yield Panel(box, theme.PANEL, radius=8, edge=theme.RULE, shadow=True)
    inner = box.inset(12, 7)
    head, inner = inner.top(24)
    if state.code:
        yield Flag(Rect(head.x, head.y + 4, 24, 16), state.code, state.name, state.colour)
    yield Words(Rect(head.x + 34, head.y, head.width - 34, head.height), state.name, theme.STRONG, theme.TEXT)
    for label, first, second in rows:
        row, inner = inner.top(20)
        yield Words(row, label, theme.NOTE, theme.FAINT)
        value = game.relation(first, second)
        text = relation_text(game, first, second)
        wide = frame.measure(text, theme.NOTE)
        yield Dot((row.right - wide - 12, row.centre[1]), 5, theme.tint(value), theme.PAPER)
        yield Words(row, text, theme.NOTE, theme.TEXT, "right")
    if note:
        yield Words(inner.top(20)[0], note, theme.NOTE, theme.ACCENT)
