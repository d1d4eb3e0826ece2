"""A real window that says what it is told of the keyboard: `python -m tests.screens.told`, a line a message."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Any

import pygame

from game.screen.app import App
from game.screen.display import at_hand
from game.screen.kit.editing import Composing
from game.screen.messages import Go, Key, Tick, Typed


class Told(App):
    """A window that repeats what reaches it."""

    def send(self, *sent: Any) -> None:
        """Say it, and do it."""
        for message in sent:
            if isinstance(message, (Key, Typed, Composing)):
                say(message)
        super().send(*sent)

    def handle(self, event: pygame.event.Event) -> None:
        """Say when the keyboard has become another."""
        super().handle(event)
        if event.type == pygame.KEYMAPCHANGED:
            say(f"caps {self.window.caps.get('s', 's')}")


def say(what: object) -> None:
    """A line, at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    assert isinstance(sys.stdout, TextIOWrapper)
    sys.stdout.reconfigure(encoding="utf-8")
    app = Told(shown=at_hand())
    app.send(Go("codex"), Tick(0.1))
    app.draw()
    app.shown.flip()
    say("ready")
    app.run()
