"""`realpolitik.toml`: how a project wants its files checked, as a whole and by profiles.

[check]
audience = "strict"
ignore = ["L005"]

[check.profiles.release]
format = "sarif"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from game.errors import GameError, UnknownName
from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import Audience, Finding, Report, concise, ordered, shown
from game.scenario.spec import Span

FILE = "realpolitik.toml"
FORMS = ("full", "concise", "json", "sarif", "github", "junit")
_AT = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a check is told where its command line does not say it."""

    audience: Audience = "author"
    format: str | None = None
    ignore: tuple[str, ...] = ()
    baseline: str | None = None


def settings_for(profile: str | None, folder: Path) -> CheckSettings:
    """The settings of the nearest file from a folder upwards; UnknownName where there is no such profile."""
    file = next((each / FILE for each in (folder, *folder.parents) if (each / FILE).is_file()), None)
    if file is None:
        if profile is not None:
            raise UnknownName("profile", profile, ())
        return CheckSettings()
    found, findings = settings_findings(file.read_text(encoding="utf-8", errors="replace"), str(file))
    if findings:
        raise GameError("\n".join(map(concise, findings)))
    if profile is not None and profile not in found:
        raise UnknownName("profile", profile, [name for name in found if name])
    chosen = found.get(profile or "", CheckSettings())
    return chosen if chosen.baseline is None else replace(chosen, baseline=str(file.parent / chosen.baseline))


def settings_findings(text: str, name: str) -> tuple[Mapping[str, CheckSettings], tuple[Finding, ...]]:
    """Every profile by its name, the settings of all under the empty one; and what is wrong with the file."""
    report = Report(name)
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _say_syntax(str(error), text, report)
        return {}, ordered(report.findings)
    reader = _Reader(text.split("\n"), report)
    reader.known(read, ("check",), "")
    check = reader.table(read.get("check", {}), "check")
    profiles = reader.table(check.pop("profiles", {}), "check.profiles")
    usual = reader.settings(check, "check", CheckSettings())
    named = {
        each: reader.settings(reader.table(given, f"check.profiles.{each}"), f"check.profiles.{each}", usual)
        for each, given in profiles.items()
    }
    return {"": usual, **named}, ordered(report.findings)


def _say_syntax(said: str, text: str, report: Report) -> None:
    found = _AT.match(said)
    line, column = (int(found[2]), int(found[3])) if found is not None and found[2] else (text.count("\n") + 1, 1)
    reason = found[1] if found is not None else said
    report.add("Y020", Span(line, column, line, column + 1), f"not valid TOML: {reason[:1].lower()}{reason[1:]}")


class _Reader:
    """Takes settings out of what was read, and says what is none."""

    def __init__(self, lines: Sequence[str], report: Report) -> None:
        self.lines, self.report = lines, report

    def place(self, table: str, key: str) -> Span:
        """Where a key of a table is written, as far as its line can be told."""
        inside = ""
        for number, row in enumerate(self.lines, 1):
            header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", row)
            inside = header[1] if header else inside
            if header and f"{table}.{key}".strip(".") == inside:
                return Span(number, 1, number, len(row.rstrip()) + 1)
            found = re.match(rf"\s*(?:[\w.-]+\.)?[\"']?({re.escape(key)})[\"']?\s*=", row)
            if found and table.startswith(inside):
                return Span(number, found.start(1) + 1, number, found.end(1) + 1)
        return Span(1, 1, 1, 2)

    def known(self, given: Mapping[str, Any], keys: Sequence[str], table: str) -> None:
        """Report the keys that are none of those."""
        for key in given:
            if key not in keys:
                self.report.unknown("setting", key, self.place(table, key), keys, "S001")

    def table(self, given: Any, name: str) -> dict[str, Any]:
        """A table; anything else is reported."""
        if isinstance(given, dict):
            return dict(given)
        outer, _, key = name.rpartition(".")
        self.report.add("S003", self.place(outer, key), f"{name} must be a table", f"write [{name}]")
        return {}

    def settings(self, given: Mapping[str, Any], table: str, usual: CheckSettings) -> CheckSettings:
        """The settings of a table, the usual ones where it says nothing."""
        self.known(given, ("audience", "format", "ignore", "baseline"), table)
        found: dict[str, Any] = {}
        for key, choices in (("audience", get_args(Audience)), ("format", FORMS)):
            if key in given and self._one_of(given[key], choices, table, key):
                found[key] = given[key]
        if "baseline" in given and self._is(given["baseline"], str, "the name of a file", table, "baseline"):
            found["baseline"] = given["baseline"]
        if "ignore" in given and self._is(given["ignore"], list, "a list of codes", table, "ignore"):
            found["ignore"] = tuple(each for each in given["ignore"] if self._may_be_ignored(each, table))
        return replace(usual, **found)

    def _one_of(self, value: Any, choices: Sequence[str], table: str, key: str) -> bool:
        if value in choices:
            return True
        self.report.add("S006", self.place(table, key), f"{shown(str(value))} is not one of {', '.join(choices)}")
        return False

    def _is(self, value: Any, kind: type, what: str, table: str, key: str) -> bool:
        if isinstance(value, kind):
            return True
        self.report.add("S003", self.place(table, key), f"{key} must be {what}")
        return False

    def _may_be_ignored(self, code: Any, table: str) -> bool:
        if code not in CODES:
            self.report.unknown("finding code", str(code), self.place(table, "ignore"), CODES)
            return False
        if CODES[code].severity == "error":
            message = f"{code} is an error, which keeps a scenario from running"
            self.report.add("S015", self.place(table, "ignore"), message, "only warnings and hints can be ignored")
            return False
        return True
