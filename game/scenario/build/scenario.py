"""From a positioned tree to the typed scenario: shapes first, then records of the entries whose shape passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from game.errors import UnknownName
from game.kernel import conditions
from game.scenario import budget, spec
from game.scenario.build import acts, events, pledges, read_values
from game.scenario.build.atlas import judge_map
from game.scenario.build.catalogue import MEMORIES, NOTHING, Catalogue, catalogue_of
from game.scenario.build.catalogue import SECTIONS as CATALOGUED
from game.scenario.build.conditions import ConditionMistake, Scope, parse_amount, parse_assertion
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
from game.scenario.build.sentences import sentence
from game.scenario.findings.finding import Label, Report, shown, suggestion
from game.scenario.findings.strangers import settle
from game.scenario.schema.blocks import Block, Table
from game.scenario.schema.declarations import (
    AGREEMENT,
    BLOCKS,
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
from game.scenario.schema.names import ID, Names, repaired
from game.scenario.schema.types import Context, meant_name, number_of
from game.scenario.spec import Span
from game.scenario.text.source import START
from game.scenario.text.syntax_recovery import RECOVERED
from game.scenario.text.yaml_tree import SHIFTED, Node

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
    if {"event_data", "period", "events"} <= root.entries.keys():
        report.add("S041", START, "this is event data, not a scenario", "check the scenario it belongs to")
        return None
    if root.kind != "block":
        if root.kind != "broken":
            report.add("S003", root.span, "a scenario is a block of 'key: value' lines", "start with: format: 1")
        return None
    draft = _draft(_repaired(root, report), text, report)
    scenario = _scenario(draft, text)
    settle(report, _declared(draft), text)
    if not report.failed:
        sections = draft.sections
        judge_map(sections.get("map", EMPTY), draft.sound("states"), draft.sound("disputes"), draft.site)
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
        if name in SCENARIO:
            invalid[name] = _problems(name, node, context, catalogue)
    _missing(root, report)
    return Draft(root.entries, invalid, catalogue or NOTHING, Site(report, names), text.split("\n"))


def _repaired(root: Node, report: Report) -> Node:
    """The tree with misspelt sections under their right names, so that what refers to them is not misjudged."""
    if all(name in SCENARIO for name in root.entries):
        return root
    repaired = Node("block", (root.line, root.column, root.end_line, root.end_column), style=root.style)
    for name, node in root.entries.items():
        meant = name if name in SCENARIO else _meant_section(name, node, root, report)
        repaired.entries.setdefault(meant or name, node)
    return repaired


def _meant_section(name: str, node: Node, root: Node, report: Report) -> str | None:
    """Report an unknown key, and say which section it must be; None where that is not clear."""
    if node.key is not None and node.key.style == SHIFTED:
        return None
    help_ = ROOT.meant(name, root)
    meant = help_.removeprefix("did you mean '").removesuffix("'?")
    owners = [block.title for block in BLOCKS if name in block.keys]
    if meant in SCENARIO and meant not in root.entries:
        report.add("S001", node.place, f"unknown key {shown(name)} in a scenario", help_)
        return meant
    if owners and node.place.column == 1 and help_.startswith("it takes"):
        titles = " or ".join(owners[:3])
        report.add(
            "S020",
            node.place,
            f"{shown(name)} is a key of {titles}, and stands at the margin",
            "indent it as the keys it belongs to",
        )
        return None
    report.add("S001", node.place, f"unknown key {shown(name)} in a scenario", help_)
    return None


def _declared(draft: Draft) -> dict[str, dict[str, Span]]:
    """Where each name of the file is declared, by kind."""
    found: dict[str, dict[str, Span]] = {}
    for kind, section in SECTIONS.items():
        node = draft.sections.get(section, EMPTY)
        spans = {name: each.place for name, each in node.entries.items()}
        found[kind] = {**spans, **({each.text: each.span for each in node.items})}
    return found


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
    strange = _misspelt_overlays(name, node, base, changed, context)
    own, overlay = Node("block", (node.line, node.column, node.end_line, node.end_column)), Node("block", (1, 1, 1, 1))
    own.kind, own.key = node.kind, node.key
    own.entries = {key: each for key, each in node.entries.items() if key not in changed and key not in strange}
    overlay.entries = {key: node.entries[key] for key in changed}
    changes = Table(OVERLAID[name], declares=shape.declares)
    return shape.invalid(own, context) | changes.invalid(overlay, context) | strange


def _misspelt_overlays(
    section: str, node: Node, base: Mapping[str, Node], changed: Sequence[str], context: Context
) -> frozenset[str]:
    """Entries that lack what an entry of their own needs, and have nearly the id of one in the catalogue."""
    shape = SCENARIO[section].shape
    block = shape.value if isinstance(shape, Table) else None
    if not isinstance(block, Block):
        return frozenset()
    needed = [key for key, each in block.keys.items() if each.required]
    found = set()
    for name, each in node.entries.items():
        keys = each.entries.keys()
        lacking = each.kind == "block" and needed and not keys & set(needed) and keys <= block.keys.keys()
        help_ = suggestion(name, base) if lacking and name not in changed else None
        if help_ is not None and isinstance(shape, Table):
            message = f"no {shape.declares} of the catalogue is called {shown(name)}"
            context.report.add("R001", each.place, message, help_)
            found.add(name)
    return frozenset(found)


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
    refused: dict[str, frozenset[str]] = {}
    absent = Node("broken", (1, 1, 1, 1)) if root.style == RECOVERED else EMPTY
    for kind, section in SECTIONS.items():
        node = root.entries.get(section, absent)
        listed = node.kind in ("list", "text")
        if node.kind == "broken" or (listed and kind != "flag") or (catalogue is None and kind in CATALOGUED):
            continue
        found = frozenset(_ids(node))
        refused[kind] = frozenset(map(meant_name, node.entries)) - found
        if kind in CATALOGUED and catalogue is not None:
            found |= catalogue.names.known[kind]
        if kind == "office" and not found:
            found = frozenset((_USUAL_OFFICE.id,))
        if kind == "memory" and section not in root.entries:
            found = MEMORIES
        known[kind] = found
    # Of an id that two kinds share, the first declaration holds.
    taken: frozenset[str] = frozenset()
    for kind in ("state", "dispute", "event"):
        if kind in known:
            known[kind] -= taken
            taken |= known[kind]
    return Names(known, refused)


def _ids(node: Node) -> Iterator[str]:
    """What a section declares: its keys, or those that they would be if they were ids, and the words of a list."""
    for name in map(meant_name, node.entries):
        meant = name if ID.match(name) else repaired(name)
        if meant:
            yield meant
    yield from (each.text for each in node.items)
    if node.kind == "text":
        yield node.text


def _collisions(root: Node, report: Report) -> None:
    """States, disputes and events stand side by side in conditions, so no two may share an id."""
    first: dict[str, tuple[str, Node]] = {}
    for kind in ("state", "dispute", "event"):
        for name, node in root.entries.get(SECTIONS[kind], EMPTY).entries.items():
            if name in first:
                label = Label(first[name][1].place, "declared here")
                other = first[name][0]
                message = f"{shown(name)} is the id of {'an' if other[0] in 'aeiou' else 'a'} {other} already"
                report.add("S010", node.place, message, f"choose another id for the {kind}", (label,))
                report.declined(kind, name)
            else:
                first[name] = (kind, node)


def _missing(root: Node, report: Report) -> None:
    if root.style == RECOVERED:
        return
    missing = [name for name, key in SCENARIO.items() if key.required and name not in root.entries]
    if missing and all(name in SCENARIO for name in root.entries):
        lacking = ", ".join(map(repr, missing))
        help_ = "; ".join(
            f"add '{name}: …', {SCENARIO[name].doc[:1].lower()}{SCENARIO[name].doc[1:].rstrip('.')}" for name in missing
        )
        report.add("S002", START, f"the scenario has no {lacking}", help_)


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
    _judge_stats(states, attributes, site.report)
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
        written={name: frozenset(node.entries) for name, node in draft.sections.items()},
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
        site.report.add("S032", node.span, message, "name a state that takes turns")
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
            "S037",
            node.entries["max"].place,
            f"the least value of {name!r} is above the greatest",
            "swap min and max",
        )
        return None
    start = read_values.optional_spread(node, "start", f"attributes.{name}")
    if start is not None:
        within(start, low, high, f"the start of {name!r}", name, site.report)
    return spec.Attribute(
        name, text(node, "name", name), text(node, "unit"), low, high, start, text(node, "doc"), node.place
    )


def within(drawn: spec.Spread, low: float | None, high: float | None, what: str, name: str, report: Report) -> None:
    """Report a number that an attribute can't have; the ends of a spread count, its tails do not."""
    beyond = next(
        (each for each in _ends(drawn) if (low is not None and each < low) or (high is not None and each > high)), None
    )
    if beyond is not None:
        span = (
            f"from {low:g} to {high:g}"
            if low is not None and high is not None
            else f"from {low:g} on"
            if low is not None
            else f"up to {high:g}"
        )
        message = f"{what} is {beyond:g}, and {name!r} goes {span}"
        report.add("S005", drawn.span, message, f"write a number {span}, or change the bounds of {name!r}")


def _judge_stats(states: Mapping[str, spec.State], attributes: Mapping[str, spec.Attribute], report: Report) -> None:
    """Report numbers of states that lie beyond the bounds of their attribute."""
    for state in states.values():
        for name, drawn in state.stats.items():
            known = attributes.get(name)
            if known is not None:
                within(drawn, known.minimum, known.maximum, f"{name} of {state.id!r}", name, report)


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
        own = draft.sections["memories"].entries
        near = next((each for each in own if each not in MEMORIES and suggestion(each, missing)), None)
        place = draft.sections["memories"].place if near is None else own[near].place
        help_ = way_out if near is None else f"{suggestion(near, missing)} (it is called {near!r} here)"
        draft.site.report.add("S038", place, message, help_)
        draft.site.report.declined("memory", missing[0])
    return _records(
        draft,
        "memories",
        lambda name, node: spec.Memory(name, number(node, "half_life", MEMORY), text(node, "doc"), node.place),
    )


def _power(node: Node, site: Site) -> conditions.Term | None:
    if node is EMPTY:
        return None
    try:
        found = parse_amount(node.text, Scope(site.names, (conditions.ACTOR,), conditions.ACTOR))
    except ConditionMistake as mistake:
        read_values.complain(mistake, node, site.report)
        return None
    asked = list(_attributes_of(found))
    if asked and all(each.owner != conditions.ACTOR for each in asked):
        help_ = f"write {asked[0].name}, which is each state's own"
        site.report.add("C012", node.span, "power would be the same for every state", help_)
        return None
    return found


def _attributes_of(term: conditions.Term) -> Iterator[conditions.Attribute]:
    """The attributes that a formula names."""
    if isinstance(term, conditions.Arithmetic):
        yield from _attributes_of(term.left)
        yield from _attributes_of(term.right)
    elif isinstance(term, conditions.Attribute):
        yield term


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
        place = node.entries["claimed_by" if territory else "parties"].place
        site.report.add("S030", place, f"both sides of {name!r} are the same state", "name two states")
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
            message, help_ = f"{side.text!r} is not a party to {name!r}", f"its parties are {' and '.join(parties)}"
            site.report.add("S031", side.span, message, help_)
            return False
        if state in parties and state != side.text:
            message = f"{state!r} is a party of {name!r} and takes its own side"
            site.report.add("S031", side.place, message, "leave it out; an event may have it recognise the other")
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
            _left_out(name, nodes[name], node, draft.site)
            made = acts.act(name, _merged(nodes[name], node), _site_of(draft, node, name))
            made = made and acts.within(made, attributes)
        if made is not None:
            found[name] = made
    return found


def _left_out(name: str, base: Node, own: Node, site: Site) -> None:
    """Point out the effects of the catalogue's act that a change does not repeat, since it replaces all of them."""
    for part in ("effects", "refused"):
        if part in own.entries:
            gone = [key for key in entry(base, part).entries if key not in own.entries[part].entries]
            if gone:
                message = f"this replaces all {part} of {name!r}, and leaves out: {', '.join(gone)}"
                help_ = "write them as well, or keep them out on purpose: # check: ignore[L032] why"
                site.report.add("L032", own.entries[part].place, message, help_)


def _same_roles(name: str, base: Node, own: Node, site: Site) -> bool:
    """A changed act keeps the names of its roles, since the catalogue's effects speak of them."""
    if "roles" not in own.entries:
        return True
    theirs, ours = (list(entry(each, "roles").entries) for each in (base, own))
    if theirs == ours:
        return True
    message = f"the roles of {name!r} are called {' and '.join(theirs)} in the catalogue, in this order"
    site.report.add(
        "S034", own.entries["roles"].place, message, "keep the names, or state kind and effects too to replace it whole"
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
        site.report.add("S030", place, f"a member of {name!r} is named twice", "name each state once")
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
                unit = "" if leaf.unit in ("", "1") else f" {leaf.unit}"
                help_ = f"it goes from {leaf.low:g} to {leaf.high:g}{unit}"
                report.add("S005", value.span, f"{block}.{name} lies outside its range", help_)
            found[f"{block}.{name}"] = drawn
    return found


def _ends(drawn: spec.Spread) -> tuple[float, ...]:
    if drawn.form == "triangle":
        return drawn.first, drawn.third
    return (drawn.first, drawn.second) if drawn.form == "flat" else (drawn.first,)


def _expectation(name: str, node: Node, turns: int, site: Site) -> spec.Expectation:
    then = entry(node, "then")
    lines, places = [], []
    for item in then.items if then.kind == "list" else [then]:
        lines.append(item.text)
        places.append(item.span)
        try:
            parse_assertion(item.text, site.names)
        except ConditionMistake as mistake:
            read_values.complain(mistake, item, site.report)
    runs, seed = whole(node, "runs", EXPECTATION), whole(node, "seed", EXPECTATION)
    return spec.Expectation(
        name, runs, read_values.optional_whole(node, "turns") or turns, seed, tuple(lines), node.place, tuple(places)
    )
