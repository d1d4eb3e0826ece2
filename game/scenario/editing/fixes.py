"""What a finding's help says to write, as an edit of the text.

A fix is safe where nothing but its outcome can have been meant; else (a guessed name, a key put in with a value to be
chosen, a warning that is silenced) somebody has to look at it. No fix is offered that leads to a finding that was not
there before: each is tried on the text first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from game.errors import InvalidArgument
from game.scenario import reading
from game.scenario.editing.edits import Edit, applied
from game.scenario.findings.finding import Audience, Finding
from game.scenario.spec import Span

_MEANT = re.compile(r"did you mean '([^']+)'\?\Z")
_WRITE_NUMBER = re.compile(r"write ([-+]?[0-9.]*[0-9])(?: \(.*|(?P<remark>[,:] .*))?\Z")
_WRITE_WORD = re.compile(r"write (true|false)\Z")
_TYPE = re.compile(r"(?:.*; )?type '([^']+)'\Z")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_REMOVED = frozenset({"remove it", "remove the line", "remove the comment"})
_QUOTED = ("put the text in quotes", "put it in quotes")


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding."""

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    safe: bool = False


def fixes_of(finding: Finding, lines: Sequence[str]) -> Iterator[Fix]:
    """What mends a finding, by its help, tried on nothing yet."""
    here = stretch(finding.span, lines)
    for rule in _RULES:
        yield from rule(finding, here, lines)


def tried(fixes: Iterator[Fix], text: str, findings: Sequence[Finding], audience: Audience) -> Iterator[Fix]:
    """The fixes after which their finding is gone and no other has come."""
    before = _counted(findings)
    for fix in fixes:
        try:
            after = reading.read(applied(text, fix.edits), audience=audience).findings
        except InvalidArgument:
            continue
        if not _counted(after) - before and _counted(after) != before:
            yield fix


def fixed(text: str, audience: Audience, *, unsafe: bool = False) -> tuple[str, list[Fix]]:
    """The text with every fix that may be made, one after another, and what was done."""
    done: list[Fix] = []
    found = reading.read(text, audience=audience).findings
    while True:
        lines = text.split("\n")
        offered = (fix for each in found for fix in fixes_of(each, lines) if fix.safe or (unsafe and not silences(fix)))
        fix = next(tried(offered, text, found, audience), None)
        if fix is None:
            return text, done
        text = applied(text, fix.edits)
        done.append(fix)
        found = reading.read(text, audience=audience).findings


def silences(fix: Fix) -> bool:
    """Whether a fix only keeps its finding from being reported."""
    return fix.title.startswith("Keep ")


def stretch(span: Span, lines: Sequence[str]) -> str:
    """The text of a place on one line; nothing for a place over several."""
    if span.line != span.end_line or span.line > len(lines):
        return ""
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in findings)


def _replaced(title: str, finding: Finding, text: str, *, safe: bool) -> Fix:
    return Fix(title, finding, (Edit(finding.span, text),), safe)


def _nearest(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """The nearest name instead of one that is unknown."""
    meant = _MEANT.search(finding.help or "")
    if meant is None or not here:
        return
    bare = here.strip("\"'")
    said = re.search(r"'([^']+)'", finding.message)
    wrong = said[1] if said is not None and said[1] in here else bare
    if _NAME.fullmatch(wrong) and here.count(wrong) == 1:
        yield _replaced(f"Write {meant[1]}", finding, here.replace(wrong, meant[1]), safe=False)


def _number(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A number as it has to be written."""
    asked = finding.help or ""
    plain = _WRITE_NUMBER.match(asked)
    if plain is not None and finding.code in ("S009", "Y017") and here:
        text = f"{finding_key(here)}{plain[1]}" if finding.code == "Y017" else plain[1]
        yield _replaced(
            f"Write {plain[1]}", finding, text, safe=finding.code == "S009" and "," not in here and not plain["remark"]
        )
    elif asked.startswith("remove the quotes") and here[:1] in ("'", '"'):
        yield _replaced("Remove the quotes", finding, here[1:-1], safe=True)
    elif asked.startswith("write it without leading zeros") and re.fullmatch(r"[-+]?0+[0-9]+(?:\.[0-9]+)?", here):
        yield _replaced("Remove the leading zeros", finding, re.sub(r"(?<![0-9.])0+(?=[0-9])", "", here), safe=False)


def finding_key(here: str) -> str:
    """What of a stretch stands before its value."""
    return here[: len(here) - len(here.lstrip())]


def _word(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A sign or word in place of another that means the same."""
    asked = finding.help or ""
    word, sign = _WRITE_WORD.match(asked), _TYPE.match(asked)
    if word is not None and here:
        yield _replaced(f"Write {word[1]}", finding, word[1], safe=True)
    elif sign is not None and sign[1] == "-" and here:
        yield _replaced("Type -", finding, re.sub("[\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}]", "-", here), safe=True)
    elif sign is not None and len(here) == 1:
        yield _replaced(f"Type {sign[1]}", finding, sign[1], safe=True)
    elif asked.startswith("write == for equality") and here == "=":
        yield _replaced("Write ==", finding, "==", safe=True)


def _quotes(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Quotes around a text that needs them."""
    if not (finding.help or "").startswith(_QUOTED):
        return
    row = lines[finding.span.line - 1].rstrip("\r")
    begins = re.match(r"\s*(?:- +)*[^\s:\"'{\[][^:]*:[ \t]+(?=[^\s\"'{\[|>])", row)
    if finding.code in ("Y022", "Y025") and begins is not None:
        value = row[begins.end() :].rstrip()
        place = Span(finding.span.line, begins.end() + 1, finding.span.line, begins.end() + len(value) + 1)
        yield Fix("Put the text in quotes", finding, (Edit(place, _in_quotes(value)),), safe=" #" not in value)
    elif here and finding.code == "S003":
        yield _replaced("Put it in quotes", finding, _in_quotes(here), safe=True)


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _removal(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """What has no place is taken out."""
    if finding.help not in _REMOVED or not here:
        return
    row = lines[finding.span.line - 1]
    if finding.code == "L013":
        start = len(row[: finding.span.column - 1].rstrip())
        whole = not start and finding.span.line < len(lines)
        end = Span(finding.span.line, start + 1, finding.span.line, len(row) + 1)
        place = Span(finding.span.line, 1, finding.span.line + 1, 1) if whole else end
        yield Fix("Remove the comment", finding, (Edit(place, ""),), safe=True)
    elif finding.code in ("Y003", "Y009") and len(here) == 1:
        yield _replaced("Remove the character", finding, "", safe=True)


def _tab(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Spaces for the tabs that lines are indented with."""
    if finding.code != "Y021":
        return
    edits = []
    for number, row in enumerate(lines, 1):
        blank = row[: len(row) - len(row.lstrip(" \t"))]
        if "\t" in blank:
            edits.append(Edit(Span(number, 1, number, len(blank) + 1), blank.replace("\t", "  ")))
    yield Fix("Indent with spaces", finding, tuple(edits), safe=False)


def _silence(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A comment that keeps a warning from being reported; its author says why."""
    if finding.severity == "error" or finding.code == "L013":
        return
    row = lines[finding.span.line - 1]
    indent = row[: len(row) - len(row.lstrip())]
    place = Span(finding.span.line, 1, finding.span.line, 1)
    comment = f"{indent}# check: ignore[{finding.code}] say why\n"
    yield Fix(f"Keep {finding.code} from being reported here", finding, (Edit(place, comment),))


_RULES: tuple[Callable[[Finding, str, Sequence[str]], Iterator[Fix]], ...] = (
    _nearest, _number, _word, _quotes, _removal, _tab, _silence,
)  # fmt: skip
