"""The player: sounds tones where there is something to sound them with, and is silent where there is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pygame

from game.screen.sound import RATE, samples


@contextmanager
def unheard() -> Iterator[None]:
    """Nothing written on the terminal: libraries of sound complain there of every card that is missing."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield  # there is no terminal to write on
        return
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


class Player:
    """Tones by name. The sound card is asked for when the first tone is to be heard, and only once."""

    def __init__(self) -> None:
        self._ready: bool | None = None
        self._made: dict[str, pygame.mixer.Sound] = {}

    @property
    def silent(self) -> bool:
        """Whether there is nothing to sound tones with."""
        if self._ready is None:
            # Where nothing is shown nothing is to be heard: a sound card is not even looked for.
            try:
                self._ready = pygame.display.get_driver() != "dummy"
                if not self._ready:
                    return True
                with unheard():
                    pygame.mixer.init(RATE, -16, 1, 512, allowedchanges=0)
            except (pygame.error, NotImplementedError):
                self._ready = False
        return not self._ready

    def play(self, name: str) -> bool:
        """Sound a tone; False where it can't be heard."""
        if self.silent:
            return False
        try:
            if name not in self._made:
                self._made[name] = pygame.mixer.Sound(buffer=samples(name).tobytes())
            return self._made[name].play() is not None
        except pygame.error:
            self._ready = False
            return False
