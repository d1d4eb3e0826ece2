"""title: where everything begins. Behind it lies the map, which turns slowly from one state's view to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from game.screen import theme
from game.screen.commands import Load
from game.screen.frame import Frame
from game.screen.geometry import Rect
from game.screen.mapping import Camera, framing, projected
from game.screen.messages import Focus, Go, Quit, Swap, Tick
from game.screen.page import GROUND, low, spoken
from game.screen.shapes import Clip, Dot, Flag, Ground, Hatch, Icon, Panel, Shape, View, Words
from game.screen.sketching import geographic, shade, torn
from game.screen.snapshot import Figure, Save, Sketch, Snapshot
from game.screen.widgets import Button, button

REST, TURN = 7.0, 2.4
"""Seconds that the map shows one state's view, and that it takes to turn to the next."""
STEPS = 24
"""In how many steps it turns: few enough that the picture is painted anew only when it changes."""
VIEW = (24.0, 27.0, 60.0, 47.0)
CREDIT = "Outlines: Natural Earth. Disputed areas are schematic and no statement on any border."
VEIL = 28
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
    return next((each for each in snapshot.saves if not each.fault), None)


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
    foot, _ = frame.rect.inset(20, 10).base(18)
    shapes.append(Words(foot, CREDIT, theme.NOTE, theme.TEXT, "right", halo=theme.PANEL))
    return tuple(shapes)


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
        yield from button(frame, place, face)


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
        Button("Codex", Go("codex"), "codex", "book-open", hint=f"Key: {spoken(frame.settings.key('codex'))}"),
        Button("Settings", Go("settings"), "settings", "settings"),
        Button("Keys", Go("shortcuts"), "shortcuts", "keyboard", hint=f"Key: {spoken(frame.settings.key('keys'))}"),
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
    strip = frame.rect.width * 0.62 / VEIL
    for number in range(VEIL):
        opacity = 0.93 * (1 - (number / VEIL) ** 2.2) + 0.04
        yield Panel(Rect(number * strip, 0, strip + 0.5, frame.rect.height), GROUND, opacity=opacity)
    if frame.rect.width > 900:
        yield from _caption(frame, seers[then if share > 0.5 else now])


def _seers(sketch: Sketch) -> tuple[Figure, ...]:
    """The states whose view is shown: those on the map that decide, by how torn the region is about them."""
    places = {each.id: number for number, each in enumerate(sketch.states)}

    def weight(figure: Figure) -> float:
        place = places[figure.id]
        return -torn([row[place] for number, row in enumerate(sketch.relations) if number != place])

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
    yield Flag(Rect(box.x + 12, box.y + 11, 27, 18), seer.code)
    yield Words(Rect(box.x + 50, box.y, width - 60, box.height), text, theme.STRONG, theme.INK)
