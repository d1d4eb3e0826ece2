"""Dates and turns that lie outside the run (L008)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from game.scenario import spec
from game.scenario.dates import turn_of
from game.scenario.earliest import earliest
from game.scenario.findings.finding import Finding, of_code

AGES_AGO = 40
"""Years since it was signed, from which a short term is more likely a misunderstanding than what is left of one."""


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    first = earliest(scenario)
    for event in scenario.events.values():
        yield from _event(event, scenario, first)
    start = scenario.start
    for agreements, help_ in (
        (scenario.agreements, "sign it by an event"),
        (scenario.pledges, "have it given by an event"),
    ):
        for agreement in agreements.values():
            since = agreement.since
            if since is not None and (since.year, since.month, since.day) > (start.year, start.month, start.day):
                message = f"{agreement.id!r} is in force at the start, but dated later"
                yield of_code(scenario.path, "L008", since.span, message, help_)
            yield from _counted(agreement, scenario)


def _event(event: spec.Event, scenario: spec.Scenario, first: Mapping[str, float]) -> Iterator[Finding]:
    trigger = event.trigger
    last = scenario.turns
    run = f"the run has {last} {'turn' if last == 1 else 'turns'}"
    if trigger.form == "at" and trigger.at is not None:
        turn = trigger.at if isinstance(trigger.at, int) else turn_of(trigger.at, scenario)
        if not 1 <= turn <= last:
            side = "before the start" if turn < 1 else f"in turn {turn}; {run}"
            yield of_code(scenario.path, "L008", trigger.span, f"{event.id!r} is due {side}", "move it, or drop it")
    elif trigger.window is not None and trigger.window.second > last:
        message = f"the window of {event.id!r} ends in turn {trigger.window.second:g}; {run}"
        yield of_code(scenario.path, "L008", trigger.span, message, "end it earlier")
    elif trigger.delay:
        awaited = first.get(trigger.after_event or "", 1.0)
        due = awaited + trigger.delay
        if due > last and awaited <= last:
            message = f"{event.id!r} is due in turn {due:g} at the earliest; {run}"
            yield of_code(scenario.path, "L008", trigger.span, message, "shorten the delay")


def _counted(agreement: spec.Agreement | spec.Pledge, scenario: spec.Scenario) -> Iterator[Finding]:
    """A term that would be over already if it had been counted from the date it bears."""
    if agreement.since is None or agreement.turns is None:
        return
    age = 1 - turn_of(agreement.since, scenario)
    if scenario.start.year - agreement.since.year >= AGES_AGO and agreement.turns < age:
        message = f"the {agreement.turns} turns of {agreement.id!r} count from the start of the run, not from its date"
        help_ = f"it is {age} turns old: leave 'turns' out for no end, or write how many are left"
        yield of_code(scenario.path, "L033", agreement.span, message, help_)
