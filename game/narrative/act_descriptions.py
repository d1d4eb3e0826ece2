"""What acts need and do, and what they leave behind, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.kernel.conditions import Condition, Group
from game.narrative.wording import counted, signed
from game.scenario import read
from game.scenario.build.sentences import sentence
from game.scenario.spec import (
    Act,
    AttributeEffect,
    Effect,
    Party,
    RelationEffect,
    Scenario,
    Spread,
    TensionEffect,
)
from game.scenario.template import scenario_text

KINDS = {
    "statement": ("Statements", "done as they are said"),
    "deal": ("Deals", "nothing happens unless the other agrees"),
    "deed": ("Deeds", "done, whatever the other thinks"),
}
"""What acts of a kind are called, and how they are done."""


def standard() -> Scenario:
    """A scenario that has the standard catalogue and adds nothing to it."""
    made = read(scenario_text("standard", 3), path="the standard catalogue", audience="play").scenario
    assert made is not None
    return made


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
        found.append(f"leaves an agreement: {scenario.agreement_kinds[act.signs].name}, {term}")
    if act.breaks is not None:
        what = (
            "every agreement" if act.breaks == "all" else f"the agreement: {scenario.agreement_kinds[act.breaks].name}"
        )
        found.append(f"ends {what} between the two")
    found += agreements(act, scenario)
    return found + [f"if refused: {text}" for text in merged(act.refused)]


def agreements(act: Act, scenario: Scenario) -> Iterator[str]:
    """What an act does besides: to agreements, pledges, secrets and claims."""
    for verb, kind in (("suspends", act.suspends), ("resumes", act.resumes)):
        if kind is not None:
            yield f"{verb} the agreement between the two: {scenario.agreement_kinds[kind].name}"
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
    if isinstance(effect, RelationEffect):
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
