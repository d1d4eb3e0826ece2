"""Events that can never happen (L026): they wait for what does not come, or for a turn that is past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from game.kernel import conditions
from game.scenario import spec
from game.scenario.earliest import NEVER, asked_of, earliest, latest
from game.scenario.findings.finding import Finding, Label, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    first = earliest(scenario)
    told: set[str] = set()
    for event in scenario.events.values():
        if first[event.id] == NEVER and event.id not in told:
            yield from _waiting(event, scenario, first, told)
        elif event.trigger.form in ("at", "window") and 1 <= latest(event, scenario) < first[event.id] < NEVER:
            span = event.when[0].span if event.when else event.trigger.span
            message = (
                f"{event.id!r} can happen until turn {latest(event, scenario):g}, and its conditions hold from turn "
            )
            help_ = "move the event, or change the condition"
            yield of_code(scenario.path, "L026", span, f"{message}{first[event.id]:g} on", help_)


def _waiting(
    event: spec.Event, scenario: spec.Scenario, first: Mapping[str, float], told: set[str]
) -> Iterator[Finding]:
    """The circle that an event waits in, told once; what only follows from it is not told again."""
    path = [event.id]
    while True:
        step = _awaited(scenario.events[path[-1]], scenario, first)
        if step is None:
            told.update(path)
            return  # a flag that nobody raises, or what other checks have found
        if step in told or step in path:
            break
        path.append(step)
    told.update(path)
    if step not in path:
        return
    circle = path[path.index(step) :]
    root = scenario.events[circle[0]]
    if all(scenario.events[name].trigger.after_event in circle for name in circle):
        return  # the check of chains says so
    span = root.when[0].span if root.when else root.trigger.span
    if len(circle) == 1:
        yield of_code(scenario.path, "L026", span, f"{root.id!r} waits for itself", "let it wait for something else")
        return
    labels = tuple(Label(scenario.events[name].span, "which waits for the next") for name in circle[1:4])
    message = "these events wait for each other: " + ", ".join(circle[:6])
    yield of_code(scenario.path, "L026", span, message, "let one of them start otherwise", labels)


def _awaited(event: spec.Event, scenario: spec.Scenario, first: Mapping[str, float]) -> str | None:
    """An event that this one needs and that can't happen."""
    needed = [event.trigger.after_event] if event.trigger.after_event is not None else []
    for condition in event.when:
        for kind, name in _needed(condition.node):
            needed += [name] if kind == "event" else _raisers(name, scenario)
    return next((name for name in needed if first.get(name) == NEVER), None)


def _needed(condition: conditions.Condition) -> Iterator[tuple[str, str]]:
    return asked_of(condition)


def _raisers(flag: str, scenario: spec.Scenario) -> list[str]:
    found = []
    for event in scenario.events.values():
        effects = [*event.effects, *(each for option in event.options for each in option.effects)]
        if any(isinstance(each, spec.FlagEffect) and each.flag == flag and each.value for each in effects):
            found.append(event.id)
    return found
