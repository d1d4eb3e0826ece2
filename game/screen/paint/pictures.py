"""Pictures that come with the game: icons, white on nothing and coloured when shown, and flags."""

from __future__ import annotations

import pygame

from game.errors import GameError
from game.files import asset_path
from game.screen.kit.theme import RULE, Colour


def icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    """An icon in a colour; an empty ring where the file is missing."""
    try:
        picture = pygame.image.load(asset_path("icons", f"{name}.png")).convert_alpha()
    except (OSError, ValueError, LookupError, GameError, pygame.error):
        picture = pygame.Surface((48, 48), pygame.SRCALPHA)
        pygame.draw.circle(picture, (255, 255, 255, 255), (24, 24), 18, 4)
    picture = pygame.transform.smoothscale(picture, (max(size, 1), max(size, 1)))
    picture.fill((*colour, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return picture


def flag(code: str, size: tuple[int, int]) -> pygame.Surface | None:
    """A flag with a thin edge; None where there is none of that code."""
    try:
        picture = pygame.image.load(asset_path("flags", f"{code.lower()}.png")).convert()
    except (OSError, ValueError, LookupError, GameError, pygame.error):
        return None
    picture = pygame.transform.smoothscale(picture, (max(size[0], 1), max(size[1], 1)))
    pygame.draw.rect(picture, RULE, picture.get_rect(), 1)
    return picture
