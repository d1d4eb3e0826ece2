"""One slip: a whole file with one thing wrong, where it is, and what an answer that helps has to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from game.scenario import read
from game.scenario.findings.finding import Finding

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
_MEANT = re.compile(r"did you mean '([^']+)'")


@dataclass(frozen=True, slots=True)
class Slip:
    """A faulty file; `says` are patterns that the answer matches, all of them, and `never` one it must not match."""

    kind: str
    name: str
    content: str | bytes
    lines: tuple[int, ...]
    says: tuple[str, ...] = ()
    never: str = ""
    help: bool = True  # whether there is something to say that the message does not say already


@dataclass(frozen=True, slots=True)
class Answer:
    """What the checker said about a slip, and whether it was any good."""

    slip: Slip
    findings: tuple[Finding, ...]
    misleading: str

    @property
    def one(self) -> bool:
        return len(self.findings) == 1

    @property
    def placed(self) -> bool:
        return bool(self.findings) and self.findings[0].span.line in self.slip.lines

    @property
    def helped(self) -> bool:
        return bool(self.findings) and (not self.slip.help or bool(self.findings[0].help))


def edited(
    kind: str,
    old: str,
    new: str,
    *says: str,
    at: str = "",
    down: int = 0,
    never: str = "",
    also: Sequence[int] = (),
    help_: bool = True,
) -> Slip:
    """The base with a stretch of text, which occurs once, in another form.

    The answer is expected in the line of its first difference, or in the line that holds `at`; `down` lines below it.
    """
    whole = "\n" + old if old.endswith("\n") else old  # whole lines begin at the margin
    if BASE.count(whole) != 1:
        raise ValueError(f"{old!r} occurs {BASE.count(whole)} times in the base")
    mark, start = at, BASE.index(whole) + len(whole) - len(old)
    text = BASE[:start] + new + BASE[start + len(old) :]
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    line = (text.count("\n", 0, text.index(mark)) if mark else BASE.count("\n", 0, start + same)) + 1 + down
    return Slip(
        kind, f"{kind}: {new.strip()[:70]!r}", text, (line, *(line + each for each in also)), says, never, help_
    )


def answered(slip: Slip) -> Answer:
    """What a strict check says."""
    findings = read(slip.content, path="slip.yaml", audience="strict").findings
    return Answer(slip, findings, _misleading(slip, findings))


def _misleading(slip: Slip, findings: Sequence[Finding]) -> str:
    """Why an answer leads astray; empty where it does not."""
    if not findings:
        return ""
    said = [" ".join([each.message, each.help or "", *(label.text for label in each.labels)]) for each in findings]
    for pattern in slip.says:
        if not re.search(pattern, said[0]):
            return f"does not say {pattern!r}"
    if slip.never and any(re.search(slip.never, each) for each in said):
        return f"says {slip.never!r}"
    return next(filter(None, (_refused(slip, each, len(findings)) for each in findings)), "")


def _refused(slip: Slip, finding: Finding, count: int) -> str:
    """A name that is advised has to be better than what was written: with it in place there is less to mend."""
    meant = _MEANT.search(finding.help or "")
    if meant is None or isinstance(slip.content, bytes) or finding.span.line != finding.span.end_line:
        return ""
    rows = slip.content.split("\n")
    row, start, end = rows[finding.span.line - 1], finding.span.column - 1, finding.span.end_column - 1
    rows[finding.span.line - 1] = row[:start] + meant[1] + row[end:]
    left = read("\n".join(rows), path="slip.yaml", audience="strict").findings
    return "" if len(left) < count else f"advises {meant[1]!r}, which is refused too"
