"""What a finding's help says to write, as an edit of the text.

A fix is safe where nothing but its outcome can have been meant; else (a guessed name, a key put in with a value to be
chosen, a warning that is silenced) somebody has to look at it. No fix is offered that leads to a finding that was not
there before: each is tried on the text first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from game.errors import InvalidArgument
from game.scenario import reading
from game.scenario.editing import fix_layout, fix_words
from game.scenario.editing.edits import Edit, applied
from game.scenario.editing.fix import Fix, Rule, stretch
from game.scenario.findings.finding import Audience, Finding
from game.scenario.spec import Span


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
        offered = (fix for each in found for fix in fixes_of(each, lines) if fix.safe or (unsafe and not fix.silences))
        fix = next(tried(offered, text, found, audience), None)
        if fix is None:
            return text, done
        text = applied(text, fix.edits)
        done.append(fix)
        found = reading.read(text, audience=audience).findings


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in findings)


def _silence(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A comment that keeps a warning from being reported; its author says why."""
    if finding.severity == "error" or finding.code == "L013":
        return
    row = lines[finding.span.line - 1]
    indent = row[: len(row) - len(row.lstrip())]
    place = Span(finding.span.line, 1, finding.span.line, 1)
    comment = f"{indent}# check: ignore[{finding.code}] say why\n"
    yield Fix(f"Keep {finding.code} from being reported here", finding, (Edit(place, comment),), silences=True)


_RULES: tuple[Rule, ...] = (*fix_words.RULES, *fix_layout.RULES, _silence)
