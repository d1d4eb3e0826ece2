"""Expectations that hold whatever happens, or ask for more turns than there are (X002)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario import spec
from game.scenario.build.conditions import Assertion, parse_assertion
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for expectation in scenario.expect.values():
        if expectation.turns > scenario.turns:
            message = f"{expectation.id!r} asks for {expectation.turns} turns, the run has {scenario.turns}"
            yield of_code(scenario.path, "X002", expectation.span, message, "ask for fewer")
        for line, place in zip(expectation.then, expectation.places, strict=True):
            yield from _assertion(line, parse_assertion(line), place, expectation, scenario)


def _assertion(
    line: str, assertion: Assertion, place: spec.Span, expectation: spec.Expectation, scenario: spec.Scenario
) -> Iterator[Finding]:
    low, high = (0.0, 1.0) if assertion.measure == "share" else (-float("inf"), float("inf"))
    wide = {
        "between": assertion.low <= low and assertion.high >= high,
        ">=": assertion.low <= low,
        "<=": assertion.low >= high,
        ">": assertion.low < low,
        "<": assertion.low > high,
    }
    narrow = {
        "between": assertion.low > assertion.high or assertion.low > high or assertion.high < low,
        ">": assertion.low >= high,
        "<": assertion.low <= low,
        ">=": assertion.low > high,
        "<=": assertion.low < low,
    }
    for says, word in ((wide, "always"), (narrow, "never")):
        if says.get(assertion.comparator, False):
            message = f"{expectation.id!r}: {line!r} is {word} true"
            turned = assertion.comparator == "between" and assertion.low > assertion.high
            help_ = "the lower number comes first" if turned else "a share lies between 0% and 100%"
            yield of_code(scenario.path, "X002", place, message, help_)
