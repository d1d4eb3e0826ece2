"""The small parts of records: spreads, dates, conditions, lists, each from a node whose shape has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from game.kernel import conditions as predicate
from game.scenario import spec
from game.scenario.build.conditions import ConditionMistake, Scope, parse_condition
from game.scenario.findings.finding import Report
from game.scenario.schema.blocks import Block
from game.scenario.schema.names import Names
from game.scenario.schema.types import date_of, number_of
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node, Scalar

EMPTY = Node("nothing", (1, 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Site:
    """Where records are built: the findings so far and the names that may be used."""

    report: Report
    names: Names


def entry(node: Node, name: str) -> Node:
    """An entry of a block, or the empty node."""
    return node.entries.get(name, EMPTY)


def text(node: Node, name: str, default: str = "") -> str:
    """A text entry."""
    found = node.entries.get(name)
    return default if found is None else found.text


def optional_text(node: Node, name: str) -> str | None:
    """A text entry, or None."""
    found = node.entries.get(name)
    return None if found is None else found.text


def number(node: Node, name: str, declared: Block) -> float:
    """A number entry, its declared default where it is left out.

    A required one that is missing was reported, so that anything will do.
    """
    found = node.entries.get(name)
    return float(declared.keys[name].default or 0.0) if found is None else number_of(found)


def optional_number(node: Node, name: str) -> float | None:
    """A number entry, or None."""
    found = node.entries.get(name)
    return None if found is None else number_of(found)


def whole(node: Node, name: str, declared: Block) -> int:
    """A whole-number entry, its declared default where it is left out."""
    return int(number(node, name, declared))


def optional_whole(node: Node, name: str) -> int | None:
    """A whole-number entry, or None."""
    found = node.entries.get(name)
    return None if found is None else int(number_of(found))


def truth(node: Node, name: str, declared: Block) -> bool:
    """A true-or-false entry, its declared default where it is left out."""
    found = node.entries.get(name)
    return bool(declared.keys[name].default) if found is None else found.value is True


def optional_truth(node: Node, name: str) -> bool | None:
    """A true-or-false entry, or None."""
    found = node.entries.get(name)
    return None if found is None else found.value is True


def word(node: Node, name: str, declared: Block) -> str:
    """One of a few words, its declared default where it is left out."""
    found = node.entries.get(name)
    return str(declared.keys[name].default or "") if found is None else found.text


def texts(node: Node, name: str) -> tuple[str, ...]:
    """The texts of a list, or of the single text that stands for one."""
    found = node.entries.get(name)
    if found is None:
        return ()
    return tuple(item.text for item in found.items) if found.kind == "list" else (found.text,)


def spread(node: Node, path: str) -> spec.Spread:
    """A number or a spread; `path` addresses its draw."""
    span = node.span
    if node.kind != "block":
        return spec.Spread("constant", number_of(node), 0.0, 0.0, path, span)
    values = {name: number_of(part) for name, part in node.entries.items()}
    if "mean" in values:
        return spec.Spread("normal", values["mean"], values["sd"], 0.0, path, span)
    if "mode" in values:
        return spec.Spread("triangle", values["low"], values["mode"], values["high"], path, span)
    return spec.Spread("flat", values["low"], values["high"], 0.0, path, span)


def amount(node: Node, name: str, declared: Block, path: str) -> spec.Spread:
    """A number or a spread, its declared default where it is left out; `path` is that of the block."""
    found = node.entries.get(name)
    if found is not None:
        return spread(found, f"{path}.{name}")
    return spec.Spread("constant", number(node, name, declared), 0.0, 0.0, f"{path}.{name}", node.place)


def optional_spread(node: Node, name: str, path: str) -> spec.Spread | None:
    """A spread entry, or None."""
    found = node.entries.get(name)
    return None if found is None else spread(found, f"{path}.{name}")


def spreads(node: Node, path: str) -> dict[str, spec.Spread]:
    """Every entry of a block as a spread."""
    return {name: spread(found, f"{path}.{name}") for name, found in node.entries.items()}


def date(node: Node) -> spec.Date:
    """A date; what is left out is 1."""
    year, month, day = date_of(node.text) or (1, 1, 1)
    return spec.Date(year, month, day, node.span)


def conditions(node: Node | None, scope: Scope, report: Report) -> tuple[spec.Condition, ...]:
    """The lines and groups of a `when` or `requires`; all of them must hold."""
    if node is None:
        return ()
    found = (_condition(each, scope, report) for each in (node.items if node.kind == "list" else [node]))
    return tuple(each for each in found if each is not None)


def condition(node: Node, scope: Scope, report: Report) -> spec.Condition | None:
    """One condition; a list means that all must hold."""
    return _condition(node, scope, report)


def span_within(node: Node, start: int, end: int) -> Span:
    """The place of a stretch of a text written on one line."""
    if node.line != node.end_line or node.style in ("|", ">"):
        return node.span
    column = node.column + (1 if node.style else 0)
    return Span(node.line, column + start, node.line, max(column + end, column + start + 1))


def _condition(node: Node, scope: Scope, report: Report) -> spec.Condition | None:
    if node.kind == "text":
        leaf = _leaf(node, scope, report)
        return None if leaf is None else spec.Condition(leaf.node, (leaf,), leaf.span)
    mode: Literal["all", "any", "none"] = "all"
    members = node.items
    if node.kind == "block":
        ((name, inner),) = node.entries.items()
        mode = "any" if name == "any" else "none" if name == "none" else "all"
        members = inner.items if inner.kind == "list" else [inner]
    found = [each for each in (_condition(member, scope, report) for member in members) if each is not None]
    if mode == "all" and len(found) == 1:
        return found[0]
    leaves = tuple(leaf for each in found for leaf in each.leaves)
    return spec.Condition(predicate.Group(mode, tuple(each.node for each in found)), leaves, node.place)


def _leaf(node: Node, scope: Scope, report: Report) -> spec.Leaf | None:
    if report.full:
        return None
    try:
        return spec.Leaf(parse_condition(node.text, scope), node.text.strip(), node.span)
    except ConditionMistake as mistake:
        complain(mistake, node, report)
        return None


def complain(mistake: ConditionMistake, node: Node, report: Report) -> None:
    """Report what is wrong with a line, at its place in the file."""
    span = span_within(node, mistake.start, mistake.end)
    if mistake.stranger is None:
        report.add(mistake.code, span, mistake.message, mistake.help)
    else:
        named = mistake.stranger
        if (named.kind, named.name) in report.strangers:
            report.unknown(named.kind, named.name, span, ())
        else:
            report.unknown(named.kind, named.name, span, named.known(), mistake.code, mistake.advice, mistake.message)


def plain(node: Node) -> object:
    """A node as ordinary data."""
    if node.kind == "block":
        return {name: plain(each) for name, each in node.entries.items()}
    if node.kind == "list":
        return [plain(each) for each in node.items]
    value: Scalar = node.value
    return value


def comparisons(node: predicate.Condition) -> Iterator[predicate.Comparison]:
    """The comparisons anywhere in a condition."""
    if isinstance(node, predicate.Comparison):
        yield node
    elif isinstance(node, predicate.Group):
        for member in node.members:
            yield from comparisons(member)
