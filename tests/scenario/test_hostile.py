"""Files that mean harm, or were damaged: each gives findings or a scenario, soon, and never anything else."""

from __future__ import annotations

import threading
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.scenario import read
from game.scenario.reading import Reading
from game.scenario.text import yaml_tree

WHOLE = Path(__file__).parent.parent / "findings" / "ok" / "everything.yaml"
STATES = "states: {ada: {name: Ada}, bora: {name: Bora}}"
HEAD = f"format: 1\nid: hostile\ntitle: Hostile\nstart: 2012-02\nturns: 12\n{STATES}\n"


def codes(source: str | bytes) -> list[str]:
    return [each.code for each in read(source).findings]


def in_small_thread(source: str | bytes) -> Reading:
    """Read with 512 KB of stack, as in a worker thread."""
    results: list[Reading] = []
    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: results.append(read(source)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    return results[0]


def test_an_alias_bomb_is_refused_at_its_anchors() -> None:
    bomb = (
        HEAD
        + "map:\n  a: &a [x, x]\n"
        + "".join(f"  {b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))
    )
    assert set(codes(bomb)) == {"S001", "Y010"}


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: "])
def test_nesting_of_any_depth_is_a_finding_even_in_a_small_thread(opening: str) -> None:
    reading = in_small_thread(HEAD + "map: " + opening * 26_000)
    assert reading.scenario is None
    assert reading.findings


def stairs(line: str) -> str:
    """A block in a block, one column deeper on each line."""
    return "".join(" " * step + line + "\n" for step in range(300))


# The opening that is one too many is the 25th of a document.
TOO_DEEP = {
    "lists": ("[" * 3_000, 1, 25),
    "lists with blanks": ("[ " * 3_000, 1, 49),
    "a list a line": ("[\n" * 3_000, 25, 1),
    "blocks in braces": ("{a: " * 3_000, 1, 97),
    "blocks in braces as keys": ("{" * 3_000, 1, 25),
    "lists and blocks by turns": ("[{a: " * 3_000, 1, 61),
    "lists as keys of blocks": ("[? " * 3_000, 1, 37),
    "dashes": ("- " * 3_000, 1, 49),
    "questions": ("? " * 3_000, 1, 49),
    "questions and lists": ("? [" * 3_000, 1, 37),
    "a block a line": (stairs("a:"), 25, 25),
    "a dash a line": (stairs("-"), 25, 25),
    "below a key": (HEAD + "map: " + "[" * 3_000, 7, 29),
    "below an entry": (HEAD + "map:\n  shapes: " + "{a: " * 3_000, 8, 11 + 22 * 4),
    "after much that is flat": ("[" + "x, " * 2_000 + "[" * 3_000, 1, 6_001 + 24),
    "after a text that only looks deep": ("- '" + "[" * 2_000 + "'\n- " + "[" * 3_000, 2, 3 + 23),
    "before a bracket that closes nothing": ("[" * 30 + "}", 1, 25),
    "before a quote that never ends": ("[" * 30 + "'", 1, 25),
    "before a tab": ("- " * 30 + "\n\t- x", 1, 49),
    "before a decoration that can't be read": ("[" * 900 + "!<", 1, 25),
    "in one section of several": (f"title: x\nmap: {'[' * 3_000}\nturns: [", 2, 6 + 23),
}


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("nesting", TOO_DEEP)
def test_what_is_nested_too_deeply_is_named_where_it_happens_whichever_parser_reads_it(
    nesting: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    source, line, column = TOO_DEEP[nesting]
    found = [(each.span.line, each.span.column) for each in read(source).findings if each.code == "Y005"]
    assert found == [(line, column)]


@pytest.mark.parametrize(
    "flat", ["[" * 24 + "]" * 24, "- " * 24 + "x", "a: '" + "[" * 2_000 + "'", "a: |\n  " + "- " * 2_000]
)
def test_what_is_nested_no_deeper_than_that_is_not_too_deep(flat: str) -> None:
    assert "Y005" not in codes(flat)


def test_conditions_of_any_depth_are_findings_even_in_a_small_thread() -> None:
    deep = ("(" * 190 + "turn", "-" * 190 + "turn > 1", "turn" + "+turn" * 39 + " > 1")
    for line in (*deep, "did(" * 45, "trust(" * 30, "trust(ada -> bora) - " * 9, "did(others -> " * 13):
        reading = in_small_thread(HEAD + f"endings: {{end: {{when: ['{line}'], text: x}}}}\n")
        assert all(each.code in ("C001", "C004", "R001") for each in reading.findings)


def test_a_file_of_a_hundred_megabytes_costs_no_more_than_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    tracemalloc.start()
    try:
        findings = read(path).findings
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.code for each in findings] == ["Y001"]
    assert peak < 4 * 1024 * 1024


def test_the_costliest_file_that_is_read_stays_small_in_memory() -> None:
    tracemalloc.start()
    try:
        read(HEAD + "map: [" + "{a: 1}," * 24_000 + "]")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100 * 1024 * 1024


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("title: Café".encode("latin-1"), "Y002"),
        (HEAD.encode("utf-16"), "Y002"),
        (HEAD.encode("utf-32"), "Y002"),
        (HEAD + "license: a\0b\n", "Y003"),
        (HEAD + "license: a\ud800b\n", "Y003"),
        (HEAD + "license: a\ufeffb\n", "Y003"),
        (HEAD + "license: a\u2028b\n", "Y004"),
        (HEAD.replace("\n", "\r"), "Y004"),
        (HEAD + "turns: 13\n", "Y015"),
        (HEAD + "events: {NO: {headline: x, text: x, at: 1}}\n", "S008"),
        (HEAD + "capital: {income: \u22124}\n", "S009"),
        (HEAD + "capital: {income: .inf}\n", "S009"),
        (HEAD + "capital: {income: -.NaN}\n", "S009"),
        (HEAD + "capital: {income: 1e999}\n", "S009"),
        (HEAD + "capital: {income: " + "9" * 5000 + "}\n", "S009"),
        (HEAD + "capital: {income: 0x10}\n", "S009"),
        (HEAD + "capital: {income: 007}\n", "S009"),
        (HEAD + "capital: {income: 1_000}\n", "S009"),
        (HEAD + "capital: {income: 12:30}\n", "S003"),
        (HEAD + "capital: {income: yes}\n", "S003"),
        (HEAD + "capital: {income: 1,600}\n", "Y017"),
        (HEAD + "trust: {ada -> bora: {kept: 1e999}}\n", "S009"),
        (HEAD + "trust: {" + "ada -> bora -> " * 9 + "ada: {kept: 1}}\n", "S039"),
        (HEAD + "offices: {NO: {name: x}}\n", "S008"),
        (HEAD + "pledge_kinds: {x: {name: x, reliability: 0.5, breach: [[[]]]}}\nturns: x\n", "Y015"),
        (HEAD + "pledge_kinds: {x: {name: x, reliability: 0.5, breach: {any: {any: turn}}}}\n", "C002"),
        (HEAD + "pledges: {p: {kind: [a], giver: {}, to: 3}}\n", "S003"),
        (HEAD + "events: {x: {headline: x, at: 1, effects: {crisis: {dispute: {}, rung: []}}}}\n", "S003"),
        (HEAD + "events: {x: {headline: x, at: 1, effects: {reveal: [[ada, bora]]}}}\n", "S003"),
        (HEAD + "map: {shapes: ../../secret}\n", "S004"),
        (HEAD + "map: {shapes: /etc/passwd}\n", "S004"),
        (HEAD + "catalogue: ../standard\n", "S004"),
        (HEAD + "--- !!python/object/apply:os.system [true]\n", "Y014"),
        (HEAD + "license: !!python/object/apply:os.system [true]\n", "Y011"),
        ("", "Y008"),
        ("\ufeff", "Y008"),
        ("- a\n- b\n", "S003"),
        ("just a text", "S003"),
        ("?", "S001"),
    ],
)
def test_a_hostile_file_gets_its_finding(source: str | bytes, code: str) -> None:
    reading = read(source)
    assert code in [each.code for each in reading.findings], [str(each) for each in reading.findings]
    assert reading.scenario is None


def test_a_byte_that_is_not_utf8_is_named_with_its_place() -> None:
    finding = read(HEAD.encode() + b"license: caf\xe9\n").findings[0]
    assert (finding.span.line, finding.span.column) == (7, 13)
    assert "0xe9" in finding.message


def test_lines_that_end_in_carriage_return_and_line_feed_are_plain_lines() -> None:
    assert read(HEAD.replace("\n", "\r\n").encode()).scenario is not None


def test_no_more_than_two_hundred_findings_are_collected_however_many_problems_there_are() -> None:
    problems = "".join(f"k{place}: {{a: x}}\n" for place in range(5000))
    assert len(read(HEAD + problems).findings) == 200
    names = "".join(f"  state_{place}: {{name: x, borders: [stat_{place}]}}\n" for place in range(3000))
    assert len(read(HEAD.replace(STATES, "states:\n" + names)).findings) == 200


@settings(max_examples=300)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\x00")
def test_any_bytes_give_findings_or_a_scenario(content: bytes) -> None:
    reading = read(content)
    assert (reading.scenario is None) == any(each.severity == "error" for each in reading.findings)


@settings(max_examples=300)
@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@`, \n\t01.?<~", max_size=120))
def test_any_text_of_the_signs_of_yaml_gives_findings_or_a_scenario(content: str) -> None:
    reading = read(HEAD + content)
    assert (reading.scenario is None) == any(each.severity == "error" for each in reading.findings)


SIGNS = "| |\n|\t|:|: |-|- |[|]|{|}|\"|'|#|&a |*a|!x |>|,|%|..|(|)|<<: |\u2212"
WORDS = "0|-1|null|true|1e9|2012-02-30|ada|ada -> bora|<->|any:|turn > |others|rivals of |did(|subject|private|giver"
PIECES = st.sampled_from(["", "|", *SIGNS.split("|"), *WORDS.split("|")])


@settings(max_examples=400)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=5))
@example([(0.5, 2, ""), (0.25872893846145734, 9, "&a ")])
def test_a_real_file_with_pieces_cut_and_pasted_gives_findings_or_a_scenario(
    changes: list[tuple[float, int, str]],
) -> None:
    text = WHOLE.read_text(encoding="utf-8")
    for where, cut, piece in changes:
        place = int(where * len(text))
        text = text[:place] + piece + text[place + cut :]
    reading = read(text, audience="strict")
    lines = text.count("\n") + 1
    assert (reading.scenario is None) == any(each.severity == "error" for each in reading.findings)
    for finding in reading.findings:
        assert 1 <= finding.span.line <= lines + 1
        assert finding.span.column >= 1


@pytest.mark.parametrize("line", range(0, 180, 3))
def test_a_real_file_without_one_of_its_lines_gives_findings_or_a_scenario(line: int) -> None:
    lines = WHOLE.read_text(encoding="utf-8").split("\n")
    reading = read("\n".join(lines[:line] + lines[line + 1 :]), audience="strict")
    assert (reading.scenario is None) == any(each.severity == "error" for each in reading.findings)
