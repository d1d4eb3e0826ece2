"""What a view needs besides its model: the room it has, how wide text comes out, the time, and what has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from game.screen.kit.geometry import Rect
from game.screen.kit.theme import Style

Measure = Callable[[str, Style], float]
"""How wide a text comes out in a style, in logical pixels."""

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen for the window; kept between games."""

    scale: float = 1.0
    motion: bool = True
    sound: bool = True
    tips: bool = True
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
