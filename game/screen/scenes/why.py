"""why: what a relation is made of, both ways, now or in a past turn, and why the two did what they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from game.play.commands import Explain
from game.play.snapshot import (
    Account,
    Cause,
    Game,
    Item,
    Snapshot,
)
from game.screen.kit import fields, numbers, theme
from game.screen.kit.fields import (
    HEAD,
    Field,
    Listed,
    Open,
    Put,
    Room,
    Track,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    card,
    held,
    paragraph,
    relation,
    ring,
    tall,
)
from game.screen.messages import (
    Back,
    Click,
    Drag,
    Gripped,
    Key,
    Wheel,
)

ROW, SLIDER, DEED = 44.0, 60.0, 64.0
TOTAL = 30.0
WHO = "Who"
RULES = {
    "baseline": "the start", "agreements": "an agreement", "suspicion": "suspicion", "limits": "the end of the scale",
    "acts": "an act", "events": "an event", "drift": "slow change", "balance": "friends and rivals",
    "crises": "a crisis", "pledges": "a pledge", "secrecy": "what came out", "triggers": "an event",
    "decisions": "a decision", "disputes": "a dispute",
}  # fmt: skip
"""What the rules are called here; one that is not among them by its own name."""

first = "turn"
"""The control that has the focus when the scene opens."""


@dataclass(frozen=True, slots=True)
class Model:
    """Whose relation, and after which turn; None is now."""

    first: str | None = None
    second: str | None = None
    turn: int | None = None
    room: Room = field(default_factory=lambda: Room(over=first))
    asked: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Look at the relation so many turns later, or earlier."""

    step: int


def keys(model: Model, snapshot: Snapshot) -> dict[str, Any]:
    """What the keys do here."""
    found: dict[str, Any] = {"previous state": Turned(-1), "next state": Turned(1)}
    return {**found, "back": Open("")} if model.room.open else found


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look at another pair, another turn, or further down."""
    game = snapshot.game
    if game is None or isinstance(message, Back):
        return model, (message,) if isinstance(message, Back) else ()
    match message:
        case Put(name, value):
            model = _put(model, name, value)
        case Turned(step):
            model = _at(model, game, _turn(model, game) + step)
        case Key(name) if name in ("left", "right") and model.room.over == "turn":
            model = _at(model, game, _turn(model, game) + (1 if name == "right" else -1))
        case Key(name) if name in ("left", "right"):
            shown = next((each for each in _fields(model, game) if each.name == model.room.over), None)
            if shown is not None:
                model = _put(model, shown.name, shown.beside(1 if name == "right" else -1).id)
        case Gripped(Track() as track, Click(x, _) | Drag(x, _, _, _)):
            share = min(max((x - track.x) / max(track.width, 1.0), 0.0), 1.0)
            model = _at(model, game, round(track.low + share * (track.high - track.low)))
        case Gripped(Track(), Wheel(_, _, steps)):
            model = _at(model, game, _turn(model, game) + round(steps))
        case Wheel(_, _, steps) if not model.room.open:
            rows = round(-2 * steps)
            model = replace(model, room=model.room.moved("there", rows).moved("back", rows))
        case _:
            model = replace(model, room=model.room.after(message))
    return _asking(model, snapshot, game)


def _put(model: Model, name: str, value: str | None) -> Model:
    room = replace(model.room, open="", scrolls=())
    if name == "first":
        other = model.second if value != model.second else model.first
        return replace(model, first=value, second=other, room=room)
    if name == "second":
        return replace(model, second=value, room=room)
    return replace(model, room=room)


def last_turn(game: Game) -> int:
    """The number of turns that have been played."""
    return len(game.series) - 1


def _turn(model: Model, game: Game) -> int:
    return last_turn(game) if model.turn is None else model.turn


def _at(model: Model, game: Game, turn: int) -> Model:
    last = last_turn(game)
    return replace(model, turn=None if turn >= last else max(turn, 0))


def _asking(model: Model, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The model with two states to look at, and the question whose answer is not shown yet."""
    names = [state.id for state in game.states]
    one = model.first if model.first in names else game.side or names[0]
    other = model.second if model.second in names and model.second != one else next(n for n in names if n != one)
    model = replace(model, first=one, second=other)
    wanted = (one, other, model.turn, last_turn(game), tuple(draft.text for draft in game.plan))
    account = snapshot.account
    if account is not None and (account.first, account.second, account.turn) == (one, other, _turn(model, game)):
        return model, ()
    if model.asked == wanted:
        return model, ()
    return replace(model, asked=wanted), (Explain(one, other, model.turn),)


def _fields(model: Model, game: Game) -> tuple[Field, Field]:
    return (
        Field("first", "How", fields.states(game), model.first, "Who regards"),
        Field("second", "regards", fields.states(game, model.first), model.second, "Who is regarded"),
    )


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The two directions side by side, what was done, and the turns."""
    game = snapshot.game
    if game is None or model.first is None or model.second is None:
        return (Panel(frame.rect, fields.NIGHT),)
    strip, rest = frame.rect.top(HEAD)
    base, middle = rest.base(SLIDER)
    one, other = game.state(model.first), game.state(model.second)
    shapes: list[Shape] = [Panel(frame.rect, fields.NIGHT)]
    shapes += fields.head(frame, strip, "circle-help", f"Why: {one.name} and {other.name}", game)
    inner = middle.inset(14, 12)
    if fields.wide(frame):
        chosen, inner = inner.top(fields.FIELD + 6)
        for shown, place in zip(_fields(model, game), chosen.columns((1, 1), 12), strict=True):
            shapes += fields.field(frame, place, shown)
    names: tuple[str, ...] = (
        f"{one.name} {fields.ARROW} {other.name}",
        f"{other.name} {fields.ARROW} {one.name}",
        "What they did",
    )
    if not fields.wide(frame):
        names = (*names, WHO)
    room = model.room if model.room.pane in names else replace(model.room, pane=names[0])
    for pane, place in fields.panes(frame, inner, names, (40, 40, 34), room, shapes):
        if pane == WHO:
            shapes += _who(model, game, frame, place)
        elif pane == names[2]:
            shapes += _actions(model, game, frame, place)
        else:
            key = "there" if pane == names[0] else "back"
            shapes += _account(model, snapshot, game, frame, place, key)
    shapes += _slider(model, game, frame, base)
    opened = next((each for each in _fields(model, game) if each.name == model.room.open), None)
    return tuple(shapes) if opened is None else fields.opened(frame, tuple(shapes), opened, model.room.scroll("list"))


def _who(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Whose relation it is, where that has no room above the rows."""
    shapes, inner = card(rect)
    yield from shapes
    for shown, place in zip(_fields(model, game), inner.rows(fields.FIELD, 6), strict=False):
        yield from fields.field(frame, place, shown)


def _found(model: Model, snapshot: Snapshot, key: str) -> Account | None:
    """The account of one direction, if it is that of the pair that is looked at."""
    account = snapshot.account if key == "there" else snapshot.back
    pair = (model.first, model.second) if key == "there" else (model.second, model.first)
    return account if account is not None and (account.first, account.second) == pair else None


def _account(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect, key: str) -> Iterator[Shape]:
    """One direction: the number, the picture of what adds and what takes away, the rows and their sum."""
    shapes, inner = card(rect)
    yield from shapes
    account = _found(model, snapshot, key)
    if account is None:
        return
    head, inner = inner.top(34)
    yield Flag(
        Rect(head.x, head.y + 4, 33, 22),
        game.state(account.first).code,
        game.state(account.first).name,
        game.state(account.first).colour,
    )
    title = f"{game.state(account.first).name} {fields.ARROW} {game.state(account.second).name}"
    yield Words(Rect(head.x + 44, head.y, head.width - 144, 30), title, theme.STRONG, theme.TEXT)
    yield from relation(Rect(head.right - 100, head.y, 100, 30), account.relation, theme.TITLE, "right")
    picture, inner = inner.top(34)
    yield from _picture(account, picture)
    total, inner = inner.base(TOTAL)
    yield from _rows(model, account, game, frame, inner, key)
    yield Line(((total.x, total.y), (total.right, total.y)), theme.RULE)
    left, right = total.left(total.width - 90)
    yield Words(left, f"Sum of {len(account.rows)} rows: {theme.band(account.relation).name}", theme.SMALL, theme.FAINT)
    yield Words(right, numbers.signed(sum(row.left for row in account.rows), 1), theme.STRONG, theme.TEXT, "right")


def _picture(account: Account, rect: Rect) -> Iterator[Shape]:
    """What adds stacked to the right of the middle, what takes away to the left; a mark where the sum lies."""
    reach = max(
        sum(row.left for row in account.rows if row.left > 0),
        -sum(row.left for row in account.rows if row.left < 0),
        1.0,
    )
    track, middle = Rect(rect.x, rect.y + 8, rect.width, 14), rect.centre[0]
    unit = rect.width / 2 / max(reach, 100.0)
    yield Panel(track, theme.RULE, radius=3)
    for sign in (1.0, -1.0):
        place = middle
        for number, row in enumerate(row for row in account.rows if row.left * sign > 0):
            size = abs(row.left) * unit
            shade = theme.mixed(numbers.tone(sign), theme.PANEL, 0.0 if number % 2 == 0 else 0.3)
            yield Panel(Rect(place if sign > 0 else place - size, track.y, max(size - 0.5, 0.5), track.height), shade)
            place += size * sign
    at = middle + account.relation * unit
    yield Line(((middle, track.y - 3), (middle, track.bottom + 3)), theme.FAINT)
    yield Dot((at, track.centre[1]), 5, theme.TEXT, theme.INK)


def _rows(model: Model, account: Account, game: Game, frame: Frame, rect: Rect, key: str) -> Iterator[Shape]:
    fitting = max(int(rect.height // ROW), 1)
    start = min(model.room.scroll(key), max(len(account.rows) - fitting, 0))
    # What was there at the start is often larger than all that came since: it fills its bar, and the rest can be told.
    reach = max((abs(row.left) for row in account.rows if row.rule != "baseline"), default=1.0)
    inner = Rect(rect.x, rect.y, rect.width - (10 if len(account.rows) > fitting else 0), rect.height)
    shapes: list[Shape] = [Zone(rect, None, f"causes {key}", focusable=False, grip=Listed(key))]
    for number, (row, place) in enumerate(zip(account.rows[start : start + fitting], inner.rows(ROW), strict=False)):
        shapes += _cause(row, game, frame, place, reach, f"cause {key} {start + number + 1}", key)
    yield Clip(rect, tuple(shapes))
    yield from fields.scrolled(rect, len(account.rows), fitting, start)


def _cause(row: Cause, game: Game, frame: Frame, rect: Rect, reach: float, name: str, key: str) -> Iterator[Shape]:
    if held(frame, name, rect):
        yield Panel(rect, theme.RAISED, radius=4)
    inner = rect.inset(4, 3)
    number, rest = inner.end(52)
    picture, text = rest.end(min(76.0, rest.width * 0.22))
    words = Rect(text.x, text.y, text.width - 8, 19)
    said = f"{row.text[:1].upper()}{row.text[1:]}"
    yield Words(words, said, theme.SMALL, theme.TEXT)
    yield Words(words.moved(0, 19), f"{_since(row, game)} \N{MIDDLE DOT} {_fades(row, game)}", theme.NOTE, theme.FAINT)
    yield from numbers.leaning(picture.inset(4, 0), row.left, reach)
    yield Words(number, numbers.signed(row.left, 1), theme.STRONG, theme.TEXT, "right")
    then, now = numbers.signed(row.impulse, 1), numbers.signed(row.left, 1)
    hint = f"{said}\nBy {RULES.get(row.rule, row.rule)}: {then} at first, {now} now"
    yield from ring(frame, name, rect.inset(2))
    yield Zone(rect, None, name, hint, grip=Listed(key))


def _since(row: Cause, game: Game) -> str:
    by = RULES.get(row.rule, row.rule.replace("_", " "))
    later = game.days[row.turn] if row.turn < len(game.days) else f"turn {row.turn}"
    when = later if row.turn > 0 else ""
    return f"{by[:1].upper()}{by[1:]}{f', {when}' if when else ''}"


def _fades(row: Cause, game: Game) -> str:
    """When a row will be gone."""
    if row.gone is None:
        return "stays"
    if row.gone <= last_turn(game):
        return "as good as gone"
    return f"{'ends' if row.rule == 'agreements' else 'gone'} by turn {row.gone}"


def _actions(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What the two did towards one another, newest first, with what spoke for it and what they would have done else."""
    shapes, inner = card(rect, "What they did" if fields.wide(frame) else "")
    yield from shapes
    pair, turn = {model.first, model.second}, _turn(model, game)
    found = [item for item in reversed(game.record) if {item.actor, item.target} == pair and item.turn <= turn]
    if not found:
        yield Words(inner.top(24)[0], "Nothing towards one another so far.", theme.SMALL, theme.FAINT)
        return
    start = min(model.room.scroll("deeds"), len(found) - 1)
    yield Zone(inner, None, "deeds", focusable=False, grip=Listed("deeds"))
    shown: list[Shape] = []
    rest = inner
    for item in found[start:]:
        why = _why(item, game)
        height = (
            tall(frame, item.text, theme.SMALL, inner.width - 12) + tall(frame, why, theme.NOTE, inner.width - 12) + 30
        )
        if rest.height < min(height, 40):
            break
        place, rest = rest.top(height)
        shown += _action(item, why, game, frame, place)
    yield Clip(inner, tuple(shown))
    yield from fields.scrolled(inner, len(found), max(len(found) // 2, 1), start)


def _action(item: Item, why: str, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    inner = Rect(rect.x, rect.y, rect.width - 12, rect.height)
    when, inner = inner.top(18)
    date = game.days[item.turn] if item.turn < len(game.days) else game.date
    yield Flag(
        Rect(when.x, when.y + 3, 18, 12),
        game.state(item.actor or "").code,
        game.state(item.actor or "").name,
        game.state(item.actor or "").colour,
    )
    yield Words(Rect(when.x + 26, when.y, when.width - 26, 18), date, theme.NOTE, theme.FAINT)
    words, inner = inner.top(tall(frame, item.text, theme.SMALL, inner.width))
    yield from paragraph(frame, words, item.text, theme.SMALL)
    yield from paragraph(frame, inner, why, theme.NOTE, theme.FAINT)


def _why(item: Item, game: Game) -> str:
    """What spoke for an act, as far as it is known."""
    if not item.why:
        return "Its reasons are its own." if item.actor != game.side else "Decided by us."
    reasons = ", ".join(
        f"{numbers.said(game.phrases, name, value).lower()} {numbers.signed(value, 2)}" for name, value in item.why[:3]
    )
    other = f" Otherwise: {item.runner_up}." if item.runner_up else ""
    return f"Because it {reasons}.{other}"


def _slider(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The turns that have been played: an earlier one shows the relation as it was then."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    inner, turn, last = rect.inset(14, 8), _turn(model, game), last_turn(game)
    label, track = inner.left(min(190.0, inner.width * 0.4))
    now = "now" if turn == last else f"turn {turn} of {last}"
    yield Words(label.top(22)[0], game.days[turn], theme.STRONG, theme.TEXT)
    yield Words(label.base(20)[0], now, theme.NOTE, theme.FAINT)
    if last == 0:
        yield Words(track, "No turn has been played yet.", theme.SMALL, theme.FAINT)
        return
    yield from fields.slider(frame, track, "turn", float(turn), 0.0, float(last), float(last))
