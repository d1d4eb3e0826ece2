"""Words: text in the fonts that come with the game, at the pixels of the window, with halos and ellipses.

A face is looked up letter by letter: what Fira Sans does not have is set in DejaVu Sans Condensed.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pygame

from game.files import asset_path
from game.screen.kit.theme import Colour, Style
from game.text import IGNORABLE, marked

FACES = {
    "regular": "FiraSans-Regular.ttf",
    "medium": "FiraSans-Medium.ttf",
    "semibold": "FiraSans-SemiBold.ttf",
    "italic": "FiraSans-MediumItalic.ttf",
}
FALLBACKS = {
    "regular": "DejaVuSansCondensed.ttf",
    "medium": "DejaVuSansCondensed.ttf",
    "semibold": "DejaVuSansCondensed-Bold.ttf",
    "italic": "DejaVuSansCondensed.ttf",
}
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
LONGEST = 1000
"""The letters of a line that are drawn at the most: more than the widest window has room for."""

_SHAPELESS = re.compile(f"[\\s{IGNORABLE}]")
_BREAKS = re.compile(r"[\t\n]")
_CLUSTER = re.compile(
    f".[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u20d0-\u20ff{IGNORABLE}]*", re.DOTALL
)


@lru_cache(maxsize=128)
def _font(file: str, size: int) -> pygame.font.Font:
    """A font at so many pixels; pygame's own where a file is missing."""
    if not pygame.font.get_init():
        pygame.font.init()
    try:
        return pygame.font.Font(asset_path("fonts", file), size)
    except (OSError, LookupError, pygame.error):
        return pygame.font.Font(None, size)


@lru_cache(maxsize=4096)
def _has(file: str, letter: str) -> bool:
    """Whether a font has a sign of its own for a letter, not the box that stands for what is missing."""
    font = _font(file, 24)
    if font.size(letter)[0] < 1:
        return True
    given, missing = font.render(letter, True, "white"), font.render("\U0010fffe", True, "white")
    return given.get_size() != missing.get_size() or given.get_buffer().raw != missing.get_buffer().raw


def _runs(text: str, face: str) -> list[tuple[str, str]]:
    """A text cut where the font changes: (font file, part); what can't be drawn is shown as U+FFFD.

    What has no shape of its own, such as the joiners of Persian, stays with the letters before it.
    """
    first, second = FACES[face], FALLBACKS[face]
    runs: list[tuple[str, str]] = []
    for letter in marked(_BREAKS.sub(" ", text[:LONGEST])):
        shapeless = _SHAPELESS.match(letter) is not None
        file = first if shapeless or _has(first, letter) else second
        if runs and (runs[-1][0] == file or shapeless):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        else:
            runs.append((file, letter))
    return runs


def _picture(file: str, size: int, part: str, colour: Colour) -> pygame.Surface:
    """A run of letters as a picture, which may be without width."""
    font = _font(file, size)
    width, height = font.size(part)
    return font.render(part, True, colour) if width > 0 else pygame.Surface((0, height), pygame.SRCALPHA)


@lru_cache(maxsize=8192)
def measured(text: str, style: Style, scale: float = 1.0) -> float:
    """How wide a text is, in logical pixels."""
    size = max(round(style.size * scale), 1)
    return sum(_font(file, size).size(part)[0] for file, part in _runs(text, style.face)) / scale


def shortened(text: str, style: Style, scale: float, width: float) -> str:
    """As much of a text as fits a width, ending in an ellipsis where something is left out."""
    if len(text) <= LONGEST and measured(text, style, scale) <= width:
        return text
    low, high = 0, min(len(text), LONGEST)
    while low < high:
        middle = (low + high + 1) // 2
        if measured(text[:middle].rstrip() + ELLIPSIS, style, scale) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


@lru_cache(maxsize=2048)
def rendered(
    text: str, style: Style, scale: float, colour: Colour, halo: Colour | None, spacing: float
) -> pygame.Surface:
    """A line of text as a picture; kept, since most of a window's text stays from frame to frame."""
    size = max(round(style.size * scale), 1)
    if spacing:
        return _spaced(text, style, scale, colour, halo, spacing)
    parts = [_picture(file, size, part, colour) for file, part in _runs(text, style.face)] or [
        pygame.Surface((1, size), pygame.SRCALPHA)
    ]
    width, height = sum(part.get_width() for part in parts), max(part.get_height() for part in parts)
    line = pygame.Surface((max(width, 1), height), pygame.SRCALPHA)
    x = 0
    for part in parts:
        line.blit(part, (x, (height - part.get_height()) // 2))
        x += part.get_width()
    return line if halo is None else _haloed(line, halo, max(round(1.6 * scale), 1))


def _spaced(
    text: str, style: Style, scale: float, colour: Colour, halo: Colour | None, spacing: float
) -> pygame.Surface:
    letters = [rendered(each, style, scale, colour, None, 0.0) for each in _CLUSTER.findall(text[:LONGEST])]
    gap = round(spacing * scale)
    width = sum(letter.get_width() for letter in letters) + gap * max(len(letters) - 1, 0)
    line = pygame.Surface((max(width, 1), max((letter.get_height() for letter in letters), default=1)), pygame.SRCALPHA)
    x = 0
    for letter in letters:
        line.blit(letter, (x, 0))
        x += letter.get_width() + gap
    return line if halo is None else _haloed(line, halo, max(round(1.6 * scale), 1))


def _haloed(line: pygame.Surface, halo: Colour, reach: int) -> pygame.Surface:
    """A line with a soft rim: its own shape stamped around it."""
    stamp = line.copy()
    stamp.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MULT)
    stamp.fill((*halo, 0), special_flags=pygame.BLEND_RGBA_ADD)
    framed = pygame.Surface((line.get_width() + 2 * reach, line.get_height() + 2 * reach), pygame.SRCALPHA)
    for across in range(-reach, reach + 1):
        for down in range(-reach, reach + 1):
            if across * across + down * down <= reach * reach + 1:
                framed.blit(stamp, (reach + across, reach + down))
    framed.blit(line, (reach, reach))
    return framed
