"""board: the map, what may be done, and the turn. Most of a game is played here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.screen import theme
from game.screen.atlas import label_place, state_at
from game.screen.commands import Advance, Commit, Drop, Plan, Redo, Save, Survey, Undo
from game.screen.frame import Frame
from game.screen.geometry import Point, Rect
from game.screen.mapping import Camera, framing, projected
from game.screen.messages import Drag, Go, Tick, Wheel
from game.screen.shapes import Clip, Dot, Flag, Ground, Hatch, Icon, Line, Panel, Ribbon, Shape, View, Words, Zone
from game.screen.snapshot import Game, Item, Option, Snapshot, StateCard
from game.screen.widgets import Button, Row, bar, button, listing, relation

TOP, SIDE, FOOT = 46.0, 348.0, 62.0
MODES = ("graph", "relations", "ties", "claims", "arms", "knowledge", "change")
SHOWN = 5
"""How many deeds of the last turn are drawn as ribbons."""
GROWTH = 0.7
"""Seconds until a ribbon is drawn whole."""


@dataclass(frozen=True, slots=True)
class Model:
    """Where one looks, whom one looks at, and which list is open."""

    camera: Camera | None = None
    chosen: str | None = None
    mode: str = "relations"
    tab: str = "acts"
    scroll: int = 0
    since: float = 0.0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Pick:
    """The map was clicked at a point."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Look:
    """Look at a state."""

    state: str


@dataclass(frozen=True, slots=True)
class Tab:
    """Open a list of the panel."""

    name: str


@dataclass(frozen=True, slots=True)
class Mode:
    """Show the map in another way."""

    name: str


@dataclass(frozen=True, slots=True)
class Show:
    """One of the two cameras, or the next zoom."""

    name: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """Look at the state before or after."""

    step: int


@dataclass(frozen=True, slots=True)
class Pan:
    """Move the map by a share of its size."""

    across: float
    down: float


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    return {
        **{mode: Mode(mode) for mode in MODES},
        "end turn": Commit() if snapshot.game and snapshot.game.side else Advance(),
        "undo": Undo(), "redo": Redo(), "save": Save(), "previous state": Cycle(-1), "next state": Cycle(1),
        "region": Show("region"), "caucasus": Show("caucasus"), "zoom in": Show("nearer"), "zoom out": Show("farther"),
        "pan left": Pan(0.1, 0.0), "pan right": Pan(-0.1, 0.0), "pan up": Pan(0.0, 0.1), "pan down": Pan(0.0, -0.1),
    }  # fmt: skip


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look around, choose, plan."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Tick(seconds):
            fresh = game.turn != model.turn
            return replace(model, since=0.0 if fresh else model.since + seconds, turn=game.turn), ()
        case Look(state):
            return _looking(model, state, game)
        case Pick(x, y):
            return _picked(model, game, x, y)
        case Cycle(step):
            names = [state.id for state in game.states if state.id != game.side]
            place = names.index(model.chosen) + step if model.chosen in names else 0
            return _looking(model, names[place % len(names)], game)
        case Tab(name):
            return replace(model, tab=name, scroll=0), ()
        case Mode(name):
            return replace(model, mode=name), ()
        case Show(_) | Drag() | Pan(_, _):
            return _moved(model, message), ()
        case Wheel(x, y, steps):
            return _wheeled(model, x, y, steps), ()
        case Go() | Commit() | Advance() | Undo() | Redo() | Save() | Plan() | Drop():
            again = (Survey(model.chosen),) if model.chosen and game.side and isinstance(message, Plan | Drop) else ()
            return model, (message, *again)
    return model, ()


def _looking(model: Model, state: str, game: Game) -> tuple[Model, tuple[Any, ...]]:
    wanted = (Survey(state),) if game.side is not None and state != game.side else ()
    return replace(model, chosen=state, scroll=0), wanted


def _picked(model: Model, game: Game, x: float, y: float) -> tuple[Model, tuple[Any, ...]]:
    if model.camera is None:
        return model, ()
    code = state_at(model.camera, (x, y - TOP))
    found = next((state.id for state in game.states if state.code == code and not state.off_map), None)
    return (model, ()) if found is None else _looking(model, found, game)


def _moved(model: Model, message: Any) -> Model:
    camera = model.camera
    match message:
        case Show("region"):
            return replace(model, camera=None)
        case Drag(_, _, across, down) if camera is not None:
            return replace(model, camera=camera.moved(across, down))
        case Pan(across, down) if camera is not None:
            return replace(model, camera=camera.moved(across * camera.width, down * camera.height))
        case Show(name) if camera is not None and name in ("nearer", "farther"):
            factor = 1.25 if name == "nearer" else 0.8
            return replace(model, camera=camera.zoomed(factor, (camera.width / 2, camera.height / 2)))
    return model


def _wheeled(model: Model, x: float, y: float, steps: float) -> Model:
    if model.camera is None or x > model.camera.width:
        return replace(model, scroll=max(model.scroll - round(steps * 2), 0))
    return replace(model, camera=model.camera.zoomed(1.15**steps, (x, y - TOP)))


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The bar, the map, the panel, and the plan."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    bar_, rest = frame.rect.top(TOP)
    foot, rest = rest.base(FOOT)
    side, chart = rest.end(SIDE)
    camera = seen_camera(model, game, chart)
    return (
        *_map(model, game, frame, chart, camera),
        *_head(game, frame, bar_),
        *_panel(model, snapshot, frame, side),
        *_foot(game, frame, foot),
    )


def seen_camera(model: Model, game: Game, chart: Rect) -> Camera:
    """The camera as it is, or the one that shows the scenario's region."""
    width, height = round(chart.width), round(chart.height)
    if model.camera is not None:
        return model.camera.sized(width, height)
    return framing(*(game.view or (24.0, 24.0, 63.0, 48.0)), width, height)


def _map(model: Model, game: Game, frame: Frame, chart: Rect, camera: Camera) -> Iterator[Shape]:
    centre = model.chosen or game.side or game.states[0].id
    tints = tuple((state.code, _tint(game, centre, state)) for state in game.states if state.code and not state.off_map)
    colours = dict(tints)
    hatches = tuple(
        Hatch(each.area, colours.get(game.state(each.holder).code, theme.QUIET))
        for each in game.quarrels
        if each.area and each.holder
    )
    chosen = game.state(model.chosen).code if model.chosen else None
    yield Ground(chart, camera, tints, hatches, chosen)
    yield Zone(chart, Pick, "map", focusable=False)
    yield Clip(chart, (*_ribbons(model, game, frame, chart, camera), *_labels(game, frame, chart, camera, colours)))
    yield from _legend(game, frame, chart, centre)
    yield from _far(game, frame, chart, centre)


def _tint(game: Game, centre: str, state: StateCard) -> theme.Colour:
    """How a state stands to the one in the middle; that one in a colour of its own."""
    return theme.CENTRE if state.id == centre else theme.tint(game.relation(state.id, centre))


def _place(state: StateCard, chart: Rect, camera: Camera) -> Point | None:
    """Where a state's capital lies on the screen; None off the map."""
    if state.place is None or state.off_map:
        return None
    x, y = camera.seen(projected(*state.place))
    return x + chart.x, y + chart.y


def _labels(
    game: Game, frame: Frame, chart: Rect, camera: Camera, colours: Mapping[str, theme.Colour]
) -> Iterator[Shape]:
    for state in game.states:
        place = _place(state, chart, camera)
        if place is not None:
            yield Dot(place, 3.2, theme.INK, theme.PAPER)
        found = label_place(state.code, camera) if state.code and not state.off_map else None
        if found is not None:
            yield from _label(state, found, chart, frame, colours[state.code])


def _label(
    state: StateCard, found: tuple[Point, float], chart: Rect, frame: Frame, ground: theme.Colour
) -> Iterator[Shape]:
    (x, y), room = found
    big = room > 150
    style = theme.Style("semibold", 22 if room > 260 else 17 if big else 13)
    text = state.name.upper()
    dark = theme.luminance(ground) < 0.2
    ink, halo = (theme.PAPER, theme.mixed(ground, theme.INK, 0.25)) if dark and big else (theme.INK, theme.PAPER)
    spacing = 2.0 if big else 0.0
    width = frame.measure(text, style) + spacing * len(text) + 12
    box = Rect(chart.x + x - width / 2, chart.y + y - 16, width, 32)
    yield Words(box, text, style, ink, "centre", halo, spacing)


def _ribbons(model: Model, game: Game, frame: Frame, chart: Rect, camera: Camera) -> Iterator[Shape]:
    """The deeds of the last turn that matter most, as arrows with what they were."""
    deeds = [item for item in game.record if item.turn == game.turn - 1 and item.kind == "act" and item.target]
    deeds.sort(key=lambda item: (game.side not in (item.actor, item.target), -abs(item.tone)))
    for number, item in enumerate(deeds[:SHOWN]):
        ends = [_place(game.state(name or ""), chart, camera) for name in (item.actor, item.target)]
        if ends[0] is None or ends[1] is None:
            continue
        drawn = min(max((model.since - number * 0.25) / GROWTH, 0.0), 1.0) if frame.settings.motion else 1.0
        yield from _ribbon(item, ends[0], ends[1], number, drawn, frame)


def _ribbon(item: Item, start: Point, end: Point, number: int, drawn: float, frame: Frame) -> Iterator[Shape]:
    colour = theme.RAMP[-1][1] if item.tone > 0 else theme.RAMP[0][1]
    bend = 0.16 if number % 2 else -0.16
    yield Ribbon(start, end, bend, colour, 5.0, item.tone < 0, drawn)
    if drawn >= 1.0:
        across, down = end[0] - start[0], end[1] - start[1]
        x, y = (start[0] + end[0]) / 2 - down * bend, (start[1] + end[1]) / 2 + across * bend
        text = item.value or item.text.split(" ", 1)[-1]
        text = text if len(text) <= 34 else f"{text[:33].rstrip()}\N{HORIZONTAL ELLIPSIS}"
        width = frame.measure(text, theme.NOTE) + 18
        box = Rect(x - width / 2, y - 11, width, 22)
        yield Panel(box, colour, radius=8, edge=theme.PAPER)
        yield Words(box, text, theme.NOTE, theme.PAPER, "centre")


def _legend(game: Game, frame: Frame, chart: Rect, centre: str) -> Iterator[Shape]:
    box = Rect(chart.x + 14, chart.bottom - 76, 300, 62)
    yield Panel(box, theme.PAPER, radius=9, shadow=True, opacity=0.94)
    inner = box.inset(12, 8)
    head, ramp = inner.top(18)
    yield Words(head, f"How others regard {game.state(centre).name}", theme.NOTE, theme.INK)
    strip, names = ramp.top(12)
    for number, part in enumerate(strip.columns((1,) * 24)):
        yield Panel(Rect(part.x, part.y, part.width + 1, part.height), theme.tint(-100 + 200 * number / 23))
    yield Words(names, "hostile", theme.NOTE, theme.QUIET)
    yield Words(names, "neutral", theme.NOTE, theme.QUIET, "centre")
    yield Words(names, "friendly", theme.NOTE, theme.QUIET, "right")


def _far(game: Game, frame: Frame, chart: Rect, centre: str) -> Iterator[Shape]:
    """The states that lie off the map, with their flags and how they stand."""
    far = [state for state in game.states if state.off_map or state.place is None]
    if not far:
        return
    box = Rect(chart.right - 214, chart.y + 14, 200, 30 + 34 * len(far))
    yield Panel(box, theme.PAPER, radius=9, shadow=True, opacity=0.94)
    head, rest = box.inset(12, 8).top(18)
    yield Words(head, "Off the map", theme.NOTE, theme.QUIET)
    for state, row in zip(far, rest.rows(30, 4), strict=False):
        yield Flag(Rect(row.x, row.y + 5, 30, 20), state.code)
        yield Words(Rect(row.x + 38, row.y, 110, row.height), state.name, theme.SMALL, theme.INK)
        value = game.relation(state.id, centre) if state.id != centre else 0.0
        yield Dot((row.right - 8, row.centre[1]), 7, theme.tint(value), theme.QUIET)
        yield Zone(row, Look(state.id), f"state {state.id}", f"{state.name}: {value:+.0f}")


def _head(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.bottom), (rect.right, rect.bottom)), theme.RULE)
    inner = rect.inset(14, 0)
    if game.side is not None:
        state = game.state(game.side)
        yield Flag(Rect(inner.x, rect.centre[1] - 11, 33, 22), state.code)
        yield Words(Rect(inner.x + 44, rect.y, 200, rect.height), state.name, theme.HEADING, theme.TEXT)
    else:
        yield Icon(Rect(inner.x, rect.centre[1] - 11, 22, 22), "eye", theme.ACCENT)
        yield Words(Rect(inner.x + 34, rect.y, 200, rect.height), "Watching", theme.HEADING, theme.TEXT)
    middle = Rect(inner.x + 260, rect.y, 320, rect.height)
    yield Words(middle, f"{game.date}  ·  turn {game.turn} of {game.turns}", theme.STRONG, theme.FAINT)
    if game.side is not None:
        yield from _pips(game, Rect(inner.x + 540, rect.y, 200, rect.height))
    worst = max(game.quarrels, key=lambda each: each.tension, default=None)
    if worst is not None:
        box = Rect(inner.right - 400, rect.y, 240, rect.height)
        yield Words(box, f"{worst.title}  {worst.tension:.0f}", theme.SMALL, theme.FAINT, "right")
        yield from bar(Rect(inner.right - 150, rect.centre[1] - 4, 150, 8), worst.tension / 100, theme.BANDS[1].dark)


def _pips(game: Game, rect: Rect) -> Iterator[Shape]:
    yield Words(Rect(rect.x, rect.y, 66, rect.height), "Capital", theme.SMALL, theme.FAINT)
    for number in range(round(game.capital)):
        spent = number >= round(game.left)
        yield Dot((rect.x + 74 + number * 17, rect.centre[1]), 6, theme.RULE if spent else theme.ACCENT)


def _panel(model: Model, snapshot: Snapshot, frame: Frame, rect: Rect) -> Iterator[Shape]:
    game = snapshot.game
    assert game is not None
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.x, rect.bottom)), theme.RULE)
    inner = rect.inset(14, 12)
    if model.chosen is None:
        head, rest = inner.top(26)
        yield Words(head, "What happened", theme.HEADING, theme.TEXT)
        yield from _news(model, game, frame, rest)
        return
    head, rest = inner.top(58)
    yield from _chosen(game, game.state(model.chosen), frame, head)
    tabs, rest = rest.top(38)
    for name, place in zip(("acts", "ties", "news"), tabs.inset(0, 4).columns((1, 1, 1), 6), strict=True):
        yield from button(frame, place, Button(name.title(), Tab(name), f"tab {name}", main=model.tab == name))
    if model.tab == "acts":
        yield from _acts(model, snapshot, frame, rest)
    elif model.tab == "ties":
        yield from _ties(model, game, frame, rest)
    else:
        yield from _news(model, game, frame, rest, model.chosen)


def _chosen(game: Game, state: StateCard, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Flag(Rect(rect.x, rect.y + 4, 42, 28), state.code)
    yield Words(Rect(rect.x + 54, rect.y, rect.width - 54, 24), state.name, theme.HEADING, theme.TEXT)
    if game.side is not None and state.id != game.side:
        line = Rect(rect.x + 54, rect.y + 26, rect.width - 54, 22)
        there, back = line.columns((1, 1), 8)
        yield Words(there, "of us", theme.NOTE, theme.FAINT)
        yield from relation(Rect(there.x + 40, there.y, 80, 22), game.relation(state.id, game.side))
        yield Words(back, "we of it", theme.NOTE, theme.FAINT)
        yield from relation(Rect(back.x + 54, back.y, 80, 22), game.relation(game.side, state.id))


def _acts(model: Model, snapshot: Snapshot, frame: Frame, rect: Rect) -> Iterator[Shape]:
    options = snapshot.options.get(model.chosen or "", ())
    rows = [_option_row(option, model.chosen or "") for option in sorted(options, key=lambda each: not each.legal)]
    yield from listing(frame, rect, rows, (5, 1), first=min(model.scroll, max(len(rows) - 4, 0)), right=frozenset({1}))


def _option_row(option: Option, target: str) -> Row:
    signs = {"statement": "message-square", "deal": "handshake", "deed": "zap"}
    if option.legal:
        message, colour, hint = Plan(f"{option.act} {target}"), theme.TEXT, option.doc
    else:
        message, colour, hint = None, theme.QUIET, option.why_not
    cells = (option.title, f"{option.cost:g}")
    return Row(cells, f"act {option.act}", message, colour, signs[option.kind], hint)


def _ties(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    rows = []
    for each in game.bonds:
        if model.chosen in (each.giver, each.receiver):
            other = each.receiver if model.chosen == each.giver else each.giver
            left = "no end" if each.turns is None else f"{each.turns} turns"
            mark = " (secret)" if each.secret else " (suspended)" if each.suspended else ""
            rows.append(Row((f"{each.title}{mark}", game.state(other).name, left), f"tie {each.kind} {other}"))
    for word in game.words:
        if model.chosen in (word.giver, word.holder):
            text = f"{game.state(word.giver).name} to {game.state(word.holder).name}"
            left = "no end" if word.turns is None else f"{word.turns} turns"
            name = f"pledge {word.kind} {word.giver}"
            rows.append(Row((f"Pledge: {word.title}", text, left), name, icon="scroll-text"))
    yield from listing(frame, rect, rows, (4, 3, 2), first=min(model.scroll, max(len(rows) - 4, 0)))


def _news(model: Model, game: Game, frame: Frame, rect: Rect, about: str | None = None) -> Iterator[Shape]:
    """The record, newest first."""
    signs = {"event": "radio", "comment": "megaphone", "tidings": "bell", "refused": "x", "act": "send"}
    items = [item for item in game.record if about is None or about in (item.actor, item.target)]
    rows = [
        Row((item.text,), f"item {number}", None, theme.TEXT if item.turn >= game.turn - 1 else theme.FAINT,
            signs[item.kind], item.text)
        for number, item in enumerate(reversed(items))
    ]  # fmt: skip
    yield from listing(frame, rect, rows, (1,), first=min(model.scroll, max(len(rows) - 4, 0)))


def _foot(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    inner = rect.inset(14, 9)
    end, rest = inner.end(190)
    unused = game.slots - len(game.plan)
    message: Any = Advance() if game.side is None else Commit()
    label = "Next turn" if game.side is None else f"End turn · {unused} unused" if unused else "End turn"
    face = Button("The end" if game.finished else label, message, "end turn", "skip-forward", main=True,
                  live=not game.finished, hint=f"Key: {frame.settings.key('end turn')}")  # fmt: skip
    yield from button(frame, end, face)
    for number, place in enumerate(rest.inset(0, 0).left(rest.width - 14)[0].columns((1,) * game.slots, 10)):
        if number < len(game.plan):
            draft = game.plan[number]
            ripple = "\n".join(f"{a} → {b}: {value:+.1f}" for a, b, value in draft.ripple)
            face = Button(
                draft.sentence, Drop(number), f"order {number + 1}", "x", hint=f"{ripple}\nClick to take back"
            )
            yield from button(frame, place, face, theme.SMALL)
        elif game.side is not None:
            yield Panel(place, theme.PANEL, radius=6, edge=theme.RULE)
            yield Words(place, f"order {number + 1}", theme.SMALL, theme.QUIET, "centre")
