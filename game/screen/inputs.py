"""From pygame's events to messages: keys by name, the pointer in logical pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pygame

from game.screen.messages import (
    Click,
    Drag,
    Hover,
    Key,
    Message,
    Quit,
    Resized,
    Wheel,
)

NAMES = {
    pygame.K_RETURN: "enter", pygame.K_KP_ENTER: "enter", pygame.K_ESCAPE: "escape", pygame.K_TAB: "tab",
    pygame.K_SPACE: "space", pygame.K_BACKSPACE: "backspace", pygame.K_DELETE: "delete", pygame.K_UP: "up",
    pygame.K_DOWN: "down", pygame.K_LEFT: "left", pygame.K_RIGHT: "right", pygame.K_HOME: "home",
    pygame.K_END: "end", pygame.K_PAGEUP: "page up", pygame.K_PAGEDOWN: "page down", pygame.K_KP_PLUS: "+",
    pygame.K_KP_MINUS: "-", **{getattr(pygame, f"K_F{number}"): f"f{number}" for number in range(1, 13)},
}  # fmt: skip
"""Keys that are known by a name; the others by the letter they write."""


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


def messages(event: pygame.event.Event, scale: float, dragging: bool = False, held: bool = False) -> Iterator[Message]:
    """What an event means; nothing where it means nothing to the window."""
    if event.type == pygame.QUIT:
        yield Quit()
    elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
        width, height = pygame.display.get_window_size()
        yield Resized(max(width, 1) / scale, max(height, 1) / scale)
    elif event.type == pygame.KEYDOWN:
        name = key_name(event.key, event.mod, event.unicode)
        if name:
            yield Key(name, held)
    elif event.type == pygame.MOUSEMOTION:
        x, y = event.pos[0] / scale, event.pos[1] / scale
        yield Hover(x, y)
        if dragging:
            across, down = event.rel[0] / scale, event.rel[1] / scale
            yield Drag(x, y, across, down)
    elif event.type == pygame.MOUSEBUTTONUP and event.button <= 3:
        yield Click(event.pos[0] / scale, event.pos[1] / scale, event.button)
    elif event.type == pygame.MOUSEWHEEL:
        x, y = pygame.mouse.get_pos()
        yield Wheel(x / scale, y / scale, float(getattr(event, "precise_y", event.y)))


def key_name(key: int, modifiers: int, written: str) -> str:
    """A key by name with its modifiers before it; empty for a modifier alone.

    A letter that is written is itself, whatever keyboard it was written on: shift is part of it.
    """
    named = NAMES.get(key)
    held = [
        name
        for name, mask in (("ctrl", pygame.KMOD_CTRL), ("alt", pygame.KMOD_ALT), ("shift", pygame.KMOD_SHIFT))
        if modifiers & mask
    ]
    if named is not None:
        return "+".join([*held, named])
    if "ctrl" in held or "alt" in held:
        letter = pygame.key.name(key)
        return "+".join([*held, letter]) if len(letter) == 1 else ""
    return written if written.isprintable() else ""
