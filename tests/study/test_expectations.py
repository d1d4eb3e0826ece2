"""Expectations: a share is the share of single runs, an interval the published one, and a claim can fail."""

from __future__ import annotations

from math import inf

import pytest

from game.errors import StudyError, UnknownName
from game.files import shipped_scenarios
from game.match.match import Setup, begin
from game.scenario import load, read
from game.scenario.build.conditions import parse_assertion
from game.study import ensembles
from game.study.expectations import (
    expected,
    is_met,
    mean,
    share,
)
from game.testing import TRIAD

COIN = (
    TRIAD.replace("military: 20}", "military: {low: 10, high: 30}}")
    + """
events:
  coin: {headline: A coin is tossed, at: 1, chance: 50%, effects: {arda <-> borea: {memory: +10}}}
  sunrise: {headline: The sun rises, at: 2, effects: {islet.tension: -1}}
expect:
  fair:
    {runs: 200, turns: 1, seed: 7, then: [share(happened(coin)) between 40% and 60%, share(happened(sunrise)) == 0%]}
  dawn: {runs: 30, turns: 2, seed: 7, then: [share(happened(sunrise)) == 100%, mean(turn) == 2]}
  power: {runs: 20, turns: 1, seed: 3, then: [mean(cestia.military) between 5 and 15, mean(arda.military * 2) > 100]}
"""
)


@pytest.fixture(scope="module")
def coin():
    reading = read(COIN)
    assert reading.scenario is not None, reading.findings
    return reading.scenario


def single(scenario, seed, turns, spreads):
    match = begin(Setup(scenario, seed, spreads))
    for _ in range(turns):
        match = match.advance()
    return match.history


@pytest.mark.parametrize("spreads", ["drawn", "central"])
def test_a_share_is_the_share_of_the_single_runs_of_its_seeds(coin, spreads):
    verdict = expected(coin, "fair", runs=40, spreads=spreads)[0]
    place = [each.name for each in single(coin, 7, 0, spreads).board.events].index("coin")
    fired = [single(coin, seed, 1, spreads).world.fired[0, place] >= 0 for seed in range(7, 47)]
    assert 0 < sum(fired) < 40
    assert verdict.value == sum(fired) / 40


@pytest.mark.parametrize("spreads", ["drawn", "central"])
def test_a_mean_is_the_mean_of_the_single_runs_however_they_are_cut(coin, spreads, monkeypatch):
    monkeypatch.setattr(ensembles, "CHUNK", 3)
    verdict = expected(coin, "power", runs=8, spreads=spreads)[0]
    runs = [single(coin, seed, 1, spreads) for seed in range(3, 11)]
    place = runs[0].board.attributes.names.index("military"), runs[0].board.state("cestia")
    found = [float(run.world.attributes[0, place[1], place[0]]) for run in runs]
    assert (len(set(found)) > 1) == (spreads == "drawn")
    assert verdict.value == pytest.approx(sum(found) / 8, abs=1e-9)


@pytest.mark.parametrize("name", ["fair", "power"])
def test_the_verdicts_are_the_same_however_the_runs_are_cut(coin, name, monkeypatch):
    whole = expected(coin, name, runs=20)
    monkeypatch.setattr(ensembles, "CHUNK", 7)
    assert expected(coin, name, runs=20) == whole


def test_relations_are_those_of_the_replicas_own_board_where_they_are_drawn(monkeypatch):
    text = TRIAD.partition("relations:")[0] + (
        "relations:\n  pairs:\n    arda -> borea: {low: -50, high: 50}\n"
        "expect:\n  regard: {runs: 6, turns: 1, seed: 2, then: [mean(arda -> borea) > 0]}\n"
    )
    scenario = read(text).scenario
    assert scenario is not None
    monkeypatch.setattr(ensembles, "CHUNK", 2)
    found = [single(scenario, seed, 1, "drawn").series()[-1][0, 1] for seed in range(2, 8)]
    assert expected(scenario)[0].value == pytest.approx(sum(found) / 6, abs=1e-9)


def test_an_event_of_even_chance_happens_in_half_of_the_runs(coin):
    tossed, _ = expected(coin, "fair")
    assert tossed.held
    assert tossed.low < 0.5 < tossed.high
    assert tossed.high - tossed.low < 0.15


def test_a_claim_is_judged_after_the_turns_it_asks_for(coin):
    fair, dawn = expected(coin, "fair", runs=10), expected(coin, "dawn", runs=10)
    assert (fair[1].value, dawn[0].value, dawn[1].value) == (0.0, 1.0, 2.0)
    assert fair[1].held
    assert all(each.held for each in dawn)


def test_what_is_not_so_does_not_hold(coin):
    power = expected(coin, "power")
    assert [each.held for each in power] == [False, True]
    assert 15 < power[0].value < 30


def test_every_line_of_every_expectation_has_its_verdict(coin):
    verdicts = expected(coin, runs=4)
    assert [(each.expectation, each.line) for each in verdicts] == [
        (one.id, line) for one in coin.expect.values() for line in one.then
    ]
    assert {each.runs for each in verdicts} == {4}
    assert {each.seed for each in verdicts} == {3, 7}


def test_the_runs_are_as_many_as_the_expectation_says_unless_told(coin):
    assert expected(coin, "dawn")[0].runs == 30
    assert expected(coin, "dawn", runs=3)[0].runs == 3


def test_an_unknown_expectation_is_answered_with_the_nearest(coin):
    with pytest.raises(UnknownName, match="there is no expectation called 'fare'; did you mean 'fair'"):
        expected(coin, "fare")


@pytest.mark.parametrize("runs", [0, -3])
def test_nothing_is_judged_on_no_run(coin, runs):
    with pytest.raises(StudyError, match="at least one run"):
        expected(coin, runs=runs)


def test_a_scenario_that_expects_nothing_has_no_verdicts():
    assert expected(read(TRIAD).scenario) == ()


@pytest.mark.parametrize(
    ("ones", "runs", "low", "high"),
    # By hand from the formula of Wilson's interval at 95 %.
    [(50, 100, 0.40383, 0.59617), (0, 10, 0.0, 0.27753), (10, 10, 0.72247, 1.0), (1, 20, 0.00888, 0.23613)],
)
def test_the_interval_of_a_share_is_wilsons(ones, runs, low, high):
    value, *ends = share([1.0] * ones + [0.0] * (runs - ones))
    assert value == ones / runs
    assert ends == pytest.approx([low, high], abs=2e-5)


def test_the_interval_of_a_mean_is_the_normal_one():
    assert mean([1.0, 2.0, 3.0, 4.0]) == pytest.approx((2.5, 2.5 - 1.26515, 2.5 + 1.26515), abs=1e-5)
    assert mean([5.0] * 9) == (5.0, 5.0, 5.0)
    assert mean([1e200, -1e200])[0] == 0.0


def test_one_run_says_nothing_of_the_spread():
    assert mean([3.0]) == (3.0, -inf, inf)


@pytest.mark.parametrize(
    ("line", "values", "verdicts"),
    [
        ("share(turn > 1) < 50%", (0.49, 0.5, 0.51), (True, False, False)),
        ("share(turn > 1) <= 50%", (0.49, 0.5, 0.51), (True, True, False)),
        ("share(turn > 1) > 50%", (0.49, 0.5, 0.51), (False, False, True)),
        ("share(turn > 1) >= 50%", (0.49, 0.5, 0.51), (False, True, True)),
        ("share(turn > 1) == 50%", (0.49, 0.5, 0.51), (False, True, False)),
        ("share(turn > 1) != 50%", (0.49, 0.5, 0.51), (True, False, True)),
        ("share(turn > 1) between 20% and 50%", (0.2, 0.5, 0.51), (True, True, False)),
        ("mean(turn) between -3 and 4", (-3.01, -3.0, 4.0), (False, True, True)),
    ],
)
def test_a_claim_is_met_where_its_comparison_says(line, values, verdicts):
    assert tuple(is_met(parse_assertion(line), value) for value in values) == verdicts


def test_a_last_bit_decides_nothing():
    assert is_met(parse_assertion("share(turn > 1) == 12.3%"), 123 / 1000)
    assert is_met(parse_assertion("mean(turn) <= 0.3"), 0.1 + 0.2)
    assert not is_met(parse_assertion("share(turn > 1) < 50%"), 0.5 - 1e-12)
    assert is_met(parse_assertion("share(turn > 1) < 50%"), 4999 / 10000)


@pytest.mark.parametrize("name", [path.stem for path in shipped_scenarios().values()])
def test_a_shipped_scenario_keeps_what_it_pledges(name):
    verdicts = expected(load(name), runs=None)
    assert verdicts
    assert max(each.runs for each in verdicts) <= 100
    broken = [f"{each.expectation}: {each.line}, measured {each.value:g}" for each in verdicts if not each.held]
    assert not broken, "\n".join(broken)
