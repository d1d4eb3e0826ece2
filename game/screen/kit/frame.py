"""What a view needs besides its model: the room it has, how wide text comes out, the time, and what has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from game.screen.kit.editing import Caret
from game.screen.kit.geometry import Rect
from game.screen.kit.theme import Style

Measure = Callable[[str, Style], float]
"""How wide a text comes out in a style, in logical pixels."""

LEAST = (640.0, 360.0)
"""The least room, in logical pixels, in which every view can be read and reached."""

KEYS: Mapping[str, str] = {
    "end turn": "ctrl+enter", "confirm": "enter", "back": "escape", "next": "tab", "previous": "shift+tab",
    "press": "space", "pan left": "left", "pan right": "right", "pan up": "up", "pan down": "down",
    "zoom in": "+", "zoom out": "-", "region": "home", "near": "shift+home", "graph": "0", "relations": "1",
    "agreements": "2", "claims": "3", "arms": "4", "knowledge": "5", "change": "6", "previous state": "[",
    "next state": "]", "statement": "s", "deal": "d", "mediate": "m", "log": "l", "report": "r", "codex": "f1",
    "dossier": "f4", "save": "f5", "load": "f8", "charts": "f9", "full screen": "f11", "matrix": "x",
    "timeline": "t", "undo": "ctrl+z", "redo": "ctrl+y", "search": "/", "keys": "?", "why": "w", "crisis": "c",
    "inbox": "i", "pause": "p", "one turn": ".", "speed 1": "ctrl+1", "speed 2": "ctrl+2", "speed 3": "ctrl+3",
    "speed 4": "ctrl+4", "speed 5": "ctrl+5",
}  # fmt: skip
"""What each key does unless the person has chosen another: action to key."""


NAMES = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "home": "Home", "end": "End",
    "left": "\N{LEFTWARDS ARROW}", "right": "\N{RIGHTWARDS ARROW}", "up": "\N{UPWARDS ARROW}",
    "down": "\N{DOWNWARDS ARROW}", "-": "\N{MINUS SIGN}", "page up": "Page up", "page down": "Page down",
    "backspace": "Backspace", "delete": "Delete",
}  # fmt: skip
UNSHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./", strict=True))
"""The key of each sign that takes shift on the keyboard that keys are named after, the American one."""


def spoken(key: str, caps: Mapping[str, str] | None = None) -> str:
    """A key as it is written on the person's keyboard: `ctrl+enter` is Ctrl + Enter.

    Keys are named by what they write on an American keyboard; `caps` says what the same keys write on this one.
    """
    *held, last = key.split("+") if not key.endswith("+") else [*key[:-1].rstrip("+").split("+"), "+"]
    held = [each for each in held if each]
    cap = _chord(last, caps or {}) if {"ctrl", "alt"} & set(held) else _cap(last, caps or {})
    return " + ".join([*(each.capitalize() for each in held), cap])


def _cap(key: str, caps: Mapping[str, str]) -> str:
    """What stands on a key; of a sign that takes shift, shift and what stands on its key where that is another one."""
    plain = UNSHIFTED.get(key, key)
    if plain.isdigit() or caps.get(plain, plain if not caps else "") == plain or len(plain) != 1:
        return _shown(key)
    there = caps.get(plain, "")
    if key == plain:
        return _shown(there) if there else _shown(key)
    return f"Shift + {_shown(there)}" if there else f"Num {_shown(key)}" if key == "+" else _shown(key)


def _chord(key: str, caps: Mapping[str, str]) -> str:
    """A key pressed with Ctrl or Alt goes by its letter, wherever that is; where there is none, by its place."""
    return _shown(key if key in caps.values() else caps.get(key, key))


def _shown(cap: str) -> str:
    """A cap in words or, as keyboards have it, as a capital where its script has one that is one letter."""
    capital = cap.title() if len(cap) == 1 else cap.capitalize()
    return NAMES.get(cap, capital if len(capital) == len(cap) else cap)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen for the window; kept between games."""

    scale: float = 1.0
    motion: bool = True
    sound: bool = True
    tips: bool = True
    asks: bool = True  # before a turn ends with something open
    keys: Mapping[str, str] = field(default_factory=lambda: dict(KEYS))

    def key(self, action: str) -> str:
        """The key of an action."""
        return self.keys.get(action, KEYS[action])

    def conflicts(self) -> Mapping[str, tuple[str, ...]]:
        """Keys that two actions share, with those actions."""
        by_key: dict[str, list[str]] = {}
        for action in KEYS:
            by_key.setdefault(self.key(action), []).append(action)
        return {key: tuple(actions) for key, actions in by_key.items() if len(actions) > 1}


@dataclass(frozen=True, slots=True)
class Frame:
    """The room and the moment in which a scene is drawn."""

    rect: Rect
    measure: Measure
    clock: float = 0.0
    focus: str | None = None
    pointer: tuple[float, float] | None = None
    settings: Settings = Settings()
    caps: Mapping[str, str] = field(default_factory=dict)  # what stands on the keys, where that is another keyboard
    caret: Caret = field(default_factory=Caret)  # of the field that is typed in

    def key(self, action: str) -> str:
        """The key of an action, as it is written on the person's keyboard."""
        return spoken(self.settings.key(action), self.caps)
