"""List the acts of the standard catalogue, or of a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from game.cli import options
from game.cli.setups import opened
from game.cli.template import scenario_text
from game.errors import UnknownName
from game.predicate import Condition, Group
from game.scenario import read
from game.scenario.conditions import sentence
from game.scenario.spec import (
    Act,
    AttributeEffect,
    Effect,
    Party,
    RegardEffect,
    Scenario,
    Spread,
    TensionEffect,
)
from game.telling.words import counted, signed

KINDS = {
    "statement": "Statements: done as they are said",
    "deal": "Deals: nothing happens unless the other agrees",
    "deed": "Deeds: done, whatever the other thinks",
}


@click.command("acts")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
@click.option("--only", metavar="ACT", help="Only this act.")
@options.output("text", "json")
def command(scenario: str | None, only: str | None, form: str) -> None:
    """List what a state can do, of SCENARIO or of the standard catalogue: kind, cost, effects in words, codes."""
    made = standard() if scenario is None else opened(scenario)
    if only is not None and only not in made.acts:
        raise UnknownName("act", only, made.acts)
    acts = list(made.acts.values()) if only is None else [made.acts[only]]
    if form == "json":
        click.echo(json.dumps([as_data(act, made) for act in acts], ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(in_words(made, acts)).lstrip("\n"))


def standard() -> Scenario:
    """A scenario that has the standard catalogue and adds nothing to it."""
    made = read(scenario_text("standard", 3), path="the standard catalogue", audience="play").scenario
    assert made is not None
    return made


def in_words(scenario: Scenario, acts: Sequence[Act]) -> Iterator[str]:
    """Acts, by kind."""
    for kind, title in KINDS.items():
        of_kind = [act for act in acts if act.kind == kind]
        if of_kind:
            yield from ("", title)
            for act in of_kind:
                yield from act_in_words(act, scenario)


def act_in_words(act: Act, scenario: Scenario) -> Iterator[str]:
    """An act in a few lines."""
    yield f"  {act.id} ({act.roles[0].name} → {act.roles[1].name})  {act.doc or act.name}"
    facts = [f"cost {act.cost:g}", f"again after {counted(act.pause, 'turn')}"]
    if act.value is not None:
        facts.append(f"value {act.value.low:g} to {act.value.high:g} {act.value.unit}, usually {act.value.usual:g}")
    facts += [fact for fact, holds in (("may be kept secret", act.secrecy), ("uses force", act.force)) if holds]
    facts += [f"{name} {code}" for name, code in (("CAMEO", act.cameo), ("PLOVER", act.plover)) if code]
    yield f"      {' · '.join(facts)}"
    requires = requirements(act)
    if requires:
        yield f"      requires that {', and that '.join(requires)}"
    yield from (f"      {text}" for text in sentences(act, scenario))


def requirements(act: Act) -> list[str]:
    """What must hold for an act, a sentence each; alternatives stay together."""
    found: list[Condition] = []
    for condition in act.requires:
        node = condition.node
        found += node.members if isinstance(node, Group) and node.mode == "all" else (node,)
    return [sentence(node) for node in found]


def sentences(act: Act, scenario: Scenario) -> list[str]:
    """What an act does, an effect a sentence."""
    found = list(merged(act.effects))
    if act.signs is not None:
        term = "without end" if act.turns is None else f"for {counted(act.turns, 'turn')}"
        found.append(f"leaves an agreement: {scenario.tie_kinds[act.signs].name}, {term}")
    if act.breaks is not None:
        what = "every agreement" if act.breaks == "all" else f"the agreement: {scenario.tie_kinds[act.breaks].name}"
        found.append(f"ends {what} between the two")
    found += bonds(act, scenario)
    return found + [f"if refused: {text}" for text in merged(act.refused)]


def bonds(act: Act, scenario: Scenario) -> Iterator[str]:
    """What an act does besides: to agreements, pledges, secrets and claims."""
    for verb, kind in (("suspends", act.suspends), ("resumes", act.resumes)):
        if kind is not None:
            yield f"{verb} the agreement between the two: {scenario.tie_kinds[kind].name}"
    for role, other, kind in zip(act.roles, act.roles[::-1], act.pledges, strict=True):
        if kind is not None:
            pledge = scenario.pledge_kinds[kind]
            term = "without end" if pledge.turns is None else f"for {counted(pledge.turns, 'turn')}"
            yield f"{role.name} gives {other.name} its word: {pledge.name}, {term}"
    if act.discloses is not None:
        verb = "confirms" if act.discloses == "confirm" else "denies"
        yield f"{verb} what the two keep secret, or what is rumoured of them"
    if act.cedes:
        yield f"{act.roles[0].name} gives up to {act.roles[1].name} the territory that it holds and the other claims"
    if act.recognises is not None:
        yield f"{act.roles[0].name} takes the side of {act.recognises} in its dispute"
    if act.credible:
        yield f"works on {act.roles[1].name} by how far it takes {act.roles[0].name} at its word"


def merged(effects: Sequence[Effect]) -> Iterator[str]:
    """Effects in words; those on one relation together."""
    amounts: dict[str, list[str]] = {}
    for effect in effects:
        subject, amount = _said(effect)
        amounts.setdefault(subject, []).append(amount)
    for subject, said in amounts.items():
        yield f"{subject} {' and '.join(said)}"


def _said(effect: Effect) -> tuple[str, str]:
    if isinstance(effect, RegardEffect):
        verb = "regard" if effect.source.selector else "regards"
        return f"{party(effect.source)} {verb} {party(effect.target)}", f"{amount(effect.amount)} ({effect.memory})"
    if isinstance(effect, AttributeEffect):
        how = f"is set to {effect.amount.central:g}" if effect.absolute else amount(effect.amount)
        return f"{effect.attribute} of {party(effect.owner)}", how
    if isinstance(effect, TensionEffect):
        whose = "every dispute between the two" if effect.dispute == "dispute" else effect.dispute
        how = f"is set to {effect.amount.central:g}" if effect.absolute else amount(effect.amount)
        return f"tension of {whose}", how
    raise TypeError(f"an act has no effect of the kind {type(effect).__name__}")


def party(who: Party) -> str:
    """A state, role or group of onlookers."""
    if who.selector is None:
        return who.name
    return "all others" if who.selector == "others" else f"{who.selector} of {who.name}"


def amount(spread: Spread) -> str:
    """The central value, and how far it may lie from it."""
    digits = 0 if float(spread.central).is_integer() else len(f"{spread.central:g}".partition(".")[2])
    text = signed(spread.central, digits)
    if spread.form == "normal" and spread.second:
        return f"{text} ± {spread.second:g}"
    if spread.form in {"triangle", "flat"}:
        high = spread.third if spread.form == "triangle" else spread.second
        return f"{text} ({spread.first:g} to {high:g})"
    return text


def as_data(act: Act, scenario: Scenario) -> Mapping[str, Any]:
    """An act as JSON has it."""
    value = act.value
    return {
        "act": act.id, "name": act.name, "kind": act.kind, "roles": [role.name for role in act.roles], "text": act.text,
        "cost": act.cost, "pause": act.pause,
        "value": value and {"unit": value.unit, "low": value.low, "high": value.high, "usual": value.usual},
        "requires": [leaf.text for condition in act.requires for leaf in condition.leaves],
        "requires_in_words": requirements(act),
        "effects": sentences(act, scenario), "signs": act.signs, "turns": act.turns, "breaks": act.breaks,
        "secrecy": act.secrecy, "pledges": list(act.pledges), "suspends": act.suspends, "resumes": act.resumes,
        "discloses": act.discloses, "cedes": act.cedes, "recognises": act.recognises, "credible": act.credible,
        "force": act.force, "cameo": act.cameo, "plover": act.plover, "weight": act.weight, "doc": act.doc,
    }  # fmt: skip
