"""The window is tested without a screen and without a sound card."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


@pytest.fixture(scope="session")
def surface():
    """A picture to paint on."""
    import pygame

    pygame.display.init()
    pygame.display.set_mode((1280, 720))
    return pygame.Surface((1280, 720))
