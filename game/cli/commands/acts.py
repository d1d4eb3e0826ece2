"""List the acts of the standard catalogue, or of a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.setups import opened
from game.errors import UnknownName
from game.narrative.act_descriptions import (
    KINDS,
    requirements,
    sentences,
    standard,
)
from game.narrative.wording import counted
from game.scenario.spec import Act, Scenario


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
        echo(json.dumps([as_data(act, made) for act in acts], ensure_ascii=False, indent=1))
        return
    echo("\n".join(in_words(made, acts)).lstrip("\n"))


def in_words(scenario: Scenario, acts: Sequence[Act]) -> Iterator[str]:
    """Acts, by kind."""
    for kind, (title, how) in KINDS.items():
        of_kind = [act for act in acts if act.kind == kind]
        if of_kind:
            yield from ("", f"{title}: {how}")
            for act in of_kind:
                yield from act_in_words(act, scenario)


def act_in_words(act: Act, scenario: Scenario) -> Iterator[str]:
    """An act in a few lines."""
    yield f"  {act.id} ({act.roles[0].name} → {act.roles[1].name})  {act.doc or act.name}"
    facts = [f"cost {act.cost:g}", f"again after {counted(act.cooldown, 'turn')}"]
    if act.value is not None:
        facts.append(f"value {act.value.low:g} to {act.value.high:g} {act.value.unit}, usually {act.value.usual:g}")
    facts += [fact for fact, holds in (("may be kept secret", act.secrecy), ("uses force", act.force)) if holds]
    facts += [f"{name} {code}" for name, code in (("CAMEO", act.cameo), ("PLOVER", act.plover)) if code]
    yield f"      {' · '.join(facts)}"
    requires = requirements(act)
    if requires:
        yield f"      requires that {', and that '.join(requires)}"
    yield from (f"      {text}" for text in sentences(act, scenario))


def as_data(act: Act, scenario: Scenario) -> Mapping[str, Any]:
    """An act as JSON has it."""
    value = act.value
    return {
        "act": act.id, "name": act.name, "kind": act.kind, "roles": [role.name for role in act.roles], "text": act.text,
        "cost": act.cost, "cooldown": act.cooldown,
        "value": value and {"unit": value.unit, "low": value.low, "high": value.high, "usual": value.usual},
        "requires": [leaf.text for condition in act.requires for leaf in condition.leaves],
        "requires_in_words": requirements(act),
        "effects": sentences(act, scenario), "signs": act.signs, "turns": act.turns, "breaks": act.breaks,
        "secrecy": act.secrecy, "pledges": list(act.pledges), "suspends": act.suspends, "resumes": act.resumes,
        "discloses": act.discloses, "cedes": act.cedes, "recognises": act.recognises, "credible": act.credible,
        "force": act.force, "cameo": act.cameo, "plover": act.plover, "weight": act.weight, "doc": act.doc,
    }  # fmt: skip
