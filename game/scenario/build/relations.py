"""The relations of a scenario: a table read cell by cell where it stands, and sparse pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from game.scenario import spec
from game.scenario.build.read_values import (
    Site,
    entry,
    number,
    spread,
)
from game.scenario.findings.finding import Label, shown
from game.scenario.schema.types import every
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node, scalar

_WORD = re.compile(r"\S+")
_PAIR = re.compile(r"([a-z][a-z0-9_]*)\s*(<->|->)\s*([a-z][a-z0-9_]*)\Z")


@dataclass(slots=True)
class _Sheet:
    """Relations as they are collected."""

    site: Site
    found: dict[tuple[str, str], spec.Relation] = field(default_factory=dict)

    def state(self, name: str, span: Span) -> bool:
        """Whether a state of this name is declared; reports where not."""
        return _is_state(name, span, self.site)

    def enter(self, source: str, target: str, score: spec.Spread, span: Span) -> None:
        """Note a relation; stating one twice is reported."""
        first = self.found.setdefault((source, target), spec.Relation(source, target, score, span))
        if first.span != span:
            label = Label(first.span, "first stated here")
            self.site.report.add(
                "T007",
                span,
                f"{source} -> {target} is stated twice",
                "write . in the table, or drop the pair",
                (label,),
            )


def relations_of(node: Node | None, lines: Sequence[str], site: Site) -> dict[tuple[str, str], spec.Relation]:
    """Every stated relation by pair."""
    sheet = _Sheet(site)
    if node is None or node.kind != "block":
        return sheet.found
    if "table" in node.entries:
        _read_table(node.entries["table"], lines, sheet)
    for key, value in entry(node, "pairs").entries.items():
        for source, target in pairs_of(key, value, site):
            sheet.enter(source, target, spread(value, f"relations.{source} -> {target}"), value.place)
    for key, value in entry(node, "uncertain").entries.items():
        for pair in pairs_of(key, value, site):
            _blur(pair, value, sheet)
    return sheet.found


def pairs_of(key: str, value: Node, site: Site) -> list[tuple[str, str]]:
    """The pairs of states that a key names: one, or both directions; what it gets wrong is reported."""
    match = _PAIR.match(key)
    if match is None:
        site.report.add("S004", value.place, f"{shown(key)} is not a pair of states", "write a -> b or a <-> b")
        return []
    source, arrow, target = match.groups()
    if not every(_is_state(name, value.place, site) for name in (source, target)):
        return []
    if source == target:
        site.report.add("T002", value.place, "a state does not regard itself", "name two states")
        return []
    return [(source, target), (target, source)] if arrow == "<->" else [(source, target)]


def _is_state(name: str, span: Span, site: Site) -> bool:
    if site.names.has("state", name):
        return True
    site.report.unknown("state", name, span, site.names.of("state"))
    return False


def _blur(pair: tuple[str, str], value: Node, sheet: _Sheet) -> None:
    path = f"relations.{pair[0]} -> {pair[1]}"
    stated = sheet.found.get(pair) or spec.Relation(
        *pair, spec.Spread("constant", 0.0, 0.0, 0.0, path, value.span), value.place
    )
    if stated.score.form != "constant":
        label = Label(stated.span, "stated here as a spread")
        sheet.site.report.add(
            "T007", value.place, "this relation is a spread already", "state the spread in one place", (label,)
        )
        return
    score = replace(stated.score, form="normal", second=number(value, "sd", 0.0))
    sheet.found[pair] = replace(stated, score=score)


def _read_table(node: Node, lines: Sequence[str], sheet: _Sheet) -> None:
    report = sheet.site.report
    if node.style != "|":
        report.add(
            "T008", node.span, "the table is not a text block", "write 'table: |' and the rows below, each on its line"
        )
        return
    rows = [
        (line, words)
        for line in range(node.line + 1, min(node.end_line, len(lines)) + 1)
        if (words := [(match[0], match.start() + 1) for match in _WORD.finditer(lines[line - 1].partition("#")[0])])
    ]
    # The block ends where the next key starts, so its last line may be that key's.
    rows = rows[: sum(1 for row in node.text.split("\n") if row.partition("#")[0].strip())]
    if not rows:
        report.add("T001", node.span, "the table is empty", "write a head line and a row for each state")
        return
    columns = _columns(rows[0][0], rows[0][1], sheet)
    if columns is None:
        return
    seen: dict[str, Span] = {}
    for line, words in rows[1:]:
        name, span = words[0][0], _span(line, words[0])
        if not sheet.state(name, span):
            continue
        if name in seen:
            report.add("T005", span, f"{name!r} has two rows", None, (Label(seen[name], "the first is here"),))
            continue
        seen[name] = span
        _row(name, line, words[1:], columns, sheet)


def _columns(line: int, words: list[tuple[str, int]], sheet: _Sheet) -> list[str | None] | None:
    """The states of the head line, None where unknown; None altogether when its corner is missing."""
    report = sheet.site.report
    if sheet.site.names.surely("state", words[0][0]):
        report.add(
            "T006", _span(line, words[0]), "the head line starts with a state", "put a corner cell first: from\\to"
        )
        return None
    columns: list[str | None] = []
    for word in words[1:]:
        known = sheet.state(word[0], _span(line, word))
        if known and word[0] in columns:
            report.add("T005", _span(line, word), f"{word[0]!r} has two columns")
            known = False
        columns.append(word[0] if known else None)
    return columns


def _row(source: str, line: int, words: list[tuple[str, int]], columns: list[str | None], sheet: _Sheet) -> None:
    if len(words) != len(columns):
        span = _span(line, words[-1]) if len(words) > len(columns) else Span(line, 1, line, 2)
        if words and len(words) < len(columns):
            span = Span(line, words[-1][1] + len(words[-1][0]), line, words[-1][1] + len(words[-1][0]) + 1)
        sheet.site.report.add(
            "T001",
            span,
            f"the row of {source!r} has {len(words)} cells for {len(columns)} columns",
            "write . for what is not stated",
        )
        return
    for word, target in zip(words, columns, strict=True):
        if target is not None:
            _cell(source, target, line, word, sheet)


def _cell(source: str, target: str, line: int, word: tuple[str, int], sheet: _Sheet) -> None:
    text, report = word[0], sheet.site.report
    if text == ".":
        return
    span = _span(line, word)
    if source == target:
        report.add("T002", span, "a state does not regard itself", "write . on the diagonal")
        return
    value = scalar(text)[1]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        help_ = (
            "this is a typographic minus; type '-'"
            if "\N{MINUS SIGN}" in text
            else "write a number from -100 to 100, or ."
        )
        report.add("T003", span, f"{shown(text)} is not a number", help_)
    elif not -100 <= value <= 100:
        report.add("T004", span, f"{text} is beyond the scale", "relations go from -100 to 100")
    else:
        score = spec.Spread("constant", float(value), 0.0, 0.0, f"relations.{source} -> {target}", span)
        sheet.enter(source, target, score, span)


def _span(line: int, word: tuple[str, int]) -> Span:
    return Span(line, word[1], line, word[1] + len(word[0]))
