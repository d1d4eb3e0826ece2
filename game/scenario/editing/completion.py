"""What an author may write at a place: keys, ids, roles, memories, and the words of conditions and effects."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from game.kernel.conditions import MEASURES, TESTS
from game.scenario.build.read_values import EMPTY
from game.scenario.editing.cursor import ITEM, Cursor, cursor_at
from game.scenario.editing.document import OWN_SECTIONS, Document
from game.scenario.editing.shapes import Place, block_of, place_of
from game.scenario.schema import grammar
from game.scenario.schema.blocks import Block, Either, Items, Key, Lines, Mixed, Table
from game.scenario.schema.effects import AFTER, DONE, SPECIAL
from game.scenario.schema.types import Amount, Choice, Reference, Shape, Text, Truth
from game.scenario.text.yaml_tree import Node

Sort = Literal["key", "name", "word", "test"]

_LAST = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z|\Z")
_TEST = re.compile(r"([a-z_]+)\(([^()]*)\Z")
_SELECTORS = ("rivals of", "friends of", "neighbours of", "others")
_OF_TEST = {
    "happened": "event", "ended": "ending", "flag": "flag", "crisis": "dispute", "rung": "dispute", "at_war": "state",
}  # fmt: skip
_AFTER_COLON = {
    "holds": "dispute", "recognises": "dispute", "pledge": "pledge kind", "did": "act", "pact": "agreement kind",
    "suspended": "agreement kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be written: `text` replaces the word that is begun, `start` columns before the cursor."""

    text: str
    sort: Sort
    about: str = ""
    doc: str = ""


def suggestions(document: Document, line: int, column: int) -> tuple[str, list[Suggestion]]:
    """The word that is begun before a place, and what may stand there."""
    cursor = cursor_at(document.lines, line, column)
    place = place_of(cursor.path)
    found = _keys(document, cursor, place) if cursor.mode == "key" else _values(document, cursor, place)
    word = _LAST.search(cursor.typed)
    return word[0] if word else "", list({each.text: each for each in found}.values())


# ---- keys


def _keys(document: Document, cursor: Cursor, place: Place) -> Iterator[Suggestion]:
    block = block_of(place)
    if block is not None:
        yield from _of_block(block, cursor)
        if block in (DONE, AFTER):
            yield from _roles_of(document, cursor.beside.get("act"), cursor)
    if isinstance(place.shape, Items | Either) and cursor.typed == "":
        yield from _of_shape(document, place.shape)
    elif isinstance(place.shape, Lines):
        yield from (Suggestion(f"{each}: ", "key", "a group of conditions") for each in Lines.groups)
        yield from _in_conditions(document, cursor)
    elif isinstance(place.shape, Mixed) and block is None:
        yield from _of_effects(document, cursor, place)
    elif isinstance(place.shape, Table):
        yield from _of_table(document, cursor, place.shape)
    elif place.shape is not None and cursor.path[-1:] == (ITEM,):
        yield from _of_shape(document, place.shape)


def _of_block(block: Block, cursor: Cursor) -> Iterator[Suggestion]:
    barred = {name for name in block.one_of if not cursor.beside.keys().isdisjoint(block.one_of)}
    for name, key in block.keys.items():
        if name not in cursor.beside and name not in barred:
            yield Suggestion(f"{name}: ", "key", key.shape.described(), said(key))


def said(key: Key) -> str:
    """What a key is for, and what holds where it is left out."""
    if key.required:
        return f"{key.doc} Required."
    return f"{key.doc} Default: {key.fallback}." if key.fallback else key.doc


def _of_table(document: Document, cursor: Cursor, table: Table) -> Iterator[Suggestion]:
    if table.refers:
        yield from _names(document, [table.refers], ": ", cursor.beside)
    elif table.form == grammar.PAIR:
        yield from _names(document, ["state"], ": " if "->" in cursor.typed else " -> ")
    elif cursor.path[-1] in ("roles", "pledges") and cursor.path[0] == "acts":
        yield from (Suggestion(f"{each}: ", "name", "a role") for each in _roles(document, cursor.path[1]))
    elif cursor.path == ("parameters",) or cursor.path[:1] == ("parameters",):
        yield from _parameters(cursor)
    elif table.declares:
        # What the catalogue declares may be changed.
        inherited = document.catalogue.nodes.get(OWN_SECTIONS.get(table.declares, ""), {})
        for name, node in inherited.items():
            if name not in cursor.beside:
                yield Suggestion(f"{name}: ", "name", f"change the catalogue's {table.declares}", about(node))


def _parameters(cursor: Cursor) -> Iterator[Suggestion]:
    # Late, since the declarations of parameters bring numpy with them.
    from game.parameters import declared

    if len(cursor.path) == 1:
        yield from (Suggestion(f"{block}: ", "key", "parameters of a rule") for block in declared())
    for name, leaf in declared().get(cursor.path[1], {}).items() if len(cursor.path) == 2 else ():
        yield Suggestion(f"{name}: ", "key", f"{leaf.low:g} to {leaf.high:g}, {leaf.default:g} unless said", leaf.doc)


def _of_effects(document: Document, cursor: Cursor, place: Place) -> Iterator[Suggestion]:
    rest = tuple(step for step in place.rest if step != ITEM)
    grammar_ = place.shape.grammar if isinstance(place.shape, Mixed) else ""
    if len(rest) == 1 and rest[0] == "flag":
        yield from _names(document, ["flag"], ": ", cursor.beside)
    elif len(rest) == 1 and "->" in rest[0]:
        yield from _names(document, ["memory"], ": ", cursor.beside)
    elif len(rest) == 1 and "." in rest[0]:
        yield Suggestion("set: ", "key", "what it is set to")
    elif not rest and grammar_ != "trigger":
        yield from _of_effect_keys(document, cursor, events=grammar_ == "effects of events")


def _of_effect_keys(document: Document, cursor: Cursor, *, events: bool) -> Iterator[Suggestion]:
    roles = () if events else _roles(document, cursor.path[1])
    dotted = re.search(r"([a-z][a-z0-9_]*)\.[a-z0-9_]*\Z", cursor.typed)
    if dotted is not None:
        yield from _quantities(document, dotted[1], roles, ": ")
        return
    end = ": " if "->" in cursor.typed else ""
    yield from (Suggestion(f"{each}{end}", "name", "a role") for each in roles)
    if events or "of" in cursor.typed:
        yield from _names(document, ["state"], end)
    yield from (Suggestion(each + (" " if each != "others" else end), "word", "onlookers") for each in _SELECTORS)
    if "->" in cursor.typed:
        return
    for name in document.names.of("dispute"):
        yield Suggestion(f"{name}.tension: ", "name", "a dispute's tension")
    if not events:
        yield Suggestion("dispute.tension: ", "word", "of each dispute in which the two are opposed")
        return
    for name, (_, doc) in SPECIAL.items():
        yield Suggestion(f"{name}: ", "key", "a special effect", doc)
    yield Suggestion("flag: ", "key", "a special effect", "Flags that are raised, or lowered.")


# ---- values


def _values(document: Document, cursor: Cursor, place: Place) -> Iterator[Suggestion]:
    if isinstance(place.shape, Mixed):
        name = next((step for step in reversed(place.rest) if step != ITEM), "")
        parent = Place(place.shape, place.key, tuple(step for step in place.rest if step != ITEM)[:-1])
        block = block_of(parent)
        if block is not None and name in block.keys:
            yield from _of_shape(document, block.keys[name].shape)
        elif block in (DONE, AFTER):
            yield from _names(document, ["state"])
        elif place.rest[:1] == ("flag",):
            yield from _of_shape(document, Truth())
    elif isinstance(place.shape, Lines):
        yield from _in_conditions(document, cursor)
    elif isinstance(place.shape, Text) and cursor.path[0] == "acts" and cursor.path[-1] in ("text", "recognises"):
        yield from (Suggestion(each, "name", "a role") for each in _roles(document, cursor.path[1]))
    elif isinstance(place.shape, Text) and place.shape.grammar:
        yield from _in_conditions(document, cursor)
    elif place.shape is not None:
        yield from _of_shape(document, place.shape)


def _of_shape(document: Document, shape: Shape) -> Iterator[Suggestion]:
    match shape:
        case Choice():
            yield from (Suggestion(each, "word") for each in shape.options)
        case Truth():
            yield from (Suggestion(each, "word") for each in ("true", "false"))
        case Reference():
            yield from (Suggestion(each, "word") for each in shape.extra)
            yield from _names(document, [shape.kind])
        case Items():
            yield from _of_shape(document, shape.item)
        case Either():
            for each in shape.options:
                yield from _of_shape(document, each)
        case Amount():
            yield from (Suggestion(each, "word", "a spread") for each in ("{mean: , sd: }", "{low: , mode: , high: }"))
        case _:
            pass


def _in_conditions(document: Document, cursor: Cursor) -> Iterator[Suggestion]:
    typed = cursor.typed
    roles = _scope(document, cursor)
    asked = _TEST.search(typed)
    dotted = re.search(r"([a-z][a-z0-9_]*)\.[a-z0-9_]*\Z", typed)
    if dotted is not None:
        yield from _quantities(document, dotted[1], roles, "")
    elif asked is not None and ":" in asked[2]:
        yield from _names(document, [_AFTER_COLON.get(asked[1], "agreement kind")])
    elif asked is not None and asked[1] in _OF_TEST:
        yield from _names(document, [_OF_TEST[asked[1]]])
    else:
        yield from (Suggestion(each, "name", "a role") for each in roles)
        yield from _names(document, ["state"])
        if asked is not None and asked[1] == "did":
            yield from (Suggestion(each, "word", "whoever stands so") for each in _SELECTORS)
        if asked is None or asked[1] in ("share", "mean"):
            yield from _words(document)


def _words(document: Document) -> Iterator[Suggestion]:
    for name in document.names.of("dispute"):
        yield Suggestion(f"{name}.tension", "name", "a dispute's tension")
    for name, kind in (*TESTS.items(), *MEASURES.items()):
        yield Suggestion(f"{name}(", "test", "a test" if name in TESTS else "a number", kind.__doc__ or "")
    yield Suggestion("turn", "word", "the turn that is open, from 1")


def _quantities(document: Document, owner: str, roles: Iterable[str], end: str) -> Iterator[Suggestion]:
    if owner == "dispute" or (document.names.surely("dispute", owner) and owner not in roles):
        yield Suggestion(f"tension{end}", "name", "0 calm to 100 force")
    else:
        yield from _names(document, ["attribute"], end)


# ---- names


def _names(
    document: Document, kinds: Iterable[str], end: str = "", without: Container[str] = ()
) -> Iterator[Suggestion]:
    for kind in kinds:
        for name in sorted(document.names.of(kind)):
            if name not in without:
                yield Suggestion(f"{name}{end}", "name", f"{_a(kind)} {kind}", about(document.node(kind, name)))


def _a(kind: str) -> str:
    return "an" if kind[0] in "aeiou" else "a"


def about(node: Node) -> str:
    """What a declared thing is called, and what is said of it."""
    keys = ("name", "headline", "cite", "doc", "text", "unit")
    return " · ".join(" ".join(node.entries[key].text.split()) for key in keys if key in node.entries)


def _scope(document: Document, cursor: Cursor) -> tuple[str, ...]:
    if cursor.path[0] == "pledge_kinds":
        return ("giver", "holder")
    return _roles(document, cursor.path[1]) if cursor.path[0] == "acts" and len(cursor.path) > 1 else ()


def _roles(document: Document, act: str) -> tuple[str, ...]:
    for entries in (document.root.entries.get("acts", EMPTY).entries, document.catalogue.nodes.get("acts", {})):
        if act in entries and "roles" in entries[act].entries:
            return tuple(entries[act].entries["roles"].entries)
    return ()


def _roles_of(document: Document, act: str | None, cursor: Cursor) -> Iterator[Suggestion]:
    for role in _roles(document, act) if act else ():
        if role not in cursor.beside:
            yield Suggestion(f"{role}: ", "name", f"a role of {act}")
