"""Acts, tie kinds and personalities: what a catalogue and a scenario both may declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from game.kernel import conditions as predicate
from game.kernel.orders import STANCES
from game.scenario import spec
from game.scenario.build.conditions import Scope
from game.scenario.build.effects import SUBJECT, TERMS, Ground, effects_of
from game.scenario.build.read_values import (
    EMPTY,
    Site,
    conditions,
    entry,
    number,
    optional_text,
    optional_whole,
    span_within,
    spreads,
    text,
    texts,
    truth,
    whole,
    word,
)
from game.scenario.findings.finding import shown, suggestion
from game.scenario.schema.declarations import ACT, AGREEMENT_KIND, PERSONALITY, SLIDERS, VALUE
from game.scenario.schema.declarations import TERMS as TERMS_OF_ACT
from game.scenario.schema.types import NO_NAMES, id_advice, number_of
from game.scenario.text.yaml_tree import Node

NO_ROLES = frozenset({"others", "dispute", SUBJECT, "act", "delay", *TERMS})
"""Words that stand beside the roles of an act, in its effects or where an event has it done."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")


def agreement_kind(name: str, node: Node) -> spec.AgreementKind:
    """A kind of agreement."""
    worth = number(node, "worth", AGREEMENT_KIND)
    mutual = truth(node, "mutual", AGREEMENT_KIND)
    return spec.AgreementKind(
        id=name,
        name=text(node, "name", name),
        mutual=mutual,
        giver=worth if mutual else number(node, "giver", AGREEMENT_KIND),
        receiver=worth if mutual else number(node, "receiver", AGREEMENT_KIND),
        delivers=spreads(entry(node, "delivers"), f"tie_kinds.{name}.delivers"),
        commitment=number(node, "commitment", AGREEMENT_KIND),
        settles=truth(node, "settles", AGREEMENT_KIND),
        doc=text(node, "doc"),
        span=node.place,
        every=whole(node, "every", AGREEMENT_KIND),
        intrusion=number(node, "intrusion", AGREEMENT_KIND),
        dependence=number(node, "dependence", AGREEMENT_KIND),
        guarantee=number(node, "guarantee", AGREEMENT_KIND),
        mediates=truth(node, "mediates", AGREEMENT_KIND),
        sort=word(node, "sort", AGREEMENT_KIND),
    )


def personality(name: str, node: Node) -> spec.Personality:
    """A way to decide."""
    sliders = {slider: number(node, slider, PERSONALITY) for slider in SLIDERS}
    return spec.Personality(
        name, {**sliders, "rationality": number(node, "rationality", PERSONALITY)}, text(node, "doc"), node.place
    )


def act(name: str, node: Node, site_of: Callable[[Node], Site]) -> spec.Act | None:
    """An act; `site_of` says under which names an entry of it is read: the file's or the catalogue's."""
    site = site_of(node)
    if not _roles_fit(name, node, site) or not _keys_fit(name, node, site):
        return None
    roles = _roles(node)
    names = (roles[0].name, roles[1].name)
    path = f"acts.{name}"

    def ground(part: str) -> Ground:
        return Ground(site_of(entry(node, part)), names)

    requires = ground("requires").site
    gives, takes = (optional_text(entry(node, "pledges"), role) for role in names)
    return spec.Act(
        id=name,
        name=text(node, "name", name.replace("_", " ").capitalize()),
        kind=_kind(text(node, "kind")),
        roles=roles,
        text=_template(node, name, names, site_of(entry(node, "text"))),
        cost=number(node, "cost", ACT),
        cooldown=whole(node, "cooldown", ACT),
        requires=conditions(node.entries.get("requires"), Scope(requires.names, names), requires.report),
        value=_value(entry(entry(node, "terms"), "value")),
        signs=optional_text(node, "signs"),
        turns=optional_whole(entry(node, "terms"), "turns"),
        breaks=optional_text(node, "breaks"),
        effects=effects_of(node.entries.get("effects"), f"{path}.effects", ground("effects")),
        refused=effects_of(node.entries.get("refused"), f"{path}.refused", ground("refused")),
        personality={slider: number_of(pull) for slider, pull in entry(node, "personality").entries.items()},
        cameo=optional_text(node, "cameo"),
        plover=optional_text(node, "plover"),
        weight=number(node, "weight", ACT),
        doc=text(node, "doc"),
        sources=texts(node, "sources"),
        span=node.place,
        secrecy=truth(entry(node, "terms"), "secrecy", TERMS_OF_ACT),
        pledges=(gives, takes),
        suspends=optional_text(node, "suspends"),
        resumes=optional_text(node, "resumes"),
        discloses=_disclosure(text(node, "discloses")),
        cedes=truth(node, "cedes", ACT),
        recognises=optional_text(node, "recognises"),
        credible=truth(node, "credible", ACT),
        force=truth(node, "force", ACT),
    )


def within(found: spec.Act, attributes: Mapping[str, object]) -> spec.Act:
    """A catalogue's act without what it says of attributes the scenario does not declare."""
    effects, refused = (
        tuple(each for each in side if not isinstance(each, spec.AttributeEffect) or each.attribute in attributes)
        for side in (found.effects, found.refused)
    )
    requires = tuple(each for each in found.requires if attributes_of(each.node) <= attributes.keys())
    if (len(effects), len(refused), len(requires)) == (len(found.effects), len(found.refused), len(found.requires)):
        return found
    return replace(found, effects=effects, refused=refused, requires=requires)


def delivering(found: spec.AgreementKind, attributes: Mapping[str, object]) -> spec.AgreementKind:
    """A catalogue's tie kind without deliveries of attributes the scenario does not declare."""
    if found.delivers.keys() <= attributes.keys():
        return found
    return replace(found, delivers={name: each for name, each in found.delivers.items() if name in attributes})


def attributes_of(node: predicate.Condition) -> frozenset[str]:
    """The attributes a condition asks for."""
    if isinstance(node, predicate.Group):
        return frozenset[str]().union(*(attributes_of(member) for member in node.members))
    if isinstance(node, predicate.Comparison):
        return frozenset((*predicate.attributes_in(node.left), *predicate.attributes_in(node.right)))
    return frozenset()


def _kind(word: str) -> Literal["statement", "deal", "deed"]:
    return "statement" if word == "statement" else "deal" if word == "deal" else "deed"


def _disclosure(word: str) -> Literal["confirm", "deny"] | None:
    return "confirm" if word == "confirm" else "deny" if word == "deny" else None


def _roles_fit(name: str, node: Node, site: Site) -> bool:
    roles = entry(node, "roles")
    if name in STANCES:
        message = f"{name!r} is the name of a choice in crises"
        site.report.add("S021", node.place, message, "choose another id")
        return False
    if len(roles.entries) != 2:
        message = f"act {name!r} has {len(roles.entries)} roles, not two: who orders it, and whom it is directed at"
        site.report.add("S007", roles.place, message, "write roles: {seller: any, buyer: any}")
        return False
    for role, value in roles.entries.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", role) or role in NO_ROLES or role in NO_NAMES:
            site.report.add(
                "S008",
                value.place,
                f"{shown(role)} is not a name for a role",
                id_advice(role) if role not in NO_ROLES else "choose another word: this one has a meaning beside roles",
            )
            return False
        if site.names.surely("state", role) or site.names.surely("dispute", role):
            message = f"the role {role!r} has the name of a state or a dispute"
            site.report.add("S036", value.place, message, "choose another name")
            return False
    return True


def _keys_fit(name: str, node: Node, site: Site) -> bool:
    kind = text(node, "kind")
    if "refused" in node.entries and kind != "deal":
        message = f"'refused' is for deals, and {name!r} is a {kind}"
        site.report.add("S015", node.entries["refused"].place, message, "drop it, or write kind: deal")
        return False
    if not (_named_roles_fit(name, node, site) and _terms_fit(name, node, site)):
        return False
    value = _value(entry(entry(node, "terms"), "value"))
    if value is not None and not value.low <= value.usual <= value.high:
        place = entry(entry(node, "terms"), "value").place
        help_ = f"usual lies between low and high: from {value.low:g} to {value.high:g}"
        site.report.add("S011", place, "low, usual and high are not in rising order", help_)
        return False
    return True


def _named_roles_fit(name: str, node: Node, site: Site) -> bool:
    """Whether the roles that pledge, or are recognised, are those of the act."""
    roles = list(entry(node, "roles").entries)
    named = list(entry(node, "pledges").entries.items())
    named += [(each.text, each) for each in (node.entries.get("recognises"),) if each is not None]
    for role, value in named:
        if role not in roles:
            help_ = suggestion(role, roles) or f"its roles are {' and '.join(roles)}"
            site.report.add("R001", value.place, f"{name!r} has no role called {shown(role)}", help_)
            return False
    return True


def _terms_fit(name: str, node: Node, site: Site) -> bool:
    """Whether what an act does to agreements and secrets goes with its kind."""
    kind, secrecy = text(node, "kind"), entry(node, "terms").entries.get("secrecy")
    if kind == "statement" and secrecy is not None and secrecy.value is True:
        message = f"{name!r} is a statement, and those are private rather than secret"
        site.report.add("S015", secrecy.place, message, "drop it; an order says audience=private")
        return False
    if "discloses" in node.entries and kind != "statement":
        message = f"{name!r} is a {kind}, and only a statement confirms or denies"
        site.report.add("S015", node.entries["discloses"].place, message, "write kind: statement")
        return False
    return True


def _roles(node: Node) -> tuple[spec.Role, spec.Role]:
    first, second = (
        spec.Role(name, tuple(item.text for item in value.items) if value.kind == "list" else None, value.place)
        for name, value in entry(node, "roles").entries.items()
    )
    return first, second


def _value(node: Node) -> spec.Value | None:
    if node is EMPTY or node.kind != "block":
        return None
    return spec.Value(
        text(node, "unit"), number(node, "low", VALUE), number(node, "high", VALUE), number(node, "usual", VALUE)
    )


def _template(node: Node, name: str, roles: tuple[str, str], site: Site) -> str:
    """The sentence of an act; what stands in braces must be a role."""
    found = node.entries.get("text")
    if found is None:
        return f"{{{roles[0]}}} to {{{roles[1]}}}: {text(node, 'name', name.replace('_', ' '))}"
    for match in _PLACEHOLDER.finditer(found.text):
        if match[1] not in roles:
            help_ = suggestion(match[1] or "", roles) or f"the roles are {{{roles[0]}}} and {{{roles[1]}}}"
            if match[1] is None:
                help_ = f"braces come in pairs, around a role: {{{roles[0]}}} or {{{roles[1]}}}"
            site.report.add(
                "S014", span_within(found, match.start(), match.end()), f"{shown(match[0])} names no role", help_
            )
    return found.text
