"""A bug shown as a bug: what is written down of it, and the screen that says so."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path
from traceback import format_exception

from game.files.disk import write_whole
from game.play.session import Session
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.page import GROUND
from game.screen.kit.shapes import (
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import paragraph
from game.version import ENGINE, VERSION


class Crashed(RuntimeError):
    """A bug that has ended the window, once everything was kept that could be."""


def report_of(error: BaseException, session: Session) -> str:
    """What is needed to find a bug: the versions, the game, and where the program was."""
    setup = session.setup
    lines = [
        f"realpolitik {VERSION}, engine {ENGINE}, Python {platform.python_version()}, {platform.platform()}",
        "no game" if setup is None else f"scenario {setup.scenario.id}, seed {setup.seed}, turn {len(session.lines)}",
        f"kept in {session.path}",
        "",
        *format_exception(error),
    ]
    return "\n".join(lines)


def written_down(folder: Path, report: str, now: datetime | None = None) -> tuple[Path | None, str]:
    """The file that a report was written to, None with the reason where that can't be done."""
    path = folder / "crashes" / f"{now or datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, report.encode("utf-8", "replace"))
    except OSError as error:
        return None, error.strerror or str(error)
    return path, ""


def told(error: BaseException, session: Session, log: Path | None, unwritten: str) -> tuple[str, ...]:
    """What the screen says, a paragraph each: what happened, what became of the game, what to send."""
    kind = "".join(each if each.isprintable() else " " for each in f"{type(error).__name__}: {error}")
    said = [f"This is a bug of Realpolitik, not a fault of yours: {kind[:200]}"]
    if session.match is not None:
        turns = len(session.lines)
        kept = f"Your game is kept in {session.path}, with every turn that was told"
        lost = f"Your game could not be kept. {session.unsaved}"
        said.append(lost if session.unsaved else f"{kept} ({turns}). Load it to go on from there.")
    where = f"the report in {log}" if log is not None else f"what the error output says (no report: {unwritten})"
    said.append(f"Please send {where} to those who make Realpolitik, and the game with it.")
    said.append("Press any key to close the window.")
    return tuple(said)


def view(said: tuple[str, ...], frame: Frame) -> View:
    """The screen."""
    shapes: list[Shape] = [Panel(frame.rect, GROUND)]
    box = frame.rect.middle(min(760.0, frame.rect.width - 24), min(430.0, frame.rect.height - 24))
    shapes.append(Panel(box, theme.PANEL, radius=14, edge=theme.BANDS[0].dark, shadow=True))
    inner = box.inset(26, 20)
    head, rest = inner.top(44)
    shapes.append(Words(head, "Something has gone wrong", theme.TITLE, theme.TEXT))
    for text, row in zip(said, rest.rows((rest.height - 6 * len(said)) / len(said), 6), strict=False):
        shapes += paragraph(frame, row, text, theme.BODY, theme.TEXT)
    return tuple(shapes)
