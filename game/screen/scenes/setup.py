"""setup: who decides for whom, how long the game is, how far the others look ahead, and whose luck it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.play.commands import Begin
from game.play.snapshot import Entry, Figure, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import (
    Choice,
    choices,
    low,
    narrow,
    page,
)
from game.screen.kit.shapes import (
    Clip,
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
    button,
    card,
    held,
    paragraph,
    ring,
    tall,
)
from game.screen.map.thumbnails import centre_of, picture
from game.screen.messages import (
    Back,
    Key,
    Tick,
    Wheel,
)
from game.screen.scenes.browser import chosen_entry, spelled

first = "begin"
LEVELS = (
    ("novice", "Novice", "The others look two turns ahead and propose without weighing whether you will accept."),
    ("normal", "Normal", "The others look six turns ahead and propose what they expect to be accepted."),
    ("expert", "Expert", "The others look a dozen turns ahead and propose what they expect to be accepted."),
)
"""Each level of difficulty: its name in the engine, its title, what it means."""
FAIR = "On every level all states have the same means, and the same dice are thrown."
MODES = (
    ("solo", "Alone", "You lead one state, the computer all the others."),
    ("table", "At one table", "Several people take turns in front of one screen, behind a curtain."),
    ("watch", "Watch", "The computer decides for all; you see everything."),
)
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Model:
    """What has been chosen so far; without a `seed` one is drawn when the game begins."""

    scenario: str = ""
    mode: str = "solo"
    seats: tuple[str, ...] = ()
    turns: int | None = None
    level: str = "normal"
    seed: int | None = None
    typing: bool = False
    clock: float = 0.0
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class Mode:
    """Play alone, at one table, or watch."""

    name: str


@dataclass(frozen=True, slots=True)
class Sit:
    """Decide for a state, or no longer."""

    state: str


@dataclass(frozen=True, slots=True)
class Length:
    """Play so many turns; None for all."""

    turns: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """Play against others who look so far ahead."""

    name: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw another seed."""


@dataclass(frozen=True, slots=True)
class Type:
    """Type a seed, or stop typing it."""


@dataclass(frozen=True, slots=True)
class Start:
    """Begin."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """While a seed is typed, the way back leads out of the field."""
    return {"back": Type()} if model.typing else {}


def drawn(clock: float) -> int:
    """A seed from the moment at which it is asked for: nobody presses a button twice at the same microsecond."""
    number = round(clock * 1_000_000)
    return (number * 2_654_435_761 + 12_345) % 1_000_000


def seated(model: Model, entry: Entry) -> tuple[str, ...]:
    """The states that people decide for, in the order of their turns."""
    if model.mode == "watch":
        return ()
    names = [name for name, _, _ in entry.states]
    chosen = tuple(name for name in model.seats if name in names)
    if chosen:
        return chosen if model.mode == "table" else chosen[-1:]
    usual = names[0] if entry.sketch is None else centre_of(entry.sketch)
    return (usual if usual in names else names[0],)


def typed(model: Model) -> str:
    """The text of the field."""
    return "" if model.seed is None else str(model.seed)


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose, and begin."""
    entry = chosen_entry(model.scenario, snapshot)
    if isinstance(message, Tick):
        return replace(model, clock=model.clock + message.seconds), ()
    if isinstance(message, Back):
        return model, (message,)
    if entry is None or entry.findings:
        return model, ()
    if isinstance(message, Start):
        return model, _begun(model, entry)
    return _chosen(model, message, entry), ()


def _chosen(model: Model, message: Any, entry: Entry) -> Model:
    match message:
        case Mode(name):
            return replace(model, mode=name)
        case Sit(state):
            return replace(model, seats=_sat(model, state, entry))
        case Length(turns):
            return replace(model, turns=turns)
        case Level(name):
            return replace(model, level=name)
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps), 0))
    return _seeded(model, message)


def _seeded(model: Model, message: Any) -> Model:
    match message:
        case Draw():
            return replace(model, seed=drawn(model.clock), typing=False)
        case Type():
            return replace(model, typing=not model.typing)
        case Written(text):
            digits = "".join(each for each in text if each.isascii() and each.isdigit())[:DIGITS]
            return replace(model, seed=int(digits) if digits else None)
        case Key("enter" | "escape"):
            return replace(model, typing=False)
    return model


def _sat(model: Model, state: str, entry: Entry) -> tuple[str, ...]:
    if model.mode != "table":
        return (state,)
    now = seated(model, entry)
    left = tuple(name for name in now if name != state)
    return left or now if state in now else (*now, state)


def _begun(model: Model, entry: Entry) -> tuple[Any, ...]:
    seed = drawn(model.clock) if model.seed is None else model.seed
    name = entry.path if entry.own else entry.id
    return (Begin(name, seated(model, entry), seed, model.level, model.turns),)


def lengths(entry: Entry) -> tuple[int, ...]:
    """Lengths to choose from: all turns, half, a quarter, as far as these are a game at all."""
    return tuple(dict.fromkeys(each for each in (entry.turns // 4, entry.turns // 2, entry.turns) if each >= 4))


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """Who plays on the left, how on the right, and the button that begins."""
    entry = chosen_entry(model.scenario, snapshot)
    if entry is None or entry.findings:
        shapes, room = page(frame, "New game")
        return (*shapes, *paragraph(frame, room, "This scenario cannot be played.", theme.BODY, theme.FAINT))
    shapes, room = page(frame, entry.title, "How do you want to play?")
    foot, room = room.base(44)
    _, room = room.base(10)
    left, right = room.columns((5, 4), 16)
    return (
        *shapes,
        *_who(model, frame, left, entry),
        *_how(model, frame, right, entry),
        *_foot(model, frame, foot, entry),
    )


def _who(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    panel, inner = card(rect)
    yield from panel
    tabs, inner = inner.top(36)
    given = tuple(Choice(title, Mode(name), f"mode {name}", model.mode == name, hint) for name, title, hint in MODES)
    yield from choices(frame, tabs, given)
    line, inner = inner.top(30)
    said = next(hint for name, _, hint in MODES if name == model.mode)
    yield Words(line, said, theme.SMALL, theme.FAINT)
    if model.mode == "watch":
        if entry.sketch is not None and inner.height > 60:
            yield from picture(frame, inner, entry.sketch)
        return
    roomy = inner.height > 300 and entry.sketch is not None
    grid = inner
    if roomy:
        columns = 3 if inner.width > 460 else 2
        tall_ = -(-len(entry.states) // columns) * 52.0
        grid, chart = inner.top(min(tall_, inner.height - 150))
        assert entry.sketch is not None
        yield from picture(frame, chart.inset(0, 4), entry.sketch, seated(model, entry)[-1])
    yield from _states(model, frame, grid, entry)


def _states(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    across = 3 if rect.width > 460 else 2
    height, gap = (32.0, 6.0) if low(frame) else (44.0, 8.0)
    now = seated(model, entry)
    shown = max(int((rect.height + gap) // (height + gap)), 1)
    first_row = min(model.scroll, max(-(-len(entry.states) // across) - shown, 0))
    columns = rect.columns((1,) * across, 10)
    for number, state in enumerate(entry.states[first_row * across :][: shown * across]):
        y = rect.y + number // across * (height + gap)
        yield from _seat(frame, Rect(columns[number % across].x, y, columns[0].width, height), state, now)


def _seat(frame: Frame, place: Rect, state: tuple[str, str, str], now: tuple[str, ...]) -> Iterator[Shape]:
    name, title, code = state
    zone, taken = f"side {name}", name in now
    ground = theme.RULE if taken else theme.RAISED
    if held(frame, zone, place):
        ground = theme.mixed(ground, theme.TEXT, 0.1)
    yield Panel(place, ground, radius=7, edge=theme.ACCENT if taken else theme.RULE)
    inner = place.inset(10, 0)
    if code:
        yield Flag(Rect(inner.x, place.centre[1] - 10, 30, 20), code)
        _, inner = inner.left(40)
    if taken:
        mark, inner = inner.end(24)
        yield Icon(mark.middle(18, 18), "check", theme.ACCENT)
        if len(now) > 1:
            order, inner = inner.end(16)
            yield Words(order, str(now.index(name) + 1), theme.STRONG, theme.ACCENT, "right")
    fits = frame.measure(title, theme.STRONG) <= inner.width
    yield Words(inner, title, theme.STRONG if fits else theme.SMALL, theme.TEXT)
    yield from ring(frame, zone, place)
    yield Zone(place, Sit(name), zone)


def _how(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    panel, inner = card(rect)
    yield from panel
    tight = low(frame)
    gap = 4.0 if tight else 12.0
    label, inner = inner.top(22)
    yield Words(label, "Turns" if narrow(frame) else "Length", theme.STRONG, theme.TEXT)
    row, inner = inner.top(36)
    whole = model.turns or entry.turns
    given = tuple(
        Choice(_long(frame, turns, entry),
               Length(turns if turns < entry.turns else None), f"length {turns}", turns == whole, _until(entry, turns))
        for turns in lengths(entry) or (entry.turns,)
    )  # fmt: skip
    yield from choices(frame, row, given)
    _, inner = inner.top(gap)
    label, inner = inner.top(22)
    yield Words(label, "Difficulty", theme.STRONG, theme.TEXT)
    row, inner = inner.top(36)
    levels = tuple(
        Choice(title, Level(name), f"level {name}", name == model.level, hint) for name, title, hint in LEVELS
    )
    yield from choices(frame, row, levels)
    text = next(hint for name, _, hint in LEVELS if name == model.level)
    if not tight:
        said = f"{text} {FAIR}"
        place, inner = inner.top(tall(frame, said, theme.SMALL, inner.width) + 6)
        yield from paragraph(frame, place.moved(0, 4), said, theme.SMALL, theme.FAINT)
    _, inner = inner.top(gap)
    yield from _chance(model, frame, inner, entry)


def _long(frame: Frame, turns: int, entry: Entry) -> str:
    if narrow(frame):
        return str(turns)
    return f"{turns} turns" if turns < entry.turns else f"All {turns} turns"


def _until(entry: Entry, turns: int) -> str:
    return f"Until {spelled(entry.dates[turns])}" if turns < len(entry.dates) else ""


def _chance(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    label, rest = rect.top(22)
    yield Words(label, "Luck", theme.STRONG, theme.TEXT)
    row, rest = rest.top(36)
    draw, box = row.end(44 if narrow(frame) else 150)
    box, _ = box.left(box.width - 10)
    hint = "The same number gives the same luck. Press and type one."
    yield from toolbar.field(frame, box, typed(model), model.typing, Type(), "seed", "Drawn at the start", icon="",
                             hint=hint, style=theme.BODY)  # fmt: skip
    face = Button("" if narrow(frame) else "Draw one", Draw(), "draw", "refresh-cw", hint="Draw another number")
    yield from button(frame, draw, face)
    if model.mode != "watch" and entry.sketch is not None and rest.height > 60:
        now = seated(model, entry)
        yield from _objectives(frame, rest.inset(0, 8), entry.sketch.state(now[-1]), alone=len(now) == 1)


def _objectives(frame: Frame, rect: Rect, figure: Figure, alone: bool) -> Iterator[Shape]:
    """What the chosen state wants; what it wants in secret only where nobody else looks on."""
    rows = [(label, points, False) for label, points in figure.objectives]
    rows += [(label, points, True) for label, points in figure.secrets] if alone else []
    if not rows:
        return
    head, rest = rect.top(26)
    yield Words(head, f"What {figure.name} wants", theme.STRONG, theme.TEXT)
    shapes: list[Shape] = []
    for (label, points, secret), row in zip(rows, rest.rows(24), strict=False):
        shapes.append(Icon(Rect(row.x, row.y + 4, 16, 16), "lock" if secret else "target", theme.ACCENT))
        shapes.append(Words(Rect(row.x + 26, row.y, row.width - 70, row.height), label, theme.SMALL, theme.TEXT))
        shapes.append(Words(row, f"{points:g}", theme.SMALL, theme.FAINT, "right"))
    yield Clip(rest, tuple(shapes))


def _foot(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    go, rest = rect.end(min(300.0, rect.width * 0.45))
    names = {name: title for name, title, _ in entry.states}
    now = [names[name] for name in seated(model, entry)]
    label = "Watch" if not now else f"Play {now[0]}" if len(now) == 1 else f"Play with {len(now)} people"
    yield from button(frame, go, Button(label, Start(), "begin", "play", main=True))
    words = rest
    if len(now) > 1:
        yield Words(words.inset(14, 0), f"In turn: {', '.join(now)}", theme.BODY, theme.FAINT)
