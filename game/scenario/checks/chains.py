"""Events that can never come about because they wait for each other (L016), or that change nothing (L014)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.kernel import conditions
from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, of_code


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    yield from _circles(scenario)
    awaited = {event.trigger.after_event for event in scenario.events.values()}
    awaited |= {node.event for node in visit.all_nodes(scenario) if isinstance(node, conditions.Happened)}
    for event in scenario.events.values():
        if not (event.effects or event.options or event.text or event.comment or event.id in awaited):
            message = f"{event.id!r} changes nothing, says nothing and nothing follows it"
            yield of_code(scenario.path, "L014", event.span, message, "give it effects, or a text to read")


def _circles(scenario: spec.Scenario) -> Iterator[Finding]:
    seen: set[str] = set()
    for start in scenario.events:
        path: list[str] = []
        step: str | None = start
        while step is not None and step not in seen:
            seen.add(step)
            path.append(step)
            step = scenario.events[step].trigger.after_event
        if step in path:
            circle = path[path.index(step) :]
            event = scenario.events[circle[0]]
            message = "these events wait for each other: " + ", ".join(circle[:6])
            yield of_code(scenario.path, "L016", event.trigger.span, message, "let one of them start otherwise")
