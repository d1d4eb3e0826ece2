"""The earliest turn in which each event can happen, as far as triggers, events, flags and turns decide it.

The least solution of `earliest = max(trigger, conditions)`, where alternatives count by the earliest: found by letting
what is known set off what waits for it. Whatever waits for itself is never set off, and stays at infinity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from game.kernel import conditions
from game.scenario import spec
from game.scenario.dates import turn_of
from game.scenario.intervals import bound

NEVER = float("inf")


def earliest(scenario: spec.Scenario) -> Mapping[str, float]:
    """By event, the first turn it can happen in, from 1; infinity for one that can't."""
    found = dict.fromkeys(scenario.events, NEVER)
    flags: dict[str, float] = {}
    raisers = {name: tuple(_raised(event)) for name, event in scenario.events.items()}
    waiting = _dependents(scenario, raisers)
    ahead = list(scenario.events)
    while ahead:
        name = ahead.pop()
        turn = _turn(scenario.events[name], scenario, found, flags)
        if turn >= found[name]:
            continue
        found[name] = turn
        for flag in raisers[name]:
            flags[flag] = min(turn, flags.get(flag, NEVER))
        ahead += waiting[name]
    return found


def asked_of(condition: conditions.Condition) -> Iterator[tuple[str, str]]:
    """The events and flags that a condition asks for, other than whether they are absent."""
    match condition:
        case conditions.Happened(event):
            yield "event", event
        case conditions.Flag(flag):
            yield "flag", flag
        case conditions.Group(mode, members) if mode != "none":
            for member in members:
                yield from asked_of(member)
        case _:
            return


def latest(event: spec.Event, scenario: spec.Scenario) -> float:
    """The last turn in which a trigger lets an event happen."""
    trigger = event.trigger
    if trigger.form == "at" and trigger.at is not None:
        return float(trigger.at if isinstance(trigger.at, int) else turn_of(trigger.at, scenario))
    if trigger.window is not None:
        return trigger.window.second
    return float(scenario.turns)


def _dependents(scenario: spec.Scenario, raisers: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    """By event, those whose turn may come because it happened."""
    raised = defaultdict(list)
    for name, flags in raisers.items():
        for flag in flags:
            raised[flag].append(name)
    found: dict[str, list[str]] = defaultdict(list)
    for name, event in scenario.events.items():
        asked = {each for condition in event.when for each in asked_of(condition.node)}
        if event.trigger.after_event is not None:
            asked.add(("event", event.trigger.after_event))
        for kind, other in asked:
            for source in [other] if kind == "event" else raised[other]:
                found[source].append(name)
    return found


def _raised(event: spec.Event) -> Iterator[str]:
    effects = [*event.effects, *(each for option in event.options for each in option.effects)]
    return (each.flag for each in effects if isinstance(each, spec.FlagEffect) and each.value)


def _turn(event: spec.Event, scenario: spec.Scenario, found: Mapping[str, float], flags: Mapping[str, float]) -> float:
    trigger = event.trigger
    first = 1.0
    if trigger.form == "at":
        first = max(1.0, latest(event, scenario))
    elif trigger.window is not None:
        first = max(1.0, trigger.window.first)
    elif trigger.after_event is not None:
        first = found[trigger.after_event] + trigger.delay
    elif trigger.after_act is not None:
        first = 1.0 + trigger.delay
    return max([first, *(_possible(each.node, found, flags) for each in event.when)])


def _possible(condition: conditions.Condition, found: Mapping[str, float], flags: Mapping[str, float]) -> float:
    """The first turn in which a condition can hold, for what is not decided here the first of all."""
    match condition:
        case conditions.Happened(event):
            return found.get(event, 1.0)
        case conditions.Flag(flag):
            return flags.get(flag, NEVER)
        case conditions.Comparison():
            limit = bound(condition)
            if limit is not None and isinstance(limit[0], conditions.Turn) and limit[1] in (">", ">=", "=="):
                return limit[2] + (1.0 if limit[1] == ">" else 0.0)
            return 1.0
        case conditions.Group("all", members):
            return max((_possible(each, found, flags) for each in members), default=1.0)
        case conditions.Group("any", members):
            return min((_possible(each, found, flags) for each in members), default=1.0)
        case _:
            return 1.0
