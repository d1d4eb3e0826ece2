"""Every syntax slip of a file in one run, in the words of its author.

A YAML parser stops at its first error. So a file that fails is cut at its top keys, and a section that fails at its
entries; each piece is parsed alone. A piece that fails is marked broken: later stages leave it in peace, so that one
slip makes one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from game.scenario.findings.finding import Label, Report, shown
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import SWALLOWED, Mistake, Node, parse

RECOVERED = "recovered"  # the style of a tree that lacks what could not be read
_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:(?=\s|$)", re.MULTILINE)
_KEY_COLON = re.compile(r":(?=\s|$)")
_TEXT_BLOCK = re.compile(r":\s*[|>][-+0-9]*\s*(?:#.*)?$")
_QUOTES_AND_CLOSERS = "\"'}]"
_UNSPACED = re.compile(r"\s*(?:- )?([A-Za-z_][\w]*):(?!//)(\S.*)")
_OPEN_QUOTE = re.compile(r"""[:\[{,-] *(["'])(?:(?!\1).)*$""")
_KEY_LINE = re.compile(r"\s*(?:- )?[A-Za-z_][\w-]*:(?:\s|$)")
_OPENING = re.compile(r"""\s*(?:- )?([A-Za-z_][\w]*)(?:(:)| )([{\["'])""")
_PARTED_SIGN = re.compile(r":\s*(-)\s+([0-9][0-9.]*)")
_OTHER_BLANK = re.compile("[ \t]*[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TRIED = 20_000
"""Characters of a piece up to which other indentations are tried on it."""


@dataclass(frozen=True, slots=True)
class _Wording:
    code: str
    span: Span
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()


def tree_of(text: str, report: Report) -> Node | None:
    """The positioned tree; sections with syntax errors are reported and come back as broken."""
    if "\n<<<<<<< " in f"\n{text}" and _conflicts(text, report):
        return None
    attempt = Report(report.path)
    try:
        root = parse(text, attempt)
    except Mistake as mistake:
        return _by_sections(text, mistake, report)
    _take(attempt, report)
    return root


def _conflicts(text: str, report: Report) -> bool:
    """Report what a merge left behind, each conflict once; whether there was any."""
    open_: Span | None = None
    found = False
    for number, row in enumerate(text.split("\n"), 1):
        if row.startswith("<<<<<<< ") and not report.full:
            open_ = Span(number, 1, number, len(row) + 1)
            help_ = "keep one of the two versions, and take out the lines <<<<<<<, ======= and >>>>>>>"
            report.add("Y031", open_, "an unresolved merge conflict starts here", help_)
            found = True
        elif row.startswith(">>>>>>> ") and open_ is not None:
            label = Label(Span(number, 1, number, len(row) + 1), "and ends here")
            report.findings[-1] = replace(report.findings[-1], labels=(label,))
            open_ = None
    return found


def _by_sections(text: str, mistake: Mistake, report: Report) -> Node | None:
    lines = text.split("\n")
    cuts = _cuts(text, lines)
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


def _cuts(text: str, lines: Sequence[str]) -> list[int]:
    """Where sections start. A key at the margin with a value of its own and deeper lines below it has slipped there."""
    cuts: list[int] = []
    line, at = 1, 0
    for match in _TOP_KEY.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if not (cuts and _has_slipped(line, lines)):
            cuts.append(at)
    return cuts


def _has_slipped(line: int, lines: Sequence[str]) -> bool:
    """Whether a line has its value, and the lines above and below it are those of one block."""
    row, below = _row(lines, line), _row(lines, line + 1)
    value = row.partition(":")[2].partition(" #")[0].strip()
    above = _indent(_row(lines, _above(line, lines)))
    return value not in ("", "|", ">", ">-", "|-") and value[:1] not in "|>\"'{[" and _indent(below) > 0 and above > 0


def _section(chunk: str, lines_before: int, lines: Sequence[str], report: Report) -> Node | None:
    attempt = Report(report.path)
    try:
        section = parse(chunk, attempt, lines_before)
    except Mistake as mistake:
        if not _by_entries(chunk, lines_before, lines, report):
            _say(mistake, lines, report, Piece(chunk, lines_before))
        return _broken(chunk, lines_before)
    _take(attempt, report)
    return section


def _take(attempt: Report, report: Report) -> None:
    report.findings += attempt.findings
    report.refused += attempt.refused


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
        if report.full:
            break
        piece = Piece("\n".join(rows[start:end]), lines_before + start)
        try:
            parse(piece.text, Report(report.path), piece.lines_before)
        except Mistake as mistake:
            _say(mistake, lines, report, piece)
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
            message = f"the section {shown(name)} is written twice"
            report.add(
                "Y015", node.key.span, message, "put its entries under the first, or remove one of the two", (label,)
            )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file that fails as it stands."""

    text: str
    lines_before: int

    def parses(self, line: int, width: int) -> bool:
        """Whether it can be read with one of its lines indented otherwise."""
        rows = self.text.split("\n")
        at = line - self.lines_before - 1
        if not 0 <= at < len(rows):
            return False
        rows[at] = " " * width + rows[at].lstrip(" ")
        try:
            parse("\n".join(rows), Report(""), self.lines_before)
        except Mistake:
            return False
        return True

    def as_deep(self, width: int) -> int:
        """How many of its lines are indented so far."""
        return sum(_indent(row) == width for row in self.text.split("\n") if row.strip())


def _say(mistake: Mistake, lines: Sequence[str], report: Report, piece: Piece | None = None) -> None:
    wording = next(filter(None, (rule(mistake, lines) for rule in _RULES)), None) or _plainly(mistake)
    if wording.code == "Y024" and piece is not None and len(piece.text) <= _TRIED:
        wording = _out_of_line(mistake, lines, piece) or wording
    report.add(wording.code, wording.span, wording.message, wording.help, wording.labels)


def _out_of_line(mistake: Mistake, lines: Sequence[str], piece: Piece) -> _Wording | None:
    """The one line that has to move for the rest to be read; of several the one that is indented like no other."""
    found: list[tuple[bool, int, int, int]] = []  # an odd indentation first, then the rarest
    above = _above(mistake.line, lines)
    outer = above
    while outer > piece.lines_before + 1 and _indent(_row(lines, outer)) >= _indent(_row(lines, above)):
        outer = max(_above(outer, lines), piece.lines_before)
    for line in dict.fromkeys((above, mistake.line, outer)):
        if line == outer and found and _indent(_row(lines, outer)) % 2 == 0:
            break
        around = (_above(line, lines), _below(line, lines), *([mistake.line] if line == outer else []))
        widths = dict.fromkeys(_indent(_row(lines, each)) for each in around if each != line)
        here = _indent(_row(lines, line))
        if here == 0 and line == piece.lines_before + 1:
            continue  # the key of the section
        width = next((each for each in widths if each != here and piece.parses(line, each)), None)
        if width is not None:
            found.append((here % 2 == 0, piece.as_deep(here), line, width))
    if not found:
        return None
    _, _, line, width = min(found)
    here = _indent(_row(lines, line))
    word = _row(lines, line).strip().partition(":")[0][:40]
    message = (
        f"{shown(word)} is indented by {here} {'space' if here == 1 else 'spaces'}, the lines around it by {width}"
    )
    return _Wording("Y024", Span(line, 1, line, max(here, 1) + 1), message, f"indent it by {width} spaces")


def _plainly(mistake: Mistake) -> _Wording:
    problem = mistake.problem or "this can't be read"
    return _Wording("Y020", _point(mistake.line, mistake.column), f"not valid YAML: {problem}", mistake.context or None)


def _other_blank(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    for line in dict.fromkeys((mistake.line, mistake.context_line, _above(mistake.line, lines))):
        found = _OTHER_BLANK.match(_row(lines, line))
        if found is not None:
            return _blanks(line, found[0][-1])
    return None


def _blanks(line: int, blank: str) -> _Wording:
    name = "no-break spaces" if blank in "\u00a0\u202f" else "blanks that are no spaces"
    message = f"this line is indented with {name} (U+{ord(blank):04X})"
    return _Wording("Y032", _point(line, 1), message, "indent with ordinary spaces")


def _swallowing(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    """A quote that is closed by the next one, lines below, with keys in between."""
    for line in range(mistake.line, max(0, mistake.line - 60), -1):
        found = _OPEN_QUOTE.search(_row(lines, line))
        if found is None or line == mistake.line:
            continue
        if any(_KEY_LINE.match(_row(lines, each)) for each in range(line + 1, mistake.line + 1)):
            return _unended(line, found.start(1) + 1, mistake.line)
        return None
    return None


def _unended(line: int, column: int, end: int) -> _Wording:
    message = f"this quote is not closed in its line; the next one is in line {end}"
    return _Wording("Y026", _point(line, column), message, "close it with the same sign at the end of the text")


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
    tight = _UNSPACED.match(row)
    if tight is not None:
        help_ = f"put a space after the colon: '{tight[1]}: {tight[2].strip()[:40]}'"
        return _Wording("Y029", span, f"there is no space after the colon of {shown(tight[1])}", help_)
    words = row.split()
    word = words[1] if words[:1] == ["-"] and words[1:] else words[0] if words else "key"
    help_ = f"write '{word[:40]}: …'"
    if words[1:2] == ["="]:
        help_ = f"write '{word[:40]}: {' '.join(words[2:])[:40]}'"
    return _Wording("Y023", span, "this line has no ':' after its key", help_)


def _tight_opening(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    """`gdp:{name: Output}` and `gdp {name: Output}`: a key that runs into what it opens."""
    row = _row(lines, mistake.line)
    found = _OPENING.match(row)
    if found is None or mistake.column <= found.end():
        return None
    span = Span(mistake.line, found.start(1) + 1, mistake.line, found.end(1) + 1)
    help_ = f"write '{found[1]}: {found[3]}…'"
    if found[2]:
        return _Wording("Y029", span, f"there is no space after the colon of {shown(found[1])}", help_)
    return _Wording("Y023", span, f"there is no ':' after the key {shown(found[1])}", help_)


def _parted_sign(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    """`{mood: - 6}`: a dash with a blank behind it begins an item of a list."""
    row = _row(lines, mistake.line)
    for found in _PARTED_SIGN.finditer(row):
        if found.start(1) <= mistake.column <= found.end(1) + 1:
            span = Span(mistake.line, found.start(1) + 1, mistake.line, found.end(2) + 1)
            message = "a minus with a space after it begins an item of a list"
            return _Wording("Y025", span, message, f"write the number in one piece: -{found[2]}")
    return None


def _quote(mistake: Mistake, lines: Sequence[str]) -> _Wording | None:
    if "quoted scalar" not in mistake.context:
        return None
    if "escape" in mistake.problem:
        help_ = "in double quotes a backslash starts an escape; write \\\\ or use single quotes"
        return _Wording("Y020", _point(mistake.line, mistake.column), f"not valid YAML: {mistake.problem}", help_)
    if mistake.problem == SWALLOWED:
        return _unended(mistake.context_line, mistake.context_column, mistake.line)
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
    if mistake.line == mistake.context_line and mistake.column <= len(_row(lines, mistake.line)):
        message = "a comma or the closing bracket is missing here"
        label = Label(_point(mistake.context_line, mistake.context_column), "of the list or block opened here")
        help_ = "put a comma between two entries, and quote a text with signs like { } [ ] , : in it"
        return _Wording("Y027", _point(mistake.line, mistake.column), message, help_, (label,))
    stop = min(mistake.line, len(lines))
    label = Label(_point(stop, mistake.column if stop == mistake.line else 1), "reading stopped here")
    span = _point(min(mistake.context_line, len(lines)), mistake.context_column)
    closing = {"{": "}", "[": "]"}.get(opened, "}")
    message = f"this {opened} is never closed, or a comma is missing"
    return _Wording("Y027", span, message, f"close it with {closing} at the end of its list or block", (label,))


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
            bare = len(first.split()) == len(_row(lines, line + 2).partition("#")[0].split()) - 1
            if _indent(row) < column < _indent(first) and bare and row.strip().startswith("table:"):
                span = Span(line + 1, _indent(first) + 1, line + 1, len(first.rstrip()) + 1)
                help_ = "put a corner cell first, in the column of the names below: from\\to"
                return _Wording("T006", span, "the header row of the table has no corner", help_)
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
    _other_blank,
    _swallowing,
    _parted_sign,
    _tight_opening,
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


def _below(line: int, lines: Sequence[str]) -> int:
    """The nearest line below that is neither blank nor a comment."""
    for candidate in range(line + 1, len(lines) + 1):
        row = lines[candidate - 1].strip()
        if row and not row.startswith("#"):
            return candidate
    return line


def _above(line: int, lines: Sequence[str]) -> int:
    """The nearest line above that is neither blank nor a comment."""
    for candidate in range(line - 1, 0, -1):
        row = lines[candidate - 1].strip()
        if row and not row.startswith("#"):
            return candidate
    return line
