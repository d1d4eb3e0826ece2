"""Findings an author has looked at and keeps, for a line, a block or the file, each with the reason.

`# check: ignore[L010] why` speaks of its line, or of the next where it stands alone; `ignore-block` of the entry that
this line opens, with everything indented deeper; `ignore-file` of the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import Finding, of_code, suggestion
from game.scenario.spec import Span

_MARK = "check: ignore"
_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*check: ignore(-block|-file)?(?![\w-])(?:\[([^\]]*)\])?[ \t]*([^\n]*)")


@dataclass(frozen=True, slots=True)
class _Suppression:
    codes: frozenset[str]
    first: int  # the lines it speaks of
    last: int
    span: Span


def suppressed(findings: Sequence[Finding], text: str, path: str, quoted: Iterable[Span] = ()) -> list[Finding]:
    """The findings that are left; a silence without reason, or that silences nothing, is one itself.

    `quoted` are the places of values: what looks like a silence inside one is text.
    """
    if _MARK not in text:
        return list(findings)
    problems: list[Finding] = []
    suppressions = _suppressions(text.split("\n"), path, problems, sorted(quoted))
    silenced, used = _silenced(findings, suppressions)
    for each in suppressions:
        # A strict finding is not looked for in every reading, so its silence may rest.
        idle = [code for code in sorted(each.codes) if (each.span, code) not in used and not CODES[code].strict]
        said = [f"there is no {code} here to ignore" for code in idle]
        problems += [of_code(path, "L013", each.span, message, "remove the comment") for message in said]
    return [each for place, each in enumerate(findings) if place not in silenced] + problems


def _silenced(
    findings: Sequence[Finding], suppressions: Sequence[_Suppression]
) -> tuple[set[int], set[tuple[Span, str]]]:
    """The findings that are silenced, by their place, and which silence had something to silence."""
    by_code: dict[str, list[tuple[int, int]]] = {}
    for place, finding in enumerate(findings):
        if finding.severity != "error":
            by_code.setdefault(finding.code, []).append((finding.span.line, place))
    for lines in by_code.values():
        lines.sort()
    silenced: set[int] = set()
    used: set[tuple[Span, str]] = set()
    known: dict[tuple[str, int, int], bool] = {}  # a file may say the same a thousand times
    for each in suppressions:
        for code in each.codes & by_code.keys():
            key = code, each.first, each.last
            if key not in known:
                lines = by_code[code]
                start, end = bisect_left(lines, (each.first, 0)), bisect_left(lines, (each.last + 1, 0))
                silenced.update(place for _, place in lines[start:end])
                known[key] = end > start
            if known[key]:
                used.add((each.span, code))
    return silenced, used


def _suppressions(
    lines: Sequence[str], path: str, problems: list[Finding], quoted: Sequence[Span]
) -> list[_Suppression]:
    """Every silence, read from the last line up, since one that stands alone speaks of the line below it."""
    suppressions: list[_Suppression] = []
    below = len(lines)
    ends: dict[int, int] = {}
    for number in range(len(lines), 0, -1):
        row = lines[number - 1]
        alone = row.lstrip().startswith("#")
        if row.strip() and not alone:
            below = number
        found = _COMMENT.search(row) if _MARK in row else None
        if found is not None and not _within(number, found.start() + 1, quoted):
            line = below if alone else number
            if found[1] == "-block" and line not in ends:
                ends[line] = _end_of_block(line, lines)
            reach = (1, len(lines)) if found[1] == "-file" else (line, ends.get(line, line) if found[1] else line)
            span = Span(number, found.start() + 1, number, len(row.rstrip()) + 1)
            made = _suppression(found, reach, span, path, problems)
            suppressions += [] if made is None else [made]
    return suppressions


def _within(line: int, column: int, quoted: Sequence[Span]) -> bool:
    at = bisect_right(quoted, (line, column), key=lambda each: (each.line, each.column)) - 1
    return at >= 0 and (line, column) < (quoted[at].end_line, quoted[at].end_column)


def _suppression(
    found: re.Match[str], lines: tuple[int, int], span: Span, path: str, problems: list[Finding]
) -> _Suppression | None:
    reach = found[1] or ""
    codes = frozenset(filter(None, (code.strip() for code in (found[2] or "").split(","))))
    unknown = sorted(code for code in codes if code not in CODES)
    if not codes or unknown:
        message = f"no finding has the code {unknown[0]!r}" if unknown else "the codes to ignore are missing"
        help_ = suggestion(unknown[0], CODES) if unknown else None
        problems.append(of_code(path, "L013", span, message, help_ or f"write # check: ignore{reach}[L010] why"))
        return None
    if not found[3].strip():
        help_ = f"write # check: ignore{reach}[{', '.join(sorted(codes))}] why"
        problems.append(of_code(path, "L013", span, "the reason is missing, after the bracket", help_))
        return None
    return _Suppression(codes, *lines, span)


def _end_of_block(line: int, lines: Sequence[str]) -> int:
    """The last line that is indented deeper than the one that opens the block."""
    width = _indent(lines[line - 1])
    last = line
    for number in range(line + 1, len(lines) + 1):
        row = lines[number - 1]
        if row.strip() and not row.lstrip().startswith("#"):
            if _indent(row) <= width:
                break
            last = number
    return last


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
