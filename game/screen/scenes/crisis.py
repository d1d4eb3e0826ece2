"""crisis: the ladder with both sides on it, who stands behind them, the odds, and what each choice would lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from game.play.commands import Stand
from game.play.snapshot import (
    Choice,
    CrisisView,
    Game,
    Snapshot,
)
from game.screen.kit import fields, numbers, theme
from game.screen.kit.fields import (
    HEAD,
    Field,
    Open,
    Pick,
    Put,
    Room,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Flag,
    Icon,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    bar,
    button,
    card,
    held,
    paragraph,
    ring,
    tall,
)
from game.screen.messages import Back, Go, Key

PANES = ("Ladder", "Who stands where", "Choices")
RUNGS = ("Query", "Protest", "Penalty", "Alert", "Ultimatum", "Limited force", "War")
MEANING = (
    "In private", "In public", "It costs trade or standing", "Forces are ready; accidents happen",
    "The last word before force", "Blood is shed", "The game of both is over",
)  # fmt: skip
LINE = 20.0
first = "choice 1"
"""The control that has the focus when the scene opens."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which crisis is looked at."""

    dispute: str | None = None
    room: Room = field(default_factory=lambda: Room(pane=PANES[0], over=first))


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose, or look at another crisis."""
    game = snapshot.game
    if game is None or isinstance(message, Back | Go):
        return model, (message,) if isinstance(message, Back | Go) else ()
    crisis = _crisis(model, game)
    match message:
        case Stand():
            return model, (message,)
        case Key(name) if crisis is not None and name in ("1", "2", "3", "4") and crisis.choices:
            return model, (Stand(crisis.dispute, crisis.choices[int(name) - 1].stance),)
        case Put("dispute", value):
            return replace(model, dispute=value, room=replace(model.room, open="")), ()
    return replace(model, room=model.room.after(message)), ()


def keys(model: Model, snapshot: Snapshot) -> dict[str, Any]:
    """What the keys do here: the number keys are read as they are, so that they stay 1 to 4."""
    return {"back": Open("")} if model.room.open else {}


def _crisis(model: Model, game: Game) -> CrisisView | None:
    """The crisis that is looked at: the one asked for, one's own, or the highest."""
    own = sorted(game.crises, key=lambda each: (game.side not in each.parties, -max(each.rungs)))
    return next(
        (each for each in own if each.dispute == model.dispute), own[0] if own and model.dispute is None else None
    )


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The ladder, those who stand around it, and the choices."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, fields.NIGHT),)
    strip, rest = frame.rect.top(HEAD)
    shapes: list[Shape] = [Panel(frame.rect, fields.NIGHT)]
    crisis = _crisis(model, game)
    title = f"Crisis: {crisis.title}" if crisis is not None else "Crisis room"
    shapes += fields.head(frame, strip, "triangle-alert", title, game)
    inner = rest.inset(14, 12)
    if crisis is None:
        return (*shapes, *_calm(model, game, frame, inner))
    if len(game.crises) > 1:
        place, inner = inner.top(fields.FIELD + 4)
        shapes += fields.field(frame, place, _which(crisis, game))
    for pane, place in fields.panes(frame, inner, PANES, (34, 34, 52), model.room, shapes):
        shapes += PAINTED[pane](crisis, game, frame, place)
    if model.room.open != "dispute":
        return tuple(shapes)
    return fields.opened(frame, tuple(shapes), _which(crisis, game), model.room.scroll("list"))


def _which(crisis: CrisisView, game: Game) -> Field:
    picks = tuple(Pick(each.dispute, each.title, RUNGS[max(each.rungs)].lower()) for each in game.crises)
    return Field("dispute", "Which crisis", picks, crisis.dispute, "More than one crisis is on")


def _calm(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """No crisis: the disputes that may become one, with their tension."""
    shapes, inner = card(rect, "There is no crisis here")
    yield from shapes
    line, inner = inner.top(30)
    yield from paragraph(
        frame, line, "A crisis opens where the tension of a dispute runs too high.", theme.SMALL, theme.FAINT
    )
    for dispute, place in zip(sorted(game.disputes, key=lambda each: -each.tension), inner.rows(34), strict=False):
        name, rest = place.left(min(260.0, place.width * 0.5))
        number, picture = rest.end(60)
        yield Words(name, dispute.title, theme.BODY, theme.TEXT)
        yield from bar(Rect(picture.x, picture.centre[1] - 4, picture.width, 8), dispute.tension / 100, fields.MINUS)
        yield Words(number, f"{dispute.tension:.0f}", theme.STRONG, theme.TEXT, "right")


def _ladder(crisis: CrisisView, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Seven rungs from below to above, with either side's flag on its own."""
    shapes, inner = card(rect)
    yield from shapes
    head, inner = inner.top(24)
    for party, align, place in zip(crisis.parties, ("left", "right"), head.columns((1, 1), 8), strict=True):
        name = game.state(party).name
        yield Words(place, name, theme.STRONG, theme.TEXT, "left" if align == "left" else "right")
    _, inner = inner.top(6)
    height = inner.height / len(RUNGS)
    for number, name in enumerate(RUNGS):
        place = Rect(inner.x, inner.bottom - (number + 1) * height, inner.width, height)
        yield from _rung(crisis, game, place, number, name)


def _rung(crisis: CrisisView, game: Game, rect: Rect, number: int, name: str) -> Iterator[Shape]:
    """A rung: its name and meaning, warmer the higher it is, with the flags of those who stand on it."""
    reached = number <= max(crisis.rungs)
    warm = theme.mixed(theme.RAISED, theme.BANDS[0].dark, number / (len(RUNGS) - 1))
    box = Rect(rect.x + 46, rect.y + 3, max(rect.width - 92, 40.0), max(rect.height - 6, 10.0))
    ground = warm if reached else theme.mixed(theme.PANEL, warm, 0.35)
    yield Panel(box, ground, radius=6, edge=theme.ACCENT if number in crisis.rungs else theme.RULE)
    inner = box.inset(10, 0)
    if box.height > 44:
        middle = box.centre[1]
        yield Words(Rect(inner.x, middle - 20, inner.width, 20), f"{number + 1}. {name}", theme.STRONG, theme.TEXT)
        yield Words(Rect(inner.x, middle, inner.width, 18), MEANING[number], theme.NOTE, theme.TEXT)
    else:
        yield Words(inner, f"{number + 1}. {name}", theme.SMALL, theme.TEXT)
    for party, rung, x in zip(crisis.parties, crisis.rungs, (rect.x, rect.right - 36), strict=True):
        if rung == number:
            yield Flag(
                Rect(x, box.centre[1] - 12, 36, 24),
                game.state(party).code,
                game.state(party).name,
                game.state(party).colour,
            )


def _around(crisis: CrisisView, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Tension, odds as they are known, guarantors, mediators, and what luck may do."""
    shapes, inner = card(rect)
    yield from shapes
    label, inner = inner.top(24)
    yield Words(label, "Tension", theme.SMALL, theme.FAINT)
    yield Words(label, f"{crisis.tension:.0f} of 100", theme.STRONG, theme.TEXT, "right")
    line, inner = inner.top(18)
    yield from bar(Rect(line.x, line.y + 2, line.width, 8), crisis.tension / 100, fields.MINUS)
    odds, inner = inner.top(70)
    yield from _odds(crisis, game, odds)
    for text, found in _bound(crisis, game):
        title, inner = inner.top(22)
        yield Words(title, text, theme.NOTE, theme.FAINT)
        for icon, code, said in found:
            row, inner = inner.top(24)
            if row.height < 24:
                return
            yield Icon(Rect(row.x, row.centre[1] - 7, 14, 14), icon, theme.ACCENT)
            yield Flag(Rect(row.x + 22, row.centre[1] - 7, 21, 14), code)
            yield Words(Rect(row.x + 52, row.y, row.width - 52, row.height), said, theme.SMALL, theme.TEXT)
        if not found:
            row, inner = inner.top(24)
            yield Words(row, "Nobody, as far as is known", theme.SMALL, theme.TEXT)
    yield from paragraph(frame, inner, _chance(crisis), theme.SMALL, theme.FAINT)


def _odds(crisis: CrisisView, game: Game, rect: Rect) -> Iterator[Shape]:
    """How likely either prevails, should it come to blows, as far as the side can know."""
    title, rest = rect.top(22)
    yield Words(title, "Odds if it comes to blows, as far as is known", theme.NOTE, theme.FAINT)
    names, track = rest.top(22)
    for party, share, align, place in zip(
        crisis.parties, crisis.odds, ("left", "right"), names.columns((1, 1), 8), strict=True
    ):
        text = f"{game.state(party).name} {100 * share:.0f}%"
        yield Words(place, text, theme.SMALL, theme.TEXT, "left" if align == "left" else "right")
    line = Rect(track.x, track.y + 4, track.width, 10)
    yield Panel(line, fields.PLUS, radius=5)
    yield Panel(line.left(line.width * crisis.odds[0])[0], theme.ACCENT, radius=5)


Bound = tuple[str, tuple[tuple[str, str, str], ...]]


def _bound(crisis: CrisisView, game: Game) -> tuple[Bound, ...]:
    """Who is bound to fight for whom, and who mediates: a sign, a flag and a sentence each."""
    fighting = tuple(
        ("shield", game.state(one).code, f"{game.state(one).name} for {game.state(ward).name}, bound {100 * far:.0f}%")
        for one, ward, far in crisis.guarantors
    )
    talking = tuple(
        ("scale", game.state(one).code, f"{game.state(one).name} for {game.state(party).name}")
        for one, party in crisis.mediators
    )
    return (("Bound to fight", fighting), ("Mediating", talking))


def _chance(crisis: CrisisView) -> str:
    accident = f"An accident may lift both a rung: {100 * crisis.accident:.0f}% a turn. " if crisis.accident else ""
    return f"{accident}A side that holds takes a way out with a chance of {100 * crisis.acceptance:.0f}%."


def _choosing(crisis: CrisisView, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The four choices of a side; for a third state, what it can do about it."""
    if not crisis.choices:
        yield from _watching(crisis, game, frame, rect)
        return
    height = (rect.height - 24) / 4
    for number, (choice, place) in enumerate(zip(crisis.choices, rect.rows(height, 8), strict=False)):
        yield from _choice(crisis, choice, number + 1, game, frame, place)


def _choice(crisis: CrisisView, choice: Choice, number: int, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    name, chosen = f"choice {number}", crisis.chosen == choice.stance
    over = held(frame, name, rect)
    ground = theme.RULE if chosen else theme.RAISED if over else theme.PANEL
    yield Panel(rect, ground, radius=10, edge=theme.ACCENT if chosen else theme.RULE, shadow=rect.height > 60)
    inner = rect.inset(12, min(8.0, rect.height * 0.08))
    badge, rest = inner.left(34)
    yield Panel(Rect(badge.x, badge.y + 2, 26, 26), theme.ACCENT if chosen else theme.RULE, radius=13)
    yield Words(
        Rect(badge.x, badge.y + 2, 26, 26), f"{number}", theme.STRONG, theme.INK if chosen else theme.TEXT, "centre"
    )
    head, rest = rest.top(28)
    title = f"{choice.title} (chosen)" if chosen else choice.title
    yield Words(head, title, theme.HEADING if rect.height > 60 else theme.STRONG, theme.TEXT)
    yield Words(head, _leads(crisis, choice, game), theme.SMALL, theme.ACCENT, "right")
    text, rest = rest.top(tall(frame, choice.text, theme.SMALL, rest.width))
    if text.height:
        yield from paragraph(frame, text, choice.text, theme.SMALL)
    yield from _consequences(choice, game, frame, Rect(rest.x, rest.y + 6, rest.width, max(rest.height - 6, 0.0)))
    yield from ring(frame, name, rect.inset(2))
    yield Zone(rect, Stand(crisis.dispute, choice.stance), name, f"Key: {number}")


def _leads(crisis: CrisisView, choice: Choice, game: Game) -> str:
    """Where both sides would stand."""
    one, other = choice.rungs
    if max(one, other) < 0:
        return "The crisis would be over"
    if one == other:
        return f"Both at {RUNGS[one].lower()}"
    first_, second = (RUNGS[each].lower() if each >= 0 else "calm" for each in (one, other))
    return f"{game.state(crisis.parties[0]).name} at {first_}, {game.state(crisis.parties[1]).name} at {second}"


def _consequences(choice: Choice, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What would change, in two columns, as far as there is room: what it costs, tension, who thinks how of whom."""
    found = [("coins", "", "Political capital", amount, 2) for _, amount in choice.capital]
    found += [("gauge", "", "Tension", choice.tension, 0)] if abs(choice.tension) >= 0.5 else []
    found += [
        ("", game.state(one).code, f"{game.state(one).name} {fields.ARROW} {game.state(other).name}", change, 1)
        for one, other, change in choice.relation
    ]
    left, right = rect.columns((1, 1), 24)
    places = [place for pair in zip(left.rows(LINE), right.rows(LINE), strict=False) for place in pair]
    if not found and places:
        yield Words(Rect(rect.x, rect.y, rect.width, LINE), "Nothing else would change", theme.SMALL, theme.FAINT)
    for number, (place, (icon, code, text, amount, digits)) in enumerate(zip(places, found, strict=False)):
        if number == len(places) - 1 and len(found) > len(places):
            yield Words(place, f"and {len(found) - number} more", theme.SMALL, theme.FAINT)
            return
        if code:
            yield Flag(Rect(place.x, place.centre[1] - 6, 18, 12), code)
        elif icon:
            yield Icon(Rect(place.x + 2, place.centre[1] - 7, 14, 14), icon, theme.FAINT)
        yield Words(Rect(place.x + 26, place.y, place.width - 76, LINE), text, theme.SMALL, theme.TEXT)
        ink = theme.TEXT if icon == "gauge" else theme.legible(numbers.tone(amount), theme.RULE)
        yield Words(place, numbers.signed(amount, digits), theme.SMALL, ink, "right")


def _watching(crisis: CrisisView, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    shapes, inner = card(rect, "Not ours to decide" if game.side not in crisis.parties else "Nothing left to choose")
    yield from shapes
    names = " and ".join(game.state(each).name for each in crisis.parties)
    text = f"{names} choose in secret, each for itself: to climb, to hold, to offer a way out or to back down."
    if game.side is not None and game.side not in crisis.parties:
        text += " A third state can mediate, speak up, or stand by one of them."
    words, inner = inner.top(tall(frame, text, theme.BODY, inner.width) + 12)
    yield from paragraph(frame, words, text)
    if game.side is None or game.side in crisis.parties:
        return
    for party, place in zip(crisis.parties, inner.rows(38, 8), strict=False):
        speak, deal = place.columns((1, 1), 8)
        name = game.state(party).name
        face = Button(f"Speak to {name}", Go("statement", {"target": party}), f"speak {party}", "message-square")
        yield from button(frame, speak, face, theme.SMALL)
        face = Button(f"Offer {name} a deal", Go("deal", {"target": party}), f"deal {party}", "handshake")
        yield from button(frame, deal, face, theme.SMALL)


PAINTED = {"Ladder": _ladder, "Who stands where": _around, "Choices": _choosing}
