"""The layout of files, and what differs between two by meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario import read
from game.scenario.editing.layout import laid_out
from game.scenario.editing.meaning import Difference, differences
from game.scenario.spec import Scenario
from tests.scenario.examples import BASE

CHECKOUT = Path(__file__).resolve().parents[3]
FILES = sorted([*(CHECKOUT / "scenarios").glob("*.yaml"), *(CHECKOUT / "tests/findings/ok").glob("*.yaml")])
TABLE = """\
relations:
  table: |
    from\\to ada   bora  # who regards whom

      ada      .  -12.5
      bora  100   .
"""
ALIGNED = """\
relations:
  table: |
    from\\to  ada   bora  # who regards whom

    ada        .  -12.5
    bora     100      .
"""


def scenario(text: str) -> Scenario:
    found = read(text)
    assert found.scenario is not None, found.findings
    return found.scenario


def with_table(table: str) -> str:
    return BASE.replace("relations:\n  pairs: {ada <-> bora: 20}\n", table)


def changed(old: str, new: str) -> list[str]:
    assert old in BASE
    return list(map(str, differences(scenario(BASE), scenario(BASE.replace(old, new)))))


def test_a_table_is_aligned_by_hand_worked_columns() -> None:
    assert laid_out(with_table(TABLE)) == with_table(ALIGNED)


def test_texts_over_several_lines_keep_their_spaces_and_line_ends_their_kind() -> None:
    text = BASE + "summary: |\n  first  \n  second\n\n\n"
    assert "  first  \n" in laid_out(text)
    assert laid_out(BASE.replace("turns: 12\n", "turns: 12  \n").replace("\n", "\r\n")) == BASE.replace("\n", "\r\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_laying_out_changes_no_meaning_and_is_done_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = laid_out(text)
    assert laid_out(once) == once
    assert "".join(once.split()) == "".join(text.split())
    assert not differences(scenario(text), scenario(once))


@pytest.mark.parametrize("path", sorted((CHECKOUT / "tests/findings/err").glob("*.yaml")), ids=lambda path: path.stem)
def test_laying_out_a_faulty_file_makes_no_new_finding(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    once = laid_out(text)
    assert [each.code for each in read(once).findings] == [each.code for each in read(text).findings]


def test_nothing_differs_from_itself_nor_by_comments_order_or_layout() -> None:
    other = BASE.replace("title: Example\nstart: 2012-02\n", "start: 2012-02 # soon\n\ntitle: 'Example'\n")
    assert other != BASE
    assert not differences(scenario(BASE), scenario(other))


def test_what_differs_is_said_with_its_path_and_both_values() -> None:
    assert changed("{ada <-> bora: 20}", "{ada -> bora: {mean: 20, sd: 3}, bora -> ada: 20}") == [
        "~ relations.ada -> bora: 20 → 20 ± 3"
    ]
    assert changed("tension: 40", "tension: {low: 30, high: 50}") == ["~ disputes.strait.tension: 40 → 30 to 50"]
    assert changed("title: Example", "title: Another") == ["~ title: Example → Another"]
    assert changed("held_by: ada", "recognised: ada, held_by: ada") == ["+ disputes.strait.recognised: ada"]


def test_entries_that_come_and_go_are_added_and_removed() -> None:
    event = "events:\n  news: {headline: News, at: 2, effects: {ada -> bora: {mood: -4}, strait.tension: +2}}\n"
    (added,) = differences(scenario(BASE), scenario(BASE + event))
    (removed,) = differences(scenario(BASE + event), scenario(BASE))
    assert (added.kind, added.path, removed.kind) == ("added", "events.news", "removed")
    assert added.now == removed.was
    other = event.replace("mood: -4", "mood: -6").replace(", strait.tension: +2", ", ada.military: +1")
    assert list(map(str, differences(scenario(BASE + event), scenario(BASE + other)))) == [
        "~ events.news.effects.(ada -> bora: mood).amount: -4 → -6",
        "- events.news.effects.(strait.tension): dispute strait, amount 2",
        "+ events.news.effects.(ada.military): owner name ada, attribute military, amount 1",
    ]


def test_conditions_are_compared_line_by_line() -> None:
    ending = "endings:\n  war: {{when: [strait.tension >= 90{}], text: War.}}\n"
    found = differences(scenario(BASE + ending.format("")), scenario(BASE + ending.format(", turn > 3")))
    said = "the turn is above 3"
    assert found == (Difference("endings.war.when", None, said),)
