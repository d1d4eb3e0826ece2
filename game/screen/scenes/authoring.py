"""authoring: a scenario file beside what is to be mended in it; it is read again whenever it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from game.play.commands import Inspect, Refresh
from game.play.snapshot import Inspection, Problem, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import low, narrow, page
from game.screen.kit.shapes import (
    Icon,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    card,
    held,
    paragraph,
    ring,
    tall,
)
from game.screen.map.thumbnails import centre_of, picture
from game.screen.messages import (
    Back,
    Go,
    Tick,
    Wheel,
)

first = "path"
EVERY = 0.5
"""Seconds between two looks at the file."""
SIGNS = {"error": "x", "warning": "triangle-alert", "hint": "info"}
INKS = {"error": theme.BANDS[1].dark, "warning": theme.ACCENT, "hint": theme.BANDS[4].dark}


@dataclass(frozen=True, slots=True)
class Model:
    """Which file is open, which finding is looked at, and around which state its start is shown."""

    path: str = ""
    text: str = ""
    typing: bool = False
    finding: int = 0
    centre: int | None = None
    scroll: int = 0
    waited: float = EVERY
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Open a file."""

    path: str


@dataclass(frozen=True, slots=True)
class Type:
    """Type a path, or open what was typed."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Stop typing, and forget what was typed."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look at a finding."""

    number: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Show the start around the next state."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """The way back leads out of the field first."""
    return {"back": Leave()} if model.typing else {}


def typed(model: Model) -> str:
    """The text of the field."""
    return model.text


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Open, look, and read the file again from time to time."""
    match message:
        case Tick(seconds):
            return _waited(model, seconds)
        case Open(path):
            return _opened(path)
        case Type() if model.typing and model.text.strip():
            return _opened(model.text.strip())
        case Look(number):
            return replace(model, finding=number), ()
        case Turn():
            return replace(model, centre=0 if model.centre is None else model.centre + 1), ()
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps), 0)), ()
        case Back() | Go():
            return model, (message,)
    return _typed(model, message), ()


def _waited(model: Model, seconds: float) -> tuple[Model, tuple[Any, ...]]:
    wanted: tuple[Any, ...] = () if model.fresh else (Refresh(),)
    model = replace(model, fresh=True, waited=model.waited + seconds)
    if model.path and model.waited >= EVERY:
        return replace(model, waited=0.0), (*wanted, Inspect(model.path))
    return model, wanted


def _opened(path: str) -> tuple[Model, tuple[Any, ...]]:
    return Model(path=path, fresh=True, waited=0.0), (Inspect(path),) if path else ()


def _typed(model: Model, message: Any) -> Model:
    match message:
        case Type() | Leave():
            return replace(model, typing=isinstance(message, Type) and not model.typing, text="")
        case Written(text):
            return replace(model, text=text)
    return model


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The path above; the files there are or, where one is open, its start and its findings."""
    name = PurePath(model.path).name if model.path else "Open a file, and mend it in your own editor"
    shapes, room = page(frame, "Write a scenario", name)
    bar, room = room.top(40)
    _, room = room.top(10)
    rest: list[Shape] = [*_field(model, frame, bar)]
    found = snapshot.inspection
    if not model.path or found is None:
        return (*shapes, *rest, *_files(model, frame, room, snapshot))
    if low(frame):
        part = _findings(model, frame, room, found) if found.findings else _start(model, frame, room, found)
        return (*shapes, *rest, *part)
    left, right = room.columns((1, 1) if narrow(frame) else (6, 5), 16)
    return (*shapes, *rest, *_start(model, frame, left, found), *_findings(model, frame, right, found))


def _field(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    act, box = rect.end(130)
    box, _ = box.left(box.width - 10)
    text = model.text if model.typing else model.path
    hint = "Press, type a path, and press Enter"
    yield from toolbar.field(frame, box, text, model.typing, Type(), "path", "The path of a scenario file", icon="",
                             hint=hint, style=theme.BODY)  # fmt: skip
    if model.path and not model.typing:
        yield from button(frame, act, Button("Other file", Open(""), "other file", "folder-open"))
    else:
        yield from button(frame, act, Button("Open", Type(), "open", "folder-open", live=bool(model.text.strip())))


def _files(model: Model, frame: Frame, rect: Rect, snapshot: Snapshot) -> Iterator[Shape]:
    """The files that are known: a person's own first."""
    entries = sorted(snapshot.entries, key=lambda entry: not entry.own)
    height = 46.0
    shown = max(int((rect.height + 6) // (height + 6)), 1)
    start = min(model.scroll, max(len(entries) - shown, 0))
    for entry, row in zip(entries[start:], rect.rows(height, 6), strict=False):
        zone = f"file {entry.id}"
        yield Panel(row, theme.RAISED if held(frame, zone, row) else theme.PANEL, radius=8, edge=theme.RULE)
        sign, words = row.inset(12, 4).left(32)
        icon, ink = ("triangle-alert", INKS["error"]) if entry.findings else ("file-text", theme.ACCENT)
        yield Icon(sign.middle(20, 20).moved(-6, 0), icon, ink)
        above, beneath = words.top(words.height / 2)
        yield Words(above, entry.title, theme.STRONG, theme.TEXT)
        whose = "your own" if entry.own else "comes with the game"
        yield Words(beneath, f"{PurePath(entry.path).name}, {whose}", theme.NOTE, theme.FAINT)
        yield from ring(frame, zone, row)
        yield Zone(row, Open(entry.path), zone)


def _start(model: Model, frame: Frame, rect: Rect, found: Inspection) -> Iterator[Shape]:
    """The board of turn 0, of the last version that could be read."""
    panel, inner = card(rect, found.title or "Its start")
    yield from panel
    foot, inner = inner.base(40)
    _, inner = inner.base(8)
    if found.sketch is None:
        text = "Its start is shown here as soon as the file has no errors."
        yield from paragraph(frame, inner, text, theme.BODY, theme.FAINT)
        return
    names = [each.id for each in found.sketch.states]
    centre = centre_of(found.sketch)
    if model.centre is not None:
        centre = names[(names.index(centre) + 1 + model.centre) % len(names)]
    yield from picture(frame, inner, found.sketch, centre)
    turn, said = foot.end(160)
    yield from button(frame, turn, Button("Next state", Turn(), "next state", "chevron-right"))
    if not found.whole:
        yield Words(said, "The start as it was before the errors", theme.SMALL, theme.ACCENT)


def counted(findings: tuple[Problem, ...]) -> str:
    """How many findings there are of each kind, in words."""
    kinds = (("error", "errors"), ("warning", "warnings"), ("hint", "hints"))
    found = [(sum(each.severity == one for each in findings), one, many) for one, many in kinds]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in found if count)


def _findings(model: Model, frame: Frame, rect: Rect, found: Inspection) -> Iterator[Shape]:
    panel, inner = card(rect, counted(found.findings) or "Nothing to mend")
    yield from panel
    if not found.findings:
        text = "The file can be played. It is read again whenever you save it."
        yield from paragraph(frame, inner, text, theme.BODY, theme.FAINT)
        return
    chosen = min(model.finding, len(found.findings) - 1)
    problem = found.findings[chosen]
    detail = _detail(frame, problem, inner.width)
    height = min(sum(tall(frame, text, theme.SMALL, inner.width - 24) + 6 for text, _ in detail) + 20, inner.height / 2)
    box, rows = inner.base(height)
    rows, _ = rows.top(rows.height - 8)
    shown = max(int(rows.height // 30), 1)
    start = min(max(model.scroll, chosen - shown + 1, 0), max(len(found.findings) - shown, 0))
    for number, row in enumerate(rows.rows(30), start):
        if number < len(found.findings):
            yield from _finding(frame, row, number, found.findings[number], number == chosen)
    yield Panel(box, theme.RAISED, radius=8)
    y = box.y + 10
    for text, ink in detail:
        room = Rect(box.x + 12, y, box.width - 24, max(box.bottom - 6 - y, 20.0))
        if y > box.bottom - 18:
            break
        yield from paragraph(frame, room, text, theme.SMALL, ink)
        y += tall(frame, text, theme.SMALL, room.width) + 6


def _detail(frame: Frame, problem: Problem, width: float) -> tuple[tuple[str, theme.Colour], ...]:
    """What is wrong in full, the line it is about, and what would mend it."""
    code = f" ({problem.severity} {problem.code})" if problem.code else ""
    lines = [(f"Line {problem.line}, column {problem.column}: {problem.message}{code}", theme.TEXT)]
    if problem.excerpt:
        lines.append((f"{problem.line}  |  {problem.excerpt}", theme.FAINT))
    if problem.help:
        lines.append((f"{problem.help[:1].upper()}{problem.help[1:]}", theme.ACCENT))
    return tuple(lines)


def _finding(frame: Frame, row: Rect, number: int, problem: Problem, chosen: bool) -> Iterator[Shape]:
    zone = f"finding {number + 1}"
    if chosen or held(frame, zone, row):
        yield Panel(row.inset(0, 1), theme.RULE if chosen else theme.RAISED, radius=5)
    ink = INKS.get(problem.severity, theme.TEXT)
    yield Icon(Rect(row.x + 6, row.centre[1] - 9, 18, 18), SIGNS.get(problem.severity, "info"), ink)
    place = f"{problem.line}:{problem.column}"
    yield Words(Rect(row.x + 32, row.y, 62, row.height), place, theme.SMALL, theme.FAINT)
    yield Words(Rect(row.x + 98, row.y, 46, row.height), problem.code or "file", theme.SMALL, ink)
    yield Words(Rect(row.x + 148, row.y, row.width - 154, row.height), problem.message, theme.SMALL, theme.TEXT)
    yield from ring(frame, zone, row.inset(3))
    yield Zone(row, Look(number), zone)
