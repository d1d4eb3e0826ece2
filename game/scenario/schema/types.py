"""The shapes values may have: each checks a node where it stands and describes itself to authors."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal, Protocol

from game.scenario.findings.finding import Report, shown, suggestion
from game.scenario.schema.names import Names
from game.scenario.text.yaml_tree import Kind, Node

ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
PERCENTAGE = re.compile(r"(?:[0-9]{1,3})(?:\.[0-9]{1,6})?%\Z")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_SCALARS: frozenset[Kind] = frozenset({"text", "number", "flag", "nothing"})
_LIST: frozenset[Kind] = frozenset({"list"})
_SPREADS = ({"mean", "sd"}, {"low", "mode", "high"}, {"low", "high"})
LARGEST = 1e9
"""The greatest number of a file: its sums are exact on the grid of factors. What is larger has another unit."""
_SPREAD_HELP = "write {mean: 4, sd: 1}, {low: 2, mode: 3, high: 6} or {low: 2, high: 6}"
_FOUND: Mapping[Kind, str] = {
    "block": "a block of 'key: value' lines",
    "list": "a list",
    "nothing": "nothing",
    "flag": "true or false",
    "number": "the number",
    "text": "the text",
}
# Words of the grammar of effects and conditions; what stands side by side there can't be called like them.
_ROLES = ("actor", "target", "giver", "holder", "subject")
RESERVED = frozenset((*_ROLES, "others", "rivals", "friends", "neighbours", "dispute", "turn", "public", "private"))
NO_NAMES = frozenset({"null", "true", "false"})
"""Written like ids, and read as other values where they stand for one."""
IN_GRAMMAR = ("state", "dispute", "event")


@dataclass(frozen=True, slots=True)
class Context:
    """What a check needs besides its node."""

    report: Report
    names: Names


class Shape(Protocol):
    """One kind of value."""

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of node it is written as."""

    def described(self) -> str:
        """What an author is told to write."""

    def check(self, node: Node, context: Context) -> bool:
        """Whether the node has this shape; reports what is wrong."""


def refused(node: Node, shape: Shape, context: Context, help_: str | None = None) -> bool:
    """Report a value of the wrong kind; says nothing about what was broken before."""
    if node.kind != "broken" and not context.report.full:
        found = _FOUND[node.kind] + (f" {shown(node.text)}" if node.kind in ("number", "text") else "")
        context.report.add("S003", node.span, f"expected {shape.described()}, found {found}", help_)
    return False


@dataclass(frozen=True, slots=True)
class Text:
    """Free text, or text of one form; `loose` takes numbers as they are written.

    `grammar` is the pattern of a line that a parser of its own reads, for editors; the parser refuses what it refuses.
    `declares` is the kind of thing that an item of a list declares.
    """

    what: str = "text"
    pattern: re.Pattern[str] | None = None
    longest: int = 4000
    loose: bool = False
    grammar: str = ""
    declares: str = ""
    kinds: ClassVar[frozenset[Kind]] = frozenset({"text", "number", "flag", "nothing"})

    def described(self) -> str:
        return self.what

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "text" and not (self.loose and node.kind == "number"):
            return refused(node, self, context, "put it in quotes" if node.kind in ("number", "flag") else None)
        if len(node.text) > self.longest:
            context.report.add("S004", node.span, f"the text is longer than {self.longest} characters")
            return False
        if self.pattern is ID and node.text in NO_NAMES:
            context.report.add("S008", node.span, f"{shown(node.text)} is not an id", "choose another id")
            return False
        if self.pattern is not None and not self.pattern.match(node.text):
            context.report.add("S004", node.span, f"{shown(node.text)} is not {self.what}")
            return False
        return True


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds."""

    low: float | None = None
    high: float | None = None
    whole: bool = False
    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return ("a whole number" if self.whole else "a number") + _bounds(self.low, self.high)

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "number":
            return _not_a_number(node, self, context)
        value = node.value
        if self.whole and not isinstance(value, int):
            return refused(node, self, context)
        if not isinstance(value, (int, float)) or not _within(value, self.low, self.high):
            return _out_of_range(node, self, context)
        return True


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the spread it is drawn from."""

    low: float | None = None
    high: float | None = None
    percent: bool = False
    single: bool = False  # a part of a spread is no spread
    kinds: ClassVar[frozenset[Kind]] = _SCALARS | {"block"}

    def described(self) -> str:
        example = "80%" if self.percent else "{mean: 4, sd: 1}"
        return f"a number{_bounds(self.low, self.high)} or, for instance, {example}"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "block" and not self.single:
            return self._spread(node, context)
        if self.percent and node.kind == "text" and PERCENTAGE.match(node.text):
            return self._in_range(node, float(node.text[:-1]) / 100, context)
        if node.kind != "number":
            return _not_a_number(node, self, context)
        return self._in_range(node, node.value, context)

    def _in_range(self, node: Node, value: object, context: Context) -> bool:
        if isinstance(value, (int, float)) and _within(value, self.low, self.high):
            return True
        return _out_of_range(node, self, context)

    def _spread(self, node: Node, context: Context) -> bool:
        keys = node.entries.keys()
        for name, entry in node.entries.items():
            if name not in ("mean", "sd", "low", "mode", "high"):
                help_ = suggestion(name, ("mean", "sd", "low", "mode", "high")) or _SPREAD_HELP
                context.report.add("S001", entry.place, f"unknown key {shown(name)} in a spread", help_)
                return False
        if keys not in _SPREADS:
            context.report.add(
                "S011", node.span, f"a spread of {', '.join(keys) or 'nothing'} is incomplete", _SPREAD_HELP
            )
            return False
        bound = Amount(self.low, self.high, self.percent, single=True)
        parts = {name: Number(0) if name == "sd" else bound for name in keys}
        if not every(parts[name].check(part, context) for name, part in node.entries.items()):
            return False
        values = [number_of(node.entries[name]) for name in ("low", "mode", "high") if name in keys]
        if values != sorted(values):
            context.report.add("S011", node.span, "low, mode and high are not in rising order", _SPREAD_HELP)
            return False
        return True


@dataclass(frozen=True, slots=True)
class Truth:
    """true or false."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "true or false"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "flag":
            return True
        words = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
        meant = words.get(node.text.lower())
        return refused(node, self, context, f"write {meant}" if meant else None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]
    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "one of " + ", ".join(self.options)

    def check(self, node: Node, context: Context) -> bool:
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        if node.text in self.options:
            return True
        context.report.add(
            "S006", node.span, f"{shown(node.text)} is not {self.described()}", suggestion(node.text, self.options)
        )
        return False


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of something declared elsewhere; `extra` are words allowed in its place."""

    kind: str
    extra: tuple[str, ...] = ()
    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return f"the id of {'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind}" + "".join(
            f" or '{each}'" for each in self.extra
        )

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "text":
            return refused(node, self, context)
        if node.text in self.extra or context.names.has(self.kind, node.text):
            return True
        context.report.unknown(self.kind, node.text, node.span, [*context.names.of(self.kind), *self.extra])
        return False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date: a year, a month or a day."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "a date such as 2012-02 or 2012-02-26"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        if date_of(node.text) is not None:
            return True
        if _DATE.match(node.text):
            context.report.add(
                "S016", node.span, f"there is no date {node.text}", "write year, month and day: 2012-02-26"
            )
        else:
            context.report.add("S004", node.span, f"{shown(node.text)} is not {self.described()}")
        return False


@dataclass(frozen=True, slots=True)
class Occasion:
    """A turn, or a date; a number below 1000 is a turn."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "a turn, or a date such as 2012-02"

    def check(self, node: Node, context: Context) -> bool:
        if is_turn(node):
            return Number(0, whole=True).check(node, context)
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        return Moment().check(node, context)


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

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "list":
            return self.item.check(node, context) if self.single else refused(node, self, context)
        count = len(node.items)
        if count < self.least or (self.most is not None and count > self.most):
            wanted = f"exactly {self.least}" if self.least == self.most else f"at least {self.least}"
            context.report.add("S007", node.place, f"expected {wanted} items, found {count}")
            return False
        return every(self.item.check(each, context) for each in node.items)


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
    kinds: ClassVar[frozenset[Kind]] = frozenset({"block", "nothing"})

    def described(self) -> str:
        return f"a block of '{self.declares or self.refers or 'key'}: ...' lines"

    def check(self, node: Node, context: Context) -> bool:
        return not self.invalid(node, context)

    def invalid(self, node: Node, context: Context) -> frozenset[str]:
        """The keys whose entries failed; `*` when the whole block did."""
        if node.kind not in ("block", "nothing"):
            refused(node, self, context)
            return frozenset("*")
        if len(node.entries) < self.least:
            context.report.add("S007", node.place, f"expected at least {self.least} entries, found {len(node.entries)}")
            return frozenset("*")
        wrong = [
            name
            for name, entry in node.entries.items()
            if not (self._key(name, entry, context) and self.value.check(entry, context))
        ]
        return frozenset(wrong)

    def _key(self, name: str, entry: Node, context: Context) -> bool:
        if self.declares and not ID.match(name):
            meant = _NOT_IN_ID.sub("_", name[:60].lower()).strip("_")[:40]
            help_ = f"small letters, digits and _, a letter first{f': {meant}' if ID.match(meant) else ''}"
            if " {" in name:
                help_ = f"write '{meant_name(name)[:40]}: {{...}}'"
            context.report.add("S008", entry.place, f"{shown(name)} is not an id", help_)
            return False
        if self.declares and name in NO_NAMES:
            read_as = "nothing" if name == "null" else "a yes or no"
            help_ = f"unquoted, {name} is read as {read_as} wherever the id would be named; choose another id"
            context.report.add("S008", entry.place, f"{shown(name)} is not an id", help_)
            return False
        if self.declares in IN_GRAMMAR and name in RESERVED:
            context.report.add(
                "S010", entry.place, f"{name!r} has a meaning of its own in conditions and effects", "choose another id"
            )
            return False
        if self.refers and not context.names.has(self.refers, name):
            context.report.unknown(self.refers, name, entry.place, context.names.of(self.refers))
            return False
        return True


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

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "block":
            return refused(node, self, context)
        passed = True
        for name, entry in node.entries.items():
            key = self.keys.get(name)
            if key is None:
                passed = self._unknown(name, entry, node, context)
            elif not key.shape.check(entry, context):
                passed = False
        return passed if self.partial else self._complete(node, context) and passed

    def _unknown(self, name: str, entry: Node, node: Node, context: Context) -> bool:
        if not context.report.full:
            left = [each for each in self.keys if each not in node.entries]
            help_ = suggestion(name, left) or suggestion(name, self.keys) or "it takes: " + ", ".join(self.keys)
            if node.style == "flow" and entry.kind == "nothing":
                help_ = "a text with a comma inside { } must be quoted"
            context.report.add("S001", entry.place, f"unknown key {shown(name)} in {self.title}", help_)
        return False

    def _complete(self, node: Node, context: Context) -> bool:
        missing = [name for name, key in self.keys.items() if key.required and name not in node.entries]
        # A misspelt key explains a missing one; saying both would be one slip twice.
        if missing and all(name in self.keys for name in node.entries):
            context.report.add("S002", node.place, f"{self.title} lacks {', '.join(map(repr, missing))}")
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

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "list":
            return every(self.check(each, context) for each in node.items)
        if node.kind != "block":
            return node.kind == "text" or refused(node, self, context)
        if len(node.entries) != 1:
            context.report.add("S007", node.span, "expected exactly one of any, all, none in a group of conditions")
            return False
        ((name, entry),) = node.entries.items()
        if name not in self.groups:
            help_ = suggestion(name, self.groups) or "a condition with ': ' in it must be quoted"
            context.report.add("S001", entry.place, f"unknown key {shown(name)} in a condition", help_)
            return False
        return self.check(entry, context)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A block whose keys are read by a grammar of their own."""

    what: str
    grammar: Literal["effects of acts", "effects of events", "trigger"]
    kinds: ClassVar[frozenset[Kind]] = frozenset({"block", "nothing"})

    def described(self) -> str:
        return self.what

    def check(self, node: Node, context: Context) -> bool:
        return node.kind in self.kinds or refused(node, self, context)


def meant_name(key: str) -> str:
    """The id of an entry that lacks its colon: `mood {half_life: 2}`."""
    return key.partition(" {")[0].strip()


def every(checks: Iterable[bool]) -> bool:
    """Whether all hold, having looked at each, so that every fault is reported."""
    return all(tuple(checks))


def number_of(node: Node) -> float:
    """A checked number, percentages as shares."""
    if isinstance(node.value, (int, float)):
        return node.value
    return float(node.text[:-1]) / 100 if node.text.endswith("%") else 0.0


def is_turn(node: Node) -> bool:
    """Whether an occasion is written as a turn."""
    return isinstance(node.value, (int, float)) and node.kind == "number" and node.value < 1000


@lru_cache(1024)
def date_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a text, or None when there is no such date."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return year, month, day


def _within(value: float, low: float | None, high: float | None) -> bool:
    return max(-LARGEST, -LARGEST if low is None else low) <= value <= min(LARGEST, LARGEST if high is None else high)


def _out_of_range(node: Node, shape: Shape, context: Context) -> bool:
    beyond = isinstance(node.value, (int, float)) and abs(node.value) > LARGEST
    help_ = "no number goes beyond a billion; choose a larger unit" if beyond else None
    context.report.add("S005", node.span, f"{node.text} is out of range: expected {shape.described()}", help_)
    return False


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f" of at least {_plain(low)}"
    return f" of at most {_plain(high)}" if low is None else f" from {_plain(low)} to {_plain(high)}"


def _plain(bound: float | None) -> str:
    return "" if bound is None else str(int(bound)) if bound == int(bound) else f"{bound:g}"


def _not_a_number(node: Node, shape: Shape, context: Context) -> bool:
    if node.kind != "text":
        return refused(node, shape, context)
    reason = _numeric_mistake(node)
    if reason is None:
        return refused(node, shape, context)
    context.report.add("S009", node.span, f"{shown(node.text)} is not written as a number", reason)
    return False


def _numeric_mistake(node: Node) -> str | None:
    """What to do about a text that was meant as a number."""
    text = node.text
    if node.style:
        return "remove the quotes" if re.fullmatch(r"[-+]?[0-9.]{1,40}", text) else None
    if "\N{MINUS SIGN}" in text or text.startswith(("\N{EN DASH}", "\N{EM DASH}")):
        return "this is a typographic minus; type '-'"
    if text.lower().lstrip("+-.") in ("inf", "nan", "infinity"):
        return "write a finite number"
    if re.fullmatch(r"[-+]?[0-9]+(?:[.eE+-][0-9eE+-]*)?", text):
        return "write it without leading zeros" if len(text) < 16 else "write a number of at most 15 digits"
    if re.fullmatch(r"[-+]?[0-9][0-9,_' ]*(?:\.[0-9]+)?", text):
        return f"write {re.sub(r'[,_ ]', '', text)[:20].replace(chr(39), '')}"
    if re.fullmatch(r"0[xo][0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?%", text):
        return "write a decimal number"
    return None
