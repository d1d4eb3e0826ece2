"""How fast the window is: frames with forty states at 1920×1080, a click to its preview, the start to the title.

Everything is drawn in software by the driver that shows nothing, so the figures hold without a graphics card.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import seconds
from benchmarks.worlds import Place, scenario_text

if TYPE_CHECKING:
    from game.screen.app import App

SIZE = (1920, 1080)
STATES = 40
FRAMES = 240
TITLE = """
from pathlib import Path
import sys
from game.screen.app import App
App(Path(sys.argv[1])).draw()
"""


def figures() -> list[tuple[str, str, str]]:
    """(what, measured, target)."""
    os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
    with TemporaryDirectory() as folder:
        return [*_frames(Path(folder)), _preview(Path(folder)), _title(Path(folder))]


def _frames(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Frames at rest, while a turn's deeds are drawn, and while the map is moved."""
    from game.play.commands import Advance
    from game.screen.messages import Drag, Tick

    app = _begun(folder)
    app.ask(Advance())
    yield _row("frame after a turn", _times(app, lambda: app.send(Tick(1 / 60))))
    app.send(Tick(5.0))
    yield _row("frame at rest", _times(app, lambda: app.send(Tick(1 / 60))))
    yield _row("frame while the map moves", _times(app, lambda: app.send(Drag(700.0, 400.0, 3.0, 1.0), Tick(1 / 60))))


def _times(app: App, happening: Callable[[], object]) -> list[float]:
    """How long each of many frames takes, in milliseconds, with what happens before it."""
    app.draw()

    def frame() -> None:
        happening()
        app.frame()

    return [seconds(frame) * 1000 for _ in range(FRAMES)]


def _row(what: str, times: list[float]) -> tuple[str, str, str]:
    last = quantiles(times, n=100)[98]
    return f"{what}, {STATES} states: median, 99th", f"{median(times):.1f}, {last:.1f} ms", "16.7 ms"


def _preview(folder: Path) -> tuple[str, str, str]:
    """From the click on an order to the window that shows what it would change."""
    from game.play.commands import (
        Drop,
        Plan,
        Proceed,
        Survey,
    )

    app = _begun(folder, "state_00")
    app.ask(Proceed())
    times = []
    for number in range(1, 10):
        target = f"state_{number:02d}"
        app.ask(Survey(target))
        act = next(option.act for option in app.snapshot.options[target] if option.legal)
        times.append(seconds(lambda order=f"{act} {target}": (app.ask(Plan(order)), app.frame())) * 1000)
        app.ask(Drop(0))
    return f"click to preview, {STATES} states", f"{median(times):.0f} ms", "50 ms"


def _title(folder: Path) -> tuple[str, str, str]:
    """From the start of the program to the title on the screen."""
    call = [sys.executable, "-c", TITLE, str(folder)]
    times = [seconds(lambda: subprocess.run(call, check=True, capture_output=True)) for _ in range(5)]
    return "start to title", f"{median(times):.2f} s", "1.5 s"


def _begun(folder: Path, *seats: str) -> App:
    from game.play.commands import Begin
    from game.screen.app import App

    path = folder / "measured.yaml"
    path.write_text(scenario_text(STATES, places=_places()), encoding="utf-8")
    app = App(folder / "home", SIZE)
    app.must(Begin(str(path), seats, 1))
    return app


def _places() -> list[Place]:
    """Forty states of the map, with a capital in the middle of the largest part of each."""
    from game.screen.map.atlas import regions
    from game.screen.map.mapping import unprojected

    found = []
    for code, parts in sorted(regions().items(), key=lambda each: -each[1][0].box.width * each[1][0].box.height):
        longitude, latitude = unprojected(*parts[0].box.centre)
        if 0 < longitude < 80 and 12 < latitude < 60:
            found.append((code, longitude, latitude))
    return found[:STATES]


if __name__ == "__main__":
    for row in figures():
        sys.stdout.write(f"{row[0]:<60} {row[1]:>16}   target {row[2]}\n")
