"""Findings in SARIF 2.1.0, the format of OASIS for results: code hosts show them beside the code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from game.scenario.findings.codes import CODES, explanation
from game.scenario.findings.finding import Finding
from game.scenario.spec import Span
from game.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}


def as_sarif(findings: Sequence[Finding]) -> str:
    """One run of the checker, with a rule for each code that was found."""
    codes = sorted({each.code for each in findings})
    driver = {"name": "realpolitik", "semanticVersion": VERSION, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        # Columns count characters, not the halves of those that take two.
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes) for each in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, object]:
    page = explanation(code)
    return {
        "id": code,
        "shortDescription": {"text": CODES[code].title},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[CODES[code].severity]},
    }


def _result(finding: Finding, codes: Sequence[str]) -> dict[str, object]:
    said = f"{finding.message}; {finding.help}" if finding.help else finding.message
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [_location(finding.path, finding.span)],
        # Where it stands may change with every line above it; what it is does not.
        "partialFingerprints": {"finding/v1": sha256(f"{finding.code}\n{finding.message}".encode()).hexdigest()},
    }
    if finding.labels:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": label.text or "see here"}, **_location(finding.path, label.span)}
            for number, label in enumerate(finding.labels)
        ]
    return result


def _location(path: str, span: Span) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": max(span.end_column, 1),
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/")
