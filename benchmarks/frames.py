"""How fast the window is at 1920×1080: frames, a state's menu, an order to its preview, a commit to its report.

Everything is drawn in software by the driver that shows nothing, so the figures hold without a graphics card. A time is
the CPU time of the process, the window's own and that of its engine: the median, and of frames the 99th in a hundred.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import Row, child_seconds, numbers, parser, seconds, written
from benchmarks.worlds import Place, scenario_text

if TYPE_CHECKING:
    from game.screen.app import App

SIZE = (1920, 1080)
FRAMES = 240
MENUS = 9
SILENT = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
TITLE = """
from pathlib import Path
import sys
from game.screen.app import App
App(Path(sys.argv[1])).draw()
"""


def rows(states: Sequence[int] = (12, 40), rounds: int = 5, count: int = FRAMES) -> Iterator[Row]:
    """Rows of each number of states, at most forty, and one of the start; of so many frames each."""
    os.environ.update(SILENT)
    with TemporaryDirectory() as folder:
        for each in states:
            yield from _frames(Path(folder), each, count)
            yield from _asked(Path(folder), each, min(MENUS, each - 1))
            yield _row("commit to report", each, [*_committed(Path(folder), each, rounds)])
        call = [sys.executable, "-c", TITLE, folder]
        yield _row("start to title", 0, [child_seconds(call, SILENT) * 1e3 for _ in range(rounds)])


def _frames(folder: Path, states: int, count: int) -> Iterator[Row]:
    """Frames at rest, while a turn's deeds are drawn, and while the map is moved."""
    from game.play.commands import Advance
    from game.screen.messages import Drag, Tick

    app = _begun(folder, states)
    app.ask(Advance())
    yield _row("frame after a turn", states, _times(app, count, lambda: app.send(Tick(1 / 60))))
    app.send(Tick(5.0))
    yield _row("frame at rest", states, _times(app, count, lambda: app.send(Tick(1 / 60))))
    moved = _times(app, count, lambda: app.send(Drag(700.0, 400.0, 3.0, 1.0), Tick(1 / 60)))
    yield _row("frame while the map moves", states, moved)


def _times(app: App, count: int, happening: Callable[[], object]) -> list[float]:
    """How long each of many frames takes, in milliseconds, with what happens before it."""
    app.draw()

    def frame() -> None:
        happening()
        app.frame()

    return [seconds(frame) * 1e3 for _ in range(count)]


def _row(what: str, states: int, times: Sequence[float]) -> Row:
    last = quantiles(times, n=100)[98] if len(times) > 20 else max(times)
    return {"what": what, "states": states or None, "median_ms": median(times), "last_ms": last}


def _asked(folder: Path, states: int, count: int) -> Iterator[Row]:
    """From the click on a state to its menu, and from the click on an order to what it would change."""
    from game.play.commands import (
        Drop,
        Plan,
        Proceed,
        Survey,
    )

    app = _begun(folder, states, "state_00")
    app.ask(Proceed())
    menus, previews = [], []
    for number in range(1, count + 1):
        target = f"state_{number:02d}"
        menus.append(seconds(lambda to=target: app.ask(Survey(to))) * 1e3)
        act = next((option.act for option in app.snapshot.options[target] if option.legal), None)
        if act is not None:
            order = f"{act} {target}"
            previews.append(seconds(lambda text=order: (app.ask(Plan(text)), app.frame())) * 1e3)
            app.ask(Drop(0))
    yield _row("click to menu", states, menus)
    yield _row("order to preview", states, previews)


def _committed(folder: Path, states: int, rounds: int) -> Iterator[float]:
    """From the last word of the side that plays to the report of the turn, in milliseconds."""
    from game.play.commands import Commit, Proceed

    app = _begun(folder, states, "state_00")
    for _ in range(rounds):
        _until(app, "planning")

        def commit() -> None:
            app.ask(Commit())
            while _phase(app) != "report":
                app.ask(Proceed())
            app.frame()

        yield seconds(commit) * 1e3


def _until(app: App, phase: str) -> None:
    """On to a phase, through what lies before it."""
    from game.play.commands import Proceed

    for _ in range(8):
        if _phase(app) == phase:
            return
        app.ask(Proceed())
    raise SystemExit(f"the game stays in {_phase(app)!r} and does not come to {phase!r}")


def _phase(app: App) -> str:
    return "" if app.snapshot.game is None else app.snapshot.game.phase


def _begun(folder: Path, states: int, *seats: str) -> App:
    from game.play.commands import Begin
    from game.screen.app import App

    path = folder / "measured.yaml"
    path.write_text(scenario_text(states, places=_places()[:states]), encoding="utf-8")
    app = App(folder / "home", SIZE)
    app.must(Begin(str(path), seats, 1))
    return app


def _places() -> list[Place]:
    """The larger states of the map, more than forty, with a capital in the middle of the largest part of each."""
    from game.screen.map.atlas import regions
    from game.screen.map.mapping import unprojected

    found = []
    for code, parts in sorted(regions().items(), key=lambda each: -each[1][0].box.width * each[1][0].box.height):
        longitude, latitude = unprojected(*parts[0].box.centre)
        if 0 < longitude < 80 and 12 < latitude < 60:
            found.append((code, longitude, latitude))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--states", type=numbers, default=(12, 40))
    options.add_argument("--frames", type=int, default=FRAMES)
    given = options.parse_args(arguments)
    sys.stdout.write(written([*rows(given.states, given.rounds, given.frames)], given.format))


if __name__ == "__main__":
    main()
