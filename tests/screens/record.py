"""Renews the text goldens of the screens: `python -m tests.screens.record`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from game.play.commands import Begin
from game.screen.shell import Shell
from game.screen.tour import tour
from tests.screens.listing import by_letters, listed

GOLDEN = Path(__file__).parent / "golden"
GAME = Begin("classroom-triad", ("arda",), 1, turns=8)


def listings() -> dict[str, str]:
    """What every screen of the tour shows, by the name of its scene."""
    with TemporaryDirectory() as folder:
        shell = Shell(Path(folder), by_letters)
        return {name: listed(shell.shapes()).replace(folder, "FOLDER") for name in tour(shell, GAME)}


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
