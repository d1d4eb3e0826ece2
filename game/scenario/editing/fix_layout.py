"""Fixes of layout: blanks, indentation, colons, quotes around a text that was cut, cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from game.scenario.editing.edits import Edit
from game.scenario.editing.fix import Fix, Rule, in_quotes, indent_of, replaced, within_row
from game.scenario.findings.finding import Finding
from game.scenario.spec import Span

_KEY = re.compile(r"[A-Za-z_][\w-]*")
_SPACES = re.compile(r"indent it by ([0-9]{1,3}) spaces?(?:,.*)?\Z")
_OTHER_BLANKS = re.compile("[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]")
_CUT = re.compile(r"put the text of '([^']+)' in quotes\Z")
_PARTED_BY = {"remove the commas": ",", "remove the bars": "|"}


def _tab(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Spaces for the tabs that lines are indented with."""
    if finding.code != "Y021":
        return
    near = {indent_of(row) for row in lines if row.strip() and "\t" not in row[: indent_of(row)]}
    for width in (2, 4, *sorted(near - {0, 2, 4})[:4]):
        edits = []
        for number, row in enumerate(lines, 1):
            blank = row[: indent_of(row)]
            if "\t" in blank:
                edits.append(Edit(within_row(number, 0, len(blank)), blank.replace("\t", " " * width)))
        yield Fix("Indent with spaces", finding, tuple(edits), safe=False)


def _blanks(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Ordinary spaces for the other blanks that lines are indented with; as wide, whatever stands below."""
    if finding.code != "Y032":
        return
    edits = []
    for number, row in enumerate(lines, 1):
        blank = row[: len(row) - len(row.lstrip())]
        plain = _OTHER_BLANKS.sub(" ", blank)
        if plain != blank:
            edits.append(Edit(within_row(number, 0, len(blank)), plain))
    yield Fix("Indent with ordinary spaces", finding, tuple(edits), safe=True)


def _indentation(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A line with as many spaces before it as its neighbours have, alone or with what lies below it."""
    asked = _SPACES.match(finding.help or "")
    if asked is None or finding.code not in ("Y024", "S020"):
        return
    first, wanted = finding.span.line, int(asked[1])
    width = indent_of(lines[first - 1])
    below = [first]
    for number in range(first + 1, len(lines) + 1):
        row = lines[number - 1]
        if row.strip() and indent_of(row) <= max(width, wanted):
            break
        below += [number] if row.strip() else []
    for moved in dict.fromkeys(((first,), tuple(below))):
        edits = [
            Edit(within_row(each, 0, indent_of(row)), " " * max(0, indent_of(row) + wanted - width))
            for each in moved
            for row in [lines[each - 1]]
        ]
        yield Fix(f"Indent by {wanted} spaces", finding, tuple(edits), safe=False)


def _space(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A space after the colon of a key."""
    if finding.code != "Y029":
        return
    row = lines[finding.span.line - 1]
    key = _KEY.match(row, finding.span.column - 1)
    if key is not None and row[key.end() : key.end() + 1] == ":":
        place = within_row(finding.span.line, key.end() + 1, key.end() + 1)
        yield Fix("Put a space after the colon", finding, (Edit(place, " "),), safe=True)


def _colon(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A colon after a key that stands without one."""
    if finding.code != "Y023":
        return
    row = lines[finding.span.line - 1]
    key = _KEY.match(row, max(finding.span.column - 1, indent_of(row)))
    if key is not None and row[key.end() : key.end() + 1] in ("", " "):
        place = within_row(finding.span.line, key.end(), key.end())
        yield Fix("Put a colon after the key", finding, (Edit(place, ":"),), safe=True)


def _cut(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Quotes around a text that ends too early: at a comma inside braces, or at a '#'."""
    row = lines[finding.span.line - 1].rstrip()
    start, end = 0, len(row)
    said = _CUT.match(finding.help or "")
    if finding.code == "Y030" and said is not None:
        opened = list(re.finditer(rf"(?<!\w){re.escape(said[1])}:[ \t]+", row[: finding.span.column - 1]))
        closed = re.compile(r",[ \t]*[A-Za-z_][\w-]*:[ \t]|[}\]]").search(row, finding.span.end_column - 1)
        if not opened or closed is None:
            return
        start, end = opened[-1].end(), closed.start()
    elif finding.code == "Y033":
        opens = re.match(r"\s*(?:- +)*[^\s:\"'{\[][^:]*:[ \t]+(?=[^\s\"'{\[|>#])", row)
        if opens is None:
            return
        start = opens.end()
    else:
        return
    text = row[start:end].rstrip()
    place = within_row(finding.span.line, start, start + len(text))
    yield Fix("Put the text in quotes", finding, (Edit(place, in_quotes(text)),), safe=False)


def _twice(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """One of two equal names of a list is taken out."""
    if finding.code != "S040" or not here:
        return
    row = lines[finding.span.line - 1]
    before = re.search(r",[ \t]*\Z", row[: finding.span.column - 1])
    if before is not None:
        place = within_row(finding.span.line, before.start(), finding.span.end_column - 1)
        yield Fix(f"Take out the second {here}", finding, (Edit(place, ""),), safe=True)
    elif re.fullmatch(rf"\s*- {re.escape(here)}\s*", row) and finding.span.line < len(lines):
        place = Span(finding.span.line, 1, finding.span.line + 1, 1)
        yield Fix(f"Take out the second {here}", finding, (Edit(place, ""),), safe=True)


def _diagonal(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A point where a state would regard itself."""
    if finding.code == "T002" and finding.help == "write . on the diagonal" and here:
        yield replaced("Write .", finding, ".".rjust(len(here)), safe=True)


def _cells(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Spaces between the cells of a table, in all its rows."""
    sign = next((sign for asked, sign in _PARTED_BY.items() if (finding.help or "").endswith(asked)), "")
    if finding.code != "T010" or not sign:
        return
    first = last = finding.span.line
    width = indent_of(lines[first - 1])
    while first > 1 and lines[first - 2].strip() and indent_of(lines[first - 2]) >= width:
        first -= 1
    while last < len(lines) and lines[last].strip() and indent_of(lines[last]) >= width:
        last += 1
    edits = []
    for number in range(first, last + 1):
        row = lines[number - 1]
        start = indent_of(row)
        cells = row[start:].replace(sign, " ").rstrip()
        if sign in row:
            edits.append(Edit(within_row(number, start, len(row.rstrip())), cells.lstrip() if sign == "|" else cells))
    yield Fix("Separate the cells by spaces", finding, tuple(edits), safe=False)


RULES: tuple[Rule, ...] = (
    _tab, _blanks, _indentation, _space, _colon, _cut, _twice, _diagonal, _cells,
)  # fmt: skip
"""Every rule of this module."""
