"""Findings in the forms of services that run checks: the commands of GitHub's workflows, and JUnit's XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from game.scenario.findings.finding import Finding, full
from game.text import marked

_KINDS = {"error": "error", "warning": "warning", "hint": "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """A workflow command a line: GitHub shows each beside its line of the file."""
    return "".join(f"{_command(each)}\n" for each in findings)


def _command(finding: Finding) -> str:
    span = finding.span
    places = {"file": finding.path, "line": span.line, "endLine": span.end_line, "col": span.column}
    if span.end_line == span.line:
        places["endColumn"] = span.end_column
    titled = {**places, "title": f"realpolitik {finding.code}"}
    said = f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message
    named = ",".join(f"{name}={_property(str(value))}" for name, value in titled.items())
    return f"::{_KINDS[finding.severity]} {named}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_junit(files: Mapping[str, tuple[Sequence[Finding], str]]) -> str:
    """A suite a file, and in it a case a finding that failed; a file without findings is a case that passed."""
    suites = [_suite(path, findings, text) for path, (findings, text) in files.items()]
    count = sum(len(findings) for findings, _ in files.values())
    tests = sum(max(1, len(findings)) for findings, _ in files.values())
    head = f'<testsuites name="realpolitik check" tests="{tests}" failures="{count}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


def _suite(path: str, findings: Sequence[Finding], text: str) -> str:
    name = _attribute(path)
    head = f'  <testsuite name={name} tests="{max(1, len(findings))}" failures="{len(findings)}" errors="0">'
    cases = [_case(each, text) for each in findings]
    passed = [f"    <testcase classname={name} name={_attribute('nothing found')}/>"]
    return "\n".join([head, *(cases or passed), "  </testsuite>"])


def _case(finding: Finding, text: str) -> str:
    place = f"{finding.code} {finding.span.line}:{finding.span.column}"
    where = f"classname={_attribute(finding.path)} name={_attribute(place)}"
    file = f'file={_attribute(finding.path)} line="{finding.span.line}"'
    what = f"type={_attribute(finding.severity)} message={_attribute(finding.message)}"
    said = escape(marked(full([finding], text)))
    return f"    <testcase {where} {file}>\n      <failure {what}>{said}</failure>\n    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(marked(text), {"\n": "&#10;"})
