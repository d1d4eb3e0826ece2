"""The layout of a file: its table is aligned, its lines end alike. No word, comment or blank line changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from game.scenario.findings.finding import Report
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import Node

_CELL = re.compile(r"\S+")
_GAP = 2


def laid_out(text: str) -> str:
    """The text with its table of relations aligned, no spaces at the ends of lines, and one line end at the last.

    A text that can't be read is left as it is. Spaces inside texts over several lines belong to them, and stay.
    """
    report = Report("")
    root = tree_of(text, report)
    if root is None or report.failed:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    rows = text.replace("\r\n", "\n").split("\n")
    kept = _inside_texts(root)
    rows = [row if number in kept else row.rstrip() for number, row in enumerate(rows, 1)]
    table = root.entries["relations"].entries.get("table") if "relations" in root.entries else None
    if table is not None and table.style == "|":
        rows[table.line : table.end_line] = _aligned(rows[table.line : table.end_line], table)
    return newline.join(rows).rstrip("\r\n") + newline


def _inside_texts(root: Node) -> set[int]:
    """The lines of texts that go over several; the table's spaces mean nothing."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += [*node.entries.values(), *node.items]
        if node.kind == "text" and node.end_line > node.line:
            found.update(range(node.line, node.end_line + 1))
    table = root.entries["relations"].entries.get("table") if "relations" in root.entries else None
    return found - set(range(table.line, table.end_line + 1)) if table is not None and table.style == "|" else found


def _aligned(rows: Sequence[str], table: Node) -> list[str]:
    """The rows of a table with every column as wide as its widest cell: names to the left, numbers to the right."""
    written = sum(1 for row in table.text.split("\n") if row.partition("#")[0].strip())
    cells: list[tuple[list[str], str] | None] = []
    for row in rows:
        words, sign, comment = row.partition("#")
        found = _CELL.findall(words) if written else []
        written -= bool(found)
        cells.append((found, f"{sign}{comment}".rstrip()) if found else None)
    lines = [each for each in cells if each is not None]
    if not lines:
        return list(rows)
    indent = min(len(row) - len(row.lstrip()) for row, each in zip(rows, cells, strict=True) if each is not None)
    count = max(len(found) for found, _ in lines)
    widths = [max((len(found[at]) for found, _ in lines if at < len(found)), default=0) for at in range(count)]
    return [row if each is None else " " * indent + _row(*each, widths) for row, each in zip(rows, cells, strict=True)]


def _row(cells: Sequence[str], comment: str, widths: Sequence[int]) -> str:
    return "".join([*_padded(cells, widths), f"  {comment}" if comment else ""]).rstrip()


def _padded(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for at, cell in enumerate(cells):
        yield cell.ljust(widths[at]) if at == 0 else " " * _GAP + cell.rjust(widths[at])
