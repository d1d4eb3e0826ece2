"""Pledges: their kinds, those in force at the start, the record of trust, and the offices that speak for a state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from game.scenario import spec
from game.scenario.build import read_values
from game.scenario.build.acts import attributes_of
from game.scenario.build.conditions import Scope
from game.scenario.build.read_values import Site, conditions, entry, number, optional_whole, text, texts
from game.scenario.build.relations import pairs_of
from game.scenario.schema.declarations import OFFICE, PLEDGE_KIND, RECORD
from game.scenario.text.yaml_tree import Node

ROLES = ("giver", "holder")
"""What a condition of breach calls the one who is bound, and the one it is owed to."""


def pledge_kind(name: str, node: Node, site_of: Callable[[Node], Site]) -> spec.PledgeKind:
    """A kind of pledge; `site_of` says under which names an entry of it is read."""
    site = site_of(entry(node, "breach"))
    return spec.PledgeKind(
        id=name,
        name=text(node, "name", name),
        turns=optional_whole(node, "turns"),
        breach=conditions(node.entries.get("breach"), Scope(site.names, ROLES), site.report),
        verifiable=number(node, "verifiable", PLEDGE_KIND),
        reliability=number(node, "reliability", PLEDGE_KIND),
        gravity=number(node, "gravity", PLEDGE_KIND),
        shelters=number(node, "shelters", PLEDGE_KIND),
        doc=text(node, "doc"),
        sources=texts(node, "sources"),
        span=node.place,
    )


def within(found: spec.PledgeKind, attributes: Mapping[str, object]) -> spec.PledgeKind:
    """A catalogue's kind of pledge without what its breach says of attributes the scenario does not declare."""
    breach = tuple(each for each in found.breach if attributes_of(each.node) <= attributes.keys())
    return found if len(breach) == len(found.breach) else replace(found, breach=breach)


def office(name: str, node: Node) -> spec.Office:
    """Who may speak for a state."""
    return spec.Office(
        name, text(node, "name", name), number(node, "weight", OFFICE), number(node, "cost", OFFICE), text(node, "doc"),
        node.place,
    )  # fmt: skip


def pledge(name: str, node: Node, site: Site) -> spec.Pledge | None:
    """A pledge in force at the start."""
    giver, to, since = text(node, "giver"), text(node, "to"), node.entries.get("since")
    if giver == to:
        site.report.add("S030", entry(node, "to").place, f"{name!r} is owed to its giver", "name two states")
        return None
    return spec.Pledge(
        id=name,
        kind=text(node, "kind"),
        giver=giver,
        to=to,
        since=None if since is None else read_values.date(since),
        turns=optional_whole(node, "turns"),
        sources=texts(node, "sources"),
        span=node.place,
    )


def records(node: Node, site: Site) -> dict[tuple[str, str], spec.Record]:
    """What states have seen each other keep and break, by pair."""
    found: dict[tuple[str, str], spec.Record] = {}
    for key, value in node.entries.items():
        for pair in pairs_of(key, value, site):
            if pair in found:
                first, second = pair
                site.report.add("T007", value.place, f"{first} -> {second} is stated twice", "state it in one line")
            found[pair] = spec.Record(number(value, "kept", RECORD), number(value, "broken", RECORD), value.place)
    return found
