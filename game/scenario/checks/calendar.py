"""Dates and turns that lie outside the run (L008)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario import spec
from game.scenario.dates import turn_of
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for event in scenario.events.values():
        yield from _event(event, scenario)
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


def _event(event: spec.Event, scenario: spec.Scenario) -> Iterator[Finding]:
    trigger = event.trigger
    last = scenario.turns
    if trigger.form == "at" and trigger.at is not None:
        turn = trigger.at if isinstance(trigger.at, int) else turn_of(trigger.at, scenario)
        if not 1 <= turn <= last:
            side = "before the start" if turn < 1 else f"after the last of {last} turns"
            yield of_code(scenario.path, "L008", trigger.span, f"{event.id!r} lies {side}", "move it, or drop it")
    elif trigger.window is not None and trigger.window.second > last:
        message = f"the window of {event.id!r} reaches beyond the last of {last} turns"
        yield of_code(scenario.path, "L008", trigger.span, message, "end it earlier")
    elif trigger.delay >= last:
        message = f"{event.id!r} comes {trigger.delay} turns later in a run of {last}"
        yield of_code(scenario.path, "L008", trigger.span, message, "shorten the delay")
