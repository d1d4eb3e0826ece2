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
from game.play.explained.pending import asks_first
from game.screen import scenes
from game.screen.kit import theme, widgets
from game.screen.kit.editing import (
    END,
    Caret,
    Composing,
    Copied,
    Paste,
    Stops,
    Written,
    inserted,
    pressed,
    selected,
)
from game.screen.kit.focus import ARROWS, after, towards
from game.screen.kit.frame import LEAST, Frame, Measure, Settings
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Panel,
    View,
    Zone,
    focus_ring,
    grip_at,
    zone_at,
    zones,
)
from game.screen.messages import (  # fmt: skip
    Back,
    Click,
    Drag,
    EndTurn,
    Focus,
    Go,
    Gripped,
    Hover,
    Inquired,
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
SECONDS_OF_A_DOUBLE_CLICK = 0.6
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

TALL = 80.0
"""A hint stands below a control that is no taller than this, and beside the pointer over a taller one."""

CLIPBOARD = ("ctrl+c", "ctrl+x", "ctrl+v", "ctrl+insert", "shift+insert", "shift+delete")
"""Keys that copy, cut and paste."""

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
    shown: float = -1.0  # when another scene came to be shown
    notice: Answered | None = None
    until: float = 0.0
    open: bool = True
    caps: Mapping[str, str] = field(default_factory=dict)  # what stands on the keys of this keyboard
    caret: Caret = field(default_factory=Caret)

    @property
    def typing(self) -> bool:
        """Whether text is typed into a field of the uppermost scene."""
        return bool(getattr(self.scene, "typing", False))

    @property
    def scene(self) -> Any:
        """The model of the uppermost scene."""
        return self.stack[-1]

    @property
    def frame(self) -> Frame:
        """What a view is drawn in."""
        rect = Rect(0.0, 0.0, *self.size)
        return Frame(
            rect, self.measure, self.clock, self.focus, self.pointer, self.settings, self.caps, self.caret
        )  # fmt: skip


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
    if frame.rect.width < LEAST[0] - 1 or frame.rect.height < LEAST[1] - 1:
        return _too_small(frame)
    shapes = MODULES[type(window.scene)].view(window.scene, snapshot, frame)
    return (*shapes, *_noticed(window, frame), *_hinted(window, frame, shapes))


def _too_small(frame: Frame) -> View:
    """What a window says in which nothing could be read: no text is made smaller to fit."""
    text = f"Make the window larger: {LEAST[0]} by {LEAST[1]} at least."
    return (Panel(frame.rect, theme.PANEL), *widgets.paragraph(frame, frame.rect.inset(8, 6), text))


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
        hint = "" if zone is None or isinstance(zone.grip, Stops) else zone.hint
        whole = widgets.cut_at(frame, shapes, *window.pointer)
        text = "\n".join(each for each in (whole if whole not in hint else "", hint) if each)
        if zone is None or not hint or zone.rect.height > TALL:
            return widgets.tip(frame, text, window.pointer) if text else ()
        # Below the control and not over it, or above it where there is no room.
        return widgets.tip(frame, text, (window.pointer[0] - 14, zone.rect.bottom - 12), zone.rect.y)
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
            return _answered(window, message), ()
        case Hover(x, y):
            return _hovered(replace(window, pointer=(x, y)), message, snapshot)
        case Wheel() | Drag():
            return _gripped(window, message, snapshot)
        case Click():
            return _click(window, message, snapshot)
        case Key():
            name = _meant(window, message, snapshot)
            return (window, ()) if message.held and not _repeats(window, name) else _key(window, name, snapshot)
        case Typed(text) if window.typing:
            return _edited(window, *inserted(_text(window), window.caret, text), snapshot)
        case Composing(text):
            return replace(window, caret=replace(window.caret, composed=text if window.typing else "")), ()
        case _:
            return _passed(window, message, snapshot)


def _answered(window: Window, said: Answered) -> Window:
    """The window with a notice."""
    return replace(window, notice=said, until=window.clock + SECONDS_OF_A_NOTICE)


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
    if isinstance(grip, Stops):
        return (_selected(window, grip, done), ()) if isinstance(done, Drag) else (window, ())
    if isinstance(done, Drag):
        window = replace(window, dragged=window.dragged + abs(done.across) + abs(done.down))
    return _passed(window, Gripped(grip, done), snapshot)


def _selected(window: Window, stops: Stops, drag: Drag) -> Window:
    """What the pointer goes over in a field, selected from where it was pressed."""
    anchor = window.caret.anchor if window.dragged else stops.nearest(drag.x - drag.across)
    far = window.dragged + abs(drag.across) + abs(drag.down)
    return replace(window, dragged=far, caret=Caret(stops.nearest(drag.x), anchor))


def _click(window: Window, click: Click, snapshot: Any) -> tuple[Window, Commands]:
    """A click that is one: not the end of a drag, nor the second half of a double click that now finds other things."""
    still = replace(window, pointer=(click.x, click.y), dragged=0.0)
    if click.button == 1 and window.dragged > STILL:
        return still, ()
    if click.again and window.clock - window.shown < SECONDS_OF_A_DOUBLE_CLICK:
        return still, ()
    return _clicked(still, snapshot, click) if click.button == 1 else _asked(still, click, snapshot)


def _asked(window: Window, click: Click, snapshot: Any) -> tuple[Window, Commands]:
    """Another button than the first: over what can be pressed, over what has a grip, or anywhere else."""
    shapes = view(window, snapshot)
    zone, grip = zone_at(shapes, click.x, click.y), grip_at(shapes, click.x, click.y)
    if zone is not None and zone.message is not None:
        return _passed(window, Inquired(zone.message), snapshot)
    return _passed(window, click if grip is None else Gripped(grip, click), snapshot)


def _clicked(window: Window, snapshot: Any, click: Click) -> tuple[Window, Commands]:
    zone = zone_at(view(window, snapshot), click.x, click.y)
    if zone is None:
        return _passed(window, click, snapshot)
    if isinstance(zone.grip, Stops):
        place = zone.grip.nearest(click.x)
        return replace(window, caret=Caret(END, 0) if click.again else Caret(place, place)), ()
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
    if window.typing and (len(name) == 1 or name == "space" or pressed("", Caret(), name) is not None):
        return True
    return name in (*ARROWS, *PAGES) or any(name == settings.key(action) for action in MOVING)


def _key(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands]:
    """A key: a letter for a field, the focus, what has it, the scene's own keys, those that work everywhere."""
    window, settings = replace(window, pointer=None), window.settings
    if getattr(window.scene, "catching", False):
        return _passed(window, Key(name), snapshot)
    edited = _in_the_field(window, name, snapshot) if window.typing else None
    if edited is not None:
        return edited
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


def _meant(window: Window, key: Key, snapshot: Any) -> str:
    """Which of its names a key goes by: the first that means anything now."""
    if not key.others or window.typing or getattr(window.scene, "catching", False):
        return key.name
    settings = window.settings
    actions = (*_keys(window, snapshot), *FILES, "next", "previous", "confirm", "press", "back")
    known = {settings.key(action) for action in actions}
    return next((name for name in (key.name, *key.others) if name in known), key.name)


def _in_the_field(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands] | None:
    """What a key does to the field that is typed in; None where it does nothing to it."""
    if len(name) == 1 or name == "space":
        return update(window, Typed(" " if name == "space" else name), snapshot)
    if name in CLIPBOARD:
        return _clipped(window, name, snapshot)
    if name == window.settings.key("confirm"):
        return _entered(window, snapshot)
    found = pressed(_text(window), window.caret, name)
    return None if found is None else _edited(window, *found, snapshot)


def _entered(window: Window, snapshot: Any) -> tuple[Window, Commands] | None:
    """Enter in a field: what the scene does with what was typed, else what a press on the field does; never more."""
    own = _keys(window, snapshot).get("confirm")
    field_ = next((zone for zone in zones(view(window, snapshot)) if isinstance(zone.grip, Stops)), None)
    message = own if own is not None else None if field_ is None else field_.message
    return None if message is None else _passed(window, message, snapshot)


def _text(window: Window) -> str:
    """The text of the field that is typed in."""
    text: str = MODULES[type(window.scene)].typed(window.scene)
    return text


def _edited(window: Window, text: str, caret: Caret, snapshot: Any) -> tuple[Window, Commands]:
    """A field with another text; what the scene leaves out of it, the caret is moved back by."""
    commands: Commands = ()
    if text != _text(window):
        window, commands = _passed(window, Written(text), snapshot)
        if not window.typing:
            return window, commands
        left_out = len(text) - len(_text(window))
        caret = replace(caret, place=max(caret.place - left_out, 0), anchor=max(caret.anchor - left_out, 0))
    return replace(window, caret=caret.within(_text(window))), commands


def _clipped(window: Window, name: str, snapshot: Any) -> tuple[Window, Commands]:
    """Copy, cut or paste."""
    if name in ("ctrl+v", "shift+insert"):
        return window, (Paste(),)
    taken = selected(_text(window), window.caret)
    if not taken:
        return window, ()
    if name not in ("ctrl+x", "shift+delete"):
        return window, (Copied(taken),)
    window, commands = _edited(window, *inserted(_text(window), window.caret, ""), snapshot)
    return window, (*commands, Copied(taken))


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
    if isinstance(message, (Go, Phase, Swap, Back, Quit, EndTurn)):
        return _restacked(window, (message,), snapshot)
    before = window.typing
    model, wanted = MODULES[type(window.scene)].update(window.scene, message, snapshot)
    window = replace(window, stack=(*window.stack[:-1], model))
    if window.typing and not before:
        window = replace(window, caret=Caret())
    return _restacked(window, wanted, snapshot)


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
    first = getattr(MODULES[type(model)], "first", None)
    return replace(window, stack=(*under, model), below=below, focus=first, shown=window.clock)


def _left(window: Window) -> Window:
    """The scene under the uppermost one, with the focus where it was; the last scene is not left."""
    if len(window.stack) == 1:
        return window
    return replace(
        window, stack=window.stack[:-1], below=window.below[:-1], focus=window.below[-1] if window.below else None
    )


def _restacked(window: Window, wanted: Sequence[Any], snapshot: Any) -> tuple[Window, Commands]:
    """What a scene asks for: done to the stack where it is for the window, else left to the shell as a command."""
    commands: list[Any] = []
    for each in wanted:
        match each:
            case EndTurn(command) if _asks_first(window, snapshot):
                window = _opened(window, window.stack, model_of("unfinished", {"command": command}))
            case EndTurn(command):
                commands.append(command)
            case Back(then) if then is not None:
                window, more = _passed(_left(window), then, snapshot)
                commands.extend(more)
            case Go() | Phase() | Swap() | Back() | Focus() | Quit() | Answered():
                window = _rearranged(window, each)
            case Settings():
                window = replace(window, settings=each)
                commands.append(each)
            case _:
                commands.append(each)
    return window, tuple(commands)


def _asks_first(window: Window, snapshot: Any) -> bool:
    """Whether the person is to be shown what is still open, and wants to be."""
    return window.settings.asks and snapshot.game is not None and asks_first(snapshot.game)


def _rearranged(window: Window, wanted: Go | Phase | Swap | Back | Focus | Quit | Answered) -> Window:
    match wanted:
        case Go(scene, given):
            return _opened(window, window.stack, model_of(scene, given))
        case Phase(name, anew):
            return _phased(window, name, anew=anew)
        case Swap(scene):
            return _opened(window, (), model_of(scene))
        case Back():
            return _left(window)
        case Focus(zone):
            return replace(window, focus=zone)
        case Answered():
            return _answered(window, wanted)
    return replace(window, open=False)
