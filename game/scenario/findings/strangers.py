"""Names that are declared nowhere, traced to the declaration that went wrong, so that one slip is one finding.

A declaration that was refused, or written under the id of another, leaves every name that refers to it without a
bearer. Each such declaration answers for one unknown name of its kind: the most alike, or else the most used. So does
one that nothing refers to, where something much alike is named again and again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from game.scenario.findings.finding import Finding, Label, Report, shown, suggestion
from game.scenario.schema.names import SECTION_OF
from game.scenario.spec import Span

_PARTS = {"state or dispute": ("state", "dispute"), "role or state": ("state",)}
_AGAIN = 3
"""How many further places a finding points at."""

_WORD = re.compile(r"\w+")

Names = dict[str, list[Finding]]


def settle(report: Report, declared: Mapping[str, Mapping[str, Span]], text: str) -> None:
    """Leave one finding for each slip; `declared` says where each name of a kind is, in the text of the file."""
    if not report.strangers:
        return
    written = Counter(_WORD.findall(text))
    gone: set[Finding] = set()
    present = set(report.findings)
    better: dict[Finding, Finding] = {}
    for kind, names in _by_kind(report).items():
        for each in report.refused:
            name = _explained(each.meant, names) if each.kind in (kind, SECTION_OF.get(kind)) else None
            if name is not None:
                better[each.finding] = _blamed(better.get(each.finding, each.finding), name, names[name])
                gone.update(set(names.pop(name)) & present)
        if len(names) > 1 and not declared.get(kind):
            first, *others = sorted(names, key=lambda name: names[name][0].span)
            better[names[first][0]] = _undeclared(kind, {name: names[name] for name in (first, *others)})
            gone.update(names.pop(name)[0] for name in others)
        idle = [name for name in declared.get(kind, {}) if written[name] == 1]
        for name, places in list(names.items()):
            meant = suggestion(name, idle) if len(places) > 1 else None
            if meant is not None:
                wrong = meant.partition("'")[2].partition("'")[0]
                gone.update(set(places[1:]) & present)
                better[places[0]] = _misspelt(places, kind, wrong, name, declared[kind][wrong])
                idle.remove(wrong)
            elif len(places) > 1 and places[0] not in better:
                gone.update(set(places[1:]) & present)
                better[places[0]] = _repeated(places)
    report.findings = [better.get(each, each) for each in report.findings if each not in gone]


def _by_kind(report: Report) -> dict[str, Names]:
    found: dict[str, Names] = {}
    plain_first = sorted(report.strangers.items(), key=lambda each: each[0][0] in _PARTS)
    for (kind, name), places in plain_first:
        parts = _PARTS.get(kind, (kind,))
        # What might be one of two things is what it is called elsewhere.
        part = next((each for each in parts if name in found.get(each, {})), _likely(report, parts))
        found.setdefault(part, {}).setdefault(name, []).extend(places)
    return found


def _undeclared(kind: str, names: Names) -> Finding:
    """The one finding about all names of a kind of which the file declares none."""
    first = next(iter(names.values()))[0]
    section = SECTION_OF.get(kind, kind)
    listed = ", ".join(list(names)[:_AGAIN])
    help_ = f"declare them: flags: [{listed}]" if kind == "flag" else f"declare {listed} under '{section}'"
    labels = _labels([each[0] for each in list(names.values())[1:]], "nor is this one")
    return replace(first, help=help_, labels=labels)


def _likely(report: Report, parts: Sequence[str]) -> str:
    refused = {each.kind for each in report.refused}
    return next((each for each in parts if each in refused), parts[-1])


def _explained(meant: str, names: Names) -> str | None:
    """The unknown name that a refused declaration stands for: the most alike, else the most used."""
    if not names:
        return None
    return max(names, key=lambda name: (_alike(meant, name), len(names[name])))


def _alike(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, first[:60], second[:60])
    ratio = matcher.ratio()
    return ratio if ratio >= 0.6 or second in first else 0.0


def _blamed(finding: Finding, name: str, places: Sequence[Finding]) -> Finding:
    label = Label(places[0].span, f"{shown(name)} is named here and declared nowhere")
    help_ = finding.help or ""
    if f"'{name}'" not in help_:
        help_ = f"{help_}; {shown(name)} is declared nowhere: is it this one?".removeprefix("; ")
    return replace(finding, help=help_, labels=(*finding.labels, label))


def _misspelt(places: Sequence[Finding], kind: str, wrong: str, name: str, span: Span) -> Finding:
    message = f"nothing refers to the {kind} {shown(wrong)}, and {shown(name)} is named {len(places)} times"
    labels = _labels(places, "named here")
    return replace(places[0], span=span, message=message, help=f"did you mean {name!r}?", labels=labels)


def _repeated(places: Sequence[Finding]) -> Finding:
    return replace(places[0], labels=_labels(places[1:], "and here"))


def _labels(places: Sequence[Finding], text: str) -> tuple[Label, ...]:
    spans: Iterable[Span] = list(dict.fromkeys(each.span for each in places))[:_AGAIN]
    more = len({each.span for each in places}) - _AGAIN
    labels = [Label(span, text) for span in spans]
    if more > 0:
        labels[-1] = replace(labels[-1], text=f"{text}, and {more} more")
    return tuple(labels)
