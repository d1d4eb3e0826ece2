"""What the rooms that build an order share: the head, fields that open into lists, sliders, ripples and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from game.play.explained.barriers import KINDS
from game.play.snapshot import Game, Option, colour
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
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
    paragraph,
    relation,
    ring,
    tall,
)
from game.screen.messages import (
    Back,
    Gripped,
    Over,
    Wheel,
)

NIGHT = colour("#10141e")
"""What lies behind the panels of a room."""

PLUS, MINUS = theme.BANDS[5].dark, theme.BANDS[1].dark
ARROW = "\N{RIGHTWARDS ARROW}"
NARROW = 1000.0
"""A room below this width shows one pane at a time."""

HEAD, FIELD = 54.0, 52.0
LINE = 30.0
ICONS = {"statement": "message-square", "deal": "handshake", "deed": "zap"}
STEPS = 40
"""Into how many steps the range of a value is divided."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open the list of a field; an empty name closes it."""

    name: str


@dataclass(frozen=True, slots=True)
class Put:
    """Set a field."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Pane:
    """Show a pane, where there is room for one alone."""

    name: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A value that a field may take."""

    id: str | None
    label: str
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A choice of one from a list."""

    name: str
    label: str
    picks: tuple[Pick, ...]
    chosen: str | None
    hint: str = ""

    @property
    def value(self) -> Pick:
        """What is chosen; the first where that is not among them."""
        return next((each for each in self.picks if each.id == self.chosen), self.picks[0])

    def beside(self, step: int) -> Pick:
        """What comes before or after what is chosen."""
        place = self.picks.index(self.value)
        return self.picks[(place + step) % len(self.picks)]


@dataclass(frozen=True, slots=True)
class Track:
    """The grip of a slider: where it lies, and the range it runs over."""

    name: str
    x: float
    width: float
    low: float
    high: float

    def value(self, x: float) -> float:
        """The value at a point, on the steps of the range."""
        return stepped(self.low + (self.high - self.low) * (x - self.x) / max(self.width, 1.0), self.low, self.high)


@dataclass(frozen=True, slots=True)
class Listed:
    """The grip of a list that can be scrolled."""

    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """How a room is looked at: which list is open, which pane, what has the focus, how far lists are scrolled."""

    open: str = ""
    pane: str = ""
    over: str = ""
    scrolls: tuple[tuple[str, int], ...] = ()
    follows: bool = True  # whether a list is scrolled so that what is chosen is seen

    def scroll(self, name: str) -> int:
        """How far a list is scrolled."""
        return dict(self.scrolls).get(name, 0)

    def moved(self, name: str, steps: int) -> Room:
        """The room with a list scrolled by so many rows."""
        scrolls = {**dict(self.scrolls), name: max(self.scroll(name) + steps, 0)}
        return replace(self, scrolls=tuple(scrolls.items()), follows=False)

    def after(self, message: object) -> Room:
        """The room after what changes nothing but how it is looked at."""
        match message:
            case Open(name):
                return replace(self, open=name, scrolls=(*(each for each in self.scrolls if each[0] != "list"),))
            case Pane(name):
                return replace(self, pane=name)
            case Over(name):
                return replace(self, over=name)
            case Gripped(Listed(name), Wheel(_, _, steps)):
                return self.moved(name, round(-2 * steps))
            case Wheel(_, _, steps):
                return self.moved("list" if self.open else "reactions", round(-2 * steps))
        return self


def start_of(room: Room, name: str, count: int, fitting: int, chosen: int | None) -> int:
    """The first row of a list that is shown: as it is scrolled, or so that what is chosen is seen."""
    start = min(room.scroll(name), max(count - fitting, 0))
    if room.follows and chosen is not None:
        start = min(max(start, chosen - fitting + 1), chosen)
    return start


def stepped(value: float, low: float, high: float) -> float:
    """A value on the nearest step of its range, as the text of an order can hold it."""
    share = round(min(max((value - low) / (high - low), 0.0), 1.0) * STEPS) / STEPS
    return float(f"{low + (high - low) * share:.6g}")


def bare(shapes: Iterable[Shape]) -> View:
    """Shapes that can't be clicked: what lies under an open list."""
    return tuple(
        Clip(shape.rect, bare(shape.shapes)) if isinstance(shape, Clip) else shape
        for shape in shapes
        if not isinstance(shape, Zone)
    )


def head(frame: Frame, rect: Rect, icon: str, title: str, game: Game) -> Iterator[Shape]:
    """The strip at the top of a room: the way back, what it is, and what may be spent."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.bottom), (rect.right, rect.bottom)), theme.RULE)
    inner = rect.inset(14, 10)
    key = frame.key("back")
    back, rest = inner.left(42)
    face = Button("", Back(), "back", "arrow-left", hint=f"Leave without planning anything. Key: {key}")
    yield from button(frame, back, face)
    _, rest = rest.left(14)
    yield Icon(Rect(rest.x, rest.centre[1] - 11, 22, 22), icon, theme.ACCENT)
    _, rest = rest.left(32)
    purse, rest = rest.end(190 if game.side is not None else 0)
    yield Words(rest, title, theme.HEADING, theme.TEXT)
    if game.side is not None:
        text = f"Capital {game.left:g} of {game.capital:g} left"
        yield Words(purse, text, theme.STRONG, theme.TEXT, "right")


def tabs(frame: Frame, rect: Rect, names: Sequence[str], chosen: str) -> Iterator[Shape]:
    """Which pane is shown, where they don't fit side by side."""
    for name, place in zip(names, rect.columns((1,) * len(names), 8), strict=True):
        yield from button(frame, place, Button(name, Pane(name), f"pane {name}", main=name == chosen), theme.SMALL)


def wide(frame: Frame) -> bool:
    """Whether the panes of a room have room side by side."""
    return frame.rect.width >= NARROW


def panes(
    frame: Frame, rect: Rect, names: Sequence[str], shares: Sequence[float], room: Room, shapes: list[Shape]
) -> Iterator[tuple[str, Rect]]:
    """The panes side by side or, where there is no room for them, the one that is chosen under its tab."""
    if wide(frame):
        yield from zip(names, rect.columns(shares, 12), strict=True)
        return
    strip, rest = rect.top(32)
    shapes += tabs(frame, strip, names, room.pane)
    yield room.pane, Rect(rest.x, rest.y + 8, rest.width, max(rest.height - 8, 0.0))


def foot(frame: Frame, rect: Rect, text: str, label: str, message: object, live: bool) -> Iterator[Shape]:
    """The strip at the bottom of a room: what it costs or why it can't be, the way out, and what plans it."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    inner = rect.inset(14, 11)
    plan, rest = inner.end(172)
    leave, rest = Rect(rest.x, rest.y, rest.width - 10, rest.height).end(96)
    yield from button(frame, leave, Button("Leave", Back(), "leave", hint=f"Key: {frame.key('back')}"))
    hint = f"Key: {frame.key('end turn')}"
    yield from button(frame, plan, Button(label, message, "plan", "check", main=live, live=live, hint=hint))
    box = Rect(rest.x, rest.y, rest.width - 12, rest.height)
    height = min(tall(frame, text, theme.SMALL, box.width), box.height)
    place = Rect(box.x, box.centre[1] - height / 2, box.width, height)
    yield from paragraph(frame, place, text, theme.SMALL, theme.TEXT if live else theme.ACCENT)


def field(frame: Frame, rect: Rect, shown: Field) -> Iterator[Shape]:
    """A field: its label, its value that opens the list, and a step to either side."""
    label, control = rect.top(18)
    yield Words(label, shown.label, theme.NOTE, theme.FAINT)
    control = Rect(control.x, control.y, control.width, 30)
    before, rest = control.left(26)
    after, middle = rest.end(26)
    for place, step, icon in ((before, -1, "chevron-left"), (after, 1, "chevron-right")):
        yield Panel(place, theme.RAISED, radius=6, edge=theme.RULE)
        yield Icon(Rect(place.centre[0] - 8, place.centre[1] - 8, 16, 16), icon, theme.FAINT)
        name = f"{shown.name} {'before' if step < 0 else 'after'}"
        yield Zone(place, Put(shown.name, shown.beside(step).id), name, shown.hint, focusable=False)
    yield from _value(frame, middle.inset(4, 0), shown)


def _value(frame: Frame, rect: Rect, shown: Field) -> Iterator[Shape]:
    over = held(frame, shown.name, rect)
    ground = theme.mixed(theme.RAISED, theme.TEXT, 0.1) if over else theme.RAISED
    yield Panel(rect, ground, radius=6, edge=theme.RULE)
    inner, value = rect.inset(10, 0), shown.value
    if value.code:
        yield Flag(Rect(inner.x, inner.centre[1] - 8, 24, 16), value.code, value.label)
        _, inner = inner.left(32)
    text, arrow = inner.left(inner.width - 18)
    if value.note:
        note, text = text.end(min(frame.measure(value.note, theme.NOTE), text.width * 0.55))
        yield Words(note, value.note, theme.NOTE, theme.FAINT, "right")
        text = Rect(text.x, text.y, text.width - 8, text.height)
    yield Words(text, value.label, theme.BODY, theme.TEXT)
    yield Icon(Rect(arrow.right - 14, arrow.centre[1] - 7, 14, 14), "chevron-down", theme.FAINT)
    yield from ring(frame, shown.name, rect.inset(2))
    yield Zone(rect, Open(shown.name), shown.name, shown.hint)


def opened(frame: Frame, under: View, shown: Field, first: int) -> View:
    """A list that is open over a room: nothing under it can be reached until it is closed."""
    height = min(len(shown.picks) * 34.0 + 58, frame.rect.height - 32)
    box = frame.rect.middle(min(440.0, frame.rect.width - 32), height)
    shapes: list[Shape] = [
        *bare(under),
        Panel(frame.rect, theme.INK, opacity=0.6),
        Zone(frame.rect, Open(""), "close the list", focusable=False, grip=Listed("list")),
        Panel(box, theme.PANEL, radius=10, edge=theme.RULE, shadow=True),
        Zone(box, Open(shown.name), "the list", focusable=False, grip=Listed("list")),
    ]
    inner = box.inset(14, 10)
    title, rows = inner.top(34)
    shapes.append(Words(title, shown.label, theme.HEADING, theme.TEXT))
    room = max(int(rows.height // 34), 1)
    start = min(first, max(len(shown.picks) - room, 0))
    for each, place in zip(shown.picks[start : start + room], rows.rows(34), strict=False):
        shapes += _picked(frame, place.inset(0, 1), shown, each)
    shapes += scrolled(rows, len(shown.picks), room, start)
    return tuple(shapes)


def _picked(frame: Frame, rect: Rect, shown: Field, each: Pick) -> Iterator[Shape]:
    name, chosen = f"{shown.name} {each.id or 'none'}", each == shown.value
    rect = Rect(rect.x, rect.y, rect.width - 10, rect.height)
    if chosen or held(frame, name, rect):
        yield Panel(rect, theme.RULE if chosen else theme.RAISED, radius=5)
    inner = rect.inset(8, 0)
    if each.code:
        yield Flag(Rect(inner.x, inner.centre[1] - 8, 24, 16), each.code, each.label)
        _, inner = inner.left(34)
    note, text = inner.end(frame.measure(each.note, theme.NOTE) + 2 if each.note else 0)
    yield Words(text, each.label, theme.BODY, theme.TEXT)
    if each.note:
        yield Words(note, each.note, theme.NOTE, theme.FAINT, "right")
    yield from ring(frame, name, rect.inset(2))
    yield Zone(rect, Put(shown.name, each.id), name)


def scrolled(rect: Rect, count: int, room: int, first: int) -> Iterator[Shape]:
    """The bar beside a list that is longer than its place."""
    if count > room:
        side = Rect(rect.right - 4, rect.y, 4, rect.height)
        yield Panel(side, theme.RAISED, radius=2)
        thumb = Rect(side.x, side.y + side.height * first / count, 4, side.height * room / count)
        yield Panel(thumb, theme.FAINT, radius=2)


def slider(frame: Frame, rect: Rect, name: str, value: float, low: float, high: float, usual: float) -> Iterator[Shape]:
    """A value between two ends, with a mark at the usual one: dragged, clicked, or set by the arrows."""
    line = rect.inset(10, 0)
    y, track = rect.centre[1], Track(name, line.x, line.width, low, high)
    place, mark = (line.x + line.width * (each - low) / (high - low) for each in (value, usual))
    yield Panel(Rect(line.x, y - 3, line.width, 6), theme.RULE, radius=3)
    yield Panel(Rect(line.x, y - 3, max(place - line.x, 1.0), 6), theme.ACCENT, radius=3)
    yield Line(((mark, y - 8), (mark, y + 8)), theme.FAINT)
    yield Dot((place, y), 8, theme.TEXT, theme.ACCENT)
    yield from ring(frame, name, rect)
    yield Zone(rect, None, name, "Drag, click, or use the left and right arrows", grip=track)


def acts(frame: Frame, rect: Rect, options: Sequence[Option], chosen: str | None, room: Room) -> Iterator[Shape]:
    """The acts one may choose from: one control, stepped through by the arrows; those that can't be done say why."""
    fitting = max(int(rect.height // LINE), 1)
    place_of = next((number for number, each in enumerate(options) if each.act == chosen), None)
    start = start_of(room, "acts", len(options), fitting, place_of)
    shapes: list[Shape] = [
        Zone(rect, Put("act", chosen), "act", "Choose with the up and down arrows", grip=Listed("acts"))
    ]
    inner = Rect(rect.x, rect.y, rect.width - (10 if len(options) > fitting else 0), rect.height)
    for each, place in zip(options[start : start + fitting], inner.rows(LINE), strict=False):
        shapes += _act(frame, place.inset(0, 1), each, each.act == chosen)
    yield Clip(rect, tuple(shapes))
    yield from scrolled(rect, len(options), fitting, start)
    yield from ring(frame, "act", rect.inset(1))


def _act(frame: Frame, rect: Rect, option: Option, chosen: bool) -> Iterator[Shape]:
    name = f"act {option.act}"
    if chosen or held(frame, name, rect):
        yield Panel(rect, theme.RULE if chosen else theme.RAISED, radius=5, edge=theme.ACCENT if chosen else None)
    ink = theme.TEXT if option.legal else theme.FAINT
    inner = rect.inset(8, 0)
    icon = ICONS[option.kind] if option.legal else "ban"
    yield Icon(Rect(inner.x, inner.centre[1] - 8, 16, 16), icon, theme.ACCENT if option.legal else theme.QUIET)
    cost, text = Rect(inner.x + 26, inner.y, inner.width - 26, inner.height).end(34)
    yield Words(text, option.title, theme.BODY if option.legal else theme.SMALL, ink)
    yield Words(cost, f"{option.cost:g}", theme.SMALL, theme.FAINT, "right")
    yield Zone(
        rect,
        Put("act", option.act),
        name,
        option.doc if option.legal else f"{KINDS[option.barrier or 'other'].title}: {option.why_not}",
        focusable=False,
    )


def ordered(options: Iterable[Option], kind: str) -> tuple[Option, ...]:
    """The acts of a kind, those that can be done first."""
    return tuple(sorted((each for each in options if each.kind == kind), key=lambda each: not each.legal))


def neighbour(options: Sequence[Option], chosen: str | None, step: int) -> str | None:
    """The act before or after the one that is chosen, None at either end."""
    place = next((number for number, each in enumerate(options) if each.act == chosen), -1) + step
    return options[place].act if 0 <= place < len(options) else None


def relations_of(rect: Rect, game: Game, target: str) -> Iterator[Shape]:
    """How the side and another state regard each other, in a line."""
    side = game.side or ""
    for label, pair, place in zip(
        ("Their view", "Our view"), ((target, side), (side, target)), rect.columns((1, 1), 16), strict=True
    ):
        yield from standing(place, label, game.relation(*pair))


def standing(rect: Rect, label: str, value: float) -> Iterator[Shape]:
    """A relation with what it is the regard of."""
    text, number = rect.left(rect.width - 64)
    yield Words(text, label, theme.SMALL, theme.FAINT)
    yield from relation(number, value, theme.STRONG, "right")


def states(game: Game, *without: str | None) -> tuple[Pick, ...]:
    """The states one may choose from."""
    return tuple(Pick(each.id, each.name, code=each.code) for each in game.states if each.id not in without)
