"""The relations of a scenario: a table read cell by cell where it stands, and sparse pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from game.scenario import spec
from game.scenario.build.read_values import Site, entry, span_within, spread
from game.scenario.findings.finding import Label, Report, shown
from game.scenario.schema.numerals import number_advice
from game.scenario.schema.types import every, number_of
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node, scalar

_WORD = re.compile(r"\S+")
_PAIR = re.compile(r"([^\s<>-][^<>]*?)\s*(<->|->)\s*([^\s<>-][^<>]*?)\s*\Z")
_SOMEHOW = re.compile(r"\s*([^\W\d]\w*)\s*(?:\W+|to|and|vs)\s*([^\W\d]\w*)\s*\Z")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that could be read: where each column and each row stands."""

    span: Span
    columns: Mapping[str, Span]
    rows: Mapping[str, Span]


@dataclass(slots=True)
class _Sheet:
    """Relations as they are collected."""

    site: Site
    table: Grid | None = None
    found: dict[tuple[str, str], spec.Relation] = field(default_factory=dict)

    def state(self, name: str, span: Span) -> bool:
        """Whether a state of this name is declared; reports where not."""
        return _is_state(name, span, self.site)

    def enter(self, source: str, target: str, score: spec.Spread, span: Span) -> None:
        """Note a relation; stating one twice is reported."""
        first = self.found.setdefault((source, target), spec.Relation(source, target, score, span))
        said = self.site.report.findings[-1:]
        if first.span != span and not (said and said[0].code == "T007" and said[0].span == span):
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
    if sheet.table is not None:
        _complete(sheet.table, sheet)
    return sheet.found


def _complete(table: Grid, sheet: _Sheet) -> None:
    """Point out who is regarded in a table, and regards nobody anywhere."""
    regarding = {source for source, _ in sheet.found}
    for name, span in table.columns.items():
        if name not in table.rows and name not in regarding:
            message = f"{name!r} has a column and no row, so it regards everybody at 0"
            sheet.site.report.add("T009", span, message, f"add a row for {name!r}, with . for what is not stated")


def pairs_of(key: str, value: Node, site: Site) -> list[tuple[str, str]]:
    """The pairs of states that a key names: one, or both directions; what it gets wrong is reported."""
    match = _PAIR.match(key)
    if match is None:
        site.report.add("S039", value.place, f"{shown(key)} is not a pair of states", _pair_meant(key, value, site))
        return []
    source, arrow, target = match.groups()
    spans = (_within(value, match.start(group), match.end(group)) for group in (1, 3))
    if not every(_is_state(name, span, site) for name, span in zip((source, target), spans, strict=True)):
        return []
    if source == target:
        site.report.add("T002", value.place, "a state does not regard itself", "name two states")
        return []
    return [(source, target), (target, source)] if arrow == "<->" else [(source, target)]


def _pair_meant(key: str, value: Node, site: Site) -> str:
    """How a pair is written that a key names in another way."""
    inner = next(iter(value.entries), "")
    found = _SOMEHOW.match(key[:100])
    if found is not None and "->" not in key.replace("-->", ""):
        both = "<" in key or (found[2] and key.count("-") != 1)
        return f"write {found[1]} {'<->' if both else '->'} {found[2]}"
    if site.names.surely("state", key):
        return f"write {key} -> {inner if site.names.surely('state', inner) else 'b'}"
    return "write a -> b or a <-> b, a line for each pair"


def _within(value: Node, start: int, end: int) -> Span:
    return value.place if value.key is None else span_within(value.key, start, end)


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
    score = replace(stated.score, form="normal", second=number_of(entry(value, "sd")))
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
        report.add("T001", node.span, "the table is empty", "write a header row and a row for each state")
        return
    if _is_parted_otherwise(rows, report):
        return
    columns = _columns(rows[0][0], rows[0][1], sheet)
    if columns is None or _head_is_short(rows, columns, report):
        return
    seen: dict[str, Span] = {}
    for line, words in rows[1:]:
        name, span = words[0][0], _span(line, words[0])
        if not sheet.state(name, span):
            seen[name] = span
            continue
        if name in seen:
            report.add(
                "T005", span, f"{name!r} has two rows", "remove one of them", (Label(seen[name], "the first is here"),)
            )
            continue
        seen[name] = span
        _row(name, line, words[1:], columns, sheet)
    if all(sheet.site.names.surely("state", name) for name in seen):
        sheet.table = Grid(
            node.place, {name: span for name, span in zip(columns, _spans(rows[0]), strict=True) if name}, seen
        )


def _spans(row: tuple[int, list[tuple[str, int]]]) -> list[Span]:
    return [_span(row[0], word) for word in row[1][1:]]


def _is_parted_otherwise(rows: Sequence[tuple[int, list[tuple[str, int]]]], report: Report) -> bool:
    """Report a table drawn with bars, or with commas between its cells, once."""
    for line, words in rows:
        for word in words:
            if "{" in word[0]:
                break  # a spread, which its row is told about
            sign = "|" if "|" in word[0] else "," if word[0].endswith(",") or word[0] == "," else ""
            if sign:
                help_ = f"separate them by spaces alone, and remove the {'bars' if sign == '|' else 'commas'}"
                report.add(
                    "T010", _span(line, word), f"cells are parted by spaces, and {word[0]!r} has a {sign!r}", help_
                )
                return True
    return False


def _head_is_short(
    rows: Sequence[tuple[int, list[tuple[str, int]]]], columns: Sequence[str | None], report: Report
) -> bool:
    """Report a header row that has fewer or more columns than every row below it has cells."""
    counts = {len(words) - 1 for _, words in rows[1:]}
    if len(rows) < 3 or len(counts) != 1 or counts == {len(columns)}:
        return False
    line, words = rows[0]
    message = f"the header row has {len(columns)} columns, and every row has {counts.pop()} cells"
    report.add("T001", _span(line, words[-1]), message, "name each column after the state that it is about")
    return True


def _columns(line: int, words: list[tuple[str, int]], sheet: _Sheet) -> list[str | None] | None:
    """The states of the header row, None where unknown; None altogether when its corner is missing or in pieces."""
    report = sheet.site.report
    if sheet.site.names.surely("state", words[0][0]):
        help_ = "put a corner cell first, in the column of the names below: from\\to"
        report.add("T006", _span(line, words[0]), "the header row of the table has no corner", help_)
        return None
    if len(words) > 2 and words[1][0] in ("/", "\\", "->", "|", "by"):
        whole = Span(line, words[0][1], line, words[2][1] + len(words[2][0]))
        help_ = f"write it without spaces: {words[0][0]}/{words[2][0]}"
        report.add("T006", whole, "the corner of the table is one word", help_)
        return None
    columns: list[str | None] = []
    for word in words[1:]:
        known = sheet.state(word[0], _span(line, word))
        if known and word[0] in columns:
            report.add("T005", _span(line, word), f"{word[0]!r} has two columns", "remove one of them, with its cells")
            known = False
        columns.append(word[0] if known else None)
    return columns


def _row(source: str, line: int, words: list[tuple[str, int]], columns: list[str | None], sheet: _Sheet) -> None:
    if len(words) != len(columns):
        span = _span(line, words[-1]) if len(words) > len(columns) else Span(line, 1, line, 2)
        if words and len(words) < len(columns):
            span = Span(line, words[-1][1] + len(words[-1][0]), line, words[-1][1] + len(words[-1][0]) + 1)
        message = f"the row of {source!r} has {len(words)} cells for {len(columns)} columns"
        sheet.site.report.add("T001", span, message, _cells_meant(words, len(columns)))
        return
    for word, target in zip(words, columns, strict=True):
        if target is not None:
            _cell(source, target, line, word, sheet)


def _cells_meant(words: Sequence[tuple[str, int]], wanted: int) -> str:
    """What to do about a row of another length."""
    for (word, _), (following, _) in pairwise(words):
        if word in ("-", "+") and following[:1].isdigit():
            return f"a sign stands at its number, without a space: {word}{following}"
    if any(word.startswith("{") for word, _ in words):
        return "a spread stands under pairs: or uncertain:, with . in the table"
    return (
        "write . for what is not stated"
        if len(words) < wanted
        else "remove a cell, or name its column in the header row"
    )


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
        blank = text.lower() in ("-", "x", "n/a", "na", "?", "_", "--", "none", "nan", "\N{EN DASH}", "\N{EM DASH}")
        help_ = (
            "write . for what is not stated"
            if blank
            else number_advice(text) or "write a number from -100 to 100, or ."
        )
        report.add("T003", span, f"{shown(text)} is not a number", help_)
    elif not -100 <= value <= 100:
        report.add("T004", span, f"{text} is beyond the scale", "relations go from -100 to 100")
    else:
        score = spec.Spread("constant", float(value), 0.0, 0.0, f"relations.{source} -> {target}", span)
        sheet.enter(source, target, score, span)


def _span(line: int, word: tuple[str, int]) -> Span:
    return Span(line, word[1], line, word[1] + len(word[0]))
