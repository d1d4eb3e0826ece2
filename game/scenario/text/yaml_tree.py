"""From text to a positioned tree: an own walk over YAML's events, with limits, that nothing in a file can crash.

The parser's events are flat, so depth costs no stack. Plain scalars follow the core rules of YAML 1.2 and keys are kept
as they are written, so `no`, `12:30` and `2012-02-30` stay what their author typed.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import yaml

from game.scenario.findings.finding import (
    Finding,
    Label,
    Report,
    shown,
)
from game.scenario.spec import Span
from game.scenario.text.source import refusal
from game.text import unfit, unseen

DEEPEST = 24
MOST_VALUES = 50_000
LONGEST_TEXT = 512 * 1024

Kind = Literal["text", "number", "flag", "nothing", "list", "block", "broken"]
Scalar = str | int | float | bool | None

SHIFTED = "shifted"
"""The style of a key that stands behind blanks that are no spaces, and so not where it seems to."""
SWALLOWED = "a quoted text takes in the lines of other keys"
_KEY_LINE = re.compile(r"( *)(?:- )?[A-Za-z_][\w-]*:(?:\s|$)")
_OPENED = re.compile(r"([a-z][a-z0-9_]*)(?:(:)| )([\[{\"'])")
_BARE = re.compile(r"([a-z][a-z0-9_]*) +([-+]?[0-9][0-9.%]*)\Z")
_TIGHT = re.compile(r"([a-z][a-z0-9_]*):(?!//)(\S.*)\Z")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})\Z")
_REAL = re.compile(r"[-+]?(?:\.[0-9]{1,40}|(?:0|[1-9][0-9]{0,40})(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_NUMERIC = frozenset("-+.0123456789")
_WORDS: dict[str, tuple[Kind, Scalar]] = {
    "": ("nothing", None),
    "~": ("nothing", None),
    "null": ("nothing", None),
    "true": ("flag", True),
    "false": ("flag", False),
}


class Node:
    """One value of the file with its place: lines and columns from 1, the end one past the last character."""

    __slots__ = (
        "column",
        "end_column",
        "end_line",
        "entries",
        "items",
        "key",
        "kind",
        "line",
        "style",
        "text",
        "value",
    )

    def __init__(
        self,
        kind: Kind,
        place: tuple[int, int, int, int],
        value: Scalar = None,
        text: str = "",
        style: str | None = None,
    ) -> None:
        self.kind: Kind = kind
        self.line, self.column, self.end_line, self.end_column = place
        self.value = value
        self.text = text
        self.style = style
        self.key: Node | None = None
        # Most nodes are scalars and share the empty ones.
        self.entries: dict[str, Node] = {} if kind == "block" else _NO_ENTRIES
        self.items: list[Node] = [] if kind == "list" else _NO_ITEMS

    @property
    def span(self) -> Span:
        """The whole value; for a list or block written over lines, its first character."""
        if self.kind in ("list", "block"):
            return Span(self.line, self.column, self.line, self.column + 1)
        if self.kind == "nothing" and not self.text and self.key is not None:
            return self.key.span
        return Span(self.line, self.column, self.end_line, self.end_column)

    @property
    def place(self) -> Span:
        """Where a reader looks for it: its key, where it has one."""
        return self.key.span if self.key is not None else self.span


_NO_ENTRIES: dict[str, Node] = {}
_NO_ITEMS: list[Node] = []


class Mistake(Exception):
    """A syntax error as the YAML parser sees it; line and column from 1."""

    def __init__(self, place: tuple[int, int], problem: str, context: str, context_place: tuple[int, int]) -> None:
        super().__init__(problem)
        self.line, self.column = place
        self.problem, self.context = problem, context
        self.context_line, self.context_column = context_place


class _Enough(Exception):
    """The file goes beyond what may be read; the finding is reported already."""


def parse(text: str, report: Report, lines_before: int = 0) -> Node | None:
    """The tree of one document, None if it is empty or was given up; raises Slip for a syntax error."""
    before = len(report.findings)
    try:
        return _composed(text, report, lines_before)
    except _Enough:
        return None
    except yaml.MarkedYAMLError as error:
        given_up = _given_up_before(text, error, report.path, lines_before)
        if given_up is None:
            raise _mistake(error, lines_before) from None
        report.findings[before:] = given_up
        return None
    except yaml.YAMLError as error:
        start = (1 + lines_before, 1)
        raise Mistake(start, str(error).partition("\n")[0], "", start) from None


def _composed(text: str, report: Report, lines_before: int) -> Node | None:
    composer = _Composer(report, lines_before, text)
    loader = _LOADER(text)
    try:
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            composer.take(event)
    finally:
        loader.dispose()
    return composer.root


def _given_up_before(text: str, error: yaml.MarkedYAMLError, path: str, lines_before: int) -> list[Finding] | None:
    """The findings of a text that is given up ahead of the parser's own error, None where that error comes first.

    The parser reads up to 1,024 characters ahead of the events it hands out, and newer ones stop at a depth of their
    own. What they had not handed out yet is read again without what stopped them, so that our limits are met where
    they are whichever parser is installed.
    """
    mark = error.problem_mark or error.context_mark
    length = min(mark.index if mark else 0, len(text) - 1)
    while length > 0:
        attempt = Report(path)
        try:
            _composed(text[:length], attempt, lines_before)
        except _Enough:
            return attempt.findings
        except yaml.MarkedYAMLError:
            length //= 2
        else:
            return None
    return None


def _mistake(error: yaml.MarkedYAMLError, lines_before: int) -> Mistake:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark

    def place(at: Any) -> tuple[int, int]:
        return (at.line + 1 + lines_before, at.column + 1) if at else (1 + lines_before, 1)

    return Mistake(place(mark), error.problem or "", error.context or "", place(context))


def scalar(text: str) -> tuple[Kind, Scalar]:
    """What a plain scalar means by the core rules; a number that is not finite or absurdly long stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC:
        if _WHOLE.match(text):
            return "number", int(text)
        if _REAL.match(text):
            real = float(text)
            if math.isfinite(real):
                return "number", real
    return "text", text


_TWICE = "remove one of the two, or rename it"
_LESS = "write less of it, or split the story into several scenarios"

SHORT = 40
"""Up to how many characters a plain scalar's meaning is remembered: the same few words fill a file."""

_known_scalar = lru_cache(4096)(scalar)


def _quoted(text: str) -> tuple[Kind, Scalar]:
    return "text", text


class _Composer:
    """Builds the tree from events with a stack of its own."""

    def __init__(self, report: Report, lines_before: int, text: str) -> None:
        self.report, self.offset, self.source = report, lines_before + 1, text
        self.rows: list[str] = []
        self.again: tuple[Node, int] | None = None  # the block with the last repeated key, and how many it had then
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []
        self.count = self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, "block" if kind is yaml.MappingStartEvent else "list")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.keys.pop()
        elif kind is yaml.AliasEvent:
            place = self._place(event)
            self.report.add("Y010", Span(*place), f"the alias *{event.anchor} is not allowed", "write the value out")
            self._put(Node("broken", place))
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def _place(self, event: Any) -> tuple[int, int, int, int]:
        start, end = event.start_mark, event.end_mark
        return start.line + self.offset, start.column + 1, end.line + self.offset, end.column + 1

    def _scalar(self, event: Any) -> None:
        place = self._place(event)
        text, style = event.value, event.style or None
        if len(text) > LONGEST_TEXT:
            self._give_up("Y007", place, f"a text is longer than {LONGEST_TEXT // 1024} KiB")
        if event.anchor or event.tag is not None:
            self._refuse_decoration(event, place)
        self._judge(text, place, style)
        if place[2] > place[0] and style in ("'", '"'):
            self._closed_in_time(place)
        if self.stack and self.stack[-1].kind == "block" and self.keys[-1] is None:
            self.keys[-1] = Node("text", place, text, text, style)
            if text == "<<" and style is None:
                self.report.add("Y012", Span(*place), "merge keys (<<) are not allowed", "write the entries out")
                self.keys[-1] = Node("broken", place)
            return
        if event.tag is not None:
            self._put(Node("broken", place))
            return
        if style is None:
            kind, value = _known_scalar(text) if len(text) <= SHORT else scalar(text)
        else:
            kind, value = _quoted(text)
        self._put(Node(kind, place, value, text, style))

    def _closed_in_time(self, place: tuple[int, int, int, int]) -> None:
        """Refuse a quoted text that takes in lines of other keys: YAML 1.2 wants them indented deeper than its own."""
        rows = self.rows = self.rows or self.source.split("\n")
        first = place[0] - self.offset
        width = len(rows[first]) - len(rows[first].lstrip(" "))
        for number in range(first + 1, place[2] - self.offset + 1):
            found = _KEY_LINE.match(rows[number])
            if found is not None and len(found[1]) <= width:
                raise Mistake((place[2], 1), SWALLOWED, "while scanning a quoted scalar", place[:2])

    def _judge(self, text: str, place: tuple[int, int, int, int], style: str | None) -> None:
        """What is wrong with the characters of a key or value, now that its escapes are decoded."""
        found = unfit(text)
        if found is not None:
            code, span, message, help_ = refusal(found, Span(*place))
            if style == '"' and found.character.isascii():
                help_ = (
                    "in double quotes a backslash starts an escape; write \\\\ for a backslash, or use single quotes"
                )
            self.report.add(code, span, message, help_)
        elif unseen(text):
            self.report.add("Y018", Span(*place), "nothing in this text can be seen", "write words, or leave it out")

    def _open(self, event: Any, kind: Kind) -> None:
        place = self._place(event)
        if len(self.stack) >= DEEPEST:
            self._give_up("Y005", (*place[:2], place[0], place[1] + 1), f"nested deeper than {DEEPEST} levels")
        if event.anchor or event.tag is not None:
            self._refuse_decoration(event, place)
        node = Node(kind, place, style="flow" if event.flow_style else None)
        if self.stack and self.stack[-1].kind == "block" and self.keys[-1] is None:
            self.report.add(
                "Y016", node.span, "a key must be a word, not a list or a block", "quote a text that starts with { or ["
            )
            self.keys[-1] = Node("broken", place)
        else:
            self._put(node)
        self.stack.append(node)
        self.keys.append(None)

    def _put(self, node: Node) -> None:
        """Hang a finished value where it belongs."""
        self.count += 1
        if self.count > MOST_VALUES:
            self._give_up(
                "Y006", (node.line, node.column, node.line, node.column + 1), f"more than {MOST_VALUES} values"
            )
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if parent.kind == "list":
            parent.items.append(node)
            return
        key, self.keys[-1] = self.keys[-1], None
        if key is None:  # an alias in a key's place
            self.keys[-1] = node
        elif key.kind == "text" and not self._is_split_number(parent, key, node):
            self._enter(parent, key, node)

    def _enter(self, parent: Node, key: Node, node: Node) -> None:
        if key.style is None and not key.text.isidentifier():
            key, node = self._parted(parent, key, node)
        node.key = key
        first = parent.entries.setdefault(key.text, node)
        if first is not node and first.key is not None:
            self._repeated(parent, key, first)
            if first.kind == "nothing" and not first.text:
                parent.entries[key.text] = node  # a line that was written twice, and has its block below the second

    def _repeated(self, parent: Node, key: Node, first: Node) -> None:
        """Report a key that its block has already; of several in a row the first: a line above them is missing."""
        before, self.again = self.again, (parent, len(parent.entries))
        if before == self.again and len(self.stack) > 2:
            last = self.report.findings[-1]
            if last.code == "Y015" and last.help == _TWICE:
                help_ = "the line with the id of the entry that begins here is missing"
                self.report.findings[-1] = replace(last, help=help_)
                self.report.declined(self.section, "")
            return
        label = Label(first.place, "first written here")
        message = f"the key {shown(key.text)} is written twice in one block"
        self.report.add("Y015", key.span, message, _TWICE, (label,))
        if len(self.stack) == 2:
            self.report.declined(self.section, key.text)

    @property
    def section(self) -> str | None:
        """The key of the section that is being read."""
        found = next(reversed(self.stack[0].entries.values()), None) if self.stack else None
        return found.key.text if found is not None and found.key is not None else None

    def _parted(self, parent: Node, key: Node, node: Node) -> tuple[Node, Node]:
        """What was meant by `{mood:-6}`, and by a key behind blanks that are no spaces."""
        text = key.text.strip()
        if text != key.text:
            blank = f"U+{ord(key.text[0]):04X}"
            message = f"this line is indented with blanks that are no spaces ({blank})"
            name = "no-break spaces" if key.text[0] in "\u00a0\u202f" else "blanks"
            self.report.add(
                "Y032", key.span, message.replace("blanks that are no spaces", name), "indent with ordinary spaces"
            )
            key = Node("text", (key.line, key.column, key.end_line, key.end_column), text, text, SHIFTED)
        opened = _OPENED.match(text)
        if opened is not None:
            return self._joined(key, node, opened)
        bare = _BARE.match(text) if node.kind == "nothing" and not node.text and parent.style == "flow" else None
        if bare is not None:
            message = f"there is no ':' after the key {shown(bare[1])}"
            self.report.add("Y023", key.span, message, f"write '{bare[1]}: {bare[2]}'")
            kind, value = scalar(bare[2])
            place = (key.line, key.column, key.end_line, key.end_column)
            return Node("text", place, bare[1], bare[1]), Node(kind, place, value, bare[2])
        tight = _TIGHT.match(text)
        if tight is None or node.kind != "nothing" or node.text or parent.style != "flow":
            return key, node
        message = f"there is no space after the colon of {shown(tight[1])}"
        self.report.add("Y029", key.span, message, f"put a space after the colon: '{tight[1]}: {tight[2][:40]}'")
        kind, value = scalar(tight[2])
        place = (key.line, key.column, key.end_line, key.end_column)
        return Node("text", place, tight[1], tight[1]), Node(kind, place, value, tight[2])

    def _joined(self, key: Node, node: Node, found: re.Match[str]) -> tuple[Node, Node]:
        """`codes:{iso3: ARM}` and `codes {iso3: ARM}`, which YAML reads as one long key."""
        place = (key.line, key.column, key.end_line, key.end_column)
        help_ = f"write '{found[1]}: {found[3]}…'"
        if found[2]:
            self.report.add("Y029", key.span, f"there is no space after the colon of {shown(found[1])}", help_)
        else:
            self.report.add("Y023", key.span, f"there is no ':' after the key {shown(found[1])}", help_)
        return Node("text", place, found[1], found[1]), Node("broken", place)

    def _is_split_number(self, parent: Node, key: Node, node: Node) -> bool:
        """`{gdp: 1,600}`, which YAML reads as the two entries `gdp: 1` and `600:`."""
        if node.kind != "nothing" or not key.text.isdecimal() or parent.style != "flow" or not parent.entries:
            return False
        last = next(reversed(parent.entries.values()))
        if last.kind != "number" or (last.end_line, last.end_column + 1) != (key.line, key.column):
            return False
        span = Span(last.line, last.column, key.end_line, key.end_column)
        number = last.text + key.text if len(key.text) == 3 else f"{last.text}.{key.text}"
        self.report.add("Y017", span, f"the comma in {last.text},{key.text} makes two entries of it", f"write {number}")
        return True

    def _document(self, event: Any) -> None:
        self.documents += 1
        place = self._place(event)
        if self.documents > 1:
            help_ = "remove the line '---', or put the second scenario into a file of its own"
            self._give_up("Y014", place, "a second document starts here; a file holds one", help_)
        if event.version or event.tags:
            self.report.add("Y013", Span(*place), "directives (% lines) are not allowed", "remove the line")

    def _refuse_decoration(self, event: Any, place: tuple[int, int, int, int]) -> None:
        line, column = place[:2]
        span = Span(line, column, line, column + 1)
        if event.anchor:
            self.report.add(
                "Y010",
                span,
                f"the anchor &{shown(event.anchor)[1:-1]} is not allowed",
                "remove it and write values out",
            )
        if event.tag is not None:
            self.report.add(
                "Y011",
                span,
                f"the tag {shown(event.tag)[1:-1]} is not allowed",
                "remove it; quote a text that starts with '!'",
            )

    def _give_up(self, code: str, place: tuple[int, int, int, int], message: str, help_: str | None = None) -> None:
        self.report.add(code, Span(*place), message, help_ or _LESS)
        raise _Enough
