"""browser: the scenarios there are, each with a picture of its start; broken ones say what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from game.play.commands import Refresh
from game.play.snapshot import Entry, Problem, Snapshot
from game.screen.kit import theme
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
    Row,
    button,
    card,
    held,
    listing,
    paragraph,
    ring,
    tall,
)
from game.screen.map.thumbnails import picture
from game.screen.messages import (
    Back,
    Go,
    Tick,
    Wheel,
)

first = "play"
STEPS = {"week": "a week", "month": "a month", "quarter": "a quarter", "year": "a year"}


@dataclass(frozen=True, slots=True)
class Model:
    """Which scenario is looked at, what of it, and whether it is to be watched."""

    chosen: str | None = None
    watching: bool = False
    part: str = "about"
    scroll: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Look at a scenario, by its file."""

    path: str


@dataclass(frozen=True, slots=True)
class Part:
    """Read about it, or where it comes from."""

    name: str


def chosen_entry(chosen: str | None, snapshot: Snapshot) -> Entry | None:
    """The scenario that is looked at: by file or id, else the largest that can be played."""
    for entry in snapshot.entries:
        if chosen in (entry.path, entry.id):
            return entry
    return max(snapshot.entries, key=lambda entry: (not entry.findings, len(entry.states)), default=None)


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look at one, read about it, go on to its setup."""
    match message:
        case Tick() if not model.fresh:
            return replace(model, fresh=True), (Refresh(),)
        case Choose(path):
            return replace(model, chosen=path, scroll=0, part="about"), ()
        case Part(name):
            return replace(model, part=name, scroll=0), ()
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps), 0)), ()
        case Back() | Go():
            return model, (message,)
    return model, ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The list on the left, what is chosen on the right."""
    shapes, room = page(frame, "Watch a scenario" if model.watching else "Scenarios", "Choose where to begin")
    entry = chosen_entry(model.chosen, snapshot)
    left, right = room.columns((2, 3) if narrow(frame) else (3, 8), 16)
    rest: list[Shape] = [*_list(frame, left, entry, snapshot)]
    if entry is None:
        rest += paragraph(frame, right.inset(20), "There is no scenario here.", theme.BODY, theme.FAINT)
    elif entry.findings:
        rest += _broken(model, frame, right, entry)
    else:
        rest += _whole(model, frame, right, entry)
    return (*shapes, *rest)


def _list(frame: Frame, rect: Rect, chosen: Entry | None, snapshot: Snapshot) -> Iterator[Shape]:
    height = 50.0 if low(frame) else 58.0
    entries = snapshot.entries
    room = max(int(rect.height // (height + 6)), 1)
    place = 0 if chosen is None else entries.index(chosen)
    start = min(max(place - room + 1, 0), max(len(entries) - room, 0))
    for entry, row in zip(entries[start:], rect.rows(height, 6), strict=False):
        yield from _entry(frame, row, entry, entry is chosen)


def _entry(frame: Frame, row: Rect, entry: Entry, chosen: bool) -> Iterator[Shape]:
    name = f"scenario {entry.id}"
    over = held(frame, name, row)
    ground = theme.RULE if chosen else theme.RAISED if over else theme.PANEL
    yield Panel(row, ground, radius=8, edge=theme.ACCENT if chosen else theme.RULE)
    inner = row.inset(12, 6)
    sign, words = inner.left(26)
    ink = theme.FAINT if entry.findings else theme.TEXT
    icon = "triangle-alert" if entry.findings else "map" if entry.sketch and entry.sketch.view else "network"
    yield Icon(sign.middle(20, 20).moved(-4, 0), icon, theme.BANDS[1].dark if entry.findings else theme.ACCENT)
    above, beneath = words.columns((1,))[0].top(words.height / 2)
    yield Words(above, entry.title, theme.STRONG, ink)
    said = "cannot be played" if entry.findings else f"{len(entry.states)} states, {entry.turns} turns"
    yield Words(beneath, f"{said}, your own" if entry.own else said, theme.NOTE, theme.FAINT)
    yield from ring(frame, name, row)
    yield Zone(row, Choose(entry.path), name)


def _whole(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    """The picture, the words, and the way on."""
    panel, inner = card(rect, "" if low(frame) else entry.title)
    yield from panel
    foot, inner = inner.base(40)
    _, inner = inner.base(10)
    words, chart = inner.base(min(max(inner.height * 0.36, 92.0), 210.0))
    if chart.height > 60 and entry.sketch is not None:
        yield from picture(frame, chart.inset(0, 2), entry.sketch)
    yield from _words(model, frame, words, entry)
    yield from _foot(model, frame, foot, entry)


def _words(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    _, rect = rect.top(6)
    if model.part == "sources":
        yield from _sources(model, frame, rect, entry)
        return
    text, facts = (rect, None) if narrow(frame) or low(frame) else rect.columns((3, 2), 28)
    yield from paragraph(frame, text, entry.summary)
    if facts is not None:
        for (name, said), row in zip(facts_of(entry), facts.rows(23), strict=False):
            label, value = row.left(84)
            yield Words(label, name, theme.SMALL, theme.FAINT)
            yield Words(value, said, theme.SMALL, theme.TEXT)


def facts_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What there is to say of a scenario in a few words: name, fact."""
    span = f"{spelled(entry.dates[1])} to {spelled(entry.dates[-1])}" if len(entry.dates) > 1 else ""
    found = (
        ("Time", span),
        ("Turns", f"{entry.turns}, each {STEPS.get(entry.step, entry.step)}"),
        ("States", f"{len(entry.states)} that decide, {_others(entry)} besides"),
        ("Authors", ", ".join(entry.authors)),
        ("Licence", entry.licence),
        ("Sources", str(len(entry.sources))),
    )
    return tuple((name, said) for name, said in found if said)


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def spelled(date: str) -> str:
    """A date in words: `2012-02` is February 2012; weeks and years stay as they are."""
    year, _, month = date.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdecimal() and 1 <= int(month) <= 12 else date


def _others(entry: Entry) -> str:
    count = 0 if entry.sketch is None else len(entry.sketch.states) - len(entry.states)
    return "none" if count <= 0 else str(count)


def _sources(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    rows = [Row((cite,), f"source {number}", hint=cite) for number, cite in enumerate(entry.sources)]
    first_row = min(model.scroll, max(len(rows) - int(rect.height // 22), 0))
    yield from listing(frame, rect, rows, (1,), first=first_row, height=22)


def _foot(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    go, rest = rect.end(min(190.0, rect.width * 0.5))
    rest, _ = rest.left(rest.width - 10)
    label = "Watch this" if model.watching else "Play this"
    onward = Go("setup", {"scenario": entry.path, "mode": "watch" if model.watching else "solo"})
    yield from button(frame, go, Button(label, onward, "play", "eye" if model.watching else "play", main=True))
    other = ("sources", "Sources", "book-open") if model.part == "about" else ("about", "Summary", "file-text")
    beside, rest = rest.left(min(140.0, rest.width))
    yield from button(frame, beside, Button(other[1], Part(other[0]), "part", other[2]))
    _, rest = rest.left(10)
    edit, _ = rest.left(150)
    if edit.width > 120:
        given = {"path": entry.path}
        yield from button(frame, edit, Button("Look inside", Go("authoring", given), "inspect", "search"))


def _broken(model: Model, frame: Frame, rect: Rect, entry: Entry) -> Iterator[Shape]:
    """What is wrong with a file that can't be played, the first finding first."""
    panel, inner = card(rect, entry.title)
    yield from panel
    foot, inner = inner.base(40)
    _, inner = inner.base(10)
    head, inner = inner.top(24)
    count = len(entry.findings)
    said = "one thing is" if count == 1 else f"{count} things are"
    yield Words(head, f"It cannot be played: {said} to be mended", theme.STRONG, theme.BANDS[1].dark)
    path, inner = inner.top(24)
    yield Words(path, entry.path, theme.SMALL, theme.FAINT)
    for problem in entry.findings[model.scroll :] or entry.findings[-1:]:
        if inner.height < 30:
            break
        text = in_words(problem)
        place, inner = inner.top(tall(frame, text, theme.SMALL, inner.width - 30) + 8)
        sign, words = place.left(30)
        yield Icon(Rect(sign.x, sign.y + 1, 18, 18), "triangle-alert", theme.BANDS[1].dark)
        yield from paragraph(frame, words, text, theme.SMALL, theme.TEXT)
    given = {"path": entry.path}
    repair, _ = foot.end(230)
    yield from button(frame, repair, Button("Open to mend it", Go("authoring", given), "play", "file-text", main=True))


def in_words(problem: Problem) -> str:
    """A finding as a sentence with its line, and what would mend it."""
    code = f" ({problem.code})" if problem.code else ""
    text = f"Line {problem.line}, column {problem.column}: {problem.message}{code}."
    return f"{text} {problem.help[:1].upper()}{problem.help[1:]}" if problem.help else text
