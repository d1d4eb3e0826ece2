"""What a draw list says, one line an item: words and values, what can be pressed and where a press leads.

Items stand in the order of drawing, which is the order of reading and of the keyboard. There are no coordinates, sizes
or faces, and the lines of a paragraph are joined: what moves, grows or is wrapped elsewhere says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from game.screen.kit.shapes import (
    Clip,
    Flag,
    Icon,
    Shape,
    Words,
    Zone,
)


def by_letters(text, style):
    """A measure that needs no font, so that a listing is the same on every machine."""
    return len(text) * style.size * 0.5


def listed(shapes: Iterable[Shape]) -> str:
    """The listing of a view."""
    return "\n".join(_said(each) for each in _joined(list(_speaking(shapes)))) + "\n"


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Every shape, those inside clips too."""
    for shape in shapes:
        yield shape
        if isinstance(shape, Clip):
            yield from flat(shape.shapes)


def _speaking(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """What says something: words, signs and flags, and what can be pressed or dragged."""
    return (shape for shape in flat(shapes) if isinstance(shape, (Words, Zone, Icon, Flag)))


def _joined(shapes: Sequence[Shape]) -> Iterator[Shape | str]:
    """The shapes, the words of a paragraph as one text: lines of one style, one under the other at the same margin."""
    text, last = "", None
    for shape in shapes:
        goes_on = isinstance(shape, Words) and last is not None and _under(shape, last)
        if text and not goes_on:
            yield text
            text = ""
        last = shape if isinstance(shape, Words) else None
        if last is None:
            yield shape
        else:
            text = f"{text} {last.text}" if text else last.text
    if text:
        yield text


def _under(line: Words, above: Words) -> bool:
    """Whether a line goes on where another ends."""
    same = (line.style, line.colour, line.align, line.rect.x) == (above.style, above.colour, above.align, above.rect.x)
    return same and 0.0 < line.rect.y - above.rect.y < 2.0 * above.style.size


def _said(shape: Shape | str) -> str:
    match shape:
        case str():
            return repr(shape)
        case Icon(name=name):
            return f"sign {name}"
        case Flag(code=code, name=name):
            return f"flag {code or name}"
        case Zone(name=name, message=message, focusable=focusable, hint=hint):
            parts = (f"[{name}]", "" if focusable else "(no focus)", _leads(message), f"hint {hint!r}" if hint else "")
            return " ".join(part for part in parts if part)
        case _:
            raise TypeError(f"{type(shape).__name__} says nothing")


def _leads(message: object) -> str:
    """Where a press leads; a type is given the point that was pressed."""
    if message is None:
        return ""
    return f"-> {message.__name__ if isinstance(message, type) else _plain(message)}"


def _plain(value: object) -> str:
    """A message with all that it names."""
    if is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({', '.join(_plain(getattr(value, each.name)) for each in fields(value))})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_plain(each)}' for key, each in value.items())}}}"
    if isinstance(value, (tuple, list, frozenset)):
        return f"({', '.join(map(_plain, value))})"
    return repr(value)
