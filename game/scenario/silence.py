"""Findings an author has looked at and keeps: `# check: ignore[L010] the reason`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from game.scenario.codes import CODES
from game.scenario.finding import Finding, of_code, suggestion
from game.scenario.spec import Span

_MARK = "check: ignore"
_COMMENT = re.compile(r"#\s*check: ignore\b(?:\[([^\]]*)\])?[ \t]*([^\n]*)")


@dataclass(frozen=True, slots=True)
class _Silence:
    codes: frozenset[str]
    line: int  # the line it speaks of: its own, or the next where it stands alone
    span: Span


def silenced(findings: Sequence[Finding], text: str, path: str) -> list[Finding]:
    """The findings that are left; a silence without reason, or that silences nothing, is one itself."""
    if _MARK not in text:
        return list(findings)
    lines = text.split("\n")
    faults: list[Finding] = []
    silences = [found for number in range(len(lines)) if (found := _silence(number, lines, path, faults))]
    used: set[tuple[int, str]] = set()
    left = []
    for finding in findings:
        matching = [each for each in silences if each.line == finding.span.line and finding.code in each.codes]
        if matching and finding.severity != "error":
            used.update((each.span.line, finding.code) for each in matching)
        else:
            left.append(finding)
    for each in silences:
        for code in sorted(each.codes):
            # A strict finding is not looked for in every reading, so its silence may rest.
            if (each.span.line, code) not in used and not CODES[code].strict:
                faults.append(
                    of_code(path, "L013", each.span, f"there is no {code} here to ignore", "remove the comment")
                )
    return left + faults


def _silence(number: int, lines: Sequence[str], path: str, faults: list[Finding]) -> _Silence | None:
    row = lines[number]
    found = _COMMENT.search(row) if _MARK in row else None
    if found is None:
        return None
    span = Span(number + 1, found.start() + 1, number + 1, len(row.rstrip()) + 1)
    codes = frozenset(filter(None, (code.strip() for code in (found[1] or "").split(","))))
    unknown = sorted(code for code in codes if code not in CODES)
    if not codes or unknown:
        message = f"no finding has the code {unknown[0]!r}" if unknown else "say which finding: ignore[L010]"
        faults.append(of_code(path, "L013", span, message, suggestion(unknown[0], CODES) if unknown else None))
        return None
    if not found[2].strip():
        faults.append(of_code(path, "L013", span, "say why, after the bracket", "# check: ignore[L010] the reason"))
        return None
    line = number + 1
    if row.lstrip().startswith("#"):
        line = next((at + 1 for at in range(number + 1, len(lines)) if _is_content(lines[at])), line)
    return _Silence(codes, line, span)


def _is_content(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")
