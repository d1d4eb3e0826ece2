"""Every syntax slip of a file in one run, in the words of its author.

A YAML parser stops at its first error. So a file that fails is cut at its top keys, and a section that fails at its
entries; each piece is parsed alone. A piece that fails is marked broken: later stages leave it in peace, so that one
slip makes one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.scenario.findings.finding import Label, Report, shown
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Mistake, Node, parse

RECOVERED = "recovered"  # the style of a tree that lacks what could not be read
_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:(?=\s|$)", re.MULTILINE)
_KEY_COLON = re.compile(r":(?=\s|$)")
_TEXT_BLOCK = re.compile(r":\s*[|>][-+0-9]*\s*(?:#.*)?$")
_QUOTES_AND_CLOSERS = "\"'}]"


@dataclass(frozen=True, slots=True)
class _Wording:
    code: str
    span: Span
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()


def tree_of(text: str, report: Report) -> Node | None:
    """The positioned tree; sections with syntax errors are reported and come back as broken."""
    attempt = Report(report.path)
    try:
        root = parse(text, attempt)
    except Mistake as mistake:
        return _by_sections(text, mistake, report)
    report.findings += attempt.findings
    return root


def _by_sections(text: str, mistake: Mistake, report: Report) -> Node | None:
    lines = text.split("\n")
    cuts = [match.start() for match in _TOP_KEY.finditer(text)]
    before = len(report.findings)
    root = Node("block", (1, 1, 1, 2), style=RECOVERED)
    for start, end in pairwise([*cuts, len(text)]):
        if report.full:
            break
        first_line = text.count("\n", 0, start)
        _merge(root, _section(text[start:end], first_line, lines, report), report)
    if len(report.findings) == before:
        _say(mistake, lines, report)
        return None
    return root


def _section(chunk: str, lines_before: int, lines: Sequence[str], report: Report) -> Node | None:
    attempt = Report(report.path)
    try:
        section = parse(chunk, attempt, lines_before)
    except Mistake as mistake:
        if not _by_entries(chunk, lines_before, lines, report):
            _say(mistake, lines, report)
        return _broken(chunk, lines_before)
    report.findings += attempt.findings
    return section


def _by_entries(chunk: str, lines_before: int, lines: Sequence[str], report: Report) -> bool:
    """Report the slips of a section's entries, each parsed alone; whether there were any."""
    rows = chunk.split("\n")
    contents = [(place, row) for place, row in enumerate(rows) if place and row.strip() and row.lstrip()[0] != "#"]
    column = _indent(contents[0][1]) if contents else 0
    if not column:
        return False
    starts = [place for place, row in contents if _indent(row) == column]
    found = False
    for start, end in pairwise([*starts, len(rows)]):
        try:
            parse("\n".join(rows[start:end]), Report(report.path), lines_before + start)
        except Mistake as mistake:
            _say(mistake, lines, report)
            found = True
    return found


def _broken(chunk: str, lines_before: int) -> Node:
    name = chunk.partition(":")[0].rstrip()
    line = lines_before + 1
    section = Node("block", (line, 1, line, 2))
    value = Node("broken", (line, 1, line, len(name) + 1))
    value.key = Node("text", (line, 1, line, len(name) + 1), name, name)
    section.entries[name] = value
    return section


def _merge(root: Node, section: Node | None, report: Report) -> None:
    for name, node in section.entries.items() if section else ():
        first = root.entries.setdefault(name, node)
        if first is not node and first.key is not None and node.key is not None:
            label = Label(first.key.span, "first written here")
            report.add("Y015", node.key.span, f"the key {shown(name)} is written twice in one block", None, (label,))


def _say(mistake: Mistake, lines: Sequence[str], report: Report) -> None:
    wording = next(filter(None, (rule(mistake, lines) for rule in _RULES)), None) or _plainly(mistake)
    report.add(wording.code, wording.span, wording.message, wording.help, wording.labels)


def _plainly(mistake: Mistake) -> _Wording:
    problem = mistake.problem or "this can't be read"
    return _Wording("Y020", _point(mistake.line, mistake.column), f"not valid YAML: {problem}", mistake.context or None)


def _tab(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    for line in {mistake.line, mistake.context_line}:
        row = _row(lines, line)
        blank = row[: len(row) - len(row.lstrip())]
        if "\t" in blank:
            return _Wording(
                "Y021", _point(line, blank.index("\t") + 1), "this line is indented with a tab", "indent with spaces"
            )
    return None


def _second_colon(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "mapping values are not allowed" not in mistake.problem:
        return None
    row = _row(lines, mistake.line)
    if _KEY_COLON.search(row[: mistake.column - 1]):
        return _Wording(
            "Y022", _point(mistake.line, mistake.column), "a second ': ' on this line", 'put the text in quotes: "..."'
        )
    above = _above(mistake.line, lines)
    if not _KEY_COLON.search(_row(lines, above)) and not _row(lines, above).lstrip().startswith("- "):
        return _lacks_colon(above, lines)
    return _indentation(mistake.line, above, lines, "indented deeper than the line above, which has its value already")


def _no_colon(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "could not find expected ':'" not in mistake.problem:
        return None
    return _lacks_colon(mistake.context_line, lines)


def _lacks_colon(line: int, lines: Sequence[str]) -> _Wording:
    row = _row(lines, line)
    span = Span(line, _indent(row) + 1, line, max(len(row.rstrip()), _indent(row) + 1) + 1)
    word = row.split()[0] if row.split() else "key"
    return _Wording("Y023", span, "this line has no ':' after its key", f"write '{word[:40]}: ...'")


def _quote(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "quoted scalar" not in mistake.context:
        return None
    if "escape" in mistake.problem:
        help_ = "in double quotes a backslash starts an escape; write \\\\ or use single quotes"
        return _Wording("Y020", _point(mistake.line, mistake.column), f"not valid YAML: {mistake.problem}", help_)
    span = _point(mistake.context_line, mistake.context_column)
    return _Wording("Y026", span, "this quote is opened and never closed", "close it with the same sign")


def _trailing_text(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    row = _row(lines, mistake.line)
    before = row[: mistake.column - 1].rstrip()
    if "flow" in mistake.context or not before or before[-1] not in _QUOTES_AND_CLOSERS:
        return None
    message = f"text follows the closing {before[-1]}"
    return _Wording(
        "Y025", _point(mistake.line, mistake.column), message, "put the whole text in quotes, and write '' for ' inside"
    )


def _bracket(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "flow" not in mistake.context:
        return None
    opened = _row(lines, mistake.context_line)[mistake.context_column - 1 : mistake.context_column] or "{"
    if mistake.line == mistake.context_line:
        message = "a comma or the closing bracket is missing here"
        label = Label(_point(mistake.context_line, mistake.context_column), "of the list or block opened here")
        return _Wording("Y027", _point(mistake.line, mistake.column), message, None, (label,))
    label = Label(_point(mistake.line, mistake.column), "reading stopped here")
    span = _point(mistake.context_line, mistake.context_column)
    return _Wording("Y027", span, f"this {opened} is never closed, or a comma is missing", None, (label,))


def _unquoted(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "cannot start any token" not in mistake.problem and not mistake.context.startswith(
        ("while scanning a", "while parsing a node")
    ):
        return None
    sign = _row(lines, mistake.line)[mistake.column - 1 : mistake.column]
    if "cannot start any token" in mistake.problem:
        return _Wording(
            "Y025",
            _point(mistake.line, mistake.column),
            f"an unquoted text can't start with {sign!r}",
            "put it in quotes",
        )
    return None


def _ragged_block(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    """A text block whose first line is deeper than one below it: YAML ends the block there."""
    column = _indent(_row(lines, mistake.line))
    for line in range(mistake.line - 1, max(0, mistake.line - 40), -1):
        row = _row(lines, line)
        if _TEXT_BLOCK.search(row):
            first = _row(lines, line + 1)
            if _indent(row) < column < _indent(first):
                label = Label(Span(mistake.line, 1, mistake.line, column + 1), "than this line of it")
                span = Span(line + 1, 1, line + 1, _indent(first) + 1)
                help_ = "start every line of the block at the same column"
                return _Wording("Y028", span, "the first line of this text block is indented deeper", help_, (label,))
            return None
        if row.strip() and _indent(row) < column:
            return None
    return None


def _depth(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    blocks = ("block mapping", "block collection", "<document start>")
    if not any(word in mistake.context or word in mistake.problem for word in blocks):
        return None
    return _indentation(mistake.line, _above(mistake.line, lines), lines, "no open block starts at this column")


def _indentation(line: int, above: int, lines: Sequence[str], reason: str) -> _Wording:
    row = _row(lines, line)
    here, there = _indent(row), _indent(_row(lines, above))
    message = f"indented by {here} spaces, the line above uses {there}: {reason}"
    return _Wording("Y024", Span(line, 1, line, max(here, 1) + 1), message, "line it up with the entries it belongs to")


_RULES: tuple[Callable[[Mistake, Sequence[str]], _Wording | None], ...] = (
    _tab,
    _second_colon,
    _quote,
    _no_colon,
    _unquoted,
    _trailing_text,
    _bracket,
    _ragged_block,
    _depth,
)


def _point(line: int, column: int) -> Span:
    return Span(line, column, line, column + 1)


def _row(lines: Sequence[str], line: int) -> str:
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _above(line: int, lines: Sequence[str]) -> int:
    """The nearest line above that is neither blank nor a comment."""
    for candidate in range(line - 1, 0, -1):
        row = lines[candidate - 1].strip()
        if row and not row.startswith("#"):
            return candidate
    return line
