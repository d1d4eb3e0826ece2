"""Reading a scenario: the stages in order, and what a caller gets back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from game.scenario import spec
from game.scenario.build.scenario import build
from game.scenario.checks import concerns
from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import (
    COLLECTED,
    Audience,
    Finding,
    Report,
    ordered,
)
from game.scenario.findings.suppressions import suppressed
from game.scenario.text.comments import cut_short, hinted
from game.scenario.text.letters import missing
from game.scenario.text.signs import texts, undrawable
from game.scenario.text.source import START, bytes_of, shown_text, text_of
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import Node


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: a scenario, None if there are errors, and every finding in order of place."""

    scenario: spec.Scenario | None
    findings: tuple[Finding, ...]
    text: str


def read(
    source: str | bytes | os.PathLike[str],
    *,
    path: str | None = None,
    audience: Audience = "author",
    parsed: Callable[[str, Report], Node | None] = tree_of,
) -> Reading:
    """Read a text, bytes or a file; whatever it holds comes back as a scenario or findings.

    `parsed` makes the tree of a text that is safe to parse.
    """
    if isinstance(source, (str, bytes)):
        content, name = source, path or "<text>"
    else:
        content, name = bytes_of(Path(source)), path or os.fspath(source)
    report = Report(name)
    text = text_of(content, report)
    if text is None:
        return Reading(None, ordered(report.findings), shown_text(content))
    root = parsed(text, report)
    if root is None:
        if not report.findings:
            report.add("Y008", START, "the file is empty", "start with: format: 1")
        return Reading(None, ordered(report.findings), text)
    scenario = build(root, text, report)
    # Where every letter of the file can be drawn, and none is spelled by an escape, no text need be looked at.
    if audience != "play" and scenario is not None and ("\\" in text or missing(text)):
        report.findings += undrawable(root, name)
    if audience != "play" and scenario is not None:
        report.findings += cut_short(root, text.split("\n"), name)
    report.findings[:] = [hinted(each, text.split("\n")) if each.code == "S003" else each for each in report.findings]
    return Reading(scenario, _judged(scenario, report, root, text, audience), text)


def _judged(
    scenario: spec.Scenario | None, report: Report, root: Node, text: str, audience: Audience
) -> tuple[Finding, ...]:
    """The findings an audience is shown. Meaning is judged only where there are no errors, so none is said twice."""
    if audience == "play" or scenario is None:
        shown = audience != "play"
        return ordered(each for each in report.findings if each.severity == "error" or (shown and each.code[0] == "Y"))
    found = [each for each in concerns(scenario) if audience == "strict" or not CODES[each.code].strict]
    quoted = (each.span for each in texts(root) if "check: ignore" in each.text)
    return ordered(suppressed([*report.findings, *found], text, report.path, quoted))[:COLLECTED]
