"""The dossier reader, and the dossier that ships: its codes, dates and scores against figures noted from the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.files import event_data_path
from game.scenario.findings.finding import ScenarioError
from game.study.event_data import (
    CodedEvent,
    EventData,
    check_event_data,
    net_scores,
    read_event_data,
    standard_acts,
)

SHIPPED = event_data_path("2012_south_caucasus")

SMALL = """\
format: 1
event_data: small
title: Small
summary: Two events.
scenario: none_yet
period: {first: 2012-01-01, last: 2012-06-30}
states: [iran, israel]
others: {press: The press}
codes:
  "111": {name: Criticize or denounce, weight: -2}
sources:
  paper: {publisher: A paper}
events:
  one:
    date: 2012-02-01
    part: record
    actor: iran
    target: israel
    type: denounce
    act: criticise
    cameo: "111"
    weight: -2
    score: -3
    text: Harsh words.
    sources: [paper]
  two:
    date: 2012-02-28
    precision: approx
    part: record
    actor: israel
    target: iran
    type: denounce
    cameo: "111"
    weight: -2
    score: -1.5
    also: [iran -> israel]
    onlookers: {press -> iran: -1, israel -> iran: -0.5}
    text: Harsh words in return.
    confidence: medium
    sources: [paper]
"""

# id: date, actor, target, CAMEO code, standard weight, score in context, value in million dollars
NOTED = {
    "s01": ("2012-02-26", "israel", "azerbaijan", "062", 7.4, 8.0, 1500),
    "s07": ("2012-02-28", "iran", "azerbaijan", "114", -2.0, -3.0, None),
    "s12": ("2012-02-28", "azerbaijan", "armenia", "138", -7.0, -5.0, None),
    "b01": ("2010-08-16", "azerbaijan", "turkiye", "057", 8.0, 8.0, None),
    "b03": ("2011-09-02", "turkiye", "israel", "166", -7.0, -7.0, None),
    "e07": ("2012-01-23", "european_union", "iran", "163", -8.0, -8.0, None),
    "e18": ("2012-02-26", "israel", "azerbaijan", "062", 7.4, 8.0, 1600),
    "e34": ("2012-04-24", "turkiye", "israel", "129", -5.0, -5.0, None),
    "e38": ("2012-05-21", "iran", "azerbaijan", "161", -4.0, -5.0, None),
    "e43": ("2012-06-04", "azerbaijan", "armenia", "193", -10.0, -9.0, None),
    "e48": ("2012-06-25", "iran", "azerbaijan", "050", 3.5, 4.0, None),
    "e50": ("2012-06-26", "turkiye", "azerbaijan", "057", 8.0, 7.5, 7000),
}


@pytest.fixture(scope="module")
def shipped() -> EventData:
    return read_event_data(SHIPPED)


@pytest.fixture
def findings(tmp_path: Path) -> Callable[[str], list[str]]:
    def found(text: str) -> list[str]:
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return [f"{each.span.line}: {each.code} {each.message}" for each in check_event_data(path)]

    return found


def noted(event: CodedEvent) -> tuple[object, ...]:
    return (str(event.date), event.actor, event.target, event.cameo, event.weight, event.score, event.value)


def test_the_shipped_event_data_stands_at_zero_findings() -> None:
    assert check_event_data(SHIPPED) == ()


def test_the_shipped_event_data_holds_the_report_its_background_and_the_half_year(shipped: EventData) -> None:
    parts = [event.part for event in shipped.events.values()]
    assert {part: parts.count(part) for part in parts} == {"report": 18, "background": 5, "record": 50}


@pytest.mark.parametrize("name", NOTED)
def test_a_shipped_event_agrees_with_the_figures_noted_from_the_record(shipped: EventData, name: str) -> None:
    assert noted(shipped.events[name]) == NOTED[name]


def test_the_sale_moves_the_onlookers_as_coded(shipped: EventData) -> None:
    assert shipped.events["e18"].onlookers == {
        ("iran", "azerbaijan"): -4.0,
        ("iran", "israel"): -2.0,
        ("armenia", "israel"): -4.0,
        ("armenia", "azerbaijan"): -3.0,
        ("turkiye", "israel"): -0.5,
    }


def test_every_event_has_an_own_text_and_a_source(shipped: EventData) -> None:
    texts = [event.text for event in shipped.events.values()]
    assert len(set(texts)) == len(texts)
    assert all(len(text) > 20 for text in texts)
    assert all(event.sources for event in shipped.events.values())


def test_every_act_of_the_event_data_is_in_the_standard_catalogue(shipped: EventData) -> None:
    acts = {event.act for event in shipped.events.values() if event.act}
    assert acts
    assert acts <= set(standard_acts())


def test_the_months_show_what_the_half_year_is_known_for(shipped: EventData) -> None:
    months = net_scores(shipped)
    tehran_on_baku = {month: scores.get(("iran", "azerbaijan"), 0.0) for (_, month), scores in months.items()}
    assert sorted(tehran_on_baku, key=tehran_on_baku.__getitem__)[:2] == [5, 2]
    assert tehran_on_baku[3] > 0 < tehran_on_baku[6]
    ankara_on_israel = [scores.get(("turkiye", "israel"), 0.0) for scores in months.values()]
    assert max(ankara_on_israel) <= 0


def test_only_armenia_and_azerbaijan_come_to_blows(shipped: EventData) -> None:
    fights = {
        frozenset(pair)
        for event in shipped.events.values()
        if event.part == "record" and event.cameo.startswith("19")
        for pair in event.pairs
    }
    assert fights == {frozenset({"armenia", "azerbaijan"})}


def test_a_small_event_data_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    event_data = read_event_data(path)
    second = event_data.events["two"]
    assert (event_data.first, event_data.last) == (date(2012, 1, 1), date(2012, 6, 30))
    assert event_data.events["one"].exact
    assert not second.exact
    assert second.pairs == (("israel", "iran"), ("iran", "israel"))
    assert second.confidence == "medium"


def test_net_scores_count_every_direction_and_the_onlookers_but_no_outsiders(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert net_scores(read_event_data(path)) == {(2012, 2): {("iran", "israel"): -4.5, ("israel", "iran"): -2.0}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("actor: iran", "actor: irna", "17: R001 no actor is called 'irna'"),
        ("target: israel", "target: iran", "18: S015 iran is both actor and target"),
        ("date: 2012-02-01", "date: 2013-02-01", "15: S005 2013-02-01 is outside the period"),
        ("date: 2012-02-01", "date: 2012-02-31", "15: S016 there is no 2012-02-31 in the calendar"),
        ("date: 2012-02-01", "date: soon", "15: S016 this must be a date"),
        ("score: -3", "score: -30", "23: S005 -30 is beyond the scale"),
        ("score: -3", "score: bad", "23: S003 this must be a number"),
        ("weight: -2\n    score: -3", "weight: -3\n    score: -3", "22: S015 the weight -3 is not that of code 111"),
        (
            'act: criticise\n    cameo: "111"',
            'act: criticise\n    cameo: "999"',
            "21: R001 no CAMEO code is called '999'",
        ),
        ("act: criticise", "act: critisise", "20: R001 no act is called 'critisise'"),
        ("sources: [paper]\n  two", "sources: [papers]\n  two", "25: R001 no source is called 'papers'"),
        ("also: [iran -> israel]", "also: [iran and israel]", "36: S013 'iran and israel' is not a pair"),
        ("press -> iran: -1", "presse -> iran: -1", "37: R001 no actor is called 'presse'"),
        ("confidence: medium", "confidence: some", "39: S006 confidence is one of high, medium, low"),
        ("    text: Harsh words.\n", "", "14: S002 the event 'one' has no 'text'"),
        ("text: Harsh words.", "txt: Harsh words.", "24: S001 no key is called 'txt'"),
        ("  two:\n", "  one:\n", "26: Y015 the key 'one' is written twice in one block"),
    ],
)
def test_a_mistake_is_found_where_it_is(
    findings: Callable[[str], list[str]], old: str, new: str, expected: str
) -> None:
    assert old in SMALL
    assert expected in findings(SMALL.replace(old, new, 1))


def test_a_sound_file_has_no_findings(findings: Callable[[str], list[str]]) -> None:
    assert findings(SMALL) == []


@pytest.mark.parametrize("text", ["", "- 1\n", "format: 1\n", "format: 1\nevents: {a: [}\n", "\x00"])
def test_what_is_no_event_data_is_refused_with_findings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        read_event_data(path)
    assert refusal.value.findings == check_event_data(path) != ()


def test_a_missing_file_is_an_operating_system_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_event_data(tmp_path / "absent.yaml")


@given(st.integers(0, len(SMALL) - 1), st.sampled_from([*"[]{}:-&*!#'\"\t\n ,0", "", "null", "1e999"]))
def test_no_single_change_can_do_more_than_cause_findings(
    tmp_path_factory: pytest.TempPathFactory, place: int, character: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutant.yaml"
    path.write_text(SMALL[:place] + character + SMALL[place + 1 :], encoding="utf-8")
    assert all(each.span.line >= 1 for each in check_event_data(path))
