"""The JSON Schemas (draft-07) that editors check and complete a file by, written from the declarations of the format.

A schema refuses what can be seen without knowing the names of a file: keys, kinds of values, bounds, the form of ids
and conditions, keys that go together. The checker says all of that too, and much more. Each keyword here speaks of one
type of value, so that types need no alternatives (`oneOf`), whose messages nobody can read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from game.kernel.orders import STANCES
from game.scenario.build.catalogue import catalogue_of
from game.scenario.schema import grammar
from game.scenario.schema.blocks import Block, Either, Items, Key, Lines, Mixed, Table
from game.scenario.schema.declarations import CATALOGUE, FORMAT, OVERLAID, SCENARIO
from game.scenario.schema.effects import AFTER, CHANGE, DONE, SPECIAL
from game.scenario.schema.names import ID
from game.scenario.schema.types import (
    IN_GRAMMAR,
    LARGEST,
    NO_NAMES,
    RESERVED,
    Amount,
    Choice,
    Moment,
    Number,
    Occasion,
    Reference,
    Shape,
    Text,
    Truth,
)

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
_DATE = "^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$"
_PERCENTAGE = "^[0-9]{1,3}(?:[.][0-9]{1,6})?%$"
_ARTICLE = re.compile(r"^(?:an?|the) ")
_DEFINED = {
    "mean": ("sd", ("low", "mode", "high")),
    "low": ("high", ("mean", "sd")),
    "mode": ("low", ("mean", "sd")),
    "sd": ("mean", ("low", "mode", "high")),
    "high": ("low", ("mean", "sd")),
}
"""The parts of a spread: what each needs beside it, and what it bars."""


def file_name(kind: str) -> str:
    """What the schema of a kind of file is called: `scenario-1.json`."""
    return f"{kind}-{FORMAT}.json"


def texts() -> dict[str, str]:
    """Every schema as text, by the name of its file."""
    made = {"scenario": scenario_schema(), "catalogue": catalogue_schema()}
    return {file_name(kind): f"{json.dumps(each, ensure_ascii=False, indent=1)}\n" for kind, each in made.items()}


def scenario_schema() -> Schema:
    """The schema of a scenario."""
    writer = _Writer()
    made = writer.block(Block(f"Realpolitik scenario, format {FORMAT}", SCENARIO))
    for name in OVERLAID:
        made["properties"][name].update(writer.overlaid(name))
    return writer.document(made)


def catalogue_schema() -> Schema:
    """The schema of a catalogue."""
    writer = _Writer()
    return writer.document(writer.block(Block(f"Realpolitik catalogue, format {FORMAT}", CATALOGUE)))


class _Writer:
    """Writes shapes, and keeps each block and language as a definition to refer to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self.blocks: dict[str, Block] = {}

    def document(self, made: Schema) -> Schema:
        """A whole schema."""
        return {"$schema": DIALECT, **made, "definitions": dict(sorted(self.definitions.items()))}

    def block(self, block: Block) -> Schema:
        """Fixed keys, what is required, and what holds between them."""
        keys = {name: self.key(key) for name, key in block.keys.items()}
        made: Schema = {"title": block.title, "type": "object", "properties": keys, "additionalProperties": False}
        required = [name for name, key in block.keys.items() if key.required]
        if required and not block.partial:
            made["required"] = required
        cases = [_case(each.key, each.value, each.needs, each.bars) for each in block.cases]
        # A change to an entry that states anew what kind of thing it is stands alone, and has to be whole.
        kinds = {"kind": [name for name in required if name != "kind"]} if block.partial and block.cases else {}
        between: dict[str, Schema | list[str]] = {
            name: _bars(other for other in block.one_of if other != name) for name in block.one_of
        }
        between |= {name: [other for other in block.together if other != name] for name in block.together}
        if cases:
            made["allOf"] = cases
        if block.one_of:
            made["anyOf"] = [{"required": [name]} for name in block.one_of]
        if between or kinds:
            made["dependencies"] = {**between, **kinds}
        return made

    def key(self, key: Key) -> Schema:
        """A key with what it is for and what holds without it."""
        said = f"{key.doc} Default: {key.fallback}." if key.fallback else key.doc
        default = {} if key.default is None else {"default": key.default}
        return {"description": said, **default, **self.shape(key.shape)}

    def shape(self, shape: Shape) -> Schema:
        """The schema of a value."""
        match shape:
            case Block():
                return self._defined(shape)
            case Table():
                return self._table(shape)
            case Items():
                return self._items(shape)
            case Either():
                return {"anyOf": [self.shape(each) for each in shape.options]}
            case Lines():
                return self._language("conditions", self._conditions)
            case Mixed():
                return self._mixed(shape)
            case _:
                return _scalar(shape)

    def overlaid(self, section: str) -> Schema:
        """A section whose entries may change those of the standard catalogue: these may leave anything out."""
        change = self.shape(OVERLAID[section])
        named = catalogue_of("standard").nodes.get(section, {})
        said = {
            name: node.entries[key].text
            for name, node in named.items()
            for key in ("name", "doc")
            if key in node.entries
        }
        return {"properties": {name: {"description": _line(said.get(name, name)), **change} for name in named}}

    def _language(self, name: str, write: Any) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # known before it is written, since it may speak of itself
            self.definitions[name] = write()
        return {"$ref": f"#/definitions/{name}"}

    def _defined(self, block: Block) -> Schema:
        slug = _ARTICLE.sub("", block.title).replace("'", "").replace(" ", "_")
        name = f"change_of_{slug}" if block.partial else slug
        while self.blocks.setdefault(name, block) != block:
            name += "_of_act"
        return self._language(name, lambda: self.block(block))

    def _table(self, table: Table) -> Schema:
        form = table.form or _name_of(table.declares) if not table.refers else grammar.NAME
        made: Schema = {"type": "object" if table.least or table.exactly else ["object", "null"]}
        if table.declares or table.refers or table.form:
            made["propertyNames"] = {"pattern": form}
        made["additionalProperties"] = self.shape(table.value)
        if table.least or table.exactly:
            made["minProperties"] = table.least or table.exactly
        if table.exactly:
            made["maxProperties"] = table.exactly
        return made

    def _items(self, items: Items) -> Schema:
        item = self.shape(items.item)
        made: Schema = {"type": "array", "items": item}
        if items.least:
            made["minItems"] = items.least
        if items.most is not None:
            made["maxItems"] = items.most
        if not items.single:
            return made
        kinds = item["type"] if isinstance(item["type"], list) else [item["type"]]
        return {**item, **made, "type": [*kinds, "array"]}

    def _conditions(self) -> Schema:
        own = {"$ref": "#/definitions/conditions"}
        groups = {"any": "One of these must hold.", "all": "All of these must hold.", "none": "None of these may hold."}
        return {
            "title": "conditions",
            "type": ["string", "array", "object"],
            "pattern": grammar.CONDITION,
            "maxLength": 200,
            "items": own,
            "properties": {name: {"description": said, **own} for name, said in groups.items()},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }

    def _mixed(self, shape: Mixed) -> Schema:
        if shape.grammar == "trigger":
            return self._language("trigger", lambda: {**self.block(AFTER), "additionalProperties": _name("A state.")})
        name = shape.grammar.replace(" ", "_")
        return self._language(name, self._of_events if shape.grammar == "effects of events" else self._of_acts)

    def _of_acts(self) -> Schema:
        amounts = {"description": "What it adds to the quantity.", **_scalar(Amount())}
        return self._effects("effects of an act", {}, amounts)

    def _of_events(self) -> Schema:
        change = _scalar(Amount())
        own = {"set": {"description": "What it is set to.", **change}}
        amounts = {**change, "description": "What it adds to the quantity, or {set: ...}."}
        # A spread and `set` are both blocks, so what holds of a spread holds only without it.
        amounts["properties"] = {**change["properties"], **own}
        amounts["minProperties"] = 1
        amounts["dependencies"] = {**change["dependencies"], "set": _bars(("mean", "sd", "low", "mode", "high"))}
        special = {name: {"description": said, **self._blocks(block)} for name, (block, said) in SPECIAL.items()}
        flags = {
            "description": "Flags that are raised, or lowered.",
            "type": "object",
            "propertyNames": {"pattern": grammar.NAME},
            "additionalProperties": {"type": "boolean"},
        }
        return self._effects("effects of an event", {**special, "flag": flags}, amounts)

    def _effects(self, title: str, special: Mapping[str, Schema], amounts: Schema) -> Schema:
        memories = {
            "description": "How one side, or each, comes to regard the other: which memory is moved, and by how much.",
            "type": "object",
            "propertyNames": {"pattern": grammar.NAME},
            "additionalProperties": _scalar(CHANGE),
        }
        return {
            "title": title,
            "type": ["object", "null"],
            "properties": dict(special),
            "patternProperties": {grammar.EFFECT_ON_RELATIONS: memories, grammar.EFFECT_ON_QUANTITIES: amounts},
            "additionalProperties": False,
        }

    def _blocks(self, block: Block) -> Schema:
        """One block, or a list of them."""
        made = self.block(block)
        if block is DONE:
            made["additionalProperties"] = _name("The state that takes this role of the act.")
        name = "_".join(re.findall(r"[a-z]+", _ARTICLE.sub("", block.title)))
        one = self._language(name, lambda: made)
        return {"anyOf": [one, {"type": "array", "items": one}]}


def _scalar(shape: Shape) -> Schema:
    match shape:
        case Text():
            return _text(shape)
        case Number():
            return {"type": "integer" if shape.whole else "number", **_bounds(shape.low, shape.high)}
        case Amount():
            return _amount(shape)
        case Truth():
            return {"type": "boolean"}
        case Choice():
            return {
                "enum": [each for word in shape.options for each in ([int(word), word] if word.isdigit() else [word])]
            }
        case Reference():
            return {"type": "string", "pattern": grammar.NAME}
        case Moment():
            return {"type": ["string", "integer"], "pattern": _DATE, "minimum": 1000, "maximum": 9999}
        case Occasion():
            return {"type": ["string", "integer"], "pattern": _DATE, "minimum": 0, "maximum": 9999}
    raise TypeError(f"no schema is written for {type(shape).__name__}")


def _text(shape: Text) -> Schema:
    made: Schema = {"type": ["string", "number"] if shape.loose else "string", "maxLength": shape.longest}
    if shape.grammar:
        made["pattern"] = shape.grammar
    elif shape.pattern is ID:
        made["pattern"] = _name_of("id")
    elif shape.pattern is not None:
        made["pattern"] = f"^(?:{shape.pattern.pattern.removesuffix(chr(92) + 'Z')})$"
    return made


def _amount(shape: Amount) -> Schema:
    bounds = _bounds(shape.low, shape.high)
    parts = {
        "mean": {"description": "The mean of a normal spread.", "type": "number", **bounds},
        "sd": {"description": "Its standard deviation.", "type": "number", **_bounds(0, None)},
        "low": {"description": "The least it can be.", "type": "number", **bounds},
        "mode": {"description": "The likeliest value.", "type": "number", **bounds},
        "high": {"description": "The most it can be.", "type": "number", **bounds},
    }
    percentage: Schema = {"pattern": _PERCENTAGE} if shape.percent else {}
    for part in parts.values() if shape.percent else ():
        part |= {"type": ["number", "string"], **percentage} if part is not parts["sd"] else {}
    return {
        "type": ["number", "object", *(["string"] if shape.percent else [])],
        **bounds,
        **percentage,
        "properties": parts,
        "additionalProperties": False,
        "minProperties": 2,
        "dependencies": {name: {"required": [needed], **_bars(barred)} for name, (needed, barred) in _DEFINED.items()},
    }


def _bounds(low: float | None, high: float | None) -> Schema:
    return {"minimum": -LARGEST if low is None else low, "maximum": LARGEST if high is None else high}


def _bars(names: Iterable[str]) -> Schema:
    """A block without some keys."""
    return {"properties": dict.fromkeys(names, False)}


def _case(key: str, value: str, needs: tuple[str, ...], bars: tuple[str, ...]) -> Schema:
    then: Schema = {"required": list(needs)} if needs else {}
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {**then, **_bars(bars)}}


def _name_of(kind: str | None) -> str:
    """The pattern of a new id of a kind: without the words that mean something else where it is named."""
    taken = set(NO_NAMES)
    if kind in IN_GRAMMAR:
        taken |= RESERVED
    if kind == "act":
        taken |= set(STANCES)
    return f"^(?!(?:{'|'.join(sorted(taken))})$){grammar.NAME.removeprefix('^')}"


def _name(said: str) -> Schema:
    return {"description": said, "type": "string", "pattern": grammar.NAME}


def _line(text: str) -> str:
    return " ".join(text.split())
