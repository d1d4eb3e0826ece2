"""Declared and never used (L001), asked for and never raised (L015)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from game.kernel import conditions
from game.scenario import spec, visit
from game.scenario.build.catalogue import MEMORIES
from game.scenario.findings.finding import Finding, of_code
from game.scenario.spec import Span


def check(scenario: spec.Scenario) -> Iterable[Finding]:
    """Findings of this check."""
    nodes = list(visit.all_nodes(scenario))
    declared: list[tuple[str, Mapping[str, Span], set[str]]] = [
        ("source", _spans(scenario.sources), _sources(scenario)),
        ("attribute", _spans(scenario.attributes), _attributes(scenario, nodes)),
        ("memory", _spans(scenario.memories) if scenario.memories.keys() - MEMORIES else {}, _memories(scenario)),
        ("agreement kind", _own(scenario, "agreement_kinds", scenario.agreement_kinds), _kinds(scenario, nodes)),
        ("personality", _own(scenario, "personalities", scenario.personalities), _personalities(scenario)),
        ("flag", scenario.flag_spans if scenario.flags else {}, _flags_asked(nodes)),
    ]
    for kind, spans, used in declared:
        for name, span in spans.items():
            if name not in used:
                yield of_code(scenario.path, "L001", span, f"the {kind} {name!r} is never used", "use it, or remove it")
    yield from _never_raised(scenario, nodes)
    yield from _left_to_orders(scenario)


def _left_to_orders(scenario: spec.Scenario) -> Iterator[Finding]:
    """Offices that the file declares and does not name: orders may, nothing else does."""
    named = {each.office for each in visit.event_effects(scenario) if isinstance(each, spec.ActEffect)}
    for name in scenario.offices.keys() & scenario.written.get("offices", frozenset()) - named:
        if name not in scenario.inherited.get("offices", frozenset()):
            message = f"nothing in the file names the office {name!r}, so only an order can"
            help_ = f"let an event speak by it: act: {{…, office: {name}}}, or remove it"
            yield of_code(scenario.path, "L035", scenario.offices[name].span, message, help_)


def _spans(records: Mapping[str, spec.Source | spec.Attribute | spec.Memory]) -> dict[str, Span]:
    return {name: record.span for name, record in records.items()}


def _own(
    scenario: spec.Scenario, section: str, records: Mapping[str, spec.AgreementKind] | Mapping[str, spec.Personality]
) -> dict[str, Span]:
    inherited = scenario.inherited.get(section, frozenset())
    return {name: record.span for name, record in records.items() if name not in inherited}


def _sources(scenario: spec.Scenario) -> set[str]:
    cited: set[str] = set()
    dated = (scenario.agreements, scenario.pledges, scenario.pledge_kinds)
    for records in (scenario.states, scenario.disputes, scenario.acts, scenario.events, *dated):
        for record in records.values():
            cited.update(record.sources)
    return cited


def _attributes(scenario: spec.Scenario, nodes: Sequence[conditions.Condition]) -> set[str]:
    used = {name for state in scenario.states.values() for name in state.stats}
    effects = [
        *visit.event_effects(scenario),
        *(each for act in scenario.acts.values() for each in visit.act_effects(act)),
    ]
    used |= {each.attribute for each in effects if isinstance(each, spec.AttributeEffect)}
    used |= {name for kind in scenario.agreement_kinds.values() for name in kind.delivers}
    terms = [term for node in nodes for term in visit.terms(node)]
    terms += [] if scenario.power is None else visit.parts(scenario.power)
    return used | {term.name for term in terms if isinstance(term, conditions.Attribute)}


def _memories(scenario: spec.Scenario) -> set[str]:
    effects = [
        *visit.event_effects(scenario),
        *(each for act in scenario.acts.values() for each in visit.act_effects(act)),
    ]
    return {each.memory for each in effects if isinstance(each, spec.RelationEffect)} | MEMORIES


def _kinds(scenario: spec.Scenario, nodes: Sequence[conditions.Condition]) -> set[str]:
    used = {agreement.kind for agreement in scenario.agreements.values()}
    used |= {name for act in scenario.acts.values() for name in _kinds_of(act) if name}
    used |= {each.kind for each in visit.event_effects(scenario) if isinstance(each, spec.BreakEffect) and each.kind}
    asked = (node for node in nodes if isinstance(node, (conditions.Pact, conditions.Suspended)))
    return used | {node.kind for node in asked if node.kind}


def _kinds_of(act: spec.Act) -> tuple[str | None, ...]:
    return act.signs, act.breaks, act.suspends, act.resumes


def _personalities(scenario: spec.Scenario) -> set[str]:
    return {state.personality for state in scenario.states.values() if state.personality}


def _flags_asked(nodes: Sequence[conditions.Condition]) -> set[str]:
    return {node.name for node in nodes if isinstance(node, conditions.Flag)}


def _never_raised(scenario: spec.Scenario, nodes: Sequence[conditions.Condition]) -> Iterator[Finding]:
    raised = {each.flag for each in visit.event_effects(scenario) if isinstance(each, spec.FlagEffect) and each.value}
    for name in sorted(_flags_asked(nodes) - raised):
        help_ = "raise it in an event: flag: {" + name + ": true}"
        yield of_code(scenario.path, "L015", scenario.flag_spans[name], f"no event raises the flag {name!r}", help_)
