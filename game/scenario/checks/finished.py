"""Endings that hold before the first turn (L027), and endings that an earlier one always forestalls (L028)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game.kernel import conditions
from game.scenario import spec
from game.scenario.findings.finding import Finding, Label, of_code
from game.scenario.intervals import bound, narrowed, possible_at_first, reach, verdict


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    yield from _at_the_start(scenario)
    yield from _hidden(scenario)


def _at_the_start(scenario: spec.Scenario) -> Iterator[Finding]:
    doubtful = {
        name: [condition.node for condition in ending.when]
        for name, ending in scenario.endings.items()
        if ending.when
        and all(possible_at_first(condition.node, scenario) for condition in ending.when)
        and not all(_always(condition.node, scenario) for condition in ending.when)
    }
    if not doubtful:
        return
    # Imported here: it needs numpy, and few scenarios need it.
    from game.scenario.outset import outset

    asked = [(name, node) for name, nodes in doubtful.items() for node in nodes]
    held = outset(scenario, [node for _, node in asked])
    open_ = {name for (name, _), found in zip(asked, held, strict=True) if not found}
    for name in doubtful:
        if name not in open_:
            ending = scenario.endings[name]
            message = f"{name!r} holds before the first turn"
            help_ = "ask for something that is not so yet, or add a turn: turn >= 2"
            yield of_code(scenario.path, "L027", ending.when[0].span, message, help_)


def _always(condition: conditions.Condition, scenario: spec.Scenario) -> bool:
    """Whether a condition holds whatever happens, which is said of the condition itself."""
    return isinstance(condition, conditions.Comparison) and verdict(condition, scenario) is True


def _hidden(scenario: spec.Scenario) -> Iterator[Finding]:
    endings = list(scenario.endings.values())[:_LOOKED_AT]
    parts = [_parts(ending.when) for ending in endings]
    for place, ending in enumerate(endings):
        for earlier in range(place):
            if parts[earlier] and _implies(parts[place], parts[earlier], scenario):
                first = endings[earlier]
                message = (
                    f"{ending.id!r} never comes about: whenever it holds, {first.id!r} holds too and is named first"
                )
                help_ = f"put {ending.id!r} above {first.id!r}"
                label = Label(first.span, "this one counts")
                yield of_code(scenario.path, "L028", ending.span, message, help_, (label,))
                break


_LOOKED_AT = 60
"""Endings that are compared with each other, since each is with all above it."""


def _parts(when: Sequence[spec.Condition]) -> list[conditions.Condition]:
    """What must hold together, without the groups that only say so."""
    found: list[conditions.Condition] = []
    waiting = [condition.node for condition in when]
    while waiting:
        node = waiting.pop()
        if isinstance(node, conditions.Group) and node.mode == "all":
            waiting += node.members
        else:
            found.append(node)
    return found


def _implies(
    given: Sequence[conditions.Condition], wanted: Sequence[conditions.Condition], scenario: spec.Scenario
) -> bool:
    """Whether each of what is wanted follows from one of what is given."""
    return all(any(_follows(one, other, scenario) for one in given) for other in wanted)


def _follows(given: conditions.Condition, wanted: conditions.Condition, scenario: spec.Scenario) -> bool:
    if given == wanted:
        return True
    if not (isinstance(given, conditions.Comparison) and isinstance(wanted, conditions.Comparison)):
        return False
    first, second = bound(given), bound(wanted)
    if first is None or second is None or first[0] != second[0] or "!=" in (first[1], second[1]):
        return False
    within = narrowed(reach(first[0], scenario), first[1], first[2])
    return narrowed(within, second[1], second[2]) == narrowed(within, ">=", within.low)
