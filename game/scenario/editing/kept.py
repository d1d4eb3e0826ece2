"""The tree of a file that is being edited: pieces whose text has not changed are moved, not read again.

A file is cut at its top keys, and a section at its entries, as an author indents them. A cut inside a quote, a bracket
or a block of text leaves a piece that can't be read; then, and wherever a piece has anything to report, the whole text
is read as usual. So the tree is always that of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from game.scenario.findings.finding import Report
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import DEEPEST, MOST_VALUES, Mistake, Node, parse

_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:(?=\s|$)", re.MULTILINE)
_HEADING = re.compile(r"[A-Za-z_][\w-]*[ \t]*:[ \t]*(?:#.*)?$")
_FIRST_ENTRY = re.compile(r"^( +)(?=[^\s#])", re.MULTILINE)
_SILENT = re.compile(r"(?:[ \t]*(?:#.*)?(?:\n|\r\n|\Z))*\Z")


@dataclass(slots=True)
class _Piece:
    """A stretch of whole lines, read alone."""

    line: int  # how many lines stand before it
    root: Node
    values: int


class _Whole(Exception):
    """The text has to be read whole."""


class KeptTrees:
    """Makes the trees of one file, version after version; a tree is good until the next is made."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[_Piece]] = {}

    def tree_of(self, text: str, report: Report) -> Node | None:
        """The tree of the whole text; what is wrong with it is reported."""
        known, self._pieces = self._pieces, {}
        try:
            return self._assembled(text, known)
        except _Whole:
            return tree_of(text, report)

    def _assembled(self, text: str, known: dict[str, list[_Piece]]) -> Node:
        cuts = [match.start() for match in _TOP_KEY.finditer(text)]
        if not cuts or not _SILENT.match(text[: cuts[0]]):
            raise _Whole
        line = text.count("\n", 0, cuts[0])
        root, values = Node("block", (line + 1, 1, line + 1, 2)), 0
        for start, end in pairwise([*cuts, len(text)]):
            values += self._section(text[start:end], line, root, known)
            line += text.count("\n", start, end)
        if values > MOST_VALUES:
            raise _Whole
        return root

    def _section(self, chunk: str, line: int, root: Node, known: dict[str, list[_Piece]]) -> int:
        """Hang a section into the tree; how many values it has."""
        texts = list(_cut(chunk))
        heading = self._piece(texts[0], line, known)
        _hang(heading.root.entries, root)
        if len(texts) == 1:
            return heading.values
        (bare,) = heading.root.entries.values()
        values, section = heading.values, None
        line += texts[0].count("\n")
        for text in texts[1:]:
            piece = self._piece(text, line, known)
            if section is None:
                first = piece.root
                section = Node("block", (first.line, first.column, first.line, first.column + 1))
                section.key = bare.key
            _hang(piece.root.entries, section)
            values += piece.values
            line += text.count("\n")
        if section is not None and bare.key is not None:
            root.entries[bare.key.text] = section
        return values

    def _piece(self, text: str, line: int, known: dict[str, list[_Piece]]) -> _Piece:
        kept = known.get(text)
        piece = kept.pop() if kept else _read(text, line)
        if piece.line != line:
            for node, _ in _nodes(piece.root):
                node.line += line - piece.line
                node.end_line += line - piece.line
            piece.line = line
        self._pieces.setdefault(text, []).append(piece)
        return piece


def _cut(chunk: str) -> Iterator[str]:
    """The heading of a section, then each of its entries; the section as it is where it has none."""
    heading, _, rest = chunk.partition("\n")
    first = _FIRST_ENTRY.search(rest)
    if not _HEADING.match(heading.rstrip("\r")) or first is None:
        yield chunk
        return
    entry = re.compile(rf"^{first[1]}[A-Za-z_][\w-]*[ \t]*:(?=\s|$)", re.MULTILINE)
    starts = [match.start() + len(heading) + 1 for match in entry.finditer(rest)]
    if not starts or starts[0] != first.start() + len(heading) + 1:
        yield chunk
        return
    for start, end in pairwise([0, *starts, len(chunk)]):
        yield chunk[start:end]


def _read(text: str, line: int) -> _Piece:
    report = Report("")
    try:
        root = parse(text, report, line)
    except Mistake:
        raise _Whole from None
    if root is None or root.kind != "block" or report.findings:
        raise _Whole
    values, deepest = 0, 0
    for _, depth in _nodes(root):
        values, deepest = values + 1, max(deepest, depth)
    if deepest >= DEEPEST - 2:
        raise _Whole
    return _Piece(line, root, values)


def _hang(entries: dict[str, Node], parent: Node) -> None:
    if not parent.entries.keys().isdisjoint(entries):
        raise _Whole
    parent.entries.update(entries)


def _nodes(root: Node) -> Iterator[tuple[Node, int]]:
    """Every node below a root, keys included, with how deep it lies."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if node.key is not None:
            yield node.key, depth
        waiting += [(each, depth + 1) for each in (*node.entries.values(), *node.items)]
