"""timeline: the turns so far: how it stood after each, what happened, and a way back to go on otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Branch
from game.play.snapshot import (
    Figure,
    Game,
    Item,
    Sketch,
    Snapshot,
)
from game.screen.kit import page as leaves
from game.screen.kit import panes as pages
from game.screen.kit import plots, theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.panes import Piece
from game.screen.kit.shapes import (
    Dot,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import Button, button
from game.screen.map.thumbnails import picture
from game.screen.messages import (
    Back,
    Click,
    Drag,
    Go,
    Gripped,
    Wheel,
)

first = "later"


@dataclass(frozen=True, slots=True)
class Model:
    """Which turn is looked at (None: the last), around which state, and whose regard of it is followed."""

    turn: int | None = None
    centre: str | None = None
    other: str | None = None
    lists: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Look at a turn so many later."""

    turns: int


@dataclass(frozen=True, slots=True)
class At:
    """Look at a turn."""

    turn: int


@dataclass(frozen=True, slots=True)
class Follow:
    """Look at the next state round: the one in the middle of the map, or the one whose regard is followed."""

    which: str
    step: int


@dataclass(frozen=True, slots=True)
class Rail:
    """Where the slider lies, to tell which turn a point of it is."""

    x: float
    width: float
    last: int

    def turn(self, x: float) -> int:
        """The turn nearest to a place."""
        share = (x - self.x) / max(self.width, 1.0)
        return round(min(max(share, 0.0), 1.0) * self.last)


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """Arrows go through the turns, brackets through the states, Home to the start."""
    return {
        "pan left": Step(-1), "pan right": Step(1), "region": At(0), "timeline": Back(),
        "previous state": Follow("other", -1), "next state": Follow("other", 1),
        "zoom in": Follow("centre", 1), "zoom out": Follow("centre", -1),
    }  # fmt: skip


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Scrub, follow, go back."""
    game = snapshot.game
    if game is None:
        return model, ()
    last = len(game.series) - 1
    match message:
        case Step(turns):
            return replace(model, turn=min(max(shown_turn(model, game) + turns, 0), last), lists={}), ()
        case At(turn):
            return replace(model, turn=min(max(turn, 0), last), lists={}), ()
        case Follow(which, step):
            return _followed(model, game, which, step), ()
        case Gripped(Rail() as rail, Wheel(_, _, steps)):
            return update(model, Step(-1 if steps > 0 else 1), snapshot)
        case Gripped(Rail() as rail, Drag(x, _, _, _) | Click(x, _)):
            return replace(model, turn=rail.turn(x), lists={}), ()
        case Gripped():
            sizes = {"happened": len(happened(game, shown_turn(model, game)))}
            return replace(model, lists=pages.scrolled(model.lists, message, sizes)), ()
        case Branch():
            return replace(model, turn=None), (message,)
        case Back() | Go():
            return model, (message,)
    return model, ()


def shown_turn(model: Model, game: Game) -> int:
    """The turn that is looked at."""
    last = len(game.series) - 1
    return last if model.turn is None else min(model.turn, last)


def centre_of(model: Model, game: Game) -> str:
    """The state in the middle: the one that was chosen, one's own, or the first."""
    return model.centre or game.side or game.states[0].id


def other_of(model: Model, game: Game) -> str:
    """The state whose regard is followed: the one chosen, or the one whose regard has moved most."""
    centre = centre_of(model, game)
    if model.other is not None and model.other != centre:
        return model.other
    names = [state.id for state in game.states if state.id != centre]
    return max(names, key=lambda name: _moved(game, name, centre))


def _moved(game: Game, first: str, second: str) -> float:
    line = _line(game.series, game, first, second)
    return max(line) - min(line)


def _line(series: tuple[tuple[tuple[float, ...], ...], ...], game: Game, first: str, second: str) -> tuple[float, ...]:
    """How one state regarded another, turn by turn, in this line or another."""
    row, column = game.index(first), game.index(second)
    return tuple(table[row][column] for table in series)


def _followed(model: Model, game: Game, which: str, step: int) -> Model:
    centre, other = centre_of(model, game), other_of(model, game)
    now = centre if which == "centre" else other
    names = [state.id for state in game.states if which == "centre" or state.id != centre]
    chosen = names[(names.index(now) + step) % len(names)]
    if which == "other":
        return replace(model, other=chosen)
    return replace(model, centre=chosen, other=None if chosen == other else model.other)


def happened(game: Game, turn: int) -> tuple[Item, ...]:
    """What the record says of a turn."""
    return tuple(item for item in game.record if item.turn == turn and turn > 0)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The map of a turn, the relation that is followed, what happened, and the slider under them."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    turn = shown_turn(model, game)
    ground, body = leaves.page(frame, "Timeline", _when(game, turn))
    shapes: list[Shape] = [*ground]
    low = leaves.low(frame)
    foot, body = body.base(86 if low else 100)
    if pages.narrow(frame):
        left, right = body.columns((3, 2), 14)
        shapes += _chart(model, game, frame, left, turn)
        shapes += _news(model, game, frame, right, turn)
    else:
        left, right = body.columns((7, 6), 24)
        shapes += _map(model, game, frame, left, turn)
        upper, lower = right.top(right.height * 0.56)
        shapes += _chart(model, game, frame, upper, turn)
        shapes += _news(model, game, frame, lower.top(10)[1], turn)
    shapes += _slider(game, frame, foot, turn)
    return tuple(shapes)


def _when(game: Game, turn: int) -> str:
    return f"after turn {turn}, {dated(game.dates[turn])}" if turn else "as it began"


def sketch_of(game: Game, turn: int) -> Sketch:
    """The board as it stood after a turn."""
    figures = tuple(
        Figure(each.id, each.name, each.code, each.colour, each.place, each.off_map, each.plays) for each in game.states
    )
    return Sketch(figures, game.series[turn], (), game.view)


def _map(model: Model, game: Game, frame: Frame, rect: Rect, turn: int) -> Iterator[Shape]:
    head, rest = rect.top(34)
    centre = game.state(centre_of(model, game))
    yield from _chooser(frame, head, "centre", f"{centre.name} in the middle")
    yield from picture(frame, rest.top(4)[1], sketch_of(game, turn), centre.id)


def _chooser(frame: Frame, rect: Rect, which: str, text: str) -> Iterator[Shape]:
    """A state between two arrows that go round all of them."""
    before, after = ("zoom out", "zoom in") if which == "centre" else ("previous state", "next state")
    named = [frame.key(action) for action in (before, after)]
    faces = (
        Button("", Follow(which, -1), f"{which} before", "chevron-left", hint=f"The state before (key: {named[0]})"),
        Button("", Follow(which, 1), f"{which} after", "chevron-right", hint=f"The next state (key: {named[1]})"),
    )
    place = Rect(rect.x, rect.y + 2, 30, 28)
    for face in faces:
        yield from button(frame, place, face)
        place = place.moved(34, 0)
    yield Words(Rect(place.x + 6, rect.y, rect.right - place.x - 6, 32), text, theme.STRONG, theme.TEXT)


def _chart(model: Model, game: Game, frame: Frame, rect: Rect, turn: int) -> Iterator[Shape]:
    """How the two states regarded each other, in this line and in the one it was branched from."""
    head, rest = rect.top(34)
    centre, other = centre_of(model, game), other_of(model, game)
    yield from _chooser(frame, head, "other", f"{game.state(other).name} and {game.state(centre).name}")
    pairs = ((other, centre), (centre, other))
    shown = [
        plots.Curve(pages.relation(game, *pair), _line(game.series, game, *pair), plots.CURVES[number])
        for number, pair in enumerate(pairs)
    ]
    if game.trunk:
        shown += [
            plots.Curve("before", _line(game.trunk, game, *pair), plots.CURVES[number], True)
            for number, pair in enumerate(pairs)
        ]
    values = [value for curve in shown for value in curve.values if value is not None]
    last = max(len(curve.values) for curve in shown) - 1
    if last < 1:
        yield Words(rest.top(24)[0], "No turn has been played yet.", theme.SMALL, theme.FAINT)
        return
    room = min(220.0, rest.width * 0.42)
    field = plots.plot(Rect(rest.x + 44, rest.y + 6, rest.width - 44 - room, rest.height - 32), values, float(last),
                       (-100.0, 100.0))  # fmt: skip
    yield from plots.axes(field, _dates(game, last), frame)
    x = field.x(turn)
    yield Line(((x, field.rect.y), (x, field.rect.bottom)), theme.ACCENT, 1.5)
    yield from plots.curves(field, shown)
    yield from plots.names(field, shown, frame, room)


def _dates(game: Game, last: int) -> tuple[str, ...]:
    """The dates of the turns; those of another line that this one has not come to are left out."""
    return ("start", *map(plots.short, game.dates[1:]), *("" for _ in range(last + 1 - len(game.dates))))


def _news(model: Model, game: Game, frame: Frame, rect: Rect, turn: int) -> Iterator[Shape]:
    head, rest = rect.top(28)
    yield Words(head.top(22)[0], "What happened", theme.HEADING, theme.TEXT)
    items = happened(game, turn)
    if not items:
        yield Words(rest.top(20)[0], "The game begins." if not turn else "Nothing.", theme.SMALL, theme.FAINT)
        return
    width = rest.width - pages.SCROLLER - 26
    pieces = [Piece(pages.high(frame, item.text, theme.SMALL, width, 2), partial(_item, item, frame)) for item in items]
    yield from pages.column(rest, pieces, model.lists.get("happened", 0), "happened", 4)


def _item(item: Item, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Icon(Rect(rect.x, rect.y + 1, 16, 16), pages.SIGNS[item.kind], theme.FAINT)
    yield from pages.lines(frame, rect.left(26)[1], item.text, theme.SMALL, theme.TEXT)[0]


def _slider(game: Game, frame: Frame, rect: Rect, turn: int) -> Iterator[Shape]:
    """The turns on a rail, the way back and forth, and the way out of the past."""
    last = len(game.series) - 1
    rail, row = rect.top(44)
    start, end = rail.x + 16, rail.right - 16
    y = rail.y + 26
    reached = start + (end - start) * turn / max(last, 1)
    yield Line(((start, y), (end, y)), theme.RULE, 4)
    yield Line(((start, y), (reached, y)), theme.ACCENT, 4)
    for each in range(last + 1):
        x = start + (end - start) * each / max(last, 1)
        yield Line(((x, y - 4), (x, y + 4)), theme.FAINT)
    yield Dot((reached, y), 8, theme.ACCENT, theme.PANEL)
    yield Zone(Rect(start - 12, y - 16, end - start + 24, 32), None, "rail", focusable=False,
               grip=Rail(start, end - start, last))  # fmt: skip
    yield from _steps(game, frame, row.base(38)[0], turn, last)


def _steps(game: Game, frame: Frame, rect: Rect, turn: int, last: int) -> Iterator[Shape]:
    back, rest = rect.left(44)
    on, rest = rest.left(8)[1].left(44)
    keys_ = [frame.key(action) for action in ("pan left", "pan right")]
    yield from button(frame, back, Button("", Step(-1), "earlier", "chevron-left", live=turn > 0,
                                          hint=f"A turn earlier (key: {keys_[0]})"))  # fmt: skip
    yield from button(frame, on, Button("", Step(1), "later", "chevron-right", live=turn < last,
                                        hint=f"A turn later (key: {keys_[1]})"))  # fmt: skip
    hint = "The game goes on from here in a file of its own; the game so far is kept"
    live = turn < last or (game.finished and turn < game.turns)
    label = f"Go on from turn {turn}" if turn else "Begin anew from here"
    face = Button(label, Branch(turn), "branch", "git-branch", live, live, hint)
    wide = frame.measure(label, theme.STRONG) + 70
    place, words = rest.end(wide)
    yield from button(frame, place, face)
    text = f"{dated(game.dates[turn])}  ·  turn {turn} of {game.turns}" if turn else f"the start  ·  {game.turns} turns"
    if game.trunk:
        text += "  ·  dashed: before you went back"
    yield Words(words.inset(14, 0), text, theme.SMALL, theme.FAINT)
