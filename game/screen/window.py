"""The window as a value: a stack of scenes, the focus, the pointer, the clock. Pure: a message in, a window out.

A scene is a module of `game.screen.scenes` with three names:

    Model      a frozen dataclass, all that the scene remembers
    update     (model, message, snapshot) -> (model, what is to be done: commands, or Go, Swap, Back, Quit)
    view       (model, snapshot, frame) -> shapes

and, where it has keys of its own, `keys`: actions of `frame.KEYS` to messages, as a mapping or a function of the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from game.play.commands import Answered, Load, Save
from game.screen import scenes
from game.screen.kit import theme, widgets
from game.screen.kit.focus import ARROWS, after, towards
from game.screen.kit.frame import Frame, Measure, Settings
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Panel,
    View,
    Zone,
    focus_ring,
    grip_at,
    zone_at,
)
from game.screen.messages import (  # fmt: skip
    Back,
    Click,
    Drag,
    Focus,
    Go,
    Gripped,
    Hover,
    Key,
    Over,
    Phase,
    Pressed,
    Quit,
    Resized,
    Swap,
    Tick,
    Typed,
    Wheel,
)

SECONDS_OF_A_NOTICE = 5.0
STILL = 4.0
"""How far, in logical pixels, the pointer may wander in a click; beyond that it has dragged and clicks nothing."""

PAGES: Mapping[str, float] = {"page up": 8.0, "page down": -8.0}
"""Keys that turn a list by more than a line, in steps of the wheel."""

SCENES: Mapping[str, Any] = {
    each.name: import_module(f"{scenes.__name__}.{each.name}") for each in iter_modules(scenes.__path__)
}
"""Every scene, by its name: a file in the folder is all it takes to add one."""

MODULES: Mapping[type, Any] = {module.Model: module for module in SCENES.values()}
"""Every scene, by the type of its model."""

FILES: Mapping[str, Any] = {"save": Save(), "load": Load()}
"""What keys ask for at once in every scene of a game."""

WRITING = ("space", "backspace", "delete")
"""Keys of a field besides letters."""

MOVING = (
    "next", "previous", "pan left", "pan right", "pan up", "pan down", "zoom in", "zoom out", "previous state",
    "next state",
)  # fmt: skip
"""What a key that is held down goes on doing."""

EVERYWHERE = {"keys": "shortcuts", "codex": "codex"}
"""Which scenes open from every other one, by the actions whose keys open them."""

PHASES = {"curtain": "curtain", "briefing": "briefing", "inbox": "inbox", "report": "report", "over": "debrief"}
"""Which scene lies over the board in each phase of a turn; while states plan there is none."""


def model_of(scene: Any, given: Mapping[str, object] | None = None) -> Any:
    """A scene's model, made afresh where only its name is given."""
    return SCENES[scene].Model(**(given or {})) if isinstance(scene, str) else scene


@dataclass(frozen=True, slots=True)
class Window:
    """Everything the window shows but what the game is like: the uppermost scene is the last.

    `below` is where the focus was in each scene under it. A scene that names a zone as `first` opens with it there.
    """

    stack: tuple[Any, ...]
    measure: Measure
    size: tuple[float, float] = (1280.0, 720.0)
    settings: Settings = field(default_factory=Settings)
    focus: str | None = None
    below: tuple[str | None, ...] = ()
    pointer: tuple[float, float] | None = None
    over: str = ""
    dragged: float = 0.0
    clock: float = 0.0
    notice: Answered | None = None
    until: float = 0.0
    open: bool = True

    @property
    def scene(self) -> Any:
        """The model of the uppermost scene."""
        return self.stack[-1]

    @property
    def frame(self) -> Frame:
        """What a view is drawn in."""
        rect = Rect(0.0, 0.0, *self.size)
        return Frame(rect, self.measure, self.clock, self.focus, self.pointer, self.settings)


Commands = tuple[Any, ...]


@dataclass(slots=True)
class Seen:
    """What was shown last, so that a click on it does not make it up once more."""

    window: Window | None = None
    snapshot: Any = None
    shapes: View = ()


SEEN = Seen()


def view(window: Window, snapshot: Any) -> View:
    """The uppermost scene, the notice, and a hint; the same window shows the same."""
    if SEEN.window is not window or SEEN.snapshot is not snapshot:
        SEEN.shapes = _view(window, snapshot)
        SEEN.window, SEEN.snapshot = window, snapshot
    return SEEN.shapes


def _view(window: Window, snapshot: Any) -> View:
    frame = window.frame
    shapes = MODULES[type(window.scene)].view(window.scene, snapshot, frame)
    return (*shapes, *_noticed(window, frame), *_hinted(window, frame, shapes))


def _noticed(window: Window, frame: Frame) -> View:
    if window.notice is None or window.clock > window.until:
        return ()
    text = _sentence(window.notice.text)
    width = min(frame.measure(text, theme.BODY) + 48, frame.rect.width - 40)
    height = widgets.tall(frame, text, theme.BODY, width - 40) + 20
    box = Rect(frame.rect.centre[0] - width / 2, frame.rect.bottom - height - 24, width, height)
    edge = theme.BANDS[0].dark if window.notice.problem else theme.ACCENT
    return (
        Panel(box, theme.PANEL, radius=8, edge=edge, shadow=True),
        *widgets.paragraph(frame, box.inset(20, 10), text),
    )


def _sentence(text: str) -> str:
    """A text as a sentence: what the engine says of an order begins small and ends without a stop."""
    return f"{text[:1].upper()}{text[1:]}{'.' if text[-1:].isalnum() else ''}"


def _hinted(window: Window, frame: Frame, shapes: View) -> View:
    """What the pointer rests on or, where the keyboard was used last, what it has taken the focus to."""
    if not window.settings.tips:
        return ()
    if window.pointer is not None:
        zone = zone_at(shapes, *window.pointer)
        return widgets.tip(frame, zone.hint, window.pointer) if zone is not None and zone.hint else ()
    # Not where a scene opened with the focus: nobody went there.
    zone = next((each for each in focus_ring(shapes) if each.name == window.focus == window.over and each.hint), None)
    return () if zone is None else widgets.tip(frame, zone.hint, (zone.rect.x, zone.rect.bottom - 12), zone.rect.y)


def update(window: Window, message: Any, snapshot: Any) -> tuple[Window, Commands]:
    """The window after a message, and the commands that the shell is to carry out."""
    match message:
        case Tick(seconds):
            return _passed(replace(window, clock=window.clock + seconds), message, snapshot)
        case Resized(width, height):
            return replace(window, size=(width, height)), ()
        case Quit():
            return replace(window, open=False), ()
        case Answered():
            return replace(window, notice=message, until=window.clock + SECONDS_OF_A_NOTICE), ()
        case Hover(x, y):
            return _hovered(replace(window, pointer=(x, y)), message, snapshot)
        case Wheel() | Drag():
            return _gripped(window, message, snapshot)
        case Click(x, y, 1) if window.dragged > STILL:
            return replace(window, pointer=(x, y), dragged=0.0), ()
        case Click(x, y, 1):
            return _clicked(replace(window, pointer=(x, y)), snapshot, message)
        case Key(name, held):
            return (window, ()) if held and not _repeats(window, name) else _key(window, name, snapshot)
        case _:
            return _passed(window, message, snapshot)


def _hovered(window: Window, hover: Hover, snapshot: Any) -> tuple[Window, Commands]:
    """The pointer elsewhere, and the scene told when it is over another zone."""
    window, commands = _passed(window, hover, snapshot)
    zone = zone_at(view(window, snapshot), hover.x, hover.y)
    window, more = _over(window, zone.name if zone is not None else "", snapshot)
    return window, (*commands, *more)


def _over(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands]:
    return (window, ()) if window.over == name else _passed(replace(window, over=name), Over(name), snapshot)


def _gripped(window: Window, done: Wheel | Drag, snapshot: Any) -> tuple[Window, Commands]:
    """The wheel or a drag, given with the grip of what it is done to."""
    grip = grip_at(view(window, snapshot), done.x, done.y)
    if grip is None:
        return _passed(window, done, snapshot)
    if isinstance(done, Drag):
        window = replace(window, dragged=window.dragged + abs(done.across) + abs(done.down))
    return _passed(window, Gripped(grip, done), snapshot)


def _clicked(window: Window, snapshot: Any, click: Click) -> tuple[Window, Commands]:
    window = replace(window, dragged=0.0)
    zone = zone_at(view(window, snapshot), click.x, click.y)
    if zone is None:
        return _passed(window, click, snapshot)
    if zone.message is None and zone.grip is not None:
        return _passed(window, Gripped(zone.grip, click), snapshot)
    focused = replace(window, focus=zone.name if zone.focusable else window.focus)
    return _passed(focused, _sent(zone, click.x, click.y), snapshot)


def _sent(zone: Zone, x: float, y: float) -> Any:
    """What a zone sends; one that sends a type is given the point."""
    if isinstance(zone.message, type):
        return zone.message(x, y)
    return Pressed(zone.name) if zone.message is None else zone.message


def _repeats(window: Window, name: str) -> bool:
    """Whether a key that is held down does again what it did: to move and to write, but never to decide anything.

    Otherwise an end of the turn that is held a moment too long would end what comes after it, too.
    """
    settings = window.settings
    if getattr(window.scene, "catching", False):
        return False
    if getattr(window.scene, "typing", False) and (len(name) == 1 or name in WRITING):
        return True
    return name in (*ARROWS, *PAGES) or any(name == settings.key(action) for action in MOVING)


def _key(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands]:
    """A key: a letter for a field, the focus, what has it, the scene's own keys, those that work everywhere."""
    window, settings = replace(window, pointer=None), window.settings
    if getattr(window.scene, "catching", False):
        return _passed(window, Key(name), snapshot)
    typing = getattr(window.scene, "typing", False)
    if typing and (len(name) == 1 or name == "space"):
        return _passed(window, Typed(" " if name == "space" else name), snapshot)
    if name in (settings.key("next"), settings.key("previous")):
        return _focused(
            window, after(_ring(window, snapshot), window.focus, 1 if name == settings.key("next") else -1), snapshot
        )
    if name in (settings.key("confirm"), settings.key("press")):
        zone = next((zone for zone in _ring(window, snapshot) if zone.name == window.focus), None)
        if zone is not None:
            return _passed(window, _sent(zone, *zone.rect.centre), snapshot)
    for action, command in FILES.items():
        if settings.key(action) == name and snapshot.game is not None:
            return window, (command,)
    for action, message in _keys(window, snapshot).items():
        if settings.key(action) == name:
            return _passed(window, message, snapshot)
    if name == settings.key("back") and len(window.stack) > 1:
        return _passed(window, Back(), snapshot)
    return _steered(window, name, snapshot)


def _steered(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands]:
    """A key that the scene makes nothing of: an arrow moves the focus or, at the end of a list, the list."""
    changed, commands = _passed(window, Key(name), snapshot)
    ring = _ring(window, snapshot)
    if changed != window or commands or not (name in ARROWS or name in PAGES):
        return changed, commands
    objective = towards(ring, window.focus, name) if name in ARROWS else None
    if objective is not None:
        return _focused(window, objective, snapshot)
    steps = PAGES.get(name, -ARROWS.get(name, (0, 0))[1])
    here = next((zone.rect for zone in ring if zone.name == window.focus), window.frame.rect)
    return update(window, Wheel(*here.centre, float(steps)), snapshot) if steps else (window, ())


def _keys(window: Window, snapshot: Any) -> Mapping[str, Any]:
    """What keys do in the scene: its own, and those that do the same in all that give them no other meaning."""
    keys = getattr(MODULES[type(window.scene)], "keys", {})
    own: Mapping[str, Any] = keys(window.scene, snapshot) if callable(keys) else keys
    others = {
        action: Go(scene)
        for action, scene in EVERYWHERE.items()
        if scene in SCENES and not isinstance(window.scene, SCENES[scene].Model)
    }
    return {**others, **own}


def _ring(window: Window, snapshot: Any) -> tuple[Zone, ...]:
    """The zones that the keyboard goes round."""
    return focus_ring(MODULES[type(window.scene)].view(window.scene, snapshot, window.frame))


def _focused(window: Window, name: str | None, snapshot: Any) -> tuple[Window, Commands]:
    """The focus on a zone, and the scene told of it."""
    return _over(replace(window, focus=name), name or "", snapshot)


def _passed(window: Window, message: Any, snapshot: Any) -> tuple[Window, Commands]:
    """The message given to the uppermost scene, and what it asks for done to the stack."""
    if isinstance(message, (Go, Phase, Swap, Back, Quit)):
        return _restacked(window, (message,), snapshot)
    model, wanted = MODULES[type(window.scene)].update(window.scene, message, snapshot)
    return _restacked(replace(window, stack=(*window.stack[:-1], model)), wanted, snapshot)


def _phased(window: Window, name: str, *, anew: bool) -> Window:
    """The board as it was left, or a new one for a new game, and over it the scene of the phase."""
    boards = (model for model in window.stack if isinstance(model, SCENES["board"].Model))
    base = None if anew else next(boards, None)
    over = (model_of(PHASES[name]),) if name in PHASES and PHASES[name] in SCENES else ()
    window = _opened(window, (), base or model_of("board"))
    return _opened(window, window.stack, *over) if over else window


def _opened(window: Window, under: tuple[Any, ...], model: Any) -> Window:
    """A scene on top of others, with the focus where it wants it."""
    below = (*window.below, window.focus)[: len(under)]
    return replace(window, stack=(*under, model), below=below, focus=getattr(MODULES[type(model)], "first", None))


def _left(window: Window) -> Window:
    """The scene under the uppermost one, with the focus where it was; the last scene is not left."""
    if len(window.stack) == 1:
        return window
    return replace(
        window, stack=window.stack[:-1], below=window.below[:-1], focus=window.below[-1] if window.below else None
    )


def _restacked(window: Window, wanted: Sequence[Any], snapshot: Any) -> tuple[Window, Commands]:
    commands: list[Any] = []
    for each in wanted:
        match each:
            case Go(scene, given):
                window = _opened(window, window.stack, model_of(scene, given))
            case Phase(name, anew):
                window = _phased(window, name, anew=anew)
            case Swap(scene):
                window = _opened(window, (), model_of(scene))
            case Back(None):
                window = _left(window)
            case Back(then):
                window, more = _passed(_left(window), then, snapshot)
                commands.extend(more)
            case Focus(zone):
                window = replace(window, focus=zone)
            case Quit():
                window = replace(window, open=False)
            case Settings():
                window = replace(window, settings=each)
                commands.append(each)
            case _:
                commands.append(each)
    return window, tuple(commands)
