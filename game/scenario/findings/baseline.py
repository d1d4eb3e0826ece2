"""Findings that are known and left for later: kept in a file, so that a check reports what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from game.errors import GameError
from game.scenario.findings.finding import Finding

FORMAT = 1
_Known = Counter[tuple[str, str, str]]


def baseline_of(findings: Iterable[Finding]) -> str:
    """The text of a file that holds these findings. Lines are left out, since they move with every edit above them."""
    counted = _counted(findings)
    kept = [{"path": path, "code": code, "message": message, "count": count}
            for (path, code, message), count in sorted(counted.items())]  # fmt: skip
    return json.dumps({"format": FORMAT, "findings": kept}, indent=1, ensure_ascii=False) + "\n"


def beyond(findings: Sequence[Finding], text: str, name: str) -> tuple[list[Finding], int]:
    """The findings that a baseline does not hold, and how many of those that it holds are gone.

    Raises GameError where the text is no baseline.
    """
    left = _read(text, name)
    new = []
    for finding in findings:
        key = _key(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    checked = {_key(finding)[0] for finding in findings}
    return new, sum(count for (path, _, _), count in left.items() if path in checked)


def _read(text: str, name: str) -> _Known:
    try:
        kept = json.loads(text)
        known: _Known = Counter()
        if kept["format"] != FORMAT:
            raise ValueError
        for each in kept["findings"]:
            known[str(each["path"]), str(each["code"]), str(each["message"])] += int(each["count"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise GameError(f"{name} is no baseline of this version; write it anew with --update-baseline") from None
    return known


def _counted(findings: Iterable[Finding]) -> _Known:
    return Counter(map(_key, findings))


def _key(finding: Finding) -> tuple[str, str, str]:
    return PurePath(finding.path).as_posix(), finding.code, finding.message
