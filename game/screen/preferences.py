"""Settings on the disk: read as far as they can be, kept where they can be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

from game.files.disk import read_whole, write_whole
from game.screen.kit.frame import KEYS, Settings

LARGEST = 64 * 1024
"""Bytes; settings that anybody chose take a fraction of it."""
LONGEST = 30
"""Characters of the name of a key, its modifiers included."""


def read_settings(path: Path) -> Settings:
    """The settings in a file; the usual ones for what it does not say, or says wrongly."""
    return examined(path)[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file of settings: with all of it, or with a part."""

    text: str
    partial: bool = False


def examined(path: Path) -> tuple[Settings, Fault | None]:
    """The settings in a file, whatever it holds, and what is wrong with it, None where nothing is."""
    usual = Settings()
    try:
        kept = json.loads(read_whole(path, LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return usual, None
    except OSError as error:
        return usual, _said(path, (error.strerror or str(error)).lower())
    except (ValueError, RecursionError):
        return usual, _said(path, "they are not whole")
    if not isinstance(kept, dict):
        return usual, _said(path, "they are not whole")
    fitting = {name: found for name, value in kept.items() if (found := _fitting(name, value, usual)) is not None}
    settings = replace(usual, **fitting)
    if settings.conflicts():
        settings, fitting = replace(settings, keys=usual.keys), {}
    if not all(_used(value, fitting.get(name)) for name, value in kept.items()):
        told = f"A part of the settings in {path} can't be used; the usual ones hold there."
        return settings, Fault(told, partial=True)
    return settings, None


def _said(path: Path, reason: str) -> Fault:
    return Fault(f"The settings in {path} can't be read ({reason}); the usual ones hold.")


def _fitting(name: str, value: object, usual: Settings) -> Any:
    """A value as the setting of this name has it; None where it can't be one."""
    if name == "keys" and isinstance(value, Mapping):
        return {**usual.keys, **{action: key for action, key in value.items() if action in KEYS and _is_key(key)}}
    kind = type(getattr(usual, name)) if name in {each.name for each in fields(Settings)} else None
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        # A whole number may have more digits than any number that can be reckoned with.
        return float(min(max(1, value), 2)) if isinstance(value, int) or isfinite(value) else None
    return value if kind is bool and isinstance(value, bool) else None


def _used(value: object, found: object) -> bool:
    """Whether a value is used as it was given; of keys, those that were."""
    if isinstance(value, Mapping) and isinstance(found, Mapping):
        return all(found.get(action) == key for action, key in value.items())
    return bool(value == found)


def _is_key(name: object) -> bool:
    """Whether a key may be called so: something that can be pressed, and shown."""
    return isinstance(name, str) and 0 < len(name) <= LONGEST and name.isprintable()


def write_settings(path: Path, settings: Settings) -> str:
    """Keep settings; where that can't be done they hold for this time only, and what is wrong is said."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, (json.dumps(asdict(settings), indent=2) + "\n").encode())
    except OSError as error:
        return f"The settings can't be kept in {path}: {error.strerror or error}."
    return ""
