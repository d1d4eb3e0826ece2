"""Every place in a file where an id is declared or named: found by walking the declarations of the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from game.scenario.build.catalogue import Catalogue
from game.scenario.build.conditions import Scope, names_in
from game.scenario.build.pledges import ROLES as ROLES_OF_A_PLEDGE
from game.scenario.build.read_values import span_within
from game.scenario.schema import grammar
from game.scenario.schema.blocks import Block, Either, Items, Lines, Mixed, Table
from game.scenario.schema.declarations import CLAIM, FORMULA, OVERLAID, SCENARIO, TABLE
from game.scenario.schema.effects import AFTER, DONE, SPECIAL
from game.scenario.schema.names import KINDS, Names
from game.scenario.schema.types import Reference, Shape, Text
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CELL = re.compile(r"\S+")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SELECTORS = frozenset(("rivals", "friends", "neighbours", "of", "others", "subject"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name in the file: what kind of thing it names, where it stands, and whether it is declared there.

    Roles belong to an act: their kind is `role of praise`.
    """

    kind: str
    name: str
    span: Span
    declares: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a value stands: the names of the file, the roles that may be named and the kind they are of."""

    names: Names
    catalogue: Catalogue
    acts: Mapping[str, Node]
    lines: tuple[str, ...]
    roles: tuple[str, ...] = ()
    owner: str = ""

    def roles_of(self, act: str) -> tuple[str, ...]:
        """The roles of an act, its own or the catalogue's."""
        for entries in (self.acts, self.catalogue.nodes.get("acts", {})):
            node = entries.get(act)
            if node is not None and "roles" in node.entries:
                return tuple(node.entries["roles"].entries)
        return ()


class _AnyName(Names):
    """Lets every name pass, so that a line is read to its end whatever is misspelt in it."""

    def has(self, kind: str, name: str) -> bool:
        """True."""
        return True


def occurrences(root: Node, names: Names, catalogue: Catalogue, text: str) -> tuple[Occurrence, ...]:
    """Every declared or named id of a file, in order of place."""
    acts = root.entries["acts"].entries if "acts" in root.entries else {}
    around = _Around(_AnyName(names.known), catalogue, acts, tuple(text.split("\n")))
    found = [each for name, node in root.entries.items() if name in SCENARIO for each in _section(name, node, around)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.span, each.kind, each.name)))


def _section(name: str, node: Node, around: _Around) -> Iterator[Occurrence]:
    shape = SCENARIO[name].shape
    if name == "acts" and isinstance(shape, Table):
        for key, act in node.entries.items():
            yield from _key("act", key, act, declares=key not in around.catalogue.nodes.get("acts", {}))
            yield from _act(key, act, around)
    elif name in OVERLAID and isinstance(shape, Table):
        known = around.catalogue.nodes.get(name, {})
        for key, each in node.entries.items():
            yield from _key(str(shape.declares), key, each, declares=key not in known)
            if name == "pledge_kinds":
                yield from _walk(shape.value, each, replace(around, roles=ROLES_OF_A_PLEDGE))
            else:
                yield from _walk(shape.value, each, around)
    else:
        yield from _walk(shape, node, around)


def _act(name: str, node: Node, around: _Around) -> Iterator[Occurrence]:
    inside = replace(around, roles=around.roles_of(name), owner=f"role of {name}")
    own = name not in around.catalogue.nodes.get("acts", {}) or "kind" in node.entries
    for key, value in node.entries["roles"].entries.items() if "roles" in node.entries else ():
        yield from _key(inside.owner, key, value, declares=own)
    for key, value in node.entries["pledges"].entries.items() if "pledges" in node.entries else ():
        yield from _key(inside.owner, key, value)
    if "recognises" in node.entries:
        yield from _value(inside.owner, node.entries["recognises"])
    said = node.entries.get("text")
    if said is not None and said.line == said.end_line:
        for match in _PLACEHOLDER.finditer(said.text):
            yield Occurrence(inside.owner, match[1], span_within(said, match.start(1), match.end(1)))
    shape = OVERLAID["acts"]
    yield from _walk(shape, node, inside)


def _walk(shape: Shape, node: Node, around: _Around) -> Iterator[Occurrence]:
    match shape:
        case Reference():
            yield from _value(shape.kind, node) if node.text not in shape.extra else ()
        case Text():
            yield from _text(shape, node, around)
        case Lines():
            yield from _lines(node, around)
        case Mixed():
            yield from (_trigger if shape.grammar == "trigger" else _effects)(node, around)
        case Table():
            yield from _table(shape, node, around)
        case _:
            for inner, each in _inside(shape, node):
                yield from _walk(inner, each, around)


def _inside(shape: Shape, node: Node) -> Iterator[tuple[Shape, Node]]:
    """The values inside a list or block, or the form that a value has, each with its shape."""
    match shape:
        case Items():
            yield from ((shape.item, item) for item in (node.items if node.kind == "list" else [node]))
        case Block():
            known = ((name, entry) for name, entry in node.entries.items() if name in shape.keys)
            yield from ((shape.keys[name].shape, entry) for name, entry in known)
        case Either():
            yield from ((option, node) for option in shape.options if node.kind in option.kinds)


def _table(shape: Table, node: Node, around: _Around) -> Iterator[Occurrence]:
    for name, entry in node.entries.items():
        if shape.declares in KINDS:
            yield from _key(str(shape.declares), name, entry, declares=True)
        elif shape.refers:
            yield from _key(shape.refers, name, entry)
        elif shape.form == grammar.PAIR and entry.key is not None:
            yield from _words("state", entry.key)
        yield from _walk(shape.value, entry, around)


def _text(shape: Text, node: Node, around: _Around) -> Iterator[Occurrence]:
    if shape.declares:
        yield from _value(shape.declares, node, declares=True)
    elif shape is TABLE:
        yield from _cells(node, around)
    elif shape is CLAIM:
        yield from _named(node, "claim", Scope(around.names))
    elif shape is FORMULA:
        yield from _named(node, "formula", Scope(around.names, ("actor",), "actor"))


def _lines(node: Node, around: _Around) -> Iterator[Occurrence]:
    for each in (*node.items, *node.entries.values()):
        yield from _lines(each, around)
    if node.kind == "text":
        for found in _named(node, "condition", Scope(around.names, around.roles)):
            yield replace(found, kind=around.owner) if found.kind == "role" and around.owner else found


def _named(node: Node, form: Literal["condition", "formula", "claim"], scope: Scope) -> Iterator[Occurrence]:
    if node.kind == "text" and node.line == node.end_line:
        for kind, start, end in names_in(node.text, scope, form):
            yield Occurrence(kind, node.text[start:end], span_within(node, start, end))


def _effects(node: Node, around: _Around) -> Iterator[Occurrence]:
    for key, value in node.entries.items():
        if value.key is None:
            continue
        if key in SPECIAL:
            for item in value.items if value.kind == "list" else [value]:
                yield from _special(SPECIAL[key][0], item, around)
        elif key == "flag":
            for name, flag in value.entries.items():
                yield from _key("flag", name, flag)
        elif "->" in key:
            yield from _words("state", value.key, around)
            for memory, amount in value.entries.items():
                yield from _key("memory", memory, amount)
        else:
            yield from _quantity(key, value.key, around)


def _quantity(key: str, node: Node, around: _Around) -> Iterator[Occurrence]:
    owner, dot, name = key.partition(".")
    if not dot or not (_WORD.fullmatch(owner) and _WORD.fullmatch(name)):
        return
    place = span_within(node, 0, len(owner))
    if owner in around.roles:
        yield Occurrence(around.owner or "role", owner, place)
    elif name == "tension" or around.names.surely("dispute", owner):
        if owner != "dispute":
            yield Occurrence("dispute", owner, place)
        return
    else:
        yield Occurrence("state", owner, place)
    yield Occurrence("attribute", name, span_within(node, len(owner) + 1, len(key)))


def _special(block: Block, node: Node, around: _Around) -> Iterator[Occurrence]:
    if block is DONE:
        yield from _cast(node, DONE.keys, around)
    for name, entry in node.entries.items():
        if name in block.keys and entry.text not in ("public", "private"):
            yield from _walk(block.keys[name].shape, entry, around)


def _trigger(node: Node, around: _Around) -> Iterator[Occurrence]:
    yield from _cast(node, AFTER.keys, around)
    yield from _walk(AFTER, node, around)


def _cast(node: Node, others: Iterable[str], around: _Around) -> Iterator[Occurrence]:
    """The roles of an act that is named, and the states that take them."""
    act = node.entries.get("act")
    for key, value in node.entries.items():
        if act is not None and key not in others:
            yield from _key(f"role of {act.text}", key, value)
            yield from _value("state", value)


def _words(kind: str, node: Node, around: _Around | None = None) -> Iterator[Occurrence]:
    """The names on both sides of an arrow."""
    for match in _WORD.finditer(node.text):
        if around is not None and match[0] in around.roles:
            yield Occurrence(around.owner or "role", match[0], span_within(node, match.start(), match.end()))
        elif match[0] not in _SELECTORS:
            yield Occurrence(kind, match[0], span_within(node, match.start(), match.end()))


def _cells(node: Node, around: _Around) -> Iterator[Occurrence]:
    """The states that head the rows and columns of a table of relations."""
    if node.style != "|":
        return
    rows = [row.partition("#")[0] for row in around.lines[node.line : min(node.end_line, len(around.lines))]]
    written = sum(1 for row in node.text.split("\n") if row.partition("#")[0].strip())
    heads = True
    for number, row in enumerate(rows, node.line + 1):
        cells = list(_CELL.finditer(row))
        if not cells or not written:
            continue
        written -= 1
        for cell in cells[1:] if heads else cells[:1]:
            yield Occurrence("state", cell[0], Span(number, cell.start() + 1, number, cell.end() + 1))
        heads = False


def _key(kind: str, name: str, entry: Node, *, declares: bool = False) -> Iterator[Occurrence]:
    if entry.key is not None and entry.key.line == entry.key.end_line:
        yield Occurrence(kind, name, span_within(entry.key, 0, len(name)), declares)


def _value(kind: str, node: Node, *, declares: bool = False) -> Iterator[Occurrence]:
    if node.kind == "text" and node.line == node.end_line:
        yield Occurrence(kind, node.text, span_within(node, 0, len(node.text)), declares)
