"""Dossiers: coded source events, dated, directed and scored, which a scenario rests on and runs are tested against.

A dossier is YAML, read with the same care as a scenario: any bytes give findings or a dossier. Each event names its
actor and target, its CAMEO code with the standard weight, our score of it in context from -10 to 10, and what it did
to onlookers; codes, sources and actors are declared in the file, acts are those of the standard catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Literal

from game.files import catalogue_path
from game.scenario.findings.finding import Finding, Report, ScenarioError, ordered
from game.scenario.schema.types import NO_NAMES
from game.scenario.text.signs import undrawable
from game.scenario.text.source import START, bytes_of, text_of
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import Node

Pair = tuple[str, str]
Part = Literal["report", "background", "record"]

FORMAT = 1
HIGHEST_SCORE = 10.0
PARTS = ("report", "background", "record")
PRECISIONS = ("day", "approx")
CONFIDENCES = ("high", "medium", "low")

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_NAME_OF_FILE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}\Z")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_PAIR = re.compile(r"\s*([a-z][a-z0-9_]*)\s*->\s*([a-z][a-z0-9_]*)\s*\Z")
_TOP_NEEDED = ("format", "event_data", "title", "summary", "scenario", "period", "states", "codes", "sources", "events")
_TOP = (*_TOP_NEEDED, "license", "others")
_EVENT_NEEDED = ("date", "part", "actor", "target", "type", "cameo", "weight", "score", "text", "sources")
_EVENT = (*_EVENT_NEEDED, "precision", "act", "value", "also", "onlookers", "confidence")


@dataclass(frozen=True, slots=True)
class EventCode:
    """A CAMEO code: its name and its standard Goldstein weight."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Publication:
    """Where an event was reported."""

    publisher: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One dated deed or word of an actor towards a target, scored in its context."""

    id: str
    date: date
    exact: bool  # False: the date is approximate
    part: Part
    actor: str
    target: str
    type: str
    act: str | None  # the nearest act of the standard catalogue
    cameo: str
    weight: float
    score: float
    value: float | None  # million US dollars
    also: tuple[Pair, ...]  # further directions of the same event
    onlookers: Mapping[Pair, float]
    confidence: str
    text: str
    sources: tuple[str, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every direction the event is scored in."""
        return ((self.actor, self.target), *self.also)


@dataclass(frozen=True, slots=True)
class EventData:
    """A whole file of coded events, in the order of the file."""

    id: str
    title: str
    summary: str
    license: str | None
    scenario: str
    first: date
    last: date
    states: tuple[str, ...]
    others: Mapping[str, str]
    codes: Mapping[str, EventCode]
    sources: Mapping[str, Publication]
    events: Mapping[str, CodedEvent]


def read_event_data(path: str | PathLike[str]) -> EventData:
    """The dossier of a file; raises ScenarioError with every finding when it has errors, OSError when unreadable."""
    reading = _read(Path(path))
    if reading.event_data is None:
        raise ScenarioError(reading.findings)
    return reading.event_data


def check_event_data(path: str | PathLike[str]) -> tuple[Finding, ...]:
    """Everything wrong with the file, by place; OSError when it can't be read."""
    return _read(Path(path)).findings


def net_scores(event_data: EventData, part: Part = "record") -> Mapping[tuple[int, int], Mapping[Pair, float]]:
    """The sum of scores, onlookers' included, by (year, month) and directed pair of states; months in order.

    The parts overlap, a news report telling again what the record holds, so one part is summed at a time.
    """
    months: dict[tuple[int, int], dict[Pair, float]] = {}
    known = frozenset(event_data.states)
    for event in sorted(event_data.events.values(), key=lambda each: (each.date, each.id)):
        if event.part != part:
            continue
        month = months.setdefault((event.date.year, event.date.month), {})
        for pair, score in [*((pair, event.score) for pair in event.pairs), *event.onlookers.items()]:
            if known.issuperset(pair):
                month[pair] = month.get(pair, 0.0) + score
    return months


@dataclass(frozen=True, slots=True)
class _Reading:
    event_data: EventData | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Known:
    """What the events of a file may name."""

    first: date
    last: date
    states: tuple[str, ...] = ()
    others: dict[str, str] = field(default_factory=dict)
    codes: dict[str, EventCode] = field(default_factory=dict)
    sources: dict[str, Publication] = field(default_factory=dict)

    @property
    def actors(self) -> tuple[str, ...]:
        return (*self.states, *self.others)


def _read(path: Path) -> _Reading:
    report = Report(str(path))
    text = text_of(bytes_of(path), report)
    root = None if text is None else tree_of(text, report)
    event_data = None
    if root is not None and not report.failed:
        event_data = _event_data(root, report)
        if not report.failed:
            report.findings += undrawable(root, str(path))
    elif not report.findings:
        report.add("Y008", START, "the file is empty", "a dossier begins with 'format: 1'")
    return _Reading(None if report.failed else event_data, ordered(report.findings))


def _event_data(root: Node, report: Report) -> EventData | None:
    top = _entries(root, report, "the file", _TOP, _TOP_NEEDED)
    if "format" in top and top["format"].value != FORMAT:
        report.add("S006", top["format"].span, f"this is not format {FORMAT}", f"write 'format: {FORMAT}'")
    if any(key not in top for key in _TOP_NEEDED):
        return None
    known = _known(top, report)
    return EventData(
        id=_id(top["event_data"], report, _NAME_OF_FILE),
        title=_text(top["title"], report),
        summary=_text(top["summary"], report),
        license=_text(top["license"], report) if "license" in top else None,
        scenario=_id(top["scenario"], report),
        first=known.first,
        last=known.last,
        states=known.states,
        others=known.others,
        codes=known.codes,
        sources=known.sources,
        events={name: _event(name, node, known, report) for name, node in _items(top["events"], report)},
    )


def _known(top: Mapping[str, Node], report: Report) -> _Known:
    period = _entries(top["period"], report, "the period", ("first", "last"), ("first", "last"))
    known = _Known(
        _date(period["first"], report) if "first" in period else date.min,
        _date(period["last"], report) if "last" in period else date.max,
    )
    known.states = tuple(_id(node, report) for node in _list(top["states"], report))
    if "others" in top:
        known.others = {name: _text(node, report) for name, node in _items(top["others"], report)}
    for code, node in _entries(top["codes"], report, "the codes").items():
        parts = _entries(node, report, f"the code {code!r}", ("name", "weight"), ("name", "weight"))
        if len(parts) == 2:
            known.codes[code] = EventCode(_text(parts["name"], report), _number(parts["weight"], report))
    for name, node in _items(top["sources"], report):
        parts = _entries(node, report, f"the source {name!r}", ("publisher", "url"), ("publisher",))
        url = _text(parts["url"], report) if "url" in parts else None
        known.sources[name] = Publication(_text(parts["publisher"], report) if "publisher" in parts else "", url)
    return known


def _event(name: str, node: Node, known: _Known, report: Report) -> CodedEvent:
    """One event; where a part is missing or wrong there is a finding, and a filler that nobody gets to see."""
    parts = _entries(node, report, f"the event {name!r}", _EVENT, _EVENT_NEEDED)
    blank = Node("text", (node.line, node.column, node.line, node.column + 1), "", "")

    def part(key: str, default: str = "") -> str:
        return _text(parts[key], report) if key in parts else default

    event = CodedEvent(
        id=name,
        date=_date(parts["date"], report) if "date" in parts else date.min,
        exact=_choice(parts, "precision", PRECISIONS, report) != "approx",
        part=_part(_choice(parts, "part", PARTS, report)),
        actor=part("actor"),
        target=part("target"),
        type=_id(parts["type"], report) if "type" in parts else "",
        act=part("act") or None,
        cameo=part("cameo"),
        weight=_score(parts["weight"], report) if "weight" in parts else 0.0,
        score=_score(parts["score"], report) if "score" in parts else 0.0,
        value=_number(parts["value"], report) if "value" in parts else None,
        also=tuple(_pair(each, each.text, known, report) for each in _list(parts.get("also", blank), report)),
        onlookers=_onlookers(parts.get("onlookers"), known, report),
        confidence=_choice(parts, "confidence", CONFIDENCES, report) or "high",
        text=part("text"),
        sources=tuple(_text(each, report) for each in _list(parts.get("sources", blank), report)),
    )
    _check_names(event, parts, known, report)
    _check_figures(event, parts, known, report)
    return event


def _check_names(event: CodedEvent, parts: Mapping[str, Node], known: _Known, report: Report) -> None:
    """Every actor, act, code and source that an event names is declared."""
    named: list[tuple[str, str, str, Iterable[str]]] = [
        ("actor", "actor", event.actor, known.actors),
        ("target", "actor", event.target, known.actors),
        ("cameo", "CAMEO code", event.cameo, known.codes),
    ]
    if event.act is not None:
        named.append(("act", "act", event.act, standard_acts()))
    for key, kind, name, declared in named:
        if key in parts and name not in declared:
            report.unknown(kind, name, parts[key].span, declared)
    if event.actor and event.actor == event.target:
        report.add("S015", parts["target"].span, f"{event.actor} is both actor and target", "name two actors")
    for node in parts["sources"].items if "sources" in parts else ():
        if node.text not in known.sources:
            report.unknown("source", node.text, node.span, known.sources)


def _check_figures(event: CodedEvent, parts: Mapping[str, Node], known: _Known, report: Report) -> None:
    """The date lies in the period of the dossier and the weight is that of the code."""
    if "date" in parts and event.date != date.min and not known.first <= event.date <= known.last:
        within = f"the dossier covers {known.first} to {known.last}"
        report.add("S005", parts["date"].span, f"{event.date} is outside the period", within)
    code = known.codes.get(event.cameo)
    if code is not None and "weight" in parts and event.weight != code.weight:
        message = f"the weight {event.weight:g} is not that of code {event.cameo}"
        report.add("S015", parts["weight"].span, message, f"write {code.weight:g}, or give another code")


@cache
def standard_acts() -> tuple[str, ...]:
    """The ids of the acts of the standard catalogue."""
    path = catalogue_path("standard")
    report = Report(str(path))
    text = text_of(bytes_of(path), report)
    root = None if text is None else tree_of(text, report)
    if root is None or "acts" not in root.entries:
        raise ScenarioError(report.findings)
    return tuple(root.entries["acts"].entries)


def _entries(
    node: Node, report: Report, what: str, allowed: tuple[str, ...] | None = None, needed: tuple[str, ...] = ()
) -> dict[str, Node]:
    """The known entries of a block."""
    if node.kind != "block":
        report.add("S003", node.span, f"{what} must be a block of 'key: value' lines")
        return {}
    known = {}
    for key, entry in node.entries.items():
        if allowed is None or key in allowed:
            known[key] = entry
        else:
            report.unknown("key", key, entry.place, allowed, "S001")
    for key in needed:
        if key not in node.entries:
            report.add("S002", node.place, f"{what} has no '{key}'", f"add '{key}:'")
    return known


def _items(node: Node, report: Report) -> Iterator[tuple[str, Node]]:
    """The entries of a block keyed by ids."""
    for key, entry in _entries(node, report, "this").items():
        if key in NO_NAMES:
            report.add("S008", entry.place, f"{key!r} is no id", "unquoted it is read as another value; choose another")
        elif not _ID.match(key):
            report.add("S008", entry.place, f"{key!r} is no id", "use small letters, digits and _, a letter first")
        yield key, entry


def _list(node: Node, report: Report) -> list[Node]:
    if node.kind == "list":
        return node.items
    if node.text:
        report.add("S003", node.span, "this must be a list", "write [a, b]")
    elif node.kind == "block":
        report.add("S003", node.span, "this must be a list, not a block", "write [a, b]")
    return []


def _text(node: Node, report: Report) -> str:
    if node.kind != "text" or not isinstance(node.value, str):
        report.add("S003", node.span, "this must be a text", "put it in quotes" if node.text else None)
        return ""
    return node.value


def _id(node: Node, report: Report, form: re.Pattern[str] = _ID) -> str:
    text = _text(node, report)
    if text and not form.match(text):
        report.add("S008", node.span, f"{text[:60]!r} is no id", "use small letters, digits and _, a letter first")
    return text


def _number(node: Node, report: Report) -> float:
    if node.kind != "number" or isinstance(node.value, str) or node.value is None:
        report.add("S003", node.span, "this must be a number")
        return 0.0
    return float(node.value)


def _score(node: Node, report: Report) -> float:
    score = _number(node, report)
    if abs(score) > HIGHEST_SCORE:
        report.add("S005", node.span, f"{score:g} is beyond the scale", "scores run from -10 to 10")
    return score


def _choice(parts: Mapping[str, Node], key: str, choices: tuple[str, ...], report: Report) -> str:
    if key not in parts:
        return ""
    chosen = _text(parts[key], report)
    if chosen not in choices:
        report.add("S006", parts[key].span, f"{key} is one of {', '.join(choices)}", None)
    return chosen


def _part(chosen: str) -> Part:
    for part in ("report", "background"):
        if chosen == part:
            return part
    return "record"


def _date(node: Node, report: Report) -> date:
    found = _DATE.match(node.text)
    if found is not None:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            report.add("S016", node.span, f"there is no {node.text} in the calendar")
            return date.min
    report.add("S016", node.span, "this must be a date", "write year-month-day: 2012-02-26")
    return date.min


def _pair(node: Node, text: str, known: _Known, report: Report) -> Pair:
    found = _PAIR.match(text)
    if found is None:
        report.add("S013", node.place, f"{text[:60]!r} is not a pair", "write 'bora -> ada'")
        return ("", "")
    for name in found.groups():
        if name not in known.actors:
            report.unknown("actor", name, node.place, known.actors)
    return (found[1], found[2])


def _onlookers(node: Node | None, known: _Known, report: Report) -> dict[Pair, float]:
    if node is None:
        return {}
    return {
        _pair(entry, key, known, report): _score(entry, report)
        for key, entry in _entries(node, report, "onlookers").items()
    }
