"""A page for every act of the standard catalogue, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docs.pages.markdown import WRITTEN_BY, bullets, facts, section, table, text
from game.kernel.orders import Order
from game.narrative.act_descriptions import (
    KINDS,
    merged,
    requirements,
    sentences,
    standard,
)
from game.narrative.wording import counted
from game.scenario.spec import Act, Role, Scenario

SOURCE = "`assets/catalogue/standard.yaml`"


def pages() -> Mapping[str, str]:
    """The pages by the name of their file below the reference."""
    scenario = standard()
    made = {f"acts/{act.id}.md": text(act_page(act, scenario)) for act in scenario.acts.values()}
    made["acts.md"] = text(acts_index(scenario))
    return made


def acts_index(scenario: Scenario) -> Iterator[str]:
    """All acts, by kind."""
    yield from ("# Acts", "", WRITTEN_BY.format(source=SOURCE))
    yield "What a state can do when its scenario says `catalogue: standard`. `realpolitik acts SCENARIO` lists the acts"
    yield "of a scenario, its own included; `realpolitik acts --only praise` shows one. `mood`, `memory` and `scar` are"
    yield "the memories an effect is written to; *rivals*, *friends* and *neighbours* are graded onlookers"
    yield "([the model](../model.md#acts)). What acts leave: [kinds of agreement](agreement-kinds.md) and"
    yield "[kinds of pledge](pledge-kinds.md). Who says them: [offices](offices.md)."
    for kind, (title, how) in KINDS.items():
        acts = [act for act in scenario.acts.values() if act.kind == kind]
        yield from ("", f"## {title}: {how}", "")
        rows = ((f"[{act.id}](acts/{act.id}.md)", f"{act.cost:g}", act.doc or act.name) for act in acts)
        yield from table(("act", "cost", "what it is"), rows)


def act_page(act: Act, scenario: Scenario) -> Iterator[str]:
    """One act: who may, what it costs, needs and does, and how it is ordered."""
    actor, target = act.roles
    yield from (f"# {act.name}", "", WRITTEN_BY.format(source=SOURCE))
    yield from (f"`{act.id}`. {act.doc}" if act.doc else f"`{act.id}`", "")
    value = act.value
    yield from facts([
        ("kind", f"{act.kind}: {KINDS[act.kind][1]}"),
        ("who may", f"{who(actor)} as {actor.name}, towards {who(target)} as {target.name}"),
        ("told as", f"*{act.text}*"),
        ("cost", f"{act.cost:g} political capital"),
        ("again", f"after {counted(act.cooldown, 'turn')}, towards the same state"),
        ("value", (value and f"{value.low:g} to {value.high:g} {value.unit}, usually {value.usual:g}; effects scale "
                            "with it") or ""),
        ("secrecy", "it may be kept secret" if act.secrecy else ""),
        ("force", "it uses force" if act.force else ""),
        ("leaves", agreement(act, scenario)),
        ("pledges", ", ".join(linked("pledge-kinds", kind) for kind in act.pledges if kind)),
        ("codes", ", ".join(f"{name} {code}" for name, code in (("CAMEO", act.cameo), ("PLOVER", act.plover)) if code)),
        ("score", f"{act.weight:g}, −10 (war) to +10 (aid)"),
        ("suits", ", ".join(f"{name} {share:+g}".replace("-", "−") for name, share in act.personality.items())),
    ])  # fmt: skip
    yield from section("Requires", bullets(requirements(act)))
    refused = [each for each in sentences(act, scenario) if each.startswith("if refused: ")]
    yield from section("Effects", bullets(each for each in sentences(act, scenario) if each not in refused))
    yield from section("If it is refused", bullets(merged(act.refused)))
    yield from section("An order", examples(act, scenario))
    cited = [scenario.sources[name].cite for name in act.sources if name in scenario.sources]
    yield from section("Sources", bullets(cited))


def who(role: Role) -> str:
    """The states that may take a role."""
    return "any state" if role.allowed is None else " or ".join(role.allowed)


def agreement(act: Act, scenario: Scenario) -> str:
    """The agreement that an act signs, and for how long."""
    if act.signs is None:
        return ""
    term = "without end" if act.turns is None else f"for {counted(act.turns, 'turn')}"
    return f"{linked('agreement-kinds', act.signs)}, {term}"


def linked(page: str, name: str) -> str:
    """A kind, with the place where it is described."""
    return f"[{name}](../{page}.md#{name})"


def examples(act: Act, scenario: Scenario) -> Iterator[str]:
    """Lines that order an act: the plainest, and one with the terms that go with it."""
    yield from ("```", *dict.fromkeys(str(order) for order in orders(act, scenario)), "```")


def orders(act: Act, scenario: Scenario) -> Iterator[Order]:
    """The plainest order of an act, and one with every term that goes with it."""
    first, second, third = scenario.states
    value = None if act.value is None else act.value.usual
    yield Order(first, act.id, second, value)
    signs, deal, says = act.signs is not None, act.kind == "deal", act.kind == "statement"
    yield Order(
        first, act.id, second, value,
        side_payment=0.5 if deal else 0.0,
        secret=act.secrecy,
        audience=third if says else None,
        office=list(scenario.offices)[1] if says and len(scenario.offices) > 1 else None,
        about=third if any("subject" in each for each in merged(act.effects)) else None,
        purpose=next(iter(scenario.disputes)) if signs else None,
        pledge=next(iter(scenario.pledge_kinds)) if deal and scenario.pledge_kinds else None,
    )  # fmt: skip
