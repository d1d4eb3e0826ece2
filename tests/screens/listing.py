"""A draw list as text, one line a shape: words and zones whole, the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Shape,
    Words,
    Zone,
)


def by_letters(text, style):
    """A measure that needs no font, so that a listing is the same on every machine."""
    return len(text) * style.size * 0.5


def listed(shapes: Iterable[Shape]) -> str:
    """The listing of a view."""
    shapes = tuple(shapes)
    counted = Counter(type(shape).__name__ for shape in flat(shapes) if not isinstance(shape, (Words, Zone)))
    rest = ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))
    return "\n".join([*_lines(shapes, ""), f"and {rest}"]) + "\n"


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Every shape, those inside clips too."""
    for shape in shapes:
        yield shape
        if isinstance(shape, Clip):
            yield from flat(shape.shapes)


def _lines(shapes: Iterable[Shape], indent: str) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, Words):
            yield f"{indent}{_box(shape.rect)} {shape.text!r} {shape.style.face} {shape.style.size}"
        elif isinstance(shape, Zone):
            focus = "" if shape.focusable else " (no focus)"
            yield f"{indent}{_box(shape.rect)} [{shape.name}]{focus} {_sent(shape.message)}".rstrip()
        elif isinstance(shape, Clip):
            inner = list(_lines(shape.shapes, indent + "  "))
            if inner:
                yield f"{indent}{_box(shape.rect)} clip"
                yield from inner


def _box(rect: Rect) -> str:
    return f"{rect.x:.0f},{rect.y:.0f} {rect.width:.0f}x{rect.height:.0f}"


def _sent(message: object) -> str:
    if message is None:
        return ""
    return message.__name__ if isinstance(message, type) else type(message).__name__
