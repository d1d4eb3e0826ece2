"""Pictures of every screen of a game that is played by script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from game.play.commands import Begin
from game.play.library import usual
from game.screen.app import App
from game.screen.display import USUAL
from game.screen.tour import tour


def take(folder: Path, begin: Begin | None = None, size: tuple[int, int] = USUAL) -> Iterator[Path]:
    """Write a picture of every screen; its name is the scene's."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as games:
        app = App(Path(games), size)
        for name in tour(app, begin or usual()):
            path = folder / f"{name}.png"
            app.picture(path)
            yield path


def board_of(scenario: str, path: Path, size: tuple[int, int] = USUAL) -> None:
    """Write a picture of a scenario's board before its first turn, as one sees it who decides for nobody."""
    with TemporaryDirectory() as games:
        app = App(Path(games), size)
        app.must(Begin(scenario, (), 0))
        app.picture(path)
