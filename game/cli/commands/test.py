"""Test what scenarios expect of themselves, by running them many times."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.cli.setups import opened
from game.errors import UnknownName
from game.files import path_from_here, scenario_path
from game.narrative.wording import PERIODS, counted, table
from game.scenario.spec import Expectation, Scenario
from game.study.expectations import Verdict, expected

DIGITS = 6
"""Digits after the point in data: more than a run can tell, fewer than a machine could differ in."""


@click.command("test", short_help="Test what scenarios expect of themselves.")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True)
@click.option(
    "--runs", type=click.IntRange(1, 10_000), metavar="N", help="How many runs; default: what each expectation says."
)
@click.option("--only", metavar="NAME", help="Only the expectation of this name.")
@options.output("text", "json")
@click.pass_context
def command(context: click.Context, scenarios: tuple[str, ...], runs: int | None, only: str | None, form: str) -> None:
    """Run each SCENARIO, a shipped one by its name or a file, as its `expect:` block asks, and judge every claim.

    Exit code 0: all hold; 1: one does not.
    """
    read = [(path_from_here(scenario_path(name)), opened(name)) for name in scenarios]
    if only is not None and not any(only in scenario.expect for _, scenario in read):
        raise UnknownName("expectation", only, [name for _, scenario in read for name in scenario.expect])
    found: list[dict[str, Any]] = []
    for path, scenario in read:
        if not scenario.expect:
            echo(f"{path}: nothing is expected; add a block `expect:` to test it", err=form == "json")
        for expectation in scenario.expect.values():
            if only in (None, expectation.id):
                verdicts = expected(scenario, expectation.id, runs=runs)
                found.extend(as_data(scenario, verdict) for verdict in verdicts)
                if form == "text":
                    echo("\n".join(in_words(path, scenario, expectation, verdicts)))
    held = sum(each["held"] for each in found)
    if form == "json":
        echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif len(found) > 1:
        echo(f"{held} of {counted(len(found), 'claim')} hold", err=True)
    if held < len(found):
        context.exit(FINDINGS)


def in_words(path: str, scenario: Scenario, expectation: Expectation, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """An expectation and its claims, a line each."""
    first = verdicts[0]
    length = f"{first.turns} {scenario.turn if first.turns == 1 else PERIODS[scenario.turn]}"
    yield f"{path}: {expectation.id}, {counted(first.runs, 'run')} of {length} from seed {first.seed}"
    rows = [("✓" if each.held else "✗", each.line, *measured(each)) for each in verdicts]
    yield from table(rows, right=frozenset({2}))


def measured(verdict: Verdict) -> tuple[str, str]:
    """What was measured, and its interval."""
    return _number(verdict, verdict.value), f"[{_number(verdict, verdict.low)} to {_number(verdict, verdict.high)}]"


def _number(verdict: Verdict, value: float) -> str:
    text = f"{abs(value):.1%}" if verdict.assertion.measure == "share" else f"{abs(value):.2f}"
    text = text if isfinite(value) else "∞"
    return f"−{text}" if value < 0 and text != "0.00" else text


def as_data(scenario: Scenario, verdict: Verdict) -> dict[str, Any]:
    """A verdict as an object; an end that the interval does not have is null."""
    assertion = verdict.assertion
    return {
        "scenario": scenario.id, "expectation": verdict.expectation, "claim": verdict.line,
        "measure": assertion.measure,
        "runs": verdict.runs, "turns": verdict.turns, "seed": verdict.seed, "value": round(verdict.value, DIGITS),
        "interval": [round(end, DIGITS) if isfinite(end) else None for end in (verdict.low, verdict.high)],
        "asked": {"comparator": assertion.comparator, "low": assertion.low, "high": assertion.high},
        "held": verdict.held,
    }  # fmt: skip
