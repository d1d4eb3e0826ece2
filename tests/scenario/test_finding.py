from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario import read
from game.scenario.findings.finding import (
    Finding,
    Label,
    Report,
    as_json,
    concise,
    full,
    of_code,
    ordered,
    suggestion,
    summary,
)
from game.scenario.spec import Span

PLACE = Span(2, 3, 2, 6)
FINDING = Finding(
    "a.yaml", PLACE, "error", "S001", "unknown key 'abc'", "did you mean 'abd'?", (Label(Span(1, 1, 1, 4), "here"),)
)


def test_a_finding_can_not_be_built_without_a_place() -> None:
    nowhere: Any = None
    with pytest.raises(TypeError, match="needs a place"):
        Finding("a.yaml", nowhere, "error", "S001", "x")


def test_a_finding_is_one_line_as_text() -> None:
    assert str(FINDING) == concise(FINDING) == "a.yaml:2:3: error[S001] unknown key 'abc'"


def test_the_full_form_shows_the_line_the_other_place_and_the_help() -> None:
    assert full([FINDING], "one two\n  abc: 1\n") == (
        "error[S001]: unknown key 'abc'\n --> a.yaml:2:3\n  |\n2 |   abc: 1\n  |   ^^^\n1 | one two\n  | --- here\n"
        "  = help: did you mean 'abd'?\n\n1 error\n"
    )


def test_colour_is_added_only_on_request() -> None:
    assert "\x1b[" in full([FINDING], "one\ntwo", colour=True)
    assert "\x1b[" not in full([FINDING], "one\ntwo")


def test_the_line_shown_can_not_steer_a_terminal() -> None:
    assert "\x1b" not in full([FINDING], "one\n  a\x1b[2Jbc")


def test_a_long_line_is_shown_around_the_place() -> None:
    place = Span(1, 501, 1, 504)
    shown = full([Finding("a", place, "error", "S001", "x")], "y" * 500 + "abc" + "z" * 500)
    row, marks = shown.split("\n")[3:5]
    assert row[marks.index("^") :][:3] == "abc"
    assert len(row) < 200


def test_json_holds_everything() -> None:
    (record,) = json.loads(as_json([FINDING]))
    assert record["code"] == "S001"
    assert (record["line"], record["column"], record["end_line"], record["end_column"]) == (2, 3, 2, 6)
    assert record["labels"] == [{"line": 1, "column": 1, "end_line": 1, "end_column": 4, "text": "here"}]


def test_fifty_are_printed_and_the_rest_counted() -> None:
    findings = [Finding("a", Span(line, 1, line, 2), "warning", "L001", "x") for line in range(1, 61)]
    assert full(findings, "\n" * 60).count("-->") == 50
    assert summary(findings) == "60 warnings (10 not shown)"
    assert summary([]) == "nothing found"
    assert summary([FINDING, *findings[:1]]) == "1 error, 1 warning"


def test_findings_are_ordered_by_place_and_said_once() -> None:
    late = Finding("a", Span(9, 1, 9, 2), "error", "S001", "x")
    assert ordered([late, FINDING, late]) == (FINDING, late)


def test_a_report_stops_collecting_at_its_limit() -> None:
    report = Report("a", limit=2)
    for _ in range(5):
        report.add("S001", PLACE, "x")
    assert report.full
    assert len(report.findings) == 2


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=60))
def test_a_suggestion_is_always_something_known(name: str, known: list[str]) -> None:
    said = suggestion(name, known)
    assert said is None or any(said == f"did you mean {each!r}?" for each in known)


@given(st.text(alphabet="a\n: -\t{", max_size=40))
def test_the_full_form_can_be_made_of_whatever_is_found(text: str) -> None:
    findings = read(text).findings
    assert full(findings, text).count("\n") >= len(findings)


def test_the_mark_stands_below_wide_letters_and_beside_marks_that_take_no_room() -> None:
    for before, columns in (("ab", 2), ("東京", 4), ("e\u0301a", 2), ("日e\u0301", 3)):
        line = f"title: {before}!"
        at = len("title: ") + len(before) + 1
        said = full([of_code("x", "S004", Span(1, at, 1, at + 1), "no")], line).split("\n")
        assert said[4] == "  | " + " " * (len("title: ") + columns) + "^"


def test_marks_below_wide_letters_are_as_wide_as_these() -> None:
    said = full([of_code("x", "S004", Span(1, 8, 1, 10), "no")], "title: 東京").split("\n")
    assert said[4].endswith(" ^^^^")


def test_what_is_no_text_is_shown_with_a_sign_for_it() -> None:
    reading = read(b"format: 1\ntitle: caf\xe9 \xe9\n")
    (finding,) = reading.findings
    assert [(each.span.line, each.span.column) for each in finding.labels] == [(2, 13)]
    assert "2 | title: caf\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}" in full(reading.findings, reading.text)
