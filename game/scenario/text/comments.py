"""Comments that cut a text short: what follows ' #' is no part of a value, however much it was meant to be (Y033)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from game.scenario.findings.finding import Finding, of_code
from game.scenario.spec import Span
from game.scenario.text.signs import texts
from game.scenario.text.yaml_tree import Node

_CUTTING = re.compile(r"[ \t]+#(?=[^\s#!])")
_COMMENT = re.compile(r":[ \t]+#")


def cut_short(root: Node, lines: Sequence[str], path: str) -> Iterator[Finding]:
    """The texts that end before a ' #' which has no space behind it, as a comment has."""
    rows = {number for number, row in enumerate(lines, 1) if "#" in row and _CUTTING.search(row)}
    for node in texts(root) if rows else ():
        if node.style is None and node.end_line in rows:
            row = lines[node.end_line - 1]
            found = _CUTTING.match(row, node.end_column - 1)
            if found is not None:
                span = Span(node.end_line, found.end(), node.end_line, len(row.rstrip()) + 1)
                message = "the text ends before ' #', which starts a comment"
                help_ = "put the text in quotes; write '# ' with a space where a comment is meant"
                yield of_code(path, "Y033", span, message, help_)


def hinted(finding: Finding, lines: Sequence[str]) -> Finding:
    """A finding about a value that is missing, with the comment that its value has become."""
    row = lines[finding.span.line - 1] if finding.span.line <= len(lines) else ""
    if finding.code == "S003" and finding.message.endswith("found nothing") and _COMMENT.search(row):
        return replace(finding, help="what follows ' #' is a comment: put the value in quotes")
    return finding
