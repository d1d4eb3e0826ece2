"""The keyboard in words: what each key does, by group. Settings and the overlay of keys show it."""

from __future__ import annotations

from collections.abc import Mapping

from game.screen.kit.frame import KEYS

GROUPS: Mapping[str, Mapping[str, str]] = {
    "Everywhere": {
        "confirm": "Press what has the focus", "press": "Press it, too", "back": "Back", "next": "Next control",
        "previous": "Previous control", "search": "Search", "keys": "This list of keys", "codex": "Codex",
        "save": "Quick save", "load": "Quick load", "full screen": "Full screen",
    },
    "The turn": {
        "end turn": "End the turn", "undo": "Undo", "redo": "Redo", "statement": "Make a statement",
        "deal": "Propose a deal", "mediate": "Mediate", "crisis": "Crisis room", "inbox": "Proposals to you",
        "report": "Report of the turn",
    },
    "Reading": {
        "why": "Where a relation comes from", "dossier": "Dossier", "log": "Log", "charts": "Charts",
        "matrix": "All relations", "timeline": "Timeline",
    },
    "The map": {
        "pan left": "West", "pan right": "East", "pan up": "North", "pan down": "South", "zoom in": "Nearer",
        "zoom out": "Farther", "region": "The whole region", "near": "The inset from near",
        "previous state": "Previous state", "next state": "Next state",
    },
    "Map modes": {
        "relations": "Relations", "agreements": "Agreements and pledges", "claims": "Claims and control",
        "arms": "Arms and readiness", "knowledge": "What we know", "change": "Change since last turn",
        "graph": "Graph",
    },
    "Watching": {
        "pause": "Pause and go on", "one turn": "One turn", "speed 1": "Slowest", "speed 2": "Slow",
        "speed 3": "Medium", "speed 4": "Fast", "speed 5": "Fastest",
    },
}  # fmt: skip
"""What the keys do, action by action."""


def groups() -> Mapping[str, Mapping[str, str]]:
    """Every action that has a key, by group; one that is named in none stands under its own name."""
    known = {action for group in GROUPS.values() for action in group}
    found = {name: {action: said for action, said in group.items() if action in KEYS} for name, group in GROUPS.items()}
    others = {action: action.capitalize() for action in KEYS if action not in known}
    return {**found, "Other": others} if others else found


def in_words(action: str) -> str:
    """What an action is, in a few words."""
    return next((group[action] for group in GROUPS.values() if action in group), action.capitalize())
