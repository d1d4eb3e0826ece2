"""What is wrong with a file, where, and what to do: values, and the three forms they are printed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal
from unicodedata import category, combining, east_asian_width

from game.errors import GameError
from game.scenario.findings.codes import CODES
from game.scenario.spec import Span

Severity = Literal["error", "warning", "hint"]
Audience = Literal["play", "author", "strict"]

COLLECTED = 200
PRINTED = 50
_EXCERPT = 160
_NAME_LENGTH = 60
_CANDIDATES = 40
_FEW = 14
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "hint": "\x1b[1;36m", "help": "\x1b[1;32m"}
_PLAIN = "\x1b[0m"
_BLANKS = "\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"


@dataclass(frozen=True, slots=True)
class Label:
    """Another place a finding is about."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. There is always a place: a finding without a span can't be built."""

    path: str
    span: Span
    severity: Severity
    code: str
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.span, Span):
            raise TypeError(f"a finding needs a place in its file, not {self.span!r}")

    def __str__(self) -> str:
        return concise(self)


class ScenarioError(GameError):
    """A scenario that has errors, with every finding; it does not run."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0] if self.findings else None
        more = f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""
        super().__init__(f"{first}{more}" if first else "the scenario has errors")


@dataclass(frozen=True, slots=True)
class Refused:
    """A declaration that was refused: the kind of thing, the id it was meant to have, and the finding that says so."""

    kind: str
    meant: str
    finding: Finding


class Report:
    """Collects findings while a file is read, up to a limit.

    What is named and declared nowhere, and what is declared and was refused, is kept apart as well, since one slip in
    a declaration makes a stranger of every name that refers to it.
    """

    def __init__(self, path: str, limit: int = COLLECTED) -> None:
        self.path, self.limit = path, limit
        self.findings: list[Finding] = []
        self.strangers: dict[tuple[str, str], list[Finding]] = {}
        self.refused: list[Refused] = []

    @property
    def full(self) -> bool:
        return len(self.findings) >= self.limit

    @property
    def failed(self) -> bool:
        return any(each.severity == "error" for each in self.findings)

    def add(
        self, code: str, span: Span, message: str, help_: str | None = None, labels: tuple[Label, ...] = ()
    ) -> None:
        """Add a finding; its severity is its code's."""
        if not self.full:
            self.findings.append(of_code(self.path, code, span, message, help_, labels))

    def unknown(
        self,
        kind: str,
        name: str,
        span: Span,
        known: Iterable[str],
        code: str = "R001",
        help_: str | Callable[[], str | None] | None = None,
        message: str | None = None,
    ) -> None:
        """Add the finding that no such thing exists, with the nearest that does, or what there is.

        A file may name the same stranger ten thousand times: what is said of it is worked out once.
        """
        if self.full:
            return
        many = self.strangers.get((kind, name))
        if many:
            many.append(replace(many[0], span=span))
            return
        known = list(known)
        given = help_() if callable(help_) else help_
        help_ = given or suggestion(name, known) or choice(known)
        self.add(code, span, message or f"no {kind} is called {shown(name)}", help_)
        self.strangers[kind, name] = self.findings[-1:]

    def declined(self, kind: str | None, meant: str) -> None:
        """Note that the last finding refused a declaration, and which id it was meant to have."""
        if kind is not None and self.findings and not self.full:
            self.refused.append(Refused(kind, meant, self.findings[-1]))


def of_code(
    path: str, code: str, span: Span, message: str, help_: str | None = None, labels: tuple[Label, ...] = ()
) -> Finding:
    """A finding with its code's severity."""
    return Finding(path, span, CODES[code].severity, code, message, help_, labels)


def shown(text: str) -> str:
    """A text of the file, quoted and cut short."""
    return repr(text if len(text) <= _NAME_LENGTH else text[: _NAME_LENGTH - 3] + "...")


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x'?`, if something known is close; the work is bounded however much is known."""
    if not 0 < len(name) <= _NAME_LENGTH:
        return None
    lowered = name.lower()
    candidates = [each for each in known if abs(len(each) - len(name)) <= 1 + len(name) // 2]
    if len(candidates) > _CANDIDATES:
        candidates = [each for each in candidates if each[:1] == lowered[:1] and each[-1:] == lowered[-1:]]
    candidates = sorted(candidates)[:_CANDIDATES]
    close = get_close_matches(lowered, candidates, 1, 0.6)
    return f"did you mean {close[0]!r}?" if close else None


def choice(known: Sequence[str]) -> str | None:
    """What there is to choose from, where it is little enough to be read."""
    names = sorted(set(known))
    said = f"there {'is' if len(names) == 1 else 'are'} {', '.join(names[:_FEW])}"
    return None if not names else said + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By place, then by code, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: (each.span, each.code, each.message)))


def concise(finding: Finding) -> str:
    """One line that editors and terminals can follow."""
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    return f"{place}: {finding.severity}[{finding.code}] {finding.message}"


def full(findings: Sequence[Finding], text: str, *, colour: bool = False, limit: int = PRINTED) -> str:
    """Each finding with the lines it is about, then a count."""
    lines = text.split("\n")
    blocks = [_block(finding, lines, colour) for finding in findings[:limit]]
    return "\n".join([*blocks, summary(findings, limit)]) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    """All findings as a JSON array."""
    return json.dumps([_record(each) for each in findings], indent=2, ensure_ascii=False) + "\n"


def summary(findings: Sequence[Finding], limit: int = PRINTED) -> str:
    """`2 errors, 1 warning`, and how many were not shown."""
    if not findings:
        return "nothing found"
    counts = [(name, sum(each.severity == name for each in findings)) for name in ("error", "warning", "hint")]
    said = ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts if count)
    hidden = len(findings) - limit
    return said + (f" ({hidden} not shown)" if hidden > 0 else "")


def _record(finding: Finding) -> dict[str, object]:
    return {
        "path": finding.path,
        **_place(finding.span),
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "help": finding.help,
        "labels": [{**_place(label.span), "text": label.text} for label in finding.labels],
    }


def _place(span: Span) -> dict[str, object]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _block(finding: Finding, lines: Sequence[str], colour: bool) -> str:
    places = [(finding.span, "", "^"), *((label.span, label.text, "-") for label in finding.labels)]
    width = len(str(max(span.line for span, _, _ in places)))
    margin = " " * width
    head = _painted(f"{finding.severity}[{finding.code}]", finding.severity, colour)
    rows = [
        f"{head}: {finding.message}",
        f"{margin}--> {finding.path}:{finding.span.line}:{finding.span.column}",
        f"{margin} |",
    ]
    for span, text, mark in places:
        source, underline = _excerpt(span, lines, mark)
        underline = _painted(underline, finding.severity, colour and mark == "^")
        rows += [f"{span.line:>{width}} | {source}".rstrip(), f"{margin} | {underline} {text}".rstrip()]
    if finding.help:
        rows.append(f"{margin} = {_painted('help', 'help', colour)}: {finding.help}")
    return "\n".join([*rows, ""])


def _excerpt(span: Span, lines: Sequence[str], mark: str) -> tuple[str, str]:
    """The line a span starts on and the marks under it, moved left when the place is far to the right."""
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    line = "".join(
        each if each.isprintable() or cells(each) == 0 else " " if each in _BLANKS else "\N{REPLACEMENT CHARACTER}"
        for each in line.rstrip("\r")
    )
    end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    first = max(0, span.column - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    start, shown_ = span.column - 1, line[first : first + _EXCERPT]
    length = cells(line[start : min(max(start, end - 1), first + _EXCERPT)])
    return shown_, " " * (cells(line[first:start]) + max(0, start - len(line))) + mark * max(1, length)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide letters, none for marks that sit on others."""
    if text.isascii():
        return len(text)
    return sum(_width(each) for each in text)


def _width(letter: str) -> int:
    if combining(letter) or category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _painted(text: str, style: str, colour: bool) -> str:
    return f"{_COLOURS[style]}{text}{_PLAIN}" if colour else text
