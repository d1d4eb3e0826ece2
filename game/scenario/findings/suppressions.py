"""Findings an author has looked at and keeps: `# check: ignore[L010] the reason`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import Finding, of_code, suggestion
from game.scenario.spec import Span

_MARK = "check: ignore"
_COMMENT = re.compile(r"#\s*check: ignore\b(?:\[([^\]]*)\])?[ \t]*([^\n]*)")


@dataclass(frozen=True, slots=True)
class _Suppression:
    codes: frozenset[str]
    line: int  # the line it speaks of: its own, or the next where it stands alone
    span: Span


def suppressed(findings: Sequence[Finding], text: str, path: str) -> list[Finding]:
    """The findings that are left; a silence without reason, or that silences nothing, is one itself."""
    if _MARK not in text:
        return list(findings)
    lines = text.split("\n")
    problems: list[Finding] = []
    suppressions = _suppressions(lines, path, problems)
    used: set[tuple[int, str]] = set()
    left = []
    by_line: dict[int, list[_Suppression]] = {}
    for each in suppressions:
        by_line.setdefault(each.line, []).append(each)
    for finding in findings:
        matching = [each for each in by_line.get(finding.span.line, ()) if finding.code in each.codes]
        if matching and finding.severity != "error":
            used.update((each.span.line, finding.code) for each in matching)
        else:
            left.append(finding)
    for each in suppressions:
        # A strict finding is not looked for in every reading, so its silence may rest.
        idle = [code for code in sorted(each.codes) if (each.span.line, code) not in used and not CODES[code].strict]
        said = [f"there is no {code} here to ignore" for code in idle]
        problems += [of_code(path, "L013", each.span, message, "remove the comment") for message in said]
    return left + problems


def _suppressions(lines: Sequence[str], path: str, problems: list[Finding]) -> list[_Suppression]:
    """Every silence, read from the last line up, since one that stands alone speaks of the line below it."""
    suppressions: list[_Suppression] = []
    below = len(lines)
    for number in range(len(lines), 0, -1):
        row = lines[number - 1]
        alone = row.lstrip().startswith("#")
        if row.strip() and not alone:
            below = number
        found = _suppression(number, row, below if alone else number, path, problems) if _MARK in row else None
        if found is not None:
            suppressions.append(found)
    return suppressions


def _suppression(number: int, row: str, line: int, path: str, problems: list[Finding]) -> _Suppression | None:
    found = _COMMENT.search(row)
    if found is None:
        return None
    span = Span(number, found.start() + 1, number, len(row.rstrip()) + 1)
    codes = frozenset(filter(None, (code.strip() for code in (found[1] or "").split(","))))
    unknown = sorted(code for code in codes if code not in CODES)
    if not codes or unknown:
        message = f"no finding has the code {unknown[0]!r}" if unknown else "say which finding: ignore[L010]"
        problems.append(of_code(path, "L013", span, message, suggestion(unknown[0], CODES) if unknown else None))
        return None
    if not found[2].strip():
        problems.append(of_code(path, "L013", span, "say why, after the bracket", "# check: ignore[L010] the reason"))
        return None
    return _Suppression(codes, line, span)
