"""What a scenario expects of itself: each claim under `expect:` measured over many runs and judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, hypot, inf, sqrt

from game.errors import StudyError, UnknownName
from game.kernel.conditions import Condition
from game.kernel.world import Board, World
from game.match.match import Spreads
from game.measures.conditions import holds, value
from game.scenario.build.conditions import Assertion, parse_assertion
from game.scenario.schema.names import Names
from game.scenario.spec import Expectation, Scenario
from game.study.ensembles import ensemble

NORMAL = 1.959963984540054
"""How many standard errors a 95 % interval reaches to either side."""

SHARE_DIGITS, MEAN_DIGITS = 9, 2
"""How finely a share and a mean are compared with what was asked; a mean as conditions are, to 0.01."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim as measured: the share or mean over the runs, its 95 % interval, and whether it is what was asked."""

    expectation: str
    line: str
    assertion: Assertion
    runs: int
    turns: int
    seed: int  # of the first run; each following run has the next one
    value: float
    low: float  # of the interval; minus infinity for a mean over one run, which says nothing of the spread
    high: float
    held: bool


def expected(
    scenario: Scenario, name: str | None = None, *, runs: int | None = None, spreads: Spreads = "drawn"
) -> tuple[Verdict, ...]:
    """Judge every claim of a scenario, or those of one expectation, on the worlds after its turns.

    The runs of an expectation have the seeds from its own upwards; `runs` replaces their number. Raises UnknownName
    when there is no such expectation, StudyError when there would be no run.
    """
    if name is not None and name not in scenario.expect:
        raise UnknownName("expectation", name, scenario.expect)
    if runs is not None and runs < 1:
        raise StudyError(f"an expectation is judged on at least one run, not on {runs}")
    chosen = scenario.expect.values() if name is None else [scenario.expect[name]]
    return tuple(verdict for each in chosen for verdict in _verdicts(scenario, each, runs or each.runs, spreads))


def _verdicts(scenario: Scenario, expectation: Expectation, runs: int, spreads: Spreads) -> Iterator[Verdict]:
    """The verdict on each line of an expectation, all from the same runs."""
    names = _names(scenario)
    assertions = [parse_assertion(line, names) for line in expectation.then]
    seeds = range(expectation.seed, expectation.seed + runs)
    found: list[list[float]] = [[] for _ in assertions]
    played = ensemble(scenario, seeds, turns=expectation.turns, spreads=spreads, keep=["worlds"])
    for board, world in played.worlds:
        for assertion, values in zip(assertions, found, strict=True):
            values.extend(_measured(assertion, board, world))
    for line, assertion, values in zip(expectation.then, assertions, found, strict=True):
        middle, low, high = share(values) if assertion.measure == "share" else mean(values)
        yield Verdict(
            expectation.id, line, assertion, runs, expectation.turns, expectation.seed,
            middle, low, high, is_met(assertion, middle),
        )  # fmt: skip


def _names(scenario: Scenario) -> Names:
    """The names that decide how a line is read; that all of them exist was checked with the file."""
    kinds = {"state": scenario.states, "dispute": scenario.disputes, "attribute": scenario.attributes}
    return Names({kind: frozenset(declared) for kind, declared in kinds.items()})


def _measured(assertion: Assertion, board: Board, world: World) -> list[float]:
    """What a claim measures in each replica: 1 or 0 where it asks for a share, else the number."""
    subject = assertion.subject
    found = holds(subject, board, world) if isinstance(subject, Condition) else value(subject, board, world)
    return [float(each) for each in found]


def share(found: Sequence[float]) -> tuple[float, float, float]:
    """The share of ones, and its 95 % interval (Wilson 1927), which keeps its meaning near 0 and 1."""
    runs = len(found)
    part = fsum(found) / runs
    square = NORMAL * NORMAL / runs
    middle = (part + square / 2) / (1 + square)
    reach = NORMAL * sqrt(part * (1 - part) / runs + square / (4 * runs)) / (1 + square)
    # Without a single exception the interval ends at the measured share itself, and rounding must not pull it inside.
    return part, 0.0 if part == 0 else max(0.0, middle - reach), 1.0 if part == 1 else min(1.0, middle + reach)


def mean(found: Sequence[float]) -> tuple[float, float, float]:
    """The mean, and its 95 % interval by the normal approximation; one value alone has no end to either side."""
    runs = len(found)
    middle = fsum(found) / runs
    if runs == 1:
        return middle, -inf, inf
    reach = NORMAL * hypot(*(each - middle for each in found)) / sqrt((runs - 1) * runs)
    return middle, middle - reach, middle + reach


def is_met(assertion: Assertion, measured: float) -> bool:
    """Whether what was measured is what the claim asks; both are rounded, so that a last bit never decides."""
    digits = SHARE_DIGITS if assertion.measure == "share" else MEAN_DIGITS
    found, low, high = (round(each, digits) for each in (measured, assertion.low, assertion.high))
    match assertion.comparator:
        case "between":
            return low <= found <= high
        case "<":
            return found < low
        case "<=":
            return found <= low
        case ">":
            return found > low
        case ">=":
            return found >= low
        case "==":
            return found == low
        case "!=":
            return found != low
