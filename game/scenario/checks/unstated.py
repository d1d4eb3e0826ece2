"""What a state does not say about itself and others do: a number that counts (L020), any relation at all (L034)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from game.kernel import conditions
from game.scenario import spec
from game.scenario.findings.finding import Finding, of_code

COMMON = 1
"""How many other states have to state a number for its absence to be a slip."""


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    yield from _numbers(scenario)
    yield from _relations(scenario)


def _numbers(scenario: spec.Scenario) -> Iterator[Finding]:
    power = frozenset() if scenario.power is None else frozenset(conditions.attributes_in(scenario.power))
    stated = Counter(name for state in scenario.states.values() for name in state.stats)
    common = max(COMMON, len(scenario.states) / 2)
    open_ = [name for name, each in scenario.attributes.items() if each.start is None]
    for state in scenario.states.values():
        usual = {name for name in open_ if state.stats and stated[name] > common}
        missing = [name for name in open_ if name not in state.stats and (name in power or name in usual)]
        if not missing:
            continue
        names = " and ".join(map(repr, missing))
        counts = f", which {'counts' if len(missing) == 1 else 'count'} as power" if power & set(missing) else ""
        low = scenario.attributes[missing[0]].minimum or 0.0
        message = f"{state.id!r} states no {names}{counts}; it starts at {low:g}"
        help_ = f"add it under stats: {{{missing[0]}: …}}, or give the attribute a 'start'"
        yield of_code(scenario.path, "L020", state.span, message, help_)


def _relations(scenario: spec.Scenario) -> Iterator[Finding]:
    if not scenario.relations:
        return
    related = {state for pair in scenario.relations for state in pair}
    for state in scenario.states.values():
        if state.id not in related:
            message = f"no relation of {state.id!r} is stated, so it and all others regard each other at 0"
            help_ = f"state some: {state.id} <-> {next(iter(sorted(related)))}: 20"
            yield of_code(scenario.path, "L034", state.span, message, help_)
