"""`python -m game` is the command `realpolitik`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

WINDOWLESS = ("--terminal", "--shots", "--help", "-h", "--resume", "--journal", "--values", "--spreads")
"""What `play` is given where it opens no window."""


def main() -> None:
    """Run the command line; of a game in a window, show the window before the rest of the program is read."""
    command, *options = sys.argv[1:] or [""]
    if command == "play" and not any(option.partition("=")[0] in WINDOWLESS for option in options):
        _show_at_once()
    from game.cli import main as run

    run()


def _show_at_once() -> None:
    """The window with the name of the game; where there is no screen, `play` itself says so."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from game.errors import GameError
    from game.screen.display import open_early

    with suppress(GameError):
        open_early()


if __name__ == "__main__":
    main()
