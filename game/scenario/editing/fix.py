"""A way to mend a finding, and how rules that offer one make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from game.scenario.editing.edits import Edit
from game.scenario.findings.finding import Finding
from game.scenario.spec import Span


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding."""

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    safe: bool = False
    silences: bool = False  # it only keeps the finding from being reported


Rule = Callable[[Finding, str, Sequence[str]], Iterator[Fix]]
"""What mends a finding, by its code, its help, what stands at its place, and the lines of the file."""


def stretch(span: Span, lines: Sequence[str]) -> str:
    """The text of a place on one line; nothing for a place over several."""
    if span.line != span.end_line or span.line > len(lines):
        return ""
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def replaced(title: str, finding: Finding, text: str, *, safe: bool) -> Fix:
    """What stands at the place of the finding, written otherwise."""
    return Fix(title, finding, (Edit(finding.span, text),), safe)


def within_row(line: int, start: int, end: int) -> Span:
    """The place of some characters of a line, counted from 0."""
    return Span(line, start + 1, line, end + 1)


def in_quotes(text: str) -> str:
    """A text between double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def indent_of(row: str) -> int:
    """The spaces and tabs that a line begins with."""
    return len(row) - len(row.lstrip(" \t"))
