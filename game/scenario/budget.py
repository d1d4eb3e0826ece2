"""What a run asks of the machine: the bytes of one position and of deciding in it, summed before anything is compiled.

A small file can ask for a lot, since most arrays have a cell for every pair of states and every act or kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from game.kernel.catalogue import SELECTORS
from game.kernel.world import cell_sizes
from game.scenario import spec
from game.scenario.findings.finding import Report
from game.scenario.spec import Span
from game.scenario.visit import act_effects

MOST = 1536 * 2**20
"""Bytes: three times what the greatest of the scenarios at hand takes, and what a small machine can spare."""

# Bytes a cell that two turns of the built-in reasoner took at their peak, beside the world, with 50 to 300 states.
DECIDING: Mapping[str, float] = {
    "NNN": 40.0, "NNA": 320.0, "NNK": 30.0, "NNP": 4.0, "NNL": 60.0, "NND": 40.0, "NNQ": 80.0,
}  # fmt: skip
NAMES: Mapping[str, str] = {
    "N": "states", "A": "acts", "K": "kinds of agreement", "P": "kinds of pledge", "L": "memories", "Q": "attributes",
    "D": "disputes", "C": "acts that can be kept secret", "E": "events", "F": "flags", "B": "sides",
    "G": "states that effects name", "V": "pairs that effects name",
}  # fmt: skip


def judge(scenario: spec.Scenario, place: Span, report: Report) -> None:
    """Report a scenario whose run would need more than `MOST`, with what it is made of."""
    asked = demands(scenario)
    needed = sum(asked.values())
    if needed <= MOST:
        return
    sizes = sizes_of(scenario)
    greatest = sorted(asked, key=lambda axes: -asked[axes])[:3]
    sums = ", ".join(f"{_product(axes, sizes)}: {_amount(asked[axes])}" for axes in greatest)
    message = f"a run would need about {_amount(needed)} of memory, and {_amount(MOST)} is the most ({sums})"
    report.add("S017", place, message, f"have fewer {NAMES[greatest[0][-1]]}, or fewer states")


def demands(scenario: spec.Scenario) -> dict[str, float]:
    """The bytes that a run takes, by the axes of the arrays that take them."""
    sizes = sizes_of(scenario)
    rates: dict[str, float] = {}
    for axes, rate in (*cell_sizes(), *DECIDING.items(), *_tables(scenario)):
        key = "".join(sorted(axes.replace("R", ""), key=list(NAMES).index))
        rates[key] = rates.get(key, 0.0) + rate
    return {axes: rate * prod(sizes[axis] for axis in axes) for axes, rate in rates.items()}


def sizes_of(scenario: spec.Scenario) -> dict[str, int]:
    """The length of each axis; the selectors of onlookers count as named states."""
    named, pairs = _named(scenario)
    return {
        "N": len(scenario.states), "A": len(scenario.acts), "K": len(scenario.agreement_kinds),
        "P": len(scenario.pledge_kinds), "L": len(scenario.memories), "Q": len(scenario.attributes),
        "D": len(scenario.disputes), "C": sum(act.secrecy for act in scenario.acts.values()),
        "E": len(scenario.events), "F": len(scenario.flags), "B": 2, "G": len(SELECTORS) + named, "V": pairs,
    }  # fmt: skip


def _tables(scenario: spec.Scenario) -> Iterator[tuple[str, float]]:
    """What acts do, in numbers of eight bytes: two rows an act, for each party or each party's onlookers."""
    yield from (("ALG", 2 * 2 * 4 * 8.0), ("ALV", 2 * 8.0), ("AL", 12 * 8.0), ("AQ", 4 * 8.0), ("AD", 2 * 8.0))
    # Each order of a turn moves how everybody regards its two parties; onlookers are graded by kind.
    yield from (("NNL", scenario.orders * 2 * 8.0), ("NNG", 8.0))


def _named(scenario: spec.Scenario) -> tuple[int, int]:
    """How many states, and how many pairs of them, the effects of acts name."""
    states: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for act in scenario.acts.values():
        for effect in act_effects(act):
            if isinstance(effect, spec.RelationEffect):
                known = [each.name for each in (effect.source, effect.target) if each.name in scenario.states]
                states.update(known)
                if len(known) == 2:
                    pairs.add((known[0], known[1]))
    return len(states), len(pairs)


def _product(axes: str, sizes: Mapping[str, int]) -> str:
    return " × ".join(f"{sizes[axis]:,} {NAMES[axis]}" for axis in axes)


def _amount(size: float) -> str:
    return f"{size / 2**30:,.1f} GiB" if size >= 2**30 else f"{size / 2**20:,.0f} MiB"
