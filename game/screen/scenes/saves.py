"""saves: the kept games. One is loaded, saved or thrown away; what can't be loaded says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Delete, Load, Refresh
from game.play.commands import Save as Keep
from game.play.snapshot import Save, Snapshot
from game.screen.kit import theme, toolbar
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import (
    low,
    narrow,
    page,
)
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
)
from game.screen.messages import (
    Back,
    Focus,
    Tick,
    Wheel,
)

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Model:
    """The save that is looked at, by its file; the one that would be deleted; the name that is typed."""

    chosen: str = ""
    asking: str = ""
    name: str = ""
    typing: bool = False
    scroll: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Look at a save."""

    path: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask whether a save is to be deleted; without a path, no longer."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """Type a name, or stop."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """The way back leads out of the field and of the question first."""
    if model.asking:
        return {"back": Ask()}
    return {"back": Type()} if model.typing else {}


def typed(model: Model) -> str:
    """The text of the field."""
    return model.name


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose, load, save, delete."""
    match message:
        case Tick() if not model.fresh:
            newest = chosen_save(model, snapshot)
            wanted = () if newest is None else (Focus("load" if not newest.problem else "delete"),)
            return replace(model, fresh=True), (Refresh(), *wanted)
        case Choose(path):
            return replace(model, chosen=path, asking="", typing=False), ()
        case Ask(path):
            return replace(model, asking=path), (Focus("keep it" if path else "delete"),)
        case Delete():
            return replace(model, asking="", chosen=""), (message,)
        case Keep():
            return replace(model, name="", typing=False), (message,)
        case Load() | Back():
            return model, (message,)
        case Wheel(_, _, steps):
            return replace(model, scroll=max(model.scroll - round(steps), 0)), ()
    return _typed(model, message), ()


def _typed(model: Model, message: Any) -> Model:
    match message:
        case Type():
            return replace(model, typing=not model.typing)
        case Written(text):
            return replace(model, name=text[:LONGEST])
    return model


def chosen_save(model: Model, snapshot: Snapshot) -> Save | None:
    """The save that is looked at, at first the newest."""
    found = (each for each in snapshot.saves if each.path == model.chosen)
    whole = (each for each in snapshot.saves if not each.problem)
    return next(found, next(whole, snapshot.saves[0] if snapshot.saves else None))


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The list on the left, the one that is looked at on the right, and a name for another below."""
    count = len(snapshot.saves)
    shapes, room = page(frame, "Saved games", f"{count} on this computer" if count else "")
    rest: list[Shape] = []
    if snapshot.game is not None:
        foot, room = room.base(44)
        _, room = room.base(10)
        rest += _field(model, frame, foot)
    left, right = room.columns((1, 1) if narrow(frame) else (3, 2), 16)
    save = chosen_save(model, snapshot)
    if save is None:
        text = "Nothing has been saved yet. A game keeps itself after every turn."
        return (*shapes, *rest, *paragraph(frame, room.inset(8), text, theme.BODY, theme.FAINT))
    rest += _list(model, frame, left, snapshot, save)
    rest += _about(model, frame, right, snapshot, save)
    return (*shapes, *rest)


def _list(model: Model, frame: Frame, rect: Rect, snapshot: Snapshot, chosen: Save) -> Iterator[Shape]:
    height = 46.0 if low(frame) else 54.0
    shown = max(int((rect.height + 6) // (height + 6)), 1)
    start = min(model.scroll, max(len(snapshot.saves) - shown, 0))
    for save, row in zip(snapshot.saves[start:], rect.rows(height, 6), strict=False):
        yield from _save(frame, row, save, snapshot, save is chosen)


def named(save: Save, snapshot: Snapshot) -> str:
    """A save's name; a game that keeps itself goes by its scenario and its number."""
    if save.quick:
        return "Quick save"
    stem, _, number = save.title.rpartition("-")
    own = stem == save.scenario and number.isdecimal()
    return f"{_scenario(save, snapshot)}, game {number}" if own else save.title


def _name(save: Save) -> str:
    return PurePath(save.path).stem


def _save(frame: Frame, row: Rect, save: Save, snapshot: Snapshot, chosen: bool) -> Iterator[Shape]:
    zone = f"save {_name(save)}"
    ground = theme.RULE if chosen else theme.RAISED if held(frame, zone, row) else theme.PANEL
    yield Panel(row, ground, radius=8, edge=theme.ACCENT if chosen else theme.RULE)
    sign, inner = row.inset(12, 5).left(32)
    icon = "triangle-alert" if save.problem else "zap" if save.quick else "save"
    yield Icon(sign.middle(20, 20).moved(-6, 0), icon, theme.BANDS[1].dark if save.problem else theme.ACCENT)
    wide = frame.measure(save.kept, theme.NOTE) + 4
    when, words = inner.end(0.0 if wide > inner.width / 2 else wide)
    above, beneath = words.top(words.height / 2)
    yield Words(above, named(save, snapshot), theme.STRONG, theme.FAINT if save.problem else theme.TEXT)
    whole = f"{_scenario(save, snapshot)}, turn {save.turn}, {_who(save, snapshot)}"
    yield Words(beneath, "cannot be loaded" if save.problem else whole, theme.NOTE, theme.FAINT)
    if when.width:
        yield Words(when.top(when.height / 2)[0], save.kept, theme.NOTE, theme.FAINT, "right")
    yield from ring(frame, zone, row)
    yield Zone(row, Choose(save.path), zone)


def _scenario(save: Save, snapshot: Snapshot) -> str:
    return next((each.title for each in snapshot.entries if each.id == save.scenario), save.scenario)


def _who(save: Save, snapshot: Snapshot) -> str:
    """The states that people decide for, by name."""
    if not save.state:
        return "watched"
    entry = next((each for each in snapshot.entries if each.id == save.scenario), None)
    names = {} if entry is None else {name: title for name, title, _ in entry.states}
    return ", ".join(names.get(each, each) for each in save.state.split(", "))


def _about(model: Model, frame: Frame, rect: Rect, snapshot: Snapshot, save: Save) -> Iterator[Shape]:
    panel, inner = card(rect, named(save, snapshot))
    yield from panel
    foot, inner = inner.base(40)
    _, inner = inner.base(10)
    if save.problem:
        yield from paragraph(frame, inner, f"{save.problem[:1].upper()}{save.problem[1:]}.", theme.BODY, theme.TEXT)
    else:
        yield from _facts(frame, inner, snapshot, save)
    yield from _buttons(model, frame, foot, save)


def _facts(frame: Frame, rect: Rect, snapshot: Snapshot, save: Save) -> Iterator[Shape]:
    facts = (
        ("Scenario", _scenario(save, snapshot)),
        ("Played for", _who(save, snapshot)),
        ("Turn", f"{save.turn}, {dated(save.date)}" if save.date else "not begun"),
        ("Kept", save.kept),
    )
    for (name, said), row in zip(facts, rect.rows(26), strict=False):
        label, value = row.left(96)
        yield Words(label, name, theme.SMALL, theme.FAINT)
        yield Words(value, said, theme.BODY, theme.TEXT)
    if save.repaired:
        _, rest = rect.top(26 * len(facts) + 8)
        text = f"A part of it is damaged ({save.repaired}). It goes on from its last whole turn."
        yield from paragraph(frame, rest, text, theme.SMALL, theme.BANDS[1].dark)


def _buttons(model: Model, frame: Frame, rect: Rect, save: Save) -> Iterator[Shape]:
    left, right = rect.columns((1, 1), 10)
    if model.asking == save.path:
        sure = Button("Delete for good", Delete(save.path), "delete for good", "triangle-alert")
        yield from button(frame, left, sure)
        yield from button(frame, right, Button("Keep it", Ask(), "keep it", "undo-2", main=True))
        return
    yield from button(frame, left, Button("Delete", Ask(save.path), "delete", "x"))
    face = Button("Load", Load(save.path), "load", "play", main=True, live=not save.problem)
    yield from button(frame, right, face)


def _field(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A name for the game that is on, and the buttons that save it."""
    quick, rest = rect.end(150)
    keep, rest = rest.left(rest.width - 10)[0].end(130)
    box, _ = rest.left(rest.width - 10)
    prompt = "A name for the game as it is now"
    yield from toolbar.field(frame, box, model.name, model.typing, Type(), "name", prompt, icon="", hint=prompt,
                             style=theme.BODY)  # fmt: skip
    face = Button("Save", Keep(model.name), "save as", "save", live=bool(model.name.strip()))
    yield from button(frame, keep, face)
    hint = f"Key: {frame.key('save')}"
    yield from button(frame, quick, Button("Quick save", Keep(), "quick save", "zap", hint=hint))
