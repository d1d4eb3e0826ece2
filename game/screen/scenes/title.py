"""title: where everything begins. Behind it lies the map, which turns slowly from one state's view to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from game.play.commands import Load
from game.play.snapshot import (
    Figure,
    Save,
    Sketch,
    Snapshot,
)
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import GROUND, low
from game.screen.kit.shapes import (
    Dot,
    Flag,
    Ground,
    Hatch,
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
from game.screen.map.mapping import Camera, framing, projected
from game.screen.map.thumbnails import geographic, shade, torn
from game.screen.messages import (
    Focus,
    Go,
    Quit,
    Swap,
    Tick,
)

REST, TURN = 7.0, 2.4
"""Seconds that the map shows one state's view, and that it takes to turn to the next."""
STEPS = 24
"""In how many steps it turns: few enough that the picture is painted anew only when it changes."""
VIEW = (24.0, 27.0, 60.0, 47.0)
CREDIT = "Outlines: Natural Earth. Disputed areas are schematic and no statement on any border."
VEIL = 90
"""Of how many strips the shade under the words is made."""


@dataclass(frozen=True, slots=True)
class Model:
    """Whether the main button has been given the focus."""

    settled: bool = False


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on with the game that was played last."""


def last_game(snapshot: Snapshot) -> Save | None:
    """The game that was played last, of those that can be loaded."""
    return next((each for each in snapshot.saves if not each.problem), None)


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Go where a button leads."""
    last = last_game(snapshot)
    match message:
        case Tick() if not model.settled:
            return replace(model, settled=True), (Focus("new game" if last is None else "continue"),)
        case Continue() if last is not None:
            return model, (Load(last.path),)
        case Go() | Quit() | Swap():
            return model, (message,)
    return model, ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The map under a shade, the name, and what one can do."""
    sketch = next((each.sketch for each in snapshot.entries if each.sketch and each.sketch.view), None)
    shapes: list[Shape] = [Panel(frame.rect, GROUND)]
    if sketch is not None and geographic(sketch):
        shapes += _map(frame, sketch)
    tight = low(frame)
    margin = 28.0 if tight or frame.rect.width < 800 else 76.0
    column = Rect(margin, 14 if tight else 64, min(430.0, frame.rect.width - 2 * margin), frame.rect.height)
    shapes += _words(frame, column, tight)
    shapes += _menu(
        frame, Rect(margin, 66 if tight else 196, 300, frame.rect.height - (96 if tight else 240)), snapshot
    )
    shapes += _preparation(frame, margin, tight, snapshot)
    shapes += _credit(frame, margin, tight)
    return tuple(shapes)


def _preparation(frame: Frame, margin: float, tight: bool, snapshot: Snapshot) -> Iterator[Shape]:
    """How far the engine is compiled, while it is: games can be played meanwhile, and are faster afterwards."""
    if snapshot.preparation is None:
        return
    done, parts = snapshot.preparation
    across = Rect(frame.rect.right - margin - 260, 24, 260, 18)
    place = across if tight else Rect(margin, frame.rect.bottom - 92, 300, 18)
    yield Panel(place.inset(-8, -6), GROUND, radius=6, opacity=0.8)
    yield Words(place, f"Preparing the engine, once: {done} of {parts}", theme.NOTE, theme.TEXT)
    bar = Rect(place.x, place.bottom, place.width, 3)
    yield Panel(bar, theme.RULE, radius=1)
    yield Panel(bar.left(bar.width * done / parts)[0], theme.ACCENT, radius=1)


def _credit(frame: Frame, margin: float, tight: bool) -> Iterator[Shape]:
    if tight:
        strip, _ = frame.rect.base(26)
        yield Panel(strip, GROUND, opacity=0.9)
        yield Words(strip.inset(margin, 0), CREDIT, theme.NOTE, theme.FAINT)
        return
    foot, _ = frame.rect.inset(margin, 12).base(38)
    yield from paragraph(frame, foot.left(300)[0], CREDIT, theme.NOTE, theme.FAINT)


def _words(frame: Frame, column: Rect, tight: bool) -> Iterator[Shape]:
    name, rest = column.top(40 if tight else 62)
    yield Words(name, "Realpolitik", theme.TITLE if tight else theme.DISPLAY, theme.TEXT)
    if not tight:
        line, _ = rest.top(30)
        yield Words(line, "A regional alliance simulation", theme.HEADING, theme.FAINT)


def _menu(frame: Frame, rect: Rect, snapshot: Snapshot) -> Iterator[Shape]:
    """Two columns where there is little height, else one; the ways to play stand out."""
    faces = _buttons(frame, snapshot)
    height, gap = (38.0, 6.0) if rect.height < 480 else (44.0, 8.0)
    rows = max(int((rect.height + gap) // (height + gap)), 1)
    for number, face in enumerate(faces):
        x, y = rect.x + number // rows * (rect.width + 12), rect.y + number % rows * (height + gap)
        place = Rect(x, y, min(rect.width, max(frame.rect.right - x - 12, 60.0)), height)
        yield from _item(frame, place, face)


def _item(frame: Frame, rect: Rect, face: Button) -> Iterator[Shape]:
    """A line of the menu: sign and words from the left, so that they stand in columns."""
    over = held(frame, face.name, rect)
    ground, ink = (theme.ACCENT, theme.INK) if face.main else (theme.PANEL, theme.TEXT)
    if over:
        ground = theme.mixed(ground, theme.TEXT, 0.14)
    yield Panel(rect, ground, radius=7, edge=None if face.main else theme.RULE, opacity=1.0 if face.main else 0.8)
    sign, words = rect.inset(14, 0).left(34)
    if face.icon is not None:
        yield Icon(Rect(sign.x, sign.centre[1] - 10, 20, 20), face.icon, ink if face.main else theme.ACCENT)
    yield Words(words, face.text, theme.STRONG, ink)
    yield from ring(frame, face.name, rect)
    yield Zone(rect, face.message, face.name, face.hint)


def _buttons(frame: Frame, snapshot: Snapshot) -> tuple[Button, ...]:
    last = last_game(snapshot)
    going_on: tuple[Button, ...] = ()
    if last is not None:
        title = next((each.title for each in snapshot.entries if each.id == last.scenario), last.scenario)
        hint = f"{title}, turn {last.turn}, {last.state or 'watched'}"
        going_on = (Button("Continue", Continue(), "continue", "play", main=True, hint=hint),)
    return (
        *going_on,
        Button("New game", Go("browser"), "new game", "flag", main=last is None),
        Button("Watch", Go("browser", {"watching": True}), "watch", "eye", hint="The computer decides for all"),
        Button("Saved games", Go("saves"), "saves", "folder-open"),
        Button("Write a scenario", Go("authoring"), "authoring", "file-text"),
        Button("Codex", Go("codex"), "codex", "book-open", hint=f"Key: {frame.key('codex')}"),
        Button("Settings", Go("settings"), "settings", "settings"),
        Button("Keys", Go("shortcuts"), "shortcuts", "keyboard", hint=f"Key: {frame.key('keys')}"),
        Button("Quit", Quit(), "quit", "log-out"),
    )


def turned(clock: float, count: int, motion: bool) -> tuple[int, int, float]:
    """Which state's view is shown, which comes next, and how far the map has turned to it."""
    if not motion or count < 2:
        return 0, 0, 0.0
    round_, moment = divmod(clock, REST + TURN)
    share = max(moment - REST, 0.0) / TURN
    smooth = share * share * (3 - 2 * share)
    return int(round_) % count, (int(round_) + 1) % count, round(smooth * STEPS) / STEPS


def _map(frame: Frame, sketch: Sketch) -> Iterator[Shape]:
    """The map from the point of view of one state after the other, darker where the words stand."""
    seers = _seers(sketch)
    now, then, share = turned(frame.clock, len(seers), frame.settings.motion)
    width, height = round(frame.rect.width), round(frame.rect.height)
    camera = framing(*VIEW, width, height).moved(width * 0.10, 0)
    camera = camera.zoomed(1.12 if width > 1000 else 1.0, (width * 0.62, height * 0.5))
    shown = [each for each in sketch.states if each.code and not each.off_map]
    colours = {
        each.code: theme.mixed(shade(sketch, each, seers[now].id), shade(sketch, each, seers[then].id), share)
        for each in shown
    }
    hatches = tuple(Hatch(area, colours[sketch.state(holder).code]) for area, holder in sketch.areas if holder)
    yield Ground(frame.rect, camera, tuple(colours.items()), hatches)
    yield from _capitals(shown, camera)
    edges = [round(frame.rect.width * 0.72 * number / VEIL) for number in range(VEIL + 1)]
    for number, (left, right) in enumerate(pairwise(edges)):
        part = number / VEIL
        opacity = 0.95 * (1 - part * part * (3 - 2 * part))
        yield Panel(Rect(left, 0, right - left, frame.rect.height), GROUND, opacity=opacity)
    if frame.rect.width > 900:
        yield from _caption(frame, seers[then if share > 0.5 else now])


def _seers(sketch: Sketch) -> tuple[Figure, ...]:
    """The states whose view is shown: those on the map that decide, by how torn the region is about them."""
    places = {each.id: number for number, each in enumerate(sketch.states)}

    def weight(figure: Figure) -> tuple[bool, float]:
        place = places[figure.id]
        relations_of = [row[place] for number, row in enumerate(sketch.relations) if number != place]
        return figure.id != sketch.centre, -torn(relations_of)

    return tuple(sorted((each for each in sketch.states if each.plays and not each.off_map), key=weight))


def _capitals(shown: list[Figure], camera: Camera) -> Iterator[Shape]:
    for each in shown:
        if each.place is not None:
            yield Dot(camera.seen(projected(*each.place)), 2.6, theme.INK, theme.PAPER)


def _caption(frame: Frame, seer: Figure) -> Iterator[Shape]:
    text = f"How others regard {seer.name}"
    width = frame.measure(text, theme.STRONG) + 66
    box = Rect(frame.rect.right - width - 22, frame.rect.bottom - 84, width, 40)
    yield Panel(box, theme.PAPER, radius=9, opacity=0.92)
    yield Flag(Rect(box.x + 12, box.y + 11, 27, 18), seer.code, seer.name, seer.colour)
    yield Words(Rect(box.x + 50, box.y, width - 60, box.height), text, theme.STRONG, theme.INK)
