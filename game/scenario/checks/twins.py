"""States that look alike, by their name or their colour (L031)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario import spec
from game.scenario.findings.finding import Finding, Label, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    yield from _shared("name", {state.id: state.name.casefold() for state in scenario.states.values()}, scenario)
    colours = {state.id: (state.colour or "").casefold() for state in scenario.states.values()}
    yield from _shared("colour", colours, scenario)


def _shared(what: str, looks: dict[str, str], scenario: spec.Scenario) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for state, look in looks.items():
        other = first.setdefault(look, state) if look else state
        if other != state:
            label = Label(scenario.states[other].span, "the other")
            message = f"{other!r} and {state!r} have the same {what}"
            yield of_code(scenario.path, "L031", scenario.states[state].span, message, f"change one {what}", (label,))
