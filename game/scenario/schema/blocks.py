"""The shapes of what holds other values: lists, blocks, tables and lines, each of which checks what is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from game.scenario.findings.finding import Label, shown, suggestion
from game.scenario.schema.grammar import PAIR
from game.scenario.schema.names import ID, SECTION_OF, repaired
from game.scenario.schema.synonyms import PLANNED, meant_key
from game.scenario.schema.types import (
    IN_GRAMMAR,
    NO_NAMES,
    RESERVED,
    Amount,
    Context,
    Reference,
    Shape,
    Text,
    every,
    id_advice,
    meant_name,
    refused,
)
from game.scenario.text.yaml_tree import SHIFTED, Kind, Node

_LIST: frozenset[Kind] = frozenset({"list"})
_OWN_QUANTITIES = ("stats",)
_BLOCKS: frozenset[Kind] = frozenset({"block", "broken"})


@dataclass(frozen=True, slots=True)
class Items:
    """A list; one value may stand for a list of one where `single`."""

    item: Shape
    least: int = 0
    most: int | None = None
    single: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        return _LIST | self.item.kinds if self.single else _LIST

    def described(self) -> str:
        return f"a list, each item {self.item.described()}"

    def advice(self, node: Node) -> str | None:
        if node.kind == "text":
            parts = [each.strip() for each in re.split(r",| and |;", node.text[:200]) if each.strip()]
            return f"write [{', '.join(parts)}]"
        if node.kind == "block" and node.style == "flow":
            return "put square brackets around it: [{...}]"
        if node.kind == "block":
            return "begin each item with '- ', or write it in square brackets"
        return "write it in square brackets: [...]"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "list":
            alone = self.single and node.kind in self.item.kinds
            return self.item.check(node, context) if alone else refused(node, self, context)
        count = len(node.items)
        if count < self.least or (self.most is not None and count > self.most):
            wanted = f"exactly {self.least}" if self.least == self.most else f"at least {self.least}"
            message = f"expected {wanted} {'item' if self.least == 1 else 'items'}, found {count}"
            more = "add" if count < self.least else "take out"
            context.report.add(
                "S007", node.place, message, f"{more} {abs(count - self.least)}: each is {self.item.described()}"
            )
            return False
        return every(self.item.check(each, context) for each in node.items) and self._once(node, context)

    def _once(self, node: Node, context: Context) -> bool:
        """Point out what a list of names has twice; where two are wanted, their meaning is judged elsewhere."""
        if (
            self.least > 1
            or not isinstance(self.item, (Reference, Text))
            or getattr(self.item, "pattern", ID) is not ID
        ):
            return True
        seen: dict[str, Node] = {}
        for each in node.items:
            first = seen.setdefault(each.text, each)
            if first is not each:
                label = Label(first.span, "first named here")
                context.report.add("S040", each.span, f"{shown(each.text)} is named twice", "take one out", (label,))
        return True


@dataclass(frozen=True, slots=True)
class Table:
    """A block whose keys the author chooses: new ids, names declared elsewhere, or anything.

    For editors, where whoever builds the record says more: `form` is the pattern of keys that are neither, such as
    pairs of states, and `exactly` how many entries there are, 0 for any number.
    """

    value: Shape
    declares: str | None = None
    refers: str | None = None
    least: int = 0
    form: str = ""
    exactly: int = 0
    example: str = ""
    kinds: ClassVar[frozenset[Kind]] = frozenset({"block", "nothing"})

    def described(self) -> str:
        return f"entries such as '{self._example()}: …'"

    def _example(self) -> str:
        return f"id of the {self.declares}" if self.declares else f"the {self.refers}" if self.refers else "key"

    def advice(self, node: Node) -> str | None:
        if self.example:
            return f"write {self.example}"
        if node.key is not None and "." in node.key.text:
            head, _, tail = node.key.text.partition(".")
            return f"write {head}: {{{tail}: {node.text or '…'}}}"
        if node.kind == "list":
            return "write 'id: …' for each, without the dash; entries are told apart by their ids"
        if node.kind == "text" and node.text:
            return f"write {{{node.text.partition(' ')[0].rstrip(':,')[:40]}: …}}"
        return f"write {{{(self.declares or self.refers or 'key').replace(' ', '_')}: …}}"

    def check(self, node: Node, context: Context) -> bool:
        return not self.invalid(node, context)

    def invalid(self, node: Node, context: Context) -> frozenset[str]:
        """The keys whose entries failed; `*` when the whole block did."""
        if node.kind not in ("block", "nothing"):
            refused(node, self, context)
            return frozenset("*")
        if len(node.entries) < self.least:
            message = f"expected at least {self.least} entries, found {len(node.entries)}"
            context.report.add("S007", node.place, message, f"add {self._example()}")
            return frozenset("*")
        wrong: list[str] = []
        before = ""
        alien = False
        for name, entry in node.entries.items():
            slipped, strange = self._misplaced(name, entry), self._strange(entry)
            # Of several keys that have slipped out of one entry, or entries of another section, the first is enough.
            run = slipped and before in wrong and self._misplaced(before, node.entries[before])
            if run or (strange and alien) or not self._entry(name, entry, context):
                wrong.append(name)
                # What has slipped out of the entry above it is missing there.
                wrong += [before] if slipped and before else []
            before, alien = name, strange
        return frozenset(wrong)

    def _strange(self, entry: Node) -> bool:
        """Whether an entry is a block none of whose keys belongs here."""
        inner = isinstance(self.value, Block) and entry.kind == "block" and bool(entry.entries)
        return inner and isinstance(self.value, Block) and not entry.entries.keys() & self.value.keys.keys()

    def _misplaced(self, name: str, entry: Node) -> bool:
        """Whether a key stands a level too far left, below the entry it belongs to."""
        inner = isinstance(self.value, Block) and name in self.value.keys
        return self.declares is not None and inner and entry.kind not in _BLOCKS

    def _entry(self, name: str, entry: Node, context: Context) -> bool:
        if self.form == PAIR and "->" not in name:
            return True
        return self._key(name, entry, context) and self.value.check(entry, context)

    def _key(self, name: str, entry: Node, context: Context) -> bool:
        if self._misplaced(name, entry) and isinstance(self.value, Block):
            message = f"{shown(name)} is a key of {self.value.title}, and stands here as if it were an entry of its own"
            deeper = f"indent it by {entry.place.column + 1} spaces"
            where = deeper if entry.place.column > 1 else "indent it as the keys it belongs to"
            context.report.add("S020", entry.place, message, f"{where}, below the line with the id of its entry")
            return False
        if self.declares and not (ID.match(name) and name not in NO_NAMES):
            return self._no_id(name, entry, context)
        if self.declares in IN_GRAMMAR and name in RESERVED:
            message = f"{name!r} is a word of conditions and effects"
            context.report.add("S021", entry.place, message, "choose another id")
            return False
        if self.refers and not context.names.has(self.refers, name):
            known = context.names.of(self.refers)
            help_ = None if context.names.known.get(self.refers) else f"declare it under '{SECTION_OF[self.refers]}'"
            context.report.unknown(self.refers, name, entry.place, known, help_=help_)
            return False
        return True

    def _no_id(self, name: str, entry: Node, context: Context) -> bool:
        help_ = f"write '{meant_name(name)[:40]}: {{...}}'" if " {" in name else id_advice(name)
        context.report.add("S008", entry.place, f"{shown(name)} is not an id", help_)
        context.report.declined(self.declares, repaired(meant_name(name)) or name)
        return False


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a block: `default` is what is built where it is left out, or `otherwise` says in words what holds."""

    shape: Shape
    doc: str
    required: bool = False
    default: float | bool | str | None = None
    otherwise: str = ""

    @property
    def fallback(self) -> str:
        """What an author reads of an entry that is left out; empty where nothing stands in its place."""
        if self.default is None or isinstance(self.default, str):
            return self.default or self.otherwise
        if isinstance(self.default, bool):
            return "true" if self.default else "false"
        percent = isinstance(self.shape, Amount) and self.shape.percent
        return f"{100 * self.default:g}%" if percent else f"{self.default:g}"


@dataclass(frozen=True, slots=True)
class Case:
    """What goes with one value of a key: the keys it needs, and those that have no place beside it."""

    key: str
    value: str
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block with fixed keys.

    What holds between keys (`one_of`: exactly one of them; `together`: all or none; `cases`) is declared for editors;
    whoever builds the record says it in words of its own.
    """

    title: str
    keys: Mapping[str, Key]
    partial: bool = False  # a change to an entry of the catalogue may leave anything out
    one_of: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    kinds: ClassVar[frozenset[Kind]] = frozenset({"block"})

    def described(self) -> str:
        return f"a block with the keys of {self.title}"

    def advice(self, node: Node) -> str | None:
        needed = [name for name, key in self.keys.items() if key.required] or list(self.keys)[:3]
        return f"write {{{', '.join(f'{name}: …' for name in needed)}}}"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "block":
            return refused(node, self, context)
        passed = True
        torn = self._torn(node)
        if torn is not None:
            before, after = torn
            message = f"the comma ends the text of {shown(before)}, and {shown(after.text)} is read as another key"
            words = after.text.split()
            if len(words) > 1 and words[0] in self.keys and words[0] not in node.entries:
                help_ = f"write '{words[0]}: {' '.join(words[1:])[:40]}'"
                context.report.add("Y023", after.span, f"there is no ':' after the key {shown(words[0])}", help_)
            else:
                context.report.add("Y030", after.span, message, f"put the text of {shown(before)} in quotes")
            return False
        if len(node.entries) > 1 and not node.entries.keys() & self.keys.keys():
            return self._foreign(node, context)
        for name, entry in node.entries.items():
            key = self.keys.get(name)
            if key is None:
                passed = self._unknown(name, entry, node, context)
            elif not key.shape.check(entry, context):
                passed = False
        return passed if self.partial else self._complete(node, context) and passed

    def _foreign(self, node: Node, context: Context) -> bool:
        """Report a block none of whose keys is right: it is one slip, whoever made it."""
        first = next(iter(node.entries.values()))
        names = ", ".join(map(shown, list(node.entries)[:4])) + (" and more" if len(node.entries) > 4 else "")
        near = next(filter(None, (self._near(name, node) for name in node.entries)), "")
        help_ = f"{near}; {self.title} takes: {', '.join(self.keys)}".removeprefix("; ")
        context.report.add("S001", first.place, f"unknown keys {names} in {self.title}", help_)
        return False

    def _torn(self, node: Node) -> tuple[str, Node] | None:
        """In braces, a text that was cut at its comma: the key before it, and the first piece."""
        if node.style != "flow":
            return None
        before = ""
        for name, entry in node.entries.items():
            if (
                name not in self.keys
                and entry.kind == "nothing"
                and not entry.text
                and before
                and entry.key is not None
            ):
                plain = ID.match(name) and suggestion(name, self.keys)
                return None if plain else (before, entry.key)
            before = name
        return None

    def _unknown(self, name: str, entry: Node, node: Node, context: Context) -> bool:
        if not context.report.full and (entry.key is None or entry.key.style != SHIFTED):
            message, help_ = f"unknown key {shown(name)} in {self.title}", self.meant(name, node)
            context.report.add("S001", entry.place, message, help_)
        return False

    def meant(self, name: str, node: Node) -> str:
        """What to write instead of a key that this block does not have."""
        near = self._near(name, node)
        if near:
            return near
        inner = next((key for key in _OWN_QUANTITIES if key in self.keys), None)
        if inner and node.entries[name].kind == "number":
            return f"an attribute stands under '{inner}': {inner}: {{{name[:40]}: …}}"
        if name in PLANNED:
            return f"the format has no {name!r}; {self.title} takes: {', '.join(self.keys)}"
        return "it takes: " + ", ".join(self.keys)

    def _near(self, name: str, node: Node) -> str | None:
        """The key that was meant; where the block has it already, that it does."""
        left = [each for each in self.keys if each not in node.entries]
        other = meant_key(name, left)
        near = f"did you mean {other!r}?" if other else suggestion(name, left)
        if near:
            return near
        there = meant_key(name, self.keys) or (suggestion(name, self.keys) or "''").split("'")[1]
        return f"{there!r} is written already, in line {node.entries[there].place.line}" if there else None

    def _complete(self, node: Node, context: Context) -> bool:
        missing = [name for name, key in self.keys.items() if key.required and name not in node.entries]
        # A misspelt key explains a missing one; saying both would be one slip twice.
        if missing and all(name in self.keys for name in node.entries):
            lacking = ", ".join(map(repr, missing))
            help_ = "; ".join(
                f"add '{name}: …', {self.keys[name].doc[:1].lower()}{self.keys[name].doc[1:].rstrip('.')}"
                for name in missing
            )
            context.report.add("S002", node.place, f"{self.title} has no {lacking}", help_)
        return not missing


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes, told apart by how they are written, so that a slip is reported against one of them."""

    options: Sequence[Shape]
    what: str

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset[Kind]().union(*(each.kinds for each in self.options))

    def described(self) -> str:
        return self.what

    def advice(self, node: Node) -> str | None:
        return next(filter(None, (option.advice(node) for option in self.options if isinstance(option, Items))), None)

    def check(self, node: Node, context: Context) -> bool:
        for option in self.options:
            if node.kind in option.kinds:
                return option.check(node, context)
        return refused(node, self, context)


@dataclass(frozen=True, slots=True)
class Lines:
    """Conditions: a line, a list of lines (all must hold), or `any:`, `all:`, `none:` over such a list."""

    kinds: ClassVar[frozenset[Kind]] = frozenset({"text", "list", "block"})
    groups: ClassVar[tuple[str, ...]] = ("any", "all", "none")

    def described(self) -> str:
        return "a condition such as: bora -> cyra < -40"

    def advice(self, node: Node) -> str | None:
        return "write what must hold, such as 'turn >= 3', or leave the key out"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "list":
            return every(self.check(each, context) for each in node.items)
        if node.kind != "block":
            return node.kind == "text" or refused(node, self, context)
        if len(node.entries) != 1:
            message = "a group has one key: any, all or none"
            context.report.add(
                "C006", node.span, message, "write each group as an item of a list: [{any: […]}, {none: […]}]"
            )
            return False
        ((name, entry),) = node.entries.items()
        if name not in self.groups:
            context.report.add("C006", entry.place, f"there is no group {shown(name)}", self._meant(name, entry))
            return False
        return self.check(entry, context)

    def _meant(self, name: str, entry: Node) -> str:
        group = {"or": "any", "either": "any", "and": "all", "both": "all", "not": "none", "neither": "none"}.get(name)
        if group:
            return f"write '{group}:'"
        if entry.kind == "number":
            return f"write a comparison: '{name[:40]} >= {entry.text}'"
        if "(" in name:
            return "a condition with ': ' in it must be quoted"
        return (
            suggestion(name, self.groups) or "the groups are any, all and none; a condition with ': ' in it is quoted"
        )


@dataclass(frozen=True, slots=True)
class Mixed:
    """A block whose keys are read by a grammar of their own."""

    what: str
    grammar: Literal["effects of acts", "effects of events", "trigger"]
    help: str = ""
    kinds: ClassVar[frozenset[Kind]] = frozenset({"block", "nothing"})

    def described(self) -> str:
        return self.what

    def advice(self, node: Node) -> str | None:
        return self.help.replace("…", node.text) if node.kind == "text" and ID.match(node.text) else None

    def check(self, node: Node, context: Context) -> bool:
        return node.kind in self.kinds or refused(node, self, context)
