"""From pygame's events to messages: keys by name, the pointer in logical pixels."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

import pygame

from game.screen.layout import PLACES, letter_of
from game.screen.messages import (
    Click,
    Drag,
    Hover,
    Key,
    Message,
    Quit,
    Wheel,
)

NAMES = {
    pygame.K_RETURN: "enter", pygame.K_KP_ENTER: "enter", pygame.K_ESCAPE: "escape", pygame.K_TAB: "tab",
    pygame.K_SPACE: "space", pygame.K_BACKSPACE: "backspace", pygame.K_DELETE: "delete", pygame.K_UP: "up",
    pygame.K_DOWN: "down", pygame.K_LEFT: "left", pygame.K_RIGHT: "right", pygame.K_HOME: "home",
    pygame.K_END: "end", pygame.K_PAGEUP: "page up", pygame.K_PAGEDOWN: "page down", pygame.K_KP_PLUS: "+",
    pygame.K_KP_MINUS: "-", **{getattr(pygame, f"K_F{number}"): f"f{number}" for number in range(1, 13)},
}  # fmt: skip
"""Keys that are known by a name; the others by their place, and by what they write."""
UNDER = {
    0: "insert",
    1: "end",
    2: "down",
    3: "page down",
    4: "left",
    5: "",
    6: "right",
    7: "home",
    8: "up",
    9: "page up",
}
KEYPAD: Mapping[int, tuple[str, str]] = {
    **{getattr(pygame, f"K_KP{number}"): (str(number), under) for number, under in UNDER.items()},
    pygame.K_KP_PERIOD: (".", "delete"),
}
"""Keys of the number pad: with Num Lock, and without."""
COMMAND = pygame.KMOD_META if sys.platform == "darwin" else 0
HELD = (("ctrl", pygame.KMOD_CTRL | COMMAND), ("alt", pygame.KMOD_ALT), ("shift", pygame.KMOD_SHIFT))
"""Modifiers as they stand before the name of a key, and what of the system's they are."""


def merged(events: Iterable[pygame.event.Event]) -> Iterator[pygame.event.Event]:
    """Events with the steps of one motion of the pointer as one: a mouse may tell of ten in a frame."""
    before: pygame.event.Event | None = None
    for event in events:
        if event.type == pygame.MOUSEMOTION and before is not None and before.buttons == event.buttons:
            across, down = before.rel[0] + event.rel[0], before.rel[1] + event.rel[1]
            before = pygame.event.Event(pygame.MOUSEMOTION, {**event.dict, "rel": (across, down)})
            continue
        if before is not None:
            yield before
        before = event if event.type == pygame.MOUSEMOTION else None
        if before is None:
            yield event
    if before is not None:
        yield before


def messages(
    event: pygame.event.Event, scale: float, dragging: bool = False, held: bool = False, again: bool = False
) -> Iterator[Message]:
    """What an event means; nothing where it means nothing to the window."""
    if event.type == pygame.QUIT:
        yield Quit()
    elif event.type == pygame.KEYDOWN:
        names = named(event)
        if names:
            yield Key(names[0], held, names[1:])
    elif event.type == pygame.MOUSEMOTION:
        x, y = event.pos[0] / scale, event.pos[1] / scale
        yield Hover(x, y)
        if dragging:
            across, down = event.rel[0] / scale, event.rel[1] / scale
            yield Drag(x, y, across, down)
    elif event.type == pygame.MOUSEBUTTONUP and event.button <= 3:
        yield Click(event.pos[0] / scale, event.pos[1] / scale, event.button, again)
    elif event.type == pygame.MOUSEWHEEL:
        x, y = pygame.mouse.get_pos()
        yield Wheel(x / scale, y / scale, float(getattr(event, "precise_y", event.y)))


def named(event: pygame.event.Event) -> tuple[str, ...]:
    """The names of a key that was pressed, best first; none for a modifier alone.

    Bare keys go by their place on the keyboard, then by what they write: commands stay where they are on a keyboard of
    another language, and what a cap says is found all the same. With Ctrl or Alt the letter comes first where it is a
    Latin one, as in every other program: Ctrl and Z is where Z is written.
    """
    modifiers, written = event.mod, event.unicode
    third = writes_third(event)
    known = _keypad(event.key, modifiers) or NAMES.get(event.key, "")
    held = [name for name, mask in HELD if modifiers & mask and not (third and name != "shift")]
    if known:
        return ("+".join([*held, known]),)
    if third:
        return (written,) if written.isprintable() else ()
    plain, shifted = PLACES.get(getattr(event, "scancode", 0), ("", ""))
    letter = letter_of(event.key)
    if "ctrl" in held or "alt" in held:
        order = (letter, plain) if letter.isascii() else (plain, letter)
        return _distinct("+".join([*held, each]) for each in order if each)
    place = shifted if modifiers & pygame.KMOD_SHIFT else plain
    return _distinct((place, _as_written(written, modifiers) or letter, ALSO.get(place, "")))


ALSO = {"=": "+"}
"""What a key does, too, where what it is named by does nothing: who wants to zoom in need not press shift."""


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _as_written(written: str, modifiers: int) -> str:
    """What a key writes, as if Caps Lock were off."""
    if not written.isprintable() or len(written) != 1:
        return ""
    return written.upper() if modifiers & pygame.KMOD_SHIFT else written.lower()


def writes_third(event: pygame.event.Event) -> bool:
    """Whether a key is pressed with AltGr: for the third letter on its cap, and not as a shortcut.

    Systems tell of it in three ways: as a mode, as the right Alt key, and as Ctrl with that key.
    """
    if event.mod & pygame.KMOD_MODE:
        return True
    if not event.mod & pygame.KMOD_RALT:
        return False
    return bool(event.unicode) and event.unicode.isprintable() and event.unicode.lower() != letter_of(event.key).lower()


def writes(event: pygame.event.Event) -> bool:
    """Whether a key that is pressed comes with text: no chord, and nothing that has a name of its own but a blank."""
    chord = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META) and not writes_third(event)
    if chord:
        return False
    known = _keypad(event.key, event.mod) or NAMES.get(event.key, "")
    return known == "space" or len(known) == 1 or not known


def place_of(event: pygame.event.Event) -> int:
    """Which key of the keyboard an event is of, whatever it writes now."""
    return int(getattr(event, "scancode", 0)) or int(event.key)


def _keypad(key: int, modifiers: int) -> str:
    """What a key of the number pad is: a digit with Num Lock, else what stands under the digit."""
    pair = KEYPAD.get(key)
    return "" if pair is None else pair[0 if modifiers & pygame.KMOD_NUM else 1]
