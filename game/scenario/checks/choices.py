"""Options that can't be chosen (L023), and options that do the same (L024)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.scenario import spec
from game.scenario.findings.finding import Finding, Label, of_code

_PLACES = re.compile(r"span=Span\([^)]*\)|path='[^']*'")


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for event in scenario.events.values():
        if not event.options:
            continue
        yield from _idle(event, scenario)
        yield from _alike(event, scenario)


def _idle(event: spec.Event, scenario: spec.Scenario) -> Iterator[Finding]:
    idle = [option for option in event.options if option.weight <= 0]
    if len(idle) == len(event.options):
        message = f"no option of {event.id!r} has any weight, so that one is drawn blindly"
        help_ = "give each a weight above 0; leave 'weight' out for 1"
        yield of_code(scenario.path, "L023", event.span, message, help_)
        return
    for option in idle:
        message = f"{option.id!r} has weight 0, so that {event.decider!r} never takes it unless somebody plays it"
        yield of_code(scenario.path, "L023", option.span, message, "give it a weight above 0, or remove it")


def _alike(event: spec.Event, scenario: spec.Scenario) -> Iterator[Finding]:
    seen: dict[str, spec.Option] = {}
    for option in event.options:
        first = seen.setdefault(_PLACES.sub("", repr(option.effects)), option)
        if first is not option:
            message = f"the options {first.id!r} and {option.id!r} do the same"
            label = Label(first.span, "the other one")
            help_ = "give one of them other effects, or remove it"
            yield of_code(scenario.path, "L024", option.span, message, help_, (label,))
