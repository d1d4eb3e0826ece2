"""test: what scenarios expect of themselves, in words and as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from game.testing import TRIAD

Call = Callable[..., Result]

FAILING = (
    TRIAD
    + """
events:
  sunrise: {headline: The sun rises, at: 1, effects: {islet.tension: -1}}
expect:
  dawn: {runs: 10, turns: 1, seed: 4, then: [share(happened(sunrise)) == 100%, share(happened(sunrise)) < 40%]}
  cold: {runs: 10, turns: 2, seed: 4, then: mean(arda -> cestia) < 0}
"""
)


@pytest.fixture
def failing(call: Call) -> str:
    """The file of a scenario with three claims, one of which does not hold."""
    Path("failing.yaml").write_text(FAILING, encoding="utf-8")
    return "failing.yaml"


def test_a_claim_that_holds_has_a_line_with_what_was_measured(call: Call) -> None:
    done = call("test", "classroom-triad", "--runs", "20")
    head, *claims = done.stdout.splitlines()
    assert done.exit_code == 0, done.stdout
    assert head.endswith("classroom-triad.yaml: the_triangle_moves, 20 runs of 12 quarters from seed 1")
    assert len(claims) == 2
    assert all(line.startswith("  ✓  ") for line in claims)
    assert "share(ended(war)) < 50%" in claims[1]
    assert claims[1].endswith("[0.0% to 16.1%]")
    assert done.stderr == "2 of 2 claims hold\n"


def test_a_claim_that_does_not_hold_has_exit_code_one(call: Call, failing: str) -> None:
    done = call("test", failing)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "failing.yaml: dawn, 10 runs of 1 month from seed 4",
        "  ✓  share(happened(sunrise)) == 100%  100.0%  [72.2% to 100.0%]",
        "  ✗  share(happened(sunrise)) < 40%    100.0%  [72.2% to 100.0%]",
    ]
    assert done.stderr == "2 of 3 claims hold\n"


def test_only_one_expectation_is_run_on_request(call: Call, failing: str) -> None:
    done = call("test", failing, "--only", "cold")
    assert done.exit_code == 0
    assert "dawn" not in done.stdout
    assert "  ✓  mean(arda -> cestia) < 0  −" in done.stdout
    assert done.stderr == ""


def test_with_several_scenarios_those_without_the_expectation_are_passed_over(call: Call, failing: str) -> None:
    done = call("test", "classroom-triad", failing, "--only", "cold")
    assert done.exit_code == 0
    assert [line.partition(",")[0] for line in done.stdout.splitlines() if " runs of " in line] == [
        "failing.yaml: cold"
    ]


def test_the_data_has_every_claim_with_its_interval_and_what_was_asked(call: Call, failing: str) -> None:
    done = call("test", failing, "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert done.stderr == ""
    assert [each["held"] for each in found] == [True, False, True]
    assert found[1] == {
        "scenario": "triad",
        "expectation": "dawn",
        "claim": "share(happened(sunrise)) < 40%",
        "measure": "share",
        "runs": 10,
        "turns": 1,
        "seed": 4,
        "value": 1.0,
        "interval": [0.722467, 1.0],
        "asked": {"comparator": "<", "low": 0.4, "high": 0.4},
        "held": False,
    }


def test_one_run_leaves_the_interval_of_a_mean_open(call: Call, failing: str) -> None:
    assert call("test", failing, "--only", "cold", "--runs", "1").stdout.endswith("[−∞ to ∞]\n")
    (found,) = json.loads(call("test", failing, "--only", "cold", "--runs", "1", "--format", "json").stdout)
    assert found["interval"] == [None, None]


def test_a_scenario_that_expects_nothing_says_so(call: Call) -> None:
    Path("silent.yaml").write_text(TRIAD, encoding="utf-8")
    text, data = call("test", "silent.yaml"), call("test", "silent.yaml", "--format", "json")
    assert (text.exit_code, data.exit_code) == (0, 0)
    assert text.stdout == "silent.yaml: nothing is expected; add a block `expect:` to test it\n"
    assert data.stderr == text.stdout
    assert json.loads(data.stdout) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["classroom-triad", "--only", "the_triangle_move"], "did you mean 'the_triangle_moves'?"),
        (["classroom-triade"], "did you mean 'classroom-triad'?"),
        (["classroom-triad", "--runs", "0"], "--runs"),
        ([], "missing argument 'SCENARIO...'"),
    ],
)
def test_a_mistake_has_exit_code_two_and_one_sentence(call: Call, arguments: list[str], sentence: str) -> None:
    done = call("test", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_scenario_with_errors_shows_its_findings_and_is_not_tested(call: Call) -> None:
    Path("broken.yaml").write_text("format: 1\nid: broken\nturns: many\n", encoding="utf-8")
    done = call("test", "classroom-triad", "broken.yaml")
    assert done.exit_code == 1
    assert "the scenario has errors and does not run" in done.stderr
    assert done.stdout == ""
