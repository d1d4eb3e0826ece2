"""Settings on the disk: read as far as they can be, kept where they can be."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

from game.screen.kit.frame import KEYS, Settings


def read_settings(path: Path) -> Settings:
    """The settings in a file; the usual ones for what it does not say, or says wrongly."""
    usual = Settings()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return usual
    if not isinstance(kept, dict):
        return usual
    known = {each.name: type(getattr(usual, each.name)) for each in fields(Settings)}
    kept = {
        name: float(value) if known.get(name) is float and type(value) is int else value for name, value in kept.items()
    }
    fitting = {name: value for name, value in kept.items() if name in known and isinstance(value, known[name])}
    settings = replace(usual, **fitting)
    chosen = {action: key for action, key in settings.keys.items() if action in KEYS and isinstance(key, str)}
    # In this order a scale that is no number comes out as 1.
    settings = replace(settings, scale=min(max(1.0, settings.scale), 2.0), keys={**usual.keys, **chosen})
    return replace(settings, keys=usual.keys) if settings.conflicts() else settings


def write_settings(path: Path, settings: Settings) -> None:
    """Keep settings; where that can't be done they hold for this time only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    except OSError:
        return
