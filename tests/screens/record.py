"""Renews the text goldens of the screens: `python -m tests.screens.record`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from game.play.commands import Begin
from game.screen.messages import Resized
from game.screen.shell import Shell
from game.screen.tour import tour
from tests.screens.listing import listed

GOLDEN = Path(__file__).parent / "golden"
CHECKOUT = str(Path(__file__).resolve().parents[2])
GAME = Begin("classroom-triad", ("arda",), 1, turns=8)
ROOM = Resized(1920.0, 2400.0)
"""A window in which lists show all they have, so that what is kept does not depend on how tall a row is."""


def narrow(text, style):
    """A measure that needs no font, of letters so narrow that nothing has to be cut short."""
    return len(text) * style.size * 0.4


def listings() -> dict[str, str]:
    """What every screen of the tour shows, by the name of its scene."""
    with TemporaryDirectory() as folder:
        shell = Shell(Path(folder), narrow)
        shell.send(ROOM)
        return {
            name: listed(shell.shapes()).replace(folder, "FOLDER").replace(CHECKOUT, "CHECKOUT")
            for name in tour(shell, GAME)
        }


def main() -> None:
    """Write them anew."""
    GOLDEN.mkdir(exist_ok=True)
    found = listings()
    for path in GOLDEN.glob("*.txt"):
        if path.stem not in found:
            path.unlink()
    for name, text in found.items():
        (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
