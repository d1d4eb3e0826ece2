"""From a positioned tree to the typed scenario: shapes first, then records of the entries whose shape passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from game.errors import UnknownName
from game.kernel import conditions
from game.scenario import budget, spec
from game.scenario.build import acts, events, pledges, read_values
from game.scenario.build.catalogue import MEMORIES, NOTHING, Catalogue, catalogue_of
from game.scenario.build.catalogue import SECTIONS as CATALOGUED
from game.scenario.build.conditions import ConditionMistake, Scope, parse_amount, parse_assertion, sentence
from game.scenario.build.effects import Ground
from game.scenario.build.read_values import (
    EMPTY,
    Site,
    entry,
    number,
    optional_text,
    spread,
    text,
    texts,
    truth,
    whole,
    word,
)
from game.scenario.build.relations import relations_of
from game.scenario.findings.finding import Label, Report, shown, suggestion
from game.scenario.schema.declarations import (
    AGREEMENT,
    CAPITAL,
    DISPUTE,
    EXPECTATION,
    MEMORY,
    OBJECTIVE,
    OFFICE,
    OVERLAID,
    ROOT,
    SCENARIO,
    STATE,
    USUAL_MEMORIES,
)
from game.scenario.schema.names import Names
from game.scenario.schema.types import Context, Table, meant_name, number_of
from game.scenario.spec import Span
from game.scenario.text.source import START
from game.scenario.text.syntax_recovery import RECOVERED
from game.scenario.text.yaml_tree import Node

Record = TypeVar("Record")

SECTIONS = {
    "state": "states",
    "attribute": "attributes",
    "memory": "memories",
    "dispute": "disputes",
    "event": "events",
    "flag": "flags",
    "ending": "endings",
    "source": "sources",
    **CATALOGUED,
}
RULED = frozenset(("mood", "memory"))
"""The memories that rules read and write whatever the acts are."""

_USUAL_OFFICE = spec.Office(
    "government",
    "The government",
    number(EMPTY, "weight", OFFICE),
    number(EMPTY, "cost", OFFICE),
    "Who speaks where no office is named.",
    START,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A tree whose shapes are checked: what may be built, and with which names."""

    sections: Mapping[str, Node]
    invalid: Mapping[str, frozenset[str]]
    catalogue: Catalogue
    site: Site
    lines: Sequence[str]

    def section(self, name: str) -> Node:
        """A section whose shape passed, else the empty node."""
        return EMPTY if self.invalid.get(name) else self.sections.get(name, EMPTY)

    def sound(self, name: str) -> Iterator[tuple[str, Node]]:
        """The entries of a section whose shape passed."""
        invalid = self.invalid.get(name, frozenset())
        node = self.sections.get(name, EMPTY)
        return ((key, each) for key, each in node.entries.items() if key not in invalid and "*" not in invalid)


def build(root: Node, text: str, report: Report) -> spec.Scenario | None:
    """The scenario, or None when there are errors in it."""
    if root.kind != "block":
        if root.kind != "broken":
            report.add("S003", root.span, "a scenario is a block of 'key: value' lines", "start with: format: 1")
        return None
    draft = _draft(root, text, report)
    scenario = _scenario(draft, text)
    if scenario is not None and not report.failed:
        budget.judge(scenario, draft.sections["states"].place, report)
    return None if report.failed else scenario


def _draft(root: Node, text: str, report: Report) -> Draft:
    catalogue = _catalogue(root, report)
    names = names_of(root, catalogue)
    _collisions(root, report)
    context = Context(report, names)
    invalid = {}
    for name, node in root.entries.items():
        if name not in SCENARIO:
            if not report.full:
                left = [each for each in SCENARIO if each not in root.entries]
                help_ = suggestion(name, left) or suggestion(name, SCENARIO) or "it takes: " + ", ".join(SCENARIO)
                report.add("S001", node.place, f"unknown key {shown(name)} in a scenario", help_)
        else:
            invalid[name] = _problems(name, node, context, catalogue)
    _missing(root, report)
    return Draft(root.entries, invalid, catalogue or NOTHING, Site(report, names), text.split("\n"))


def _problems(name: str, node: Node, context: Context, catalogue: Catalogue | None) -> frozenset[str]:
    """Which entries of a section failed; `*` for all of it."""
    if node.kind == "broken":
        return frozenset("*")
    shape = SCENARIO[name].shape
    if not isinstance(shape, Table):
        return frozenset() if shape.check(node, context) else frozenset("*")
    if name not in OVERLAID:
        return shape.invalid(node, context)
    # Without its catalogue, nobody can tell what is new from what changes an entry of it.
    base = node.entries if catalogue is None else catalogue.nodes.get(name, {})
    changed = [key for key, each in node.entries.items() if _is_overlay(name, key, each, base)]
    own, overlay = Node("block", (node.line, node.column, node.end_line, node.end_column)), Node("block", (1, 1, 1, 1))
    own.kind, own.key = node.kind, node.key
    own.entries = {key: each for key, each in node.entries.items() if key not in changed}
    overlay.entries = {key: node.entries[key] for key in changed}
    return shape.invalid(own, context) | Table(OVERLAID[name], declares=shape.declares).invalid(overlay, context)


def _is_overlay(section: str, key: str, node: Node, base: Mapping[str, Node]) -> bool:
    """An entry that changes the catalogue's of the same id; an act that states its kind anew stands alone."""
    return key in base and not (section == "acts" and "kind" in node.entries)


def _catalogue(root: Node, report: Report) -> Catalogue | None:
    node = root.entries.get("catalogue")
    if node is None:
        return None if root.style == RECOVERED else NOTHING
    if node.kind != "text" or not SCENARIO["catalogue"].shape.check(node, Context(Report(report.path), Names())):
        return None
    try:
        return catalogue_of(node.text)
    except UnknownName as error:
        help_ = f"did you mean {error.nearest!r}?" if error.nearest else None
        report.add("R001", node.span, f"no catalogue is called {shown(node.text)}", help_)
        return None


def names_of(root: Node, catalogue: Catalogue | None) -> Names:
    """Every name by kind, also of entries that failed; kinds whose section is broken are left open."""
    known: dict[str, frozenset[str]] = {}
    absent = Node("broken", (1, 1, 1, 1)) if root.style == RECOVERED else EMPTY
    for kind, section in SECTIONS.items():
        node = root.entries.get(section, absent)
        if node.kind == "broken" or (catalogue is None and kind in CATALOGUED):
            continue
        found = (
            frozenset(each.text for each in node.items)
            if node.kind == "list"
            else frozenset(map(meant_name, node.entries))
        )
        if kind == "flag" and node.kind == "text":
            found = frozenset((node.text,))
        if kind in CATALOGUED and catalogue is not None:
            found |= catalogue.names.known[kind]
        if kind == "office" and not found:
            found = frozenset((_USUAL_OFFICE.id,))
        if kind == "memory" and section not in root.entries:
            found = MEMORIES
        known[kind] = found
    return Names(known)


def _collisions(root: Node, report: Report) -> None:
    """States, disputes and events stand side by side in conditions, so no two may share an id."""
    first: dict[str, tuple[str, Node]] = {}
    for kind in ("state", "dispute", "event"):
        for name, node in root.entries.get(SECTIONS[kind], EMPTY).entries.items():
            if name in first:
                label = Label(first[name][1].place, "declared here")
                report.add(
                    "S010",
                    node.place,
                    f"the {kind} {shown(name)} is called like a {first[name][0]}",
                    "choose another id",
                    (label,),
                )
            else:
                first[name] = (kind, node)


def _missing(root: Node, report: Report) -> None:
    if root.style == RECOVERED:
        return
    missing = [name for name, key in SCENARIO.items() if key.required and name not in root.entries]
    if missing and all(name in SCENARIO for name in root.entries):
        report.add("S002", START, f"the scenario lacks {', '.join(map(repr, missing))}")


def _records(draft: Draft, section: str, make: Callable[[str, Node], Record | None]) -> dict[str, Record]:
    made = ((name, make(name, node)) for name, node in draft.sound(section))
    return {name: record for name, record in made if record is not None}


def _scenario(draft: Draft, source: str) -> spec.Scenario | None:
    site, section = draft.site, draft.section
    root = Node("block", (1, 1, 1, 1))
    root.entries = {name: section(name) for name in draft.sections if name in SCENARIO and section(name) is not EMPTY}
    capital = section("capital")
    attributes = _records(draft, "attributes", lambda name, node: _attribute(name, node, site))
    all_acts = _acts(draft, attributes)
    disputes = _records(draft, "disputes", lambda name, node: _dispute(name, node, site))
    ground = Ground(site, (), all_acts, disputes)
    states = _records(draft, "states", _state)
    agreement_kinds = _agreement_kinds(draft, attributes)
    pledge_kinds = _pledge_kinds(draft, attributes)
    titles = _titles(draft, agreement_kinds, pledge_kinds, all_acts)
    return spec.Scenario(
        id=text(root, "id"),
        title=text(root, "title"),
        summary=text(root, "summary").strip(),
        authors=texts(root, "authors"),
        license=optional_text(root, "license"),
        sources=_records(draft, "sources", _source),
        event_data=optional_text(root, "event_data"),
        start=read_values.date(entry(root, "start")),
        turn=_turn(word(root, "turn", ROOT)),
        turns=whole(root, "turns", ROOT),
        orders=whole(root, "orders", ROOT),
        income=number(capital, "income", CAPITAL),
        carry=number(capital, "carry", CAPITAL),
        catalogue=optional_text(root, "catalogue"),
        attributes=attributes,
        memories=_memories(draft),
        power=_power(section("power"), site),
        states=states,
        relations=relations_of(section("relations"), draft.lines, site),
        disputes=disputes,
        agreement_kinds=agreement_kinds,
        agreements=_records(draft, "agreements", lambda name, node: _agreement(name, node, agreement_kinds, site)),
        acts=all_acts,
        pledge_kinds=pledge_kinds,
        pledges=_records(draft, "pledges", lambda name, node: pledges.pledge(name, node, site)),
        offices=_offices(draft),
        trust=pledges.records(section("trust"), site),
        events=_records(draft, "events", lambda name, node: events.event(name, node, ground)),
        flags=texts(root, "flags"),
        objectives=_records(draft, "objectives", lambda name, node: _objectives(node, titles, site)),
        endings=_records(draft, "endings", lambda name, node: _ending(name, node, site)),
        personalities=_personalities(draft),
        parameters=_parameters(draft),
        map=_map(section("map")),
        expect=_records(draft, "expect", lambda name, node: _expectation(name, node, whole(root, "turns", ROOT), site)),
        seat=_seat(section("seat"), states, site),
        text=source,
        path=site.report.path,
        flag_spans=_flag_spans(section("flags")),
        inherited=_inherited(draft),
    )


def _flag_spans(node: Node) -> dict[str, Span]:
    return {each.text: each.span for each in (node.items if node.kind == "list" else [node])}


def _inherited(draft: Draft) -> dict[str, frozenset[str]]:
    """What the catalogue brought, also where the scenario changed a part of it."""
    own = {name: draft.sections.get(name, EMPTY).entries for name in draft.catalogue.nodes}
    return {
        name: frozenset(key for key in nodes if key not in own[name] or _is_overlay(name, key, own[name][key], nodes))
        for name, nodes in draft.catalogue.nodes.items()
    }


def _turn(word: str) -> Literal["week", "month", "quarter", "year"]:
    return "week" if word == "week" else "quarter" if word == "quarter" else "year" if word == "year" else "month"


def _seat(node: Node, states: Mapping[str, spec.State], site: Site) -> str | None:
    """The state of the person who names none; whoever it is has to take turns."""
    state = states.get(node.text)
    if state is not None and not state.plays:
        message = f"{state.id!r} takes no turns, so nobody can play it"
        site.report.add("S015", node.span, message, "name a state that takes turns")
    return node.text or None


def _map(node: Node) -> Mapping[str, object]:
    plain = read_values.plain(node)
    return plain if isinstance(plain, dict) else {}


def _source(name: str, node: Node) -> spec.Source:
    return spec.Source(
        name, text(node, "cite"), optional_text(node, "url"), optional_text(node, "accessed"), node.place
    )


def _attribute(name: str, node: Node, site: Site) -> spec.Attribute | None:
    low, high = (read_values.optional_number(node, key) for key in ("min", "max"))
    if low is not None and high is not None and low > high:
        site.report.add(
            "S011", node.place, f"the least value of {name!r} is above the greatest", "exchange min and max"
        )
        return None
    start = read_values.optional_spread(node, "start", f"attributes.{name}")
    return spec.Attribute(
        name, text(node, "name", name), text(node, "unit"), low, high, start, text(node, "doc"), node.place
    )


def _memories(draft: Draft) -> dict[str, spec.Memory]:
    if "memories" not in draft.sections:
        return {name: spec.Memory(name, half_life, doc, START) for name, half_life, doc in USUAL_MEMORIES}
    needed = MEMORIES if draft.catalogue.acts else RULED
    missing = [] if draft.invalid.get("memories") else sorted(needed - draft.sections["memories"].entries.keys())
    if missing:
        writes, way_out = (
            ("the catalogue's acts write", "declare it, or drop the catalogue")
            if draft.catalogue.acts
            else ("the rules write", "declare it, or leave 'memories' out for the usual ones")
        )
        message = f"{writes} to {', '.join(map(repr, missing))}, which is not declared here"
        draft.site.report.add("S002", draft.sections["memories"].place, message, way_out)
    return _records(
        draft,
        "memories",
        lambda name, node: spec.Memory(name, number(node, "half_life", MEMORY), text(node, "doc"), node.place),
    )


def _power(node: Node, site: Site) -> conditions.Term | None:
    if node is EMPTY:
        return None
    try:
        return parse_amount(node.text, Scope(site.names, (conditions.ACTOR,), conditions.ACTOR))
    except ConditionMistake as mistake:
        site.report.add(
            mistake.code, read_values.span_within(node, mistake.start, mistake.end), mistake.message, mistake.help
        )
        return None


def _state(name: str, node: Node) -> spec.State:
    codes = {key: each.value for key, each in entry(node, "codes").entries.items()}
    capital = node.entries.get("capital_city")
    return spec.State(
        id=name,
        name=text(node, "name", name),
        codes={key: value if isinstance(value, int) else str(value) for key, value in codes.items()},
        capital=None
        if capital is None
        else spec.City(text(capital, "name"), number_of(entry(capital, "lat")), number_of(entry(capital, "lon"))),
        colour=optional_text(node, "colour"),
        personality=optional_text(node, "personality"),
        plays=truth(node, "plays", STATE),
        off_map=truth(node, "off_map", STATE),
        stats=read_values.spreads(entry(node, "stats"), f"states.{name}.stats"),
        borders=texts(node, "borders"),
        sources=texts(node, "sources"),
        span=node.place,
    )


def _dispute(name: str, node: Node, site: Site) -> spec.Dispute | None:
    territory = text(node, "kind") == "territory"
    needed = ("held_by", "claimed_by") if territory else ("parties",)
    lacking = [key for key in needed if key not in node.entries]
    extra = [key for key in (("parties",) if territory else ("held_by", "claimed_by")) if key in node.entries]
    if lacking or extra:
        form = "held_by and claimed_by" if territory else "parties: [a, b]"
        site.report.add("S015", node.place, f"a dispute over {text(node, 'kind')} is between {form}", f"write {form}")
        return None
    parties = (text(node, "held_by"), text(node, "claimed_by")) if territory else texts(node, "parties")
    if parties[0] == parties[1]:
        site.report.add("S015", node.place, f"both sides of {name!r} are the same state", "name two states")
        return None
    if not _sides_fit(name, node, parties, site):
        return None
    return spec.Dispute(
        id=name,
        name=text(node, "name", name),
        kind="territory" if territory else "security",
        held_by=optional_text(node, "held_by"),
        claimed_by=optional_text(node, "claimed_by"),
        recognised=optional_text(node, "recognised"),
        parties=parties,
        tension=spread(entry(node, "tension"), f"disputes.{name}.tension"),
        shape=optional_text(node, "shape"),
        sources=texts(node, "sources"),
        span=node.place,
        recognised_by={state: each.text for state, each in entry(node, "recognised_by").entries.items()},
        stake=number(node, "stake", DISPUTE),
    )


def _sides_fit(name: str, node: Node, parties: Sequence[str], site: Site) -> bool:
    """Whether those who are recognised are parties, and no party recognises the other."""
    said = list(entry(node, "recognised_by").entries.items())
    said += [("", each) for each in (node.entries.get("recognised"),) if each is not None]
    for state, side in said:
        if side.text not in parties:
            message, help_ = f"{side.text!r} is no party of {name!r}", f"its parties are {' and '.join(parties)}"
            site.report.add("S015", side.span, message, help_)
            return False
        if state in parties and state != side.text:
            message = f"{state!r} is a party of {name!r} and takes its own side"
            site.report.add("S015", side.place, message, "leave it out; an event may have it recognise the other")
            return False
    return True


def _site_of(draft: Draft, own: Node | None, name: str) -> Callable[[Node], Site]:
    """An overlaid act keeps the catalogue's names in the entries it did not change."""
    if own is None:
        return lambda _: draft.site
    mine = set(map(id, own.entries.values()))
    theirs = Site(draft.site.report, draft.catalogue.names)
    return lambda node: draft.site if id(node) in mine else theirs


def _merged(base: Node, own: Node) -> Node:
    merged = Node("block", (own.line, own.column, own.end_line, own.end_column))
    merged.key, merged.entries = own.key, {**base.entries, **own.entries}
    return merged


def _acts(draft: Draft, attributes: Mapping[str, spec.Attribute]) -> dict[str, spec.Act]:
    found = {name: acts.within(each, attributes) for name, each in draft.catalogue.acts.items()}
    nodes = draft.catalogue.nodes.get("acts", {})
    for name, node in draft.sound("acts"):
        if name not in nodes and not {"kind", "roles"} <= node.entries.keys():
            continue  # it changes an act of a catalogue that could not be read
        if not _is_overlay("acts", name, node, nodes):
            made = acts.act(name, node, _site_of(draft, None, name))
        elif not _same_roles(name, nodes[name], node, draft.site):
            continue
        else:
            made = acts.act(name, _merged(nodes[name], node), _site_of(draft, node, name))
            made = made and acts.within(made, attributes)
        if made is not None:
            found[name] = made
    return found


def _same_roles(name: str, base: Node, own: Node, site: Site) -> bool:
    """A changed act keeps the names of its roles, since the catalogue's effects speak of them."""
    if "roles" not in own.entries:
        return True
    theirs, ours = (list(entry(each, "roles").entries) for each in (base, own))
    if theirs == ours:
        return True
    message = f"the roles of {name!r} are called {' and '.join(theirs)} in the catalogue, in this order"
    site.report.add(
        "S015", own.entries["roles"].place, message, "keep the names, or state kind and effects too to replace it whole"
    )
    return False


def _agreement_kinds(draft: Draft, attributes: Mapping[str, spec.Attribute]) -> dict[str, spec.AgreementKind]:
    found = {name: acts.delivering(each, attributes) for name, each in draft.catalogue.agreement_kinds.items()}
    nodes = draft.catalogue.nodes.get("agreement_kinds", {})
    for name, node in draft.sound("agreement_kinds"):
        made = acts.agreement_kind(name, _merged(nodes[name], node) if name in nodes else node)
        found[name] = acts.delivering(made, attributes)
    return found


def _pledge_kinds(draft: Draft, attributes: Mapping[str, spec.Attribute]) -> dict[str, spec.PledgeKind]:
    found = {name: pledges.within(each, attributes) for name, each in draft.catalogue.pledge_kinds.items()}
    nodes = draft.catalogue.nodes.get("pledge_kinds", {})
    for name, node in draft.sound("pledge_kinds"):
        if name in nodes:
            made = pledges.pledge_kind(name, _merged(nodes[name], node), _site_of(draft, node, name))
            found[name] = pledges.within(made, attributes)
        else:
            found[name] = pledges.pledge_kind(name, node, _site_of(draft, None, name))
    return found


def _offices(draft: Draft) -> dict[str, spec.Office]:
    """The catalogue's and the file's, the usual one first; where there are none, the government speaks."""
    nodes = draft.catalogue.nodes.get("offices", {})
    own = ((name, _merged(nodes[name], node) if name in nodes else node) for name, node in draft.sound("offices"))
    found = {**draft.catalogue.offices, **{name: pledges.office(name, node) for name, node in own}}
    return found or {_USUAL_OFFICE.id: _USUAL_OFFICE}


def _personalities(draft: Draft) -> dict[str, spec.Personality]:
    nodes = draft.catalogue.nodes.get("personalities", {})
    own = ((name, _merged(nodes[name], node) if name in nodes else node) for name, node in draft.sound("personalities"))
    return {**draft.catalogue.personalities, **{name: acts.personality(name, node) for name, node in own}}


def _agreement(name: str, node: Node, kinds: Mapping[str, spec.AgreementKind], site: Site) -> spec.Agreement | None:
    members, kind = texts(node, "members"), kinds.get(text(node, "kind"))
    place = entry(node, "members").place
    if len(set(members)) < len(members):
        site.report.add("S015", place, f"a member of {name!r} is named twice", "name each state once")
        return None
    if kind is not None and not kind.mutual and len(members) != 2:
        site.report.add(
            "S007",
            place,
            f"{kind.name} runs from a giver to a receiver: two members, not {len(members)}",
            "the giver first",
        )
        return None
    since = node.entries.get("since")
    return spec.Agreement(
        name,
        text(node, "kind"),
        members,
        None if since is None else read_values.date(since),
        read_values.optional_whole(node, "turns"),
        texts(node, "sources"),
        node.place,
        number(node, "volume", AGREEMENT),
        optional_text(node, "purpose"),
    )


def _titles(
    draft: Draft,
    agreements: Mapping[str, spec.AgreementKind],
    pledges: Mapping[str, spec.PledgeKind],
    all_acts: Mapping[str, spec.Act],
) -> dict[str, str]:
    """What readers call the things that objectives are about; an act and a pledge may be called like a tie."""
    named = {name: text(node, "name", name) for part in ("states", "disputes") for name, node in draft.sound(part)}
    named |= {f"pledge {name}": kind.name for name, kind in pledges.items()}
    named |= {f"act {name}": act.name for name, act in all_acts.items()}
    return {**{name: kind.name for name, kind in agreements.items()}, **named}


def _objectives(node: Node, titles: Mapping[str, str], site: Site) -> tuple[spec.Objective, ...]:
    found = []
    for side in ("public", "hidden"):
        for item in entry(node, side).items:
            condition = read_values.condition(entry(item, "when"), Scope(site.names), site.report)
            if condition is not None:
                label = text(item, "label") or sentence(condition.node, titles)
                found.append(
                    spec.Objective(condition, number(item, "points", OBJECTIVE), label, side == "hidden", item.span)
                )
    return tuple(found)


def _ending(name: str, node: Node, site: Site) -> spec.Ending:
    when = read_values.conditions(node.entries.get("when"), Scope(site.names), site.report)
    return spec.Ending(name, when, text(node, "text"), node.place)


def _parameters(draft: Draft) -> dict[str, spec.Spread]:
    blocks = [(name, node) for name, node in draft.sound("parameters") if node.entries]
    if not blocks:
        return {}
    # Late, because the rules' declarations bring numpy with them and most readings of a file need none.
    from game.parameters import declared

    known, report = declared(), draft.site.report
    found = {}
    for block, node in blocks:
        if block not in known:
            report.unknown("block of parameters", block, node.place, known)
            continue
        for name, value in node.entries.items():
            leaf = known[block].get(name)
            if leaf is None:
                report.unknown(f"parameter of {block!r}", name, value.place, known[block])
                continue
            drawn = spread(value, f"parameters.{block}.{name}")
            if not all(leaf.low <= bound <= leaf.high for bound in _ends(drawn)):
                bounds = f"{leaf.low:g} to {leaf.high:g} {leaf.unit}".rstrip()
                report.add("S005", value.span, f"{block}.{name} lies outside its range", f"it goes from {bounds}")
            found[f"{block}.{name}"] = drawn
    return found


def _ends(drawn: spec.Spread) -> tuple[float, ...]:
    if drawn.form == "triangle":
        return drawn.first, drawn.third
    return (drawn.first, drawn.second) if drawn.form == "flat" else (drawn.first,)


def _expectation(name: str, node: Node, turns: int, site: Site) -> spec.Expectation:
    then = entry(node, "then")
    lines = []
    for item in then.items if then.kind == "list" else [then]:
        lines.append(item.text)
        try:
            parse_assertion(item.text, site.names)
        except ConditionMistake as mistake:
            site.report.add(
                mistake.code, read_values.span_within(item, mistake.start, mistake.end), mistake.message, mistake.help
            )
    runs, seed = whole(node, "runs", EXPECTATION), whole(node, "seed", EXPECTATION)
    return spec.Expectation(
        name, runs, read_values.optional_whole(node, "turns") or turns, seed, tuple(lines), node.place
    )
