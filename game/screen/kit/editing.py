"""Text fields: where the next letter goes, what is selected, what an input method composes; and what keys do to them.

The window edits the text of whichever scene says that it is `typing`. Such a scene has two more names: a function
`typed` from its model to the text of its field, and an answer to the message `Written` with the text as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

END = 1_000_000_000
"""A place behind every letter: it is brought back to the end of whatever text there is."""


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the next letter goes; `anchor` is the other end of what is selected, `composed` what is not written yet."""

    place: int = END
    anchor: int = END
    composed: str = ""

    def within(self, text: str) -> Caret:
        """The same in a text, none of it beyond the end."""
        return replace(self, place=min(self.place, len(text)), anchor=min(self.anchor, len(text)))

    @property
    def ends(self) -> tuple[int, int]:
        """Where what is selected begins and ends; the same place twice where nothing is."""
        return min(self.place, self.anchor), max(self.place, self.anchor)


@dataclass(frozen=True, slots=True)
class Written:
    """The text of the field, as it was edited."""

    text: str


@dataclass(frozen=True, slots=True)
class Composing:
    """What an input method shows while a letter is being put together; empty once it is written or given up."""

    text: str


@dataclass(frozen=True, slots=True)
class Copied:
    """Lay a text on the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste:
    """Type what lies on the clipboard."""


@dataclass(frozen=True, slots=True)
class Stops:
    """The grip of a field that is typed in: where on the screen each place between two letters lies."""

    places: tuple[float, ...]

    def nearest(self, x: float) -> int:
        """The place nearest to a point."""
        return min(range(len(self.places)), key=lambda number: abs(self.places[number] - x))


class Wide(Protocol):
    """How wide the beginning of a text comes out."""

    def __call__(self, text: str, /) -> float: ...


def selected(text: str, caret: Caret) -> str:
    """What is selected of a text."""
    first, last = caret.within(text).ends
    return text[first:last]


def inserted(text: str, caret: Caret, new: str) -> tuple[str, Caret]:
    """A text with something typed or pasted in place of what is selected; breaks and controls become blanks."""
    first, last = caret.within(text).ends
    plain = "".join(letter if letter.isprintable() or letter in JOINERS else " " for letter in new)
    place = first + len(plain)
    return text[:first] + plain + text[last:], Caret(place, place)


JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Letters that can't be seen and yet belong to words, as of Persian."""

MOVES = {"left": (-1, False), "right": (1, False), "ctrl+left": (-1, True), "ctrl+right": (1, True)}
CUTS = {"backspace": (-1, False), "delete": (1, False), "ctrl+backspace": (-1, True), "ctrl+delete": (1, True)}


def pressed(text: str, caret: Caret, key: str) -> tuple[str, Caret] | None:
    """A text and its caret after a key of editing; None for a key that edits nothing."""
    caret = caret.within(text)
    if key == "ctrl+a":
        return text, Caret(len(text), 0)
    if key in CUTS:
        return _cut(text, caret, *CUTS[key])
    extends = "shift+" in key
    place = _target(text, caret, key.replace("shift+", ""), extends)
    if place is None:
        return None
    return text, Caret(place, caret.anchor if extends else place)


def _cut(text: str, caret: Caret, step: int, words: bool) -> tuple[str, Caret]:
    first, last = caret.ends
    if first == last:
        first, last = sorted((caret.place, _stepped(text, caret.place, step, words)))
    return text[:first] + text[last:], Caret(first, first)


def _target(text: str, caret: Caret, key: str, extends: bool) -> int | None:
    """Where a key moves the caret; an arrow without shift leaves what is selected at the end it points to."""
    if key in ("home", "ctrl+home", "end", "ctrl+end"):
        return 0 if key.endswith("home") else len(text)
    if key not in MOVES:
        return None
    step, words = MOVES[key]
    if caret.place != caret.anchor and not extends and not words:
        return caret.ends[0 if step < 0 else 1]
    return _stepped(text, caret.place, step, words)


def _stepped(text: str, place: int, step: int, words: bool) -> int:
    """A letter on, or over blanks and then a word."""
    if not words:
        return min(max(place + step, 0), len(text))
    while 0 <= _beside(place, step) < len(text) and text[_beside(place, step)].isspace():
        place += step
    while 0 <= _beside(place, step) < len(text) and not text[_beside(place, step)].isspace():
        place += step
    return place


def _beside(place: int, step: int) -> int:
    """The letter that a step goes over."""
    return place if step > 0 else place - 1
