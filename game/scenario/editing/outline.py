"""The outline of a file: its sections, and what each declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.scenario.editing.document import Document
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

_TITLES = ("name", "headline", "title", "cite", "kind")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: what it is called, where it is named, how far it reaches, and what is in it."""

    name: str
    detail: str
    place: Span
    whole: Span
    inside: tuple[Entry, ...] = ()


def outline(document: Document) -> tuple[Entry, ...]:
    """The sections of a file in order, each with its entries."""
    return _entries(document.root, document.lines, len(document.lines), deeper=True)


def _entries(node: Node, lines: Sequence[str], last: int, *, deeper: bool) -> tuple[Entry, ...]:
    found = []
    entries = list(node.entries.items())
    for number, (name, each) in enumerate(entries):
        following = entries[number + 1][1].place.line - 1 if number + 1 < len(entries) else last
        place = each.place
        end = _end(lines, place.line, max(place.line, following))
        whole = Span(place.line, place.column, end, len(lines[end - 1].rstrip("\r")) + 1)
        title = next((each.entries[key].text for key in _TITLES if key in each.entries), "")
        shown = title or (each.text if each.kind in ("text", "number", "flag") else "")
        inside = _entries(each, lines, end, deeper=False) if deeper and each.kind == "block" else ()
        found.append(Entry(name or "(no name)", " ".join(shown.split())[:80], place, whole, inside))
    return tuple(found)


def _end(lines: Sequence[str], first: int, last: int) -> int:
    """The last line of an entry that says anything: comments and gaps before the next belong to that one."""
    end = last
    while end > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end
