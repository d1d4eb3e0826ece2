"""The shapes of single values: each checks a node where it stands and describes itself to authors."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Protocol

from game.scenario.findings.finding import Report, shown, suggestion
from game.scenario.schema.names import ID, SECTION_OF, Names, lookalike, repaired
from game.scenario.schema.numerals import number_advice
from game.scenario.schema.synonyms import meant_key
from game.scenario.text.yaml_tree import Kind, Node

PERCENTAGE = re.compile(r"(?:[0-9]{1,3})(?:\.[0-9]{1,6})?%\Z")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_SCALARS: frozenset[Kind] = frozenset({"text", "number", "flag", "nothing"})
_SPREADS = ({"mean", "sd"}, {"low", "mode", "high"}, {"low", "high"})
_NEARLY_A_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(?:%+|percent|per cent|pct)\Z")
_TRUTHS = {
    "yes": "true", "on": "true", "y": "true", "1": "true", "always": "true", "t": "true",
    "no": "false", "off": "false", "n": "false", "0": "false", "never": "false", "f": "false",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_DATES = tuple(
    (re.compile(pattern), order)
    for pattern, order in (
        (r"([0-9]{4})[-./ ]([0-9]{1,2})", ("year", "month")),
        (r"([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})", ("year", "month", "day")),
        (r"([0-9]{1,2})[-./ ]([0-9]{4})", ("month", "year")),
        (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", ("day", "month", "year")),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", ("year", "month", "day")),
        (r"([a-z]{3,9})[ .,]+([0-9]{4})", ("month", "year")),
        (r"([0-9]{1,2})\.? ([a-z]{3,9}) ([0-9]{4})", ("day", "month", "year")),
        (r"([a-z]{3,9}) ([0-9]{1,2}),? ([0-9]{4})", ("month", "day", "year")),
        (r"([0-9]{4})[- ]?q([1-4])", ("year", "quarter")),
        (r"q([1-4])[- ]?([0-9]{4})", ("quarter", "year")),
        (r"([0-9]{4})-([0-9]{2})-([0-9]{2})[t ].*", ("year", "month", "day")),
    )
)
_LONGEST_ID = 40
LARGEST = 1e9
"""The greatest number of a file: its sums are exact on the grid of factors. What is larger has another unit."""
_UNSPACED = re.compile(r"([a-z][a-z0-9_]*):(?!//)(\S.*)\Z", re.DOTALL)
_SPREAD_HELP = "write {mean: 4, sd: 1}, {low: 2, mode: 3, high: 6} or {low: 2, high: 6}"
_FOUND: Mapping[Kind, str] = {"block": "a block of 'key: value' lines", "list": "a list", "nothing": "nothing"}
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

    def advice(self, node: Node) -> str | None:
        """What to write in place of a value of another kind."""

    def check(self, node: Node, context: Context) -> bool:
        """Whether the node has this shape; reports what is wrong."""


def refused(node: Node, shape: Shape, context: Context, help_: str | None = None) -> bool:
    """Report a value of the wrong kind; says nothing about what was broken before."""
    if node.kind != "broken" and not context.report.full:
        found = _FOUND.get(node.kind) or shown(node.text)
        tight = _UNSPACED.match(node.text) if node.kind == "text" and node.style is None else None
        if tight is not None and "block" in shape.kinds:
            help_ = f"put a space after the colon: '{tight[1]}: {tight[2][:40]}'"
            context.report.add("Y029", node.span, f"there is no space after the colon of {shown(tight[1])}", help_)
            return False
        message = f"expected {shape.described()}, found {found}"
        context.report.add("S003", node.span, message, help_ or shape.advice(node))
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
    example: str = ""
    kinds: ClassVar[frozenset[Kind]] = frozenset({"text", "number", "flag", "nothing"})

    def described(self) -> str:
        return self.what

    def advice(self, node: Node) -> str | None:
        if node.kind in ("number", "flag") and (self.pattern is None or self.pattern.match(node.text)):
            return f'put it in quotes: "{node.text}"'
        if node.kind in ("block", "list") and node.style == "flow":
            return "a text that starts with { or [ must be quoted"
        if node.kind == "block":
            return "a text with ': ' in it must be quoted"
        if node.kind == "list":
            return "write one text, not a list"
        return f"write {self.what}" + (f", such as {self.example}" if self.example else "")

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "text" and not (self.loose and node.kind == "number"):
            return refused(node, self, context)
        if len(node.text) > self.longest:
            message = f"the text has {len(node.text)} characters, and {self.longest} is the most"
            context.report.add("S004", node.span, message, "shorten it")
            return False
        if self.pattern is ID and not (ID.match(node.text) and node.text not in NO_NAMES):
            context.report.add("S008", node.span, f"{shown(node.text)} is not an id", id_advice(node.text))
            return False
        if self.pattern is not None and not self.pattern.match(node.text):
            context.report.add("S004", node.span, f"{shown(node.text)} is not {self.what}", self._form(node))
            return False
        return True

    def _form(self, node: Node) -> str:
        if "\n" in node.text:
            return "write it on one line, or after '>-', which joins lines"
        if not node.text:
            return "write something, or leave the key out"
        return f"write it like {self.example}" if self.example else f"write {self.what}"


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds."""

    low: float | None = None
    high: float | None = None
    whole: bool = False
    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return ("a whole number" if self.whole else "a number") + _bounds(self.low, self.high)

    def advice(self, node: Node) -> str | None:
        if node.kind == "block" and node.entries.keys() & {"mean", "low", "high", "sd"}:
            return "this is one number, not a spread"
        if self.whole and isinstance(node.value, float):
            return f"write {round(node.value)}" if abs(node.value) <= LARGEST else None
        return _number_example(self.low, self.high, node)

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
        what = "a share such as 80%, or a number" if self.percent else "a number"
        return f"{what}{_bounds(self.low, self.high)}"

    def advice(self, node: Node) -> str | None:
        if self.percent:
            return "write a share such as 80%, or a number from 0 to 1"
        if node.kind == "list":
            return _SPREAD_HELP
        return _number_example(self.low, self.high, node)

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "block" and not self.single:
            return self._spread(node, context)
        if self.percent and node.kind == "text" and PERCENTAGE.match(node.text):
            return self._in_range(node, float(node.text[:-1]) / 100, context)
        if node.kind != "number":
            return self._share(node, context) if self.percent else _not_a_number(node, self, context)
        return self._in_range(node, node.value, context)

    def _share(self, node: Node, context: Context) -> bool:
        """Report a text that is no share; most are percentages in another form."""
        found = _NEARLY_A_SHARE.match(node.text) if node.kind == "text" else None
        if found is None:
            return _not_a_number(node, self, context)
        context.report.add(
            "S009",
            node.span,
            f"{shown(node.text)} is not written as a percentage",
            f"write {found[1].replace(',', '.')}%",
        )
        return False

    def _in_range(self, node: Node, value: object, context: Context) -> bool:
        if isinstance(value, (int, float)) and _within(value, self.low, self.high):
            return True
        if self.percent and isinstance(value, (int, float)) and node.kind == "number" and 1 < value <= 100:
            message = f"{node.text} is more than 1, which is certain"
            context.report.add("S005", node.span, message, f"write {node.text}%")
            return False
        return _out_of_range(node, self, context)

    def _spread(self, node: Node, context: Context) -> bool:
        keys = node.entries.keys()
        for name, entry in node.entries.items():
            if name not in ("mean", "sd", "low", "mode", "high"):
                known = ("mean", "sd", "low", "mode", "high")
                meant = meant_key(name, known)
                help_ = f"did you mean {meant!r}?" if meant else suggestion(name, (*known, "set")) or _SPREAD_HELP
                context.report.add("S001", entry.place, f"unknown key {shown(name)} in a spread", help_)
                return False
        if keys not in _SPREADS:
            message = f"a spread of {' and '.join(keys) or 'nothing'} is incomplete"
            context.report.add("S018", node.span, message, _SPREAD_HELP)
            return False
        bound = Amount(self.low, self.high, self.percent, single=True)
        parts = {name: Number(0) if name == "sd" else bound for name in keys}
        if not every(parts[name].check(part, context) for name, part in node.entries.items()):
            return False
        values = [number_of(node.entries[name]) for name in ("low", "mode", "high") if name in keys]
        if values != sorted(values):
            names = " and ".join(name for name in ("low", "mode", "high") if name in keys)
            rising = ", ".join(
                f"{name}: {number:g}" for name, number in zip(names.split(" and "), sorted(values), strict=True)
            )
            context.report.add("S011", node.span, f"{names} are not in rising order", f"write {{{rising}}}")
            return False
        return True


@dataclass(frozen=True, slots=True)
class Truth:
    """true or false."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "true or false"

    def advice(self, node: Node) -> str | None:
        meant = _TRUTHS.get(node.text.lower())
        return f"write {meant}" if meant else "write true or false"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind == "flag":
            return True
        return refused(node, self, context)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]
    what: str = ""
    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return self.what or ("one of " if len(self.options) > 1 else "") + ", ".join(self.options)

    def advice(self, node: Node) -> str | None:
        return f"write {' or '.join(self.options)}"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        if node.text in self.options:
            return True
        message = f"{shown(node.text)} is not {self.described()}"
        context.report.add("S006", node.span, message, suggestion(node.text, self.options) or self.advice(node))
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

    def advice(self, node: Node) -> str | None:
        if node.kind == "list":
            return f"name one {self.kind}, without brackets"
        return f"write the id it has under '{SECTION_OF.get(self.kind, self.kind)}'"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind != "text":
            return refused(node, self, context)
        if node.text in self.extra or context.names.has(self.kind, node.text):
            return True
        known = [*context.names.of(self.kind), *self.extra]
        help_ = (
            None if context.names.known.get(self.kind) else f"declare it under '{SECTION_OF.get(self.kind, self.kind)}'"
        )
        context.report.unknown(self.kind, node.text, node.span, known, help_=help_)
        return False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date: a year, a month or a day."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "a date such as 2012-02 or 2012-02-26"

    def advice(self, node: Node) -> str | None:
        meant = date_meant(node.text)
        return f"write {meant}" if meant else "write the year, then the month, then the day: 2012-02-26"

    def check(self, node: Node, context: Context) -> bool:
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        if date_of(node.text) is not None:
            return True
        if _DATE.match(node.text):
            help_ = "months run from 01 to 12, and each has its days: 2012-02-26"
            context.report.add("S016", node.span, f"there is no date {node.text}", help_)
        else:
            context.report.add("S019", node.span, f"{shown(node.text)} is not {self.described()}", self.advice(node))
        return False


@dataclass(frozen=True, slots=True)
class Occasion:
    """A turn, or a date; a number below 1000 is a turn."""

    kinds: ClassVar[frozenset[Kind]] = _SCALARS

    def described(self) -> str:
        return "a turn, or a date such as 2012-02"

    def advice(self, node: Node) -> str | None:
        turn = re.fullmatch(r"(?:turn|t) ?([0-9]{1,3})", node.text.lower())
        if turn:
            return f"write the number alone: {turn[1]}"
        if node.kind == "list":
            return "an event is at one turn; write an event for each, or 'window' or 'mean_turns'"
        if node.kind == "block":
            return "between two turns it is a window: 'window: {low: 2, high: 4}'"
        meant = date_meant(node.text)
        return f"write {meant}" if meant else "write a turn such as 3, or a date such as 2012-02"

    def check(self, node: Node, context: Context) -> bool:
        if is_turn(node):
            return Number(0, whole=True).check(node, context)
        if node.kind not in ("text", "number"):
            return refused(node, self, context)
        if not _DATE.match(node.text):
            context.report.add("S019", node.span, f"{shown(node.text)} is not {self.described()}", self.advice(node))
            return False
        return Moment().check(node, context)


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


def date_meant(text: str) -> str | None:
    """The date that a text in another order or form means, where there is only one it can mean."""
    if len(text) > 40:
        return None
    for pattern, order in _OTHER_DATES:
        found = pattern.fullmatch(text.strip().lower())
        if found is not None:
            given = {name: found[place] for place, name in enumerate(order, 1)}
            return _written_date(given)
    return None


def _written_date(given: Mapping[str, str]) -> str | None:
    month = given.get("month", "")
    if given.get("quarter"):
        month = str(int(given["quarter"]) * 3 - 2)
    elif month.isalpha():
        month = str(_MONTHS.index(month[:3]) + 1) if month[:3] in _MONTHS else ""
    if not month:
        return None
    parts = [given["year"], f"{int(month):02}", *([f"{int(given['day']):02}"] if given.get("day") else [])]
    written = "-".join(parts)
    return written if date_of(written) else None


def id_advice(name: str) -> str:
    """What to write instead of a key that can't be an id."""
    if name in NO_NAMES:
        read_as = "nothing" if name == "null" else "a yes or no"
        return f"unquoted, {name} is read as {read_as} wherever the id would be named; choose another id"
    meant = repaired(name)
    other = lookalike(name)
    if other is not None:
        called = unicodedata.name(other, "another letter").title()
        return f"the {other!r} in it is not the Latin letter it looks like ({called}): write {meant}"
    if len(name) > _LONGEST_ID:
        return f"an id has at most {_LONGEST_ID} characters"
    return f"small letters, digits and _, a letter first{f': {meant}' if meant else ''}"


def _number_example(low: float | None, high: float | None, node: Node) -> str | None:
    if node.kind == "nothing":
        return "write a number, or leave the key out"
    if node.kind == "list":
        return "write one number, without brackets"
    bound = next((each for each in (low, high) if each is not None), 4.0)
    return f"write a number such as {_plain(bound)}"


def _within(value: float, low: float | None, high: float | None) -> bool:
    return max(-LARGEST, -LARGEST if low is None else low) <= value <= min(LARGEST, LARGEST if high is None else high)


def _out_of_range(node: Node, shape: Shape, context: Context) -> bool:
    beyond = isinstance(node.value, (int, float)) and abs(node.value) > LARGEST
    help_ = "no number goes beyond a billion; choose a larger unit" if beyond else f"write {shape.described()}"
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
    advice = None if node.kind != "text" else number_advice(node.text, quoted=bool(node.style))
    percent = PERCENTAGE.match(node.text) if node.kind == "text" else None
    if percent is not None and getattr(shape, "high", None) == 1:
        advice = f"write {float(node.text[:-1]) / 100:g}"
    if advice is None:
        return refused(node, shape, context)
    context.report.add("S009", node.span, f"{shown(node.text)} is not written as a number", advice)
    return False
