"""The keyboard as it is laid out: keys by their place, and what stands on them for this person.

A key is named by its place, as what it writes on an American keyboard, so that commands stay where fingers know them
whatever language is written. What the person's own keyboard writes there is asked of SDL; where that can't be asked it
is learnt from the keys that are pressed.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pygame

LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "1234567890"
SIGNS = {
    pygame.KSCAN_MINUS: "-_", pygame.KSCAN_EQUALS: "=+", pygame.KSCAN_LEFTBRACKET: "[{",
    pygame.KSCAN_RIGHTBRACKET: "]}", pygame.KSCAN_BACKSLASH: "\\|", pygame.KSCAN_SEMICOLON: ";:",
    pygame.KSCAN_APOSTROPHE: "'\"", pygame.KSCAN_GRAVE: "`~", pygame.KSCAN_COMMA: ",<", pygame.KSCAN_PERIOD: ".>",
    pygame.KSCAN_SLASH: "/?",
}  # fmt: skip
PLACES: Mapping[int, tuple[str, str]] = {
    **{pygame.KSCAN_A + number: (letter, f"shift+{letter}") for number, letter in enumerate(LETTERS)},
    **{pygame.KSCAN_1 + number: pair for number, pair in enumerate(zip(DIGITS, "!@#$%^&*()", strict=True))},
    **{code: (both[0], both[1]) for code, both in SIGNS.items()},
}
"""Every place of a letter, digit or sign: its name, and its name with shift."""

LIBRARY = {"win32": "SDL2.dll"}
"""Where SDL lies beside pygame; elsewhere it is found through the module that is linked with it."""

UNICODE = 0x110000


def letter_of(key: int) -> str:
    """What a key of SDL writes, empty for a dead key or one without a letter."""
    letter = chr(key) if 0 < key < UNICODE else ""
    return letter if letter.isprintable() and not letter.isspace() else ""


def caps() -> Mapping[str, str]:
    """What stands on each place of this keyboard now; nothing where it can't be asked, or where it is American."""
    ask = _asked()
    if ask is None:
        return {}
    found = {names[0]: letter_of(ask(code)) for code, names in PLACES.items()}
    known = {place: letter for place, letter in found.items() if letter}
    return {} if all(known.get(place) == place for place in found) else known


def _asked() -> Callable[[int], int] | None:
    """The function of SDL that tells what a place writes, of the library that pygame has loaded."""
    folder = Path(pygame.__file__).parent
    library = folder / LIBRARY[sys.platform] if sys.platform in LIBRARY else Path(pygame.base.__file__ or "")
    try:
        function = ctypes.CDLL(str(library)).SDL_GetKeyFromScancode
    except (OSError, AttributeError):
        return None
    function.argtypes, function.restype = [ctypes.c_int], ctypes.c_int32
    return lambda code: int(function(code))


def learnt(known: Mapping[str, str], scancode: int, key: int) -> Mapping[str, str]:
    """What is known of the caps, once a key was pressed that writes something else than was thought."""
    place, letter = PLACES.get(scancode, ("", ""))[0], letter_of(key)
    if not place or not letter or known.get(place, place if not known else "") == letter:
        return known
    return {**(known or {names[0]: names[0] for names in PLACES.values()}), place: letter}
