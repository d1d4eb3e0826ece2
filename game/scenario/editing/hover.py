"""What is said of the thing under a cursor: of a key, of an id, and of a condition."""

from __future__ import annotations

from game.scenario.build.conditions import ConditionMistake, Scope, parse_condition
from game.scenario.build.sentences import sentence
from game.scenario.editing.completion import about, said
from game.scenario.editing.cursor import ITEM
from game.scenario.editing.document import Document
from game.scenario.editing.shapes import Place, block_of, place_of
from game.scenario.schema.blocks import Key, Lines, Mixed
from game.scenario.schema.effects import SPECIAL
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

Path = tuple[str, ...]


def hover(document: Document, line: int, column: int) -> tuple[Span, str] | None:
    """The place of the thing under a cursor and what to say of it, in Markdown."""
    trail, node, on_key = found(document.root, line, column)
    named = document.at(line, column)
    parts = []
    if named is not None:
        parts.append(f"**{named.name}** ({named.kind})")
        parts += [each for each in (about(document.node(named.kind, named.name)),) if each]
    if node is None:
        return (named.span, "\n\n".join(parts)) if named is not None else None
    place = place_of(trail)
    if on_key and (key := _key(trail, place)) is not None:
        parts.append(f"`{trail[-1]}` · {key.shape.described()}\n\n{said(key)}")
    elif on_key and isinstance(place.shape, Mixed) and trail[-1] in SPECIAL:
        parts.append(f"`{trail[-1]}` · {SPECIAL[trail[-1]][1]}")
    elif isinstance(place.shape, Lines) and (told := _told(document, node, trail)):
        parts.append(told)
    if not parts:
        return None
    span = named.span if named is not None else node.place if on_key else node.span
    return span, "\n\n".join(parts)


def found(root: Node, line: int, column: int) -> tuple[Path, Node | None, bool]:
    """The path to the scalar or key at a place, the value it belongs to, and whether the place is on the key."""
    waiting: list[tuple[Path, Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if node.key is not None and _covers(node.key.span, line, column):
            return path, node, True
        if node.kind not in ("block", "list") and path and _covers(node.span, line, column):
            return path, node, False
        waiting += [((*path, name), each) for name, each in node.entries.items()]
        waiting += [((*path, ITEM), each) for each in node.items]
    return (), None, False


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def _key(trail: Path, place: Place) -> Key | None:
    """The declaration of the key at the end of a path."""
    block = block_of(place_of(trail[:-1]))
    return None if block is None else block.keys.get(trail[-1])


def _told(document: Document, node: Node, trail: Path) -> str:
    """A condition in plain English."""
    titles = {
        name: each.entries["name"].text
        for section in ("states", "disputes")
        if section in document.root.entries
        for name, each in document.root.entries[section].entries.items()
        if "name" in each.entries
    }
    scope = Scope(document.names, tuple({each.name for each in document.occurrences if _is_role(each.kind, trail)}))
    try:
        told = sentence(parse_condition(node.text, scope), titles)
    except ConditionMistake:
        return ""
    return f"{told[:1].upper()}{told[1:]}."


def _is_role(kind: str, trail: Path) -> bool:
    return kind == "role" if trail[0] == "pledge_kinds" else len(trail) > 1 and kind == f"role of {trail[1]}"
