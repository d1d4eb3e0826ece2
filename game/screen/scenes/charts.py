"""charts: any quantity over the turns, several at once, with futures of the relation in view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.play.commands import Forecast, Gather, Trace
from game.play.snapshot import Fan, Game, Snapshot
from game.screen.kit import (
    charts,
    plots,
    theme,
    toolbar,
)
from game.screen.kit.charts import (
    MEANING,
    MOST,
    PAIRED,
    QUANTITIES,
    TRACED,
    Series,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import (
    low,
    narrow,
    page,
)
from game.screen.kit.plots import Curve, Plot, Reading
from game.screen.kit.scrolling import Reach, grips, moved
from game.screen.kit.shapes import (
    Clip,
    Icon,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    held,
    paragraph,
    ring,
)
from game.screen.messages import (
    Back,
    Click,
    Go,
    Gripped,
    Key,
    Over,
    Tick,
)

EVERY = 0.25
"""Seconds between two looks at whether the futures are there."""

LINE = 26.0


@dataclass(frozen=True, slots=True)
class Model:
    """What is shown: a quantity, about whom, which lines, and where the cursor is."""

    first: str | None = None
    second: str | None = None
    quantity: str = "relation"
    about: str | None = None
    attribute: int = 0
    shown: tuple[str, ...] | None = None
    futures: bool = True
    cursor: int | None = None
    over: str = ""
    top: int = 0
    listing: bool = False
    waited: float = 0.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """Show a quantity."""

    name: str


@dataclass(frozen=True, slots=True)
class About:
    """Show what has to do with the next state, or the one before."""

    step: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """Show an attribute of states, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Toggle:
    """Show a line, or take it away."""

    key: str


@dataclass(frozen=True, slots=True)
class Futures:
    """Show futures, or not."""


@dataclass(frozen=True, slots=True)
class Lines:
    """In a small window: choose lines, or look at them."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    return {"previous state": About(-1), "next state": About(1)}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose what is shown; ask for what has to be measured, and for futures."""
    game = snapshot.game
    if isinstance(message, Go | Back):
        return model, (message,)
    if game is None:
        return model, ()
    if isinstance(message, Tick):
        return _asked(model, message.seconds, snapshot)
    return _changed(model, message, snapshot, game), ()


def _changed(model: Model, message: Any, snapshot: Snapshot, game: Game) -> Model:
    match message:
        case Quantity(name):
            return replace(model, quantity=name, shown=None, top=0)
        case About(step):
            names = [state.id for state in game.states]
            place = (names.index(about(model, game)) + step) % len(names)
            return replace(model, about=names[place], first=None, second=None, shown=None, top=0)
        case Attribute(number):
            return replace(model, attribute=number, shown=None)
        case Toggle(key):
            return replace(model, shown=_toggled(chosen(model, snapshot), key))
        case Futures():
            return replace(model, futures=not model.futures)
        case Lines():
            return replace(model, listing=not model.listing)
        case Over(name):
            return replace(model, over=name)
        case Gripped(Reach() as reach, done):
            return replace(model, top=moved(model.top, reach, done))
        case Gripped(Plot() as field, Click(x, _)):
            return replace(model, cursor=field.turn(x))
        case Key("left" | "right" as arrow) if model.over == "chart":
            last = len(game.series) - 1
            here = last if model.cursor is None else model.cursor
            return replace(model, cursor=min(max(here + (1 if arrow == "right" else -1), 0), _end(model, snapshot)))
    return model


def _toggled(shown: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The lines with one more, or without it; where there is no room for more, the oldest goes."""
    if key in shown:
        return tuple(each for each in shown if each != key)
    return (*shown, key)[-MOST:]


def _asked(model: Model, seconds: float, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """What is to be measured or foreseen, as time goes by."""
    if model.quantity in TRACED and not charts.measured(snapshot):
        return model, (Trace(),)
    pair = foreseen(model, snapshot)
    if pair is None:
        return model, ()
    fan = _fan(model, snapshot)
    if fan is None:
        return replace(model, waited=0.0), (Forecast(*pair),)
    if fan.rows:
        return model, ()
    waited = model.waited + seconds
    return (replace(model, waited=0.0), (Gather(),)) if waited >= EVERY else (replace(model, waited=waited), ())


def about(model: Model, game: Game) -> str:
    """The state that the lines have to do with."""
    return model.about or model.second or game.side or game.states[0].id


def chosen(model: Model, snapshot: Snapshot) -> tuple[str, ...]:
    """The keys of the lines that are shown."""
    assert snapshot.game is not None
    if model.shown is not None:
        return model.shown
    state = about(model, snapshot.game)
    if model.quantity == "relation" and model.first and model.second:
        return (f"{model.first}>{model.second}", f"{model.second}>{model.first}")
    return charts.usual(model.quantity, state, charts.offered(model.quantity, state, model.attribute, snapshot))


def foreseen(model: Model, snapshot: Snapshot) -> tuple[str, str] | None:
    """The relation in view, whose futures are shown: the first line."""
    game = snapshot.game
    if game is None or game.finished or not model.futures or model.quantity != "relation":
        return None
    key = next(iter(chosen(model, snapshot)), "")
    first, arrow, second = key.partition(">")
    return (first, second) if arrow else None


def _fan(model: Model, snapshot: Snapshot) -> Fan | None:
    """The futures that were asked for last, if they are those of the relation in view."""
    game, fan, pair = snapshot.game, snapshot.forecast, foreseen(model, snapshot)
    fits = game is not None and fan is not None and (fan.first, fan.second, fan.turn) == (*(pair or ()), _last(game))
    return fan if fits else None


def _last(game: Game) -> int:
    return len(game.series) - 1


def _end(model: Model, snapshot: Snapshot) -> int:
    """The last turn of the chart, futures included."""
    assert snapshot.game is not None
    fan = _fan(model, snapshot)
    return _last(snapshot.game) + (len(fan.rows[0]) - 1 if fan is not None and fan.rows else 0)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The quantities, the lines there are, and the chart."""
    game = snapshot.game
    if game is None:
        return page(frame, "Charts", "There is no game yet")[0]
    shapes, inner = page(frame, "Charts", "" if low(frame) else MEANING[model.quantity])
    bar, inner = _controls(model, game, frame, inner)
    given = charts.offered(model.quantity, about(model, game), model.attribute, snapshot)
    curves = tuple(_curves(chosen(model, snapshot), given))
    if narrow(frame):
        if model.listing:
            return (*shapes, *bar, *_lines(given, curves, model, frame, inner))
        return (*shapes, *bar, *_chart(model, curves, snapshot, frame, inner))
    left, right = inner.left(292)
    return (
        *shapes,
        *bar,
        *_lines(given, curves, model, frame, left),
        *_chart(model, curves, snapshot, frame, right.end(right.width - 16)[0]),
    )


def _controls(model: Model, game: Game, frame: Frame, rect: Rect) -> tuple[View, Rect]:
    faces = [
        Button(title, Quantity(name), f"quantity {name}", main=model.quantity == name)
        for name, title in QUANTITIES.items()
    ]
    if model.quantity in PAIRED:
        hint = f"Next: {frame.key('next state')}, before: {frame.key('previous state')}"
        faces.append(Button(game.state(about(model, game)).name, About(1), "about", "users", True, hint=hint))
    if model.quantity == "attribute":
        faces += [
            Button(name, Attribute(number), f"attribute {number}", "gauge", model.attribute == number)
            for number, (name, _, _) in enumerate(game.states[0].attributes)
        ]
    if model.quantity == "relation" and not game.finished:
        faces.append(toolbar.switch("Futures", Futures(), "futures", model.futures))
    if narrow(frame):
        faces.append(Button("Show the chart" if model.listing else "Choose lines", Lines(), "lines", "list"))
    shapes, rest = toolbar.tools(frame, rect, faces)
    return shapes, rest.top(4)[1]


def _curves(keys_: tuple[str, ...], given: tuple[Series, ...]) -> Iterator[Curve]:
    """The lines that are shown, in their colours."""
    known = {each.key: each for each in given}
    for number, key in enumerate(keys_):
        if key in known:
            yield Curve(known[key].name, known[key].values, plots.CURVES[number % len(plots.CURVES)])


def _lines(
    given: tuple[Series, ...], curves: tuple[Curve, ...], model: Model, frame: Frame, rect: Rect
) -> Iterator[Shape]:
    """Every line there is, with a tick and its colour where it is shown."""
    yield Panel(rect, theme.PANEL, radius=10, edge=theme.RULE)
    inner = rect.inset(10)
    colours = {curve.name: curve.colour for curve in curves}
    reach = Reach(inner, LINE, len(given))
    top = reach.first(model.top)
    yield from grips(reach, top)
    shapes: list[Shape] = []
    for each, place in zip(given[top : top + reach.room], reach.inner.rows(LINE), strict=False):
        shapes += _line(each, colours.get(each.name), frame, place)
    yield Clip(inner, tuple(shapes))


def _line(each: Series, shade: theme.Colour | None, frame: Frame, place: Rect) -> Iterator[Shape]:
    name = f"line {each.key}"
    if held(frame, name, place):
        yield Panel(place, theme.RAISED, radius=5)
    tick = Rect(place.x + 6, place.centre[1] - 7, 14, 14)
    yield Panel(tick, theme.mixed(theme.PANEL, theme.INK, 0.5) if shade is None else shade, radius=4, edge=theme.FAINT)
    if shade is not None:
        yield Icon(tick.inset(1), "check", theme.INK)
    number, text = Rect(place.x + 28, place.y, place.width - 38, place.height).end(48)
    yield Words(text, each.name, theme.SMALL, theme.TEXT if shade is not None else theme.FAINT)
    yield Words(number, plots.written(each.last), theme.SMALL, theme.FAINT, "right")
    yield from ring(frame, name, place.inset(2))
    yield Zone(place, Toggle(each.key), name, each.name)


def _chart(model: Model, curves: tuple[Curve, ...], snapshot: Snapshot, frame: Frame, rect: Rect) -> Iterator[Shape]:
    game = snapshot.game
    assert game is not None
    yield Panel(rect, theme.PANEL, radius=10, edge=theme.RULE)
    fan = _fan(model, snapshot)
    inner = rect.inset(14, 12)
    if foreseen(model, snapshot) is not None:
        foot, inner = inner.base(18 if low(frame) else 40)
        yield from paragraph(frame, foot, _said_of(fan, game, low(frame)), theme.NOTE, theme.FAINT)
    if not curves:
        yield Words(inner, "Choose a line on the left." if not narrow(frame) else "Choose a line.", theme.BODY,
                    theme.FAINT, "centre")  # fmt: skip
        return
    room = min(inner.width * 0.27, 260.0)
    place = Rect(inner.x + 52, inner.y + 24, inner.width - 52 - room, max(inner.height - 50, 20.0))
    field = _field(model, curves, fan, place, _end(model, snapshot))
    events = charts.events_of(game)
    yield from _drawn(curves, fan, field, game, frame, room)
    yield from plots.marks(field, {turn: "\n".join(said) for turn, said in events.items()}, charts.grave_turns(game))
    yield Zone(field.rect, None, "chart", grip=field)
    yield from ring(frame, "chart", field.rect)
    turn = _pointed(model, field, frame)
    if turn is not None:
        yield from _read(turn, curves, fan, field, game, events.get(turn, ()), frame)


def _field(model: Model, curves: tuple[Curve, ...], fan: Fan | None, place: Rect, last: int) -> Plot:
    """The field of the chart, with room for all lines and for most futures."""
    values = [value for curve in curves for value in curve.values if value is not None]
    if fan is not None and fan.rows:
        lines = plots.quantiles(fan.rows)
        values += [*lines[0], *lines[-1]]
    return plots.plot(place, values, last, charts.LIMITS.get(model.quantity), charts.LEAST[model.quantity])


def _drawn(
    curves: tuple[Curve, ...], fan: Fan | None, field: Plot, game: Game, frame: Frame, room: float
) -> Iterator[Shape]:
    last = _last(game)
    if fan is not None and fan.rows:
        shapes = tuple(plots.fan(field, fan.rows, last, curves[0].colour))
        yield Clip(field.rect, shapes)
    yield from plots.axes(field, [dates(game, turn) for turn in range(round(field.last) + 1)], frame)
    yield from plots.curves(field, curves)
    if field.last > last:
        x = field.x(last)
        yield Words(Rect(x - 30, field.rect.bottom - 20, 60, 18), "now", theme.NOTE, theme.FAINT, "centre")
    yield from plots.names(field, curves, frame, room)


def dates(game: Game, turn: int) -> str:
    """The date of a turn in short: `Feb 2012`; of one that is yet to come, how far off it is."""
    last = _last(game)
    if turn == 0:
        return "start"
    if turn > last:
        return f"+{turn - last}"
    return plots.short(game.dates[turn])


def _pointed(model: Model, field: Plot, frame: Frame) -> int | None:
    """The turn that is read: under the pointer or, where that is elsewhere, under the cursor."""
    if frame.pointer is not None and field.rect.holds(*frame.pointer):
        return field.turn(frame.pointer[0])
    return None if model.cursor is None else min(model.cursor, round(field.last))


def _read(
    turn: int,
    curves: tuple[Curve, ...],
    fan: Fan | None,
    field: Plot,
    game: Game,
    events: tuple[str, ...],
    frame: Frame,
) -> Iterator[Shape]:
    last = _last(game)
    title = "At the start" if turn == 0 else f"{dates(game, turn)} · turn {turn}"
    read = plots.readings(curves, turn)
    if turn > last and fan is not None and fan.rows:
        ahead = turn - last
        title = f"In {ahead} turn{'s' if ahead > 1 else ''}"
        low_, middle, high = (round(line[ahead]) for line in plots.quantiles(fan.rows, (0.1, 0.5, 0.9)))
        shade = curves[0].colour
        read = (
            Reading("the middle", plots.written(middle), shade),
            Reading("four in five", f"{plots.written(low_)} to {plots.written(high)}", shade),
        )
    yield from plots.cursor(field, curves, turn, title, read, frame, events[:3])


def _said_of(fan: Fan | None, game: Game, brief: bool) -> str:
    """What the futures are, in words, or in few."""
    if fan is None or not fan.rows:
        return "Working out what may come of the first line …"
    source = "from all there is to know" if game.side is None else f"from what {game.state(game.side).name} knows"
    if brief:
        return f"{len(fan.rows)} futures {source}, the built-in reasoner deciding for all"
    return (
        f"{len(fan.rows)} futures of how {game.state(fan.first).name} regards {game.state(fan.second).name}, played on "
        f"{source}, with the built-in reasoner deciding for every state. Dashed: the middle; bright: every other one; "
        "faint: four in five."
    )
