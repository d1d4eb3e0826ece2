"""The grammar of effects: `a -> b: {mood: -4}`, `a.military: +4`, `strait.tension: +2`, `sign:`, `flag:` and more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from game.scenario import spec
from game.scenario.build.read_values import (
    Site,
    optional_text,
    optional_truth,
    optional_whole,
    span_within,
    spread,
    text,
    texts,
    whole,
)
from game.scenario.findings.finding import Report, shown, suggestion
from game.scenario.schema.blocks import Block, Items
from game.scenario.schema.effects import CEDED, CHANGE, CRISIS, DISCLOSED, DONE, PLEDGED, RECOGNISED
from game.scenario.schema.names import Names
from game.scenario.schema.types import Amount, Context, Reference, Truth
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

_ARROW = re.compile(r"\s*(<->|->)\s*")
_PARTY = re.compile(r"(?:(?P<selector>rivals|friends|neighbours) +of +)?(?P<name>[a-z][a-z0-9_]*)\Z")
_QUANTITY = re.compile(r"(?P<owner>[a-z][a-z0-9_]*)\.(?P<name>[a-z][a-z0-9_]*)\Z")
SUBJECT = "subject"
"""The third state that a statement is about, in the effects of acts."""

TERMS = tuple(key for key in DONE.keys if key != "act")
"""What an act that an event has done may say besides its roles."""

_STATE, _DISPUTE = Reference("state"), Reference("dispute")
_EVERYBODY = frozenset({"all", "everyone", "everybody", "any", "anyone", "world", "onlookers", "rest"})
_EXAMPLES = "write 'a -> b: {mood: -4}', 'a.military: +4' or 'dispute.tension: +2'"


@dataclass(frozen=True, slots=True)
class Ground:
    """What effects may name: the roles of an act, or the acts an event may cause and the parties of disputes."""

    site: Site
    roles: tuple[str, ...] = ()
    acts: Mapping[str, spec.Act] | None = None
    disputes: Mapping[str, spec.Dispute] | None = None

    @property
    def report(self) -> Report:
        return self.site.report

    @property
    def names(self) -> Names:
        return self.site.names

    @property
    def context(self) -> Context:
        return Context(self.site.report, self.site.names)


def effects_of(node: Node | None, path: str, ground: Ground) -> tuple[spec.Effect, ...]:
    """Every effect of a block, in order; what can't be read is reported and left out."""
    if node is None:
        return ()
    return tuple(effect for key, value in node.entries.items() for effect in _effects(key, value, path, ground))


def _effects(key: str, value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    if value.kind == "broken" or ground.report.full:
        return
    special = _SPECIAL.get(key)
    if special is not None and ground.roles:
        ground.report.add("S022", value.place, f"an act has no '{key}' effect; that is for events", _instead(key))
    elif special is not None:
        yield from special(value, path, ground)
    elif "->" in key:
        yield from _relations_of(key, value, path, ground)
    else:
        yield from _quantities(key, value, path, ground)


def _relations_of(key: str, value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    parts = _ARROW.split(key)
    if len(parts) != 3:
        ground.report.add("S013", value.place, "an effect on relations has one arrow", "write a line for each pair")
        return
    source, target = (_party(part, value, ground) for part in (parts[0], parts[2]))
    if source is None or target is None or not _parties_fit(source, target, value, ground):
        return
    if value.kind != "block":
        given = value.text if value.kind == "number" else "-4"
        help_ = f"write {{mood: {given}}} or {{memory: {given}}}"
        ground.report.add("S023", value.span, "say which memory the change goes to", _unspaced(value) or help_)
        return
    for memory, amount in value.entries.items():
        if memory == "set" and not ground.names.surely("memory", memory):
            message = "a relation is a sum of memories, and can't be set"
            ground.report.add("S028", amount.place, message, "write a change, such as {mood: -4}")
        elif not ground.names.has("memory", memory):
            ground.report.unknown("memory", memory, amount.place, ground.names.of("memory"))
        elif CHANGE.check(amount, ground.context):
            drawn = spread(amount, f"{path}.{key}.{memory}")
            yield spec.RelationEffect(source, target, memory, drawn, value.place)
            if parts[1] == "<->":
                yield spec.RelationEffect(
                    target, source, memory, replace(drawn, path=f"{drawn.path}.back"), value.place
                )


def _party(text: str, value: Node, ground: Ground) -> spec.Party | None:
    text = text.strip()
    if text == "others":
        return spec.Party("others", "")
    match = _PARTY.match(text)
    if match is None and ground.names.surely("state", text):
        return spec.Party(None, text)  # an id that was refused where it is declared
    if match is None:
        ground.report.add("S027", _inside(value, text), f"{shown(text)} names nobody", _somebody(text, ground))
        return None
    name, selector = match["name"], match["selector"]
    if name == SUBJECT and ground.roles and selector is None:
        return spec.Party(None, name)
    if name not in ground.roles and not ground.names.has("state", name):
        known = [*ground.roles, *ground.names.of("state")]
        help_ = "onlookers are called 'others'" if name in _EVERYBODY else None
        kind = "role or state" if ground.roles else "state"
        ground.report.unknown(kind, name, _inside(value, name), known, help_=help_)
        return None
    if selector is None:
        return spec.Party(None, name)
    return spec.Party("rivals" if selector == "rivals" else "friends" if selector == "friends" else "neighbours", name)


def _parties_fit(source: spec.Party, target: spec.Party, value: Node, ground: Ground) -> bool:
    plain = [party for party in (source, target) if party.selector is None]
    if not plain:
        help_ = "write a state or a role on the other side"
        ground.report.add("S024", value.place, "onlookers may stand on one side of the arrow only", help_)
        return False
    if (
        SUBJECT in (source.name, target.name)
        and ground.roles
        and not all(party.name in (*ground.roles, SUBJECT) for party in (source, target))
    ):
        message = "what a statement is about regards, and is regarded by, the parties only"
        ground.report.add("S026", value.place, message, f"write '{SUBJECT} -> {ground.roles[0]}: {{mood: -2}}'")
        return False
    if source == target:
        ground.report.add("S025", value.place, f"{shown(source.name)} does not regard itself", "name two parties")
        return False
    if ground.roles and not any(party.name in ground.roles for party in plain):
        roles = " or ".join(ground.roles)
        ground.report.add(
            "S026", value.place, "an act moves relations of its own parties only", f"name {roles} on one side"
        )
        return False
    return True


def _quantities(key: str, value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    match = _QUANTITY.match(key)
    if match is None:
        ground.report.add("S013", value.place, f"{shown(key)} is not an effect", _effect_meant(key, value, ground))
        return
    owner, name = match["owner"], match["name"]
    tension = _is_dispute(owner, name, ground)
    if not (_names_dispute if tension else _names_attribute)(owner, name, value, ground):
        return
    change = _change(value, ground)
    if change is None:
        return
    amount, absolute = spread(change, f"{path}.{key}"), change is not value
    if tension:
        yield spec.TensionEffect(owner, amount, absolute, value.place)
    else:
        yield spec.AttributeEffect(spec.Party(None, owner), name, amount, absolute, value.place)


def _is_dispute(owner: str, name: str, ground: Ground) -> bool:
    if owner in ground.roles or ground.names.surely("state", owner):
        return False
    return name == "tension" or ground.names.surely("dispute", owner)


def _names_dispute(owner: str, name: str, value: Node, ground: Ground) -> bool:
    if not (ground.names.has("dispute", owner) or (owner == "dispute" and ground.roles)):
        ground.report.unknown("dispute", owner, _inside(value, owner), ground.names.of("dispute"))
        return False
    if name != "tension":
        ground.report.add("R002", _inside(value, name), f"a dispute has no {shown(name)}", f"write {owner}.tension")
        return False
    return True


def _names_attribute(owner: str, name: str, value: Node, ground: Ground) -> bool:
    if owner not in ground.roles and (ground.roles or not ground.names.has("state", owner)):
        known = ground.roles or [*ground.names.of("state"), *ground.names.of("dispute")]
        help_ = "write a line for each state" if owner in _EVERYBODY | {"others"} else None
        ground.report.unknown("role" if ground.roles else "state", owner, _inside(value, owner), known, help_=help_)
        return False
    if not ground.names.has("attribute", name):
        pair = f"how one regards the other is written '{owner} -> {name}: {{mood: -4}}'"
        help_ = pair if ground.names.surely("state", name) else None
        declared = ground.names.of("attribute")
        message = f"states have no attribute {shown(name)}"
        ground.report.unknown("attribute", name, _inside(value, name), declared, "R002", help_, message)
        return False
    return True


def _change(value: Node, ground: Ground) -> Node | None:
    """The node that holds the amount: the value itself, or what it is set to."""
    if value.kind == "block" and "set" in value.entries:
        if ground.roles or len(value.entries) > 1:
            message = "an act changes quantities, it does not set them" if ground.roles else "'set' stands alone"
            help_ = "write +4 or -4" if ground.roles else "write {set: 20} alone, or a change"
            ground.report.add("S028", value.place, message, help_)
            return None
        value = value.entries["set"]
        return value if Amount().check(value, ground.context) else None
    if value.kind == "block" and value.entries and all(ground.names.surely("memory", key) for key in value.entries):
        message = "only relations have memories, and this is a quantity"
        ground.report.add("S028", value.place, message, "write the change alone, such as +4")
        return None
    return value if Amount().check(value, ground.context) else None


def _acts(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    word = value.key.text if value.key else "act"
    for place, item in enumerate(value.items if value.kind == "list" else [value]):
        effect = _act(item, f"{path}.{word}.{place}" if value.kind == "list" else f"{path}.{word}", word, ground)
        if effect is not None:
            yield effect


def _act(item: Node, path: str, word: str, ground: Ground) -> spec.ActEffect | None:
    name = item.entries.get("act")
    if item.kind != "block" or name is None:
        help_ = f"write {word}: {{act: arms_package, seller: cyra, buyer: ada}}"
        stray = next((each for key, each in item.entries.items() if suggestion(key, ("act",))), None)
        if stray is not None and stray.key is not None:
            message = f"unknown key {shown(stray.key.text)} in '{word}'"
            ground.report.add("S001", stray.place, message, "did you mean 'act'?")
            return None
        ground.report.add("S029", item.place, f"'{word}' needs the name of an act", help_)
        return None
    if not Reference("act").check(name, ground.context):
        return None
    act = (ground.acts or {}).get(name.text)
    if act is None or not cast_fits(act, item, ("act", *TERMS), ground, complete=True):
        return None
    if word == "sign" and act.kind != "deal":
        ground.report.add(
            "S033", name.span, f"{act.id!r} is a {act.kind}, nothing to sign", "write 'act:' for statements and deeds"
        )
        return None
    value = item.entries.get("value")
    if value is not None and not _value_fits(act, value, ground):
        return None
    actor, target = (item.entries[role.name].text for role in act.roles)
    drawn = None if value is None else spread(value, f"{path}.{act.id}.value")
    if not all(check(act, item, ground) for check in (_secret_fits, _speech_fits, _purpose_fits)):
        return None
    return spec.ActEffect(
        act=act.id,
        actor=actor,
        target=target,
        value=drawn,
        span=item.place,
        secret=optional_truth(item, "secret") is True,
        audience=None if text(item, "audience") == "public" else optional_text(item, "audience"),
        office=optional_text(item, "office"),
        about=optional_text(item, "about"),
        purpose=optional_text(item, "purpose"),
    )


def _secret_fits(act: spec.Act, item: Node, ground: Ground) -> bool:
    found = item.entries.get("secret")
    if found is None:
        return True
    if not Truth().check(found, ground.context):
        return False
    if found.value is True and not act.secrecy:
        ground.report.add("S033", found.place, f"{act.id!r} cannot be kept secret", "leave it out")
        return False
    return True


def _speech_fits(act: spec.Act, item: Node, ground: Ground) -> bool:
    """Whether audience and office are a statement's, and audience and subject not a party to it."""
    parties = {item.entries[role.name].text for role in act.roles}
    shapes = {
        "audience": Reference("state", ("public", "private")),
        "office": Reference("office"),
        "about": _STATE,
    }
    for key, shape in shapes.items():
        found = item.entries.get(key)
        if found is None:
            continue
        if key != "about" and act.kind != "statement":
            message = f"{act.id!r} is a {act.kind}, and only a statement has an {key}"
            ground.report.add("S033", found.place, message, "leave it out")
            return False
        if not shape.check(found, ground.context):
            return False
        if found.text in parties:
            ground.report.add("S030", found.span, f"{found.text!r} is a party of {act.id!r}", "name a third state")
            return False
    return True


def _purpose_fits(act: spec.Act, item: Node, ground: Ground) -> bool:
    found = item.entries.get("purpose")
    if found is None:
        return True
    if act.signs is None:
        message = f"{act.id!r} leaves no agreement that could have a purpose"
        ground.report.add("S033", found.place, message, "leave it out")
        return False
    return _DISPUTE.check(found, ground.context)


def cast_fits(act: spec.Act, item: Node, others: Sequence[str], ground: Ground, *, complete: bool) -> bool:
    """Whether the roles of an act are given to states that may take them."""
    roles = {role.name: role for role in act.roles}
    for key, value in item.entries.items():
        role = roles.get(key)
        if role is None:
            if key not in others:
                help_ = suggestion(key, [*roles, *others]) or f"it takes: {', '.join([*roles, *others])}"
                ground.report.add("S001", value.place, f"unknown key {shown(key)}: {act.id!r} has no such role", help_)
                return False
        elif not Reference("state").check(value, ground.context) or not _may_take(role, value, act, ground):
            return False
    missing = [name for name in roles if name not in item.entries]
    if complete and missing:
        ground.report.add(
            "S002", item.place, f"{act.id!r} has no {', '.join(map(repr, missing))}", "give each role a state"
        )
        return False
    given = [item.entries[name] for name in roles if name in item.entries]
    if len(given) == 2 and given[0].text == given[1].text:
        ground.report.add("S030", given[1].span, "both roles are the same state", "name two states")
        return False
    return True


def _may_take(role: spec.Role, value: Node, act: spec.Act, ground: Ground) -> bool:
    if role.allowed is None or value.text in role.allowed:
        return True
    help_ = "it is kept for " + ", ".join(role.allowed[:6])
    ground.report.add("R003", value.span, f"{value.text!r} may not be {role.name!r} in {act.id!r}", help_)
    return False


def _value_fits(act: spec.Act, value: Node, ground: Ground) -> bool:
    if act.value is None:
        ground.report.add("S033", value.place, f"{act.id!r} has no value among its terms", "leave it out")
        return False
    return Amount(act.value.low, act.value.high).check(value, ground.context)


def _breaks(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    for item in value.items if value.kind == "list" else [value]:
        kind, members = item.entries.get("kind"), item.entries.get("members")
        if item.kind != "block" or kind is None or members is None or len(item.entries) != 2:
            ground.report.add(
                "S029", item.place, "'break' needs kind and members", "write {kind: energy, members: [a, b]}"
            )
            continue
        fine = Reference("agreement kind", ("all",)).check(kind, ground.context)
        if Items(Reference("state"), 2, 2).check(members, ground.context) and fine:
            first, second = (each.text for each in members.items)
            yield spec.BreakEffect(None if kind.text == "all" else kind.text, first, second, item.place)


def _flags(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    if value.kind != "block":
        ground.report.add("S029", value.place, "'flag' needs the name of a flag", "write flag: {crisis: true}")
        return
    for name, state in value.entries.items():
        if not ground.names.has("flag", name):
            advice = partial(_flag_meant, name, ground.names)
            ground.report.unknown("flag", name, state.place, ground.names.of("flag"), help_=advice)
        elif Truth().check(state, ground.context):
            yield spec.FlagEffect(name, state.value is True, state.place)


def _flag_meant(name: str, names: Names) -> str:
    known = sorted(names.of("flag"))
    return suggestion(name, known) or f"declare it: flags: [{', '.join([*known[:6], name[:40]])}]"


def _blocks(value: Node, shape: Block, ground: Ground) -> Iterator[Node]:
    """The blocks of a special effect that have their shape: one, or each of a list."""
    items: Iterable[Node] = value.items if value.kind == "list" else [value]
    if "members" in shape.keys and value.items and all(each.kind == "text" for each in value.items):
        named = ", ".join(each.text for each in value.items[:2])
        help_ = f"write {{members: [{named}]}}"
        ground.report.add("S029", value.place, f"{shape.title} needs its members by name", help_)
        return
    for item in items:
        if shape.check(item, ground.context):
            yield item


def _pledges(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    for item in _blocks(value, PLEDGED, ground):
        giver, to = text(item, "giver"), text(item, "to")
        if giver == to:
            ground.report.add("S030", item.entries["to"].span, "a pledge is owed to another state", "name two states")
        else:
            turns = optional_whole(item, "turns")
            yield spec.PledgeEffect(text(item, "kind"), giver, to, turns, item.place)


def _disclosures(value: Node, ground: Ground, *, certain: bool) -> Iterator[spec.Effect]:
    for item in _blocks(value, DISCLOSED, ground):
        first, second = texts(item, "members")
        if first == second:
            ground.report.add("S030", item.entries["members"].place, "both are the same state", "name two states")
        else:
            yield spec.DisclosureEffect(certain, first, second, item.place)


def _cessions(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    for item in _blocks(value, CEDED, ground):
        dispute, to = item.entries["dispute"], item.entries["to"]
        found = (ground.disputes or {}).get(dispute.text)
        if found is not None and found.kind != "territory":
            message = f"{dispute.text!r} is about security, so there is nothing to cede"
            ground.report.add("S035", dispute.span, message, "name a dispute over territory")
        elif _is_party(to, found, ground):
            yield spec.CedeEffect(dispute.text, to.text, item.place)


def _recognitions(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    for item in _blocks(value, RECOGNISED, ground):
        dispute, side = item.entries["dispute"], item.entries["side"]
        if _is_party(side, (ground.disputes or {}).get(dispute.text), ground):
            yield spec.RecogniseEffect(dispute.text, text(item, "state"), side.text, item.place)


def _is_party(node: Node, dispute: spec.Dispute | None, ground: Ground) -> bool:
    """Whether a state is a party of a dispute; what could not be read is not judged."""
    if dispute is None or node.text in dispute.parties:
        return True
    help_ = f"its parties are {' and '.join(dispute.parties)}"
    ground.report.add("S031", node.span, f"{node.text!r} is not a party to {dispute.id!r}", help_)
    return False


def _crises(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    for item in _blocks(value, CRISIS, ground):
        yield spec.CrisisEffect(text(item, "dispute"), whole(item, "rung", CRISIS), item.place)


def _rumours(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    return _disclosures(value, ground, certain=False)


def _revelations(value: Node, path: str, ground: Ground) -> Iterator[spec.Effect]:
    return _disclosures(value, ground, certain=True)


_SPECIAL: Mapping[str, Callable[[Node, str, Ground], Iterator[spec.Effect]]] = {
    "sign": _acts,
    "act": _acts,
    "break": _breaks,
    "flag": _flags,
    "pledge": _pledges,
    "rumour": _rumours,
    "reveal": _revelations,
    "cede": _cessions,
    "recognise": _recognitions,
    "crisis": _crises,
}


def _instead(key: str) -> str:
    """What an act has in place of an effect that only events have."""
    keys = {"break": "breaks: kind", "pledge": "pledges: {role: kind}", "cede": "cedes: true", "sign": "signs: kind"}
    return f"an act has '{keys[key]}'" if key in keys else "write it in an event that follows: after: {act: …}"


def _somebody(text: str, ground: Ground) -> str:
    """Whom a text means that names nobody."""
    known = [*ground.roles, *ground.names.of("state")]
    word, _, rest = text.rpartition(" of ")
    if word and rest in known:
        return f"onlookers are rivals, friends or neighbours: write 'rivals of {rest}'"
    if "," in text or " and " in text:
        return "an effect has one state on each side: write a line for each"
    near = suggestion(text.lower(), known)
    return near or "write a state, a role, 'rivals of x', 'friends of x', 'neighbours of x' or 'others'"


def _effect_meant(key: str, value: Node, ground: Ground) -> str:
    """What to write instead of a key that is no effect."""
    if ground.names.surely("dispute", key):
        return f"write '{key}.tension: +2'"
    if ground.names.surely("state", key) or key in ground.roles:
        inner = next(iter(value.entries), "b")
        return f"write '{key} -> {inner if ground.names.surely('state', inner) else 'b'}: {{mood: -4}}'"
    if ground.names.surely("attribute", key):
        return f"say whose it is: 'a.{key}: +4'"
    if key == "tension":
        return (
            "say of which dispute: 'dispute.tension: +2'" if ground.roles else "say of which dispute: 'x.tension: +2'"
        )
    if key in ("event", "trigger", "happens"):
        return "an event follows another by 'after: {event: …}', stated where it is declared"
    if re.search(r"[=\u2192\u2194]|<>|--", key):
        return "an arrow is written '->' or '<->'"
    if _PARTY.match(key):
        near = suggestion(key, _SPECIAL)
        return near or f"write '{key} -> b: {{mood: -4}}'" if " of " in key else near or _EXAMPLES
    return suggestion(key, _SPECIAL) or _EXAMPLES


def _unspaced(value: Node) -> str | None:
    found = re.match(r"([a-z][a-z0-9_]*):(\S+)\Z", value.text) if value.kind == "text" else None
    return f"put a space after the colon: {{{found[1]}: {found[2]}}}" if found else None


def _inside(value: Node, word: str) -> Span:
    """The place of a word within the key of an effect."""
    if value.key is None:
        return value.span
    found = re.search(rf"\b{re.escape(word)}\b", value.key.text)
    return span_within(value.key, found.start(), found.end()) if found else value.key.span
