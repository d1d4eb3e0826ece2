"""Files of every kind that `check` knows: scenarios, catalogues, event data, and settings."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from game.cli.check_settings import FILE as SETTINGS_FILE
from game.cli.check_settings import settings_findings
from game.scenario import read
from game.scenario.build.catalogue import catalogue_findings
from game.scenario.findings.finding import Audience, Finding, Report, of_code
from game.scenario.schema.declarations import CATALOGUE, SCENARIO
from game.scenario.text.source import LARGEST, START, bytes_of, text_of
from game.scenario.text.syntax_recovery import tree_of

STDIN = "-"
_OF_EVENT_DATA = frozenset(("scenario", "period", "codes", "others"))
"""Keys of event data that no scenario and no catalogue has."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it was found: what it is called, its text, and what is wrong with it."""

    name: str
    text: str
    findings: tuple[Finding, ...]


def checked_input(name: str, audience: Audience) -> Checked:
    """What stands on standard input, under a name."""
    return _judged(sys.stdin.buffer.read(LARGEST + 1), name, audience)


def checked(path: Path, name: str, audience: Audience) -> Checked:
    """A file, by what it is: its name tells settings, its keys tell the rest."""
    if path.name == SETTINGS_FILE:
        text = bytes_of(path).decode("utf-8", errors="replace")
        return Checked(name, text, settings_findings(text, name)[1])
    if path.suffix == ".json":
        return _preferences(path, name)
    content = bytes_of(path)
    if _kind(content) == "event data":
        return _event_data(path, name, content)
    return _judged(content, name, audience)


def _judged(content: bytes, name: str, audience: Audience) -> Checked:
    if _kind(content) == "catalogue":
        text, findings = catalogue_findings(content, name)
        return Checked(name, text, findings)
    reading = read(content, path=name, audience=audience)
    return Checked(name, reading.text, reading.findings)


def _kind(content: bytes) -> str:
    """What a file is, by the keys it has; one that might be anything is a scenario."""
    quiet = Report("")
    text = text_of(content, quiet)
    root = None if text is None else tree_of(text, quiet)
    keys = set() if root is None else set(root.entries)
    if len(keys & _OF_EVENT_DATA) >= 2 and not keys & (SCENARIO.keys() - {"states", "events", "sources"}) & {"start"}:
        return "event data"
    own = SCENARIO.keys() - CATALOGUE.keys()
    return "catalogue" if "catalogue" in keys and not keys & own else "scenario"


def _event_data(path: Path, name: str, content: bytes) -> Checked:
    from game.study.event_data import check_event_data

    found = check_event_data(path)
    text = text_of(content, Report("")) or ""
    return Checked(name, text, tuple(_named(each, name) for each in found))


def _named(finding: Finding, name: str) -> Finding:
    return of_code(name, finding.code, finding.span, finding.message, finding.help, finding.labels)


def _preferences(path: Path, name: str) -> Checked:
    """The settings of the window."""
    from game.screen.preferences import examined

    text = bytes_of(path).decode("utf-8", errors="replace")
    _, fault = examined(path)
    if fault is None:
        return Checked(name, text, ())
    code = "S003" if fault.partial else "Y020"
    help_ = "choose them anew in the window, or remove the file"
    return Checked(name, text, (of_code(name, code, START, fault.text.rstrip("."), help_),))
