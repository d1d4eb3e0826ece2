"""Changes of a text by place: comments and layout around them stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.errors import InvalidArgument
from game.scenario.spec import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the text that is replaced; where the place has no length, something is put in."""

    span: Span
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits, each by its place in the text as it was; InvalidArgument where two overlap."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    placed = sorted(
        ((_offset(each.span.line, each.span.column, starts), _offset(each.span.end_line, each.span.end_column, starts),
          each.text) for each in dict.fromkeys(edits)),
    )  # fmt: skip
    parts, reached = [], 0
    for start, end, new in placed:
        if start < reached:
            raise InvalidArgument("two edits of one place can't both be made")
        parts += [text[reached:start], new]
        reached = end
    return "".join([*parts, text[reached:]])


def _offset(line: int, column: int, starts: list[int]) -> int:
    return starts[min(line, len(starts) - 1) - 1] + column - 1
