"""Conditions that can never hold (L002), always hold (L003) or contradict each other (L004)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from game.kernel import conditions
from game.scenario import spec, visit
from game.scenario.findings.finding import Finding, Label, of_code
from game.scenario.intervals import (
    Interval,
    bound,
    narrowed,
    reach,
    verdict,
)

_COMPARED = re.compile(r"[<>=!]=|<(?!-)|(?<!-)>")


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    for together in visit.conjunctions(scenario):
        settled = False
        for condition in together:
            for leaf in condition.leaves:
                for finding in _settled(leaf, scenario):
                    settled = True
                    yield finding
        if not settled:
            yield from _contradictions([leaf for each in together for leaf in _joined(each)], scenario)


def _settled(leaf: spec.Leaf, scenario: spec.Scenario) -> Iterator[Finding]:
    if isinstance(leaf.node, conditions.Did):
        yield from _impossible(leaf, leaf.node, scenario)
    if not isinstance(leaf.node, conditions.Comparison):
        return
    known = verdict(leaf.node, scenario)
    if known is None:
        return
    left = not isinstance(leaf.node.left, conditions.Number)
    range_ = reach(leaf.node.left if left else leaf.node.right, scenario)
    parts = _COMPARED.split(leaf.text, maxsplit=1)
    what = parts[0 if left else -1].strip() if len(parts) == 2 else "this side"
    code, says = ("L003", "this is always true") if known else ("L002", "this can never be true")
    why = f": {what} lies between {range_.low:g} and {range_.high:g}" if range_.low < range_.high else ""
    help_ = "remove it, or ask for less" if not known else "remove it: it asks for nothing"
    yield of_code(scenario.path, code, leaf.span, says + why, help_)


def _impossible(leaf: spec.Leaf, node: conditions.Did, scenario: spec.Scenario) -> Iterator[Finding]:
    """An act that is asked of a state which may not take that role in it."""
    act = scenario.acts[node.act]
    for party, role in zip((node.first, node.second), act.roles, strict=True):
        if party in scenario.states and role.allowed is not None and party not in role.allowed:
            message = f"this can never be true: {party} may not be {role.name!r} in {act.id!r}"
            yield of_code(scenario.path, "L002", leaf.span, message, f"it is kept for {', '.join(role.allowed[:6])}")


def _joined(condition: spec.Condition) -> Sequence[spec.Leaf]:
    """The leaves that must hold together: of a single line, or of a group that means all."""
    node = condition.node
    if not isinstance(node, conditions.Group):
        return condition.leaves
    plain = all(not isinstance(member, conditions.Group) for member in node.members)
    return condition.leaves if node.mode == "all" and plain else ()


def _contradictions(leaves: Sequence[spec.Leaf], scenario: spec.Scenario) -> Iterator[Finding]:
    left: dict[conditions.Term, tuple[Interval, spec.Leaf]] = {}
    for leaf in leaves:
        limit = bound(leaf.node) if isinstance(leaf.node, conditions.Comparison) else None
        if limit is None or limit[1] == "!=":
            continue
        term, comparator, value = limit
        before, origin = left.get(term, (reach(term, scenario), leaf))
        after = narrowed(before, comparator, value)
        if after.empty:
            label = Label(origin.span, "together with this line")
            message = f"this contradicts line {origin.span.line}: the two never hold together"
            help_ = "change one of the bounds, or put the two under any:"
            yield of_code(scenario.path, "L004", leaf.span, message, help_, (label,))
            return
        if after == before and origin is not leaf:
            label = Label(origin.span, "given this line")
            message = f"this is always true given line {origin.span.line}"
            yield of_code(scenario.path, "L003", leaf.span, message, "remove it", (label,))
        left[term] = (after, leaf)
